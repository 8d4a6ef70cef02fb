"""YAML with a position for every node.

PyYAML's parser gives events; we compose them into :class:`Node` values without recursion, so that neither
depth nor aliases can hurt. Refused: anchors and aliases, tags, duplicate keys, more than one document,
nesting deeper than 40. Plain scalars follow the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema):
``NO`` and ``12:30`` are texts, a date is a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from c6brief.documents.files import display_name, read_text
from c6brief.documents.problems import Place, Problems, Span

DEEPEST = 40
"""Levels of nesting. Ours need six; beyond this the file is a mistake or an attack."""

NodePath = tuple[str | int, ...]
"""The way to a node from the root: keys and positions, ``("sections", 0, "quotes", 1)``."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOL = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z|0o[0-7]{1,20}\Z|0x[0-9a-fA-F]{1,15}\Z")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z|[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"
)


@dataclass(slots=True)
class Node:
    """One value of a YAML text. ``value`` is a scalar, a list of nodes, or a dict from key to node."""

    span: Span
    value: Any
    keys: dict[str, Span] = field(default_factory=dict)
    origin: Place | None = None
    """Where it really comes from, for a value that the command line or a table gave."""
    key_origin: Place | None = None
    """Where its key was written, for such a value."""

    def plain(self) -> Any:
        """The value without positions: what pydantic validates."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def child(self, step: str | int) -> Node | None:
        """The node one step down, or ``None`` where there is none."""
        if isinstance(self.value, dict):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value):
            return self.value[step]
        return None


@dataclass(frozen=True)
class Document:
    """A file as read: its path, text, and (for YAML) its root node, with places for problems."""

    path: Path
    text: str
    root: Node
    first_line: int = 1
    """The line of the file on which ``text`` begins (front matter starts on line 2)."""

    def place(self, path: NodePath = (), *, key: bool = False) -> Place:
        """Where the node at ``path`` was written, or its nearest ancestor that exists.

        With ``key`` the place of the last step's key in place of its value.
        """
        node = self.root
        span = node.span
        given: Place | None = None  # by the command line or a table: the nearest such value on the way
        for depth, step in enumerate(path):
            named = node.child(step)
            of_key = key and depth == len(path) - 1
            if named is not None and named.origin:
                given = named.key_origin if of_key and named.key_origin else named.origin
            elif of_key and step in node.keys:
                span = node.keys[step]
                break
            if named is None:
                break
            node, span = named, named.span
        return given or self.place_of(span)

    def place_of(self, span: Span) -> Place:
        """``span`` (lines as in the file) with the line it starts on."""
        lines = self._lines
        index = span.line - self.first_line
        return Place(display_name(self.path), span, lines[index] if 0 <= index < len(lines) else "")

    def find_in(self, path: NodePath, words: str, nth: int = 0) -> Place:
        """Where ``words`` stand for the ``nth`` time (from 0) inside the scalar at ``path``; else the scalar.

        Whole words only: ``@trend`` is not found in ``@trend-2026``.
        """
        written = self.place(path)
        if written.file != display_name(self.path):  # not in this file: the command line or a table gave it
            hits = [at for at in _whole(words, written.line_text) if at >= written.span.column - 1]
            if nth >= len(hits):
                return written
            line, start = written.span.line, hits[nth] + 1
            return replace(written, span=Span(line, start, line, start + len(words)))
        whole = written.span
        seen = 0
        for number in range(whole.line, min(whole.end_line, self.first_line + len(self._lines) - 1) + 1):
            for at in _whole(words, self._lines[number - self.first_line]):
                if number == whole.line and at < whole.column - 1:
                    continue
                if seen == nth:
                    return self.place_of(Span(number, at + 1, number, at + 1 + len(words)))
                seen += 1
        return written

    def given(self) -> Iterator[Node]:
        """The texts that were not written here but given by the command line or a table."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            if node.origin and isinstance(node.value, str):
                yield node
            waiting += node.value.values() if isinstance(node.value, dict) else ()
            waiting += node.value if isinstance(node.value, list) else ()

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")


def _whole(words: str, line: str) -> Iterator[int]:
    """Where ``words`` begin in ``line``, and are not the beginning of a longer word."""
    at = line.find(words)
    while at >= 0:
        end = at + len(words)
        goes_on = line[end : end + 1]
        if not goes_on or not (goes_on.isalnum() or goes_on in "_-"):
            yield at
            at = line.find(words, max(end, at + 1))
        else:
            at = line.find(words, at + 1)


def read_yaml(path: Path, problems: Problems, *, what: str = "file") -> Document | None:
    """Read and compose a YAML file; ``None`` after a problem (those of :func:`read_text` and :func:`compose`)."""
    text = read_text(path, problems, what=what)
    return None if text is None else compose(text, path, problems)


