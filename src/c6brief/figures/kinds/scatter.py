"""``scatter``: two numbers of each thing as a point, the points that matter with their names.

Neither scale begins at zero unless the numbers do: what is read is where points stand to each other. A third number
may be shown by the area of the points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from c6brief.documents.entries import ScalarText
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.checking import no_repeats
from c6brief.figures.data import Cell, Data
from c6brief.figures.kind import DrawContext, Kind, register
from c6brief.figures.palette import MOST as MOST_GROUPS
from c6brief.figures.series import Number, moment
from c6brief.figures.tabular import (
    NAMES,
    NUMBERS,
    TIMES,
    TabularOptions,
    Values,
    cell_name,
    checked_table,
    finite,
    headings,
    known_column,
    known_values,
    own_sources,
    right_count,
    table_of,
)

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas

LEAST, MOST = 2, 10_000
"""Points: one says nothing of how two numbers go together; more than that are a cloud, and megabytes."""
ALL_NAMED = 25
"""Up to so many points are all named, unless the chart says which."""


class ScatterOptions(TabularOptions):
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
    """A point. ``size``: ``None`` where it is not known. ``group``: the number of its group. ``named``: with its
    name on the plot; ``optional``: nobody asked for the name, which may be left out where it has no room."""

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
    """What is drawn. ``absent``: the names of rows that lack a number, empty where they have none. Titles name
    the quantity and its unit. ``time``: the type of a time across."""

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
class _Columns:
    """The numbers of the columns that a chart draws from."""

    x: int
    y: int
    label: int | None
    size: int | None
    series: int | None
    uncertain: int | None


def check(options: ScatterOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether there are points, the fields exist and suit, and the scales can show every value.

    Problems: ``missing-key``, ``unknown-id``, ``unknown-value``, ``bad-value``.
    """
    table = checked_table(options, evidence, problems)
    if table is None:
        return False
    uses = {
        "x": ((*NUMBERS, *TIMES), "has no place on a scale"),
        "y": (NUMBERS, "is not numeric"),
        "label": (NAMES, "names no points"),
        "size": (NUMBERS, "is not numeric"),
        "series": (NAMES, "names no groups"),
        "uncertain": (("boolean",), "says neither true nor false"),
    }
    good = True
    for key, (types, use) in uses.items():
        name = getattr(options, key)
        good &= name is None or known_column(name, (key,), types, table, options, problems, use) is not None
    if not good or not right_count(table, LEAST, MOST, "points", options, problems):
        return False
    columns = _columns(options, table)
    numeric = [column for column in (columns.x, columns.y, columns.size) if column is not None]
    if not finite(table, numeric, problems):
        return False
    good = _check_cells(options, table, columns, problems) and _check_names(options, table, columns, problems)
    if good and sum(_complete(table, columns, row) for row in range(len(table.rows or ()))) < LEAST:
        message = f"fewer than {LEAST} rows have both '{options.x}' and '{options.y}'"
        problems.error("bad-value", message, options.place("y"), "a point wants both numbers")
        return False
    return good


def _columns(options: ScatterOptions, table: Table) -> _Columns:
    names = [field.name for field in table.fields]
    keys = ("x", "y", "label", "size", "series", "uncertain")
    given = (getattr(options, key) for key in keys)
    return _Columns(*(None if name is None else names.index(name) for name in given))  # type: ignore[arg-type]


def _check_cells(options: ScatterOptions, table: Table, columns: _Columns, problems: Problems) -> bool:
    """Whether times are times, sizes are not negative, and logarithmic scales get values above zero."""
    good = True

    def wrong(message: str, row: int, column: int, hint: str) -> None:
        nonlocal good
        problems.error("bad-value", message, table.cell_place(row, column), hint)
        good = False

    time = table.fields[columns.x].type in TIMES
    if time and options.log in ("x", "both"):
        problems.error("bad-value", "log: times have no logarithm", options.place("log"), "log: y, or a number for x")
        return False
    logged = [columns.x] * (options.log in ("x", "both")) + [columns.y] * (options.log in ("y", "both"))
    for row, cells in enumerate(table.rows or ()):
        for column in logged:
            if cells[column] is not None and cells[column] <= 0:
                wrong(f"{cells[column]} has no place on a logarithmic scale", row, column, "values above zero only")
        if columns.size is not None and cells[columns.size] is not None and cells[columns.size] < 0:
            wrong(f"{cells[columns.size]} cannot be an area", row, columns.size, "zero or more; null if not known")
        if time and cells[columns.x] is not None:
            try:
                _across(table, columns, row)
            except (ValueError, OverflowError):
                type_ = table.fields[columns.x].type
                wrong(
                    f"'{cells[columns.x]}' is no {type_}", row, columns.x, "2024" if type_ == "year" else "2024-05-31"
                )
    return good


