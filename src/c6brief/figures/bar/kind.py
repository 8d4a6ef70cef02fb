"""The kind of chart ``bar``: its keys, checks and data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from c6brief.documents.addition import total
from c6brief.documents.entries import Refusal, ScalarText
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.table_models import Table
from c6brief.figures.annotations.axes import names_axis, number_axis
from c6brief.figures.annotations.checking import check_annotations
from c6brief.figures.annotations.options import AnnotatedOptions
from c6brief.figures.bar.bars import Arrange, Bars, BarValue, reach_of_row
from c6brief.figures.data import ChartData
from c6brief.figures.drawing.palette import MOST_SERIES
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.series import (
    Series,
    SeriesKind,
    SeriesOptions,
    check_series,
    columns_of,
    series_data,
    series_of,
    unit_of,
    x_names,
)
from c6brief.figures.rows.tabular import one_line, table_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST = 40
"""Categories that can still be read, and fit on a page."""
MOST_BARS = 60
"""Bars beside each other that do."""

_FROM_ZERO = Refusal(
    "bars-not-from-zero",
    "bars begin at zero, because their lengths are compared",
    "remove it; a dot plot (kind: dot) may begin anywhere",
)
_STARTS = ("baseline", "base", "min", "minimum", "from", "start", "origin", "ymin", "y_min", "xmin", "x_min")
_RANGES = ("axis", "scale", "x_axis", "y_axis", "xaxis", "yaxis")


class BarOptions(AnnotatedOptions, SeriesOptions):
    """The keys of a bar chart."""

    arrange: Arrange | None = Field(
        None, description="several series: grouped (the default), stacked, share (of 100%), diverging (left and right)"
    )
    left: tuple[ScalarText, ...] = Field((), description="diverging: series that stand left of zero")
    totals: bool | None = Field(None, description="stacked, diverging: sums at the ends; by default if units agree")
    sort: Literal["given", "value"] = Field("given", description="as in the rows, or the largest value or sum first")

    level: ClassVar[Literal["x", "y"]] = "y"

    refused: ClassVar[Mapping[str, Refusal]] = {
        **dict.fromkeys(_STARTS, _FROM_ZERO),
        **{f"{scale}.{start}": _FROM_ZERO for scale in _RANGES for start in _STARTS},
        **dict.fromkeys(("xlim", "ylim", "domain", "range"), _FROM_ZERO),
    }


def _fits(check: TableCheck[BarOptions], series: list[Series]) -> None:
    """There is room for so many categories and series. Problem: ``bad-value``."""
    options, categories = check.options, len(x_names(check.options, check.table))
    if len(series) > MOST_SERIES:
        message = f"too many series; at most {MOST_SERIES} can be told apart"
        hint = f"there are {len(series)}: show the largest and the rest, or use heatmap or small-multiples"
        check.bad_key(message, options.series_key, hint)
    elif categories > MOST:
        check.bad_key(f"too many bars; at most {MOST}", "x", f"there are {categories} categories")
    elif (options.arrange or "grouped") == "grouped" and len(series) > 1 and len(series) * categories > MOST_BARS:
        message = f"too many bars; at most {MOST_BARS} beside each other"
        hint = f"there are {categories} × {len(series)}: stack them, or use heatmap or small-multiples"
        check.bad_key(message, options.series_key, hint)


def _suits_arrangement(check: TableCheck[BarOptions], series: list[Series]) -> None:
    """The keys suit how the bars are arranged. Problems: ``bad-value``, ``unknown-value``."""
    options = check.options
    if options.left and options.arrange != "diverging":
        place = options.place("left", key=True)
        check.bad("left: only diverging bars have two sides", place, "add 'arrange: diverging'")
    elif options.arrange == "share" and len(series) < 2:
        hint = "name several fields under 'y', or a field under 'series'"
        check.bad_key("arrange: one series has no shares", "arrange", hint)
    else:
        check.no_repeats("left")
    if check.good:
        check.known_values("left", [one.name for one in series], "series")


def _can_be_stacked(check: TableCheck[BarOptions], series: list[Series]) -> None:
    """Values that are parts of a sum are none below zero, and sums are numbers. Problem: ``bad-value``."""
    arrange = check.options.arrange or "grouped"
    if arrange == "grouped":
        return
    y, left = columns_of(check.options, check.table).y, _left(check.options)
    sums: dict[str, float] = {}
    for number, one in enumerate(series):
        column = y[number] if len(y) > 1 else y[0]
        for point in one.points:
            if point.value is not None and point.value < 0 and (arrange != "diverging" or one.name in left):
                message = f"{point.x}: {point.value} is below zero and cannot be part of a sum"
                hint = "use 'arrange: diverging'"
                if arrange == "diverging":
                    message = f"{point.x}: {point.value} is below zero, and '{one.name}' stands left of zero already"
                    hint = "write it without the minus"
                check.bad_cell(message, point.row, column, hint)
            sums[point.x] = sums.get(point.x, 0.0) + abs(point.value or 0)
            if check.good and not math.isfinite(sums[point.x]):
                message = f"{point.x}: the sum is no number that can be drawn"
                check.bad_cell(message, point.row, column, "smaller units")


def _left(options: BarOptions) -> set[str]:
    return set(map(one_line, options.left))


def bars_of(options: BarOptions, table: Table) -> Bars:
    """What is drawn, in the order drawn: sorted by the first series, or by sums where these are shown.

    Rows that lack what they would be sorted by come last.
    """
    series = series_of(options, table)
    arrange = options.arrange or "grouped"
    left = frozenset(index for index, one in enumerate(series) if one.name in _left(options))
    values = [{point.x: BarValue(point.value, point.uncertain) for point in one.points} for one in series]
    rows = [(name, tuple(of.get(name, BarValue(None)) for of in values)) for name in x_names(options, table)]

    def rank(row: tuple[str, tuple[BarValue, ...]]) -> tuple[bool, float]:
        first = row[1][0].value
        known = [cell.value for cell in row[1] if cell.value is not None]
        if arrange == "grouped":
            return first is None, -(first or 0)
        if len(known) < len(row[1]):  # a sum that lacks a part is none
            return True, 0.0
        if arrange == "share":
            return False, -_share(known)
        return False, -total(-value if index in left else value for index, value in enumerate(known))

    if options.sort == "value":
        rows.sort(key=rank)
    highlight = set(map(one_line, options.highlight))
    unit = unit_of(options, table)
    alike = len({table.fields[column].unit for column in columns_of(options, table).y}) == 1
    return Bars(
        tuple(name for name, _ in rows),
        tuple(one.name for one in series),
        tuple(cells for _, cells in rows),
        arrange,
        "" if arrange == "share" else unit,
        frozenset(index for index, (name, _) in enumerate(rows) if name in highlight),
        frozenset(index for index, one in enumerate(series) if one.strong and len(series) > 1),
        left,
        alike if options.totals is None else options.totals,
    )


def _share(values: Sequence[float]) -> float:
    whole = total(values)
    return values[0] / whole if whole else 0.0


def _check_words(check: TableCheck[BarOptions]) -> None:
    """Annotations stand beside bars that are drawn. Problems: those of :func:`check_annotations`."""
    bars = bars_of(check.options, check.table)
    ends = [end for row in bars.cells for end in reach_of_row(bars, row)]
    shares = bars.stacked and bars.arrange == "share"
    y = number_axis(
        [0.0, *ends, *(() if shares else (each.value for each in check.options.references))], grows=not shares
    )
    check_annotations(check, names_axis(bars.names), y, poles=False)


@chart_kind("bar", width="column")
class BarChart(SeriesKind[BarOptions]):
    """``bar``: numbers of categories as horizontal bars from zero, in one series or several.

    Several series stand beside each other (``grouped``), on top of each other as parts of a sum (``stacked``) or of a
    hundred per cent (``share``), or on both sides of zero (``diverging``). Each number is written at its bar, so there
    is no axis; what the source does not give stands as words, never as zero. Bars begin at zero, whatever a chart asks
    for: their lengths are compared, and a bar that begins elsewhere has a length that means nothing.
    """

    options = BarOptions

    def check(self, options: BarOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are rows, the fields exist and suit, every bar has a name of its own and a finite value.

        Problems: those of :func:`check_series`, and ``bad-value`` where series, signs or sums do not suit ``arrange``.
        """
        most = MOST * MOST_SERIES if options.series else MOST
        table = check_series(options, evidence, problems, least=1, most=most, what="bars")
        if table is None:
            return False
        check, series = TableCheck(options, table, problems), series_of(options, table)
        return check.in_turn(
            partial(_fits, check, series),
            partial(_suits_arrangement, check, series),
            partial(_can_be_stacked, check, series),
            partial(_check_words, check),
        )

    def draw(self, options: BarOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.bar.drawing import BarDrawing  # here: it imports Matplotlib

        return BarDrawing(bars_of(options, table_of(options, context.evidence)), context, options).canvas

    def data(self, options: BarOptions, evidence: Evidence) -> ChartData:
        """The rows drawn, those of categories in the order drawn; units stand in the headings."""
        table = table_of(options, evidence)
        order = {name: index for index, name in enumerate(bars_of(options, table).names)}
        given = series_data(options, evidence)
        return ChartData(given.columns, tuple(sorted(given.rows, key=lambda row: order[str(row[0])])))
