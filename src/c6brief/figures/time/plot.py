"""The plot of lines and areas: a scale of values at the left, times at the foot, labels at the lines' ends.

From top to bottom: the unit, annotations on their poles, the plot, its times, and the key where signs need one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import Plot, draw_levels, gutter
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.marks import KeyEntry, draw_key, key_height
from c6brief.figures.drawing.numbers import numbers, short_numbers
from c6brief.figures.drawing.palette import quiet_colour
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

_REACH, _WIDEST, _AIR = 2.8, 112.0, 2.0
"""pt of annotations: from a pole to its words, of words that are not broken, between two of them."""


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
    ) -> None:
        self.context, self.times, self.style = context, times, context.style
        self.height = min(HIGHEST, max(LOWEST, 62 + 0.3 * context.width))
        held = [*values, *(context.extent or ())]
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
        annotations: Sequence[tuple[str | float, str]] = (),
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

        self.crowded = bool(annotations)
        level = replace(self._scale, start=tall, end=0.0)
        reach = self.ends.reach([level.at(tip) for tip in tips], *self._bounds(0.0, tall)) if ends else 0.0
        beside = self.ends.width + reach if ends else 4.0
        if annotations:
            beside = max(beside, 3.2 * style.small + 4.0)
        right = width - beside
        self.axis = TimeAxis(self.times, left, right, width, context.words, self.face)
        moments = [(self.times.places[x] if isinstance(x, str) else x, words) for x, words in annotations]
        places = [(self.axis.scale.at(moment), words) for moment, words in moments]
        self.annotations = Annotations(places, width, self.face)
        self.crowded = self.annotations.right > right
        top = head + max(self.annotations.height, style.small * 0.55)
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
        """The levels, the times and the annotations: what lies under the lines."""
        style, plot = self.style, self.plot
        draw_levels(canvas, plot, self.scale, self.level_labels, self.face)
        if not self.scale.ticks or abs(self.scale.at(self.scale.ticks[0]) - plot.bottom) > 0.5:
            canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], style.hair, style.hairline)
        self.axis.draw(canvas, plot)
        self.annotations.draw(canvas, plot)

    def draw_ends(self, canvas: Canvas, tips: Sequence[tuple[float, float]]) -> None:
        """The labels of lines that end at ``tips`` (pt)."""
        self.ends.draw(canvas, tips, self.plot.right, *self._bounds(self.plot.top, self.plot.bottom))

    def _bounds(self, top: float, bottom: float) -> tuple[float, float]:
        """From where to where labels may stand: a little beyond the plot, but not among annotations."""
        half = self.style.label * 0.55
        return top - (0.0 if self.crowded else half), bottom + half


class Annotations:
    """Words above a plot, each to the right of a pole at its moment, and above all poles that it would hide.

    ``moments``: where each pole stands, in pt, and its words. ``width``: that of the sheet. ``height`` is the room that
    they need above the plot, ``right`` where their words end, in pt.
    """

    def __init__(self, moments: Sequence[tuple[float, str]], width: float, face: Face) -> None:
        self.face = face
        self.lead = face.size * 1.18
        self.poles: list[tuple[float, list[str], float]] = []  # pole, lines, pt from the plot to the lowest line's foot
        tops: list[tuple[float, float]] = []
        for x, words in sorted(moments, key=lambda moment: -moment[0]):
            limit = max(3 * face.size, min(_WIDEST, width - x - _REACH))
            lines = fonts.wrap(words, limit, face)
            end = x + _REACH + max(fonts.width(line, face) for line in lines) + 2 * _AIR
            foot = max((top for pole, top in tops if pole < end), default=0.0)
            tops.append((x, foot + len(lines) * self.lead + _AIR))
            self.poles.append((x, lines, foot))
        ends = (x + _REACH + fonts.width(line, face) for x, lines, _ in self.poles for line in lines)
        self.right = max(ends, default=0.0)
        self.height = max((top for _, top in tops), default=0.0) + (3.0 if tops else 0.0)

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        """The poles through ``plot`` and the words above it."""
        style = canvas.style
        for x, lines, foot in self.poles:
            below = plot.top - 3.0 - foot
            top = below - len(lines) * self.lead
            canvas.line([(x, top + 1.0), (x, plot.bottom)], quiet_colour(style), style.rule)
            canvas.text_lines(
                x + _REACH, top + fonts.ASCENT * self.face.size + 0.6, lines, self.face, style.grey, lead=self.lead
            )


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
