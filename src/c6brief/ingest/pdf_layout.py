"""Lines and paragraphs of a page of a PDF, from where its characters stand. Lengths are in pt."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from c6brief.ingest.cleaning import NOTE_DIGITS
from c6brief.ingest.markup import table_lines

HYPHEN = "\u2010"
"""Stands for a hyphen that pdfium takes for one at a line's end."""

FEWEST_ROWS = 3
"""Lines of cells below one another that make a table."""

WIDEST_SPACE = 1.3
"""Heights of a line from which on a gap between characters parts cells."""

_BULLET = re.compile(r"^[•‣▪■●◦○·\uf0b7\uf0a7–—*-]\s+(?=\S)|^(?=(?:\d{1,2}|[a-z])[.)]\s+\S)")
_BULLET_SIGN = re.compile(r"^[•‣▪■●◦○·\uf0b7\uf0a7–—*-]\s+")


@dataclass(frozen=True)
class Character:
    """A character with its box, y upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


@dataclass(frozen=True)
class Line:
    """A line of a page: its words, and its box."""

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    height: float = 0.0
    cells: tuple[tuple[float, float, str], ...] = ()
    """Its parts between wide gaps, as the cells of a row have them: left edge, right edge and words."""


def line_of(characters: Sequence[Character], cleaned: Counter[str]) -> Line | None:
    """The line that ``characters`` make, without raised digits behind words; ``None`` for one without words."""
    boxes = [each for each in characters if each.height > 0 and not each.text.isspace()]
    if not boxes:
        return None
    height = median(each.height for each in boxes)
    base = median(each.bottom for each in boxes if each.height > 0.8 * height)
    kept: list[Character] = []
    was_note = False
    for each in characters:
        is_small = 0 < each.height < 0.8 * height and each.bottom > base + 0.12 * height
        behind = next((other.text for other in reversed(kept) if not other.text.isspace()), "")
        is_at_word = not behind or behind.isalpha() or behind in tuple(".,;:!?”’\"')%")
        if each.text.isdigit() and is_small and (was_note or is_at_word):
            cleaned[NOTE_DIGITS] += not was_note
            was_note = True
            continue
        was_note = False
        kept.append(each)
    text = re.sub(r"[ \t\u00a0]+", " ", "".join(each.text for each in kept)).strip()
    if not text:
        return None
    left, right = min(each.left for each in boxes), max(each.right for each in boxes)
    return Line(text, left, right, base, height, _cells(kept, height))


def _cells(characters: Sequence[Character], height: float) -> tuple[tuple[float, float, str], ...]:
    """The parts of a line between gaps that are wider than its characters are high."""
    parts: list[list[Character]] = []
    right = 0.0
    for each in characters:
        if each.height <= 0 or each.text.isspace():
            if parts:
                parts[-1].append(each)
        elif parts and each.left - right < WIDEST_SPACE * height:
            parts[-1].append(each)
        else:
            parts.append([each])
        right = each.right if each.height > 0 and not each.text.isspace() else right
    cells = []
    for part in parts:
        boxes = [each for each in part if each.height > 0 and not each.text.isspace()]
        cells.append((boxes[0].left, boxes[-1].right, " ".join("".join(each.text for each in part).split())))
    return tuple(cells)


def _is_row(line: Line, other: Line) -> bool:
    """Whether two lines are rows of one table: as many cells, most of them below one another."""
    if len(line.cells) < 2 or len(line.cells) != len(other.cells):
        return False
    below = [
        abs(one[0] - two[0]) < line.height or abs(one[1] - two[1]) < line.height
        for one, two in zip(line.cells, other.cells, strict=True)
    ]
    return sum(below) * 3 >= 2 * len(below)


def paragraphs_of(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of a page's lines; lines of a list stay apart within one paragraph."""
    for at, line in enumerate(lines):
        end = at + 1
        while end < len(lines) and _is_row(lines[end - 1], lines[end]):
            end += 1
        if end - at >= FEWEST_ROWS and not _BULLET.match(line.text):
            rows = [[cell[2] for cell in each.cells] for each in lines[at:end]]
            return [*_prose(lines[:at]), table_lines(rows), *paragraphs_of(lines[end:])]
    return _prose(lines)


def _prose(lines: Sequence[Line]) -> list[str]:
    if not lines:
        return []
    steps = [before.bottom - after.bottom for before, after in itertools.pairwise(lines)]
    down = [step for step in steps if 0 < step < 60]
    usual = median(down) if down else 0.0
    groups: list[list[Line]] = [[lines[0]]]
    for before, after in itertools.pairwise(lines):
        if _begins(before, after, usual, max(each.right for each in groups[-1])):
            groups.append([after])
        else:
            groups[-1].append(after)
    joined = [_joined([each.text for each in group]) for group in groups]
    merged: list[str] = []
    for text in joined:
        if merged and _BULLET.match(text) and _BULLET.match(merged[-1].rsplit("\n", 1)[-1]):
            merged[-1] += "\n" + text
        else:
            merged.append(text)
    return ["\n".join(_BULLET_SIGN.sub("- ", line) for line in text.split("\n")) for text in merged]


def _begins(before: Line, after: Line, usual: float, right: float) -> bool:
    """Whether a paragraph begins with the line ``after``."""
    step = before.bottom - after.bottom
    ends = before.text.rstrip(" \"'”’»)")[-1:] in tuple(".!?…:")
    if _BULLET.match(after.text):
        return True
    if abs(before.height - after.height) > 0.12 * max(before.height, after.height):
        return True
    if step <= 0 or step > 60:  # another column, or far below
        return ends or not after.text[:1].islower()
    if usual and step > 1.3 * max(usual, 0.1):
        return True
    is_indented = after.left > before.left + 6
    is_short = before.right < right - 0.15 * max(1.0, right - before.left)
    return ends and (is_indented or (is_short and not after.text[:1].islower()))


def _joined(lines: Sequence[str]) -> str:
    """Lines as one; a hyphen at a line's end stays before a line feed, for :func:`clean_text` to join or keep."""
    text = lines[0]
    for line in lines[1:]:
        text += ("\n" if re.search(rf"[^\W\d_][-{HYPHEN}]$", text) and line[:1].isalpha() else " ") + line
    return text
