"""From specification and evidence to one ``Brief``: picks resolved, notes written, figures and tables numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from c6brief.brief import prose
from c6brief.brief.blocks import Blocks
from c6brief.brief.context import ComposeContext, FigureSpec
from c6brief.brief.model import (
    Author,
    Block,
    Brief,
    Callout,
    Day,
    Figure,
    Prose,
    Publisher,
    Recommendation,
    Section,
    Table,
)
from c6brief.brief.notes import SIGNS, Cited, Notes
from c6brief.brief.record import PrintedWords, Record
from c6brief.brief.recorder import Recorder
from c6brief.brief.references import listed_source, suggested_citation
from c6brief.brief.settings import Settings
from c6brief.brief.spec import BriefSpec, SectionSpec
from c6brief.brief.tables import tinted
from c6brief.brief.text import Text
from c6brief.brief.wording import Wording
from c6brief.documents.catalogue import languages
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.verify import Passages

LISTED = {"quotes": "quote", "charts": "chart", "tables": "table", "claims": "claim"}
"""What a section of a specification may list, and the directive that places one."""


@dataclass(frozen=True)
class ComposedBrief:
    """A brief for a template, and beside it what no template sees: the record of what it prints and rests on."""

    brief: Brief
    record: Record
    printed: tuple[PrintedWords, ...]
    figure_specs: Mapping[str, FigureSpec]
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each note cites: ids of entries, by the note's anchor (``note-3``)."""


def compose_brief(
    spec: BriefSpec,
    path: Path,
    evidence: Evidence,
    passages: Passages,
    figure_specs: Mapping[str, FigureSpec],
    settings: Settings,
    problems: Problems,
) -> ComposedBrief | None:
    """The brief of ``spec``, its figures still without drawings; ``None`` if its language has no words of ours.

    Problems: ``unknown-id``, ``unknown-directive``, ``directive``, ``placed-twice``, ``image-in-prose``,
    ``bare-citation``, ``quotation-uncited``, ``words-not-found``, ``words-found-twice``, ``unknown-language``. What has
    a problem is left out, and the rest goes on.
    """
    language = spec.language or settings.language
    if language not in languages():
        message = f"no catalogue of words for language '{language}'"
        problems.error("unknown-language", message, spec.place("language"), "known: " + ", ".join(languages()))
        return None
    return _Composer(spec, evidence, passages, figure_specs, problems, Wording(language)).composed(path, settings)


def with_drawings(brief: Brief, drawings: Mapping[str, str], tint: Callable[[int], tuple[str, str]]) -> Brief:
    """``brief`` with the SVG of every figure in its place, and with the colours of tinted cells.

    ``tint`` gives for a depth (:class:`~c6brief.brief.model.Cell`) the colour of the cell and that of its text.
    """

    def finished(block: Block) -> Block:
        if isinstance(block, Figure):
            return replace(block, svg=Markup(drawings[block.id]))
        return tinted(block, tint) if isinstance(block, Table) else block

    sections = tuple(replace(section, blocks=tuple(map(finished, section.blocks))) for section in brief.sections)
    return replace(brief, sections=sections)


