"""What rules look at: a brief with its prose taken apart, every paragraph with its citations and places.

Read once for each brief, by the same parser and in the same reading order as the printed brief
(:mod:`c6brief.brief.compose`), so that rules agree with what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from markdown_it.token import Token

from c6brief.brief import prose
from c6brief.brief.context import FigureSpec
from c6brief.brief.model import Brief
from c6brief.brief.settings import Settings
from c6brief.brief.spec import BriefSpec
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place
from c6brief.documents.yamltext import NodePath
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Chart, Claim, Event, Quote, Source, TableField
from c6brief.evidence.verify import Passages
from c6brief.rules.review.places import AlignedText, OriginalText
from c6brief.rules.review.vocabulary import Vocabulary, vocabulary_of

Role = Literal["key message", "heading", "prose", "action"]

NUMERIC = ("integer", "number")
"""The types of fields that hold numbers."""

LISTED = {"quote": "quotes", "chart": "charts", "table": "tables", "claim": "claims"}
"""The directives that place something, and the key of a section that lists the same."""

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
    """A block of running text: a paragraph, a list, a heading, a key message, the action of a recommendation.

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
        keys = chart.model_extra or {}
        table = self.evidence.tables.get(str(keys.get("table"))) or self.evidence.chart_rows.get(chart.id)
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
    ``actions`` are those of the recommendations, in their order.
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

    @property
    def language(self) -> str:
        return self.spec.language or self.settings.language

    @cached_property
    def vocabulary(self) -> Vocabulary | None:
        """The words of the brief's language; ``None`` where the rules know none."""
        return vocabulary_of(self.language)

    @cached_property
    def statements(self) -> tuple[Paragraph, ...]:
        """The paragraphs that state something: key messages and prose, in reading order, without headings."""
        in_sections = (paragraph for section in self.sections for paragraph in section.paragraphs)
        return (*self.key_messages, *(paragraph for paragraph in in_sections if paragraph.role == "prose"))

    @cached_property
    def texts(self) -> tuple[Paragraph, ...]:
        """Everything that is written as prose, in reading order: headings and actions too."""
        in_sections = (paragraph for section in self.sections for paragraph in section.paragraphs)
        return (*self.key_messages, *in_sections, *self.actions)

    @cached_property
    def used(self) -> frozenset[str]:
        """The ids of all evidence that is cited, printed, drawn, or named for a recommendation."""
        cited = {entry.id for paragraph in self.texts for entry in paragraph.cited}
        placed = {id for section in self.sections for _, id in section.placed}
        charts = (id for section in self.sections for id in section.ids("chart") if id in self.figure_specs)
        drawn = {id for chart in charts for id in self.figure_specs[chart].entries}
        named = {id for recommendation in self.spec.recommendations for id in recommendation.evidence}
        return frozenset(cited | placed | drawn | named)


class BriefUnderReview(ProseUnderReview):
    """A whole brief."""


def read_for_review(
    spec: BriefSpec,
    evidence: Evidence,
    passages: Passages,
    settings: Settings,
    brief: Brief | None,
    figure_specs: Mapping[str, FigureSpec],
    *,
    whole: bool = True,
) -> ProseUnderReview:
    """The brief of ``spec`` as rules see it; its prose alone, unless it is a ``whole`` brief.

    Reports nothing: composing the brief has reported what cannot be found or parsed.
    """
    messages = tuple(
        _line(text, spec, ("key_messages", index), "key message", evidence)
        for index, text in enumerate(spec.key_messages)
    )
    sections = (_section(spec, index, evidence) for index in range(len(spec.sections)))
    actions = tuple(
        _line(recommendation.action, spec, ("recommendations", index, "action"), "action", evidence)
        for index, recommendation in enumerate(spec.recommendations)
    )
    kind = BriefUnderReview if whole else ProseUnderReview
    found = tuple(section for section in sections if section is not None)
    return kind(spec, evidence, passages, settings, brief, figure_specs, messages, found, actions)


