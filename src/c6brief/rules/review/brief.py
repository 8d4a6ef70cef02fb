"""What rules look at: a brief with its prose taken apart, every paragraph with its citations and places.

:mod:`c6brief.rules.review.reading` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from c6brief.brief.context import FigureSpec
from c6brief.brief.model import Brief
from c6brief.brief.settings import Settings
from c6brief.brief.spec import BriefSpec
from c6brief.documents.problems import Place
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Claim, Event, Quote, Source
from c6brief.evidence.table_models import Chart, TableField
from c6brief.evidence.verify import Passages
from c6brief.rules.review.places import AlignedText
from c6brief.rules.review.vocabulary import Vocabulary, vocabulary_of

Role = Literal["summary", "key message", "number", "heading", "prose", "note", "option", "action", "credit"]

NUMERIC = ("integer", "number")
"""The types of fields that hold numbers."""

Citable = Source | Quote | Event | Claim


@dataclass(frozen=True)
class Citation:
    """One id of a citation: the entry it names (``None`` where there is none), and where it was written."""

    entry: Citable | None
    id: str
    locator: str
    place: Place


@dataclass(frozen=True)
class Hyperlink:
    """A link: its words, where they start in the paragraph's text, and its address."""

    words: str
    start: int
    address: str


@dataclass(frozen=True)
class Paragraph:
    """A block of running text: a paragraph, a list, a heading, a key message, the action of a recommendation, the label of a
    big number, a cell of the table of options, what the credits say (a bio, the disclaimer).

    ``text`` is what is read, without markup and citations; lines of a list are parted by line breaks. ``section_title`` is
    that of its section; empty outside of sections.
    """

    role: Role
    text: str
    section_title: str
    citations: tuple[Citation, ...]
    _aligned: AlignedText
    links: tuple[Hyperlink, ...] = ()
    level: int = 0
    """Of a heading as it is printed: 3 right below a section's title; 0 for what is none."""
    outside_code: str = ""
    """``text`` with spaces in place of code, which prints as it stands by intent."""

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where the characters of ``text`` from ``start`` to ``end`` stand in the file."""
        return self._aligned.place(start, end)

    @cached_property
    def cited(self) -> tuple[Citable, ...]:
        """What is cited, once each."""
        entries = {citation.entry.id: citation.entry for citation in self.citations if citation.entry is not None}
        return tuple(entries.values())

    @property
    def statements(self) -> tuple[Claim | Event, ...]:
        """The claims and events that are cited."""
        return tuple(entry for entry in self.cited if isinstance(entry, (Claim, Event)))

    @property
    def cites_unknown(self) -> bool:
        """Whether a citation names nothing. That is reported elsewhere; the evidence of this paragraph is not whole."""
        return any(citation.entry is None for citation in self.citations)

    def citation_of(self, entry: Citable) -> Place:
        """Where ``entry`` is cited here first."""
        return next(citation.place for citation in self.citations if citation.entry is entry)


@dataclass(frozen=True)
class SectionProse:
    """A section: its title and place, its paragraphs, what it places (by directive or list), and its themes."""

    title: str
    place: Place
    paragraphs: tuple[Paragraph, ...]
    placed: tuple[tuple[str, str], ...]
    themes: tuple[str, ...]
    is_annex: bool = False
    """Whether it stands after the text; these come last."""

    def ids(self, kind: str) -> list[str]:
        """The ids of what the section places, of one kind: ``claim``."""
        return [id for placed, id in self.placed if placed == kind]


Palette = Mapping[str, tuple[str, Place]]
"""Colours by their names in a template (``brand``), as ``#rrggbb``, each with the place where it was written."""


