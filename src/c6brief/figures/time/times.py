"""Where values stand along a plot: at years, dates, numbers, or at words in their order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from c6brief.documents.entries import Entry
from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.models import Table
from c6brief.figures.checks import At, BadValues
from c6brief.figures.rows.series import Point, Series, SeriesOptions, columns_of, series_of, x_names
from c6brief.figures.rows.tabular import finite, names_in, one_line

ALONG = ("year", "date", "integer", "number", "string")
"""Types of field that a line can run along."""

MOST_POINTS = 10_000
"""Values that one chart draws, at most."""

GRID = ("year", "string")
"""Types whose times are the same for all series: a time that a series lacks is missing. Dates may be its own."""


@dataclass(frozen=True)
class Times:
    """The times or categories of a chart by name, each with its place: years, numbers, or the number of its turn."""

    type: str
    places: dict[str, float]

    def ordered(self) -> list[str]:
        """The names from the first to the last."""
        return sorted(self.places, key=self.places.__getitem__)


def moment(words: str, type_: str) -> float:
    """A time of a field of ``type_`` year or date as years: 2024.5 for the middle of 2024. Raises ``ValueError``."""
    if type_ == "year":
        return float(words)
    day = date.fromisoformat(words)
    start, end = date(day.year, 1, 1).toordinal(), date(day.year + 1, 1, 1).toordinal() if day.year < 9999 else 0
    length = (end - start) if end else 365
    return day.year + (day.toordinal() - start) / length


def place_of(words: str, type_: str) -> float:
    """The place of a year, date or number. Raises ``ValueError`` where ``words`` are none."""
    place = float(words) if type_ in ("integer", "number") else moment(words, type_)
    if not math.isfinite(place):
        raise ValueError(f"{words} is no number that can be drawn")
    return place


def times_of(options: SeriesOptions, table: Table) -> Times:
    """The times of a checked chart. Words stand one step from each other, in the order of the rows."""
    type_ = table.fields[columns_of(options, table).x].type
    names = x_names(options, table)
    if type_ == "string":
        return Times(type_, {name: float(turn) for turn, name in enumerate(names)})
    return Times(type_, {name: place_of(name, type_) for name in names})


def check_times(options: SeriesOptions, table: Table, least: int, problems: Problems) -> bool:
    """Whether every x is a year, date or number of its own, and there are ``least`` of them. Problem: ``bad-value``."""
    column = columns_of(options, table).x
    type_ = table.fields[column].type
    if not finite(table, [column], problems):
        return False
    bad = BadValues(problems)
    written: dict[float, str] = {}
    for row, words in enumerate(names_in(table, column)):
        try:
            place = 0.0 if type_ == "string" else place_of(words, type_)
        except (ValueError, OverflowError):
            hint = "as in 2026-03-02" if type_ == "date" else ""
            article = "a" if type_ != "integer" else "an"
            bad.add(f"x: '{words}' is not {article} {type_}", table.cell_place(row, column), hint)
            continue
        if type_ != "string" and written.setdefault(place, words) != words:
            message = f"x: '{words}' is the same as '{written[place]}'"
            bad.add(message, table.cell_place(row, column), "write it in one way")
    if not bad.count and len(x_names(options, table)) < least:
        message = f"x: a {options.kind} needs {least} times at least"
        bad.add(message, options.place("x"), f"'{options.x}' has one: a bar shows it better")
    return not bad.count


def check_lines(options: SeriesOptions, table: Table, problems: Problems) -> bool:
    """Whether every series has two values, and all have not too many. Problem: ``bad-value``."""
    columns = columns_of(options, table)
    count = len(table.rows or ()) * len(columns.y)
    if count > MOST_POINTS:
        message = f"too many points; at most {MOST_POINTS:,}"
        problems.error("bad-value", message, options.place("y"), f"there are {count:,}: give fewer times or series")
        return False
    bad = BadValues(problems)
    for turn, series in enumerate(series_of(options, table)):  # of a wide table, in the order of y
        known = sum(point.value is not None for point in series.points)
        if known < 2:
            column = columns.y[0 if columns.series is not None else turn]
            place = table.cell_place(series.points[0].row, column)
            message = f"a line needs two values; '{series.name}' has {known or 'none'}"
            bad.add(message, place, "leave the series out, and say so in the note")
    return not bad.count


def known_time(words: str, times: Times, at: At, options: Entry, problems: Problems) -> bool:
    """Whether ``words``, written at ``at``, is among the times drawn. Problems: ``unknown-value``, ``bad-value``."""
    if times.type == "string":
        if one_line(words) in times.places:
            return True
        problems.error("unknown-value", f"x: no '{words}'", options.place(*at), did_you_mean(words, times.places))
        return False
    try:
        place = place_of(words, times.type)
    except (ValueError, OverflowError):
        problems.error("bad-value", f"x: '{words}' is not a {times.type}", options.place(*at))
        return False
    first, *_, last = times.ordered()
    if times.places[first] <= place <= times.places[last]:
        return True
    message = f"x: '{words}' is not within what is drawn"
    problems.error("bad-value", message, options.place(*at), f"from {first} to {last}")
    return False


def points_along(series: Series, times: Times) -> list[Point]:
    """The points of ``series`` by time, with one without a value for each time of the grid that it lacks."""
    points = {point.x: point for point in series.points}
    names = times.ordered() if times.type in GRID else sorted(points, key=times.places.__getitem__)
    return [points.get(name) or Point(name, None, False, -1) for name in names]


def runs(points: Sequence[Point]) -> list[list[Point]]:
    """The stretches of ``points`` without a missing value, in their order."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            found.append([])
        else:
            found[-1].append(point)
    return [run for run in found if run]
