"""The kind of chart ``scatter``: its keys, checks and data."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.figures.annotations.axes import Axis, number_axis
from c6brief.figures.annotations.checking import check_annotations
from c6brief.figures.data import ChartData
from c6brief.figures.drawing.palette import MOST_SERIES as MOST_GROUPS
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import UNCERTAIN, TableCheck
from c6brief.figures.rows.tabular import (
    NAMES,
    NUMBERS,
    TIMES,
    TabularKind,
    cell_name,
    check_table,
    names_in,
    rows_as_data,
    table_of,
)
from c6brief.figures.scatter.spots import (
    ScatterColumns,
    ScatterOptions,
    columns_of,
    groups_of,
    has_both,
    place_across,
    scatter_of,
)

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

LEAST, MOST = 2, 10_000
"""Points: one says nothing of how two numbers go together; more than that are a cloud, and megabytes."""


def _check_cells(check: TableCheck[ScatterOptions], columns: ScatterColumns) -> None:
    """Times are times, sizes not negative, and logarithmic scales get values above zero. Problem: ``bad-value``."""
    options, table = check.options, check.table
    type_ = table.fields[columns.x].type
    time = type_ in TIMES
    if time and options.log in ("x", "both"):
        check.bad_key("log: times have no logarithm", "log", "log: y, or a number for x")
        return
    logged = [columns.x] * (options.log in ("x", "both")) + [columns.y] * (options.log in ("y", "both"))
    for row, cells in enumerate(table.rows or ()):
        check.above_zero(row, logged)
        if columns.size is not None and cells[columns.size] is not None and cells[columns.size] < 0:
            message = f"{cells[columns.size]} cannot be an area"
            check.bad_cell(message, row, columns.size, "zero or more; null if not known")
        if time and cells[columns.x] is not None:
            try:
                place_across(table, columns, row)
            except (ValueError, OverflowError):
                hint = "2024" if type_ == "year" else "2024-05-31"
                check.bad_cell(f"'{cells[columns.x]}' is no {type_}", row, columns.x, hint)


def _check_names(check: TableCheck[ScatterOptions], columns: ScatterColumns) -> None:
    """Names are there and name one point each, and groups are few enough to be told apart.

    Problems: ``missing-key``, ``bad-value``, ``unknown-value``.
    """
    options, table = check.options, check.table
    if options.labels is not None and options.label is None:
        hint = "add 'label: …' (the field with the names)"
        check.bad("'labels' without 'label'", options.place("labels", key=True), hint, "missing-key")
        return
    known: dict[str, None] = {}
    if columns.label is not None:
        for row, name in enumerate(names_in(table, columns.label)):
            if name in known:
                check.bad_cell(f"label: '{name}' stands twice", row, columns.label, "every name wants one point")
            if name:
                known[name] = None
    groups = groups_of(table, columns)
    if len(groups) > MOST_GROUPS:
        message = f"too many groups; at most {MOST_GROUPS} can be told apart"
        check.bad_key(message, "series", f"there are {len(groups)}")
    if columns.series is not None:
        for row, name in enumerate(names_in(table, columns.series)):
            if not name:
                check.bad_cell(f"series: row {row + 1} has no group", row, columns.series, "every point wants a group")
    if not check.good:
        return
    check.no_repeats("highlight")
    check.no_repeats("labels")
    check.known_values("highlight", [*known, *groups], "point or group")
    if options.labels not in (("all",), ("none",)):
        check.known_values("labels", [*known], "point")


def _has_points(check: TableCheck[ScatterOptions], columns: ScatterColumns) -> None:
    """There are points enough. Problem: ``bad-value``."""
    options, table = check.options, check.table
    if sum(has_both(table, columns, row) for row in range(len(table.rows or ()))) < LEAST:
        message = f"fewer than {LEAST} rows have both '{options.x}' and '{options.y}'"
        check.bad_key(message, "y", "a point wants both numbers")


def _check_words(check: TableCheck[ScatterOptions], columns: ScatterColumns) -> None:
    """Annotations stand on the plot. Problems: those of :func:`check_annotations`."""
    options, table = check.options, check.table
    shown = [row for row in range(len(table.rows or ())) if has_both(table, columns, row)]
    heights = [(table.rows or ())[row][columns.y] for row in shown]
    y = number_axis([*heights, *(each.value for each in options.references)], log=options.log in ("y", "both"))
    ordered = sorted(shown, key=lambda row: place_across(table, columns, row))
    first, last = ordered[0], ordered[-1]
    places = place_across(table, columns, first), place_across(table, columns, last)
    type_ = table.fields[columns.x].type
    ends = cell_name(table, first, columns.x), cell_name(table, last, columns.x)
    x = Axis(type_, *places, ends, log=options.log in ("x", "both"))
    check_annotations(check, x, y)


@chart_kind("scatter", width="column")
class ScatterPlot(TabularKind[ScatterOptions]):
    """``scatter``: two numbers of each thing as a point, the points that matter with their names.

    Neither scale begins at zero unless the numbers do: what is read is where points stand to each other. A third number
    may be shown by the area of the points.
    """

    options = ScatterOptions

    def check(self, options: ScatterOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are points, the fields exist and suit, and the scales can show every value.

        Problems: ``missing-key``, ``unknown-id``, ``unknown-value``, ``bad-value``.
        """
        table = check_table(options, evidence, problems)
        if table is None:
            return False
        check = TableCheck(options, table, problems)
        check.known_columns(
            {
                "x": ((*NUMBERS, *TIMES), "has no place on a scale"),
                "y": (NUMBERS, "is not numeric"),
                "label": (NAMES, "names no points"),
                "size": (NUMBERS, "is not numeric"),
                "series": (NAMES, "names no groups"),
                **UNCERTAIN,
            }
        )
        if not check.in_turn(partial(check.right_count, LEAST, MOST, "points")):
            return False
        columns = columns_of(options, table)
        return check.in_turn(
            partial(check.finite, [each for each in (columns.x, columns.y, columns.size) if each is not None]),
            partial(_check_cells, check, columns),
            partial(_check_names, check, columns),
            partial(_has_points, check, columns),
            partial(_check_words, check, columns),
        )

    def draw(self, options: ScatterOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.scatter.drawing import ScatterDrawing  # here: it imports Matplotlib

        return ScatterDrawing(scatter_of(options, table_of(options, context.evidence)), context, options).canvas

    def data(self, options: ScatterOptions, evidence: Evidence) -> ChartData:
        """The rows of the table under the fields drawn; units stand in the headings."""
        table = table_of(options, evidence)
        found = columns_of(options, table)
        order = (found.label, found.series, found.x, found.y, found.size, found.uncertain)
        names = (column for column, field in enumerate(table.fields) if field.type in NAMES)
        return rows_as_data(table, dict.fromkeys(order), names)
