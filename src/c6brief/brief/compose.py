"""Composing a ``Brief`` from its specification and the evidence: notes are written, figures and tables numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_args

from markupsafe import Markup

from c6brief.brief import prose
from c6brief.brief.blocks import Blocks, read_image_argument
from c6brief.brief.context import ComposeContext, FigureSpec
from c6brief.brief.cross_references import CrossReferences
from c6brief.brief.lines import LineWriter
from c6brief.brief.markdown_notes import NoteDefinition
from c6brief.brief.markdown_tables import TextTable
from c6brief.brief.matter import EVIDENCE
from c6brief.brief.matter_writer import MatterWriter
from c6brief.brief.model import (
    Annex,
    Block,
    Brief,
    BriefSection,
    Callout,
    Day,
    Definition,
    FigureBlock,
    ImageBlock,
    Prose,
    Publisher,
    Recommendation,
    Sidebar,
    TableBlock,
)
from c6brief.brief.notes import SIGNS, CitedEntry, Notes
from c6brief.brief.prose_faults import report_note_faults
from c6brief.brief.record import PrintedWords, Record
from c6brief.brief.recorder import Recorder
from c6brief.brief.references import listed_source, suggested_citation
from c6brief.brief.settings import Settings
from c6brief.brief.short_names import distinct_names
from c6brief.brief.spec import BriefSpec, ImageSize, PlacedImage, SectionSpec
from c6brief.brief.tables import tint_cells
from c6brief.brief.text import TextWriter
from c6brief.brief.wording import Wording
from c6brief.documents.catalogue import languages
from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place, Problems, did_you_mean, without_controls
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import Evidence
from c6brief.evidence.marked_words import MarkedWords
from c6brief.evidence.models import EvidenceEntry
from c6brief.evidence.seeds import RESERVED
from c6brief.evidence.verify import Passages

E = TypeVar("E", bound=EvidenceEntry)
S = TypeVar("S", bound=BriefSection)

LISTED = {"quotes": "quote", "images": "image", "charts": "chart", "tables": "table", "claims": "claim"}
"""The kinds of entries that a section of a specification may list, and the directive that places one."""

NOUNS = {**LISTED, "sections": "section"}
"""The kinds of entries that a specification may name, and what messages call one of them."""


@dataclass(frozen=True)
class ComposedBrief:
    """A brief for a template, and what no template sees: the record of what it prints and rests on."""

    brief: Brief
    record: Record
    printed: tuple[PrintedWords, ...]
    """The words of sources that it prints, in the order of reading."""
    figure_specs: Mapping[str, FigureSpec]
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each note cites: ids of entries, by the note's anchor (``note-3``)."""
    referred: Callable[[str], Place | None] = lambda anchor: None
    """Where something is referred to first, by its anchor (``figure-lifts``)."""


def compose_brief(
    spec: BriefSpec,
    path: Path,
    evidence: Evidence,
    passages: Passages,
    figure_specs: Mapping[str, FigureSpec],
    settings: Settings,
    problems: Problems,
    *,
    whole: bool = True,
) -> ComposedBrief | None:
    """The brief of ``spec``, its figures still without drawings; ``None`` where there is no catalogue of its language.

    ``path`` is the file of ``spec``, whose name is the id of the brief; it is not ``whole`` where it is a section that no
    brief uses, which may refer to what is not there. What has a problem is left out. Problems:
    ``unknown-id``, ``unknown-directive``, ``directive``, ``placed-twice``, ``image-in-prose``, ``bare-citation``,
    ``quotation-uncited``, ``words-not-found``, ``words-found-twice``, ``unknown-language``.
    """
    problems.severities = settings.rules
    language = spec.language or settings.language
    if language not in languages():
        message = f"no catalogue of words for language '{language}'"
        problems.error("unknown-language", message, spec.place("language"), "known: " + ", ".join(languages()))
        return None
    wording = Wording(language)
    composer = _BriefComposer(spec, evidence, passages, figure_specs, problems, wording)
    composed = composer.compose(path, settings, whole=whole)
    shorts = distinct_names([evidence.sources[id] for id in composer.notes.sources])
    if not shorts:
        return composed
    return _BriefComposer(spec, evidence, passages, figure_specs, problems, wording, shorts).compose(
        path, settings, whole=whole
    )


