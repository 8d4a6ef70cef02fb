"""The kind of chart ``histogram``: its keys, checks and data."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from c6brief.documents.entries import Strict
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.table_models import Table
from c6brief.figures.annotations.axes import Axis, number_axis
from c6brief.figures.annotations.checking import check_annotations
from c6brief.figures.annotations.options import AnnotatedOptions
from c6brief.figures.data import CellValue, ChartData, Number
from c6brief.figures.histogram.bins import LARGEST, Histogram, count_values, edges_of
from c6brief.figures.histogram.bins import MOST as MOST_BINS
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.tabular import (
    NUMBERS,
    TabularKind,
    check_table,
    column_named,
    headings,
    quantity,
    table_of,
)

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

LEAST, MOST = 5, 100_000
"""Values: a bin wants several things, or it shows nothing that their names would not."""
MOST_MARKS = 6


class HighlightRange(Strict):
    """Values to highlight, from one edge of a bin to another; an end that is not given is open."""

    from_: Number | None = Field(None, alias="from", description="the edge of a bin where the range begins")
    to: Number | None = Field(None, description="the edge of a bin where the range ends")


class MarkedValue(Strict):
    """A value with a line and words of its own."""

    value: Number
    label: str


def _edges(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


class HistogramOptions(AnnotatedOptions):
    """The keys of a histogram."""

    x: str = Field(description="the field with the numbers")
    bins: Annotated[int | tuple[Number, ...] | None, BeforeValidator(_edges)] = Field(
        None, description="about how many bins, or their edges; else by the rule of Freedman and Diaconis"
    )
    things: str | None = Field(None, description="what is counted: countries")
    highlight: HighlightRange | None = Field(
        None, description="the bins in colour, as {from: …, to: …}; all others grey"
    )
    mark: tuple[MarkedValue, ...] = Field((), description="values with a line and words: {value: …, label: …}")
    median: bool = Field(False, description="mark the value that half of the things are below")


def _values(table: Table, column: int) -> list[Number]:
    return [cells[column] for cells in table.rows or () if cells[column] is not None]


def _check_bins(check: TableCheck[HistogramOptions], column: int) -> None:
    """There are as many bins as can be seen, their edges rise, and no value lies beyond them. Problem: ``bad-value``."""
    bins = check.options.bins
    if isinstance(bins, int):
        if not 2 <= bins <= MOST_BINS:
            check.bad_key(f"bins: {bins} cannot be drawn", "bins", f"from 2 to {MOST_BINS}")
        return
    if bins is None:
        return
    if not 3 <= len(bins) <= MOST_BINS + 1:
        hint = f"from 3 to {MOST_BINS + 1} edges; there are {len(bins)}"
        check.bad_key("bins: too few or too many edges", "bins", hint)
        return
    for index, edge in enumerate(bins):
        place = check.options.place("bins", index)
        if not abs(edge) < float("inf"):
            check.bad(f"bins: {edge} is no edge", place, "a number")
        elif index and edge <= bins[index - 1]:
            message = f"bins: {edge} does not lie above {bins[index - 1]}"
            check.bad(message, place, "edges from the lowest to the highest")
    steps = [two - one for one, two in pairwise(bins)]
    if check.good and max(steps) - min(steps) > 1e-6 * max(steps):
        hint = "bars as high as their counts want bins of one width"
        check.bad_key("bins: some are wider than others", "bins", hint)
    for row, cells in enumerate(check.table.rows or ()) if check.good else ():
        if cells[column] is not None and not bins[0] <= cells[column] <= bins[-1]:
            hint = f"bins run from {bins[0]} to {bins[-1]}"
            check.bad_cell(f"{cells[column]} is in no bin", row, column, hint)


def _check_highlight(check: TableCheck[HistogramOptions], edges: tuple[float, ...]) -> None:
    """The highlighted range ends at edges of bins. Problems: ``missing-key``, ``bad-value``."""
    options = check.options
    if options.highlight is None:
        return
    low, high = options.highlight.from_, options.highlight.to
    if low is None and high is None:
        place = options.place("highlight")
        check.bad("highlight: neither 'from' nor 'to'", place, "add one", "missing-key")
    for key, end in (("from", low), ("to", high)):
        if end is not None and not any(_same(end, edge, edges) for edge in edges):
            near = sorted(sorted(edges, key=lambda edge: abs(edge - end))[:3])
            hint = "near it are " + ", ".join(f"{edge:.12g}" for edge in near)
            check.bad(f"highlight: {end} is not where a bin ends", options.place("highlight", key), hint)
    if check.good and low is not None and high is not None and low >= high:
        place = options.place("highlight", "from")
        check.bad("highlight: 'from' does not lie below 'to'", place, "the lower end first")


def _check_marks(check: TableCheck[HistogramOptions], edges: tuple[float, ...]) -> None:
    """Marks lie on the scale and have words, and are not too many. Problem: ``bad-value``."""
    options = check.options
    if len(options.mark) > MOST_MARKS:
        check.bad_key("too many marks", "mark", f"at most {MOST_MARKS}; there are {len(options.mark)}")
    for index, mark in enumerate(options.mark):
        if not edges[0] <= mark.value <= edges[-1]:
            hint = f"from {edges[0]:.12g} to {edges[-1]:.12g}"
            check.bad(f"mark: {mark.value} is not on the scale", options.place("mark", index, "value"), hint)
        if not mark.label.strip():
            check.bad("mark: no words", options.place("mark", index, "label"), "say what it is")


def _check_references(check: TableCheck[HistogramOptions], x: Axis) -> None:
    """Values to compare with lie on the scale of values, and no band along counts. Problem: ``bad-value``."""
    options, hint = check.options, f"from {x.ends[0]} to {x.ends[1]}"
    for index, reference in enumerate(options.references):
        if not x.holds(reference.value):
            place = options.place("references", index, "value")
            check.bad(f"references: {reference.value:g} is not on the scale", place, hint)
    for index, period in enumerate(options.periods):
        if period.axis == "y":
            check.bad(
                "axis: a histogram has bands along its values", options.place("periods", index, "axis"), "axis: x"
            )


def _same(one: Number, two: Number, edges: tuple[float, ...]) -> bool:
    return abs(one - two) <= 1e-9 * max(abs(edges[0]), abs(edges[-1]))


def histogram_of(options: HistogramOptions, table: Table) -> Histogram:
    """What is drawn of a checked chart."""
    column = column_named(table, options.x)
    field = table.fields[column]
    values = _values(table, column)
    edges = edges_of(values, options.bins)
    strong = None
    if options.highlight is not None:
        low = edges[0] if options.highlight.from_ is None else options.highlight.from_
        high = edges[-1] if options.highlight.to is None else options.highlight.to
        middles = [one / 2 + two / 2 for one, two in pairwise(edges)]
        strong = tuple(low < middle < high for middle in middles)
    return Histogram(
        count_values(values, edges),
        strong,
        tuple((mark.value, mark.label) for mark in options.mark)
        + tuple((each.value, each.label) for each in options.references)
        + tuple((float(x), words) for x, words in options.on_poles),
        median(map(float, values)) if options.median else None,
        quantity(field),
        options.things or "",
        len(values),
        len(table.rows or ()) - len(values),
    )


def _plain(value: float) -> Number:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


@chart_kind("histogram", width="column")
class HistogramChart(TabularKind[HistogramOptions]):
    """``histogram``: how many things have about which value, as bars without gaps from zero.

    The bins are chosen by a rule and begin at round numbers, or are given. How many values there are, and how many
    things have none, stands under the drawing.
    """

    options = HistogramOptions

    def check(self, options: HistogramOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are values enough, the bins hold them all, and what is highlighted and marked is among them.

        Problems: ``missing-key``, ``unknown-id``, ``unknown-value``, ``bad-value``.
        """
        table = check_table(options, evidence, problems)
        if table is None:
            return False
        check = TableCheck(options, table, problems)
        check.known_columns({"x": (NUMBERS, "is not numeric")})
        if not check.in_turn(partial(check.right_count, 1, MOST, "values")):
            return False
        column = column_named(table, options.x)
        check.finite([column])
        for row, cells in enumerate(table.rows or ()) if check.good else ():
            if abs(cells[column] or 0) > LARGEST:
                check.bad_cell(f"{cells[column]} is too large for bins", row, column, "null if not known")
        values = _values(table, column)
        if check.good and len(values) < LEAST:
            hint = f"there are {len(values)}; a dot plot shows each value"
            check.bad_key(f"too few values for bins; at least {LEAST}", "x", hint)
        if check.in_turn(partial(_check_bins, check, column)):
            edges = edges_of(values, options.bins)
            _check_highlight(check, edges)
            _check_marks(check, edges)
            counts = count_values(values, edges).counts if check.good else ()
            ends = f"{edges[0]:.12g}", f"{edges[-1]:.12g}"
            x = Axis("number", edges[0], edges[-1], ends)
            check_annotations(check, x, number_axis([0.0, *counts]))
            _check_references(check, x)
        return check.good

    def draw(self, options: HistogramOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.histogram.drawing import HistogramDrawing  # here: it imports Matplotlib

        return HistogramDrawing(histogram_of(options, table_of(options, context.evidence)), context, options).canvas

    def data(self, options: HistogramOptions, evidence: Evidence) -> ChartData:
        """What is drawn: a row for each bin. The last bin has both its edges, the others only their lower one."""
        table = table_of(options, evidence)
        drawn = histogram_of(options, table)
        [heading] = headings([table.fields[column_named(table, options.x)]])
        pairs = zip(drawn.bins.edges, drawn.bins.edges[1:], drawn.bins.counts, strict=False)
        rows: list[tuple[CellValue, ...]] = [(_plain(low), _plain(high), number) for low, high, number in pairs]
        if drawn.absent:
            rows.append((None, None, drawn.absent))
        return ChartData((f"{heading} from", "below", options.things or "number"), tuple(rows))
