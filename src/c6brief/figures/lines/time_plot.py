"""The sheet of lines and areas: a scale of values at the left, times at the foot, labels at the lines' ends.

From top to bottom: the unit, annotations on their poles, the plot, its times, and the key where signs need one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from c6brief.figures import fonts
from c6brief.figures.axes import Plot, draw_levels, gutter
from c6brief.figures.canvas import Canvas
from c6brief.figures.fonts import Face
from c6brief.figures.kind import DrawContext
from c6brief.figures.lines.flags import Flags
from c6brief.figures.lines.line_ends import LEADER, LineEnd, LineEnds
from c6brief.figures.lines.time_axis import TimeAxis
from c6brief.figures.lines.times import Times
from c6brief.figures.marks import KeyEntry, draw_key, key_height
from c6brief.figures.numbers import numbers, short_numbers
from c6brief.figures.scale import Scale, scale_of
from c6brief.figures.style import SEMIBOLD

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


class TimePlot:
    """Everything around the lines of one chart. ``values``: all that the scale must hold."""

    def __init__(
        self,
        setting: DrawContext,
        times: Times,
        values: Iterable[float | None],
        *,
        zero: bool = False,
        log: bool = False,
    ) -> None:
        self.setting, self.times, self.style = setting, times, setting.style
        self.height = min(HIGHEST, max(LOWEST, 62 + 0.3 * setting.width))
        held = [*values, *(setting.extent or ())]
        self._fine = scale_of(held, 0, 1, zero=zero, log=log)
        self._scale = self._fine if self.height > 120 else scale_of(held, 0, 1, zero=zero, log=log, ticks=3)
        ticks, locale = self._scale.ticks, setting.words.locale
        # Ticks of equal ratios span many sizes: each with the decimals that it needs itself.
        self.level_labels = [numbers([tick], locale)[0] for tick in ticks] if log else numbers(ticks, locale)
        self.face = Face(self.style.small)

    def short(self, values: Sequence[float]) -> list[str]:
        """``values`` as they are written beside this scale, in the same way on a sheet of any width."""
        step = min((after - before for before, after in pairwise(self._fine.ticks)), default=0.0)
        return short_numbers(values, step, self.setting.words.locale)

    def lay(
        self,
        ends: Sequence[LineEnd],
        tips: Sequence[float],
        *,
        unit: str = "",
        flags: Sequence[tuple[str | float, str]] = (),
        key: Sequence[KeyEntry] = (),
    ) -> Canvas:
        """A sheet with room for all of this; ``tips``: the values at which the lines with these ``ends`` end.

        Sets ``plot``, ``scale``, ``axis``.
        """
        setting, style = self.setting, self.style
        width = setting.width
        share = next(share for most, share in SHARES if width <= most)
        left = gutter(self.level_labels, self.face)
        limit = max(24.0, min(share * width, width - left - NARROWEST - LEADER))
        words = max((fonts.longest_word(end.name, Face(style.label, SEMIBOLD)) for end in ends), default=0.0)
        limit = max(limit, min(words + 0.1, WORDS * width))
        self.ends = LineEnds(ends, limit, style.label)
        if self.ends.height > 1.6 * self.height:
            self.ends = LineEnds(ends, limit, style.tiny)
        tall = max(self.height, self.ends.height)
        lines = fonts.wrap(unit, width, self.face) if fonts.tidy(unit) else []
        head = len(lines) * style.small * style.leading + (4.0 if lines else 0.0)

        self.flagged = bool(flags)
        level = replace(self._scale, start=tall, end=0.0)
        reach = self.ends.reach([level.at(tip) for tip in tips], *self._bounds(0.0, tall)) if ends else 0.0
        beside = self.ends.width + reach if ends else 4.0
        if flags:
            beside = max(beside, 3.2 * style.small + 4.0)
        right = width - beside
        self.axis = TimeAxis(self.times, left, right, width, setting.words, self.face)
        places = [(self.axis.scale.at(self.times.places.get(x, x)), words) for x, words in flags]
        self.flags = Flags(places, width, self.face)
        self.flagged = self.flags.right > right
        top = head + max(self.flags.height, style.small * 0.55)
        self.plot = Plot(left, top, right, top + tall)
        self.scale: Scale = replace(self._scale, start=self.plot.bottom, end=self.plot.top)
        foot = self.plot.bottom + self.axis.height
        keys = key_height(key, width, self.face) + AIR_BELOW if key else 0.0

        canvas = Canvas(width, foot + keys + 1.0, style)
        for row, line in enumerate(lines):
            y = fonts.ASCENT * style.small + row * style.small * style.leading + 0.5
            canvas.text(0, y, line, self.face, style.grey)
        draw_key(canvas, left, foot + AIR_BELOW, width - left, key, self.face)
        return canvas

    def draw_behind(self, canvas: Canvas) -> None:
        """The levels, the times and the annotations: what lies under the lines."""
        style, plot = self.style, self.plot
        draw_levels(canvas, plot, self.scale, self.level_labels, self.face)
        if not self.scale.ticks or abs(self.scale.at(self.scale.ticks[0]) - plot.bottom) > 0.5:
            canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], style.hair, style.hairline)
        self.axis.draw(canvas, plot)
        self.flags.draw(canvas, plot)

    def draw_ends(self, canvas: Canvas, tips: Sequence[tuple[float, float]]) -> None:
        """The labels of lines that end at ``tips`` (pt)."""
        self.ends.draw(canvas, tips, self.plot.right, *self._bounds(self.plot.top, self.plot.bottom))

    def _bounds(self, top: float, bottom: float) -> tuple[float, float]:
        """From where to where labels may stand: a little beyond the plot, but not among annotations."""
        half = self.style.label * 0.55
        return top - (0.0 if self.flagged else half), bottom + half
