"""Rules on what would be printed as it stands: what was to be filled in, and directives that are not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place
from c6brief.evidence.named_words import MARKUP as NAMED_WORDS
from c6brief.rules.citations import plain_texts
from c6brief.rules.review.brief import BriefUnderReview, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|TBA|XXX+)\b|\b[Ll]orem ipsum\b|\?\?\?+"
    r"|\[(?i:insert|tbd|tbc|todo|citation needed)\b[^\]]*\]"
)
_FENCE = re.compile(r":{3,}[ \t]*\w*")

MOST_LOOKED_AT = 100
"""Remains of markup in one text that are looked at; a text with more is another format."""

_NEXT_WORD = re.compile(r"[^\w\n]{0,3}\w*")
_MARKS = {
    "sub": "~x~",
    "sup": "^x^",
    "b|strong": "**words**",
    "i|em": "*words*",
    "s|del|strike": "~~words~~",
    "br": "\\ at the end of the line, or an empty line for a new paragraph",
    "a": "[words](https://…)",
    "code|pre|kbd|samp|tt": "`words`",
    "blockquote|q": "> before each line of a quotation",
    "cite": "[words]{.title}",
    "dfn": "::: definition Term",
    "h[1-6]": "## before a heading",
    "ul|ol|li|dl|dt|dd": "- or 1. before each item",
    "table|caption|colgroup|col|tbody|tfoot|td|th|thead|tr": "rows between pipes: | a | b |",
    "img|picture|figure|figcaption": "::: chart ID",
    "aside|details|summary|section|div": "::: sidebar Title",
    "small|big|font|center|span|u|ins|mark|abbr|p|hr|script|style|iframe|video|audio|nav|article|header|footer": "",
}
"""How Markdown writes what tags of HTML are meant for; empty where it has nothing like it."""

_TAGS = "|".join(_MARKS)
_MARKUP = re.compile(
    rf"</?(?i:{_TAGS})(?:\s+[\w-]+\s*=[^<>\n]{{0,200}}|\s*/?)>|<!--"  # HTML
    r"|\[\^[^\[\]\s]{1,40}\]"  # notes
    r"|\[[^\[\]@]{0,200}\]\{[^{}\n]{0,80}\}|\]\{\s*[.#]|\[-?@|\]\((?=\S)"  # spans, citations, links
    r"|\*\*(?=\w)|(?<=[^\W\d]|[.,;:!?)])\*\*|\^[^\s^]{1,20}\^|(?<!~)~[^\s~]{1,20}~(?!~)"  # bold, raised, lowered
    r"|(?<!\S)#{2,6}(?=\w)"  # headings
    r"|\{\{|\{%|&(?:nbsp|amp|lt|gt|quot|[mn]dash|#\d{1,6});"
)

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


@rule("placeholder-left", chapter="craft", severity="error")
def placeholder_left(prose: ProseUnderReview) -> Iterator[Finding]:
    """TODO, TBD, XXX, ??? or lorem ipsum was left in a text

    It would be printed as it stands. Titles, authors, addressees, deadlines and owners are looked at too.
    """
    for text, place in _texts(prose):
        for match in _PLACEHOLDER.finditer(text):
            message = f"'{match[0]}' was to be filled in"
            yield Finding(message, place(match.start(), match.end()), "write it, or strike it")


def _texts(prose: ProseUnderReview) -> Iterator[tuple[str, Callable[[int, int], Place]]]:
    """Every text of the brief with a way to a place in it."""
    for paragraph in prose.texts:
        yield paragraph.text, paragraph.place
    if not isinstance(prose, BriefUnderReview):
        return  # what no brief uses yet may have a title to be found
    spec, plain = prose.spec, list(plain_texts(prose))
    plain += [(spec, ("authors", index, "name"), author.name) for index, author in enumerate(spec.authors)]
    plain += [(spec, ("recommendations", index, "by"), each.by) for index, each in enumerate(spec.recommendations)]
    for entry, path, text in plain:
        yield text or "", partial(_place_in, entry, path, text or "")


def _place_in(entry: Entry, path: NodePath, text: str, start: int, end: int) -> Place:
    return entry.find(text[start:end], *path)


@rule("markup-left", chapter="reference")
def markup_left(prose: ProseUnderReview) -> Iterator[Finding]:
    """markup that is not read there stands in a text, and prints as it stands

    A mark of bold type that is never closed, half a link or a citation, HTML, a class of a span
    other than `.smallcaps`, a heading without a space (`##Access`), an expression of a template. HTML is text here, so the
    mark is named that does what its tag is meant to do. Titles, subtitles, addressees and owners are plain: no markup but `[…]{{.term}}` and `[…]{{.title}}` is
    read there. Left alone is what stands in code, or behind a backslash.
    """
    for paragraph in prose.texts:
        for citation in paragraph.citations:
            if match := _MARKUP.search(citation.locator):
                yield Finding(f"'{match[0]}' prints in the note of this citation", citation.place, "take it out")
        yield from _markup(paragraph.outside_code, paragraph.place, "close it, or take it out; \\ before it keeps it")
    for entry, path, text in plain_texts(prose):
        read = NAMED_WORDS.sub(lambda match: " " * len(match[0]), text or "")
        yield from _markup(read, partial(_place_in, entry, path, read), "this text is plain: take it out")


def _markup(text: str, place: Callable[[int, int], Place], hint: str) -> Iterator[Finding]:
    """What is left in one text, each once; a tag of HTML and its end are one."""
    found: dict[str, re.Match[str]] = {}
    for match in islice(_MARKUP.finditer(text), MOST_LOOKED_AT):
        tag = _TAG.match(match[0])
        found.setdefault(tag[1].lower() if tag else match[0], match)
    for match in found.values():
        word = None if re.search(r"\w", match[0]) else _NEXT_WORD.match(text, match.end())  # a place holds a word
        at = place(match.start(), word.end() if word else match.end())
        if at.line_text[at.span.column - 2 : at.span.column - 1] != "\\":
            yield Finding(f"'{match[0]}' prints as it stands", at, _hint_for_tag(match[0]) or hint)


def _hint_for_tag(markup: str) -> str:
    """How to write what a tag of HTML is meant for; empty for what is none, or has no mark."""
    name = _TAG.match(markup)
    marks = [mark for names, mark in _MARKS.items() if name and re.fullmatch(names, name[1].lower())]
    return f"HTML is not read here: write {marks[0]}" if marks and marks[0] else ""


@rule("dead-directive", chapter="reference", severity="error")
def dead_directive(prose: ProseUnderReview) -> Iterator[Finding]:
    """a directive (`::: quote ID`) or its end stands where it is not read and prints as it stands

    A directive begins a line, and ends with a line `:::`. In a key message or an action, in the middle of a line, or as
    an end without a beginning it is text. Directives that are misspelt, not closed or name nothing are told anyway, as
    `unknown-directive`, `directive` and `unknown-id`.
    """
    for paragraph in prose.texts:
        if match := _FENCE.search(paragraph.text):
            in_prose = paragraph.role == "prose"
            where = "on a line of its own, with a blank line before" if in_prose else "in the prose of a section"
            place = paragraph.place(match.start(), match.end())
            yield Finding(f"'{match[0].strip()}' prints as it stands", place, f"a directive stands {where}")
