"""The plot of lines and areas: a scale of values at the left, times at the foot, labels at the lines' ends.

From top to bottom: the unit, words on their poles, the plot, its times, and the key where signs need one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from c6brief.figures.annotations.drawing import COMPARED, DOTS, draw_bands, draw_upright_line, words_of, write_words
from c6brief.figures.annotations.options import AnnotatedOptions
from c6brief.figures.annotations.poles import Poles
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import Plot, draw_levels, gutter
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.marks import KeyEntry, draw_key, key_height
from c6brief.figures.drawing.numbers import numbers, short_numbers
from c6brief.figures.drawing.scale import Scale, scale_of
from c6brief.figures.drawing.style import SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.rows.series import Point
from c6brief.figures.time.axis import TimeAxis
from c6brief.figures.time.line_ends import LEADER, LineEnd, LineEnds
from c6brief.figures.time.times import Times

LOWEST, HIGHEST = 92.0, 200.0
"""pt: the height of a plot, if its labels do not ask for more."""
NARROWEST = 44.0
"""pt: the width of a plot, whatever the labels beside it."""
SHARES = ((250.0, 0.42), (400.0, 0.3), (10_000.0, 0.25))
"""Up to which width of the sheet the labels at the right take which share of it, at most."""
WORDS = 0.4
"""Of the sheet's width, so much is given to the labels at the right rather than break a word."""
AIR_BELOW = 4.0
"""pt between the times and the key."""

COLUMN = 0.25
"""pt: points this near to each other across are one stroke of the pen, the thinnest of which is 0.4 pt."""


