"""What is added to CommonMark: Pandoc's citations, terms and titles, spaces that bind, acronyms, fenced directives.

Raw HTML is text. ``[@id, para. 4; @other]`` is a citation as Pandoc reads it
(https://pandoc.org/MANUAL.html#citation-syntax); punctuation after it moves before it, as in Pandoc's note styles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from c6brief.brief.spacing import NBSP, bind_spaces, join_ranges
from c6brief.evidence.named_words import MARKUP

CLUSTER = re.compile(r"\[((?:@\{[^\s{}]+\}|[^\[\]])*)\](?!\()")
_PARTS = re.compile(r"(?:@\{[^\s{}]+\}|[^;])+")
_CITE = re.compile(
    r"(?P<prefix>.*?)(?P<suppress>-)?@(?:\{(?P<braced>[^{}]+)\}|(?P<id>\w(?:[\w:.+/-]*\w)?))(?P<locator>.*)\Z", re.S
)
_ACRONYM = re.compile(r"(?<![\w&])([^\W\d_]{3,}?)(?=s?(?![\w&]))")


@dataclass(frozen=True)
class Cite:
    """One id that a citation names, with the author's words before it (``see``) and after it (``para. 4``)."""

    id: str
    prefix: str = ""
    locator: str = ""
    written: str = ""
    """The id as it was written, with its @: ``@{http://…}``."""


def parse_cluster(inner: str) -> tuple[Cite, ...] | None:
    """The citations in the text between brackets; ``None`` where it is no list of citations."""
    cites = []
    for part in _PARTS.findall(inner) if inner.strip("; ") else [""]:
        match = _CITE.match(part.strip())
        if not match:
            return None
        id = match["braced"] or match["id"]
        written = f"@{{{id}}}" if match["braced"] else f"@{id}"
        cites.append(Cite(id, match["prefix"].strip(), match["locator"].strip().lstrip(",").strip(), written))
    return tuple(cites)


def _citation_rule(state: StateInline, silent: bool) -> bool:
    """The inline rule of markdown-it that makes a token of a citation."""
    if state.src[state.pos] != "[":
        return False
    match = CLUSTER.match(state.src, state.pos, state.posMax)
    cites = parse_cluster(match[1]) if match and "@" in match[1] else None
    if not match or not cites:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"cites": cites}
    state.pos = match.end()
    return True


def _named_words_rule(state: StateInline, silent: bool) -> bool:
    """The inline rule of markdown-it that makes a token of a term or a title: ``[soft corridor]{.term}``."""
    if state.src[state.pos] != "[":
        return False
    match = MARKUP.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("named_words", "", 0)
        token.content, token.info = match["words"].strip(), match["kind"]
    state.pos = match.end()
    return True


def _punctuation_rule(state: StateCore) -> None:
    """Move punctuation before notes, and remove spaces there: ``word [@id].`` is printed as ``word.¹``."""
    for block in state.tokens:
        children = block.children or []
        for index, token in enumerate(children):
            if token.type != "citation":
                continue
            before = children[index - 1] if index else None
            after = children[index + 1] if index + 1 < len(children) else None
            if before is not None and before.type == "softbreak":
                before.type, before.content, before.tag = "text", "", ""
                before = children[index - 2] if index > 1 else None
            if before is not None and before.type == "text":
                before.content = before.content.rstrip()
            if after is not None and after.type == "text":
                moved = re.match(r"[.,;:!?]+", after.content)
                if moved:
                    after.content = after.content[moved.end() :]
                    if before is not None and before.type == "text":
                        before.content += moved[0]
                    else:
                        token.meta["before"] = moved[0]


def _bind_spaces_rule(state: StateCore) -> None:
    """Bind spaces, and ends of the author's lines, between a number and its unit and the like."""
    for block in state.tokens:
        children = block.children or []
        pieces = [
            child.content if child.type == "text" else " " if child.type == "softbreak" else "\ufffc"
            for child in children
        ]
        words = bind_spaces("".join(pieces))
        start = 0
        for child, piece in zip(children, pieces, strict=True):
            end = start + len(piece)
            if child.type == "text":
                child.content = join_ranges(words[start:end])
            elif child.type == "softbreak" and words[start:end] == NBSP:
                child.type, child.tag, child.content = "text", "", NBSP
            start = end


def _render_citation(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    meta = tokens[index].meta
    return str(meta.get("before", "")) + str(env["note"](meta["cites"]))


def _render_text(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    """Text as HTML, with acronyms of three letters or more in a ``span``, for templates that set small capitals.

    Digits beside an acronym stay outside: a reader of the PDF could not tell their small form from the usual one.
    """
    pieces = _ACRONYM.split(tokens[index].content)  # every second one is a word
    return "".join(
        f'<span class="capitals">{escapeHtml(piece)}</span>' if at % 2 and piece.isupper() else escapeHtml(piece)
        for at, piece in enumerate(pieces)
    )


def _render_named_words(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    """A term, and the title of a source, in marks; any other title in italics."""
    token = tokens[index]
    words = escapeHtml(token.content)
    if token.info == "term" or env["is_source_title"](token.content):
        return f'<span class="{token.info}">“{words}”</span>'
    return f"<cite>{words}</cite>"


def make_parser() -> MarkdownIt:
    """A parser of prose."""
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable("smartquotes")
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.inline.ruler.before("citation", "named_words", _named_words_rule)
    parser.core.ruler.push("notes_after_punctuation", _punctuation_rule)
    parser.core.ruler.push("bind_spaces", _bind_spaces_rule)
    container_plugin(parser, "directive", validate=lambda params, markup: bool(params.strip()))
    parser.add_render_rule("citation", _render_citation)
    parser.add_render_rule("named_words", _render_named_words)
    parser.add_render_rule("text", _render_text)
    return parser
