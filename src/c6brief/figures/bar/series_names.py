"""The names of series over the parts of the first bar: straight above where there is room, else on short lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.documents.addition import total
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.placement import spread

LINES = 3
"""A name over its part has so many lines at most."""
AIR = 6.0
"""pt between two names."""
DROP = 7.0
"""pt that a line has to lead from a name to its part."""
FARTHEST = 24.0
"""pt that a name may be moved sideways."""


@dataclass(frozen=True)
class SeriesName:
    """A name: its lines from ``left``; where a line leads from and to, unless it stands right above."""

    lines: tuple[str, ...]
    left: float
    pointer: tuple[float, float] | None = None


def names_above(
    parts: Sequence[tuple[float, float, str]], low: float, high: float, face: Face
) -> tuple[list[SeriesName], float] | None:
    """Names for ``parts`` (left, right, name; from left to right), between ``low`` and ``high``; their height in pt.

    ``None`` where they cannot stand without touching each other.
    """
    straight = _straight(parts, high, face)
    if straight:
        return straight, max(len(name.lines) for name in straight) * face.size * 1.15 + 4
    widths = [fonts.width(fonts.tidy(name), face) + AIR for _, _, name in parts]
    if total(widths) > high - low:
        return None
    middles = [(left + right) / 2 for left, right, _ in parts]
    centres = spread(middles, widths, low, high + AIR)
    names = []
    for (_, _, name), middle, centre, room in zip(parts, middles, centres, widths, strict=True):
        left, right = centre - room / 2, centre + room / 2 - AIR
        start = min(max(middle, left + 1), right - 1)
        if abs(start - middle) > FARTHEST:
            return None
        names.append(SeriesName((fonts.tidy(name),), left, (start, middle)))
    return names, face.size * 1.15 + DROP + 3


def _straight(parts: Sequence[tuple[float, float, str]], high: float, face: Face) -> list[SeriesName]:
    """Every name above its own part, from its left edge; none where one would have to be broken within a word."""
    names = []
    for index, (left, _, name) in enumerate(parts):
        limit = (parts[index + 1][0] - AIR if index + 1 < len(parts) else high) - left
        words = fonts.tidy(name).split(" ")
        if limit <= 0 or max(fonts.width(word, face) for word in words) > limit:
            return []
        lines = fonts.wrap(name, limit, face)
        if len(lines) > LINES:
            return []
        names.append(SeriesName(tuple(lines), left))
    return names


def draw_names(
    canvas: Canvas, names: Sequence[SeriesName], bottom: float, target: float, face: Face, colour: str
) -> None:
    """The names above ``bottom``; lines lead from there to ``target``, the top of the bar."""
    for name in names:
        base = bottom - fonts.DESCENT * face.size - (DROP if name.pointer else 0.0)
        for number, line in enumerate(reversed(name.lines)):
            canvas.text(name.left, base - number * face.size * 1.15, line, face, colour)
        if name.pointer:
            start, end = name.pointer
            canvas.line([(start, bottom - DROP + 1), (end, target)], canvas.style.grey, canvas.style.hairline)
