"""Drawing a bar chart: bars beside each other or stacked, with their names and numbers."""

from __future__ import annotations

from c6brief.documents.addition import total
from c6brief.figures.annotations.drawing import above_with_values, draw_bands, draw_upright_line, words_of, write_words
from c6brief.figures.annotations.options import PLAIN, AnnotatedOptions
from c6brief.figures.annotations.poles import Poles
from c6brief.figures.bar.bars import Bars, Lane, Segment
from c6brief.figures.bar.colours import BarColours, number_colour
from c6brief.figures.bar.layout import REACH, TAIL, BarLayout
from c6brief.figures.bar.series_names import SeriesName, draw_names, names_above
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import Plot
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import MIDDLE, Face
from c6brief.figures.drawing.marks import KeyEntry, draw_key, draw_segment, key_height, segment_key
from c6brief.figures.drawing.numbers import number as written
from c6brief.figures.drawing.numbers import percent
from c6brief.figures.drawing.style import SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.rows.tabular import one_line

SWATCH = 9.0
"""pt: the width of a bar in a key."""


class BarDrawing:
    """One chart: names at the left, bars from a line at zero, to the left of it where negative, numbers at their ends.

    A name has two lines, more only where its words would otherwise be lost. Series are named at the bars of the first
    row, in a key where they cannot be.
    """

    def __init__(self, bars: Bars, context: DrawContext, options: AnnotatedOptions = PLAIN) -> None:
        context = context.holding(options.heights)
        self.bars, self.context, self.style, self.options = bars, context, context.style, options
        style = self.style
        self.layout = layout = BarLayout(bars, context)
        self.colours = BarColours(bars, style)
        self.small = Face(style.small)
        self.unit = fonts.wrap(bars.unit, context.width, self.small) if fonts.tidy(bars.unit) else []
        self.key_face = Face(style.label)
        self.series_names, names_height = self._series_names()
        self.key = self._series_key()
        uncertain = segment_key(context.words["uncertain"], SWATCH, 6.0, style.grey, True)
        self.foot = [uncertain] if bars.uncertain else []
        unit = len(self.unit) * style.small * style.leading + (5 if self.unit else 0)
        key = key_height(self.key, context.width, self.key_face) + 6 if self.key else 0.0
        self.poles = Poles(above_with_values(options, layout.at, self._write), context.width, self.small)
        self.unit_top, self.head = key, key + unit + self.poles.height + names_height
        self.poles_bottom = self.head - names_height
        bottom = self.head + total(layout.heights)
        foot = key_height(self.foot, context.width, self.small) + 4 if self.foot else 0.0
        self.canvas = Canvas(context.width, bottom + foot + 1, style)
        draw_key(self.canvas, 0, 0, context.width, self.key, self.key_face)
        self._unit()
        self.plot = Plot(layout.left, self.head, context.width, bottom)
        bands = [(layout.at(float(each.from_)), layout.at(float(each.to))) for each in options.periods]
        draw_bands(self.canvas, self.plot, bands)
        self._rows()
        self._annotations()
        draw_key(self.canvas, 0, bottom, context.width, self.foot, self.small)

    def _at(self, part: float) -> float:
        return self.layout.zero + part * self.layout.scale

    def _write(self, value: float) -> str:
        if self.bars.arrange == "share" and self.bars.stacked:
            return percent(round(value), self.context.words.locale)
        return written(value, self.context.words.locale)

    def _annotations(self) -> None:
        """Values to compare with, over the bars; words beside them."""
        at, top = self.layout.at, self.poles_bottom
        self.poles.draw(self.canvas, Plot(0.0, top, self.context.width, top))
        for reference in self.options.references:
            draw_upright_line(self.canvas, at(reference.value), top, self.plot.bottom)
        write_words(self.canvas, self.plot, words_of(self.options, lambda x, y: (at(y), self._middle(x))))

    def _middle(self, name: str) -> float:
        """The height in pt at which the bars of a category stand."""
        layout, row = self.layout, self.bars.names.index(one_line(name))
        top, stack = self.head + total(layout.heights[:row]), layout.pitch * len(layout.lanes[row])
        if layout.over:
            return top + len(layout.names[row]) * layout.lead + 1 + stack / 2
        return top + layout.heights[row] / 2

    # What names the series, and explains signs

    def _series_names(self) -> tuple[list[SeriesName], float]:
        """Names over the parts of the first bar, if all series have one there."""
        layout, series = self.layout, self.bars.series
        self.series_face = Face(layout.number_size, SEMIBOLD)
        if not self.bars.stacked or layout.over or len(layout.lanes[0][0].segments) < len(series):
            return [], 0.0
        parts = []
        for segment in layout.lanes[0][0].segments:
            left, right = sorted((self._at(segment.start), self._at(segment.end)))
            parts.append((left, right, series[segment.series]))
        found = names_above(sorted(parts), 0.0, self.context.width, self.series_face)
        return found or ([], 0.0)

    def _series_key(self) -> list[KeyEntry]:
        if self.series_names or self.layout.lead_row is not None or len(self.bars.series) == 1:
            return []
        names = map(fonts.tidy, self.bars.series)
        return [segment_key(name, SWATCH, 6.0, self.colours.key(index)) for index, name in enumerate(names)]

    def _unit(self) -> None:
        """Once, from the line at zero; further left where there is no room."""
        left = min([self.layout.zero, *(self.context.width - fonts.width(line, self.small) for line in self.unit)])
        self.canvas.text_lines(
            0.0 if self.layout.over else max(0.0, left),
            self.unit_top + 1 + fonts.ASCENT * self.style.small,
            self.unit,
            self.small,
            self.style.grey,
        )

    # Rows

    def _rows(self) -> None:
        layout, canvas, style = self.layout, self.canvas, self.style
        top = self.head
        for row, (lines, height) in enumerate(zip(layout.names, layout.heights, strict=True)):
            stack = layout.pitch * len(layout.lanes[row])
            name_top = top if layout.over else top + height / 2 - len(lines) * layout.lead / 2
            y = name_top + layout.lead / 2 + MIDDLE * layout.size
            canvas.text_lines(0, y, lines, layout.name_face(row), style.ink)
            bars_top = top + len(lines) * layout.lead + 1 if layout.over else top + (height - stack) / 2
            for number, lane in enumerate(layout.lanes[row]):
                self._lane(row, number, lane, bars_top + (number + 0.5) * layout.pitch)
            if row == 0 and self.series_names:
                target = bars_top - layout.thick / 2
                draw_names(canvas, self.series_names, self.head - 1, target, self.series_face, style.ink)
            if layout.over:
                canvas.line([(layout.zero, bars_top), (layout.zero, bars_top + stack)], style.grey, style.rule)
            top += height
        if not layout.over:
            canvas.line([(layout.zero, self.head), (layout.zero, top)], style.grey, style.rule)

    def _lane(self, row: int, number: int, lane: Lane, middle: float) -> None:
        """One bar with its parts, and the words at its ends."""
        layout, canvas, style = self.layout, self.canvas, self.style
        half = layout.thick / 2
        for part in lane.segments:
            left, right = sorted((self._at(part.start), self._at(part.end)))
            colour = self.colours.of(row, part.series)
            draw_segment(canvas, left, middle - half, right, middle + half, colour, part.uncertain)
        for part in lane.segments:
            if part.start:
                edge = self._at(part.start)
                canvas.line([(edge, middle - half), (edge, middle + half)], style.paper, 0.8)
            if self.bars.stacked:
                self._number_inside(row, part, middle)
        face = layout.end_face(row, number)
        colour = style.grey if lane.missing else style.ink
        y = middle + MIDDLE * face.size
        ends = [self._at(part.end) for part in lane.segments]
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

    def _number_inside(self, row: int, part: Segment, middle: float) -> None:
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
        colour = number_colour(self.colours.of(row, part.series), part.uncertain, self.style)
        self.canvas.text(x, y, part.words, face, colour, "middle")
