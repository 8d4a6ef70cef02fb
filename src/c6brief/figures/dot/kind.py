"""The kind of chart ``dot``: its keys, checks and data."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.checks import BadValues
from c6brief.figures.data import ChartData
from c6brief.figures.dot.dots import DotOptions, dots_of, range_columns
from c6brief.figures.drawing.palette import MOST_SERIES
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.series import SeriesKind, check_series, columns_of, series_of, x_names
from c6brief.figures.rows.tabular import (
    NUMBERS,
    check_above_zero,
    finite,
    known_column,
    names_in,
    rows_as_data,
    table_of,
)

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST = 40
"""Rows of dots that can still be read, and fit on a page."""


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
    bad = BadValues(problems)
    for row, cells in enumerate(table.rows or ()):
        place = partial(table.cell_place, row)
        for value, low, high in range_columns(options, table):
            if options.log:
                check_above_zero(table, row, [value, low, high], bad)
            if low is None or high is None:
                continue
            if (cells[low] is None) != (cells[high] is None):
                bad.add(
                    "a range with one end", place(low if cells[low] is None else high), "both ends, or null for both"
                )
            elif cells[low] is not None and cells[low] > cells[high]:
                message = f"the range ends ({cells[high]}) below its begin ({cells[low]})"
                bad.add(message, place(low), "low is above high")
            elif cells[low] is not None and cells[value] is not None and not cells[low] <= cells[value] <= cells[high]:
                bad.add(f"{cells[value]} lies outside its range, {cells[low]} to {cells[high]}", place(value))
    return not bad.count


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
            problems.error("bad-value", message, options.place(options.series_key), f"there are {count}")
            return False
        return _check_cells(options, table, problems)

    def draw(self, options: DotOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.dot.drawing import DotDrawing  # here: it imports Matplotlib

        return DotDrawing(dots_of(options, table_of(options, context.evidence)), context).canvas

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
