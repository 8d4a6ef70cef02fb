"""Where values stand along a plot: at years, dates, numbers, or at words in their order."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from c6brief.documents.problems import did_you_mean
from c6brief.evidence.table_models import Table
from c6brief.figures.checks import At
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.series import Point, S, Series, SeriesOptions, columns_of, series_of, x_names
from c6brief.figures.rows.tabular import names_in, one_line

ALONG = ("year", "date", "integer", "number", "string")
"""Types of field that a line can run along."""

MOST_POINTS = 10_000
"""Values that one chart draws, at most."""

_PERIOD = re.compile(r"(\d{4})[- ]?([QHW])(\d{1,2})")
"""A quarter, half or week of a year: 2024-Q4."""

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


def check_times(check: TableCheck[S], least: int) -> None:
    """Every x is a year, date or number of its own, and there are ``least`` of them. Problem: ``bad-value``."""
    options, table = check.options, check.table
    column = columns_of(options, table).x
    type_ = table.fields[column].type
    check.finite([column])
    if not check.good:
        return
    written: dict[float, str] = {}
    for row, words in enumerate(names_in(table, column)):
        try:
            place = 0.0 if type_ == "string" else place_of(words, type_)
        except (ValueError, OverflowError):
            hint = "as in 2026-03-02" if type_ == "date" else ""
            article = "a" if type_ != "integer" else "an"
            check.bad_cell(f"x: '{words}' is not {article} {type_}", row, column, hint)
            continue
        if type_ != "string" and written.setdefault(place, words) != words:
            message = f"x: '{words}' is the same as '{written[place]}'"
            check.bad_cell(message, row, column, "write it in one way")
    if check.good and len(x_names(options, table)) < least:
        message = f"x: a {options.kind} needs {least} times at least"
        check.bad_key(message, "x", f"'{options.x}' has one: a bar shows it better")
    if check.good and type_ == "string":
        _check_order(check, column)


def _check_order(check: TableCheck[S], column: int) -> None:
    """Quarters, halves of years and weeks, which are words, do not run back in time. Problem: ``bad-value``."""
    names = x_names(check.options, check.table)
    found = [match for name in names if (match := _PERIOD.fullmatch(name))]
    if len(found) < len(names) or len({match[2] for match in found}) > 1:
        return
    for before, after in pairwise(found):
        if (before[1], int(before[3])) > (after[1], int(after[3])):
            row = list(names_in(check.table, column)).index(after[0])
            message = f"x: '{after[0]}' stands behind '{before[0]}', and the line would run back in time"
            check.bad_cell(message, row, column, "write the rows in the order of time")
            return


def check_lines(check: TableCheck[S]) -> None:
    """Every series has two values, and all have not too many. Problem: ``bad-value``."""
    options, table = check.options, check.table
    columns = columns_of(options, table)
    count = len(table.rows or ()) * len(columns.y)
    if count > MOST_POINTS:
        message = f"too many points; at most {MOST_POINTS:,}"
        check.bad_key(message, "y", f"there are {count:,}: give fewer times or series")
        return
    for turn, series in enumerate(series_of(options, table)):  # of a wide table, in the order of y
        known = sum(point.value is not None for point in series.points)
        if known < 2:
            column = columns.y[0 if columns.series is not None else turn]
            message = f"a line needs two values; '{series.name}' has {known or 'none'}"
            check.bad_cell(message, series.points[0].row, column, "leave the series out, and say so in the note")


def known_time(check: TableCheck[S], words: str, at: At, times: Times) -> None:
    """What is written at ``at`` is among the times drawn. Problems: ``unknown-value``, ``bad-value``."""
    written_at = check.options.place(*at)
    if times.type == "string":
        if one_line(words) not in times.places:
            check.bad(f"x: no '{words}'", written_at, did_you_mean(words, times.places), "unknown-value")
        return
    try:
        place = place_of(words, times.type)
    except (ValueError, OverflowError):
        check.bad(f"x: '{words}' is not a {times.type}", written_at)
        return
    first, *_, last = times.ordered()
    if not times.places[first] <= place <= times.places[last]:
        check.bad(f"x: '{words}' is not within what is drawn", written_at, f"from {first} to {last}")


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
