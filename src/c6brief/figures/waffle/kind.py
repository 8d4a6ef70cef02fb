"""The kind of chart ``waffle``: its keys, checks and data."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.figures.data import ChartData
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import UNCERTAIN, TableCheck
from c6brief.figures.rows.tabular import (
    NAMES,
    NUMBERS,
    TabularKind,
    check_table,
    column_named,
    headings,
    names_in,
    table_of,
)
from c6brief.figures.waffle.parts import WaffleOptions, parts_of, squares_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST = 5
"""Parts that can be told apart without looking back and forth."""


def _is_a_whole(check: TableCheck[WaffleOptions], y: int) -> None:
    """The numbers can be parts of something. Problem: ``bad-value``."""
    rows = check.table.rows or ()
    for row, cells in enumerate(rows):
        if (cells[y] or 0) < 0:
            check.bad_cell(f"y: {cells[y]} is below zero, and no part of a whole", row, y, "use 'kind: bar'")
    if check.good and not any(cells[y] for cells in rows):
        check.bad_key("y: there is nothing to divide", "y", "all parts are zero or missing")


@chart_kind("waffle", width="column")
class WaffleChart(TabularKind[WaffleOptions]):
    """``waffle``: parts of a whole as squares: a hundred, or one for each event or claim that is counted, unless the chart
    says otherwise.

    Squares are given by largest remainder, so that they sum exactly. Each part is named beside its squares with its per
    cent and its number; what has no square is listed in words. Counted `by: strength`, the part whose accounts differ has
    the colour that is kept for that. Up to five parts: of more, a bar chart shows more.
    """

    options = WaffleOptions

    def check(self, options: WaffleOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are two to five named parts, none below zero, of a whole that is something.

        Problems: ``missing-key``, ``unknown-id``, ``unknown-value``, ``bad-value``.
        """
        table = check_table(options, evidence, problems)
        if table is None:
            return False
        check = TableCheck(options, table, problems)
        check.known_columns({"x": (NAMES, "names no parts"), "y": (NUMBERS, "is not numeric"), **UNCERTAIN})
        hint = "put the smaller ones together, or use 'kind: bar'" if len(table.rows or ()) > MOST else ""
        if not check.in_turn(partial(check.right_count, 2, MOST, "parts", hint)):
            return False
        x, y = column_named(table, options.x), column_named(table, options.y)
        check.distinct([x], "x", "part")
        check.finite([y])
        check.no_repeats("highlight")
        check.known_values("highlight", names_in(table, x), "part")
        return check.in_turn(partial(_is_a_whole, check, y))

    def draw(self, options: WaffleOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.waffle.drawing import WaffleDrawing  # here: it imports Matplotlib

        table = table_of(options, context.evidence)
        unit = table.fields[column_named(table, options.y)].unit or ""
        return WaffleDrawing(parts_of(options, table), squares_of(options, table), unit, context).canvas

    def data(self, options: WaffleOptions, evidence: Evidence) -> ChartData:
        """A row for each part, in the order drawn, with its squares; the unit stands in the heading."""
        table = table_of(options, evidence)
        heads = headings(table.fields[column_named(table, name)] for name in (options.x, options.y))
        rows = tuple((part.name, part.value, part.squares) for part in parts_of(options, table))
        return ChartData((*heads, f"squares of {squares_of(options, table)}"), rows)