class TimePlot:
    """Everything around the lines of one chart. ``values``: all that the scale must hold."""

    def __init__(
        self,
        context: DrawContext,
        times: Times,
        values: Iterable[float | None],
        *,
        zero: bool = False,
        log: bool = False,
        annotated: AnnotatedOptions,
    ) -> None:
        self.context, self.times, self.style, self.annotated = context, times, context.style, annotated
        self.height = min(HIGHEST, max(LOWEST, 62 + 0.3 * context.width))
        held = [*values, *annotated.heights, *(context.extent or ())]
        self._fine = scale_of(held, 0, 1, zero=zero, log=log)
        self._scale = self._fine if self.height > 120 else scale_of(held, 0, 1, zero=zero, log=log, ticks=3)
        ticks, locale = self._scale.ticks, context.words.locale
        # Ticks of equal ratios span many sizes: each with the decimals that it needs itself.
        self.level_labels = [numbers([tick], locale)[0] for tick in ticks] if log else numbers(ticks, locale)
        self.face = Face(self.style.small)

    def short(self, values: Sequence[float]) -> list[str]:
        """``values`` as they are written beside this scale, in the same way on a sheet of any width."""
        step = min((after - before for before, after in pairwise(self._fine.ticks)), default=0.0)
        return short_numbers(values, step, self.context.words.locale)

    def lay(
        self,
        ends: Sequence[LineEnd],
        tips: Sequence[float],
        *,
        unit: str = "",
        key: Sequence[KeyEntry] = (),
    ) -> Canvas:
        """A sheet with room for all of this; ``tips``: the values at which the lines with these ``ends`` end.

        Sets ``plot``, ``scale``, ``axis``.
        """
        context, style = self.context, self.style
        width = context.width
        share = next(share for most, share in SHARES if width <= most)
        left = gutter(self.level_labels, self.face)
        limit = max(24.0, min(share * width, width - left - NARROWEST - LEADER))
        words = max((fonts.longest_word_width(end.name, Face(style.label, SEMIBOLD)) for end in ends), default=0.0)
        limit = max(limit, min(words + 0.1, WORDS * width))
        self.ends = LineEnds(ends, limit, style.label)
        if self.ends.height > 1.6 * self.height:
            self.ends = LineEnds(ends, limit, style.tiny)
        tall = max(self.height, self.ends.height)
        lines = fonts.wrap(unit, width, self.face) if fonts.tidy(unit) else []
        head = len(lines) * style.small * style.leading + (4.0 if lines else 0.0)

        periods = self.annotated.bands("x")
        above = [*self.annotated.on_poles, *((period.from_, period.label) for period in periods)]
        self.crowded = bool(above)
        level = replace(self._scale, start=tall, end=0.0)
        reach = self.ends.reach([level.at(tip) for tip in tips], *self._bounds(0.0, tall)) if ends else 0.0
        beside = self.ends.width + reach if ends else 4.0
        if above:
            beside = max(beside, 3.2 * style.small + 4.0)
        right = width - beside
        self.axis = TimeAxis(self.times, left, right, width, context.words, self.face)
        self.poles = Poles([(self.axis.x_of(x), words) for x, words in above], width, self.face)
        self.crowded = self.poles.right > right
        top = head + max(self.poles.height, style.small * 0.55)
        self.plot = Plot(left, top, right, top + tall)
        self.scale: Scale = replace(self._scale, start=self.plot.bottom, end=self.plot.top)
        foot = self.plot.bottom + self.axis.height
        keys = key_height(key, width, self.face) + AIR_BELOW if key else 0.0

        canvas = Canvas(width, foot + keys + 1.0, style)
        canvas.text_lines(0, fonts.ASCENT * style.small + 0.5, lines, self.face, style.grey)
        draw_key(canvas, left, foot + AIR_BELOW, width - left, key, self.face)
        return canvas

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point that has a value stands, in pt."""
        return self.axis.x(point.x), self.scale.at(float(point.value or 0))

    def draw_behind(self, canvas: Canvas) -> None:
        """The bands, the levels, the times and the words on poles: what lies under the lines."""
        style, plot = self.style, self.plot
        level, upright = self.annotated.bands("x"), self.annotated.bands("y")
        draw_bands(
            canvas,
            plot,
            [(self.axis.x_of(each.from_), self.axis.x_of(each.to)) for each in level],
            [(self.scale.at(float(each.from_)), self.scale.at(float(each.to))) for each in upright],
        )
        draw_levels(canvas, plot, self.scale, self.level_labels, self.face)
        if not self.scale.ticks or abs(self.scale.at(self.scale.ticks[0]) - plot.bottom) > 0.5:
            canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], style.hair, style.hairline)
        self.axis.draw(canvas, plot)
        self.poles.draw(canvas, plot)

    @property
    def compared(self) -> list[tuple[float, str]]:
        """What is named at the right beside the lines: values to compare with, and bands along the scale, at their middle."""
        found = [(reference.value, reference.label) for reference in self.annotated.references]
        for band in self.annotated.bands("y"):
            low, high = float(band.from_), float(band.to)
            found.append(((low * high) ** 0.5 if self._scale.log else low / 2 + high / 2, band.label))
        return found

    def draw_references(self, canvas: Canvas) -> None:
        """Lines at the values to compare with."""
        for reference in self.annotated.references:
            y = self.scale.at(reference.value)
            canvas.line([(self.plot.left, y), (self.plot.right, y)], self.style.grey, COMPARED, DOTS)

    def draw_over(self, canvas: Canvas) -> None:
        """Poles and the ends of bands again, over areas that hide them."""
        ends = [self.axis.x_of(each.to) for each in self.annotated.bands("x")]
        for x in sorted({*ends, *(pole.x for pole in self.poles.poles)}):
            draw_upright_line(canvas, x, self.plot.top, self.plot.bottom)

    def write_words(self, canvas: Canvas, soft: Collection[str] = ()) -> None:
        """The words on the plot, when all else is drawn; ``soft`` as of :func:`write_words`."""
        words = words_of(self.annotated, lambda x, y: (self.axis.x_of(x), self.scale.at(y)))
        write_words(canvas, self.plot, words, soft)

    def draw_ends(self, canvas: Canvas, tips: Sequence[tuple[float, float]]) -> None:
        """The labels of lines that end at ``tips`` (pt)."""
        self.ends.draw(canvas, tips, self.plot.right, *self._bounds(self.plot.top, self.plot.bottom))

    def _bounds(self, top: float, bottom: float) -> tuple[float, float]:
        """From where to where labels may stand: a little beyond the plot, but not among annotations."""
        half = self.style.label * 0.55
        return top - (0.0 if self.crowded else half), bottom + half


def thin_line(points: np.ndarray) -> np.ndarray:
    """Of ``points`` (x, y, from left to right), in each column the first, the last, the highest and the lowest.

    They bound the stroke that all points of the column make together. Short lines come back whole.
    """
    if len(points) <= 4:
        return points
    columns = np.floor(points[:, 0] / COLUMN).astype(int)
    starts = np.flatnonzero(np.diff(columns, prepend=columns[0] - 1))
    if len(points) <= 4 * len(starts):
        return points
    kept: set[int] = set()
    for start, end in zip(starts, [*starts[1:], len(points)], strict=True):
        heights = points[start:end, 1]
        kept |= {int(start), int(end) - 1, int(start + heights.argmin()), int(start + heights.argmax())}
    return points[sorted(kept)]
