"""Where the words of a parsed text stand in its file.

Prose reaches a rule without markup, citations and line breaks; a finding has to name the line and column that the
writer sees. :class:`OriginalText` walks the file's words and the parsed words side by side.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from c6brief.brief.markdown_marks import find_comments
from c6brief.documents.document import Document, NodePath
from c6brief.documents.entries import Entry
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Span

FARTHEST = 25
"""Words of the file that are skipped at most to find the next parsed word: the address of a link is about that long."""

_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\[(?:[^\[\]\n]|\n(?![ \t]*\n))*\](?!\()")
_FENCE = re.compile(r"(?m)^[ \t]*:{3,}.*$")


@dataclass(frozen=True)
class _FileWord:
    text: str
    line: int
    column: int


class OriginalText:
    """The text at ``path`` of ``owner`` as it stands in the file. :meth:`align` takes its pieces in order."""

    def __init__(self, owner: Entry, path: NodePath) -> None:
        self._whole = owner.place(*path)
        self._document = owner.document
        self._words: list[_FileWord] = []
        self._lines: list[str] = []
        self._next = 0
        if self._document is not None and self._whole.file == display_name(self._document.path):
            self._lines = self._document.text.split("\n")
            self._words = list(_words_at(self._lines, self._document.first_line, self._whole.span))

    def align(self, text: str) -> AlignedText:
        """Find the words of ``text``, the next piece of the parsed text, in the file."""
        found: list[tuple[int, _FileWord]] = []
        for match in _WORD.finditer(text):
            for index in range(self._next, min(self._next + FARTHEST, len(self._words))):
                if self._words[index].text == match[0]:
                    found.append((match.start(), self._words[index]))
                    self._next = index + 1
                    break
        return AlignedText(text, tuple(found), self._whole, self._document, self._lines)


@dataclass(frozen=True)
class AlignedText:
    """A piece of parsed text that knows where its words stand."""

    text: str
    _found: tuple[tuple[int, _FileWord], ...]
    _whole: Place
    _document: Document | None
    _lines: list[str]

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where the characters from ``start`` to ``end`` stand; where they cannot be found, the whole text."""
        end = len(self.text) if end is None else end
        one = bisect_right(self._found, start, key=lambda found: found[0] + len(found[1].text))
        behind = bisect_left(self._found, end, key=lambda found: found[0])
        if one >= behind or self._document is None:
            return self._whole
        (first_at, first), (last_at, last) = self._found[one], self._found[behind - 1]
        first_line, last_line = (self._lines[each.line - self._document.first_line] for each in (first, last))
        before = self._same(first_at - 1, first_line, first.column - 1, start - 1, -1)
        after = self._same(last_at + len(last.text), last_line, last.column + len(last.text), end, 1)
        return self._document.place_of(
            Span(first.line, first.column - before, last.line, last.column + len(last.text) + after)
        )

    def _same(self, at: int, shown: str, column: int, stop: int, step: int) -> int:
        """How many characters beside a word (``$`` before, ``%`` after) are the same in text and file, whose line is
        ``shown``."""
        count = 0
        while at != stop and 0 <= at < len(self.text) and 0 < column <= len(shown):
            if self.text[at] != shown[column - 1]:
                break
            at, column, count = at + step, column + step, count + 1
        return count


def _words_at(lines: list[str], first_line: int, span: Span) -> Iterator[_FileWord]:
    """The words of the file from the start of ``span`` to its end, less citations, comments and the lines of directives."""
    first = span.line - first_line
    chosen = lines[first : span.end_line - first_line + 1]
    if span.end_line - first_line < len(lines):
        chosen[-1] = chosen[-1][: span.end_column - 1]
    chosen[0] = " " * (span.column - 1) + chosen[0][span.column - 1 :]
    text = "\n".join(chosen)
    text = _BRACKETS.sub(lambda match: _blank(match[0]) if "@" in match[0] else match[0], text)
    text = _FENCE.sub(lambda match: _blank(match[0]), text)
    for start, end in find_comments(text):
        text = text[:start] + _blank(text[start:end]) + text[end:]  # as long as before
    for number, line in enumerate(text.split("\n"), span.line):
        for match in _WORD.finditer(line):
            yield _FileWord(match[0], number, match.start() + 1)


def _blank(text: str) -> str:
    """``text`` as spaces, its line ends kept."""
    return re.sub(r"[^\n]", " ", text)
