"""Drawing a bar chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from c6brief.figures import fonts
from c6brief.figures.canvas import Canvas
from c6brief.figures.fonts import MIDDLE, Face
from c6brief.figures.kind import Setting
from c6brief.figures.numbers import number
from c6brief.figures.style import REGULAR, SEMIBOLD, mix

if TYPE_CHECKING:
    from c6brief.figures.kinds.bar import Bar

ROW = 2.0
"""The height of a row with a name of one line, in sizes of its letters."""
AIR = 0.5
"""What the lines of a longer name have above and below them together, at least, in sizes."""
THICK = 0.6
"""The height of all bars, in heights of the lowest row."""
GAP = 9.0
"""pt between the names and what is right of them."""
REACH = 3.5
"""pt from a bar's end to its number."""
SHORTEST = 60.0
"""pt that the longest bars have, at least, however long the names."""
TALLEST = 600.0
"""pt: what a page holds beside the figure's headline. A taller figure is tried in smaller letters."""
EVEN = 12
"""Up to so many rows are all as tall as the tallest."""


class BarDrawing:
    """One chart: names at the left, bars from a line at zero, to the left of it where negative, numbers at their ends.

    A name has two lines, more only where its words would otherwise be lost.
    """

    def __init__(self, bars: Sequence[Bar], unit: str, setting: Setting) -> None:
        self.bars, self.setting, self.style = bars, setting, setting.style
        style = self.style
        self.numbers = [number(bar.value, setting.words.locale) for bar in bars]
        self.marked = any(bar.strong for bar in bars)
        sizes = ((style.text, 0.42), (style.label, 0.42), (style.label, 0.5), (style.tiny, 0.5), (style.tiny, 0.58))
        for size, share in sizes[1 if len(bars) > 2 * EVEN else 0 :]:
            self._arrange(size, share)
            if sum(self.heights) <= TALLEST:
                break

        self.small = Face(style.small)
        self.unit = fonts.wrap(unit, setting.width, self.small) if fonts.tidy(unit) else []
        self.head = len(self.unit) * style.small * style.leading + (5 if self.unit else 0)
        self.canvas = Canvas(setting.width, self.head + sum(self.heights) + 1, style)
        self._unit()
        self._rows()

    # Where everything stands

    def _arrange(self, size: float, share: float) -> None:
        """Names in letters of ``size``, wrapped within ``share`` of the width; zero and scale from what they leave."""
        self.size = size
        largest = max((abs(bar.value) for bar in self.bars if bar.value is not None), default=0) or 1
        self.parts = [(bar.value or 0) / largest for bar in self.bars]  # of the longest bar: no number is too large
        self.spans = [REACH + fonts.width(self._words(row), self._value_face(row)) for row in range(len(self.bars))]
        whole = self.setting.width - GAP
        limit = min(share * self.setting.width, whole - SHORTEST - sum(self._sides(0.0)))
        self.names = [fonts.wrap(bar.name, limit, self._face(bar)) for bar in self.bars]
        names = max(fonts.width(line, self._face(bar)) for bar, lines in self._named() for line in lines)
        room = whole - names
        shortest, longest = 0.0, room
        for _ in range(50):  # the longest bars for which there is room with their numbers
            scale = (shortest + longest) / 2
            shortest, longest = (scale, longest) if sum(self._sides(scale)) <= room else (shortest, scale)
        self.scale = shortest
        self.zero = names + GAP + self._sides(self.scale)[0]
        lines = [len(lines) for lines in self.names]
        if len(lines) <= EVEN and max(lines) <= 2:
            lines = [max(lines)] * len(lines)
        self.heights = [size * max(ROW, count * self.style.leading + AIR) for count in lines]
        self.thick = THICK * min(self.heights)

    def _sides(self, scale: float) -> tuple[float, float]:
        """The room needed left and right of zero by bars with their numbers, where a part of 1 is ``scale`` long."""
        sides = [0.0, 0.0]
        for part, span in zip(self.parts, self.spans, strict=True):
            sides[part >= 0] = max(sides[part >= 0], abs(part) * scale + span)
        return sides[0], sides[1]

    def _named(self) -> zip[tuple[Bar, list[str]]]:
        return zip(self.bars, self.names, strict=True)

    def _face(self, bar: Bar) -> Face:
        return Face(self.size, SEMIBOLD if bar.strong else REGULAR)

    def _value_face(self, row: int) -> Face:
        missing = self.bars[row].value is None
        return Face(self.size, italic=True) if missing else self._face(self.bars[row])

    def _words(self, row: int) -> str:
        return self.numbers[row] or self.setting.words["no-data"]

    # Drawing

    def _unit(self) -> None:
        """Once, from the line at zero; further left where there is no room."""
        left = min([self.zero, *(self.setting.width - fonts.width(line, self.small) for line in self.unit)])
        for row, line in enumerate(self.unit):
            y = 1 + fonts.ASCENT * self.style.small + row * self.style.small * self.style.leading
            self.canvas.text(max(0.0, left), y, line, self.small, self.style.grey)

    def _rows(self) -> None:
        canvas, style = self.canvas, self.style
        lead = self.size * style.leading
        top = self.head
        for row, (bar, lines) in enumerate(self._named()):
            middle = top + self.heights[row] / 2
            y = middle - (len(lines) - 1) * lead / 2 + MIDDLE * self.size
            for count, line in enumerate(lines):
                canvas.text(0, y + count * lead, line, self._face(bar), style.ink)
            part, missing = self.parts[row], bar.value is None
            end = self.zero + part * self.scale
            if part:
                quiet = self.marked and not bar.strong
                colour = mix(style.grey, style.paper, 0.45) if quiet else style.brand
                left, right = sorted((self.zero, end))
                canvas.rectangle(left, middle - self.thick / 2, right, middle + self.thick / 2, colour)
            x, anchor = (end - REACH, "end") if part < 0 else (end + REACH, "start")
            colour = style.grey if missing else style.ink
            canvas.text(x, middle + MIDDLE * self.size, self._words(row), self._value_face(row), colour, anchor)
            top += self.heights[row]
        canvas.line([(self.zero, self.head), (self.zero, top)], style.grey, style.rule)