def insert_drawings(brief: Brief, drawings: Mapping[str, str], tint: Callable[[int], tuple[str, str]]) -> Brief:
    """``brief`` with the drawing of every figure, and with the colours of tinted cells.

    ``drawings`` are SVG, by the ids of figures. ``tint`` gives, for the depth of a tint
    (:class:`~c6brief.brief.model.TableCell`), the colours of the cell and of its text.
    """

    def finish(block: Block) -> Block:
        if isinstance(block, FigureBlock):
            return replace(block, svg=Markup(drawings[block.id]))
        return tint_cells(block, tint) if isinstance(block, TableBlock) else block

    sections = tuple(replace(section, blocks=tuple(map(finish, section.blocks))) for section in brief.sections)
    annexes = tuple(replace(annex, blocks=tuple(map(finish, annex.blocks))) for annex in brief.annexes)
    return replace(brief, sections=sections, annexes=annexes)


class _BriefComposer:
    """Goes through the specification once, in the order of reading, on which notes and numbers depend."""

    def __init__(
        self,
        spec: BriefSpec,
        evidence: Evidence,
        passages: Passages,
        figure_specs: Mapping[str, FigureSpec],
        problems: Problems,
        wording: Wording,
        shorts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """``shorts`` are names of sources that would be called as others of the brief are, which is known after a first time."""
        self.spec, self.evidence, self.figure_specs = spec, evidence, figure_specs
        self.problems, self.wording = problems, wording
        self.notes = Notes(evidence, passages, wording, shorts)
        self.recorder = Recorder(evidence, passages, wording.language)
        self.marked = MarkedWords(Attribution(evidence, wording.language), problems, wording.language)
        self.references = CrossReferences(evidence, problems, wording)
        context = ComposeContext(
            evidence, self.marked, figure_specs, problems, wording, self.notes, self.recorder, self.references
        )
        self.lines = LineWriter(context)
        self.context, self.text, self.blocks = context, TextWriter(context), Blocks(context)
        self.placed: dict[tuple[str, str], Place] = {}
        """Where each entry is placed, by its directive and id."""
        self.slugs: set[str] = set()
        self.used: list[str] = []
        """Ids of the sections of the evidence base that are used."""

    def compose(self, path: Path, settings: Settings, *, whole: bool) -> ComposedBrief:
        self.spec = self.lines.settle(self.spec)
        brief = self._brief(path, settings)
        self.references.check(whole=whole)
        brief = self.references.finish(brief)
        self.lines.verify()
        self.recorder.add_names_of((*self.used, *(id for _, id in self.placed), *self.notes.sources))
        self.recorder.add_entries(id for id, _ in sorted(self.notes.located))
        self.recorder.add_entries(self.notes.statements)
        labels = {source.id: source.label for source in brief.sources}
        references = {source.id: str(source.reference.striptags()) for source in brief.sources}
        record = self.recorder.record(labels, references)
        brief = replace(brief, check=replace(brief.check, fingerprint=record.fingerprint))
        printed, referred = tuple(self.recorder.printed), self.references.place_of
        return ComposedBrief(brief, record, printed, self.figure_specs, self.notes.cited, referred)

    def _brief(self, path: Path, settings: Settings) -> Brief:
        spec, wording = self.spec, self.wording
        matter = MatterWriter(spec, self.context, self.text, self.blocks, self._prose)
        summary = matter.running_text("summary")
        messages = tuple(
            self.text.inline_html(message, spec, ("key_messages", index))
            for index, message in enumerate(spec.key_messages)
        )
        numbers = tuple(matter.number(index) for index in range(len(spec.numbers)))
        sections = tuple(
            section
            for index, each in enumerate(spec.sections)
            if (section := self._section(each, ("sections", index))) is not None
        )
        options = tuple(matter.option(index) for index in range(len(spec.options_considered)))
        advice = tuple(self._recommendation(index) for index in range(len(spec.recommendations)))
        annexes = self._annexes()
        authors = tuple(matter.author(index) for index in range(len(spec.authors)))
        thanks, disclaimer = matter.running_text("acknowledgements"), matter.running_text("disclaimer")
        annexes = [matter.add_evidence(annex) if annex.id == EVIDENCE else annex for annex in annexes]
        check = self.notes.check()
        labels = self._labels()
        sources = tuple(
            listed_source(self.evidence, id, labels, self.notes.short(id), wording) for id in self.notes.sources
        )
        return Brief(
            id=without_controls(path.stem),
            title=prose.smarten(spec.title),
            subtitle=prose.smarten(spec.subtitle),
            series=spec.series,
            number=spec.number,
            date=Day(spec.date, wording.day(spec.date), int(spec.date[:4])),
            language=wording.language,
            authors=authors,
            publisher=Publisher(
                settings.publisher,
                settings.licence,
                settings.issn,
                settings.contact,
                settings.logo,
                (settings.logo_alt or settings.publisher or spec.series or spec.title) if settings.logo else "",
            ),
            key_messages=messages,
            sections=tuple(self._add_source_lines(section, labels) for section in sections),
            recommendations=advice,
            sources=sources,
            index=self.notes.index.entries(self.evidence, self.notes.short),
            marks=tuple(self.notes.mark(name) for name in SIGNS if name in self.notes.marks),
            citation=suggested_citation(spec, settings.publisher, wording),
            check=check,
            words=wording.words,
            options=MappingProxyType(dict(spec.options)),
            summary=summary,
            numbers=matter.add_counts(numbers, check),
            options_considered=options,
            annexes=tuple(self._add_source_lines(annex, labels) for annex in annexes),
            acknowledgements=thanks,
            funders=matter.funders(),
            disclaimer=disclaimer,
            doi=spec.doi,
            isbn=spec.isbn,
            keywords=tuple(prose.smarten(keyword) for keyword in spec.keywords),
        )

    def _labels(self) -> dict[str, str]:
        """The labels of sources, S1, S2, … in order of first use, by id."""
        return {id: f"S{number}" for number, id in enumerate(self.notes.sources, 1)}

    # Sections

    def _section(self, each: SectionSpec, at: NodePath) -> BriefSection | None:
        spec = self.spec
        blocks: list[Block] = []
        before = set(self.placed)
        used = None
        if each.use is not None:
            others = (EVIDENCE,) if at[0] == "annexes" else ()
            used = self._find(self.evidence.sections, "sections", each.use, spec.place(*at, "use"), others)
            if used is None:
                return None
        self.text.heading = each.title or (used.title if used else "")
        if used is not None:
            self.used.append(used.id)
            self.lines.add(used.title, used, ("title",))
            blocks += self._prose(used.text, used, ("text",))
        if each.text:
            blocks += self._prose(each.text, spec, (*at, "text"))
        by_directive = set(self.placed) - before
        for key, kind in LISTED.items():
            for number, listed in enumerate(getattr(each, key)):
                id, size = (listed.id, listed.size) if isinstance(listed, PlacedImage) else (listed, "")
                if (kind, id) in by_directive:
                    continue
                block = self._place(kind, id, spec.place(*at, key, number), size)
                if block is not None:
                    blocks.append(block)
        title = prose.smarten(self.text.heading)
        slug = self._slug(each.id or each.use or self.text.heading)
        if each.id and RESERVED.match(each.id):
            hint = f"name it '{each.id.partition(':')[2]}', and refer to it as @{each.id}"
            self.problems.error("reserved-id", f"'{each.id}' begins as a reference does", spec.place(*at, "id"), hint)
        elif id := each.id or each.use:
            self.references.define("sec", id, slug, "", title, spec.place(*at, "id" if each.id else "use"))
        return BriefSection(slug, title, tuple(blocks))

    def _annexes(self) -> list[Annex]:
        """The annexes; that of evidence is still without its statements. Problem: ``placed-twice``."""
        spec, annexes = self.spec, list[Annex]()
        for index, each in enumerate(spec.annexes):
            at = ("annexes", index)
            if each.use == EVIDENCE:
                if any(annex.id == EVIDENCE for annex in annexes):
                    self.problems.error("placed-twice", "the annex 'evidence' is printed twice", spec.place(*at, "use"))
                    continue
                each = each.model_copy(update={"use": None, "title": each.title or self.wording("annex_evidence")})
                section = self._section(each, at)
                section = section and replace(section, id=EVIDENCE)
            else:
                section = self._section(each, at)
            if section is not None:
                annexes.append(Annex(section.id, section.title, section.blocks, self.wording.letter(len(annexes))))
        return annexes

    def _prose(self, text: str, owner: Entry, path: NodePath) -> list[Block]:
        blocks: list[Block] = []
        reading = prose.parse_text(text)
        report_note_faults(reading.notes, owner, path, self.problems)
        self.text.check_bare([token for piece in reading.pieces for token in piece.tokens], owner, path)
        for piece in reading.pieces:
            match piece:
                case NoteDefinition():
                    self.text.check_tokens(piece.tokens, owner, path)
                case prose.RunningText():
                    self._define_headings(piece, owner, path)
                    self.text.check_tokens(piece.tokens, owner, path)
                    groups = prose.paragraphs(piece.tokens)
                    self.text.check_marks_over_lines(groups, owner, path)
                    beside = self.text.cited_in_same_speech(groups)
                    blocks += [
                        Prose(self.text.html(group, owner, path, cited))
                        for group, cited in zip(groups, beside, strict=True)
                    ]
                case TextTable():
                    blocks.append(self.blocks.text_table(piece, owner, path, self.text))
                case prose.Directive():
                    block = self._directive(piece, owner, path)
                    if block is not None:
                        blocks.append(block)
        return _join_prose(blocks)

    def _define_headings(self, piece: prose.RunningText, owner: Entry, path: NodePath) -> None:
        """Make headings with an id (``## Title {#sec:ID}``) known to references, and give their elements an id."""
        for opening, inline in zip(piece.tokens, piece.tokens[1:], strict=False):
            if opening.type == "heading_open" and (written := opening.meta.get("id")):
                place = owner.find(f"#{written}", *path)
                title = prose.printed_text([inline])
                anchor = self.references.define_written("sec", written, "", title, place)
                if anchor:
                    opening.attrSet("id", anchor)

    def _directive(self, piece: prose.Directive, owner: Entry, path: NodePath) -> Block | None:
        """The block that a directive places, in the prose at ``path`` of ``owner``; ``None`` after a problem."""
        name = f"{piece.kind} {piece.argument}".strip()
        place = owner.find(name, *path)
        if piece.kind not in prose.DIRECTIVES:
            place = owner.find(piece.kind, *path)
            hint = did_you_mean(piece.kind, prose.DIRECTIVES)
            self.problems.error("unknown-directive", f"no directive '::: {piece.kind}'", place, hint)
        elif not piece.is_closed:
            self.problems.error("directive", f"'::: {name}' is not closed", place, "end it with a line ':::'")
        elif piece.is_nested:
            self.problems.error("directive", f"'::: {name}' holds another directive", place, "close it first")
        elif piece.kind == "definition" and not piece.argument:
            self.problems.error("directive", "'::: definition' names no term", place, "::: definition Term")
        elif piece.kind in prose.SET_APART:
            return self._set_apart(piece, owner, path)
        elif not piece.argument:
            self.problems.error("directive", f"'::: {piece.kind}' names no id", place, f"::: {piece.kind} ID")
        elif piece.tokens:
            hint = "it prints what the id names; put the text outside"
            self.problems.error("directive", f"'::: {name}' holds text", place, hint)
        elif piece.kind == "image":
            id, size = read_image_argument(piece.argument)
            if size in get_args(ImageSize):
                return self._place("image", id, owner.find(id, *path), size)
            hint = f"::: image ID {{size=wide}}; sizes are {', '.join(get_args(ImageSize))}"
            self.problems.error("directive", f"'::: {name}' has no size of an image", place, hint)
        else:
            return self._place(piece.kind, piece.argument, owner.find(piece.argument, *path))
        return None

    def _set_apart(self, piece: prose.Directive, owner: Entry, path: NodePath) -> Block:
        """The block of a directive that holds text. Problem: ``citation-unread``, for one in its title."""
        cited = re.search(r"\[[^\[\]]*(?<!\w)@\w[^\[\]]*\]", piece.argument)
        if cited:
            place, hint = (
                owner.find(f"{piece.kind} {piece.argument}", *path),
                "cite in the text below: here it is not read",
            )
            self.problems.error("citation-unread", f"'{cited[0]}' would print as it stands", place, hint)
        self.text.check_tokens(piece.tokens, owner, path)
        self.text.check_marks_over_lines(prose.paragraphs(piece.tokens), owner, path)
        title = prose.smarten(self.lines.add(piece.argument, owner, path))
        html = self.text.html(piece.tokens, owner, path)
        match piece.kind:
            case "sidebar":
                return Sidebar(title, html)
            case "definition":
                return Definition(title, html)
            case _:
                return Callout(title, html)

    def _place(self, directive: str, id: str, place: Place, size: str = "") -> Block | None:
        """The block that a directive or a listed id names; ``None`` after a problem, as for the second one.

        ``size`` is that of an image.
        """
        evidence, blocks = self.evidence, self.blocks
        match directive:
            case "image":
                return self._place_entry(evidence.images, "images", id, place, partial(blocks.image, size=size))
            case "quote":
                return self._place_entry(evidence.quotes, "quotes", id, place, blocks.quote)
            case "chart":
                return self._place_entry(evidence.charts, "charts", id, place, blocks.chart)
            case "table":
                return self._place_entry(evidence.tables, "tables", id, place, blocks.table)
            case _:
                return self._place_entry(evidence.claims, "claims", id, place, blocks.claim)

    def _place_entry(
        self, entries: Mapping[str, E], kind: str, id: str, place: Place, make: Callable[[E], Block | None]
    ) -> Block | None:
        entry = self._find(entries, kind, id, place)
        if entry is None:
            return None
        directive = LISTED[kind]
        if (directive, id) in self.placed:
            first = self.placed[directive, id]
            hint = f"first at {first.file}:{first.span.line}"
            self.problems.error("placed-twice", f"{directive} '{id}' is printed twice", place, hint)
            return None
        self.placed[directive, id] = place
        return make(entry)

    def _find(self, entries: Mapping[str, E], kind: str, id: str, place: Place, others: Sequence[str] = ()) -> E | None:
        """The entry of that id among ``entries``, which are of ``kind``; ``None`` after the problem ``unknown-id``.

        ``others`` are names that may be written there too.
        """
        entry = entries.get(id)
        if entry is None and not self.evidence.excuses(id, kind):
            self.problems.error("unknown-id", f"no {NOUNS[kind]} '{id}'", place, did_you_mean(id, [*entries, *others]))
        return entry

    # Back matter

    def _recommendation(self, index: int) -> Recommendation:
        each, at = self.spec.recommendations[index], ("recommendations", index)
        cited = []
        for number, id in enumerate(each.evidence):
            entry = self.text.find_citable(id, self.spec.place(*at, "evidence", number))
            if entry is not None:
                cited.append(CitedEntry(entry))
        return Recommendation(
            number=index + 1,
            action=self.text.inline_html(each.action, self.spec, (*at, "action"), [one.entry for one in cited]),
            addressee=each.addressee,
            by=self.wording.date(each.by) if each.by else "",
            owner=each.owner,
            evidence=self.text.note_behind(each.action, cited),
        )

    def _add_source_lines(self, section: S, labels: Mapping[str, str]) -> S:
        """``section`` with the source lines of its figures and tables, whose labels the whole brief gives."""
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, FigureBlock) or (isinstance(block, TableBlock) and block.chart):
                figure = self.figure_specs[block.id]
                line = self.blocks.source_line(figure.sources, labels, draws_statements=bool(figure.entries))
                block = replace(block, source_line=line)
            elif isinstance(block, ImageBlock):
                source = self.evidence.images[block.id].source
                block = replace(block, source_line=self.blocks.source_line((source,) if source else (), labels))
            elif isinstance(block, TableBlock) and not block.in_text:
                source = self.evidence.tables[block.id].source
                block = replace(block, source_line=self.blocks.source_line((source,) if source else (), labels))
            blocks.append(block)
        return replace(section, blocks=tuple(blocks))

    def _slug(self, text: str) -> str:
        """An id for a section, made of ``text``, that no other section has."""
        base = "section-" + re.sub(r"[^\w]+", "-", text.lower()).strip("-")
        slug, number = base, 2
        while slug in self.slugs:
            slug, number = f"{base}-{number}", number + 1
        self.slugs.add(slug)
        return slug


def _join_prose(blocks: list[Block]) -> list[Block]:
    """``blocks``, neighbouring ones of prose being one block."""
    joined: list[Block] = []
    for block in blocks:
        if isinstance(block, Prose) and joined and isinstance(joined[-1], Prose):
            joined[-1] = Prose(joined[-1].html + block.html)
        else:
            joined.append(block)
    return joined
