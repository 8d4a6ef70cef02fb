"""A table as series of values over categories or times: what bars, lines, areas, dots and slopes are drawn from.

A table may be long (one row a value, a field that names the series) or wide (one row a category, a field a series).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import Field

from c6brief.documents.entries import ScalarText
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table, TableField
from c6brief.figures.checks import BadValues, no_repeats
from c6brief.figures.data import ChartData, Number
from c6brief.figures.rows.tabular import (
    NAMES,
    NUMBERS,
    UNCERTAIN,
    FieldUse,
    Names,
    TabularKind,
    TabularOptions,
    cell_name,
    check_table,
    column_named,
    distinct,
    finite,
    known_columns,
    known_values,
    names_in,
    one_line,
    optional_column,
    right_count,
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
    uses: dict[str, FieldUse] = {
        "x": (x_types, f"names no {what}"),
        "y": (NUMBERS, "is not numeric"),
        "series": (NAMES, "names no series"),
    }
    known = known_columns(uses, table, options, problems)
    if options.series is not None and len(options.y) > 1:
        message = "'series' and several fields under 'y' are two ways to say the same"
        problems.error("bad-value", message, options.place("series", key=True), "keep one")
        return None
    known &= known_columns(UNCERTAIN, table, options, problems)
    if not known or not no_repeats(options.y, "y", options, problems):
        return None
    if not _own_titles(options, table, problems) or not _one_unit(options, table, problems):
        return None
    if not right_count(table, least, most, what, options, problems):
        return None
    columns = columns_of(options, table)
    named = [columns.x] if columns.series is None else [columns.x, columns.series]
    single = what.removesuffix("ies") + "y" if what.endswith("ies") else what.removesuffix("s")
    good = [
        distinct(table, named, "x", single, problems),
        finite(table, columns.y, problems),
        no_repeats(options.highlight, "highlight", options, problems),
    ]
    if not all(good):
        return None
    names = [series.name for series in series_of(options, table)] + x_names(options, table)
    what = f"{single} or series"
    return table if known_values(options.highlight, "highlight", names, what, options, problems) else None


def _one_unit(options: SeriesOptions, table: Table, problems: Problems) -> bool:
    """Whether all fields under ``y`` are in one unit: two scales on one figure make any two lines cross, or none.

    Problem: ``two-units``, at the first field that differs from the first.
    """
    units = [table.fields[column].unit or "" for column in columns_of(options, table).y]
    other = next((index for index, unit in enumerate(units) if unit != units[0]), None)
    if other is None:
        return True
    first, second = (f"'{unit}'" if unit else "no unit" for unit in (units[0], units[other]))
    message = f"y: '{options.y[0]}' ({first}) and '{options.y[other]}' ({second}) want two scales"
    problems.error("two-units", message, options.place("y", other), "one scale per figure: use small multiples")
    return False


def _own_titles(options: SeriesOptions, table: Table, problems: Problems) -> bool:
    """Whether the fields under ``y`` have titles of their own, as their series are called. Problem: ``bad-value``."""
    titles = [_title(table.fields[column]) for column in columns_of(options, table).y]
    bad = BadValues(problems)
    for index, title in enumerate(titles):
        if title in titles[:index]:
            hint = "give each field a title of its own"
            bad.add(f"y: two series are called '{title}'", options.place("y", index), hint)
    return not bad.count


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
