"""Drawing a histogram."""

from __future__ import annotations

from c6brief.documents.addition import total
from c6brief.figures.annotations.drawing import draw_bands, words_of, write_words
from c6brief.figures.annotations.options import PLAIN, AnnotatedOptions
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import Plot, below_height, draw_below, draw_levels, gutter, tick_labels
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import ASCENT, Face
from c6brief.figures.drawing.numbers import number, numbers
from c6brief.figures.drawing.palette import quiet_colour
from c6brief.figures.drawing.placement import spread
from c6brief.figures.drawing.scale import Scale, scale_of
from c6brief.figures.drawing.style import REGULAR, SEMIBOLD
from c6brief.figures.histogram.bins import Histogram
from c6brief.figures.kinds import DrawContext

SHAPE, LOWEST, TALLEST = 0.4, 90.0, 190.0
"""The height of the plot in widths of the sheet, and its limits in pt."""
TICK = 2.5
"""pt that the edges of bins reach below the line at zero where a number stands at them."""
WRITTEN = 16
"""Up to so many bins have their counts written upon them, where there is room; there is no scale then."""


class HistogramDrawing:
    """One chart: bars from zero without gaps, numbers at the edges of bins, marks with their words above."""

    def __init__(self, histogram: Histogram, context: DrawContext, options: AnnotatedOptions = PLAIN) -> None:
        self.histogram, self.context, self.style, self.options = histogram, context, context.style, options
        self.face = Face(self.style.small)
        self.lead = self.face.size * self.style.leading
        self._frame()
        self._draw()

    # Where everything stands

    def _frame(self) -> None:
        histogram, context = self.histogram, self.context
        width, words = context.width, context.words
        bins = histogram.bins
        title = histogram.things or words["values"]
        self.y_title = fonts.wrap(title, width, self.face)
        self.x_title = fonts.wrap(histogram.title, width, self.face)
        height = min(max(SHAPE * width, LOWEST), TALLEST)
        most = max([*bins.counts, *(each.y for each in self.options.annotate if each.y is not None)])
        self.upright = scale_of([0, most], height, 0, zero=True, ticks=max(1, int(height / 36)))
        whole = tuple(tick for tick in self.upright.ticks if float(tick).is_integer())
        self.upright = Scale(self.upright.low, self.upright.high, height, 0, whole)
        self.levels = tick_labels(self.upright, words.locale)
        ends = numbers(bins.edges, words.locale)
        first, last = (min(fonts.width(end, self.face) / 2, width / 6) for end in (ends[0], ends[-1]))
        left = 0.0
        self.level = Scale(bins.edges[0], bins.edges[-1], first, width - last, bins.edges)
        self.written = self._counts_fit()
        if not self.written:
            left = gutter(self.levels, self.face)
            self.level = Scale(bins.edges[0], bins.edges[-1], max(left, first), width - last, bins.edges)
        self.marks = self._place_marks()
        top = 1 + len(self.y_title) * self.lead + 5 + self.marks_height
        if self.written:
            top += self.face.size
        self.plot = Plot(left, top, width, top + height)
        self.upright = Scale(self.upright.low, self.upright.high, top + height, top, whole)
        if self.written:
            self.upright = Scale(0, most, top + height, top)
        summary = f"n\u00a0=\u00a0{number(histogram.values, words.locale)}"
        if histogram.absent:
            absent = number(histogram.absent, words.locale)
            summary += ", " + words.count("without-data", histogram.absent).replace(str(histogram.absent), absent)
        self.foot = fonts.wrap(summary, width, self.face)
        self.height = self.plot.bottom + below_height(self.face) + 2
        self.height += (len(self.x_title) + len(self.foot)) * self.lead + 4

    def _counts_fit(self) -> bool:
        """Whether the count of each bin can stand on its bar, beside the lines of marks.

        Sets ``counts``: (middle, words).
        """
        histogram = self.histogram
        self.counts: list[tuple[float, str]] = []
        if len(histogram.bins.counts) > WRITTEN:
            return False
        edges = [self.level.at(edge) for edge in histogram.bins.edges]
        lines = sorted(self.level.at(value) for value, _ in self._marked_values())
        for index, count in enumerate(histogram.bins.counts):
            words = number(count, self.context.words.locale)
            left, right = edges[index] + 1, edges[index + 1] - 1
            inside = [line for line in lines if left - 2 < line < right + 2]
            starts, ends = [left, *(line + 2.5 for line in inside)], [*(line - 2.5 for line in inside), right]
            room, middle = max((end - start, (start + end) / 2) for start, end in zip(starts, ends, strict=True))
            if room < fonts.width(words, Face(self.face.size, SEMIBOLD)):
                return False
            self.counts.append((middle, words))
        return True

    def _marked_values(self) -> list[tuple[float, str]]:
        """The marked values from the lowest to the highest, with their words, and the beginnings of bands with theirs."""
        histogram, words = self.histogram, self.context.words
        found = [*histogram.marks, *((float(each.from_), each.label) for each in self.options.periods)]
        if histogram.median is not None:
            value = number(round(histogram.median, 12), words.locale)
            found.append((histogram.median, f"{words['median']} {value}"))
        return sorted(found, key=lambda pair: pair[0])

    def _place_marks(self) -> list[tuple[float, list[str], float, float, Face]]:
        """Marked values from left to right: pt across, their lines, left end, top. Sets ``marks_height``."""
        found = self._marked_values()
        self.marks_height = 0.0
        if not found:
            return []
        face = Face(self.style.small, SEMIBOLD)
        room = self.context.width
        share = max((room - 8 * (len(found) - 1)) / len(found), 4 * face.size)
        lines = [fonts.wrap(text, min(share, room), face) for _, text in found]
        widths = [max(fonts.width(line, face) for line in each) + 8 for each in lines]
        places = [self.level.at(value) for value, _ in found]
        tops = [0.0] * len(found)
        if total(widths) <= room + 8:
            centres = spread(places, widths, -4, room + 4)
            self.marks_height = max(map(len, lines)) * self.lead + 5
        else:  # one below the other
            lines = [fonts.wrap(text, room, face) for _, text in found]
            widths = [max(fonts.width(line, face) for line in each) + 8 for each in lines]
            centres = [
                min(max(place, width / 2 - 4), room + 4 - width / 2)
                for place, width in zip(places, widths, strict=True)
            ]
            heights = [len(each) * self.lead + 2 for each in lines]
            tops = [total(heights[:index]) for index in range(len(heights))]
            self.marks_height = total(heights) + 3
        return [
            (place, each, centre - width / 2 + 4, top, face)
            for place, each, centre, width, top in zip(places, lines, centres, widths, tops, strict=True)
        ]

    # Drawing

    def _draw(self) -> None:
        self.canvas = canvas = Canvas(self.context.width, self.height, self.style)
        style, plot = self.style, self.plot
        bands = [(self.level.at(float(each.from_)), self.level.at(float(each.to))) for each in self.options.periods]
        draw_bands(canvas, plot, bands)
        canvas.text_lines(0, 1 + ASCENT * self.face.size, self.y_title, self.face, style.grey)
        if not self.written:
            draw_levels(canvas, plot, self.upright, self.levels, self.face)
        self._draw_bars()
        canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], style.grey, style.rule)
        self._draw_edges()
        self._draw_marks()
        y = plot.bottom + below_height(self.face) + 2 + ASCENT * self.face.size
        canvas.text_lines(self.context.width, y, self.x_title, self.face, style.grey, "end")
        y += len(self.x_title) * self.lead + 2
        canvas.text_lines(0, y, self.foot, self.face, style.grey)
        write_words(canvas, plot, words_of(self.options, lambda x, y: (self.level.at(float(x)), self.upright.at(y))))

    def _draw_bars(self) -> None:
        """Bars that touch, parted by a hairline of paper; counts upon them where they are written."""
        canvas, style, histogram = self.canvas, self.style, self.histogram
        bottom = self.plot.bottom
        edges = [self.level.at(edge) for edge in histogram.bins.edges]
        for index, number_ in enumerate(histogram.bins.counts):
            strong = histogram.strong is None or histogram.strong[index]
            top = self.upright.at(number_)
            if number_:
                colour = style.brand if strong else quiet_colour(style)
                canvas.rectangle(edges[index], top, edges[index + 1], bottom, colour)
            if self.written:
                face = Face(self.face.size, SEMIBOLD if histogram.strong and strong else REGULAR)
                middle, words = self.counts[index]
                canvas.text(middle, top - 2.5, words, face, style.ink if strong else style.grey, "middle")
        for index in range(1, len(edges) - 1):
            lower = min(histogram.bins.counts[index - 1 : index + 1])
            if lower:
                canvas.line([(edges[index], self.upright.at(lower)), (edges[index], bottom)], style.paper, 0.5)

    def _draw_edges(self) -> None:
        edges = self.histogram.bins.edges
        words = numbers(edges, self.context.words.locale)
        every = next((step for step in (1, 2, 4, 5, 10, 20) if self._apart(words, step)), len(edges))
        places = [(self.level.at(edge), word) for edge, word in zip(edges, words, strict=True)][::every]
        for x, _ in places:
            self.canvas.line(
                [(x, self.plot.bottom), (x, self.plot.bottom + TICK)], self.style.grey, self.style.hairline
            )
        draw_below(self.canvas, self.plot, places, self.face)

    def _apart(self, words: list[str], step: int) -> bool:
        """Whether every ``step``-th number can stand at its edge without touching the next."""
        edges = self.histogram.bins.edges
        room = (self.level.end - self.level.start) / (len(edges) - 1) * step
        return max(fonts.width(word, self.face) for word in words[::step]) + self.face.size <= room

    def _draw_marks(self) -> None:
        """Lines down to the base, interrupted by nothing but words."""
        canvas, style = self.canvas, self.style
        head = len(self.y_title) * self.lead + 5
        foot = head + self.marks_height - 4
        widths = [max(fonts.width(line, face) for line in lines) for _, lines, _, _, face in self.marks]
        for (place, lines, left, top, _), width in zip(self.marks, widths, strict=True):
            start = head + top + len(lines) * self.lead
            near = min(max(place, left + 1), left + width - 1)
            way = [(near, start), (place, max(foot, start)), (place, self.plot.bottom)]
            canvas.line(way, style.paper, 1.8)
            canvas.line(way, style.ink, style.rule, (2, 1.5))
        for (_, lines, left, top, face), width in zip(self.marks, widths, strict=True):
            bottom = head + top + len(lines) * self.lead
            canvas.rectangle(left - 1.5, head + top, left + width + 1.5, bottom, style.paper)
            canvas.text_lines(left, head + top + ASCENT * face.size, lines, face, style.ink)
