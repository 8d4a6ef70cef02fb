"""A table as series of values over categories or times: what bars, lines, areas, dots and slopes are drawn from.

A table may be long (one row a value, a field that names the series) or wide (one row a category, a field a series).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from pydantic import Field

from c6brief.documents.entries import ScalarText
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.table_models import Table, TableField
from c6brief.figures.data import ChartData, Number
from c6brief.figures.rows.checking import UNCERTAIN, TableCheck
from c6brief.figures.rows.tabular import (
    NAMES,
    NUMBERS,
    Names,
    TabularKind,
    TabularOptions,
    cell_name,
    check_table,
    column_named,
    names_in,
    one_line,
    optional_column,
    rows_as_data,
    table_of,
)


class SeriesOptions(TabularOptions):
    """The keys of a chart of one or more series."""

    x: str = Field(description="the field with the categories or times")
    y: Names = Field(description="the field with the numbers; several fields are several series")
    series: str | None = Field(None, description="the field that says which series a row belongs to")
    uncertain: str | None = Field(None, description="a boolean field: true marks a value as uncertain")
    highlight: tuple[ScalarText, ...] = Field((), description="series or categories in colour; all others grey")

    @property
    def series_key(self) -> str:
        """The key that says which series there are."""
        return "y" if self.series is None else "series"


@dataclass(frozen=True)
class Point:
    """A value of a series. ``value`` is ``None`` where there are no data. ``row``: of the table, from 0."""

    x: str
    value: Number | None
    uncertain: bool
    row: int


@dataclass(frozen=True)
class Series:
    """Values under one name, in the order of the rows. ``strong``: whether the chart highlights them."""

    name: str
    points: tuple[Point, ...]
    strong: bool = False


@dataclass(frozen=True)
class SeriesColumns:
    """The numbers of the columns that a chart draws from."""

    x: int
    y: tuple[int, ...]
    series: int | None
    uncertain: int | None


def check_series(
    options: SeriesOptions,
    evidence: Evidence,
    problems: Problems,
    *,
    least: int,
    most: int,
    what: str,
    x_types: Sequence[str] = NAMES,
) -> Table | None:
    """The table of ``options`` if series can be made of it; ``what`` its rows are called in problems: "bars".

    Problems: ``missing-key``, ``unknown-id``, ``unknown-value``, ``bad-value``, ``two-units``.
    """
    table = check_table(options, evidence, problems)
    if table is None:
        return None
    check = TableCheck(options, table, problems)
    check.known_columns(
        {"x": (x_types, f"names no {what}"), "y": (NUMBERS, "is not numeric"), "series": (NAMES, "names no series")}
    )
    if options.series is not None and len(options.y) > 1:
        message = "'series' and several fields under 'y' are two ways to say the same"
        check.bad(message, options.place("series", key=True), "keep one")
        return None
    check.known_columns(UNCERTAIN)
    good = check.in_turn(
        partial(check.no_repeats, "y"),
        partial(_own_titles, check),
        partial(_one_unit, check),
        partial(check.right_count, least, most, what),
        partial(_check_names, check, what),
    )
    return table if good else None


def _check_names(check: TableCheck[SeriesOptions], what: str) -> None:
    """Every row has a name and a number, and what is highlighted is there. Problems: ``bad-value``, ``unknown-value``."""
    options, table = check.options, check.table
    columns = columns_of(options, table)
    single = what.removesuffix("ies") + "y" if what.endswith("ies") else what.removesuffix("s")
    check.distinct([columns.x] if columns.series is None else [columns.x, columns.series], "x", single)
    check.finite(columns.y)
    check.no_repeats("highlight")
    if check.good:
        names = [series.name for series in series_of(options, table)] + x_names(options, table)
        check.known_values("highlight", names, f"{single} or series")


def _one_unit(check: TableCheck[SeriesOptions]) -> None:
    """All fields under ``y`` are in one unit: two scales on one figure make any two lines cross, or none.

    Problem: ``two-units``, at the first field that differs from the first.
    """
    options = check.options
    units = [check.table.fields[column].unit or "" for column in columns_of(options, check.table).y]
    other = next((index for index, unit in enumerate(units) if unit != units[0]), None)
    if other is not None:
        first, second = (f"'{unit}'" if unit else "no unit" for unit in (units[0], units[other]))
        message = f"y: '{options.y[0]}' ({first}) and '{options.y[other]}' ({second}) want two scales"
        check.bad(message, options.place("y", other), "one scale per figure: use small multiples", "two-units")


def _own_titles(check: TableCheck[SeriesOptions]) -> None:
    """The fields under ``y`` have titles of their own, as their series are called. Problem: ``bad-value``."""
    titles = [_title(check.table.fields[column]) for column in columns_of(check.options, check.table).y]
    for index, title in enumerate(titles):
        if title in titles[:index]:
            hint = "give each field a title of its own"
            check.bad(f"y: two series are called '{title}'", check.options.place("y", index), hint)


def _title(field: TableField) -> str:
    """What the series of a field is called, on one line."""
    return one_line(field.title or field.name)


def columns_of(options: SeriesOptions, table: Table) -> SeriesColumns:
    """Where the fields stand that ``options`` names; they exist."""
    return SeriesColumns(
        column_named(table, options.x),
        tuple(column_named(table, name) for name in options.y),
        optional_column(table, options.series),
        optional_column(table, options.uncertain),
    )


def series_of(options: SeriesOptions, table: Table) -> list[Series]:
    """The series in the order in which they are named first. Those of a wide table are called as their fields."""
    columns = columns_of(options, table)
    highlight = set(map(one_line, options.highlight))
    found: dict[str, list[Point]] = {}
    for row, cells in enumerate(table.rows or ()):
        uncertain = columns.uncertain is not None and cells[columns.uncertain] is True
        for column in columns.y:
            field = table.fields[column]
            title = _title(field) if columns.series is None else cell_name(table, row, columns.series)
            point = Point(cell_name(table, row, columns.x), cells[column], uncertain, row)
            found.setdefault(title, []).append(point)
    return [Series(name, tuple(points), name in highlight) for name, points in found.items()]


def x_names(options: SeriesOptions, table: Table) -> list[str]:
    """The categories or times, each once, in the order of the rows."""
    return list(dict.fromkeys(names_in(table, columns_of(options, table).x)))


def unit_of(options: SeriesOptions, table: Table) -> str:
    """The unit of the numbers; empty where there is none, or where the series differ in it."""
    units = {table.fields[column].unit or "" for column in columns_of(options, table).y}
    return units.pop() if len(units) == 1 else ""


def series_data(options: SeriesOptions, evidence: Evidence) -> ChartData:
    """The rows drawn, under the fields drawn, for the attachment."""
    table = table_of(options, evidence)
    columns = columns_of(options, table)
    names = (columns.x, columns.series)
    return rows_as_data(table, (*names, *columns.y, columns.uncertain), names)


S = TypeVar("S", bound=SeriesOptions)


class SeriesKind(TabularKind[S]):
    """A kind that is drawn from series: its data are the rows drawn, under the fields drawn."""

    def data(self, options: S, evidence: Evidence) -> ChartData:
        """The rows in their order; units stand in the headings."""
        return series_data(options, evidence)
