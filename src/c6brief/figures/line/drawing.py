"""Drawing a line chart."""

from __future__ import annotations

from itertools import pairwise, zip_longest

import numpy as np

from c6brief.documents.colours import AA
from c6brief.documents.contrast import with_contrast
from c6brief.evidence.table_models import Table
from c6brief.figures.drawing.marks import DASHES, uncertain_line_key
from c6brief.figures.drawing.palette import SeriesStyle, quiet_colour, series_styles
from c6brief.figures.kinds import DrawContext
from c6brief.figures.line.options import LineOptions
from c6brief.figures.rows.series import Point, Series, series_of, unit_of
from c6brief.figures.time.line_ends import LineEnd
from c6brief.figures.time.plot import TimePlot, thin_line
from c6brief.figures.time.times import points_along, runs, times_of

STRONG, PLAIN, QUIET = 1.8, 1.5, 0.9
"""Widths in pt: of one line or those highlighted, of lines of equal rank, of what stays behind."""
DOT = 1.9
"""Radius in pt of a line's last point, and of a point without neighbours."""
CLOSE = 7.0
"""pt: points closer than this, on average, have no dot each."""


class LineDrawing:
    """One chart: lines from the back to the front, their names and last values at their ends."""

    def __init__(self, options: LineOptions, table: Table, context: DrawContext) -> None:
        self.style = context.style
        self.series = series_of(options, table)
        self.times = times_of(options, table)
        self.points = [points_along(series, self.times) for series in self.series]
        self.doubtful = any(point.uncertain for points in self.points for point in points if point.value is not None)
        self.marked = any(series.strong for series in self.series)
        self.styles = self._series_styles()

        values = [point.value for points in self.points for point in points]
        self.at = TimePlot(context, self.times, values, zero=options.zero, log=options.log, annotated=options)
        self.last = [next(point for point in reversed(points) if point.value is not None) for points in self.points]
        compared = [value for value, _ in self.at.compared]
        tips = [float(point.value or 0) for point in self.last] + compared
        key = [uncertain_line_key(context.words["uncertain"], self.style, PLAIN, DOT)] if self.doubtful else []
        self.canvas = self.at.lay(self._ends(tips), tips, unit=unit_of(options, table), key=key)
        self.at.draw_behind(self.canvas)
        self.at.draw_references(self.canvas)
        self._lines()
        right = [(self.at.plot.right, self.at.scale.at(value)) for value in compared]
        self.at.draw_ends(self.canvas, [self.at.place(point) for point in self.last] + right)
        self.at.write_words(self.canvas)

    # How each line looks and is named

    def _series_styles(self) -> list[SeriesStyle]:
        found = series_styles(sum(series.strong or not self.marked for series in self.series), self.style)
        if self.doubtful:  # dashes say so: then no two lines may differ by theirs
            found = [SeriesStyle(each.colour, None, each.hatch, each.shape) for each in found]
        grey = SeriesStyle(quiet_colour(self.style))
        own = iter(found)
        return [next(own) if series.strong or not self.marked else grey for series in self.series]

    def _width(self, series: Series) -> float:
        if self.marked:
            return STRONG if series.strong else QUIET
        return STRONG if len(self.series) == 1 else PLAIN

    def _ends(self, tips: list[float]) -> list[LineEnd]:
        compared, several = self.at.compared, len(self.series)
        numbers = self.at.short(tips[: several + len(self.at.annotated.references)])
        final = self.times.ordered()[-1]
        ends = []
        for series, style, point, number in zip(self.series, self.styles, self.last, numbers, strict=False):
            name = series.name if several > 1 or compared else ""
            value = number if point.x == final or self.times.type == "date" else f"{number} ({point.x})"
            behind = self.marked and not series.strong
            colour = self.style.grey if behind else with_contrast(style.colour, self.style.paper, AA)
            ends.append(LineEnd(name, value, not behind, colour))
        beside = zip_longest((label for _, label in compared), numbers[several:], fillvalue="")
        return ends + [LineEnd(label, number, False, self.style.grey) for label, number in beside]

    # Drawing

    def _lines(self) -> None:
        """What stays behind first; the first of those in front last."""
        order = sorted(
            range(len(self.series)), key=lambda row: (self.styles[row].colour != quiet_colour(self.style), -row)
        )
        for row in order:
            width, style = self._width(self.series[row]), self.styles[row]
            stretches = runs(self.points[row])
            spaced = self.at.plot.width / max(1, sum(map(len, stretches))) >= CLOSE
            for stretch in stretches:
                self._stretch(stretch, style, width)
            for stretch in stretches:
                for point in stretch:
                    if point.uncertain and (spaced or len(stretch) == 1):
                        self._open_dot(point, style.colour)
                    elif len(stretch) == 1 or (point == self.last[row] and width > QUIET):
                        x, y = self.at.place(point)
                        self.canvas.capsule(x, x, y, DOT if width > QUIET else 1.3, style.colour)

    def _stretch(self, points: list[Point], style: SeriesStyle, width: float) -> None:
        """A stretch without gaps, as one line for each part that is certain or uncertain throughout."""
        part: list[Point] = points[:1]
        doubtful = False
        for one, two in pairwise(points):
            if len(part) > 1 and (one.uncertain or two.uncertain) != doubtful:
                self._line(part, style, width, doubtful)
                part = [one]
            doubtful = one.uncertain or two.uncertain
            part.append(two)
        if len(part) > 1:
            self._line(part, style, width, doubtful)

    def _line(self, points: list[Point], style: SeriesStyle, width: float, doubtful: bool) -> None:
        places = thin_line(np.array([self.at.place(point) for point in points]))
        self.canvas.line(places, style.colour, width, DASHES if doubtful else style.dashes)

    def _open_dot(self, point: Point, colour: str) -> None:
        x, y = self.at.place(point)
        self.canvas.capsule(x, x, y, DOT, self.style.paper, colour, 1.0)
