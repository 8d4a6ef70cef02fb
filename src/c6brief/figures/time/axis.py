"""The foot of a plot along years, dates, numbers or words: which of them are written, and where."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from babel.dates import format_skeleton

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import GAP, Plot
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.numbers import numbers
from c6brief.figures.drawing.scale import Scale, scale_of
from c6brief.figures.rows.tabular import one_line
from c6brief.figures.time.times import Times, moment, place_of
from c6brief.figures.words import FigureWords

AIR = 0.8
"""Between two labels, in sizes of their letters, at least."""
TICK = 2.5
"""pt of the stroke that ties a label to its time."""
WRITTEN = 14
"""Up to so many years are labelled themselves; of more, round ones are."""
LINES = 3
"""Lines of a label in words, as long as the labels can be fewer instead."""

_YEARS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000)

AxisLabel = tuple[float, tuple[str, ...]]
"""A place, as :class:`~c6brief.figures.time.times.Times` has them, and the lines that are written under it."""


@dataclass(frozen=True)
class PlacedAxisLabel:
    """A label in its place: ``x`` of its time, its lines with their left ends, where it begins and ends; in pt."""

    x: float
    lines: tuple[tuple[float, str], ...]
    left: float
    right: float


class TimeAxis:
    """The labels of ``times`` under a plot from ``left`` to ``right``, on a sheet ``width`` pt wide."""

    def __init__(self, times: Times, left: float, right: float, width: float, words: FigureWords, face: Face) -> None:
        self.times, self.width, self.words, self.face = times, width, words, face
        places = list(times.places.values())
        self.scale = Scale(min(places), max(places), left, right)
        self.labels = self._fitting()

    def x(self, name: str) -> float:
        """Where a time stands, in pt."""
        return self.scale.at(self.times.places[name])

    def x_of(self, words: str) -> float:
        """Where a time stands that a chart names, among those drawn or between two of them, in pt."""
        name = one_line(words)
        return self.x(name) if self.times.type == "string" else self.scale.at(place_of(name, self.times.type))

    @property
    def height(self) -> float:
        """The room in pt that the labels need under the plot."""
        lines = max((len(label.lines) for label in self.labels), default=0)
        lead = self.face.size * 1.2
        return GAP + (fonts.ASCENT + fonts.DESCENT) * self.face.size + (lines - 1) * lead if lines else 0.0

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        """The labels at the foot of ``plot``, each with a short stroke at its time."""
        style = canvas.style
        for label in self.labels:
            canvas.line([(label.x, plot.bottom), (label.x, plot.bottom + TICK)], style.grey, style.hairline)
            for row, (left, words) in enumerate(label.lines):
                y = plot.bottom + GAP + (fonts.ASCENT + row * 1.2) * self.face.size
                canvas.text(left, y, words, self.face, style.grey)

    # Which are written

    def _fitting(self) -> list[PlacedAxisLabel]:
        """The most labels of which no two touch; of the sparsest, as many as fit from the left."""
        placed: list[PlacedAxisLabel] = []
        for labels in self._candidates():
            placed = [self._place(label) for label in labels]
            if placed and not self._touching(placed):
                return placed
        kept: list[PlacedAxisLabel] = []
        for label in placed:
            if not self._touching([*kept[-1:], label]):
                kept.append(label)
        return kept

    def _place(self, label: AxisLabel) -> PlacedAxisLabel:
        place, lines = label
        x = self.scale.at(place)
        widest = max(fonts.width(line, self.face) for line in lines)
        middle = min(max(x, widest / 2), max(widest / 2, self.width - widest / 2))
        set_ = tuple((middle - fonts.width(line, self.face) / 2, line) for line in lines)
        return PlacedAxisLabel(x, set_, middle - widest / 2, middle + widest / 2)

    def _touching(self, placed: Sequence[PlacedAxisLabel]) -> bool:
        air = AIR * self.face.size
        return any(two.left - one.right < air for one, two in pairwise(placed))

    def _candidates(self) -> Iterator[list[AxisLabel]]:
        """Labels from the most to the fewest."""
        if self.times.type == "year":
            yield from self._years()
        elif self.times.type == "date":
            yield from self._dates()
        elif self.times.type == "string":
            yield from self._words()
        else:
            for count in (8, 6, 5, 4, 3, 2, 1):
                ticks = scale_of(self.times.places.values(), 0, 1, ticks=count, round_out=False).ticks
                shown = zip(ticks, numbers(ticks, self.words.locale), strict=True)
                yield [(tick, (words,)) for tick, words in shown]

    def _ends(self) -> list[AxisLabel]:
        names = self.times.ordered()
        return [(self.times.places[name], (name,)) for name in (names[0], names[-1])]

    def _years(self) -> Iterator[list[AxisLabel]]:
        names = self.times.ordered()
        if len(names) <= WRITTEN:
            yield [(self.times.places[name], (name,)) for name in names]
            for every in range(2, len(names)):
                yield self._with_the_last([(self.times.places[name], (name,)) for name in names[::every]])
        else:
            yield from self._round_years(math.ceil(self.scale.low), math.floor(self.scale.high))
        yield self._ends()

    def _with_the_last(self, labels: list[AxisLabel]) -> list[AxisLabel]:
        """``labels`` and the last time: in place of the last label where the two would touch."""
        last = self._ends()[1]
        if labels[-1][0] == last[0]:
            return labels
        near = self._touching([self._place(labels[-1]), self._place(last)])
        return [*(labels[:-1] if near and len(labels) > 1 else labels), last]

    def _round_years(self, first: int, last: int) -> Iterator[list[AxisLabel]]:
        for step in _YEARS:
            years = range(-(-first // step) * step, last + 1, step)
            if 2 <= len(years) <= 60:
                yield [(float(year), (str(year),)) for year in years]

    def _dates(self) -> Iterator[list[AxisLabel]]:
        """Days, months or years, the year once below the finer ones."""
        names = self.times.ordered()
        first, last = date.fromisoformat(names[0]), date.fromisoformat(names[-1])
        span = (last - first).days
        if span <= 70:
            for step in (1, 2, 7, 14, 28):
                days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1, step)]
                yield self._date_labels(days, [format_skeleton("MMMd", day, locale=self.words.locale) for day in days])
        if 20 <= span <= 1200:
            months = [divmod(number, 12) for number in range(first.year * 12 + first.month - 1, last.year * 12 + 12)]
            for step in (1, 2, 3, 6):
                shown = [date(year, month + 1, 1) for year, month in months if month % step == 0]
                shown = [day for day in shown if first <= day <= last]
                if len(shown) >= 2:
                    yield self._date_labels(shown, [self.words.month(day.month) for day in shown])
        yield from self._round_years(first.year + (first > date(first.year, 1, 1)), last.year)
        yield self._date_labels(
            [first, last], [format_skeleton("MMMd", day, locale=self.words.locale) for day in (first, last)]
        )

    def _date_labels(self, days: Sequence[date], names: Sequence[str]) -> list[AxisLabel]:
        years = [str(day.year) for day in days]
        new = [not turn or year != years[turn - 1] for turn, year in enumerate(years)]
        shown = zip(days, names, years, new, strict=True)
        return [
            (moment(day.isoformat(), "date"), (name, year) if first else (name,)) for day, name, year, first in shown
        ]

    def _words(self) -> Iterator[list[AxisLabel]]:
        """Every word, every second, third …, broken into lines as wide as the distance between them."""
        names = self.times.ordered()
        apart = (self.scale.end - self.scale.start) / max(1, len(names) - 1)
        for every in range(1, len(names) + 1):
            room = min(max(every * apart - AIR * self.face.size, 4 * self.face.size), self.width / 2)
            labels = [(self.times.places[name], tuple(fonts.wrap(name, room, self.face))) for name in names[::every]]
            whole = all(" " in name or len(lines) == 1 for name, (_, lines) in zip(names[::every], labels, strict=True))
            if whole and all(len(lines) <= LINES for _, lines in labels):
                yield labels
        yield labels[:1]