def compose(text: str, path: Path, problems: Problems, *, first_line: int = 1) -> Document | None:
    """Compose YAML ``text`` that begins on ``first_line`` of the file ``path``; ``None`` after a problem.

    Problems: ``yaml-syntax``, ``yaml-alias``, ``yaml-tag``, ``yaml-depth``, ``duplicate-key``, ``empty-file``.
    """
    shift = first_line - 1
    shell = Document(path, text, Node(Span(), None), first_line)
    try:
        root = _compose(text, shell, problems, shift)
    except yaml.YAMLError as reason:
        mark = getattr(reason, "problem_mark", None) or getattr(reason, "context_mark", None)
        line, column = (mark.line + 1 + shift, mark.column + 1) if mark else _position(text, reason, shift)
        place = shell.place_of(Span(line, column, line, column + 1))
        hint = "indent with spaces, not tabs" if "\t" in place.line_text else _syntax_hint(reason, place.line_text)
        problems.error("yaml-syntax", f"not YAML: {_reason(reason)}", place, hint)
        return None
    if root is None:
        return None
    return Document(path, text, root, first_line)


class _Stop(Exception):
    """Composing cannot go on; the problem has been reported."""


def _compose(text: str, shell: Document, problems: Problems, shift: int) -> Node | None:
    composer = _Composer(shell, problems, shift)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            composer.take(event)
    except _Stop:
        return None
    if composer.root is None:
        problems.error("empty-file", "the file holds no YAML value", shell.place_of(Span()))
    return composer.root


class _Composer:
    """Builds nodes from parser events with a stack of our own."""

    def __init__(self, shell: Document, problems: Problems, shift: int) -> None:
        self.shell, self.problems, self.shift = shell, problems, shift
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.pending: list[tuple[str, Span] | None] = []  # the key that waits for its value, per open mapping
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        span = self._span(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse("yaml-syntax", "more than one YAML document in the file", span, "remove the '---'")
        elif isinstance(event, yaml.AliasEvent):
            self._refuse("yaml-alias", f"alias '*{event.anchor}'", span, "aliases are not read: write the value out")
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            node = self.stack.pop()
            self.pending.pop()
            node.span = Span(node.span.line, node.span.column, span.end_line, span.end_column)
        elif isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._node(event, span)

    def _node(self, event: yaml.NodeEvent, span: Span) -> None:
        if event.anchor:
            self._refuse("yaml-alias", f"anchor '&{event.anchor}'", span, "anchors are not read: remove it")
        if event.tag is not None:
            self._refuse("yaml-tag", f"tag '{event.tag}'", span, "tags are not read: remove it")
        if isinstance(event, yaml.ScalarEvent):
            if self._awaits_key():
                self._key(event.value, span)
                return
            if event.style in ("|", ">"):
                span = self._below(span)
            self._place(Node(span, core_scalar(event.value) if event.implicit[0] else event.value))
            return
        if self._awaits_key():
            self._refuse("yaml-syntax", "a list or map cannot be a key", span, "write a plain word before the ':'")
        if len(self.stack) >= DEEPEST:
            self._refuse("yaml-depth", f"nested deeper than {DEEPEST} levels", span)
        node = Node(span, {} if isinstance(event, yaml.MappingStartEvent) else [])
        self._place(node)
        self.stack.append(node)
        self.pending.append(None)

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.pending[-1] is None

    def _key(self, key: str, span: Span) -> None:
        first = self.stack[-1].keys.get(key)
        if first:
            message = f"key '{key}' stands twice"
            self.problems.error("duplicate-key", message, self.shell.place_of(span), f"first on line {first.line}")
        self.pending[-1] = (key, span)

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
        elif isinstance(self.stack[-1].value, list):
            self.stack[-1].value.append(node)
        else:
            key, span = self.pending[-1]
            self.pending[-1] = None
            if key not in self.stack[-1].keys:
                self.stack[-1].keys[key] = span
                self.stack[-1].value[key] = node

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(start.line + 1 + self.shift, start.column + 1, end.line + 1 + self.shift, end.column + 1)

    def _below(self, span: Span) -> Span:
        """A block scalar's span from its first line of text on: nobody looks for mistakes in a ``>-``."""
        line = self.shell.place_of(Span(span.line + 1)).line_text
        column = len(line) - len(line.lstrip()) + 1
        return Span(span.line + 1, column, span.end_line, span.end_column) if line.strip() else span

    def _refuse(self, rule: str, message: str, span: Span, hint: str = "") -> None:
        self.problems.error(rule, message, self.shell.place_of(span), hint)
        raise _Stop


def core_scalar(text: str) -> Any:
    """A plain scalar's value by YAML 1.2's core schema: ``None``, bool, int, float or the text itself.

    Whole numbers of more than 18 digits stay texts: nobody counts that far, but phone numbers are written so.
    """
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text.lower() == "true"
    if _INT.match(text):
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if _FLOAT.match(text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _position(text: str, reason: yaml.YAMLError, shift: int) -> tuple[int, int]:
    """Line and column of a reader error, which knows only an offset."""
    before = text[: getattr(reason, "position", 0)]
    return before.count("\n") + 1 + shift, len(before) - (before.rfind("\n") + 1) + 1


def _reason(reason: yaml.YAMLError) -> str:
    words = getattr(reason, "problem", None) or getattr(reason, "reason", None) or "cannot be read"
    return str(words).splitlines()[0]


def _syntax_hint(reason: yaml.YAMLError, line: str) -> str:
    words = _reason(reason)
    if "mapping values" in words:
        return "a value that holds ': ' wants quotes around it"
    if "did not find expected key" in words or "expected <block end>" in words:
        return "is the indentation the same as on the lines above?"
    if "start any token" in words:
        return "a value that starts with this character wants quotes around it"
    return ""
