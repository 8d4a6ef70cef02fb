"""Rules on citations: what wants one, where none is read, what they lead to, and what they leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.brief.markdown_marks import find_formula
from c6brief.brief.markdown_references import find_target
from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.evidence.locators import Label, Range, read_locator
from c6brief.evidence.matching import SourceText
from c6brief.evidence.models import Claim, Event, Source
from c6brief.evidence.quotation_marks import quotations_in
from c6brief.evidence.strength import strength
from c6brief.rules.review.brief import BriefUnderReview, Citation, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import count_words

FEWEST_WORDS = 12
"""Shorter ones lead over to something ("Two points stand out.") and state nothing."""

_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_ID = re.compile(r"(?<!\w)@(?!(?i:fig|tbl|sec):)[\w{]")
_COMMENT = re.compile(r"<!--")


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
    """a citation names a page, paragraph or line (“p. 40”, “para. 40”) that the source's text does not have

    Pages of a text are parted by form feeds, and begin with the number that the source has under `pages`. Paragraphs are
    parted by blank lines, and counted from 1 as lines are in their paragraph.
    """
    for citation, text in _cited_texts(prose):
        for label, numbers in read_locator(citation.locator):
            known = _known_range(text, label, citation.locator)
            for number in dict.fromkeys(numbers):
                if known is not None and not known[0] <= number <= known[1]:
                    first, last = known
                    extent = f"{first} to {last}" if first > 1 else str(last)
                    hint = f"its text has {extent}, parted by {_PARTED[label]}"
                    yield Finding(f"'{citation.id}' has no {label} {number}", citation.place, hint)


@rule("page-not-compared", chapter="reference")
def page_not_compared(prose: ProseUnderReview) -> Iterator[Finding]:
    """a citation names a page, and the source's text has no form feeds to tell pages by

    Nobody has compared such a number. Texts taken from a PDF have form feeds, if nobody takes them out; where a page
    begins, one can be added (U+000C). Else cite the paragraph.
    """
    for citation, text in _cited_texts(prose):
        if not text.pages and any(label == "page" for label, _ in read_locator(citation.locator)):
            message = f"the text of '{citation.id}' has no pages: '{citation.locator}' is not compared"
            yield Finding(message, citation.place, "cite the paragraph (para. 4), or keep the form feeds of the PDF")


_PARTED: dict[Label, str] = {"page": "form feeds", "paragraph": "blank lines", "line": "ends of lines"}


def _cited_texts(prose: ProseUnderReview) -> Iterator[tuple[Citation, SourceText]]:
    """The citations of sources, each with the source's text."""
    for paragraph in prose.texts:
        for citation in paragraph.citations:
            text = prose.evidence.texts.get(citation.id)
            if text is not None and isinstance(citation.entry, Source):
                yield citation, text


def _known_range(text: SourceText, label: Label, locator: str) -> Range | None:
    """The first and the last page, paragraph or line of a text; ``None`` where it has none, or which is not said."""
    if label == "page":
        return (text.page_at(0), text.page_at(len(text.text))) if text.pages else None
    if label == "paragraph":
        return 1, len(text.paragraphs)
    named = [first for other, (first, last) in read_locator(locator) if other == "paragraph" and first == last]
    at = named[0] if named else 1 if len(text.paragraphs) == 1 else 0
    return (1, text.paragraphs[at - 1].text.strip().count("\n") + 1) if 1 <= at <= len(text.paragraphs) else None


@rule("title-not-compared", chapter="evidence")
def title_not_compared(prose: ProseUnderReview) -> Iterator[Finding]:
    """a source is cited whose title has words in quotation marks, and its text is not held

    The title prints as the library has it. Nobody has compared the words in it with anything: look at the source, and add
    its text.
    """
    seen = set[str]()
    for paragraph in prose.texts:
        for citation in paragraph.citations:
            entry = citation.entry
            if isinstance(entry, Source) and not entry.has_text and entry.id not in seen and quotations_in(entry.title):
                seen.add(entry.id)
                message = f"the title of '{entry.id}' quotes words that were not compared with its text"
                yield Finding(message, citation.place, "see that the title is right, or add the text")


@rule("text-not-held", chapter="evidence", severity="note")
def text_not_held(prose: ProseUnderReview) -> Iterator[Finding]:
    """a source is cited whose text is not held, so that nothing was compared with it

    Its note says “text not held”, it adds nothing to the strength of a statement, and no words can be quoted from it. A house
    that cites nothing that it has not read makes this rule an error (`text-not-held: error` under `rules`).
    """
    cited = (citation for paragraph in prose.texts for citation in paragraph.citations)
    first = {citation.id: citation for citation in reversed([*cited]) if isinstance(citation.entry, Source)}
    for id, citation in first.items():
        if id in prose.evidence.sources and not prose.evidence.is_held(id):
            hint = f"read it, and add to seeds/readings.yaml: {{id: {id}, text: texts/….txt}}"
            yield Finding(f"the text of '{id}' is not held", citation.place, hint)
    for part in prose.sections:
        shown = [*(prose.evidence.charts.get(id) for id in part.ids("chart"))]
        for figure in (*shown, *(prose.evidence.tables.get(id) for id in part.ids("table"))):
            source = prose.evidence.sources.get(figure.source or "") if figure is not None else None
            if figure is not None and source is not None and not prose.evidence.is_held(source.id):
                message = f"the text of '{source.id}' is not held: these numbers were not compared with it"
                yield Finding(message, figure.place("source"))


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
