"""The kind of chart ``line``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.checks import BadValues
from c6brief.figures.drawing.palette import MOST_SERIES
from c6brief.figures.kinds import DrawContext
from c6brief.figures.line.options import LineOptions
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.series import SeriesKind, SeriesOptions, check_series, columns_of, series_of
from c6brief.figures.rows.tabular import known_values, table_of
from c6brief.figures.time.times import ALONG, MOST_POINTS, check_lines, check_times, known_time, times_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST_LINES = 12
"""Lines whose labels can be read beside one plot."""
SMALLEST_ON_LOG = 1e-300
"""Floats below are not exact; nothing that is measured is so small."""


def _can_be_told_apart(options: SeriesOptions, table: Table, problems: Problems) -> bool:
    """Whether the lines can be told apart: six by their styles, more where some are highlighted. ``bad-value``."""
    names = [series.name for series in series_of(options, table)]
    if not known_values(options.highlight, "highlight", names, "series", options, problems):
        return False
    place = options.place(options.series_key)
    if len(names) > MOST_LINES:
        message = f"too many series; at most {MOST_LINES}"
        problems.error("bad-value", message, place, f"there are {len(names)}: leave some out, or use small multiples")
    elif len(options.highlight) > MOST_SERIES:
        message = f"highlight: at most {MOST_SERIES} lines can be told apart"
        problems.error("bad-value", message, options.place("highlight"), "highlight the ones that the title is about")
    elif len(names) > MOST_SERIES and not options.highlight:
        message = f"{len(names)} lines cannot be told apart by their look; at most {MOST_SERIES} can"
        problems.error("bad-value", message, place, "add 'highlight: […]' with the series that the title is about")
    else:
        return True
    return False


def _notes_known(options: LineOptions, table: Table, problems: Problems) -> list[bool]:
    times = times_of(options, table)
    return [
        known_time(note.x, times, ("notes", index, "x"), options, problems) for index, note in enumerate(options.notes)
    ]


def _can_be_log(options: LineOptions, table: Table, problems: Problems) -> bool:
    """Whether nothing drawn is at zero or below, where a logarithmic scale has no place. Problem: ``bad-value``."""
    hint = "remove 'log: true'"
    if options.zero:
        message = "a logarithmic scale has no zero"
        problems.error("bad-value", message, options.place("zero", key=True), "remove 'zero' or 'log'")
        return False
    bad = BadValues(problems)
    for row, cells in enumerate(table.rows or ()):
        for column in columns_of(options, table).y:
            if cells[column] is not None and cells[column] < SMALLEST_ON_LOG:
                message = f"{cells[column]} has no place on a logarithmic scale"
                bad.add(message, table.cell_place(row, column), hint)
    for index, reference in enumerate(options.references):
        if reference.value < SMALLEST_ON_LOG:
            message = f"{reference.value:g} has no place on a logarithmic scale"
            bad.add(message, options.place("references", index, "value"), hint)
    return not bad.count


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
        if table is None or not check_times(options, table, 2, problems):
            return False
        good = [
            check_lines(options, table, problems),
            _can_be_told_apart(options, table, problems),
            *(_notes_known(options, table, problems)),
        ]
        if options.log:
            good.append(_can_be_log(options, table, problems))
        return all(good)

    def draw(self, options: LineOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.line.drawing import LineDrawing  # here: it imports Matplotlib

        return LineDrawing(options, table_of(options, context.evidence), context).canvas
