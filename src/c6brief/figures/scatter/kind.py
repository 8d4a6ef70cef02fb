"""The kind of chart ``scatter``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.checks import BadValues, no_repeats
from c6brief.figures.data import ChartData
from c6brief.figures.drawing.palette import MOST_SERIES as MOST_GROUPS
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.tabular import (
    NAMES,
    NUMBERS,
    TIMES,
    UNCERTAIN,
    FieldUse,
    TabularKind,
    check_above_zero,
    check_table,
    finite,
    known_columns,
    known_values,
    names_in,
    right_count,
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


def _check_cells(options: ScatterOptions, table: Table, columns: ScatterColumns, problems: Problems) -> bool:
    """Whether times are times, sizes are not negative, and logarithmic scales get values above zero."""
    bad = BadValues(problems)
    type_ = table.fields[columns.x].type
    time = type_ in TIMES
    if time and options.log in ("x", "both"):
        problems.error("bad-value", "log: times have no logarithm", options.place("log"), "log: y, or a number for x")
        return False
    logged = [columns.x] * (options.log in ("x", "both")) + [columns.y] * (options.log in ("y", "both"))
    for row, cells in enumerate(table.rows or ()):
        check_above_zero(table, row, logged, bad)
        if columns.size is not None and cells[columns.size] is not None and cells[columns.size] < 0:
            message = f"{cells[columns.size]} cannot be an area"
            bad.add(message, table.cell_place(row, columns.size), "zero or more; null if not known")
        if time and cells[columns.x] is not None:
            try:
                place_across(table, columns, row)
            except (ValueError, OverflowError):
                hint = "2024" if type_ == "year" else "2024-05-31"
                bad.add(f"'{cells[columns.x]}' is no {type_}", table.cell_place(row, columns.x), hint)
    return not bad.count


def _check_names(options: ScatterOptions, table: Table, columns: ScatterColumns, problems: Problems) -> bool:
    """Whether names are there and name one point each, and groups are few enough to be told apart."""
    if options.labels is not None and options.label is None:
        hint = "add 'label: …' (the field with the names)"
        problems.error("missing-key", "'labels' without 'label'", options.place("labels", key=True), hint)
        return False
    bad = BadValues(problems)
    known: dict[str, None] = {}
    label, series = columns.label, columns.series
    if label is not None:
        for row, name in enumerate(names_in(table, label)):
            if name in known:
                bad.add(f"label: '{name}' stands twice", table.cell_place(row, label), "every name wants one point")
            if name:
                known[name] = None
    groups = groups_of(table, columns)
    if len(groups) > MOST_GROUPS:
        message = f"too many groups; at most {MOST_GROUPS} can be told apart"
        bad.add(message, options.place("series"), f"there are {len(groups)}")
    if series is not None:
        for row, name in enumerate(names_in(table, series)):
            if not name:
                place = table.cell_place(row, series)
                bad.add(f"series: row {row + 1} has no group", place, "every point wants a group")
    if bad.count:
        return False
    chosen = options.labels or ()
    good = no_repeats(options.highlight, "highlight", options, problems)
    good &= no_repeats(chosen, "labels", options, problems)
    good &= known_values(options.highlight, "highlight", [*known, *groups], "point or group", options, problems)
    if chosen not in (("all",), ("none",)):
        good &= known_values(chosen, "labels", [*known], "point", options, problems)
    return good


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
        uses: dict[str, FieldUse] = {
            "x": ((*NUMBERS, *TIMES), "has no place on a scale"),
            "y": (NUMBERS, "is not numeric"),
            "label": (NAMES, "names no points"),
            "size": (NUMBERS, "is not numeric"),
            "series": (NAMES, "names no groups"),
            **UNCERTAIN,
        }
        known = known_columns(uses, table, options, problems)
        if not known or not right_count(table, LEAST, MOST, "points", options, problems):
            return False
        columns = columns_of(options, table)
        numeric = [column for column in (columns.x, columns.y, columns.size) if column is not None]
        if not finite(table, numeric, problems):
            return False
        good = _check_cells(options, table, columns, problems) and _check_names(options, table, columns, problems)
        if good and sum(has_both(table, columns, row) for row in range(len(table.rows or ()))) < LEAST:
            message = f"fewer than {LEAST} rows have both '{options.x}' and '{options.y}'"
            problems.error("bad-value", message, options.place("y"), "a point wants both numbers")
            return False
        return good

    def draw(self, options: ScatterOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.scatter.drawing import ScatterDrawing  # here: it imports Matplotlib

        return ScatterDrawing(scatter_of(options, table_of(options, context.evidence)), context).canvas

    def data(self, options: ScatterOptions, evidence: Evidence) -> ChartData:
        """The rows of the table under the fields drawn; units stand in the headings."""
        table = table_of(options, evidence)
        found = columns_of(options, table)
        order = (found.label, found.series, found.x, found.y, found.size, found.uncertain)
        names = (column for column, field in enumerate(table.fields) if field.type in NAMES)
        return rows_as_data(table, dict.fromkeys(order), names)
