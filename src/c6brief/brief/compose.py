"""From specification and evidence to one ``Brief``: picks resolved, notes written, figures and tables numbered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from markdown_it.token import Token
from markupsafe import Markup

from c6brief.brief import prose
from c6brief.brief.model import (
    Account,
    Author,
    Block,
    Brief,
    Callout,
    ClaimBox,
    Day,
    Figure,
    Prose,
    Publisher,
    PullQuote,
    Recommendation,
    Section,
    Table,
)
from c6brief.brief.model import Source as ListedSource
from c6brief.brief.notes import SIGNS, Cited, Notes
from c6brief.brief.record import PrintedWords, Record
from c6brief.brief.recorder import Recorder
from c6brief.brief.references import full_reference
from c6brief.brief.settings import Settings
from c6brief.brief.spec import BriefSpec, SectionSpec
from c6brief.brief.tables import printed_table
from c6brief.brief.wording import Wording, languages
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Claim, Event, Quote, Source, sources_of
from c6brief.evidence.quotations import quotations_in
from c6brief.evidence.verify import Passages, locate_among

CITABLE = ("sources", "quotes", "events", "claims")

LISTED = {"quotes": "quote", "charts": "chart", "tables": "table", "claims": "claim"}
"""What a section of a specification may list, and the directive that places one."""


@dataclass(frozen=True)
class FigurePlan:
    """What the figures room knows of a chart before drawing it: whose data it shows, and how wide it is."""

    sources: tuple[str, ...]
    width: str
    entries: tuple[str, ...] = ()
    """Ids of the quotations, events and claims that it draws: the brief rests on them."""


@dataclass(frozen=True)
class Composed:
    """A brief for a template, and beside it what no template sees: the record of what it prints and rests on."""

    brief: Brief
    record: Record
    printed: tuple[PrintedWords, ...]
    plans: Mapping[str, FigurePlan]


def compose_brief(
    spec: BriefSpec,
    path: Path,
    evidence: Evidence,
    passages: Passages,
    plans: Mapping[str, FigurePlan],
    settings: Settings,
    problems: Problems,
) -> Brief | None:
    """The brief alone, of :func:`compose_with_record`."""
    composed = compose_with_record(spec, path, evidence, passages, plans, settings, problems)
    return composed.brief if composed else None


def compose_with_record(
    spec: BriefSpec,
    path: Path,
    evidence: Evidence,
    passages: Passages,
    plans: Mapping[str, FigurePlan],
    settings: Settings,
    problems: Problems,
) -> Composed | None:
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
    return _Composer(spec, evidence, passages, plans, problems, Wording(language)).composed(path, settings)


def with_drawings(brief: Brief, drawings: Mapping[str, str]) -> Brief:
    """``brief`` with the SVG of every figure in its place."""
    sections = tuple(
        replace(
            section,
            blocks=tuple(
                replace(block, svg=Markup(drawings[block.id])) if isinstance(block, Figure) else block
                for block in section.blocks
            ),
        )
        for section in brief.sections
    )
    return replace(brief, sections=sections)


class _Composer:
    """Goes through the specification once, in reading order: notes and numbers depend on it."""

    def __init__(
        self,
        spec: BriefSpec,
        evidence: Evidence,
        passages: Passages,
        plans: Mapping[str, FigurePlan],
        problems: Problems,
        wording: Wording,
    ) -> None:
        self.spec, self.evidence, self.plans, self.problems, self.wording = spec, evidence, plans, problems, wording
        self.notes = Notes(evidence, passages, wording)
        self.placed: dict[tuple[str, str], Place] = {}
        self.counts = {"chart": 0, "table": 0}
        self.slugs: set[str] = set()
        self.seen: dict[tuple[str, tuple[str | int, ...], str], int] = {}
        """How often each text has cited each id so far: where to look for the next one."""
        self.heading = ""
        self.recorder = Recorder(evidence, passages)

    def composed(self, path: Path, settings: Settings) -> Composed:
        brief = self.brief(path, settings)
        self.recorder.rests_on(id for id, _ in sorted(self.notes.located))
        self.recorder.rests_on(self.notes.statements)
        labels = {source.id: source.label for source in brief.sources}
        references = {source.id: str(source.reference.striptags()) for source in brief.sources}
        record = self.recorder.record(labels, references)
        brief = replace(brief, check=replace(brief.check, fingerprint=record.fingerprint))
        return Composed(brief, record, tuple(self.recorder.printed), self.plans)

    def brief(self, path: Path, settings: Settings) -> Brief:
        spec, say = self.spec, self.wording
        messages = tuple(
            self._inline(message, spec, ("key_messages", index)) for index, message in enumerate(spec.key_messages)
        )
        sections = tuple(
            section for index, each in enumerate(spec.sections) if (section := self._section(each, index)) is not None
        )
        advice = tuple(self._recommendation(index) for index in range(len(spec.recommendations)))
        labels = self.labels()
        sources = tuple(self._listed(id, labels[id]) for id in self.notes.sources)
        return Brief(
            id=path.stem,
            title=prose.typographic(spec.title),
            subtitle=prose.typographic(spec.subtitle),
            series=spec.series,
            number=spec.number,
            date=Day(spec.date, say.day(spec.date), int(spec.date[:4])),
            language=say.language,
            authors=tuple(Author(author.name, author.role, author.email) for author in spec.authors),
            publisher=Publisher(settings.publisher, settings.licence, settings.issn, settings.contact, settings.logo),
            key_messages=messages,
            sections=tuple(self._with_source_lines(section, labels) for section in sections),
            recommendations=advice,
            sources=sources,
            marks=tuple(self.notes.mark(name) for name in SIGNS if name in self.notes.marks),
            citation=self._citation(settings),
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
        self.heading = each.title or (used.title if used else "")
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
        title = self.heading
        return Section(self._slug(each.use or title), prose.typographic(title), tuple(blocks))

    def _prose(self, text: str, owner: Entry, path: tuple[str | int, ...]) -> list[Block]:
        self._check_bare(text, owner, path)
        blocks: list[Block] = []
        for piece in prose.read_prose(text):
            if isinstance(piece, prose.Passage):
                self._check_tokens(piece.tokens, owner, path)
                blocks += [Prose(self._html(group, owner, path)) for group in prose.paragraphs(piece.tokens)]
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
            self._check_tokens(piece.tokens, owner, path)
            return Callout(prose.typographic(piece.argument), self._html(piece.tokens, owner, path))
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
        return getattr(self, f"_{kind}")(entry)

    def _quote(self, quote: Quote) -> PullQuote:
        speaker = self.evidence.people.get(quote.speaker) or self.evidence.organisations[quote.speaker]
        role = getattr(speaker, "role", None) or ""
        house = getattr(speaker, "organisation", None) or ""
        body = self.evidence.organisations.get(house)
        house = (body.acronym or body.name) if body else house
        where = self.notes.short(quote.source, self.notes.paragraph(quote.id))
        role = ", ".join(part for part in (role, house) if part)
        if not self.notes.is_verified(quote):
            where = f"{self.notes.mark('unverified').word}: {where}"
        words = prose.typographic(quote.text)
        self.recorder.prints("pull-quote", quote.id, 0, words)
        return PullQuote(quote.id, words, speaker.name, role, where)

    def _claim(self, claim: Claim) -> ClaimBox:
        found = self.notes.strength(claim)
        accounts = tuple(
            Account(
                self.notes.short(account.source, self.notes.paragraph(claim.id, index)),
                self.wording(f"stance_{account.stance}"),
                prose.typographic(account.exact),
            )
            for index, account in enumerate(claim.accounts)
        )
        for index, account in enumerate(accounts):
            self.recorder.prints("claim", claim.id, index, account.words)
        scope = self.evidence.scopes[claim.scope].name
        statement = prose.typographic(claim.statement)
        marks = self.notes.entry_marks(found)
        mark = marks[0] if self.notes.is_verified(claim) else self.notes.mark("unverified")
        return ClaimBox(claim.id, statement, mark, scope, accounts)

    def _chart(self, chart: Entry) -> Figure | None:
        plan = self.plans.get(chart.id)
        if plan is None:
            return None  # its problems have been reported by the figures room
        for source in plan.sources:
            self.notes.use_source(source)
        self.recorder.rests_on(plan.entries)
        self.counts["chart"] += 1
        words = [prose.typographic(text or "") for text in (chart.title, chart.subtitle, chart.alt, chart.note)]
        return Figure(chart.id, self.counts["chart"], chart.kind, *words, "", plan.width, Markup(""))

    def _table(self, table: Entry) -> Table:
        source = self.evidence.sources.get(table.source or "")
        if source:
            self.notes.use_source(source.id)
        self.counts["table"] += 1
        printed = printed_table(table, self.counts["table"], source, "", self.wording)
        self.recorder.table(table, printed.rows)
        return printed

    # Text

    def _html(
        self, tokens: Sequence[Token], owner: Entry, path: tuple[str | int, ...], beside: Sequence[Entry] = ()
    ) -> Markup:
        sound = self._check_quotations(tokens, owner, path, beside)
        html = prose.to_html(tokens, lambda cites: self._note(cites, owner, path))
        if sound:
            return html
        text, end, tail = html.rpartition("</p>")
        sign = self.notes.unverified_sign()
        return text + sign + end + tail if end else html + sign

    def _inline(self, text: str, owner: Entry, path: tuple[str | int, ...], beside: Sequence[Entry] = ()) -> Markup:
        tokens = prose.inline_tokens(text)
        self._check_bare(text, owner, path)
        self._check_tokens(tokens, owner, path)
        return self._html(tokens, owner, path, beside)

    def _note(self, cites: tuple[prose.Cite, ...], owner: Entry, path: tuple[str | int, ...]) -> Markup:
        cited = []
        for cite in cites:
            nth = self.seen.get((owner.place().file, path, cite.id), 0)
            self.seen[owner.place().file, path, cite.id] = nth + 1
            place = owner.find(f"@{cite.id}", *path, nth=nth)
            entry = self._citable(cite.id, place)
            if entry is not None:
                cited.append(Cited(entry, cite.prefix, cite.locator))
        return self.notes.note(cited) if cited else Markup("")

    def _citable(self, id: str, place: Place) -> Source | Quote | Event | Claim | None:
        entry = self.evidence.entry(id)
        if isinstance(entry, (Source, Quote, Event, Claim)):
            return entry
        if entry is not None:
            hint = "cite a source, quotation, event or claim"
            self.problems.error("unknown-id", f"'{id}' is nothing that can be cited", place, hint)
        elif not self.evidence.excuses(id, *CITABLE):
            known = [each for kind in CITABLE for each in self.evidence.kind(kind)]
            message = f"no source, quotation, event or claim '{id}'"
            self.problems.error("unknown-id", message, place, did_you_mean(id, known))
        return None

    def _check_tokens(self, tokens: Sequence[Token], owner: Entry, path: tuple[str | int, ...]) -> None:
        for address in prose.images(tokens):
            place = owner.find(address, *path)
            self.problems.error("image-in-prose", f"image '{address}'", place, "prose holds no images: place a chart")

    def _check_quotations(
        self, tokens: Sequence[Token], owner: Entry, path: tuple[str | int, ...], beside: Sequence[Entry] = ()
    ) -> bool:
        """Whether all that stands in quotation marks here stands in a source that is cited here.

        Numbers are noted, and held against what is cited here and ``beside`` it.
        """
        text = prose.plain_text(tokens)
        entries = [self.evidence.entry(cite.id) for cite in prose.cites_in(tokens)]
        self.recorder.numbers(text, self._whereabouts(path), [*filter(None, entries), *beside])
        quoted = quotations_in(text)
        sound = True
        cited = [passage for entry in entries if entry for passage in self.notes.passages_of(entry)]
        sources = [id for entry in entries if entry for id in sources_of(entry)]
        for words in quoted:
            place = owner.find(" ".join(words.split()[:2]), *path)
            if not sources:
                hint = "cite its source in the same paragraph: [@source-id]"
                self.problems.error("quotation-uncited", f"“{words}” has no source here", place, hint)
                sound = False
            elif passage := locate_among(self.evidence, sources, words, cited, place, self.problems):
                self.notes.quoted.add(words)
                self.recorder.prints_run_in(words, passage)
            else:
                sound = False
        return sound

    def _whereabouts(self, path: tuple[str | int, ...]) -> str:
        """Where in the brief a text stands, in words for the record."""
        part = {"key_messages": "key message", "recommendations": "recommendation"}.get(str(path[0]))
        return f"{part} {int(path[1]) + 1}" if part else f"section {self.heading}"

    def _check_bare(self, text: str, owner: Entry, path: tuple[str | int, ...]) -> None:
        for id, nth in prose.bare_citations(text):
            if self.evidence.entry(id) is not None:
                place = owner.find(f"@{id}", *path, nth=nth)
                self.problems.warning("bare-citation", f"'@{id}' prints as it stands", place, f"write [@{id}]")

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
            entry = self._citable(id, self.spec.place(*at, "evidence", number))
            if entry is not None:
                cited.append(Cited(entry))
        return Recommendation(
            number=index + 1,
            action=self._inline(each.action, self.spec, (*at, "action"), [one.entry for one in cited]),
            addressee=each.addressee,
            by=self.wording.date(each.by) if each.by else "",
            owner=each.owner,
            evidence=self.notes.note(cited) if cited else Markup(""),
        )

    def _listed(self, id: str, label: str) -> ListedSource:
        source = self.evidence.sources[id]
        grade = source.custom.grade or ""
        say = self.wording
        in_words = f"{say(f'grade_{grade[0]}')}; {say(f'grade_{grade[1]}')}" if grade else ""
        voice = self.evidence.voice_name(source.voice) if source.custom.voice else source.short
        reference = full_reference(source, say)
        note = prose.typographic(source.custom.note or "")
        return ListedSource(id, label, reference, source.short, grade, in_words, voice, note)

    def _with_source_lines(self, section: Section, labels: Mapping[str, str]) -> Section:
        """Source lines name sources by label, and labels are settled only when all of the brief has been read."""
        blocks = []
        for block in section.blocks:
            if isinstance(block, Figure):
                block = replace(block, source_line=self._source_line(self.plans[block.id].sources, labels))
            elif isinstance(block, Table):
                source = self.evidence.tables[block.id].source
                block = replace(block, source_line=self._source_line((source,) if source else (), labels))
            blocks.append(block)
        return replace(section, blocks=tuple(blocks))

    def _source_line(self, ids: Sequence[str], labels: Mapping[str, str]) -> str:
        if not ids:
            return ""
        sources = [self.evidence.sources[id] for id in ids]
        names = ", ".join(f"{labels[source.id]} {source.short}" for source in sources)
        line = self.wording("source_line_one" if len(ids) == 1 else "source_line_other", sources=names)
        by_voice: dict[str, list[str]] = {}
        for source in sources:
            by_voice.setdefault(source.voice, []).append(labels[source.id])
        for voice, shared in by_voice.items():
            if len(shared) > 1:
                name = self.evidence.voice_name(voice)
                line += " " + self.wording("sources_one_voice", sources=self.wording.listed(shared), voice=name)
        return line

    def _citation(self, settings: Settings) -> str:
        spec = self.spec
        names = self.wording.listed(author.name for author in spec.authors) or settings.publisher
        series = f"{spec.series} {spec.number}".strip()
        parts = [f"{names} ({spec.date[:4]})" if names else "", spec.title.rstrip("."), series]
        parts += [settings.publisher if settings.publisher != names else ""]
        return ". ".join(part for part in parts if part) + "."

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
