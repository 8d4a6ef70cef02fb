"""What a column of a table tells only as a whole: points that may group thousands, ages that became dates, units that differ.

Each is a rule with a name. A column is looked at once, after its cells were read one by one.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from c6brief.documents.grid import Shown
from c6brief.documents.problems import NamedRule, Place, Problems, name_rule
from c6brief.documents.written_scalars import Written
from c6brief.evidence.cells import cell_text, is_missing, may_have_groups, take_apart_cell
from c6brief.evidence.table_models import TableField

THOUSANDS_OR_DECIMALS = name_rule(
    "thousands-or-decimals",
    "warning",
    """every decimal of a column has exactly three digits

    “1.140” beside “950” may be one or a thousand. Where the field says `decimalChar` or `groupChar`, or a cell of the column
    has other decimals (12.5, 0.980), nothing is told. In a CSV file that semicolons separate it is an error, `bad-table`.
    """,
    chapter="data",
)
MIXED_UNITS = name_rule(
    "mixed-units",
    "warning",
    """some numbers of a column have a unit beside them, and others have none or another

    “81 %” beside “0.4” may be 0.4 % or 40 %. The first cell that differs from most is told.
    """,
    chapter="data",
)
TEXT_MADE_DATE = name_rule(
    "text-made-date",
    "warning",
    """a date stands among texts that are none: a spreadsheet may have made it

    Spreadsheets make 14 October of an age range “10-14”, and a day in March of the name “MAR1”. Told is a date in a column of
    texts, in a workbook or, as “14-Oct” or “2025-10-14”, in a text file among ranges such as “5-9”.
    """,
    chapter="data",
)
NEGATIVE_IN_BRACKETS = name_rule(
    "negative-in-brackets",
    "note",
    """a number in brackets is read as negative, as accountants write it

    Some offices put values of limited reliability in brackets. The first one of a column is told.
    """,
    chapter="data",
)

_THREE_DECIMALS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")
_AGES = re.compile(r"(?:<|>|≤|≥|under |over )?\s?[0-9]{1,3}(?:\s?(?:-|–|to|/)\s?[0-9]{1,3})?\s?\+?", re.I)
_ISO_DAY = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[ T]00:00(?::00)?)?")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|май|июн|июл|авг|сен|окт|ноя|дек|okt|mai|dez|dic|ene|abr|ago"
_DAY_MONTH = re.compile(
    rf"(?:[0-9]{{1,2}}[-. ]{{1,2}}(?:{_MONTHS})[a-zа-я]*\.?|(?:{_MONTHS})[a-zа-я]*\.?[-. ][0-9]{{1,2}})", re.I
)
_ANY_DAY = re.compile(rf"^[ \t]*(?:{_ISO_DAY.pattern}|{_DAY_MONTH.pattern})[ \t]*$", re.I | re.M)
_MORE_THAN_DIGITS = re.compile(r"[^0-9.,eE+\s-]")
_DATE_CELLS = (datetime.date, datetime.datetime)


def check_column(
    field: TableField,
    cells: Sequence[object],
    missing: Collection[str],
    place: Callable[[int], Place],
    problems: Problems,
    *,
    has_semicolons: bool = False,
) -> None:
    """Report what is odd about the ``cells`` of ``field`` as a whole; ``place`` gives that of the cell of a row, from 0.

    Problems: the rules of this module.
    """

    def tell(rule: NamedRule, row: int, message: str, hint: str) -> None:
        problems.report(rule, f"field '{field.name}': {message}", place(row), hint)

    if field.type == "string":
        _check_dates(cells, missing, tell)
    elif field.type in ("integer", "number"):
        if not has_semicolons:
            _check_thousands(field, cells, tell)
        _check_beside(cells, missing, tell)


Tell = Callable[[NamedRule, int, str, str], None]


def _check_dates(cells: Sequence[object], missing: Collection[str], tell: Tell) -> None:
    days = [row for row, cell in enumerate(cells) if isinstance(cell, _DATE_CELLS)]
    if not days and not _ANY_DAY.search("\n".join([cell for cell in cells if isinstance(cell, str)])):
        return
    known = [row for row, cell in enumerate(cells) if not is_missing(cell, missing)]
    if not days:
        texts = {row: cell.strip() for row in known if isinstance(cell := cells[row], str)}
        days = [row for row, text in texts.items() if _ISO_DAY.fullmatch(text) or _DAY_MONTH.fullmatch(text)]
        if not days or not any(_AGES.fullmatch(text) and not text.isdigit() for text in texts.values()):
            return
    if len(days) == len(known):
        return
    hint = "if it was a range of ages or a name, write it as a text: '10-14 in the cell, or a column formatted as text"
    tell(TEXT_MADE_DATE, days[0], f"'{cell_text(cells[days[0]])}' is a date among texts", hint)


def _check_thousands(field: TableField, cells: Sequence[object], tell: Tell) -> None:
    told: int | None = None
    for row, cell in enumerate(cells):
        text = cell if isinstance(cell, str) else cell.text if isinstance(cell, Written) else None
        if text is not None and "." in text:
            if not _THREE_DECIMALS.fullmatch(text.strip()):
                return
            told = row if told is None else told
        elif isinstance(cell, float) and text is None:
            return
    if told is None:
        return
    first = cells[told]
    written = first.text if isinstance(first, Written) else str(first)
    if may_have_groups(field, [written]):
        hint = "decimalChar: '.' in the field if it is a decimal; if thousands are grouped, groupChar: '.' and decimalChar: ','"
        message = f"'{written.strip()}' may be a decimal or thousands: every decimal of the column has three digits"
        tell(THOUSANDS_OR_DECIMALS, told, message, hint)


def _check_beside(cells: Sequence[object], missing: Collection[str], tell: Tell) -> None:
    texts = "".join([cell for cell in cells if isinstance(cell, str)])
    if not _MORE_THAN_DIGITS.search(texts) and not any(isinstance(cell, Shown) and cell.beside for cell in cells):
        return
    found: dict[int, tuple[str, ...]] = {}
    brackets: int | None = None
    for row, cell in enumerate(cells):
        number = take_apart_cell(cell) if isinstance(cell, (str, Shown)) and not is_missing(cell, missing) else None
        if number is not None:
            found[row] = number.beside
            if number.in_brackets and brackets is None:
                brackets = row
    if brackets is not None:
        shown = cell_text(cells[brackets])
        tell(
            NEGATIVE_IN_BRACKETS,
            brackets,
            f"'{shown}' is read as negative",
            "if brackets mark something else, remove them",
        )
    if not any(found.values()):
        return
    all_of = {row: found.get(row, ()) for row, cell in enumerate(cells) if not is_missing(cell, missing)}
    most = Counter(all_of.values()).most_common(1)[0][0]
    odd = next((row for row, beside in all_of.items() if beside != most), None)
    if odd is not None:
        shown, usual = cell_text(cells[odd]), " ".join(most)
        message = f"'{shown}' has {'no ' if not all_of[odd] else ''}{_named(all_of[odd] or most)} beside it, most others have {'it' if not all_of[odd] else _named(most) if usual else 'none'}"  # fmt: skip
        tell(MIXED_UNITS, odd, message, "is it in the same unit? write the column in one way")


def _named(beside: tuple[str, ...]) -> str:
    return f"'{' '.join(beside)}'"