class _Composer:
    """Goes through the specification once, in reading order: notes and numbers depend on it."""

    def __init__(
        self,
        spec: BriefSpec,
        evidence: Evidence,
        passages: Passages,
        figure_specs: Mapping[str, FigureSpec],
        problems: Problems,
        wording: Wording,
    ) -> None:
        self.spec, self.evidence, self.figure_specs, self.problems, self.wording = (
            spec,
            evidence,
            figure_specs,
            problems,
            wording,
        )
        self.notes = Notes(evidence, passages, wording)
        self.recorder = Recorder(evidence, passages)
        context = ComposeContext(evidence, figure_specs, problems, wording, self.notes, self.recorder)
        self.text, self.blocks = Text(context), Blocks(context)
        self.placed: dict[tuple[str, str], Place] = {}
        self.slugs: set[str] = set()

    def composed(self, path: Path, settings: Settings) -> ComposedBrief:
        brief = self.brief(path, settings)
        self.recorder.rests_on(id for id, _ in sorted(self.notes.located))
        self.recorder.rests_on(self.notes.statements)
        labels = {source.id: source.label for source in brief.sources}
        references = {source.id: str(source.reference.striptags()) for source in brief.sources}
        record = self.recorder.record(labels, references)
        brief = replace(brief, check=replace(brief.check, fingerprint=record.fingerprint))
        return ComposedBrief(brief, record, tuple(self.recorder.printed), self.figure_specs, self.notes.cited)

    def brief(self, path: Path, settings: Settings) -> Brief:
        spec, say = self.spec, self.wording
        messages = tuple(
            self.text.inline(message, spec, ("key_messages", index)) for index, message in enumerate(spec.key_messages)
        )
        sections = tuple(
            section for index, each in enumerate(spec.sections) if (section := self._section(each, index)) is not None
        )
        advice = tuple(self._recommendation(index) for index in range(len(spec.recommendations)))
        labels = self.labels()
        sources = tuple(listed_source(self.evidence, id, labels[id], say) for id in self.notes.sources)
        return Brief(
            id=path.stem,
            title=prose.typographic(spec.title),
            subtitle=prose.typographic(spec.subtitle),
            series=spec.series,
            number=spec.number,
            date=Day(spec.date, say.day(spec.date), int(spec.date[:4])),
            language=say.language,
            authors=tuple(Author(author.name, author.role, author.email) for author in spec.authors),
            publisher=Publisher(
                settings.publisher,
                settings.licence,
                settings.issn,
                settings.contact,
                settings.logo,
                (settings.logo_alt or settings.publisher or spec.series or spec.title) if settings.logo else "",
            ),
            key_messages=messages,
            sections=tuple(self._with_source_lines(section, labels) for section in sections),
            recommendations=advice,
            sources=sources,
            index=self.notes.index.entries(self.evidence),
            marks=tuple(self.notes.mark(name) for name in SIGNS if name in self.notes.marks),
            citation=suggested_citation(spec, settings.publisher, say),
            check=self.notes.check(),
            words=say.words,
            options=MappingProxyType(dict(spec.options)),
        )

    def labels(self) -> dict[str, str]:
        """S1, S2, … in order of first use."""
        return {id: f"S{number}" for number, id in enumerate(self.notes.sources, 1)}

    # Sections

    def _section(self, each: SectionSpec, index: int) -> Section | None:
        spec, at = self.spec, ("sections", index)
        blocks: list[Block] = []
        before = set(self.placed)
        used = None
        if each.use is not None:
            used = self._find("sections", each.use, spec.place(*at, "use"))
            if used is None:
                return None
        self.text.heading = each.title or (used.title if used else "")
        texts = ([(used, ("text",), used.text)] if used else []) + (
            [(spec, (*at, "text"), each.text)] if each.text else []
        )
        for owner, path, text in texts:
            blocks += self._prose(text, owner, path)
        by_directive = set(self.placed) - before
        for key, kind in LISTED.items():
            for number, id in enumerate(getattr(each, key)):
                if (kind, id) in by_directive:
                    continue
                block = self._placed(kind, id, spec.place(*at, key, number))
                if block is not None:
                    blocks.append(block)
        title = self.text.heading
        return Section(self._slug(each.use or title), prose.typographic(title), tuple(blocks))

    def _prose(self, text: str, owner: Entry, path: tuple[str | int, ...]) -> list[Block]:
        self.text.check_bare(text, owner, path)
        blocks: list[Block] = []
        for piece in prose.read_prose(text):
            if isinstance(piece, prose.Passage):
                self.text.check_tokens(piece.tokens, owner, path)
                blocks += [Prose(self.text.html(group, owner, path)) for group in prose.paragraphs(piece.tokens)]
            else:
                block = self._directive(piece, owner, path)
                if block is not None:
                    blocks.append(block)
        return _joined(blocks)

    def _directive(self, piece: prose.Directive, owner: Entry, path: tuple[str | int, ...]) -> Block | None:
        name = f"{piece.kind} {piece.argument}".strip()
        place = owner.find(name, *path)
        if piece.kind not in prose.DIRECTIVES:
            place = owner.find(piece.kind, *path)
            hint = did_you_mean(piece.kind, prose.DIRECTIVES)
            self.problems.error("unknown-directive", f"no directive '::: {piece.kind}'", place, hint)
        elif not piece.closed:
            self.problems.error("directive", f"'::: {name}' is not closed", place, "end it with a line ':::'")
        elif piece.nested:
            self.problems.error("directive", f"'::: {name}' holds another directive", place, "close it first")
        elif piece.kind == "callout":
            self.text.check_tokens(piece.tokens, owner, path)
            return Callout(prose.typographic(piece.argument), self.text.html(piece.tokens, owner, path))
        elif not piece.argument:
            self.problems.error("directive", f"'::: {piece.kind}' names no id", place, f"::: {piece.kind} ID")
        elif piece.tokens:
            hint = "it prints what the id names; put the text outside"
            self.problems.error("directive", f"'::: {name}' holds text", place, hint)
        else:
            return self._placed(piece.kind, piece.argument, owner.find(piece.argument, *path))
        return None

    def _placed(self, kind: str, id: str, place: Place) -> Block | None:
        """The block that a directive or a listed id asks for, once."""
        plural = next(key for key, value in LISTED.items() if value == kind)
        entry = self._find(plural, id, place)
        if entry is None:
            return None
        if (kind, id) in self.placed:
            first = self.placed[kind, id]
            hint = f"first at {first.file}:{first.span.line}"
            self.problems.error("placed-twice", f"{kind} '{id}' is printed twice", place, hint)
            return None
        self.placed[kind, id] = place
        return getattr(self.blocks, kind)(entry)

    def _find(self, kind: str, id: str, place: Place) -> Entry | None:
        entry = self.evidence.kind(kind).get(id)
        if entry is None and not self.evidence.excuses(id, kind):
            noun = {"sections": "section", **LISTED}[kind]
            message = f"no {noun} '{id}'"
            self.problems.error("unknown-id", message, place, did_you_mean(id, self.evidence.kind(kind)))
        return entry

    # Back matter

    def _recommendation(self, index: int) -> Recommendation:
        each, at = self.spec.recommendations[index], ("recommendations", index)
        cited = []
        for number, id in enumerate(each.evidence):
            entry = self.text.citable(id, self.spec.place(*at, "evidence", number))
            if entry is not None:
                cited.append(Cited(entry))
        return Recommendation(
            number=index + 1,
            action=self.text.inline(each.action, self.spec, (*at, "action"), [one.entry for one in cited]),
            addressee=each.addressee,
            by=self.wording.date(each.by) if each.by else "",
            owner=each.owner,
            evidence=self.notes.note(cited) if cited else Markup(""),
        )

    def _with_source_lines(self, section: Section, labels: Mapping[str, str]) -> Section:
        """Source lines name sources by label, and labels are settled only when all of the brief has been read."""
        blocks = []
        for block in section.blocks:
            if isinstance(block, Figure) or (isinstance(block, Table) and block.chart):
                block = replace(block, source_line=self.blocks.source_line(self.figure_specs[block.id].sources, labels))
            elif isinstance(block, Table):
                source = self.evidence.tables[block.id].source
                block = replace(block, source_line=self.blocks.source_line((source,) if source else (), labels))
            blocks.append(block)
        return replace(section, blocks=tuple(blocks))

    def _slug(self, text: str) -> str:
        base = "section-" + re.sub(r"[^\w]+", "-", text.lower()).strip("-")
        slug, number = base, 2
        while slug in self.slugs:
            slug, number = f"{base}-{number}", number + 1
        self.slugs.add(slug)
        return slug


def _joined(blocks: list[Block]) -> list[Block]:
    """Neighbouring passages as one block."""
    joined: list[Block] = []
    for block in blocks:
        if isinstance(block, Prose) and joined and isinstance(joined[-1], Prose):
            joined[-1] = Prose(joined[-1].html + block.html)
        else:
            joined.append(block)
    return joined
