"""Rules on numbers: what is printed stands in what is cited for it, wherever it is printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from c6brief.documents.problems import Place
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Event, EventAccount, EvidenceEntry, Quote, Source, Statement, Table, sources_of
from c6brief.evidence.numbers import Number, dates_as_numbers, is_among, language_of, numbers_in
from c6brief.evidence.quotation_marks import quotations_in
from c6brief.rules.review.brief import BriefUnderReview, Paragraph, ProjectUnderReview, ProseUnderReview, SectionProse
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import lies_within
from c6brief.rules.review.vocabulary import Vocabulary, any_of

SMALL = 20
"""Numbers in words up to here count things ("three texts", "the two documents") rather than report a figure."""

LONGEST_PART = 20
"""Characters before a number that are looked at for "Table" and the like."""

MOST_NAMED = 5
"""Numbers of a table that its one warning names."""

CITE = "cite the passage that it comes from"


@rule("untraced-number", chapter="evidence")
def untraced_number(prose: ProseUnderReview) -> Iterator[Finding]:
    """a figure, percentage, year or amount stands in no passage that is cited for it

    A number without its passage is the commonest mistake in a brief, and the one that is quoted on. Numbers are
    compared as values: 1,140 is 1140 and 1 140, ninety-four is 94, and 25% stands in “25 per cent” but not in 25. Whether
    3.480 is three or three thousand is told by the language of the text. Looked at are key messages, prose, headings,
    actions, titles, and the titles, subtitles and notes of figures and tables.

    A number counts as backed if it stands in a passage that is cited in its paragraph (of a source cited as such, in its
    text), among the years of the events cited there, stated or derived, of a source cited there, or in a table that the
    section prints. Days and months of these dates back a day beside the name of a month. A heading or the title of a
    section is backed by all that its section cites, the title of the brief by all that the brief does; an action by its
    evidence; the words of a figure by its data and their sources. Left alone are numbers in words up to twenty
    (“three texts”), numbers in quotations, which are checked word for word anyway, “Figure 2”, names such as C6, what
    c6brief counts, deadlines, dates, identifiers and contacts.
    """
    tracing = _Tracing(prose)
    for paragraph in prose.key_messages:
        yield from tracing.paragraph(paragraph)
    for section in prose.sections:
        for paragraph in section.paragraphs:
            yield from tracing.paragraph(paragraph, section)
        for id in section.ids("chart"):
            yield from tracing.chart(id)
        for id in section.ids("table"):
            yield from tracing.table(id)
    for number, action in enumerate(prose.actions):
        named = [prose.evidence.entry(id) for id in prose.spec.recommendations[number].evidence]
        yield from tracing.paragraph(action, beside=[entry for entry in named if entry is not None])
    yield from tracing.titles()


@dataclass
class _Tracing:
    """Traces the numbers of one brief, or of one section."""

    prose: ProseUnderReview

    @property
    def language(self) -> str:
        return self.prose.language

    def paragraph(
        self, paragraph: Paragraph, section: SectionProse | None = None, beside: Iterable[EvidenceEntry] = ()
    ) -> Iterator[Finding]:
        """What is untraced in a paragraph; a heading rests on what its section cites, an action on what is ``beside``."""
        figures = [] if self._cites_broken([paragraph]) else list(_figures(paragraph.text, self.language, self._words))
        if not figures:
            return
        cited = [*paragraph.cited, *beside]
        if paragraph.role == "heading" and section is not None:
            cited = self._cited_in(section.paragraphs)
        backed = [number for entry in cited for number in self._of_entry(entry)]
        if section is not None:
            backed += self._placed_in(section)
        why = "nothing that this paragraph cites holds it" if cited else "this paragraph cites nothing"
        if paragraph.role == "heading":
            why = "nothing that this section cites holds it"
        elif paragraph.role == "action":
            why = "no evidence of this recommendation holds it"
        yield from _untraced(paragraph.text, figures, backed, paragraph.place, why)

    def titles(self) -> Iterator[Finding]:
        """What is untraced in the titles of sections, and in those of a whole brief."""
        spec, evidence = self.prose.spec, self.prose.evidence
        placed = list(spec.sections)
        for section in self.prose.sections:
            backed = [number for entry in self._cited_in(section.paragraphs) for number in self._of_entry(entry)]
            backed += self._placed_in(section)
            if not self._cites_broken(section.paragraphs):
                why = "nothing that this section cites holds it"
                yield from self._line(section.title, partial(_always, section.place), backed, why)
        if not isinstance(self.prose, BriefUnderReview) or not placed or self._cites_broken(self.prose.texts):
            return
        used = [entry for id in sorted(self.prose.used) if (entry := evidence.entry(id)) is not None]
        backed = [number for entry in used for number in self._of_entry(entry)]
        backed += [number for section in self.prose.sections for number in self._placed_in(section)]
        for key, text in (("title", spec.title), ("subtitle", spec.subtitle)):
            yield from self._line(
                text, partial(_place_in, spec.find, text, key), backed, "nothing that the brief cites holds it"
            )

    def chart(self, id: str) -> Iterator[Finding]:
        """What is untraced in the words of a chart, which rest on its data."""
        chart, figure = self.prose.evidence.charts.get(id), self.prose.figure_specs.get(id)
        if chart is None or figure is None or chart.derived or "by" in (chart.model_extra or {}):
            return
        table = self.prose.evidence.tables.get(str((chart.model_extra or {}).get("table")))
        backed = [*self._of_chart(id)]
        yield from self._caption(chart, (chart.title, chart.subtitle, chart.note), backed, table)

    def table(self, id: str) -> Iterator[Finding]:
        table = self.prose.evidence.tables.get(id)
        if table is not None:
            yield from self._caption(table, (table.title, table.subtitle, table.note), [*self._of_table(table)], table)

    def _caption(
        self, entry: EvidenceEntry, texts: tuple[str | None, ...], backed: list[Number], table: Table | None
    ) -> Iterator[Finding]:
        if table is not None and (table.derived or any(field.derived for field in table.fields)):
            return
        for key, text in zip(("title", "subtitle", "note"), texts, strict=True):
            place = partial(_place_in, entry.find, text or "", key)
            hint = "say how it was computed: derived: …; or print what the data hold"
            yield from self._line(text or "", place, backed, "neither the data nor their source hold it", hint)

    def _line(
        self, text: str, place: Callable[[int, int], Place], backed: list[Number], why: str, hint: str = CITE
    ) -> Iterator[Finding]:
        yield from _untraced(text, list(_figures(text, self.language, self._words)), backed, place, why, hint)

    @property
    def _words(self) -> Vocabulary | None:
        return self.prose.vocabulary

    def _cites_broken(self, paragraphs: Iterable[Paragraph]) -> bool:
        """Whether a citation leads to what is not there, or has problems of its own, which are told already."""
        broken = self.prose.evidence.broken
        return any(
            paragraph.cites_unknown or any(citation.id in broken for citation in paragraph.citations)
            for paragraph in paragraphs
        )

    def _cited_in(self, paragraphs: Iterable[Paragraph]) -> list[EvidenceEntry]:
        return list({entry.id: entry for paragraph in paragraphs for entry in paragraph.cited}.values())

    def _placed_in(self, section: SectionProse) -> list[Number]:
        """The numbers in what a section prints: its source line backs what the text says of it."""
        evidence = self.prose.evidence
        tables = [evidence.tables[id] for id in section.ids("table") if id in evidence.tables]
        found = [number for table in tables for number in self._of_table(table)]
        found += [number for id in section.ids("chart") for number in self._of_chart(id)]
        entries = [evidence.entry(id) for kind in ("claim", "quote") for id in section.ids(kind)]
        return found + [number for entry in entries if entry is not None for number in self._of_entry(entry)]

    def _of_chart(self, id: str) -> Iterator[Number]:
        """The numbers of what a chart draws: its rows, or its entries and how many they are."""
        evidence, figure = self.prose.evidence, self.prose.figure_specs.get(id)
        chart = evidence.charts.get(id)
        if chart is None or figure is None:
            return
        keys = chart.model_extra or {}
        rows = evidence.chart_rows.get(id) or evidence.tables.get(str(keys.get("table")))
        if rows is not None:
            yield from self._of_table(rows)
        for source in figure.sources:
            yield from _of_source(source, evidence, with_days=True)
        for entry in map(evidence.entry, figure.entries):
            if entry is not None:
                yield from self._of_entry(entry)
        for text in (chart.title, chart.subtitle, chart.note) if rows is None else ():
            if not figure.entries and not figure.sources:
                yield from numbers_in(text or "", self.language)

    def _of_table(self, table: Table) -> Iterator[Number]:
        """The numbers in the cells of a table, in their source, and of a table that is printed in its own words."""
        cells = [str(cell) for row in table.rows or () for cell in row if cell is not None]
        for text in (*cells, *(field.title or "" for field in table.fields)):
            yield from numbers_in(text, None)
        if table.source:
            yield from _of_source(table.source, self.prose.evidence, with_days=True)

    def _of_entry(self, entry: EvidenceEntry) -> Iterator[Number]:
        """The numbers in the passages of what is cited, and its dates."""
        evidence = self.prose.evidence
        for id in sources_of(entry):
            if id in evidence.sources:
                yield from dates_as_numbers(evidence.sources[id].issued or "", with_days=True)
        if isinstance(entry, Source):
            yield from _of_source(entry.id, evidence, with_days=True)
            return
        for index, (source, words) in enumerate(_passages_of(entry)):
            passage = self.prose.passages.get((entry.id, index))
            text = evidence.texts[passage.source].text[passage.match.start : passage.match.end] if passage else words
            yield from numbers_in(text, _language(source, evidence))
        if isinstance(entry, Event):
            for account in entry.accounts:
                yield from dates_as_numbers(account.date or "", with_days=True)


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
            number for source, words in _passages_of(entry) for number in numbers_in(words, _language(source, evidence))
        ]
        for account in entry.accounts:
            date = (account.date or "") if isinstance(account, EventAccount) else ""
            issued = evidence.sources[account.source].issued if account.source in evidence.sources else None
            backed += dates_as_numbers(date, with_days=True) + dates_as_numbers(issued or "", with_days=True)
        key = "statement" if entry.id in evidence.claims else "title"
        written = "\n".join(words for _, words in _passages_of(entry))  # with addresses, in which none is a number
        figures = [
            number
            for number in _figures(entry.words, language, project.vocabulary)
            if not re.search(rf"(?<![\w.,]){re.escape(entry.words[number.start : number.end])}(?![\w.,])", written)
        ]
        place = partial(_place_in, entry.find, entry.words, key)
        yield from _untraced(
            entry.words, figures, backed, place, "no account has it", "say what the accounts say, or add one that does"
        )
    for id, table in {**evidence.tables, **evidence.chart_rows}.items():
        source = table.source or (evidence.charts[id].source if id in evidence.charts else None)
        yield from _unsourced_cells(table, source, evidence, project.vocabulary)


def _unsourced_cells(
    table: Table, source: str | None, evidence: Evidence, vocabulary: Vocabulary | None
) -> Iterator[Finding]:
    """The one finding of a table whose numbers do not all stand in the text of its source."""
    if table.derived or source is None or source not in evidence.texts:
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
            figures = [number for number in _figures(text, None, vocabulary) if not number.in_words]
            if figures and backed is None:
                backed = [*_of_source(source, evidence, with_days=True)]
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


def _untraced(
    text: str,
    figures: list[Number],
    backed: list[Number],
    place: Callable[[int, int], Place],
    why: str,
    hint: str = CITE,
) -> Iterator[Finding]:
    """A finding for each of the ``figures`` of ``text`` that is not among those ``backed``.

    Days and months of dates are among ``backed``; they back no other number.
    """
    days = [number for number in backed if not number.is_day]
    for number in figures:
        if not is_among(number, backed if number.is_dated else days):
            yield Finding(f"'{text[number.start : number.end]}': {why}", place(number.start, number.end), hint)


def _figures(text: str, language: str | None, vocabulary: Vocabulary | None) -> Iterator[Number]:
    """The numbers that want a source: no small ones in words, no ``Table 2``, nothing quoted."""
    numbers = numbers_in(text, language)
    if not numbers:
        return
    parts = any_of(vocabulary.counted_parts if vocabulary else ())
    quotations = [(span.start, span.end) for span in quotations_in(text)]  # compared with their sources already
    for number in numbers:
        if number.in_words and number.value <= SMALL and not number.percent:
            continue
        before = text[max(0, number.start - LONGEST_PART) : number.start].rstrip()
        counts_a_part = any(part.end() == len(before) for part in parts.finditer(before))
        if not counts_a_part and not lies_within(number.start, quotations):
            yield number


def _passages_of(entry: Statement | Quote | EvidenceEntry) -> list[tuple[str, str]]:
    """The words of a quotation, or those of the accounts of a statement, each with the id of its source."""
    if isinstance(entry, Quote):
        return [(entry.source, entry.text)]
    return [(account.source, account.exact) for account in entry.accounts] if isinstance(entry, Statement) else []


def _of_source(id: str, evidence: Evidence, *, with_days: bool) -> Iterator[Number]:
    """The numbers in the text of a source, and those of its date."""
    source, held = evidence.sources.get(id), evidence.texts.get(id)
    if source is not None:
        yield from dates_as_numbers(source.issued or "", with_days=with_days)
        yield from numbers_in(held.text if held else "", language_of(source))


def _language(source: str, evidence: Evidence) -> str | None:
    return language_of(evidence.sources[source]) if source in evidence.sources else None


def _always(place: Place, start: int, end: int) -> Place:
    """``place``, whatever characters are meant."""
    return place


def _place_in(find: Callable[..., Place], text: str, key: str, start: int, end: int) -> Place:
    """Where the characters from ``start`` to ``end`` of the text at ``key`` stand."""
    return find(text[start:end], key)