def _section(spec: BriefSpec, index: int, evidence: Evidence) -> SectionProse | None:
    each, at = spec.sections[index], ("sections", index)
    used = evidence.sections.get(each.use) if each.use is not None else None
    if each.use is not None and used is None:
        return None
    title = each.title or (used.title if used else "")
    texts: list[tuple[str, Entry, NodePath]] = [(used.text, used, ("text",))] if used else []
    texts += [(each.text, spec, (*at, "text"))] if each.text else []
    paragraphs: list[Paragraph] = []
    placed: list[tuple[str, str]] = []
    for text, owner, path in texts:
        for found in _blocks(text, owner, path, evidence, title):
            if isinstance(found, Paragraph):
                paragraphs.append(found)
            else:
                placed.append(found)
    listed = [(kind, id) for kind, key in LISTED.items() for id in getattr(each, key)]
    if each.title or used is None:
        place = spec.place(*at, "title")
    else:
        place = used.place("title") if spec.document is None else spec.place(*at, "use")
    themes = used.themes if used else ()
    return SectionProse(title, place, tuple(paragraphs), tuple(dict.fromkeys([*placed, *listed])), themes)


def _line(text: str, owner: Entry, path: NodePath, role: Role, evidence: Evidence) -> Paragraph:
    reader = _ProseReader(owner, path, evidence)
    return reader.paragraph(prose.inline_tokens(text), role)


def _blocks(
    text: str, owner: Entry, path: NodePath, evidence: Evidence, title: str
) -> Iterator[Paragraph | tuple[str, str]]:
    """The paragraphs of a section's text, those of its callouts too, and what its directives place."""
    reader = _ProseReader(owner, path, evidence, title)
    for piece in prose.read_prose(text):
        if isinstance(piece, prose.Directive) and piece.kind in LISTED and piece.argument:
            yield piece.kind, piece.argument
        for group in prose.paragraphs(piece.tokens):
            if any(token.type in ("fence", "code_block") for token in group):
                continue
            heading = group[0].type == "heading_open"
            yield reader.paragraph(group, "heading" if heading else "prose")


class _ProseReader:
    """Reads the paragraphs of one text in order: places of words and citations depend on it."""

    def __init__(self, owner: Entry, path: NodePath, evidence: Evidence, section_title: str = "") -> None:
        self.owner, self.path, self.evidence, self.section_title = owner, path, evidence, section_title
        self.original = OriginalText(owner, path)
        self.seen: dict[str, int] = {}

    def paragraph(self, tokens: Sequence[Token], role: Role) -> Paragraph:
        lines = [prose.plain_text(token.children or []) for token in tokens if token.type == "inline"]
        text = "\n".join(lines)
        citations = tuple(self._citation(cite) for cite in prose.cites_in(tokens))
        level = int(tokens[0].tag[1]) if role == "heading" else 0
        links = tuple(_links(tokens))
        return Paragraph(role, text, self.section_title, citations, self.original.align(text), links, level)

    def _citation(self, cite: prose.Cite) -> Citation:
        nth = self.seen.get(cite.id, 0)
        self.seen[cite.id] = nth + 1
        entry = self.evidence.entry(cite.id)
        known = entry if isinstance(entry, (Source, Quote, Event, Claim)) else None
        return Citation(known, cite.id, cite.locator, self.owner.find(f"@{cite.id}", *self.path, nth=nth))


def _links(tokens: Sequence[Token]) -> Iterator[Hyperlink]:
    """The links in the text that the inline ``tokens`` make, lines joined as in :meth:`_ProseReader.paragraph`."""
    at = 0
    for token in tokens:
        if token.type != "inline":
            continue
        opened: tuple[int, str] | None = None
        words = ""
        for child in token.children or []:
            if child.type == "link_open":
                opened = (at + len(words), str(child.attrGet("href")))
            elif child.type == "link_close" and opened is not None:
                yield Hyperlink(words[opened[0] - at :], *opened)
            else:
                words += prose.plain_text([child])
        at += len(words) + 1


def _words(value: object) -> Iterator[str]:
    """The texts in the value of a chart's key: itself, or those in a list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _words(each)
