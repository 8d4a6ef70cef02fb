"""The syntax of prose: CommonMark, Pandoc's citations, fenced directives. What ids name is looked up elsewhere.

Raw HTML is text. ``[@id, para. 4; @other]`` is a citation as Pandoc reads it
(https://pandoc.org/MANUAL.html#citation-syntax); punctuation after it moves before it, as in Pandoc's note styles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from c6brief.brief.markdown_syntax import Cite, make_parser
from c6brief.brief.spacing import bind_spaces, join_ranges
from c6brief.evidence.named_words import NamedWords, NameKind, names_between

DIRECTIVES = ("quote", "chart", "image", "table", "claim", "callout")

_AT = re.compile(r"@(\w(?:[\w:.-]*\w)?)")
_BARE = re.compile(rf"(?<![\w/@.]){_AT.pattern}")
_FENCE_END = re.compile(r"\s*:{3,}\s*\Z")


@dataclass(frozen=True)
class Directive:
    """A fenced directive: ``::: kind argument``, its content, and ``:::``."""

    kind: str
    argument: str
    tokens: tuple[Token, ...]
    """Its content."""
    is_closed: bool
    """Whether the ``:::`` at its end was found."""
    is_nested: bool = False
    """Whether it holds another directive."""


@dataclass(frozen=True)
class RunningText:
    """Prose between directives."""

    tokens: tuple[Token, ...]


_PARSER = make_parser()
_QUOTES_ONLY = MarkdownIt("zero", {"typographer": True}).enable("smartquotes")


def read_prose(text: str) -> list[RunningText | Directive]:
    """``text`` as running text and directives, in order. Its highest headings become ``h3``, below the section's."""
    tokens = _PARSER.parse(text, {})
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 3 - min(levels))}"
    lines = text.split("\n")
    pieces: list[RunningText | Directive] = []
    running: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type != "container_directive_open":
            running.append(token)
            index += 1
            continue
        if running:
            pieces.append(RunningText(tuple(running)))
            running = []
        end = _find_close(tokens, index)
        pieces.append(_directive(token, tuple(tokens[index + 1 : end]), lines))
        index = end + 1
    if running:
        pieces.append(RunningText(tuple(running)))
    return pieces


def _find_close(tokens: Sequence[Token], opening: int) -> int:
    """The index of the token that closes the directive at ``opening``; of the end where none does."""
    depth = 0
    for index in range(opening, len(tokens)):
        if tokens[index].type.startswith("container_directive"):
            depth += tokens[index].nesting
            if depth == 0:
                return index
    return len(tokens)


def _directive(token: Token, inside: tuple[Token, ...], lines: list[str]) -> Directive:
    kind, _, argument = token.info.strip().partition(" ")
    last = token.map[1] if token.map else len(lines)
    closed = last < len(lines) and bool(_FENCE_END.match(lines[last]))
    nested = any(inner.type == "container_directive_open" for inner in inside)
    return Directive(kind, argument.strip(), inside, closed, nested)


def to_html(
    tokens: Sequence[Token],
    note: Callable[[tuple[Cite, ...]], Markup],
    is_source_title: Callable[[str], bool] = lambda words: False,
) -> Markup:
    """The HTML of ``tokens``. ``note`` gives the HTML of a citation; titles that are a source's are set in marks."""
    env = {"note": note, "is_source_title": is_source_title}
    return Markup(_PARSER.renderer.render(tokens, _PARSER.options, env))


def inline_tokens(text: str) -> list[Token]:
    """The tokens of one line of prose: a key message, an action."""
    return _PARSER.parseInline(text, {})


def paragraphs(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The tokens of each block at the top level."""
    groups = []
    start = depth = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            groups.append(tokens[start : index + 1])
            start = index + 1
    return groups


def cites_in(tokens: Sequence[Token]) -> list[Cite]:
    """Every citation in ``tokens``, in order."""
    found: list[Cite] = []
    for token in tokens:
        if token.type == "citation":
            found += token.meta["cites"]
        found += cites_in(token.children or [])
    return found


def plain_text(tokens: Sequence[Token]) -> str:
    """The words of ``tokens`` without markup and citations."""
    words = []
    for token in tokens:
        if token.type in ("text", "code_inline", "code_block", "fence", "named_words"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        words.append(plain_text(token.children or []))
    return "".join(words)


def names_in(tokens: Sequence[Token]) -> list[NamedWords]:
    """The terms and titles in ``tokens``, with the text around them in their paragraph."""
    found: list[NamedWords] = []
    for token in tokens:
        pieces, names = [""], list[tuple[NameKind, str]]()
        for child in token.children or []:
            if child.type == "named_words":
                names.append(("term" if child.info == "term" else "title", child.content))
                pieces.append("")
            else:
                pieces[-1] += plain_text([child])
        found += names_between(pieces, names)
    return found


def hidden_lines(tokens: Sequence[Token]) -> list[str]:
    """Words of the author that no paragraph shows: titles of links."""
    found = []
    for token in tokens:
        if token.type == "link_open" and token.attrGet("title"):
            found.append(str(token.attrGet("title")))
        found += hidden_lines(token.children or [])
    return found


def italics_in(tokens: Sequence[Token]) -> list[str]:
    """The words of each stretch in italics in ``tokens``; titles, which are set in italics, are none."""
    found: list[str] = []
    for token in tokens:
        depth, run = 0, ""
        for child in token.children or []:
            if child.type in ("em_open", "em_close"):
                depth += child.nesting
                if depth == 0:
                    found.append(run)
                    run = ""
            elif depth and child.type != "named_words":
                run += plain_text([child])
    return found


def lines(tokens: Sequence[Token]) -> list[tuple[str, bool]]:
    """The words of each paragraph, heading and item of a list in ``tokens``, and whether it is a block quotation (``>``)."""
    found = []
    depth = 0
    for token in tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif token.type in ("inline", "code_block", "fence"):
            found.append((plain_text([token]), depth > 0))
    return found


def image_addresses(tokens: Sequence[Token]) -> list[str]:
    """The addresses of images in ``tokens``."""
    found = []
    for token in tokens:
        if token.type == "image":
            found.append(str(token.attrGet("src")))
        found += image_addresses(token.children or [])
    return found


def bare_citations(tokens: Sequence[Token], seen: dict[str, int] | None = None) -> list[tuple[str, int]]:
    """Ids written ``@id`` that ``tokens`` do not cite, each with its number, from 0, among all ``@id`` of that id."""
    found = []
    seen = dict[str, int]() if seen is None else seen
    for token in tokens:
        ids = [(cite.id, False) for cite in token.meta["cites"]] if token.type == "citation" else []
        if not token.children:
            ids += [
                (match[1], bool(_BARE.match(token.content, match.start()))) for match in _AT.finditer(token.content)
            ]
        for id, is_bare in ids:
            if is_bare and token.type == "text":
                found.append((id, seen.get(id, 0)))
            seen[id] = seen.get(id, 0) + 1
        found += bare_citations(token.children or [], seen)
    return found


def smarten(text: str) -> str:
    """Plain ``text`` on one line, with typographic quotation marks, no-break spaces and word joiners."""
    return join_ranges(bind_spaces(re.sub(r"(?<!\s)\s*\n\s*", " ", plain_text(_QUOTES_ONLY.parseInline(text, {})))))
