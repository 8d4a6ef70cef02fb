"""Drawing an area chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from babel.numbers import format_percent

from c6brief.documents.colours import mix
from c6brief.evidence.table_models import Table
from c6brief.figures.area.band_names import Band, places_in
from c6brief.figures.area.options import AreaOptions
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import MIDDLE, Face
from c6brief.figures.drawing.marks import KeyEntry
from c6brief.figures.drawing.numbers import percent
from c6brief.figures.drawing.palette import quiet_colour, text_colour_on, tones
from c6brief.figures.drawing.style import SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.rows.series import Point, series_of, unit_of
from c6brief.figures.time.line_ends import LineEnd
from c6brief.figures.time.plot import TimePlot, thin_line
from c6brief.figures.time.times import points_along, runs, times_of

SEAM = 0.8
"""pt of paper between two bands."""
EDGE = 1.6
"""pt of the line upon a single area."""
STROKES = 3.0
"""pt between the strokes over what is uncertain."""
AIR, INSET = 2.0, 4.0
"""pt between a name and the edges of its band, above and below, and at its sides."""
DOT = 1.9
"""Radius in pt of the last point of a single area."""


class AreaDrawing:
    """One chart: one area, or bands with the first part at the bottom; names inside them where they fit."""

    def __init__(self, options: AreaOptions, table: Table, context: DrawContext, *, share: bool) -> None:
        self.context, self.style, self.share, self.options = context, context.style, share, options
        self.series = series_of(options, table)
        self.times = times_of(options, table)
        self.points = [points_along(series, self.times) for series in self.series]
        self.unit = "%" if share else unit_of(options, table)
        self.face = Face(self.style.label, SEMIBOLD)
        doubtful = any(point.uncertain for points in self.points for point in points if point.value is not None)
        self.key: list[KeyEntry] = [(self._key_sign, 16.0, context.words["uncertain"])] if doubtful else []
        if len(self.series) > 1:
            self._stack()
        else:
            self._single()

    # Parts of a whole

    def _stack(self) -> None:
        amounts = np.array([[float(point.value or 0) for point in points] for points in self.points])
        if self.share:
            amounts = 100 * (amounts / amounts.max()) / (amounts / amounts.max()).sum(axis=0)
        self.edges = np.vstack([np.zeros(amounts.shape[1]), amounts.cumsum(axis=0)])
        if self.share:
            self.edges[-1] = 100  # rather than 99.99999999999999
        self.at = TimePlot(self.context, self.times, self.edges[-1].tolist(), zero=True, annotated=self.options)
        self.colours = self._colours()
        compared = [value for value, _ in self.at.compared]
        last = amounts[:, -1].tolist() + compared
        self.numbers = [self._percent(value) for value in last] if self.share else self.at.short(last)
        tips = (self.edges[:-1, -1] / 2 + self.edges[1:, -1] / 2).tolist() + compared
        inside = self._lay_out(tips)
        self.at.draw_behind(self.canvas)
        for row in range(len(self.series)):
            self._band(row)
        for row, (left, middle) in inside.items():
            colour, halo = self.colours[row], self.colours[row] if self.key else None
            y = middle + MIDDLE * self.face.size
            name = self.series[row].name
            self.canvas.text(left + INSET, y, name, self.face, text_colour_on(colour, self.style), halo=halo)
        self.at.draw_ends(self.canvas, [(self.at.plot.right, self.at.scale.at(tip)) for tip in tips])
        self.at.draw_over(self.canvas)
        self.at.draw_references(self.canvas)
        self.at.write_words(self.canvas, soft=self.colours)

    def _lay_out(self, tips: list[float]) -> dict[int, tuple[float, float]]:
        """The sheet with as many names inside their bands as fit: where each of these stands."""
        every = range(len(self.series))
        outside = set(every)
        self._lay(outside, tips)
        outside -= set(self._names_that_fit(every))
        while True:  # names inside leave the plot more width; where it gets lower, some no longer fit
            self._lay(outside, tips)
            inside = self._names_that_fit(row for row in every if row not in outside)
            if len(inside) + len(outside) == len(self.series):
                return inside
            outside = {row for row in every if row not in inside}

    def _lay(self, outside: set[int], tips: list[float]) -> None:
        ends = []
        for row, (series, number) in enumerate(zip(self.series, self.numbers, strict=False)):
            name = series.name if row in outside else ""
            ends.append(LineEnd(name, number, series.strong or not self._is_marked(), self.style.ink))
        ends += self._compared(self.numbers[len(self.series) :])
        self.canvas = self.at.lay(ends, tips, unit=self.unit, key=self.key)

    def _compared(self, numbers: Sequence[str]) -> list[LineEnd]:
        """What is named beside the areas: values to compare with, their ``numbers``, and bands, which have none."""
        several = len(self.options.references)
        pairs = zip(self.at.compared, [*numbers[:several], *[""] * len(numbers[several:])], strict=True)
        return [LineEnd(label, number, False, self.style.grey) for (_, label), number in pairs]

    def _names_that_fit(self, rows: Iterable[int]) -> dict[int, tuple[float, float]]:
        xs = self._xs()
        bands = {}
        for row in rows:
            width = fonts.width(fonts.tidy(self.series[row].name), self.face) + 2 * INSET
            bands[row] = Band(xs, self._ys(self.edges[row + 1]), self._ys(self.edges[row]), width)
        return places_in(bands, self.face.size * 0.95 + 2 * AIR)

    def _is_marked(self) -> bool:
        return any(series.strong for series in self.series)

    def _colours(self) -> list[str]:
        """From dark at the bottom to light; where some are highlighted, the others in two greys by turns."""
        if not self._is_marked():
            return tones(len(self.series), self.style)
        greys = (quiet_colour(self.style), mix(self.style.grey, self.style.paper, 0.26))
        return [self.style.brand if part.strong else greys[row % 2] for row, part in enumerate(self.series)]

    def _percent(self, value: float) -> str:
        rounded = round(value) if value >= 10 else round(value, 1)
        locale = self.context.words.locale
        if rounded == 100 and value < 100:
            return f">{percent(99, locale)}"
        if not rounded and value:
            return f"<{format_percent(0.001, locale=locale, decimal_quantization=False)}"
        return format_percent(round(rounded / 100, 4), locale=self.context.words.locale, decimal_quantization=False)

    def _xs(self) -> np.ndarray:
        return np.array([self.at.axis.x(name) for name in self.times.ordered()])

    def _ys(self, values: np.ndarray) -> np.ndarray:
        return np.array([self.at.scale.at(value) for value in values.tolist()])

    def _band(self, row: int) -> None:
        xs = self._xs()
        upper, lower = self._ys(self.edges[row + 1]), self._ys(self.edges[row])
        top, bottom = (thin_line(np.column_stack([xs, ys])) for ys in (upper, lower))
        self.canvas.shape([*map(tuple, top), *map(tuple, bottom[::-1])], self.colours[row])
        if row:
            self.canvas.line(bottom, self.style.paper, SEAM)
        self._strokes(self.points[row], xs, upper, lower)

    # One amount

    def _single(self) -> None:
        [points] = self.points
        known = [point for point in points if point.value is not None]
        self.at = TimePlot(
            self.context, self.times, [float(point.value or 0) for point in known], zero=True, annotated=self.options
        )
        last = known[-1]
        compared = [value for value, _ in self.at.compared]
        number, *numbers = self.at.short([float(last.value or 0), *compared])
        whole = last.x == self.times.ordered()[-1] or self.times.type == "date"
        end = LineEnd("", number if whole else f"{number} ({last.x})", True, self.style.ink)
        tips = [float(last.value or 0), *compared]
        self.canvas = self.at.lay([end, *self._compared(numbers)], tips, unit=self.unit, key=self.key)
        self.at.draw_behind(self.canvas)
        for stretch in runs(points):
            self._amount(stretch)
        x, y = self.at.place(last)
        self.canvas.capsule(x, x, y, DOT, self.style.brand)
        self.at.draw_over(self.canvas)
        self.at.draw_references(self.canvas)
        right = [(self.at.plot.right, self.at.scale.at(value)) for value in compared]
        self.at.draw_ends(self.canvas, [(x, y), *right])
        self.at.write_words(self.canvas, soft=[self._fill])

    @property
    def _fill(self) -> str:
        return mix(self.style.brand, self.style.paper, 0.34)

    def _amount(self, points: list[Point]) -> None:
        """A stretch without gaps, from zero; a point without neighbours as an upright stroke with a dot."""
        style, zero = self.style, self.at.scale.at(0)
        places = np.array([self.at.place(point) for point in points])
        if len(points) == 1:
            x, y = places[0]
            self.canvas.line([(x, zero), (x, y)], style.brand, style.rule)
            self.canvas.capsule(x, x, y, DOT, style.brand)
            return
        top = thin_line(places)
        self.canvas.shape([*map(tuple, top), (top[-1][0], zero), (top[0][0], zero)], self._fill)
        self._strokes(points, places[:, 0], places[:, 1], np.full(len(places), zero))
        self.canvas.line(top, style.brand, EDGE)

    # What is uncertain

    def _strokes(self, points: Sequence[Point], xs: np.ndarray, upper: np.ndarray, lower: np.ndarray) -> None:
        """Upright strokes of paper over the times that are uncertain, half way to their neighbours."""
        doubtful = np.array([point.uncertain for point in points])
        if not doubtful.any():
            return
        places = np.arange(np.ceil(xs[0] / STROKES), xs[-1] / STROKES) * STROKES
        borders = (xs[:-1] + xs[1:]) / 2
        places = places[doubtful[np.searchsorted(borders, places)]]
        tops, bottoms = np.interp(places, xs, upper), np.interp(places, xs, lower)
        lines = [np.array([(x, y), (x, end)]) for x, y, end in zip(places, tops, bottoms, strict=True)]
        self.canvas.lines(lines, self.style.paper, 0.9)

    def _key_sign(self, canvas: Canvas, left: float, y: float) -> None:
        colour = mix(self.style.brand, self.style.paper, 0.6)
        canvas.rectangle(left, y - 3.2, left + 16.0, y + 3.2, colour)
        strokes = [np.array([(left + step, y - 3.2), (left + step, y + 3.2)]) for step in (2.0, 5.0, 8.0, 11.0, 14.0)]
        canvas.lines(strokes, canvas.style.paper, 0.9)
