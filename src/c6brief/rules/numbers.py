"""Rules on numbers: what is printed stands in what is cited for it, wherever it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from c6brief.documents.problems import Place
from c6brief.evidence.models import Event, EvidenceEntry, Source, sources_of
from c6brief.evidence.numbers import Number, dates_as_numbers, numbers_in
from c6brief.evidence.table_models import Chart, Table
from c6brief.figures.checks import At
from c6brief.rules.review.brief import BriefUnderReview, Paragraph, ProseUnderReview, Role, SectionProse
from c6brief.rules.review.numbers import (
    CITE,
    figures_in,
    language_of_passage,
    numbers_of_source,
    passages_of,
    place_in,
    untraced,
)
from c6brief.rules.review.rule import Finding, rule

_WHY: Mapping[Role, str] = {
    "action": "no evidence of this recommendation holds it",
    "number": "no evidence of this number holds it",
    "option": "no evidence of this option holds it",
}
"""What is said of an untraced number where a list of evidence stands beside it."""


@rule("untraced-number", chapter="evidence")
def untraced_number(prose: ProseUnderReview) -> Iterator[Finding]:
    """a figure, percentage, year or amount stands in no passage that is cited for it

    A number without its passage is the commonest mistake in a brief, and the one that is quoted on. Numbers are
    compared as values: 1,140 is 1140 and 1 140, ninety-four is 94, and 25% stands in “25 per cent” but not in 25. Whether
    3.480 is three or three thousand is told by the language of the text. Looked at are the summary, key messages, big numbers, prose,
    headings, options, actions, titles, the titles, subtitles and notes of figures and tables, and annotations of figures.

    A number counts as backed if it stands in a passage that is cited in its paragraph (of a source cited as such, in its
    text or in a cell of its data files), among the years of the events cited there, stated or derived, of a source cited there, or in a table that the
    section prints. Days and months of these dates back a day beside the name of a month. A heading or the title of a
    section is backed by all that its section cites, the title of the brief by all that the brief does; an action, an option
    and a big number by its evidence; the words of a figure by its data and their sources. Left alone are numbers in words up to twenty
    (“three texts”), numbers in quotations, which are checked word for word anyway, “Figure 2”, names such as C6, what
    c6brief counts, deadlines, dates, identifiers and contacts.
    """
    tracing = _Tracing(prose)
    for paragraph in (*prose.summary, *prose.key_messages):
        yield from tracing.paragraph(paragraph)
    for index in range(len(prose.labels)):
        yield from tracing.big_number(index)
    for section in prose.sections:
        for paragraph in section.paragraphs:
            yield from tracing.paragraph(paragraph, section)
        for id in section.ids("chart"):
            yield from tracing.chart(id)
        for id in section.ids("table"):
            yield from tracing.table(id)
    for number, action in enumerate(prose.actions):
        named = map(prose.evidence.entry, prose.spec.recommendations[number].evidence)
        yield from tracing.paragraph(action, beside=[entry for entry in named if entry is not None])
    for number, cells in enumerate(prose.options):
        named = map(prose.evidence.entry, prose.spec.options_considered[number].evidence)
        beside = [entry for entry in named if entry is not None]
        for cell in cells:
            yield from tracing.paragraph(cell, beside=beside)
    yield from tracing.titles()


@dataclass
class _Tracing:
    """Traces the numbers of one brief, or of one section."""

    prose: ProseUnderReview

    def figures(self, text: str) -> list[Number]:
        """The numbers of a text of the brief that want a source."""
        return list(figures_in(text, self.prose.language, self.prose.vocabulary))

    def paragraph(
        self, paragraph: Paragraph, section: SectionProse | None = None, beside: Iterable[EvidenceEntry] = ()
    ) -> Iterator[Finding]:
        """What is untraced in a paragraph; a heading rests on what its section cites, an action on what is ``beside``."""
        figures = [] if self._cites_broken([paragraph]) else self.figures(paragraph.text)
        if not figures:
            return
        cited = [*paragraph.cited, *beside]
        if paragraph.role == "heading" and section is not None:
            cited = self._cited_in(section.paragraphs)
        backed = [*self._of_entries(cited), *(self._placed_in(section) if section is not None else ())]
        why = "nothing that this paragraph cites holds it" if cited else "this paragraph cites nothing"
        if paragraph.role == "heading":
            why = "nothing that this section cites holds it"
        elif paragraph.role in _WHY:
            why = _WHY[paragraph.role]
        yield from untraced(paragraph.text, figures, backed, paragraph.place, why)

    def big_number(self, index: int) -> Iterator[Finding]:
        """What is untraced in the value of a big number, words up to twenty too, and in its label; nothing in a count."""
        each, label, prose = self.prose.spec.numbers[index], self.prose.labels[index], self.prose
        if label is None or each.value is None or self._cites_broken([label]):
            return
        named = [entry for entry in map(prose.evidence.entry, each.evidence) if entry is not None]
        if len(named) < len(each.evidence):
            return  # told as unknown-id
        backed = [*self._of_entries([*label.cited, *named])]
        written = f"{each.value} {label.text}"  # "25" and "per cent of …" are one number
        figures = [number for number in numbers_in(written, prose.language) if number.start < len(each.value)]
        place = partial(_always, prose.spec.place("numbers", index, "value"))
        yield from untraced(written, figures, backed, place, _WHY["number"], "name what holds it: evidence: [ID]")
        yield from self.paragraph(label, beside=named)

    def titles(self) -> Iterator[Finding]:
        """What is untraced in the titles of sections, and in those of a whole brief."""
        spec, evidence = self.prose.spec, self.prose.evidence
        for section in self.prose.sections:
            backed = [*self._of_entries(self._cited_in(section.paragraphs)), *self._placed_in(section)]
            if not self._cites_broken(section.paragraphs):
                why = "nothing that this section cites holds it"
                yield from self._line(section.title, partial(_always, section.place), backed, why)
        if not isinstance(self.prose, BriefUnderReview) or not spec.sections or self._cites_broken(self.prose.texts):
            return
        backed = [*self._of_entries(map(evidence.entry, sorted(self.prose.used)))]
        backed += [number for section in self.prose.sections for number in self._placed_in(section)]
        for key, text in (("title", spec.title), ("subtitle", spec.subtitle)):
            place_of = partial(place_in, spec.find, text, key)
            yield from self._line(text, place_of, backed, "nothing that the brief cites holds it")

    def chart(self, id: str) -> Iterator[Finding]:
        """What is untraced in the words of a chart, which rest on its data."""
        chart, figure = self.prose.evidence.charts.get(id), self.prose.figure_specs.get(id)
        if chart is None or figure is None or chart.derived or "by" in (chart.model_extra or {}):
            return
        table = self.prose.evidence.tables.get(str((chart.model_extra or {}).get("table")))
        yield from self._caption(chart, [*self._of_chart(id)], table, figure.annotations)

    def table(self, id: str) -> Iterator[Finding]:
        """What is untraced in the words of a table, which rest on its cells."""
        table = self.prose.evidence.tables.get(id)
        if table is not None:
            yield from self._caption(table, [*self._of_table(table)], table)

    def _caption(
        self, entry: Chart | Table, backed: list[Number], table: Table | None, written: Sequence[tuple[At, str]] = ()
    ) -> Iterator[Finding]:
        if table is not None and (table.derived or any(field.derived for field in table.fields)):
            return
        words: list[tuple[At, str | None]] = [(("title",), entry.title), (("subtitle",), entry.subtitle)]
        for key, text in (*words, (("note",), entry.note), *written):
            place = partial(place_in, entry.find, text or "", key)
            hint = "say how it was computed: derived: …; or print what the data hold"
            yield from self._line(text or "", place, backed, "neither the data nor their source hold it", hint)

    def _line(
        self, text: str, place: Callable[[int, int], Place], backed: list[Number], why: str, hint: str = CITE
    ) -> Iterator[Finding]:
        yield from untraced(text, self.figures(text), backed, place, why, hint)

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
        printed = (*section.ids("claim"), *section.ids("quote"))
        return [*found, *self._of_entries(map(evidence.entry, printed))]

    def _of_chart(self, id: str) -> Iterator[Number]:
        """The numbers of what a chart draws: its rows, or its entries and how many they are."""
        evidence, figure = self.prose.evidence, self.prose.figure_specs.get(id)
        chart = evidence.charts.get(id)
        if chart is None or figure is None:
            return
        rows = evidence.table_drawn_by(chart)
        if rows is not None:
            yield from self._of_table(rows)
        for source in figure.sources:
            yield from numbers_of_source(source, evidence)
        yield from self._of_entries(map(evidence.entry, figure.entries))
        for text in (chart.title, chart.subtitle, chart.note) if rows is None else ():
            if not figure.entries and not figure.sources:
                yield from numbers_in(text or "", self.prose.language)

    def _of_table(self, table: Table) -> Iterator[Number]:
        """The numbers in the cells of a table, in their source, and of a table that is printed in its own words."""
        cells = [str(cell) for row in table.rows or () for cell in row if cell is not None]
        for text in (*cells, *(field.title or "" for field in table.fields)):
            yield from numbers_in(text, None)
        if table.source:
            yield from numbers_of_source(table.source, self.prose.evidence)

    def _of_entries(self, entries: Iterable[EvidenceEntry | None]) -> Iterator[Number]:
        """The numbers of all these entries; ``None``, which is none, has no number."""
        return (number for entry in entries if entry is not None for number in self._of_entry(entry))

    def _of_entry(self, entry: EvidenceEntry) -> Iterator[Number]:
        """The numbers in the passages of what is cited, and its dates."""
        evidence = self.prose.evidence
        for id in sources_of(entry):
            if id in evidence.sources:
                yield from dates_as_numbers(evidence.sources[id].issued or "", with_days=True)
        if isinstance(entry, Source):
            yield from numbers_of_source(entry.id, evidence)
            return
        for index, (source, words) in enumerate(passages_of(entry)):
            passage = self.prose.passages.get((entry.id, index))
            text = evidence.texts[passage.source].text[passage.match.start : passage.match.end] if passage else words
            yield from numbers_in(text, language_of_passage(source, evidence))
        if isinstance(entry, Event):
            for account in entry.accounts:
                yield from dates_as_numbers(account.date or "", with_days=True)


def _always(place: Place, start: int, end: int) -> Place:
    """``place``, whatever characters are meant."""
    return place
