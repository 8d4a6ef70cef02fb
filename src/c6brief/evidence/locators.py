"""Where in a source words stand: its paragraph, and the line where paragraphs are long runs of lines.

Paragraphs are parted by blank lines. A text without blank lines is one paragraph, and "para. 1" finds nothing in it.
Its lines do, where each is something of its own: a paragraph, an item, a row. Lines that were broken because a line was
full are not: they belong to an editor or a page, and nobody else has them. The words are those of CSL's locators
``paragraph`` and ``line`` (https://docs.citationstyles.org/en/stable/specification.html#locators).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from c6brief.evidence.matching import Match, Paragraph, SourceText


@dataclass(frozen=True)
class Locator:
    """A place in a source: its paragraph, and its first and last line in that paragraph, all from 1.

    ``lines`` is ``None`` where the paragraph has one line, or lines that are only wrapped.
    """

    paragraph: int
    lines: tuple[int, int] | None = None

    def __str__(self) -> str:
        if self.lines is None:
            return str(self.paragraph)
        first, last = self.lines
        return f"{self.paragraph} line {first}" + (f"–{last}" if last > first else "")


def locator_of(text: SourceText, match: Match) -> Locator:
    """Where in its source a match stands."""
    paragraph = text.paragraphs[match.paragraph - 1]
    if not has_lines(paragraph):
        return Locator(match.paragraph)
    ends = (match.start, max(match.start, match.end - 1))
    first, last = (paragraph.text.count("\n", 0, end - paragraph.start) + 1 for end in ends)
    return Locator(match.paragraph, (first, last))


def has_lines(paragraph: Paragraph) -> bool:
    """Whether its lines are things of their own: not one line, and not all broken where a further word had no room."""
    lines = [line.strip() for line in paragraph.text.splitlines()]
    width = max(map(len, lines))
    return any(len(line) + 1 + len(below.split()[0]) <= width for line, below in pairwise(lines))
