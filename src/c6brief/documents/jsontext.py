"""JSON with a position for every value, as :mod:`c6brief.documents.yamltext` gives it for YAML.

JSON is RFC 8259: tabs between values, ``\\u`` pairs, numbers as they come. A library of sources has thousands of items of
which a brief uses a few. So each item of a list at the top is read by the standard library's decoder, in C, and its
positions are found when somebody asks for them (:class:`ItemNode`). Duplicate keys, more than one value, half a ``\\u``
pair and nesting deeper than :data:`~c6brief.documents.yamltext.DEEPEST` are problems.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Never

from c6brief.documents.document import Document, Node
from c6brief.documents.files import decode, read_bytes
from c6brief.documents.problems import Problems, Span
from c6brief.documents.yamltext import DEEPEST

MOST_DIGITS = 18
"""Of a whole number; longer ones are floats, as in YAML."""

ITEMS = ("references", "items")
"""The keys of a map at the top below which tools put the list of items."""

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_CONSTANTS = {"true": True, "false": False, "null": None}
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(path: Path, problems: Problems, *, what: str = "file", largest: int) -> Document | None:
    """The document of a JSON file of at most ``largest`` bytes; ``None`` after a problem.

    ``what`` names the file in messages. A byte order mark is left out. Problems: those of
    :func:`~c6brief.documents.files.read_bytes`, :func:`~c6brief.documents.files.decode` and :func:`compose_json`.
    """
    data = read_bytes(path, problems, what=what, largest=largest)
    text = None if data is None else decode(data, path, problems, what=what, allows_mark=True)
    return None if text is None else compose_json(text, path, problems)


def compose_json(text: str, path: Path, problems: Problems) -> Document | None:
    """The document of a JSON ``text`` of the file ``path``; ``None`` after a problem.

    Problems: ``json-syntax``, ``json-depth``, ``duplicate-key``.
    """
    reader = _Reader(text)
    try:
        return Document(path, text, reader.read_whole())
    except _Fault as fault:
        place = Document(path, text, Node(Span(), None)).place_of(fault.span)
        problems.error(fault.rule, fault.message, place, fault.hint)
        return None


class ItemNode(Node):
    """A map whose plain value is known, and whose positions are found in ``text`` when they are asked for."""

    __slots__ = ("_found", "_plain", "_start", "_text")

    def __init__(self, span: Span, plain: dict[str, Any], text: str, start: int) -> None:
        self.span, self.origin, self.key_origin = span, None, None
        self._plain, self._text, self._start = plain, text, start
        self._found: Node | None = None

    def _positions(self) -> Node:
        if self._found is None:
            self._found = _Reader(self._text, self._start, self.span.line, depth=2).read_map()
        return self._found

    @property
    def value(self) -> Any:
        return self._positions().value

    @value.setter
    def value(self, value: Any) -> None:
        self._positions().value = value

    @property
    def keys(self) -> dict[str, Span]:
        return self._positions().keys

    @keys.setter
    def keys(self, keys: dict[str, Span]) -> None:
        self._positions().keys = keys

    def to_plain(self) -> Any:
        return self._plain if self._found is None else self._found.to_plain()

    def child(self, step: str | int) -> Node | None:
        return None if self._found is None and step not in self._plain else self._positions().child(step)


class _Fault(Exception):
    """The text is not JSON as it is read here."""

    def __init__(self, message: str, span: Span, hint: str = "", rule: str = "json-syntax") -> None:
        self.message, self.span, self.hint, self.rule = message, span, hint, rule


class _Reader:
    """Reads values from ``at`` on, which lies in ``line``; ``depth`` lists and maps are open there."""

    def __init__(self, text: str, at: int = 0, line: int = 1, depth: int = 0) -> None:
        self.text, self.at, self.depth = text, at, depth
        self.counted, self.line = at, line
        """Up to where lines were counted."""
        self.line_start = text.rfind("\n", 0, at) + 1
        self.has_surrogates = depth == 0 and bool(_ESCAPED_SURROGATE.search(text))
        self.decoder = json.JSONDecoder(object_pairs_hook=_map_of, parse_int=_whole, parse_constant=_refuse)

    def read_whole(self) -> Node:
        """The value that the text is. Raises :class:`_Fault`."""
        self._skip()
        root = self._value()
        self._skip()
        if self.at < len(self.text):
            self._fail("more than one JSON value in the file", hint="put all items into one list: [ … ]")
        return root

    def _value(self) -> Node:
        char = self.text[self.at : self.at + 1]
        if char == "{":
            return self.read_map()
        if char == "[":
            return self._list()
        start = self.at
        if char == '"':
            words = self._string()
            return Node(self._span(start), words)
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            digits = number.group()
            is_whole = digits.lstrip("-").isdigit()
            return Node(self._span(start), _whole(digits) if is_whole else float(digits))
        word = _WORD.match(self.text, self.at)
        if word and word.group() in _CONSTANTS:
            self.at = word.end()
            return Node(self._span(start), _CONSTANTS[word.group()])
        self._fail_at_value(word.group() if word else char)

    def read_map(self) -> Node:
        """The map that begins here. Raises :class:`_Fault`."""
        start = self._open()
        node = Node(start, {})
        self._skip()
        while self.text[self.at : self.at + 1] != "}":
            begin = self.at
            if self.text[self.at : self.at + 1] != '"':
                self._fail_at_key(start)
            key = self._string()
            span = self._span(begin)
            if key in node.keys:
                self._fail(f"key '{key}' stands twice", span, f"first on line {node.keys[key].line}", "duplicate-key")
            self._skip()
            if self.text[self.at : self.at + 1] != ":":
                self._fail(f"no ':' after the key '{key}'", span if self._ended() else None)
            self.at += 1
            self._skip()
            node.keys[key], node.value[key] = span, self._value()
            self._separate("}", start)
        return self._close(node)

    def _list(self) -> Node:
        start = self._open()
        node = Node(start, [])
        self._skip()
        while self.text[self.at : self.at + 1] != "]":
            node.value.append(self._item() if self.text[self.at : self.at + 1] == "{" else self._value())
            self._separate("]", start)
        return self._close(node)

    def _item(self) -> Node:
        """A map in a list: of a list at the top or in a map there, without positions as long as nobody asks for them."""
        if self.depth > 2:
            return self.read_map()
        begin, span = self.at, self._point()
        try:
            plain, end = self.decoder.raw_decode(self.text, begin)
        except (ValueError, RecursionError):
            return self.read_map()  # which tells what is wrong, and where
        if self.has_surrogates and _SURROGATE.search(json.dumps(plain, ensure_ascii=False)):
            return self.read_map()
        self.at = end
        last = self._point()
        return ItemNode(Span(span.line, span.column, last.line, last.column), plain, self.text, begin)

    def _string(self) -> str:
        start = self.at
        try:
            words, self.at = self.decoder.raw_decode(self.text, start)
        except ValueError as reason:
            at = getattr(reason, "pos", start)
            if "Unterminated" in str(reason):
                self._fail("this text in quotation marks is not closed", hint='end it with "')
            self.at = min(at, len(self.text))
            if "control character" in str(reason):
                self._fail("a line or a text may not run over the end of a line", hint="write \\n or \\t in its place")
            self._fail(
                "no such escape", hint="write \\\\ for a backslash, \\u and four hexadecimal digits for a character"
            )
        if _SURROGATE.search(words):
            self._fail("half of a \\u pair stands alone", self._span(start), "export the library again")
        return str(words)

    def _open(self) -> Span:
        self.depth += 1
        if self.depth > DEEPEST:
            self._fail(f"nested deeper than {DEEPEST} levels", rule="json-depth")
        span = self._point()
        self.at += 1
        return span

    def _close(self, node: Node) -> Node:
        self.depth -= 1
        self.at += 1
        end = self._point()
        node.span = Span(node.span.line, node.span.column, end.line, end.column)
        return node

    def _separate(self, closing: str, start: Span) -> None:
        """Go over the comma between two values, or stop at the ``closing`` bracket."""
        self._skip()
        char = self.text[self.at : self.at + 1]
        if char == closing:
            return
        if char != ",":
            if self._ended():
                self._fail_unclosed(closing, start)
            self._fail(f"expected ',' or '{closing}'", hint="a comma is missing before it")
        comma = self._point()
        self.at += 1
        self._skip()
        if self.text[self.at : self.at + 1] == closing:
            self._fail(f"a comma before '{closing}'", comma, "leave it out")

    def _fail_at_key(self, start: Span) -> Never:
        if self._ended():
            self._fail_unclosed("}", start)
        self._fail("expected a key in double quotation marks", hint='"key": …')

    def _fail_unclosed(self, closing: str, start: Span) -> Never:
        opening = {"}": "{", "]": "["}[closing]
        self._fail(f"this '{opening}' is not closed", start, f"end it with '{closing}': was the file cut?")

    def _fail_at_value(self, found: str) -> Never:
        if self._ended():
            self._fail("a value is missing at the end of the file", hint="was it cut?")
        if found.startswith("'"):
            self._fail("a text in single quotation marks", hint='JSON has double ones: "…"')
        if found.startswith(("//", "/*", "#")):
            self._fail("a comment", hint="JSON has none: leave it out")
        known = found.lower() in ("true", "false", "null")
        hint = f"write {found.lower()}" if known else "put a text in double quotation marks"
        self._fail(f"'{found[:20]}' is no value", hint=hint)

    def _fail(self, message: str, span: Span | None = None, hint: str = "", rule: str = "json-syntax") -> Never:
        message = message if rule != "json-syntax" else f"not JSON: {message}"
        raise _Fault(message, span or self._point(), hint, rule)

    def _ended(self) -> bool:
        return self.at >= len(self.text)

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _point(self) -> Span:
        """The character at hand; at the end of the text, the last one."""
        line, column = self._count(self.at)
        return Span(line, column, line, column + 1)

    def _span(self, start: int) -> Span:
        """From ``start`` to the character at hand; strings and numbers have one line."""
        line, column = self._count(start)
        return Span(line, column, line, column + self.at - start)

    def _count(self, at: int) -> tuple[int, int]:
        if at >= self.counted:
            lines = self.text.count("\n", self.counted, at)
            if lines:
                self.line += lines
                self.line_start = self.text.rfind("\n", 0, at) + 1
            self.counted = at
        return self.line, at - self.line_start + 1


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits.lstrip("-")) <= MOST_DIGITS else float(digits)


def _map_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A map of its ``pairs``. Raises ``ValueError`` for a key that stands twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice")
    return made


def _refuse(word: str) -> Never:
    raise ValueError(f"{word} is no value of JSON")
