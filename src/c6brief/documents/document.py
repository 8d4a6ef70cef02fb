"""A document as read: its text, and every value in it with the place where it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Span

NodePath = tuple[str | int, ...]
"""The path of a node from the root: keys, and positions in lists from 0, ``("sections", 0, "quotes", 1)``."""

_LETTERS = re.compile(r"[^\W_]+")
MOST_LETTERS = 60
"""Words by which a passage is looked for; the first ones of a longer one."""


@dataclass(slots=True)
class Node:
    """One value of a YAML text, and where it stands."""

    span: Span
    value: Any
    """A scalar, a list of nodes, or a dict from keys to nodes."""
    keys: dict[str, Span] = field(default_factory=dict)
    """Where each key of a dict stands."""
    origin: Place | None = None
    """Where the value was written, if not in this text but on the command line or in a table."""
    key_origin: Place | None = None
    """Where the key of such a value was written."""

    def to_plain(self) -> Any:
        """The value as dicts, lists and scalars without positions, for pydantic."""
        if isinstance(self.value, dict):
            return {key: node.to_plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.to_plain() for node in self.value]
        return self.value

    def child(self, step: str | int) -> Node | None:
        """The node at a key or a position; ``None`` where there is none."""
        child: Node | None = None
        if isinstance(self.value, dict):
            child = self.value.get(step)
        elif isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value):
            child = self.value[step]
        return child

    def find(self, path: NodePath) -> Node | None:
        """The node at ``path`` below this one; ``None`` where there is none."""
        node: Node | None = self
        for step in path:
            node = node.child(step) if node else None
        return node


@dataclass(frozen=True)
class Document:
    """A file as read: its path, its text and the root of its nodes, with the places of these for problems."""

    path: Path
    text: str
    root: Node
    first_line: int = 1
    """The line of the file on which ``text`` begins: 2 for front matter."""

    def place(self, path: NodePath = (), *, key: bool = False) -> Place:
        """Where the node at ``path`` was written; of a missing one, where its nearest ancestor was.

        With ``key``, where the key of the last step was written.
        """
        node = self.root
        span = node.span
        given: Place | None = None  # where the last value on the way stands that was not written in this text
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
        """The place of ``span``, whose lines are those of the file; of one behind its last line, the end of that."""
        lines = self._lines
        index = span.line - self.first_line
        last = len(lines) - (len(lines) > 1 and not lines[-1]) - 1  # the last LF ends a line and begins none
        if index > last:
            index, line, column = last, last + self.first_line, max(len(lines[last].rstrip()), 1)
            span = Span(line, column, line, column + 1)
        return Place(display_name(self.path), span, lines[index] if index >= 0 else "")

    def find_in(self, path: NodePath, words: str, nth: int = 0) -> Place:
        """Where ``words`` stand for the ``nth`` time (from 0) in the scalar at ``path``; else the scalar's place.

        Only whole words are found: ``@trend`` does not stand in ``@trend-2026``. Several words, of which the file has not
        this text, are found by their letters: over the ends of lines, marks and emphasis.
        """
        written = self.place(path)
        if written.file != display_name(self.path):  # on the command line or in a table
            starts = [at for at in _find_whole(words, written.line_text) if at >= written.span.column - 1]
            if nth >= len(starts):
                return written
            line, start = written.span.line, starts[nth] + 1
            return replace(written, span=Span(line, start, line, start + len(words)))
        whole = written.span
        hits = self._hits.get((whole, words))
        if hits is None:  # found once for all: a text may hold the same words thousands of times
            hits = self._hits[whole, words] = list(self._find_spans(whole, words))
        if nth < len(hits):
            return self.place_of(hits[nth])
        return self._find_letters(whole, words) or written if nth == 0 else written

    @cached_property
    def _hits(self) -> dict[tuple[Span, str], list[Span]]:
        return {}

    def _find_spans(self, whole: Span, words: str) -> Iterator[Span]:
        """Where ``words`` stand in the stretch ``whole``."""
        for number in range(whole.line, min(whole.end_line, self.first_line + len(self._lines) - 1) + 1):
            for at in _find_whole(words, self._lines[number - self.first_line]):
                if number != whole.line or at >= whole.column - 1:
                    yield Span(number, at + 1, number, at + 1 + len(words))

    def _find_letters(self, whole: Span, words: str) -> Place | None:
        """Where words with these letters and digits stand in the stretch ``whole``, on their first line; ``None`` for nowhere."""
        parts = _LETTERS.findall(words)[:MOST_LETTERS]
        if len(parts) < 2:
            return None
        lines = self._lines[whole.line - self.first_line : whole.end_line - self.first_line + 1]
        text = "\n".join(lines)
        whole_words = r"[\W_]+".join(map(re.escape, parts))
        found = re.compile(rf"(?<!\w){whole_words}(?!\w)").search(text, whole.column - 1)
        if found is None:
            return None
        line, column = text.count("\n", 0, found.start()), found.start() - text.rfind("\n", 0, found.start())
        end = min(found.end(), (text + "\n").index("\n", found.start()))
        number = whole.line + line
        return self.place_of(Span(number, column, number, column + end - found.start()))

    def overridden_texts(self) -> Iterator[Node]:
        """The nodes of texts that were not written in this file but on the command line or in a table."""
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


def _find_whole(words: str, line: str) -> Iterator[int]:
    """Where ``words`` begin in ``line``, as offsets; not where they are the beginning of a longer word."""
    at = line.find(words)
    while at >= 0:
        end = at + len(words)
        goes_on = line[end : end + 1]
        if not goes_on or not (goes_on.isalnum() or goes_on in "_-"):
            yield at
            at = line.find(words, max(end, at + 1))
        else:
            at = line.find(words, at + 1)
