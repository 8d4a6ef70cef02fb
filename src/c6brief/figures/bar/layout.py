"""Where everything in a bar chart stands: names, bars and the words at their ends, in pt on the sheet."""

from __future__ import annotations

from c6brief.documents.addition import total
from c6brief.figures.bar.bars import Bars, Lane, lanes_of, longest_of
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.numbers import number
from c6brief.figures.drawing.style import REGULAR, SEMIBOLD
from c6brief.figures.kinds import DrawContext

ROW = 2.0
"""The height of a row with one bar and a name of one line, in sizes of its letters."""
AIR = 0.5
"""What the lines of a longer name have above and below them together, at least, in sizes."""
THICK = 0.6
"""The height of a bar that stands alone, in heights of the lowest row."""
PITCH = 1.22
"""From bar to bar of one row, in sizes of the numbers at their ends."""
SLIT = 1.4
"""pt between such bars."""
BETWEEN = 0.95
"""What rows of several bars keep between them, in sizes."""
GAP = 9.0
"""pt between the names and what is right of them."""
REACH = 3.5
"""pt from a bar's end to its number."""
TAIL = 5.0
"""pt from a number to the name of its series."""
SHORTEST = 60.0
"""pt that the longest bars have, at least, however long the names."""
TALLEST = 600.0
"""pt: what a page holds beside the figure's headline. A taller figure is tried in smaller letters."""
EVEN = 12
"""Up to so many rows are all as tall as the tallest."""
NARROW = 200.0
"""pt: on a narrower sheet names stand over their bars, unless they are short."""
BESIDE = 0.32
"""Of the width: shorter names stand beside their bars on any sheet."""
LONGEST_TAIL = 0.3
"""Of the width: a series with a longer name is named in a key."""


