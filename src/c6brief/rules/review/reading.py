"""A brief read for rules: by the same parser and in the same reading order as the printed brief
(:mod:`c6brief.brief.compose`), so that rules agree with what is printed. Each brief is read once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from markdown_it.token import Token

from c6brief.brief import prose
from c6brief.brief.context import FigureSpec
from c6brief.brief.markdown_notes import NoteDefinition
from c6brief.brief.markdown_syntax import Cite
from c6brief.brief.markdown_tables import TextTable
from c6brief.brief.matter import EVIDENCE
from c6brief.brief.model import Brief
from c6brief.brief.settings import Settings
from c6brief.brief.spec import BriefSpec, SectionSpec
from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Claim, Event, Quote, Source
from c6brief.evidence.verify import Passages
from c6brief.rules.review.brief import (
    BriefUnderReview,
    Citation,
    Hyperlink,
    Paragraph,
    ProseUnderReview,
    Role,
    SectionProse,
)
from c6brief.rules.review.places import OriginalText

LISTED = {"quote": "quotes", "chart": "charts", "table": "tables", "claim": "claims"}
"""The directives that place something, and the key of a section that lists the same."""


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
    sections = [_section(spec, ("sections", index), each, evidence) for index, each in enumerate(spec.sections)]
    sections += [_section(spec, ("annexes", index), each, evidence) for index, each in enumerate(spec.annexes)]
    actions = tuple(
        _line(recommendation.action, spec, ("recommendations", index, "action"), "action", evidence)
        for index, recommendation in enumerate(spec.recommendations)
    )
    labels = tuple(
        _line(number.label, spec, ("numbers", index, "label"), "number", evidence) if number.count is None else None
        for index, number in enumerate(spec.numbers)
    )
    options = tuple(
        tuple(
            _line(text, spec, ("options_considered", index, key), "option", evidence)
            for key in ("option", "benefit", "risk", "cost")
            if (text := getattr(option, key))
        )
        for index, option in enumerate(spec.options_considered)
    )
    summary = tuple(_running_text(spec, "summary", "summary", evidence))
    bios = [
        _line(author.bio, spec, ("authors", index, "bio"), "credit", evidence)
        for index, author in enumerate(spec.authors)
        if author.bio
    ]
    credits = [
        each for key in ("acknowledgements", "disclaimer") for each in _running_text(spec, key, "credit", evidence)
    ]
    kind = BriefUnderReview if whole else ProseUnderReview
    found = tuple(section for section in sections if section is not None)
    return kind(
        spec, evidence, passages, settings, brief, figure_specs,
        key_messages=messages, sections=found, actions=actions,
        summary=summary, labels=labels, options=options, credits=(*bios, *credits),
    )  # fmt: skip


def _running_text(spec: BriefSpec, key: str, role: Role, evidence: Evidence) -> Iterator[Paragraph]:
    """The paragraphs of the text at ``key`` of ``spec``; its headings keep their own role."""
    for found in _blocks(getattr(spec, key), spec, (key,), evidence, ""):
        if isinstance(found, Paragraph):
            yield replace(found, role=role) if found.role == "prose" else found


def _section(spec: BriefSpec, at: NodePath, each: SectionSpec, evidence: Evidence) -> SectionProse | None:
    is_annex = at[0] == "annexes"
    is_listed = is_annex and each.use == EVIDENCE  # its own text alone is read: the rest is the evidence itself
    used = evidence.sections.get(each.use) if each.use is not None and not is_listed else None
    if each.use is not None and used is None and not is_listed:
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
        place = spec.place(*at, "title" if each.title else "use")
    else:
        place = used.place("title") if spec.document is None else spec.place(*at, "use")
    themes = used.themes if used else ()
    return SectionProse(title, place, tuple(paragraphs), tuple(dict.fromkeys([*placed, *listed])), themes, is_annex)


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
        if isinstance(piece, (NoteDefinition, TextTable)):
            yield reader.paragraph(piece.tokens, "note" if isinstance(piece, NoteDefinition) else "prose")
            continue
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
        lines = [token.children or [] for token in tokens if token.type == "inline"]
        text = "\n".join(map(prose.plain_text, lines))
        outside = "\n".join("".join(map(_without_code, line)) for line in lines)
        citations = tuple(self._citation(cite) for cite in prose.cites_in(tokens))
        level = int(tokens[0].tag[1]) if role == "heading" else 0
        links = tuple(_links(tokens))
        return Paragraph(role, text, self.section_title, citations, self.original.align(text), links, level, outside)

    def _citation(self, cite: Cite) -> Citation:
        nth = self.seen.get(cite.written, 0)
        self.seen[cite.written] = nth + 1
        entry = self.evidence.entry(cite.id)
        known = entry if isinstance(entry, (Source, Quote, Event, Claim)) else None
        id = known.id if known else cite.id
        return Citation(known, id, cite.locator, self.owner.find(cite.written, *self.path, nth=nth))


def _without_code(token: Token) -> str:
    """The words of ``token``, with spaces in place of those of code."""
    words = prose.plain_text([token])
    return " " * len(words) if token.type == "code_inline" else words


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
