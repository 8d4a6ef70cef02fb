"""Marks inside of a line that CommonMark has not and Pandoc has: ``~sub~``, ``^sup^``, ``~~struck~~``, small capitals, dashes.

Also what is taken out or refused: HTML comments, which are never printed, and formulas (``$…$``), which become a token
of their own so that they can be reported (https://pandoc.org/MANUAL.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from c6brief.brief.spacing import set_dashes

_SMALL_CAPITALS = re.compile(r"\[(?P<words>[^\[\]@]+)\]\{\s*\.smallcaps\s*\}")
_FORMULA = re.compile(r"\$\$(?P<display>[^$]+)\$\$|\$(?P<inline>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_MATHEMATICAL = re.compile(r"\\[A-Za-z]|[\^_={}]")
_YEAR = re.compile(r"\d{4,}[.)](?:\s|\Z)")


def end_of_comment(text: str, start: int) -> int:
    """Where the HTML comment ends that begins at ``start`` of ``text``; -1 where none does, or it is never closed."""
    if not text.startswith("<!--", start):
        return -1
    for empty in ("<!-->", "<!--->"):
        if text.startswith(empty, start):
            return start + len(empty)
    closing = text.find("-->", start + 4)
    return closing + 3 if closing >= 0 else -1


def find_comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the HTML comments in ``text`` begin and end, over the ends of lines and paragraphs too."""
    start = text.find("<!--")
    while start >= 0 and (end := end_of_comment(text, start)) >= 0:
        yield start, end
        start = text.find("<!--", end)


def _comment_rule(state: StateInline, silent: bool) -> bool:
    """The inline rule that leaves a comment out; one that is never closed is a token, for a problem."""
    if not state.src.startswith("<!--", state.pos):
        return False
    end = end_of_comment(state.src, state.pos)
    if not 0 <= end <= state.posMax:
        if not silent:
            state.push("open_comment", "", 0).content = state.src[state.pos : state.posMax]
        state.pos = state.posMax
        return True
    state.pos = end
    return True


def _comment_block_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule that leaves out a comment which stands on lines of its own or runs over empty ones.

    One inside of a paragraph that holds no empty line is left to the inline rule. Text behind it is read on.
    """
    if state.is_code_block(start):
        return False
    at = state.bMarks[start] + state.tShift[start]
    behind = end_of_comment(state.src, at)
    if not 0 <= behind <= state.eMarks[end - 1]:
        return False
    last = next(line for line in range(start, end) if behind <= state.eMarks[line])
    rest = state.src[behind : state.eMarks[last]]
    runs_over = any(state.isEmpty(line) for line in range(start, last))
    if rest.strip() and not runs_over:
        return False
    if silent:
        return runs_over
    if rest.strip():
        spaces = len(rest) - len(rest.lstrip())
        state.bMarks[last], state.tShift[last], state.sCount[last] = behind + spaces, 0, state.blkIndent
        state.line = last
        return True
    state.line = last + 1
    return True


def is_formula(match: re.Match[str]) -> bool:
    """Whether what stands between two signs for dollars is a formula rather than prose between two prices."""
    if match["display"]:
        return True
    inner = match["inline"]
    words = _LETTERS.findall(re.sub(r"\\[A-Za-z]+(?:\{[^{}]*\})?", "", inner))
    if any(len(word) > 3 for word in words) and " " in inner and "\\" not in inner:
        return False
    return bool(_MATHEMATICAL.search(inner)) or (inner[0].isalpha() and all(len(word) == 1 for word in words))


def find_formula(text: str) -> re.Match[str] | None:
    """The first formula in a plain text."""
    return next((match for match in _FORMULA.finditer(text) if is_formula(match)), None)


def _formula_rule(state: StateInline, silent: bool) -> bool:
    """The inline rule that makes a token of a formula, for a problem: nothing can set one yet."""
    if state.src[state.pos] != "$":
        return False
    match = _FORMULA.match(state.src, state.pos, state.posMax)
    if match is None or not is_formula(match):
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = match[0]
    state.pos = match.end()
    return True


def _small_capitals_rule(state: StateInline, silent: bool) -> bool:
    """The inline rule for ``[words]{.smallcaps}``."""
    match = _SMALL_CAPITALS.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if match is None:
        return False
    if not silent:
        most = state.posMax
        state.push("smallcaps_open", "span", 1).attrs = {"class": "smallcaps"}
        state.pos, state.posMax = match.start("words"), match.end("words")
        state.md.inline.tokenize(state)
        state.push("smallcaps_close", "span", -1)
        state.posMax = most
    state.pos = match.end()
    return True


def _dashes_rule(state: StateCore) -> None:
    """Set ``--`` as an en dash and ``---`` as an em dash, as Pandoc does."""
    for block in state.tokens:
        for child in block.children or []:
            if child.type == "text" and "--" in child.content:
                child.content = set_dashes(child.content)


def _start_rule(state: StateCore) -> None:
    """Have lists begin with their own number in print too, where ``start`` is not looked at."""
    for token in state.tokens:
        if token.type == "ordered_list_open" and (start := token.attrGet("start")) is not None:
            token.attrSet("style", f"counter-reset: list-item {int(start) - 1}")


def _keep_years(parser: MarkdownIt) -> None:
    """Let no list begin with a number of four digits or more: "1991. was the year" is a sentence."""
    read_list = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "list")

    def list_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        if _YEAR.match(state.src, at, state.eMarks[start]):
            return False
        return bool(read_list(state, start, end, silent))

    parser.block.ruler.at("list", list_rule, {"alt": ["paragraph", "reference", "blockquote"]})


def _render_tag(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return str(renderer.renderToken(tokens, index, options, env))


def add_marks(parser: MarkdownIt) -> None:
    """Add all of them to a parser."""
    parser.enable("strikethrough")
    sub_plugin(parser)
    superscript_plugin(parser)
    parser.inline.ruler.before("emphasis", "comment", _comment_rule)
    parser.inline.ruler.before("escape", "formula", _formula_rule)
    parser.inline.ruler.before("link", "small_capitals", _small_capitals_rule)
    parser.block.ruler.before(
        "fence", "comment_block", _comment_block_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.core.ruler.before("smartquotes", "dashes", _dashes_rule)
    for refused in ("formula", "open_comment"):
        parser.add_render_rule(refused, lambda renderer, tokens, index, options, env: "")
    parser.core.ruler.push("list_start", _start_rule)
    _keep_years(parser)
