"""The kind of chart ``line``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.figures.annotations.axes import number_axis, time_axis
from c6brief.figures.annotations.checking import SMALLEST_ON_LOG, check_annotations
from c6brief.figures.annotations.rules import OLD_KEY
from c6brief.figures.drawing.palette import MOST_SERIES
from c6brief.figures.kinds import DrawContext
from c6brief.figures.line.options import LineOptions
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.series import SeriesKind, check_series, columns_of, series_of
from c6brief.figures.rows.tabular import table_of
from c6brief.figures.time.times import ALONG, MOST_POINTS, Times, check_lines, check_times, known_time, times_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST_LINES = 12
"""Lines whose labels can be read beside one plot."""


def _can_be_told_apart(check: TableCheck[LineOptions]) -> None:
    """The lines can be told apart: six by their styles, more where some are highlighted. Problem: ``bad-value``."""
    options, count = check.options, len(series_of(check.options, check.table))
    if count > MOST_LINES:
        hint = f"there are {count}: leave some out, or use small multiples"
        check.bad_key(f"too many series; at most {MOST_LINES}", options.series_key, hint)
    elif len(options.highlight) > MOST_SERIES:
        message = f"highlight: at most {MOST_SERIES} lines can be told apart"
        check.bad_key(message, "highlight", "highlight the ones that the title is about")
    elif count > MOST_SERIES and not options.highlight:
        message = f"{count} lines cannot be told apart by their look; at most {MOST_SERIES} can"
        hint = "add 'highlight: […]' with the series that the title is about"
        check.bad_key(message, options.series_key, hint)


def _can_be_log(check: TableCheck[LineOptions]) -> None:
    """Nothing drawn is at zero or below, where a logarithmic scale has no place. Problem: ``bad-value``."""
    options, hint = check.options, "remove 'log: true'"
    if options.zero:
        check.bad("a logarithmic scale has no zero", options.place("zero", key=True), "remove 'zero' or 'log'")
        return
    for row, cells in enumerate(check.table.rows or ()):
        for column in columns_of(options, check.table).y:
            if cells[column] is not None and cells[column] < SMALLEST_ON_LOG:
                check.bad_cell(f"{cells[column]} has no place on a logarithmic scale", row, column, hint)


def _check_notes(check: TableCheck[LineOptions], times: Times) -> None:
    """Notes are at times that are drawn, and are better written as annotations. Problems: ``old-key`` and its own."""
    for index, note in enumerate(check.options.notes):
        known_time(check, note.x, ("notes", index, "x"), times)
    if check.options.notes and check.good:
        place, hint = check.options.place("notes", key=True), "write 'annotate: [{x: …, text: …}]'"
        check.problems.report(OLD_KEY, "notes: 'annotate' says this now", place, hint)


@chart_kind("line", width="column")
class LineChart(SeriesKind[LineOptions]):
    """``line``: how values change over time, one line for each series, its name and last value at its end.

    There is no legend. The scale of values need not start at zero, since a line shows change and not size; its labels
    say where it starts. What is missing is a gap, what is uncertain is dashed.
    """

    options = LineOptions

    def check(self, options: LineOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are one to twelve lines of two values at least, which can be told apart, at times that exist.

        Problems: those of :func:`~c6brief.figures.rows.series.check_series`; ``bad-value`` at the cell or key.
        """
        table = check_series(options, evidence, problems, least=1, most=MOST_POINTS, what="points", x_types=ALONG)
        if table is None:
            return False
        check = TableCheck(options, table, problems)
        check_times(check, 2)
        if not check.good:
            return False
        check.known_values("highlight", [series.name for series in series_of(options, table)], "series")
        if check.good:
            _can_be_told_apart(check)
        check_lines(check)
        times = times_of(options, table)
        _check_notes(check, times)
        if options.log:
            _can_be_log(check)
        if check.good:
            values = [point.value for series in series_of(options, table) for point in series.points]
            shown = [*values, *(reference.value for reference in options.references), *([0.0] if options.zero else [])]
            check_annotations(check, time_axis(times), number_axis(shown, log=options.log))
        return check.good

    def draw(self, options: LineOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.line.drawing import LineDrawing  # here: it imports Matplotlib

        return LineDrawing(options, table_of(options, context.evidence), context).canvas
