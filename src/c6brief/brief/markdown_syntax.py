"""What is added to CommonMark: Pandoc's citations, terms and titles, spaces that bind, acronyms, fenced directives.

Marks inside of a line, references, tables and notes are added by modules of their own. Raw HTML is text. ``[@id, para. 4; @other]`` is a citation as Pandoc reads it
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

from c6brief.brief.markdown_marks import add_marks
from c6brief.brief.markdown_notes import add_notes, render_note
from c6brief.brief.markdown_references import REFERS, add_references
from c6brief.brief.markdown_tables import add_tables
from c6brief.brief.spacing import NBSP, bind_spaces, join_ranges
from c6brief.evidence.named_words import MARKUP

CLUSTER = re.compile(r"\[((?:@\{[^\s{}]+\}|[^\[\]])*)\](?!\()")
_PARTS = re.compile(r"(?:@\{[^\s{}]+\}|[^;])+")
_CITE = re.compile(
    r"(?P<prefix>.*?)(?<![\w.@])(?P<suppress>-)?@(?:\{(?P<braced>[^{}]+)\}|(?P<id>\w(?:[\w:.+/-]*\w)?))(?P<locator>.*)\Z",
    re.S,
)
FOLLOWED = re.compile(r"https?://[^\s/]|(?:mailto|tel|doi):\S|#\S", re.I)
"""Addresses that a reader of the printed file can follow."""

_NAMED = re.compile(r"(?<![\w.@])@(?:\{[^{}]+\}|\w(?:[\w:.+/-]*\w)?)")
_BRACES = re.compile(r"\{([^{}]*)\}")
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
    if match is None or "@" not in match[1] or not _NAMED.search(match[1]):
        return False
    braces = _BRACES.match(state.src, match.end(), state.posMax)
    cites = parse_cluster(match[1])
    mended = _mended(match[1], braces[1] if braces else "")
    if mended:
        if not silent:
            token = state.push("broken_citation", "", 0)
            token.content = state.src[state.pos : (braces or match).end()]
            token.meta = {"mended": mended}
        state.pos = (braces or match).end()
        return True
    if not cites:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"cites": cites}
    state.pos = match.end()
    return True


def _mended(inner: str, braces: str) -> str:
    """How a citation is to be written of which a part would be lost or print raw; empty for one that is sound.

    ``inner`` is what stands in its brackets, ``braces`` what stands in braces behind them.
    """
    ids: list[str] = []
    locators: list[str] = []
    is_sound = not braces
    for part in inner.split(";"):
        named = _NAMED.findall(part)
        rest = _NAMED.split(part)[-1]
        is_sound = is_sound and len(named) == 1 and not _BRACES.search(rest)
        if not named:
            locators[-1:] = (
                [f"{locators[-1]}, {_locator(part)}" if locators[-1] else _locator(part)] if locators else []
            )
            continue
        ids += named
        locators += [""] * (len(named) - 1) + [_locator(rest)]
    referring = [id for id in ids if REFERS.match(id)]
    if referring:
        others = [id for id in ids if id not in referring]
        return " ".join(f"[{'; '.join(each)}]" for each in (referring, others) if each)
    if is_sound:
        return ""
    if braces and locators:
        locators[-1] = ", ".join(filter(None, (locators[-1], _locator(braces))))
    cited = zip(ids, locators, strict=True)
    return f"[{'; '.join(', '.join(filter(None, each)) for each in cited)}]"


def _locator(words: str) -> str:
    """The words after an id without braces, and without what joins them to others."""
    bare = _BRACES.sub(lambda match: match[1], words).strip(" ,\n")
    return re.sub(r"^(?:see also|see|and|also)\b[\s,]*", "", bare)


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
    """Move punctuation before notes, and remove spaces there: ``word [@id].`` is printed as ``word.¹``.

    What is cited inside of a note is printed where it stands, in brackets.
    """
    depth = 0
    for block in state.tokens:
        depth += block.nesting if block.type.startswith("footnote_reference") else 0
        if depth:
            continue
        children = block.children or []
        for index, token in enumerate(children):
            if token.type not in ("citation", "footnote_ref"):
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
    return render_note(tokens, index, str(env["note"](tokens[index].meta["cites"])))


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


def _render_link(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    """A link that can be followed; the words alone of one that leads nowhere in the printed file."""
    token = tokens[index]
    if token.nesting > 0:
        env["is_followed"] = bool(FOLLOWED.match(str(token.attrGet("href"))))
    return str(renderer.renderToken(tokens, index, options, env)) if env["is_followed"] else ""


def _render_heading(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    """A heading, with its words for the outline where it calls notes, which the outline would have too."""
    token, inline = tokens[index], tokens[index + 1]
    if any(child.type in ("citation", "footnote_ref") for child in inline.children or []):
        token.attrSet("data-title", env["plain"]([inline]))
    return str(renderer.renderToken(tokens, index, options, env))


def make_parser() -> MarkdownIt:
    """A parser of prose."""
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable("smartquotes")
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.inline.ruler.before("citation", "named_words", _named_words_rule)
    parser.core.ruler.push("notes_after_punctuation", _punctuation_rule)
    parser.core.ruler.push("bind_spaces", _bind_spaces_rule)
    add_marks(parser)
    add_references(parser)
    add_tables(parser)
    add_notes(parser)
    parser.add_render_rule("broken_citation", lambda renderer, tokens, index, options, env: "")
    container_plugin(parser, "directive", validate=lambda params, markup: bool(params.strip()))
    parser.add_render_rule("citation", _render_citation)
    parser.add_render_rule("named_words", _render_named_words)
    parser.add_render_rule("text", _render_text)
    parser.add_render_rule("link_open", _render_link)
    parser.add_render_rule("link_close", _render_link)
    parser.add_render_rule("heading_open", _render_heading)
    return parser
