"""The kind of chart ``area``: its keys, checks and data."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.figures.annotations.axes import Axis, number_axis, time_axis
from c6brief.figures.annotations.checking import check_annotations
from c6brief.figures.area.options import AreaOptions
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.series import Series, SeriesKind, check_series, columns_of, series_of, x_names
from c6brief.figures.rows.tabular import table_of
from c6brief.figures.time.times import ALONG, MOST_POINTS, check_lines, check_times, times_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST_PARTS = 8
"""Bands that can be told apart by their tone and order."""


def _can_be_stacked(check: TableCheck[AreaOptions], parts: list[Series]) -> None:
    """Every part has a value at every time, none below zero, and the wholes can be drawn. Problem: ``bad-value``."""
    options, table = check.options, check.table
    columns = columns_of(options, table)
    for row, cells in enumerate(table.rows or ()):
        for column in columns.y:
            value = cells[column]
            if value is None:
                message = "missing: what is stacked upon it would stand too low"
                check.bad_cell(message, row, column, "leave this time out")
            elif value < 0:
                check.bad_cell(f"{value} is negative, and no part of a whole", row, column, "a line shows it")
    rows = {point.x: point.row for part in parts for point in part.points}
    for part in parts:
        known = {point.x for point in part.points}
        for name in x_names(options, table):
            if name not in known:
                message = f"'{part.name}' has no value at '{name}': what is stacked upon it would stand too low"
                check.bad_cell(message, rows[name], columns.x, "leave this time out")
    wholes: dict[str, float] = {}
    for point in (point for part in parts for point in part.points):
        wholes[point.x] = wholes.get(point.x, 0.0) + float(point.value or 0)
    for name, whole in wholes.items() if check.good else ():
        if not math.isfinite(whole):
            message = f"the parts of '{name}' add up to no number that can be drawn"
            check.bad_cell(message, rows[name], columns.x)
        elif options.share and whole <= 0:
            check.bad_cell(f"the parts of '{name}' add up to zero", rows[name], columns.x, "leave this time out")


def _heights(options: AreaOptions, parts: list[Series]) -> Axis:
    """The scale of the whole; of shares it ends at a hundred per cent."""
    if options.share:
        return number_axis([0.0, 100.0], grows=False)
    wholes: dict[str, float] = {}
    for point in (point for part in parts for point in part.points):
        wholes[point.x] = wholes.get(point.x, 0.0) + float(point.value or 0)
    return number_axis([0.0, *wholes.values(), *(reference.value for reference in options.references)])


@chart_kind("area", width="column")
class AreaChart(SeriesKind[AreaOptions]):
    """``area``: an amount over time as an area from zero, or the parts of a whole one upon another.

    Parts can be stacked only where each is known and none is negative: a gap in one would lower all above it.
    """

    options = AreaOptions

    def check(self, options: AreaOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are areas of two times at least, and parts that can be stacked.

        Problems: those of :func:`~c6brief.figures.rows.series.check_series`; ``bad-value`` at the cell or key.
        """
        table = check_series(options, evidence, problems, least=1, most=MOST_POINTS, what="points", x_types=ALONG)
        if table is None:
            return False
        check = TableCheck(options, table, problems)
        check_times(check, 2)
        parts = series_of(options, table)
        if check.good:
            check.known_values("highlight", [part.name for part in parts], "part")
        if not check.good:
            return False
        if len(parts) == 1 and options.share:
            message = "the only part of a whole is always 100 per cent of it"
            check.bad(message, options.place("share", key=True), "name more parts, or remove 'share'")
        elif len(parts) == 1:
            check_lines(check)
        elif len(parts) > MOST_PARTS:
            hint = f"there are {len(parts)}: put the smallest ones together"
            check.bad_key(f"too many parts; at most {MOST_PARTS}", options.series_key, hint)
        else:
            _can_be_stacked(check, parts)
        if check.good:
            check_annotations(check, time_axis(times_of(options, table)), _heights(options, parts))
            for index, period in enumerate(options.periods):
                if period.axis == "y":
                    message = "axis: areas would hide a band along their numbers"
                    check.bad(message, options.place("periods", index, "axis"), "two 'references' show its ends")
        return check.good

    def draw(self, options: AreaOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.area.drawing import AreaDrawing  # here: it imports Matplotlib

        return AreaDrawing(options, table_of(options, context.evidence), context, share=options.share).canvas
