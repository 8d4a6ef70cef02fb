"""Where in a source words stand: its page, its paragraph, and the line where paragraphs are long runs of lines.

Pages are parted by form feeds, as programs that take texts from PDFs put them. A text without any has paragraphs, parted
by blank lines. A text without blank lines is one paragraph, and "para. 1" finds nothing in it. Its lines do, where each is
something of its own: a paragraph, an item, a row. Lines that were broken because a line was full are not: they belong to an
editor or a page, and nobody else has them. The words are those of CSL's locators ``page``, ``paragraph`` and ``line``
(https://docs.citationstyles.org/en/stable/specification.html#locators).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from c6brief.evidence.matching import Match, Paragraph, SourceText

Label = Literal["page", "paragraph", "line"]

Range = tuple[int, int]
"""The first and the last number, from 1."""


@dataclass(frozen=True)
class Locator:
    """A place in a source: its paragraph, and its first and last line in that paragraph, all from 1; its pages, by number.

    ``lines`` is ``None`` where the paragraph has one line, or lines that are only wrapped; ``pages`` where the text has
    none. ``match`` is what stands there.
    """

    paragraph: int
    lines: Range | None = None
    pages: Range | None = None
    match: Match | None = field(default=None, compare=False)

    def __str__(self) -> str:
        if self.pages is not None:
            return "page " + _in_words(self.pages)
        return str(self.paragraph) + (f" line {_in_words(self.lines)}" if self.lines else "")


def _in_words(numbers: Range) -> str:
    first, last = numbers
    return f"{first}–{last}" if last > first else str(first)


def locator_of(text: SourceText, match: Match) -> Locator:
    """Where in its source a match stands."""
    ends = (match.start, max(match.start, match.end - 1))
    pages = (text.page_at(ends[0]), text.page_at(ends[1])) if text.pages else None
    paragraph = text.paragraphs[match.paragraph - 1]
    lines = _lines_of(paragraph, ends) if has_lines(paragraph) else None
    return Locator(match.paragraph, lines, pages, match)


def _lines_of(paragraph: Paragraph, ends: Range) -> Range:
    first, last = (paragraph.text.count("\n", 0, end - paragraph.start) + 1 for end in ends)
    return first, last


_LABELS: dict[Label, str] = {
    "page": r"pp?\.|pages?|pg\.|с\.|стр\.|s\.",
    "paragraph": r"paras?\.?|paragraphs?|¶+|абз\.?",
    "line": r"lines?|ll?\.|строк[аи]|стк\.",
}
_NAMED = re.compile(
    "|".join(rf"(?P<{label}>(?<!\w)(?:{words})(?!\w))" for label, words in _LABELS.items())
    + r"|(?P<range>(?<![\w.])\d{1,9}(?:\s*[-–—]\s*|\s+(?:to|до)\s+)\d{1,9}(?![\w]))|(?P<number>(?<![\w.])\d{1,9}(?!\w))",
    re.I,
)


def read_locator(words: str) -> Iterator[tuple[Label, Range]]:
    """The pages, paragraphs and lines that an author's locator names: ``pp. 3-4, 7`` are two ranges of pages.

    Numbers of volumes, figures and all else are left out.
    """
    label: Label | None = None
    after = 0
    for found in _NAMED.finditer(words):
        name = found.lastgroup or ""
        between = words[after : found.start()]
        if re.search(r"\w", re.sub(r"(?i)\b(?:and|и|or|или)\b", "", between)):
            label = None  # another word stands between: "p. 3, figure 2"
        after = found.end()
        if name in _LABELS:
            label = name
        elif label is not None:
            numbers = [int(number) for number in re.findall(r"\d+", found.group())]
            first, last = numbers[0], numbers[-1]
            if last < first:  # pp. 101-9
                last = int(str(first)[: len(str(first)) - len(str(last))] + str(last))
            yield label, (first, last)


def names_place(words: str, place: Locator) -> bool:
    """Whether an author's locator holds a ``place``: every kind of number that it names and the text has includes it."""
    named: dict[Label, list[Range]] = {}
    for label, numbers in read_locator(words):
        named.setdefault(label, []).append(numbers)
    known: dict[Label, Range | None] = {
        "page": place.pages, "paragraph": (place.paragraph, place.paragraph), "line": place.lines
    }  # fmt: skip
    return all(
        any(first <= known_range[0] and known_range[1] <= last for first, last in ranges)
        for label, ranges in named.items()
        if (known_range := known[label]) is not None
    )


def has_lines(paragraph: Paragraph) -> bool:
    """Whether its lines are things of their own: not one line, and not all broken where a further word had no room."""
    lines = [line.strip() for line in paragraph.text.strip().split("\n")]  # a form feed ends no line
    width = max(map(len, lines))
    return any(len(line) + 1 + len(below.split()[0]) <= width for line, below in pairwise(lines))