class BarLayout:
    """The places of names, bars and numbers, from a row's top down.

    ``lead_row`` is the row whose bars, beside each other, carry the names of the series; ``None`` where a key does.
    """

    def __init__(self, bars: Bars, context: DrawContext) -> None:
        self.bars, self.context, self.style = bars, context, context.style
        self.lanes = lanes_of(bars, context.words, context.extent)
        longest = max(fonts.width(fonts.tidy(name), Face(context.style.label, SEMIBOLD)) for name in bars.names)
        self.over = context.width < NARROW and longest > BESIDE * context.width
        self.several = max(map(len, self.lanes)) > 1
        style = self.style
        self.lead_row = self._lead_row()
        sizes = ((style.text, 0.42), (style.label, 0.42), (style.label, 0.5), (style.tiny, 0.5), (style.tiny, 0.58))
        for size, share in sizes[1 if len(bars.names) > 2 * EVEN or context.width < NARROW else 0 :]:
            self._arrange(size, share)
            if self.scale < 0.2 * context.width and context.width < NARROW:
                self.lanes = lanes_of(bars, context.words, context.extent, short=True)
                self._arrange(size, share)
            if self.lead_row is not None and self.scale < min(SHORTEST, 0.3 * context.width):
                self.lead_row = None
                self._arrange(size, share)
            if total(self.heights) <= TALLEST:
                break

    def _lead_row(self) -> int | None:
        """The first row in which every series has a bar, if there is room for their names at the bars' ends."""
        if not self.several:
            return None
        most = LONGEST_TAIL * self.context.width
        if any(fonts.width(fonts.tidy(name), Face(self.style.text, SEMIBOLD)) > most for name in self.bars.series):
            return None
        rows = (row for row, lanes in enumerate(self.lanes) if all(lane.segments for lane in lanes))
        return next(rows, None)

    def _arrange(self, size: float, share: float) -> None:
        """Names in letters of ``size``, wrapped within ``share`` of the width; zero and scale from what they leave."""
        style, width = self.style, self.context.width
        self.size, self.lead = size, size * style.leading
        self.number_size = max(style.tiny, size - 1) if self.several or self.bars.stacked else size
        self.spans = [[self._spans(row, lane) for lane in range(len(lanes))] for row, lanes in enumerate(self.lanes)]
        whole = width if self.over else width - GAP
        limit = width if self.over else min(share * width, whole - SHORTEST - total(self._sides(0.0)))
        limit = max(limit, 4 * size)
        self.names = [fonts.wrap(name, limit, self.name_face(row)) for row, name in enumerate(self.bars.names)]
        names = max(fonts.width(line, self.name_face(row)) for row, lines in enumerate(self.names) for line in lines)
        room = whole if self.over else whole - names
        shortest, longest = 0.0, room
        for _ in range(50):  # the longest bars for which there is room with their numbers
            scale = (shortest + longest) / 2
            shortest, longest = (scale, longest) if total(self._sides(scale)) <= room else (shortest, scale)
        self.scale = shortest
        self.left = 0.0 if self.over else names + GAP
        self.zero = self.left + self._sides(self.scale)[0]
        self._heights()

    def at(self, value: float) -> float:
        """Where a number stands, in pt."""
        return self.zero + value / longest_of(self.bars, self.context.extent) * self.scale

    def _heights(self) -> None:
        size = self.size
        lines = [len(lines) for lines in self.names]
        if len(lines) <= EVEN and max(lines) <= 2 and not self.over:
            lines = [max(lines)] * len(lines)
        self.pitch = self.number_size * PITCH if self.several else size * 1.5 if self.over else 0.0
        self.thick = self.pitch - SLIT
        stack = self.pitch * max(map(len, self.lanes))
        if self.over:
            self.heights = [count * self.lead + stack + 1.0 * size for count in lines]
        elif self.several:
            self.heights = [max(stack, count * self.lead) + BETWEEN * size for count in lines]
        else:
            self.heights = [size * max(ROW, count * self.style.leading + AIR) for count in lines]
            self.thick = (0.68 if self.bars.stacked else THICK) * min(self.heights)

    def _sides(self, scale: float) -> tuple[float, float]:
        """The room needed left and right of zero by bars with their words, where a part of 1 is ``scale`` long."""
        left = right = 0.0
        for lanes, spans in zip(self.lanes, self.spans, strict=True):
            for lane, (before, after) in zip(lanes, spans, strict=True):
                low, high = reach_of(lane)
                left, right = max(left, before - low * scale), max(right, after + high * scale)
        low, high = self._extent()
        if low < 0:
            left = max(left, self._extent_span(0) - low * scale)
        return left, max(right, self._extent_span(1) + high * scale if high > 0 else 0.0)

    def _extent(self) -> tuple[float, float]:
        """The values that the scale must hold beside its own, in parts of the longest bar."""
        extent = self.context.extent
        if extent is None or self.bars.arrange == "share":
            return 0.0, 0.0
        largest = max([*map(abs, extent), *self._largest()]) or 1
        return min(extent[0] / largest, 0.0), max(extent[1] / largest, 0.0)

    def _largest(self) -> list[float]:
        if self.bars.stacked:
            return [total(abs(cell.value or 0) for cell in row) for row in self.bars.cells]
        return [abs(cell.value or 0) for row in self.bars.cells for cell in row]

    def _extent_span(self, end: int) -> float:
        """Room for the words at a bar as long as the extent: panels that share one then share a scale."""
        words = number(self.context.extent[end], self.context.words.locale) if self.context.extent else ""
        return REACH + fonts.width(words, Face(self.number_size, SEMIBOLD))

    def _spans(self, row: int, lane: int) -> tuple[float, float]:
        """The room that the words at both ends of a bar take."""
        shown = self.lanes[row][lane]
        tail = 0.0
        if row == self.lead_row:
            tail = TAIL + fonts.width(fonts.tidy(self.bars.series[lane]), self.series_face(lane))
        left, right = (
            REACH + fonts.width(words, self.end_face(row, lane)) if words else 0.0
            for words in (shown.left, shown.right)
        )
        return (left + tail, right) if left and not right else (left, right + tail)

    # Letters

    def name_face(self, row: int) -> Face:
        """The letters of a category's name."""
        return Face(self.size, SEMIBOLD if row in self.bars.strong_rows else REGULAR)

    def end_face(self, row: int, lane: int) -> Face:
        """Of the words at a bar's ends: sums stand out a little, what is missing is no number."""
        if self.lanes[row][lane].missing:
            return Face(self.number_size, italic=True)
        strong = row in self.bars.strong_rows or (self.several and lane in self.bars.strong_series)
        return Face(self.size if self.bars.stacked else self.number_size, SEMIBOLD if strong else REGULAR)

    def series_face(self, series: int) -> Face:
        """The letters of a series' name at its bar."""
        return Face(self.number_size, SEMIBOLD)


def reach_of(lane: Lane) -> tuple[float, float]:
    """How far a bar reaches left and right of zero: (at most 0, at least 0), in parts of the longest."""
    ends = [segment.end for segment in lane.segments]
    return min([0.0, *ends]), max([0.0, *ends])
