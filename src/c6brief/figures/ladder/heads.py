"""The heads of narrow columns: names above them where they fit, else as steps; codes where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import ASCENT, DESCENT, Face
from c6brief.figures.drawing.style import Style

STEPS = 10
"""Columns up to which names may stand as steps."""
LINES = 2
"""Lines of a name above its column, at most."""
FOOT = 4.0
"""pt between names and the rule below."""


@dataclass(frozen=True)
class ColumnHeads:
    """Names in their places: (left, pt above the foot of the head, words, middle of a column to lead to, or none).

    ``coded``: codes stand in place of names, which have to be given elsewhere. ``right``, ``top_right``: how far names
    on the lowest and on the highest level reach.
    """

    places: tuple[tuple[float, float, str, float | None], ...]
    face: Face
    height: float
    right: float
    top_right: float
    coded: bool = False

    def draw(self, canvas: Canvas, bottom: float) -> None:
        """All names, the foot of the head at ``bottom`` (pt)."""
        for left, above, words, column in self.places:
            y = bottom - FOOT - above
            if column is not None:
                canvas.line([(column, y + 1.5 + DESCENT), (column, bottom)], canvas.style.hair, canvas.style.hairline)
            canvas.text(left, y, words, self.face, canvas.style.ink)


def heads_for(
    names: Sequence[str], codes: Sequence[str], middles: Sequence[float], column: float, width: float, style: Style
) -> ColumnHeads:
    """The best head for columns ``column`` pt wide around ``middles``, on a sheet ``width`` pt wide."""
    for size in (style.label, style.small, style.tiny):
        found = _above(names, middles, column - 3, Face(size))
        if found:
            return found
    return _steps(names, middles, column, width, Face(style.label)) or _codes(codes, middles, Face(style.tiny))


def _above(names: Sequence[str], middles: Sequence[float], room: float, face: Face) -> ColumnHeads | None:
    """Centred above the columns, in lines broken between words."""
    wrapped = fonts.wrap_whole(names, room, [face] * len(names), LINES)
    if wrapped is None:
        return None
    lead = face.size * 1.15
    places = [
        (middle - fonts.width(line, face) / 2, (len(lines) - 1 - number) * lead, line, None)
        for middle, lines in zip(middles, wrapped, strict=True)
        for number, line in enumerate(lines)
    ]
    most = max(map(len, wrapped))
    right = max(left + fonts.width(line, face) for left, _, line, _ in places)
    return ColumnHeads(tuple(places), face, FOOT + (most - 1) * lead + (ASCENT + 0.1) * face.size, right, right)


def _steps(
    names: Sequence[str], middles: Sequence[float], column: float, width: float, face: Face
) -> ColumnHeads | None:
    """The first name highest: each begins over its column, a line leads down, and no line crosses a name."""
    ends = [middle + fonts.width(fonts.tidy(name), face) for name, middle in zip(names, middles, strict=True)]
    if len(names) > STEPS or max(ends) > width:
        return None
    lead = face.size * 1.25
    count = len(names)
    places = [
        (middle - 1.5, (count - 1 - index) * lead, name, middle)
        for index, (name, middle) in enumerate(zip(names, middles, strict=True))
    ]
    return ColumnHeads(tuple(places), face, FOOT + (count - 1) * lead + (ASCENT + 0.1) * face.size, ends[-1], ends[0])


def _codes(codes: Sequence[str], middles: Sequence[float], face: Face) -> ColumnHeads:
    places = [
        (middle - fonts.width(code, face) / 2, 0.0, code, None) for code, middle in zip(codes, middles, strict=True)
    ]
    right = places[-1][0] + fonts.width(codes[-1], face)
    return ColumnHeads(tuple(places), face, FOOT + (ASCENT + 0.1) * face.size, right, right, coded=True)
