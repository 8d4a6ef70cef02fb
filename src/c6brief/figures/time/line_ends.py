"""Names and values at the right of a plot, each beside the end of its line: what stands in place of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.documents.addition import total
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import MIDDLE, Face
from c6brief.figures.drawing.placement import spread
from c6brief.figures.drawing.style import SEMIBOLD

REACH = 5.0
"""pt from the plot to a label beside its line."""
LEADER = 13.0
"""pt from the plot to the labels where some had to move, which takes a thin stroke."""
MOVED = 2.5
"""pt that a label may stand beside its line without a stroke."""
LEADING = 1.18
APART = 2.4
"""pt between a label of several lines and the next, so that one can be told from the other."""


@dataclass(frozen=True)
class LineEnd:
    """What is written at the end of a line. ``value`` follows the name; one of the two may be empty."""

    name: str
    value: str
    strong: bool
    colour: str


class LineEnds:
    """The labels of the lines of one plot, broken to be no wider than ``limit`` pt."""

    def __init__(self, ends: Sequence[LineEnd], limit: float, size: float) -> None:
        self.ends, self.size = ends, size
        self.blocks = [self._set(end, limit) for end in ends]
        self.lead = size * LEADING
        self.heights = [len(block) * self.lead + (APART if len(block) > 1 else 0.8) for block in self.blocks]

    @property
    def width(self) -> float:
        """The width of the widest label in pt."""
        return max((self._line_width(line) for block in self.blocks for line in block), default=0.0)

    @property
    def height(self) -> float:
        """The room that all labels need together, in pt."""
        return total(self.heights)

    def reach(self, wanted: Sequence[float], low: float, high: float) -> float:
        """The pt from the plot to the labels, if the lines end at ``wanted``."""
        moved = zip(wanted, spread(wanted, self.heights, low, high), strict=True)
        return LEADER if any(abs(one - other) > MOVED for one, other in moved) else REACH

    def draw(self, canvas: Canvas, tips: Sequence[tuple[float, float]], right: float, low: float, high: float) -> None:
        """The labels at the right of the plot's edge ``right``, from ``low`` to ``high``, none upon another.

        ``tips``: where each line ends. One that ends before the edge, or whose label had to move, gets a thin stroke.
        """
        style = canvas.style
        wanted = [y for _, y in tips]
        reach = self.reach(wanted, low, high)
        centres = spread(wanted, self.heights, low, high)
        for (x, y), centre, block, end in zip(tips, centres, self.blocks, self.ends, strict=True):
            moved = abs(centre - y) > MOVED
            if moved or x < right - 6:
                bend = [(right + 2.5, y), (right + reach - 2.0, centre if moved else y)]
                start = [(x + 3.5, y)] if x < right - 6 else []
                canvas.line([*start, *bend], style.hair if not start else style.grey, style.hairline)
            top = centre - len(block) * self.lead / 2
            for row, line in enumerate(block):
                left = right + reach
                base = top + (row + 0.5) * self.lead + MIDDLE * self.size
                for words, face in line:
                    canvas.text(left, base, words, face, end.colour)
                    left += fonts.width(words, face) + fonts.width(" ", face) * 1.2

    def _set(self, end: LineEnd, limit: float) -> list[list[tuple[str, Face]]]:
        bold, plain = Face(self.size, SEMIBOLD), Face(self.size)
        face = bold if end.strong else plain
        lines = [[(line, face)] for line in fonts.wrap(end.name, limit, face)] if fonts.tidy(end.name) else []
        for number, piece in enumerate(fonts.wrap(end.value, limit, plain) if end.value else []):
            if lines and not number and self._line_width([*lines[-1], (piece, plain)]) <= limit:
                lines[-1].append((piece, plain))
            else:
                lines.append([(piece, plain)])
        return lines

    @staticmethod
    def _line_width(line: Sequence[tuple[str, Face]]) -> float:
        gaps = total(fonts.width(" ", face) * 1.2 for _, face in line[:-1])
        return total(fonts.width(words, face) for words, face in line) + gaps
