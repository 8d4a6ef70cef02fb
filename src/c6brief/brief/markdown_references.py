"""References to figures, tables and sections, as pandoc-crossref writes them (https://lierdakil.github.io/pandoc-crossref/).

``@fig:ID``, ``[@fig:ID]``, ``[see @tbl:ID; @fig:ID]``, ``[-@fig:ID]`` (the number alone). What they lead to says its id in the
specification, in seeds, behind a heading (``## Title {#sec:ID}``) or behind the caption of a table (``: Caption {#tbl:ID}``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

Kind = Literal["fig", "tbl", "sec"]
KINDS: tuple[Kind, ...] = ("fig", "tbl", "sec")
"""What can be referred to."""

_ID = r"[^\W_](?:[\w.-]*\w)?"
_TARGET = re.compile(rf"(?P<bare>-)?@(?P<kind>(?i:fig|tbl|sec)):(?P<id>{_ID})")
REFERS = re.compile(r"@(?i:fig|tbl|sec):")
_CLUSTER = re.compile(r"\[(?P<inner>[^\[\]]*@(?i:fig|tbl|sec):[^\[\]]*)\](?![({])")
ATTRIBUTES = re.compile(rf"\{{\s*#(?P<id>(?P<kind>\w+):{_ID}|[^\s{{}}]+)\s*\}}\s*\Z")
"""An id at the end of a heading or caption."""


@dataclass(frozen=True)
class Target:
    """What a reference leads to: its kind, its id, and whether its number alone is to be printed."""

    kind: str
    id: str
    only_number: bool = False

    @property
    def written(self) -> str:
        """As an author writes it: ``fig:lifts``."""
        return f"{self.kind}:{self.id}"


def _target(match: re.Match[str]) -> Target:
    return Target(match["kind"].lower(), match["id"], bool(match["bare"]))


def find_target(text: str) -> re.Match[str] | None:
    """The first reference in a plain text, where none is read."""
    return next((match for match in _TARGET.finditer(text) if not _is_within_word(text, match.start())), None)


def _is_within_word(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in "_/.@")


def _bare_rule(state: StateInline, silent: bool) -> bool:
    """The inline rule for a reference without brackets."""
    if state.src[state.pos] not in "@-":
        return False
    match = _TARGET.match(state.src, state.pos, state.posMax)
    if match is None or _is_within_word(state.src, state.pos):
        return False
    if not silent:
        state.push("reference", "", 0).meta = {"targets": (_target(match),)}
    state.pos = match.end()
    return True


def _cluster_rule(state: StateInline, silent: bool) -> bool:
    """The inline rule for references in brackets, with the words before and after them."""
    if state.src[state.pos] != "[":
        return False
    cluster = _CLUSTER.match(state.src, state.pos, state.posMax)
    if cluster is None:
        return False
    parts = cluster["inner"].split(";")
    found = [_TARGET.search(part) for part in parts]
    first, last = found[0], found[-1]
    if first is None or last is None:
        return False
    between = [match and (part[: match.start()] * (at > 0) + part[match.end() :] * (at < len(parts) - 1)).strip()
               for at, (part, match) in enumerate(zip(parts, found, strict=True))]  # fmt: skip
    if any(match is None for match in found) or any(between) or "@" in parts[-1][last.end() :]:
        return False
    before, after = parts[0][: first.start()].lstrip(), parts[-1][last.end() :].rstrip()
    if "@" in before:
        return False
    if not silent:
        if before:
            state.push("text", "", 0).content = before
        state.push("reference", "", 0).meta = {"targets": tuple(_target(match) for match in found if match)}
        if after:
            state.push("text", "", 0).content = after
    state.pos = cluster.end()
    return True


def _heading_ids_rule(state: StateCore) -> None:
    """Take ids from the ends of headings: ``meta["id"]`` of the heading's token."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and (match := ATTRIBUTES.search(inline.content)):
            opening.meta["id"] = match["id"]
            inline.content = inline.content[: match.start()].rstrip()


def _render_reference(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return str(env["refer"](tokens[index].meta["targets"]))


def add_references(parser: MarkdownIt) -> None:
    """Add references and ids of headings to a parser, which reads citations already."""
    parser.inline.ruler.before("citation", "reference_cluster", _cluster_rule)
    parser.inline.ruler.before("reference_cluster", "reference_bare", _bare_rule)
    parser.core.ruler.before("inline", "heading_ids", _heading_ids_rule)
    parser.add_render_rule("reference", _render_reference)
