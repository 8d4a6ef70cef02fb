"""Tables in prose, as Pandoc writes them: rows between pipes, and a caption (https://pandoc.org/MANUAL.html#extension-pipe_tables).

The caption is a paragraph before or behind the table that begins with ``:`` or ``Table:``. An id may stand at its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from c6brief.brief.markdown_references import ATTRIBUTES

Align = Literal["", "left", "right", "center"]
_CAPTION = re.compile(r"(?:Table)?:\s+\S")
_CAPTION_SIGN = re.compile(r"(?:Table)?:\s+")


@dataclass(frozen=True)
class TextTable:
    """A table in prose: the inline tokens of its cells, row by row, and those of its caption."""

    tokens: tuple[Token, ...]
    """All of its tokens, in the order of writing."""
    columns: tuple[Token, ...]
    """The headings."""
    aligns: tuple[Align, ...]
    rows: tuple[tuple[Token, ...], ...]
    caption: Token | None = None
    id: str = ""
    """As written behind the caption: ``tbl:access``; empty where there is none."""


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _caption_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule that makes a token of a caption, beside a table only."""
    if state.is_code_block(start) or not _CAPTION.match(_line(state, start)):
        return False
    if silent:
        return state.parentType == "table"
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
    following = next((line for line in range(last, end) if not state.isEmpty(line)), end)
    read_table = next(rule.fn for rule in state.md.block.ruler.__rules__ if rule.name == "table")
    is_behind = _wants_caption(state.tokens)
    if not is_behind and (following >= end or not read_table(state, following, end, True)):
        return False
    text = " ".join(_line(state, line).strip() for line in range(start, last))
    text = text[match.end() :] if (match := _CAPTION_SIGN.match(text)) else text
    named = ATTRIBUTES.search(text)
    state.push("caption_open", "figcaption", 1).meta = {"id": named["id"] if named else "", "is_behind": is_behind}
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = text[: named.start()].rstrip() if named else text, [], [start, last]
    state.push("caption_close", "figcaption", -1)
    state.line = last
    return True


def _wants_caption(tokens: Sequence[Token]) -> bool:
    """Whether ``tokens`` end with a table that no caption stands before."""
    if not tokens or tokens[-1].type != "table_close":
        return False
    inside = list(takewhile(lambda token: token.type != "table_open", reversed(tokens)))
    before = tokens[-len(inside) - 2] if len(inside) + 2 <= len(tokens) else None  # what stands before the table
    if before is None or before.type != "caption_close":
        return True
    own = next(token for token in reversed(tokens) if token.type == "caption_open")
    return bool(own.meta["is_behind"])


def add_tables(parser: MarkdownIt) -> None:
    """Add tables and their captions to a parser."""
    parser.enable("table")
    parser.block.ruler.before("table", "caption", _caption_rule, {"alt": ["blockquote"]})


def table_of(tokens: Sequence[Token]) -> TextTable:
    """The table that ``tokens`` make, with a caption before or behind it."""
    columns: list[Token] = []
    aligns: list[Align] = []
    rows: list[list[Token]] = []
    caption, id, opened = None, "", ""
    for token in tokens:
        if token.nesting == 1:
            opened = token.type
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "caption_open":
                id = token.meta["id"]
            elif token.type == "th_open":
                align = str(token.attrGet("style") or "").removeprefix("text-align:")
                aligns.append(align if align in ("left", "right", "center") else "")  # type: ignore[arg-type]
        elif token.type == "inline" and opened == "caption_open":
            caption = token
        elif token.type == "inline":
            rows[-1].append(token)
    columns = rows.pop(0)
    return TextTable(tuple(tokens), tuple(columns), tuple(aligns), tuple(map(tuple, rows)), caption, id)


def end_of_table(tokens: Sequence[Token], start: int) -> int:
    """The index behind the table with its caption that begins at ``start``; ``start`` where none does."""
    if tokens[start].type == "caption_open" and not tokens[start].meta["is_behind"]:
        at = _behind(tokens, start, "caption_close")
        start = at if at < len(tokens) and tokens[at].type == "table_open" else start
    if tokens[start].type != "table_open":
        return start
    at = _behind(tokens, start, "table_close")
    if at < len(tokens) and tokens[at].type == "caption_open" and tokens[at].meta["is_behind"]:
        at = _behind(tokens, at, "caption_close")
    return at


def _behind(tokens: Sequence[Token], start: int, closing: str) -> int:
    return next(at for at in range(start, len(tokens)) if tokens[at].type == closing) + 1
