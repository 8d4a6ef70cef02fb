"""``dot``: values of categories as dots on one scale (Cleveland's dot plot), with ranges where they are known.

Several series stand in one row, joined by a line. A dot shows its value by where it stands, not by a length, so the
scale need not begin at zero and may be logarithmic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.data import Cell, Data
from c6brief.figures.kind import DrawContext, Kind, register
from c6brief.figures.palette import MOST as MOST_SERIES
from c6brief.figures.series import Number, SeriesOptions, check_series, columns_of, series_of, unit_of, x_names
from c6brief.figures.tabular import (
    NUMBERS,
    Names,
    cell_name,
    finite,
    headings,
    known_column,
    own_sources,
    table_of,
)

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas

MOST = 40
"""Rows of dots that can still be read, and fit on a page."""


class DotOptions(SeriesOptions):
    """The keys of a dot plot."""

    low: Names | None = Field(None, description="the field with the lower ends of ranges; one for each field of y")
    high: Names | None = Field(None, description="the field with the upper ends of ranges; one for each field of y")
    range: str | None = Field(None, description="what the ranges are: 95 % interval, lowest and highest year")
    sort: Literal["given", "value"] = Field("given", description="as in the rows, or the largest first value first")
    log: bool = Field(False, description="a scale of equal ratios; all values above zero")


@dataclass(frozen=True)
class Dot:
    """A value of a series in a row, ``None`` where there are no data, and its range where one is known."""

    value: Number | None
    low: Number | None = None
    high: Number | None = None
    uncertain: bool = False

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        return self.value is not None or self.low is not None


@dataclass(frozen=True)
class DotRow:
    """A category with a dot for each series of the chart, in their order."""

    name: str
    dots: tuple[Dot, ...]
    strong: bool = False


@dataclass(frozen=True)
class Dots:
    """What is drawn. ``series``: their names, one empty name where there is a single one. ``strong``: the
    highlighted ones. ``range``: what the ranges are, empty where there are none."""

    rows: tuple[DotRow, ...]
    series: tuple[str, ...]
    unit: str = ""
    strong: frozenset[str] = frozenset()
    range: str = ""
    log: bool = False


def check(options: DotOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether there are rows, the fields exist and suit, and every value lies within its range.

    Problems: those of :func:`~c6brief.figures.series.check_series`; ``missing-key`` (low, high, range);
    ``bad-value`` (ends of a range, a value that a logarithmic scale cannot show, too many categories or series).
    """
    most = MOST * MOST_SERIES if options.series else MOST
    table = check_series(options, evidence, problems, least=1, most=most, what="dots")
    if table is None or not _check_keys(options, table, problems):
        return False
    categories = len(x_names(options, table))
    if categories > MOST:
        message = f"too many categories; at most {MOST}"
        problems.error("bad-value", message, options.place("x"), f"there are {categories}")
        return False
    count = len(series_of(options, table))
    if count > MOST_SERIES:
        message = f"too many series; at most {MOST_SERIES} can be told apart"
        key = "series" if options.series else "y"
        problems.error("bad-value", message, options.place(key), f"there are {count}")
        return False
    return _check_cells(options, table, problems)


def _check_keys(options: DotOptions, table: Table, problems: Problems) -> bool:
    """Whether ranges have both ends, a meaning, and numbers to end at."""
    given = [key for key in ("low", "high", "range") if getattr(options, key)]
    if not given:
        return True
    if len(given) < 3:
        absent = next(key for key in ("low", "high", "range") if key not in given)
        hint = "say what the ranges are: 'range: \"95 % interval\"'" if absent == "range" else f"add '{absent}: …'"
        message = f"'{given[0]}' without '{absent}'"
        problems.error("missing-key", message, options.place(given[0], key=True), hint)
        return False
    good = True
    for key in ("low", "high"):
        names = getattr(options, key)
        if len(names) != len(options.y):
            message = f"{key}: {len(names)} fields for {len(options.y)} under 'y'"
            problems.error("bad-value", message, options.place(key), "one for each field of y")
            good = False
            continue
        for index, name in enumerate(names):
            column = known_column(name, (key, index), NUMBERS, table, options, problems, "is not numeric")
            good = good and column is not None and finite(table, [column], problems)
    return good