def _check_names(options: ScatterOptions, table: Table, columns: _Columns, problems: Problems) -> bool:
    """Whether names are there and name one point each, and groups are few enough to be told apart."""
    if options.labels is not None and options.label is None:
        hint = "add 'label: …' (the field with the names)"
        problems.error("missing-key", "'labels' without 'label'", options.place("labels", key=True), hint)
        return False
    good = True
    names: dict[str, None] = {}
    for row in range(len(table.rows or ())) if columns.label is not None else ():
        name = cell_name(table, row, columns.label)
        if name and name in names:
            message = f"label: '{name}' stands twice"
            problems.error("bad-value", message, table.cell_place(row, columns.label), "every name wants one point")
            good = False
        names[name] = None
    groups = _groups(table, columns)
    if len(groups) > MOST_GROUPS:
        message = f"too many groups; at most {MOST_GROUPS} can be told apart"
        problems.error("bad-value", message, options.place("series"), f"there are {len(groups)}")
        good = False
    for row in range(len(table.rows or ())) if columns.series is not None else ():
        if not cell_name(table, row, columns.series):
            place = table.cell_place(row, columns.series)
            problems.error("bad-value", f"series: row {row + 1} has no group", place, "every point wants a group")
            good = False
    if not good:
        return False
    known = [name for name in names if name]
    chosen = options.labels or ()
    good = no_repeats(options.highlight, "highlight", options, problems)
    good &= no_repeats(chosen, "labels", options, problems)
    good &= known_values(options.highlight, "highlight", known + groups, "point or group", options, problems)
    if chosen not in (("all",), ("none",)):
        good &= known_values(chosen, "labels", known, "point", options, problems)
    return good


def _groups(table: Table, columns: _Columns) -> list[str]:
    """The groups, each once, in the order of the rows."""
    if columns.series is None:
        return []
    return list(dict.fromkeys(cell_name(table, row, columns.series) for row in range(len(table.rows or ()))))


def _complete(table: Table, columns: _Columns, row: int) -> bool:
    cells = (table.rows or ())[row]
    return cells[columns.x] is not None and cells[columns.y] is not None


def _across(table: Table, columns: _Columns, row: int) -> float:
    """Where a row stands across; times in years. Raises ``ValueError`` where it is no time."""
    type_ = table.fields[columns.x].type
    cell: Any = (table.rows or ())[row][columns.x]
    return moment(cell_name(table, row, columns.x), type_) if type_ in TIMES else float(cell)


def _scatter(options: ScatterOptions, table: Table) -> Scatter:
    columns = _columns(options, table)
    groups = _groups(table, columns)
    highlight = {" ".join(name.split()) for name in options.highlight}
    number = {name: index for index, name in enumerate(groups)}
    spots, absent = [], []
    for row, cells in enumerate(table.rows or ()):
        name = cell_name(table, row, columns.label) if columns.label is not None else ""
        if not _complete(table, columns, row):
            absent.append(name)
            continue
        group = cell_name(table, row, columns.series) if columns.series is not None else ""
        spots.append(
            Spot(
                name,
                _across(table, columns, row),
                float(cells[columns.y]),
                cells[columns.size] if columns.size is not None else None,
                number.get(group, 0),
                columns.uncertain is not None and cells[columns.uncertain] is True,
                name in highlight or group in highlight,
            )
        )
    type_ = table.fields[columns.x].type
    return Scatter(
        _named(options, spots, highlight),
        tuple(absent),
        tuple(groups),
        frozenset(highlight & set(groups)),
        _title(table, columns.x),
        _title(table, columns.y),
        _title(table, columns.size) if columns.size is not None else "",
        options.log in ("x", "both"),
        options.log in ("y", "both"),
        type_ if type_ in TIMES else None,
    )


def _title(table: Table, column: int) -> str:
    """What a scale shows, with its unit."""
    field = table.fields[column]
    return f"{field.title or field.name}, {field.unit}" if field.unit else field.title or field.name


def _named(options: ScatterOptions, spots: list[Spot], highlight: set[str]) -> tuple[Spot, ...]:
    """``spots``, those to be named on the plot marked: as the chart says, else all of a few, else the highlighted
    and the extreme ones."""
    if options.labels == ("none",):
        return tuple(spots)
    chosen = {" ".join(name.split()) for name in options.labels or ()}
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


def draw(options: ScatterOptions, setting: DrawContext) -> Canvas:
    from c6brief.figures.points.scatter_drawing import ScatterDrawing  # here: it imports Matplotlib

    return ScatterDrawing(_scatter(options, table_of(options, setting.evidence)), setting).canvas


def data(options: ScatterOptions, evidence: Evidence) -> Data:
    """The rows of the table under the fields drawn; units stand in the headings."""
    table = table_of(options, evidence)
    found = _columns(options, table)
    order = (found.label, found.series, found.x, found.y, found.size, found.uncertain)
    drawn = list(dict.fromkeys(column for column in order if column is not None))

    def cell(row: int, column: int) -> Cell:
        if table.fields[column].type in NAMES:
            return cell_name(table, row, column)
        value = (table.rows or ())[row][column]
        return str(value).lower() if isinstance(value, bool) else value

    rows = tuple(tuple(cell(row, column) for column in drawn) for row in range(len(table.rows or ())))
    return Data(headings(table.fields[column] for column in drawn), rows)


register(Kind("scatter", ScatterOptions, "column", check, own_sources, draw, data))
