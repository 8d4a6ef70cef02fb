"""Drawing a bar chart: bars beside each other or stacked, with their names and numbers."""

from __future__ import annotations

from c6brief.figures import fonts
from c6brief.figures.bars.bar_colours import BarColours, draw_stretch, letters_on
from c6brief.figures.bars.bar_layout import REACH, TAIL, BarLayout
from c6brief.figures.bars.bars import Bars, Lane, Stretch
from c6brief.figures.bars.series_heads import Head, draw_heads, heads_over
from c6brief.figures.canvas import Canvas
from c6brief.figures.fonts import MIDDLE, Face
from c6brief.figures.kind import DrawContext
from c6brief.figures.marks import KeyEntry, draw_key, key_height
from c6brief.figures.style import SEMIBOLD

SWATCH = 9.0
"""pt: the width of a bar in a key."""


class BarDrawing:
    """One chart: names at the left, bars from a line at zero, to the left of it where negative, numbers at their ends.

    A name has two lines, more only where its words would otherwise be lost. Series are named at the bars of the first
    row, in a key where they cannot be.
    """

    def __init__(self, bars: Bars, setting: DrawContext) -> None:
        self.bars, self.setting, self.style = bars, setting, setting.style
        style = self.style
        self.layout = layout = BarLayout(bars, setting)
        self.colours = BarColours(bars, style)
        self.small = Face(style.small)
        self.unit = fonts.wrap(bars.unit, setting.width, self.small) if fonts.tidy(bars.unit) else []
        self.key_face = Face(style.label)
        self.heads, heads_height = self._heads()
        self.key = [] if self.heads or layout.lead_row is not None or len(bars.series) == 1 else self._series_key()
        self.foot = self._foot()
        unit = len(self.unit) * style.small * style.leading + (5 if self.unit else 0)
        key = key_height(self.key, setting.width, self.key_face) + 6 if self.key else 0.0
        self.unit_top, self.head = key, key + unit + heads_height
        bottom = self.head + sum(layout.heights)
        foot = key_height(self.foot, setting.width, self.small) + 4 if self.foot else 0.0
        self.canvas = Canvas(setting.width, bottom + foot + 1, style)
        draw_key(self.canvas, 0, 0, setting.width, self.key, self.key_face)
        self._unit()
        self._rows()
        draw_key(self.canvas, 0, bottom, setting.width, self.foot, self.small)

    def _at(self, part: float) -> float:
        return self.layout.zero + part * self.layout.scale

    # What names the series, and explains signs

    def _heads(self) -> tuple[list[Head], float]:
        """Names over the parts of the first bar, if all series have one there."""
        layout, series = self.layout, self.bars.series
        self.head_face = Face(layout.number_size, SEMIBOLD)
        if not self.bars.stacked or layout.over or len(layout.lanes[0][0].stretches) < len(series):
            return [], 0.0
        parts = []
        for stretch in layout.lanes[0][0].stretches:
            left, right = sorted((self._at(stretch.start), self._at(stretch.end)))
            parts.append((left, right, series[stretch.series]))
        found = heads_over(sorted(parts), 0.0, self.setting.width, self.head_face)
        return found or ([], 0.0)

    def _series_key(self) -> list[KeyEntry]:
        return [self._swatch(self.colours.head(index), name) for index, name in enumerate(self.bars.series)]

    def _foot(self) -> list[KeyEntry]:
        if not self.bars.uncertain:
            return []
        return [self._swatch(self.style.grey, self.setting.words["uncertain"], True)]

    def _swatch(self, colour: str, meaning: str, uncertain: bool = False) -> KeyEntry:
        def draw(canvas: Canvas, left: float, y: float) -> None:
            draw_stretch(canvas, left, y - 3, left + SWATCH, y + 3, colour, uncertain)

        return draw, SWATCH, fonts.tidy(meaning)

    def _unit(self) -> None:
        """Once, from the line at zero; further left where there is no room."""
        left = min([self.layout.zero, *(self.setting.width - fonts.width(line, self.small) for line in self.unit)])
        for row, line in enumerate(self.unit):
            y = self.unit_top + 1 + fonts.ASCENT * self.style.small + row * self.style.small * self.style.leading
            self.canvas.text(0.0 if self.layout.over else max(0.0, left), y, line, self.small, self.style.grey)

    # Rows

    def _rows(self) -> None:
        layout, canvas, style = self.layout, self.canvas, self.style
        top = self.head
        for row, (lines, height) in enumerate(zip(layout.names, layout.heights, strict=True)):
            stack = layout.pitch * len(layout.lanes[row])
            name_top = top if layout.over else top + height / 2 - len(lines) * layout.lead / 2
            y = name_top + layout.lead / 2 + MIDDLE * layout.size
            for number, line in enumerate(lines):
                canvas.text(0, y + number * layout.lead, line, layout.name_face(row), style.ink)
            bars_top = top + len(lines) * layout.lead + 1 if layout.over else top + (height - stack) / 2
            for number, lane in enumerate(layout.lanes[row]):
                self._lane(row, number, lane, bars_top + (number + 0.5) * layout.pitch)
            if row == 0 and self.heads:
                target = bars_top - layout.thick / 2
                draw_heads(canvas, self.heads, self.head - 1, target, self.head_face, style.ink)
            if layout.over:
                canvas.line([(layout.zero, bars_top), (layout.zero, bars_top + stack)], style.grey, style.rule)
            top += height
        if not layout.over:
            canvas.line([(layout.zero, self.head), (layout.zero, top)], style.grey, style.rule)

    def _lane(self, row: int, number: int, lane: Lane, middle: float) -> None:
        """One bar with its parts, and the words at its ends."""
        layout, canvas, style = self.layout, self.canvas, self.style
        half = layout.thick / 2
        for part in lane.stretches:
            left, right = sorted((self._at(part.start), self._at(part.end)))
            colour = self.colours.of(row, part.series)
            draw_stretch(canvas, left, middle - half, right, middle + half, colour, part.uncertain)
        for part in lane.stretches:
            if part.start:
                edge = self._at(part.start)
                canvas.line([(edge, middle - half), (edge, middle + half)], style.paper, 0.8)
            if self.bars.stacked:
                self._number_inside(row, part, middle)
        face = layout.end_face(row, number)
        colour = style.grey if lane.missing else style.ink
        y = middle + MIDDLE * face.size
        ends = [self._at(part.end) for part in lane.stretches]
        low, high = min([layout.zero, *ends]), max([layout.zero, *ends])
        canvas.text(low - REACH, y, lane.left, face, style.ink, "end")
        canvas.text(high + REACH, y, lane.right, face, colour)
        if row == layout.lead_row:
            self._tail(number, lane, low, high, y, face)

    def _tail(self, series: int, lane: Lane, low: float, high: float, y: float, face: Face) -> None:
        """The name of a series beyond the number of its bar."""
        name, own = self.bars.series[series], self.layout.series_face(series)
        if lane.left and not lane.right:
            x = low - REACH - fonts.width(lane.left, face) - TAIL
            self.canvas.text(x, y, name, own, self.style.ink, "end")
        else:
            x = high + REACH + fonts.width(lane.right, face) + TAIL
            self.canvas.text(x, y, name, own, self.style.ink)

    def _number_inside(self, row: int, part: Stretch, middle: float) -> None:
        """The number of a part, if the part has room for it; the attached data have it in any case."""
        left, right = sorted((self._at(part.start), self._at(part.end)))
        face = Face(self.layout.number_size)
        room = fonts.width(part.words, face)
        if not part.words or room + 5 > right - left:
            return
        x, y = (left + right) / 2, middle + MIDDLE * face.size
        if part.uncertain:
            half = face.size * 0.5
            self.canvas.rectangle(
                x - room / 2 - 1.5, middle - half, x + room / 2 + 1.5, middle + half, self.style.paper
            )
        colour = letters_on(self.colours.of(row, part.series), part.uncertain, self.style)
        self.canvas.text(x, y, part.words, face, colour, "middle")
