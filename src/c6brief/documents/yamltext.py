"""YAML with a position for every node.

PyYAML parses a text into events; they are composed into :class:`Node` values here, without recursion, so that neither
depth nor aliases can do harm. Anchors and aliases, tags, duplicate keys, more than one document and nesting deeper than
40 are refused. Plain scalars follow the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema): ``NO``
and ``12:30`` are texts, and so is a date.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from c6brief.documents.direction import describe_turning, find_turning
from c6brief.documents.document import Document, Node
from c6brief.documents.files import LARGEST_FILE, read_text
from c6brief.documents.problems import Problems, Span
from c6brief.documents.written_scalars import keep_text
from c6brief.documents.yaml_errors import YamlError, describe_error

DEEPEST = 40
"""Levels of nesting. Our files need six; deeper ones are mistakes or attacks."""

LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader, which is faster, where PyYAML was built with it."""

_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOL = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z|0o[0-7]{1,20}\Z|0x[0-9a-fA-F]{1,15}\Z")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z|[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"
)


def read_yaml(path: Path, problems: Problems, *, what: str = "file", largest: int = LARGEST_FILE) -> Document | None:
    """The document of a YAML file of at most ``largest`` bytes; ``None`` after a problem, of :func:`read_text` or
    :func:`compose`.

    ``what`` names the file in messages.
    """
    text = read_text(path, problems, what=what, largest=largest)
    return None if text is None else compose(text, path, problems)


def compose(text: str, path: Path, problems: Problems, *, first_line: int = 1) -> Document | None:
    """The document of a YAML ``text`` that begins on ``first_line`` of the file ``path``; ``None`` after a problem.

    Problems: ``yaml-syntax``, ``yaml-alias``, ``yaml-tag``, ``yaml-depth``, ``duplicate-key``, ``empty-file``,
    ``text-direction``.
    """
    composer = _NodeComposer(Document(path, text, Node(Span(), None), first_line), problems, first_line - 1)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            composer.take(event)
    except _Stop:
        return None
    except yaml.YAMLError as reason:
        composer.report(describe_error(reason, text, *composer.reached, first_line=first_line))
        return None
    if composer.root is None:
        problems.error("empty-file", "the file holds no YAML value", composer.shell.place_of(Span(first_line)))
        return None
    return Document(path, text, composer.root, first_line)


def check_direction(text: str, document: Document, span: Span, problems: Problems) -> None:
    """Report ``text`` at ``span`` if it is shown in another order than it stands in. Problem: ``text-direction``."""
    turning = find_turning(text)
    if turning:
        message, hint = describe_turning(turning)
        problems.error("text-direction", message, document.place_of(span), hint)


class _Stop(Exception):
    """Ends composing; the problem has been reported."""


class _NodeComposer:
    """Composes nodes from the events of the parser, with a stack in place of recursion."""

    def __init__(self, shell: Document, problems: Problems, shift: int) -> None:
        self.shell, self.problems, self.shift = shell, problems, shift
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.pending: list[tuple[str, Span] | None] = []
        """For each node of the stack the key that waits for its value, if it is a mapping and there is one."""
        self.documents = 0
        self.last: yaml.Event | None = None
        """The last event that was not the end of a list or map."""

    @property
    def reached(self) -> tuple[list[Span], Span | None]:
        """How far it came: the lists and maps that are open, and the text in quotation marks that came last, if one did;
        in lines of the text."""
        open_nodes = [self._moved(node.span, -self.shift) for node in self.stack]
        is_quoted = isinstance(self.last, yaml.ScalarEvent) and self.last.style in ("'", '"')
        return open_nodes, self._moved(self._span(self.last), -self.shift) if self.last and is_quoted else None

    def report(self, error: YamlError) -> None:
        """Report that the text is not YAML."""
        place = self.shell.place_of(self._moved(error.span, self.shift))
        self.problems.error("yaml-syntax", f"not YAML: {error.message}", place, error.hint)

    def take(self, event: yaml.Event) -> None:
        """Take the next event. Raises :class:`_Stop` after a problem."""
        if not isinstance(event, yaml.CollectionEndEvent):
            self.last = event
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
            self._take_node(event, span)

    def _take_node(
        self, event: yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent, span: Span
    ) -> None:
        if event.anchor:
            self._refuse("yaml-alias", f"anchor '&{event.anchor}'", span, "anchors are not read: remove it")
        if event.tag is not None:
            self._refuse("yaml-tag", f"tag '{event.tag}'", span, "tags are not read: remove it")
        if isinstance(event, yaml.ScalarEvent):
            if self._awaits_key():
                self._take_key(event.value, span)
                return
            if event.style in ("|", ">"):
                span = self._block_span(span)
            check_direction(event.value, self.shell, span, self.problems)
            self._add(Node(span, core_scalar(event.value) if event.implicit[0] else event.value))
            return
        if self._awaits_key():
            self._refuse("yaml-syntax", "a list or map cannot be a key", span, "write a plain word before the ':'")
        if len(self.stack) >= DEEPEST:
            self._refuse("yaml-depth", f"nested deeper than {DEEPEST} levels", span)
        node = Node(span, {} if isinstance(event, yaml.MappingStartEvent) else [])
        self._add(node)
        self.stack.append(node)
        self.pending.append(None)

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.pending[-1] is None

    def _take_key(self, key: str, span: Span) -> None:
        first = self.stack[-1].keys.get(key)
        if first:
            message = f"key '{key}' stands twice"
            self.problems.error("duplicate-key", message, self.shell.place_of(span), f"first on line {first.line}")
        self.pending[-1] = (key, span)

    def _add(self, node: Node) -> None:
        """Put ``node`` into the list or mapping that is open; the first node is the root."""
        if not self.stack:
            self.root = node
        elif isinstance(self.stack[-1].value, list):
            self.stack[-1].value.append(node)
        elif (pending := self.pending[-1]) is not None:  # a mapping takes a value after its key alone
            key, span = pending
            self.pending[-1] = None
            if key not in self.stack[-1].keys:
                self.stack[-1].keys[key] = span
                self.stack[-1].value[key] = node

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None  # the parser marks every event
        return Span(start.line + 1 + self.shift, start.column + 1, end.line + 1 + self.shift, end.column + 1)

    @staticmethod
    def _moved(span: Span, lines: int) -> Span:
        return Span(span.line + lines, span.column, span.end_line + lines, span.end_column)

    def _block_span(self, span: Span) -> Span:
        """The span of a block scalar without its ``>-``: a problem is in the text below."""
        line = self.shell.place_of(Span(span.line + 1)).line_text
        column = len(line) - len(line.lstrip()) + 1
        return Span(span.line + 1, column, span.end_line, span.end_column) if line.strip() else span

    def _refuse(self, rule: str, message: str, span: Span, hint: str = "") -> None:
        self.problems.error(rule, message, self.shell.place_of(span), hint)
        raise _Stop


def core_scalar(text: str) -> Any:
    """The value of a plain scalar by the core schema of YAML 1.2: ``None``, a bool, int or float, or ``text`` itself.

    Whole numbers of more than 18 digits are floats. A number that Python writes otherwise knows its text (:class:`Written`).
    """
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text.lower() == "true"
    if _INT.match(text):
        return keep_text(int(text, {"0o": 8, "0x": 16}.get(text[:2], 10)), text)
    if _FLOAT.match(text):
        return keep_text(float(text.lower().replace(".inf", "inf").replace(".nan", "nan")), text)
    return text
