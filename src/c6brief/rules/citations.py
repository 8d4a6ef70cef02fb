"""Rules on citations: what wants one, where none is read, what they lead to, and what they leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.brief.markdown_marks import find_formula
from c6brief.brief.markdown_references import find_target
from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.evidence.models import Claim, Event, Source
from c6brief.evidence.strength import strength
from c6brief.rules.review.brief import BriefUnderReview, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import count_words

FEWEST_WORDS = 12
"""Shorter ones lead over to something ("Two points stand out.") and state nothing."""

_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_ID = re.compile(r"(?<!\w)@(?!(?i:fig|tbl|sec):)[\w{]")
_COMMENT = re.compile(r"<!--")
_PARAGRAPHS = re.compile(r"(?i)\b(?:para(?:graph)?s?|абз)\.?\s*(\d(?:[\d\s,;&–—-]|\b(?:and|to|or|и|до)\b)*)")


@rule("statement-uncited", chapter="evidence")
def statement_uncited(prose: ProseUnderReview) -> Iterator[Finding]:
    """a paragraph or key message cites nothing

    What a brief states it can show. Left alone are headings, what ends with a colon, and texts of fewer than
    {FEWEST_WORDS} words, which lead over from one thing to the next.
    """
    for paragraph in prose.statements:
        text = paragraph.text.rstrip()
        if paragraph.citations or count_words(text) < FEWEST_WORDS or text.endswith(":"):
            continue
        what = "key message" if paragraph.role == "key message" else "paragraph"
        yield Finding(f"this {what} cites nothing", paragraph.place(), "end it with what it rests on: [@claim-id]")


@rule("citation-unread", chapter="reference", severity="error")
def citation_unread(prose: ProseUnderReview) -> Iterator[Finding]:
    """a citation stands in a title, subtitle, addressee or note of a figure, where none is read

    Citations are read in prose, key messages and actions. Elsewhere `[@id]` prints as it stands, and so does a reference
    (`@fig:ID`), a formula (`$x^2$`) or a comment (`<!-- … -->`).
    """
    for entry, path, text in plain_texts(prose):
        if text and (target := find_target(text)):
            hint = "refer in prose, key messages and actions; here it is not read"
            yield Finding(f"'{target[0]}' would print as it stands", entry.find(target[0], *path), hint)
        for found in (find_formula(text or ""), _COMMENT.search(text or "")):
            if found is not None:
                hint = "take it out: this text is plain"
                yield Finding(f"'{found[0]}' would print as it stands", entry.find(found[0], *path), hint)
        for match in _BRACKETS.finditer(text or ""):
            if _ID.search(match[0]):
                hint = "cite in prose, key messages and actions; here it is not read"
                yield Finding(f"'{match[0]}' would print as it stands", entry.find(match[0].split()[0], *path), hint)


def plain_texts(prose: ProseUnderReview) -> Iterator[tuple[Entry, NodePath, str | None]]:
    """The texts of a brief that are not prose, and those of the figures, tables and sections that it prints."""
    spec, evidence = prose.spec, prose.evidence
    if isinstance(prose, BriefUnderReview):
        yield spec, ("title",), spec.title
        yield spec, ("subtitle",), spec.subtitle
    for key, index, section in spec.parts():
        if section.title:
            yield spec, (key, index, "title"), section.title
        if section.use and section.use in evidence.sections:
            yield evidence.sections[section.use], ("title",), evidence.sections[section.use].title
    for index, each in enumerate(spec.recommendations):
        yield spec, ("recommendations", index, "addressee"), each.addressee
        yield spec, ("recommendations", index, "owner"), each.owner
    for index, number in enumerate(spec.numbers):
        yield spec, ("numbers", index, "value"), number.value
    for index, funder in enumerate(spec.funders):
        yield spec, ("funders", index, "name"), funder.name
    for index, keyword in enumerate(spec.keywords):
        yield spec, ("keywords", index), keyword
    for part in prose.sections:
        charts = (evidence.charts.get(id) for id in part.ids("chart"))
        tables = (evidence.tables.get(id) for id in part.ids("table"))
        for figure in (*charts, *tables):
            if figure is not None:
                yield figure, ("title",), figure.title
                yield figure, ("subtitle",), figure.subtitle
                yield figure, ("note",), figure.note


@rule("locator-out-of-range", chapter="reference", severity="error")
def locator_out_of_range(prose: ProseUnderReview) -> Iterator[Finding]:
    """a citation names a paragraph (“para. 40”) that the source's text does not have

    Paragraphs of a source's text are parted by blank lines and counted from 1.
    """
    for paragraph in prose.texts:
        for citation in paragraph.citations:
            text = prose.evidence.texts.get(citation.id)
            if text is None or not isinstance(citation.entry, Source):
                continue
            last = len(text.paragraphs)
            named = " ".join(_PARAGRAPHS.findall(citation.locator))
            for number in map(int, re.findall(r"\d{1,9}", named)):
                if not 1 <= number <= last:
                    message = f"'{citation.id}' has no paragraph {number}"
                    yield Finding(message, citation.place, f"its text has {last}, parted by blank lines")


@rule("dispute-left-out", chapter="reference")
def dispute_left_out(brief: BriefUnderReview) -> Iterator[Finding]:
    """a disputed claim or event on the themes of the brief's sections is nowhere cited in it

    Leaving out what speaks against one's account is the mistake that readers forgive least. The finding is made for
    claims that an account disputes, and for events whose dates cannot all hold, that share a theme with a section of
    `seeds/sections` that the brief uses, and that it neither cites nor prints nor draws.
    """
    first_on = {theme: section for section in reversed(brief.sections) for theme in section.themes}
    statements: list[Claim | Event] = [*brief.evidence.claims.values(), *brief.evidence.events.values()]
    for entry in statements:
        shared = [theme for theme in entry.themes if theme in first_on]
        if shared and entry.id not in brief.used and strength(entry, brief.evidence).differs:
            at, theme = entry.place("id"), shared[0]
            message = f"'{entry.id}' is disputed, shares the theme '{theme}' with this section, and is nowhere cited"
            yield Finding(message, first_on[theme].place, f"see {at.file}:{at.span.line}")
