"""What a scatter plot draws: spots, their groups, and which of them are named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import Field

from c6brief.documents.entries import ScalarText
from c6brief.evidence.table_models import Table
from c6brief.figures.annotations.options import AnnotatedOptions
from c6brief.figures.data import Number
from c6brief.figures.rows.tabular import (
    TIMES,
    Values,
    cell_name,
    column_named,
    names_in,
    one_line,
    optional_column,
    quantity,
)
from c6brief.figures.time.times import moment

ALL_NAMED = 25
"""Up to so many points are all named, unless the chart says which."""


class ScatterOptions(AnnotatedOptions):
    """The keys of a scatter plot."""

    x: str = Field(description="the field with the numbers or times across")
    y: str = Field(description="the field with the numbers upwards")
    label: str | None = Field(None, description="the field with the names of the points")
    labels: Values | None = Field(
        None, description="the points to name: `all`, `none` or a list; else all of a few, or the extreme ones"
    )
    size: str | None = Field(None, description="a field with numbers that the areas of the points show")
    series: str | None = Field(None, description="the field that says which group a point belongs to")
    uncertain: str | None = Field(None, description="a boolean field: true marks a point as uncertain")
    highlight: tuple[ScalarText, ...] = Field((), description="points or groups in colour; all others grey")
    log: Literal["x", "y", "both"] | None = Field(None, description="scales of equal ratios")


@dataclass(frozen=True)
class Spot:
    """A point. ``size``: ``None`` where it is not known. ``group``: the number of its group. ``named``: with its name
    on the plot; ``optional``: nobody asked for the name, which may be left out where it has no room.
    """

    name: str
    x: float
    y: float
    size: Number | None
    group: int
    uncertain: bool
    strong: bool
    named: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Scatter:
    """What is drawn. ``absent``: the names of rows that lack a number, empty where they have none. Titles name the
    quantity and its unit. ``time``: the type of a time across.
    """

    spots: tuple[Spot, ...]
    absent: tuple[str, ...]
    groups: tuple[str, ...]
    strong_groups: frozenset[str]
    x_title: str
    y_title: str
    size_title: str
    log_x: bool
    log_y: bool
    time: str | None


@dataclass(frozen=True)
class ScatterColumns:
    """The numbers of the columns that a chart draws from."""

    x: int
    y: int
    label: int | None
    size: int | None
    series: int | None
    uncertain: int | None


def columns_of(options: ScatterOptions, table: Table) -> ScatterColumns:
    """Where the fields stand that ``options`` names; they exist."""
    return ScatterColumns(
        column_named(table, options.x),
        column_named(table, options.y),
        optional_column(table, options.label),
        optional_column(table, options.size),
        optional_column(table, options.series),
        optional_column(table, options.uncertain),
    )


def groups_of(table: Table, columns: ScatterColumns) -> list[str]:
    """The groups, each once, in the order of the rows."""
    return [] if columns.series is None else list(dict.fromkeys(names_in(table, columns.series)))


def has_both(table: Table, columns: ScatterColumns, row: int) -> bool:
    """Whether a row has the numbers for x and y."""
    cells = (table.rows or ())[row]
    return cells[columns.x] is not None and cells[columns.y] is not None


def place_across(table: Table, columns: ScatterColumns, row: int) -> float:
    """Where a row stands across; times in years. Raises ``ValueError`` where it is no time."""
    type_ = table.fields[columns.x].type
    cell: Any = (table.rows or ())[row][columns.x]
    return moment(cell_name(table, row, columns.x), type_) if type_ in TIMES else float(cell)


def scatter_of(options: ScatterOptions, table: Table) -> Scatter:
    """What is drawn of a checked chart."""
    columns = columns_of(options, table)
    groups = groups_of(table, columns)
    highlight = set(map(one_line, options.highlight))
    number = {name: index for index, name in enumerate(groups)}
    spots, absent = [], []
    for row, cells in enumerate(table.rows or ()):
        name = cell_name(table, row, columns.label) if columns.label is not None else ""
        if not has_both(table, columns, row):
            absent.append(name)
            continue
        group = cell_name(table, row, columns.series) if columns.series is not None else ""
        spots.append(
            Spot(
                name,
                place_across(table, columns, row),
                float(cells[columns.y]),
                cells[columns.size] if columns.size is not None else None,
                number.get(group, 0),
                columns.uncertain is not None and cells[columns.uncertain] is True,
                name in highlight or group in highlight,
            )
        )
    type_ = table.fields[columns.x].type
    return Scatter(
        _with_names(options, spots, highlight),
        tuple(absent),
        tuple(groups),
        frozenset(highlight & set(groups)),
        quantity(table.fields[columns.x]),
        quantity(table.fields[columns.y]),
        quantity(table.fields[columns.size]) if columns.size is not None else "",
        options.log in ("x", "both"),
        options.log in ("y", "both"),
        type_ if type_ in TIMES else None,
    )


def _with_names(options: ScatterOptions, spots: list[Spot], highlight: set[str]) -> tuple[Spot, ...]:
    """``spots``, those to be named on the plot marked as such.

    They are the ones that the chart names, else all of a few, else the highlighted and the extreme ones.
    """
    if options.labels == ("none",):
        return tuple(spots)
    chosen = set(map(one_line, options.labels or ()))
    if options.labels == ("all",) or (options.labels is None and len(spots) <= ALL_NAMED):
        chosen = {spot.name for spot in spots}
    elif options.labels is None:
        named = [spot for spot in spots if spot.name]
        chosen = {spot.name for spot in named if spot.name in highlight}
        for end in (min, max) if named else ():
            chosen |= {end(named, key=lambda spot: spot.x).name, end(named, key=lambda spot: spot.y).name}
    free = options.labels is None
    return tuple(
        replace(spot, named=True, optional=free and spot.name not in highlight)
        if spot.name and spot.name in chosen
        else spot
        for spot in spots
    )