def _check_cells(options: DotOptions, table: Table, problems: Problems) -> bool:
    """Whether ranges hold their values, and a logarithmic scale all of them."""
    good = True

    def wrong(message: str, row: int, column: int, hint: str = "") -> None:
        nonlocal good
        problems.error("bad-value", message, table.cell_place(row, column), hint)
        good = False

    for row, cells in enumerate(table.rows or ()):
        for value, low, high in _triples(options, table):
            columns = [column for column in (value, low, high) if column is not None]
            for column in columns:
                if options.log and cells[column] is not None and cells[column] <= 0:
                    wrong(f"{cells[column]} has no place on a logarithmic scale", row, column, "values above zero only")
            if low is None or high is None:
                continue
            if (cells[low] is None) != (cells[high] is None):
                absent = low if cells[low] is None else high
                wrong("a range with one end", row, absent, "both ends, or null for both")
            elif cells[low] is not None and cells[low] > cells[high]:
                wrong(f"the range ends ({cells[high]}) below its begin ({cells[low]})", row, low, "low is above high")
            elif cells[low] is not None and cells[value] is not None and not cells[low] <= cells[value] <= cells[high]:
                message = f"{cells[value]} lies outside its range, {cells[low]} to {cells[high]}"
                wrong(message, row, value)
    return good


def _triples(options: DotOptions, table: Table) -> list[tuple[int, int | None, int | None]]:
    """The columns of value, low and high, for each field of y."""
    names = [field.name for field in table.fields]
    lows: tuple[str, ...] | tuple[None, ...] = options.low or (None,) * len(options.y)
    highs: tuple[str, ...] | tuple[None, ...] = options.high or (None,) * len(options.y)
    return [
        (names.index(y), names.index(low) if low else None, names.index(high) if high else None)
        for y, low, high in zip(options.y, lows, highs, strict=True)
    ]


def _dots(options: DotOptions, table: Table) -> Dots:
    """The rows in the order drawn: sorted by the first series, those without data last."""
    columns = columns_of(options, table)
    series = series_of(options, table)
    ends = {value: (low, high) for value, low, high in _triples(options, table)}
    found: dict[str, dict[str, Dot]] = {name: {} for name in x_names(options, table)}
    for index, one in enumerate(series):
        column = columns.y[0] if columns.series is not None else columns.y[index]
        low, high = ends[column]
        for point in one.points:
            cells = table.rows[point.row]  # type: ignore[index]
            low_cell, high_cell = (cells[low], cells[high]) if low is not None and high is not None else (None, None)
            found[point.x][one.name] = Dot(point.value, low_cell, high_cell, point.uncertain)
    highlight = {" ".join(name.split()) for name in options.highlight}
    names = [one.name for one in series]
    rows = [
        DotRow(name, tuple(dots.get(one, Dot(None)) for one in names), name in highlight)
        for name, dots in found.items()
    ]
    if options.sort == "value":
        rows.sort(key=lambda row: (row.dots[0].value is None, -(row.dots[0].value or 0)))
    several = len(names) > 1
    return Dots(
        tuple(rows),
        tuple(names) if several else ("",),
        unit_of(options, table),
        frozenset(one.name for one in series if one.strong and several),
        options.range or "",
        options.log,
    )


def draw(options: DotOptions, setting: DrawContext) -> Canvas:
    from c6brief.figures.points.dot_drawing import DotDrawing  # here: it imports Matplotlib

    return DotDrawing(_dots(options, table_of(options, setting.evidence)), setting).canvas


def data(options: DotOptions, evidence: Evidence) -> Data:
    """The rows of the table, categories in the order drawn, under the fields drawn; units stand in the headings."""
    table = table_of(options, evidence)
    columns = columns_of(options, table)
    ranged = [column for triple in _triples(options, table) for column in triple]
    order = [columns.x, columns.series, *ranged, columns.uncertain]
    drawn = [column for column in order if column is not None]
    place = {row.name: number for number, row in enumerate(_dots(options, table).rows)}
    numbers = sorted(
        range(len(table.rows or ())), key=lambda number: (place[cell_name(table, number, columns.x)], number)
    )

    def cell(row: int, column: int) -> Cell:
        if column in (columns.x, columns.series):
            return cell_name(table, row, column)
        value = table.rows[row][column]  # type: ignore[index]
        return str(value).lower() if isinstance(value, bool) else value

    rows = tuple(tuple(cell(row, column) for column in drawn) for row in numbers)
    return Data(headings(table.fields[column] for column in drawn), rows)


register(Kind("dot", DotOptions, "column", check, own_sources, draw, data))
