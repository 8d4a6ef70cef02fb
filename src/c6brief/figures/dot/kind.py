"""The kind of chart ``dot``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.figures.annotations.axes import names_axis, number_axis
from c6brief.figures.annotations.checking import check_annotations
from c6brief.figures.data import ChartData
from c6brief.figures.dot.dots import DotOptions, dots_of, range_columns
from c6brief.figures.drawing.palette import MOST_SERIES
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.series import SeriesKind, check_series, columns_of, series_of, x_names
from c6brief.figures.rows.tabular import NUMBERS, column_named, names_in, rows_as_data, table_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST = 40
"""Rows of dots that can still be read, and fit on a page."""


def _check_keys(check: TableCheck[DotOptions]) -> None:
    """Ranges have both ends, a meaning, and numbers to end at. Problems: ``missing-key``, ``bad-value``."""
    options = check.options
    given = [key for key in ("low", "high", "range") if getattr(options, key)]
    if not given:
        return
    if len(given) < 3:
        absent = next(key for key in ("low", "high", "range") if key not in given)
        hint = "say what the ranges are: 'range: \"95 % interval\"'" if absent == "range" else f"add '{absent}: …'"
        check.bad(f"'{given[0]}' without '{absent}'", options.place(given[0], key=True), hint, "missing-key")
        return
    for key in ("low", "high"):
        names = getattr(options, key)
        if len(names) != len(options.y):
            message = f"{key}: {len(names)} fields for {len(options.y)} under 'y'"
            check.bad_key(message, key, "one for each field of y")
            continue
        for index, name in enumerate(names):
            check.known_column(name, (key, index), NUMBERS, "is not numeric")
            if check.good:
                check.finite([column_named(check.table, name)])


def _check_cells(check: TableCheck[DotOptions]) -> None:
    """Ranges hold their values, and a logarithmic scale all of them. Problem: ``bad-value``."""
    for row, cells in enumerate(check.table.rows or ()):
        for value, low, high in range_columns(check.options, check.table):
            if check.options.log:
                check.above_zero(row, [value, low, high])
            if low is None or high is None:
                continue
            if (cells[low] is None) != (cells[high] is None):
                absent = low if cells[low] is None else high
                check.bad_cell("a range with one end", row, absent, "both ends, or null for both")
            elif cells[low] is not None and cells[low] > cells[high]:
                message = f"the range ends ({cells[high]}) below its begin ({cells[low]})"
                check.bad_cell(message, row, low, "low is above high")
            elif cells[low] is not None and cells[value] is not None and not cells[low] <= cells[value] <= cells[high]:
                message = f"{cells[value]} lies outside its range, {cells[low]} to {cells[high]}"
                check.bad_cell(message, row, value)


@chart_kind("dot", width="column")
class DotPlot(SeriesKind[DotOptions]):
    """``dot``: values of categories as dots on one scale (Cleveland's dot plot), with ranges where they are known.

    Several series stand in one row, joined by a line. A dot shows its value by where it stands, not by a length, so the
    scale need not begin at zero and may be logarithmic.
    """

    options = DotOptions

    def check(self, options: DotOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are rows, the fields exist and suit, and every value lies within its range.

        Problems: those of :func:`~c6brief.figures.rows.series.check_series`; ``missing-key`` (low, high, range);
        ``bad-value`` (ends of a range, a value that a logarithmic scale cannot show, too many categories or series).
        """
        most = MOST * MOST_SERIES if options.series else MOST
        table = check_series(options, evidence, problems, least=1, most=most, what="dots")
        if table is None:
            return False
        check = TableCheck(options, table, problems)
        _check_keys(check)
        if not check.good:
            return False
        categories, count = len(x_names(options, table)), len(series_of(options, table))
        if categories > MOST:
            check.bad_key(f"too many categories; at most {MOST}", "x", f"there are {categories}")
        elif count > MOST_SERIES:
            message = f"too many series; at most {MOST_SERIES} can be told apart"
            check.bad_key(message, options.series_key, f"there are {count}")
        else:
            _check_cells(check)
        if check.good:
            rows = dots_of(options, table).rows
            numbers = [number for row in rows for dot in row.dots for number in (dot.value, dot.low, dot.high)]
            y = number_axis([*numbers, *(each.value for each in options.references)], log=options.log)
            check_annotations(check, names_axis(row.name for row in rows), y, poles=False)
        return check.good

    def draw(self, options: DotOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.dot.drawing import DotDrawing  # here: it imports Matplotlib

        return DotDrawing(dots_of(options, table_of(options, context.evidence)), context, options).canvas

    def data(self, options: DotOptions, evidence: Evidence) -> ChartData:
        """The rows of the table, categories in the order drawn, under the fields drawn; units stand in the headings."""
        table = table_of(options, evidence)
        columns = columns_of(options, table)
        ends = [column for triple in range_columns(options, table) for column in triple]
        place = {row.name: number for number, row in enumerate(dots_of(options, table).rows)}
        names = names_in(table, columns.x)
        order = sorted(range(len(names)), key=lambda row: place[names[row]])
        named = (columns.x, columns.series)
        return rows_as_data(table, (*named, *ends, columns.uncertain), named, order)
