"""Small annotations at moments: words above a plot, each on the pole that stands at its moment."""

from __future__ import annotations

from collections.abc import Sequence

from c6brief.figures import fonts
from c6brief.figures.axes import Plot
from c6brief.figures.canvas import Canvas
from c6brief.figures.fonts import Face
from c6brief.figures.palette import quiet

REACH = 2.8
"""pt from a pole to its words."""
WIDEST = 112.0
"""pt: longer words are broken."""
AIR = 2.0


class Flags:
    """Words that fly to the right of their poles, above all poles that they would hide.

    ``flags``: where each pole stands, in pt, and its words. ``width``: that of the sheet. ``height`` is the room that
    they need above the plot, ``right`` where their words end, in pt.
    """

    def __init__(self, flags: Sequence[tuple[float, str]], width: float, face: Face) -> None:
        self.face = face
        self.lead = face.size * 1.18
        self.flags: list[tuple[float, list[str], float]] = []  # pole, lines, pt from the plot to the lowest line's foot
        tops: list[tuple[float, float]] = []
        for x, words in sorted(flags, key=lambda flag: -flag[0]):
            limit = max(3 * face.size, min(WIDEST, width - x - REACH))
            lines = fonts.wrap(words, limit, face)
            end = x + REACH + max(fonts.width(line, face) for line in lines) + 2 * AIR
            foot = max((top for pole, top in tops if pole < end), default=0.0)
            tops.append((x, foot + len(lines) * self.lead + AIR))
            self.flags.append((x, lines, foot))
        ends = (x + REACH + fonts.width(line, face) for x, lines, _ in self.flags for line in lines)
        self.right = max(ends, default=0.0)
        self.height = max((top for _, top in tops), default=0.0) + (3.0 if tops else 0.0)

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        """The poles through ``plot`` and the words above it."""
        style = canvas.style
        for x, lines, foot in self.flags:
            below = plot.top - 3.0 - foot
            top = below - len(lines) * self.lead
            canvas.line([(x, top + 1.0), (x, plot.bottom)], quiet(style), style.rule)
            for row, line in enumerate(lines):
                base = top + row * self.lead + fonts.ASCENT * self.face.size + 0.6
                canvas.text(x + REACH, base, line, self.face, style.grey)
