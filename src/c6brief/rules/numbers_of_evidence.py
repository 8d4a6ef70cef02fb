"""Rules on the numbers of the evidence base: claims, events and tables say no other than their sources do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from c6brief.evidence.base import Evidence
from c6brief.evidence.models import EventAccount
from c6brief.evidence.numbers import Number, dates_as_numbers, is_among, numbers_in
from c6brief.evidence.source_data import numbers_of_data
from c6brief.evidence.table_models import Table
from c6brief.rules.review.brief import ProjectUnderReview
from c6brief.rules.review.numbers import (
    figures_in,
    language_of_passage,
    numbers_of_source,
    passages_of,
    place_in,
    untraced,
)
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.vocabulary import Vocabulary

MOST_NAMED = 5
"""Numbers of a table that its one warning names."""


@rule("unsourced-number", chapter="evidence")
def unsourced_number(project: ProjectUnderReview) -> Iterator[Finding]:
    """a number of a claim, an event or a table of the evidence base does not stand in its source

    The statement of a claim and the title of an event say no more than the words of their accounts, their dates and the dates
    of their sources. The cells of a table, or of the rows of a chart, stand in the text of its source, where that is held;
    one warning a table names them. Where they were computed, `derived` on the table or on a field says how. Left alone
    are columns of years and dates, numbers that the source has with more decimals, and the rest as for `untraced-number`.
    """
    evidence, language = project.evidence, project.settings.language
    for entry in evidence.statements():
        backed = [
            number
            for source, words in passages_of(entry)
            for number in numbers_in(words, language_of_passage(source, evidence))
        ]
        for account in entry.accounts:
            date = (account.date or "") if isinstance(account, EventAccount) else ""
            issued = evidence.sources[account.source].issued if account.source in evidence.sources else None
            backed += dates_as_numbers(date, with_days=True) + dates_as_numbers(issued or "", with_days=True)
        key = "statement" if entry.id in evidence.claims else "title"
        written = "\n".join(words for _, words in passages_of(entry))  # with addresses, in which none is a number
        figures = [
            number
            for number in figures_in(entry.words, language, project.vocabulary)
            if not re.search(rf"(?<![\w.,]){re.escape(entry.words[number.start : number.end])}(?![\w.,])", written)
        ]
        place = partial(place_in, entry.find, entry.words, key)
        yield from untraced(
            entry.words, figures, backed, place, "no account has it", "say what the accounts say, or add one that does"
        )
    for id, table in {**evidence.tables, **evidence.chart_rows}.items():
        source = table.source or (evidence.charts[id].source if id in evidence.charts else None)
        yield from _unsourced_cells(table, source, evidence, project.vocabulary)


def _unsourced_cells(
    table: Table, source: str | None, evidence: Evidence, vocabulary: Vocabulary | None
) -> Iterator[Finding]:
    """The one finding of a table whose numbers do not all stand in the text of its source."""
    if table.derived or source is None or (table.origin is not None and table.origin.path is not None):
        return  # what a data file of the source holds stands in it
    if source not in evidence.texts and not numbers_of_data(source, evidence):
        return
    backed: list[Number] | None = None
    missing: dict[str, tuple[int, int]] = {}
    columns = [
        at
        for at, field in enumerate(table.fields)
        if not field.derived and field.type in ("integer", "number", "string")
    ]
    for row, cells in enumerate(table.rows or ()):
        for column in columns:
            cell = cells[column]
            if cell is None or isinstance(cell, bool):
                continue
            text = format(cell, "f").rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
            figures = [number for number in figures_in(text, None, vocabulary) if not number.in_words]
            if figures and backed is None:
                backed = [*numbers_of_source(source, evidence)]
            unit = table.fields[column].unit or ""
            percent = unit.strip() == "%" or None
            for number in figures:
                if not _is_backed(number, backed or [], percent):
                    missing.setdefault(text[number.start : number.end], (row, column))
    if missing:
        shown = ", ".join(f"'{number}'" for number in list(missing)[:MOST_NAMED])
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        verb = "does" if len(missing) == 1 else "do"
        message = f"{shown}{more} {verb} not stand in '{source}'"
        hint = "if it was computed, say how: derived: …, on the table or on its field"
        yield Finding(message, table.cell_place(*next(iter(missing.values()))), hint)


def _is_backed(number: Number, backed: list[Number], percent: bool | None) -> bool:
    """Whether the number of a cell stands in its source, there perhaps with more decimals: 43.8 is 43.828."""
    of_kind = [other for other in backed if other.percent] if percent else backed
    return is_among(number, of_kind) or any(
        _rounds_to(value, printed) for other in of_kind for value in other.values for printed in number.values
    )


def _rounds_to(value: Decimal, printed: Decimal) -> bool:
    decimals = printed.as_tuple().exponent
    if not isinstance(decimals, int) or decimals > 0 or value.as_tuple().exponent == decimals:
        return False
    return abs(value - printed) <= Decimal(1).scaleb(decimals) / 2