@dataclass(frozen=True)
class ProjectUnderReview:
    """What all briefs of a project share."""

    evidence: Evidence
    settings: Settings
    palettes: tuple[Palette, ...] = ()
    """The project's own colours: of each of its templates, with those of the brand file over them."""

    @cached_property
    def vocabulary(self) -> Vocabulary | None:
        """The words of the house's language, in which figures and tables are written."""
        return vocabulary_of(self.settings.language)

    def drawn_numbers(self, chart: Chart) -> list[TableField]:
        """The numeric fields of its table that ``chart`` names; none for kinds that draw no table."""
        keys, table = chart.model_extra or {}, self.evidence.table_drawn_by(chart)
        if table is None:
            return []
        named = {
            word for key, value in keys.items() if key not in ("table", "rows", "fields") for word in _words(value)
        }
        return [field for field in table.fields if field.name in named and field.type in NUMERIC]


@dataclass(frozen=True)
class ProseUnderReview:
    """The prose of a brief, or of a section of the evidence base that no brief uses, which is then looked at as if it
    were a brief of one section.

    ``brief`` is what was composed; ``None`` where it could not be. ``figure_specs`` tell of each chart what it draws.
    ``actions`` are those of the recommendations, in their order. ``labels`` are those of the big numbers, ``None`` for one
    that is counted; ``options`` are the cells of each option considered. Annexes are among the ``sections``.
    """

    spec: BriefSpec
    evidence: Evidence
    passages: Passages
    settings: Settings
    brief: Brief | None
    figure_specs: Mapping[str, FigureSpec]
    key_messages: tuple[Paragraph, ...]
    sections: tuple[SectionProse, ...]
    actions: tuple[Paragraph, ...]
    summary: tuple[Paragraph, ...] = ()
    labels: tuple[Paragraph | None, ...] = ()
    options: tuple[tuple[Paragraph, ...], ...] = ()
    credits: tuple[Paragraph, ...] = ()

    @property
    def language(self) -> str:
        return self.spec.language or self.settings.language

    @cached_property
    def vocabulary(self) -> Vocabulary | None:
        """The words of the brief's language; ``None`` where the rules know none."""
        return vocabulary_of(self.language)

    @cached_property
    def statements(self) -> tuple[Paragraph, ...]:
        """The paragraphs that state something: summary, key messages and prose, in reading order, without headings."""
        in_sections = (paragraph for section in self.sections for paragraph in section.paragraphs)
        summary = (paragraph for paragraph in self.summary if paragraph.role == "summary")
        return (*summary, *self.key_messages, *(paragraph for paragraph in in_sections if paragraph.role == "prose"))

    @cached_property
    def texts(self) -> tuple[Paragraph, ...]:
        """Everything that is written as prose, in reading order: headings and actions too."""
        in_sections = [
            paragraph for section in self.sections if not section.is_annex for paragraph in section.paragraphs
        ]
        in_annexes = (paragraph for section in self.sections if section.is_annex for paragraph in section.paragraphs)
        labels = (label for label in self.labels if label is not None)
        cells = (cell for option in self.options for cell in option)
        before = (*self.summary, *self.key_messages, *labels)
        return (*before, *in_sections, *cells, *self.actions, *in_annexes, *self.credits)

    @cached_property
    def used(self) -> frozenset[str]:
        """The ids of all evidence that is cited, printed, drawn, or named for a recommendation."""
        cited = {entry.id for paragraph in self.texts for entry in paragraph.cited}
        placed = {id for section in self.sections for _, id in section.placed}
        charts = (id for section in self.sections for id in section.ids("chart") if id in self.figure_specs)
        drawn = {id for chart in charts for id in self.figure_specs[chart].entries}
        spec = self.spec
        lists = [each.evidence for each in spec.recommendations]
        lists += [each.evidence for each in spec.numbers] + [each.evidence for each in spec.options_considered]
        named = {id for ids in lists for id in ids}
        return frozenset(cited | placed | drawn | named)


class BriefUnderReview(ProseUnderReview):
    """A whole brief."""


def _words(value: object) -> Iterator[str]:
    """The texts in the value of a chart's key: itself, or those in a list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _words(each)
