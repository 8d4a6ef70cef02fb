"""The names of series over the parts of the first bar: straight above where there is room, else on short lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.figures import fonts
from c6brief.figures.axes import spread
from c6brief.figures.canvas import Canvas
from c6brief.figures.fonts import Face

LINES = 3
"""A name over its part has so many lines at most."""
AIR = 6.0
"""pt between two names."""
DROP = 7.0
"""pt that a line has to lead from a name to its part."""
FARTHEST = 24.0
"""pt that a name may be moved sideways."""


@dataclass(frozen=True)
class Head:
    """A name: its lines from ``left``; where a line leads from and to, unless it stands right above."""

    lines: tuple[str, ...]
    left: float
    pointer: tuple[float, float] | None = None


def heads_over(
    parts: Sequence[tuple[float, float, str]], low: float, high: float, face: Face
) -> tuple[list[Head], float] | None:
    """Heads for ``parts`` (left, right, name; from left to right), between ``low`` and ``high``; their height in pt.

    ``None`` where they cannot stand without touching each other.
    """
    straight = _straight(parts, high, face)
    if straight:
        return straight, max(len(head.lines) for head in straight) * face.size * 1.15 + 4
    widths = [fonts.width(fonts.tidy(name), face) + AIR for _, _, name in parts]
    if sum(widths) > high - low:
        return None
    middles = [(left + right) / 2 for left, right, _ in parts]
    centres = spread(middles, widths, low, high + AIR)
    heads = []
    for (_, _, name), middle, centre, room in zip(parts, middles, centres, widths, strict=True):
        left, right = centre - room / 2, centre + room / 2 - AIR
        start = min(max(middle, left + 1), right - 1)
        if abs(start - middle) > FARTHEST:
            return None
        heads.append(Head((fonts.tidy(name),), left, (start, middle)))
    return heads, face.size * 1.15 + DROP + 3


def _straight(parts: Sequence[tuple[float, float, str]], high: float, face: Face) -> list[Head]:
    """Every name above its own part, from its left edge; none where one would have to be broken within a word."""
    heads = []
    for index, (left, _, name) in enumerate(parts):
        limit = (parts[index + 1][0] - AIR if index + 1 < len(parts) else high) - left
        words = fonts.tidy(name).split(" ")
        if limit <= 0 or max(fonts.width(word, face) for word in words) > limit:
            return []
        lines = fonts.wrap(name, limit, face)
        if len(lines) > LINES:
            return []
        heads.append(Head(tuple(lines), left))
    return heads


def draw_heads(canvas: Canvas, heads: Sequence[Head], bottom: float, target: float, face: Face, colour: str) -> None:
    """The names above ``bottom``; lines lead from there to ``target``, the top of the bar."""
    for head in heads:
        base = bottom - fonts.DESCENT * face.size - (DROP if head.pointer else 0.0)
        for number, line in enumerate(reversed(head.lines)):
            canvas.text(head.left, base - number * face.size * 1.15, line, face, colour)
        if head.pointer:
            start, end = head.pointer
            canvas.line([(start, bottom - DROP + 1), (end, target)], canvas.style.grey, canvas.style.hairline)
