"""The syntax of prose: CommonMark, Pandoc's citations, fenced directives. What ids name is looked up elsewhere.

Raw HTML is text. ``[@id, para. 4; @other]`` is a citation as Pandoc reads it
(https://pandoc.org/MANUAL.html#citation-syntax); punctuation after it moves before it, as in Pandoc's note styles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from c6brief.brief.markdown_notes import NoteDefinition, NoteReading, attach_notes, calls_in, note_tokens
from c6brief.brief.markdown_references import Target
from c6brief.brief.markdown_syntax import Cite, make_parser
from c6brief.brief.markdown_tables import TextTable, end_of_table, table_of
from c6brief.brief.spacing import bind_spaces, join_ranges, set_dashes
from c6brief.evidence.named_words import NamedWords, NameKind, names_between

SET_APART = ("callout", "sidebar", "definition")
"""Directives that hold text."""

DIRECTIVES = ("quote", "chart", "image", "table", "claim", *SET_APART)

OBJECT = "\ufffc"
"""What stands in plain text for what is no text yet, or not to be read as such: no source has this character."""

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
_YEAR_CUT_SHORT = re.compile(r"(?<![\w'])'(?=\d\d(?![\w']))")
"""An apostrophe in place of the century: '24."""
_QUOTES_ONLY = MarkdownIt("zero", {"typographer": True}).enable("smartquotes")


Piece = RunningText | Directive | TextTable | NoteDefinition
"""A part of a text, in the order of writing."""


@dataclass(frozen=True)
class Reading:
    """A text as its pieces, and what is wrong with its notes."""

    pieces: tuple[Piece, ...]
    notes: NoteReading


def read_prose(text: str) -> list[Piece]:
    """The pieces of ``text``, as :func:`parse_text` has them."""
    return list(parse_text(text).pieces)


def parse_text(text: str) -> Reading:
    """``text`` as running text, tables, directives and definitions of notes, in order.

    Its highest headings become ``h3``, below the section's.
    """
    notes = attach_notes(_PARSER.parse(text, {}))
    return Reading(tuple(_pieces(notes.tokens, text)), notes)


def _pieces(found: Sequence[Token | NoteDefinition], text: str) -> list[Piece]:
    """The pieces that the tokens of ``text`` make. A note's definition inside of a directive stands before it."""
    pieces: list[Piece] = []
    tokens: list[Token] = []
    for each in found:
        if isinstance(each, Token):
            tokens.append(each)
        elif _is_open(tokens):
            pieces.append(each)
        else:
            pieces += _without_notes(tokens, text)
            pieces.append(each)
            tokens = []
    pieces += _without_notes(tokens, text)
    _step_down([token for piece in pieces for token in piece.tokens])
    return pieces


def _is_open(tokens: Sequence[Token]) -> bool:
    return sum(token.nesting for token in tokens) > 0


def _step_down(tokens: Sequence[Token]) -> None:
    """Make the highest headings ``h3``."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 3 - min(levels))}"


def _without_notes(tokens: Sequence[Token], text: str) -> list[Piece]:
    lines = text.split("\n")
    pieces: list[Piece] = []
    running: list[Token] = []
    index = depth = 0
    while index < len(tokens):
        token = tokens[index]
        behind = end_of_table(tokens, index) if depth == 0 else index
        if token.type != "container_directive_open" and behind == index:
            running.append(token)
            depth += token.nesting
            index += 1
            continue
        if running:
            pieces.append(RunningText(tuple(running)))
            running = []
        if behind > index:
            pieces.append(table_of(tokens[index:behind]))
            index = behind
            continue
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
    *,
    plain_note: Callable[[Token], Markup] = lambda call: Markup(""),
    refer: Callable[[tuple[Target, ...]], Markup] = lambda targets: Markup(""),
) -> Markup:
    """The HTML of ``tokens``. ``note`` gives the HTML of a citation; titles that are a source's are set in marks.

    ``plain_note`` gives that of a note that is called, ``refer`` that of references.
    """
    env: dict[str, Any] = {"note": note, "is_source_title": is_source_title, "plain_note": plain_note, "refer": refer}
    env["plain"] = printed_text
    return Markup(_PARSER.renderer.render(tokens, _PARSER.options, env))


def inline_tokens(text: str) -> list[Token]:
    """The tokens of one line of prose: a key message, an action."""
    return [token for token in inline_reading(text).tokens if isinstance(token, Token)]


def inline_reading(text: str) -> NoteReading:
    """The tokens of one line of prose, with the notes in it."""
    return attach_notes(_PARSER.parseInline(text, {}))


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


def notes_called_in(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """The tokens of each note that is called in ``tokens``, in order."""
    return [found for call in calls_in(tokens) if (found := note_tokens(call))]


_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_LETTERS = ("text", "code_inline", "code_block", "fence", "named_words", "formula", "broken_citation", "open_comment")


def plain_text(tokens: Sequence[Token]) -> str:
    """The words of ``tokens`` without markup, citations and notes.

    Raised figures behind a figure are ``10^6``, which is no number of another value. Struck words stand between
    :data:`OBJECT`, as does a reference: none can be part of a quotation that is verified.
    """
    return _text(tokens, _read_letters, OBJECT, lambda targets: OBJECT)


def printed_text(tokens: Sequence[Token]) -> str:
    """The words of ``tokens`` as they are printed, with references that :mod:`c6brief.brief.cross_references` finishes."""
    return _text(tokens, lambda content, tag, before: content, "", hold_references)


def hold_references(targets: Sequence[Target]) -> str:
    """What stands in plain text for references until their numbers are known."""
    return "".join(f"{OBJECT}{'-' * target.only_number}{target.written}{OBJECT}" for target in targets)


def _read_letters(content: str, tag: str, before: str) -> str:
    """Raised and lowered letters as they are read; ``before`` is what stands before them."""
    if tag == "sup" and content.isdigit() and before[-1:].isdigit():
        return f"^{content}"
    if tag and _is_numeric(content):
        return content.translate(_RAISED if tag == "sup" else _LOWERED)
    return content


def _text(
    tokens: Sequence[Token],
    read: Callable[[str, str, str], str],
    strike: str,
    refer: Callable[[tuple[Target, ...]], str],
) -> str:
    words: list[str] = []
    around = ""
    for token in tokens:
        if token.type in ("sub_open", "sup_open", "sub_close", "sup_close"):
            around = token.tag if token.nesting > 0 else ""
        elif token.type in ("s_open", "s_close"):
            words.append(strike)
        elif token.type == "reference":
            words.append(refer(token.meta["targets"]))
        elif token.type in _LETTERS:
            words.append(read(token.content, around, words[-1] if words else ""))
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        words.append(_text(token.children or [], read, strike, refer))
    return "".join(words)


def _is_numeric(text: str) -> bool:
    return any(char.isdigit() for char in text)


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
    return join_ranges(bind_spaces(re.sub(r"(?<!\s)\s*\n\s*", " ", curl_quotes(set_dashes(text)))))


def curl_quotes(text: str) -> str:
    """Plain ``text`` with typographic quotation marks and apostrophes."""
    return plain_text(_QUOTES_ONLY.parseInline(_YEAR_CUT_SHORT.sub("’", text), {}))
