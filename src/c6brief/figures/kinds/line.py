"""``line``: how values change over time, one line for each series, its name and last value at its end.

There is no legend. The scale of values need not start at zero, since a line shows change and not size; its labels say
where it starts. What is missing is a gap, what is uncertain is dashed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, FiniteFloat

from c6brief.documents.entries import ScalarText, Strict
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.kind import DrawContext, Kind, register
from c6brief.figures.lines.times import ALONG, check_times, known_time, times_of
from c6brief.figures.palette import MOST as MOST_LOOKS
from c6brief.figures.series import SeriesOptions, check_series, columns_of, series_data, series_of
from c6brief.figures.tabular import known_values, own_sources, table_of

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas

MOST_SERIES = 12
"""Lines whose labels can be read beside one plot."""
MOST_POINTS = 10_000
SMALLEST_ON_LOG = 1e-300
"""Floats below are not exact; nothing that is measured is so small."""

Label = Annotated[str, Field(min_length=1)]


class Reference(Strict):
    """A value to compare with, as a line across the plot."""

    value: FiniteFloat = Field(description="where the line stands on the scale")
    label: Label = Field(description="what it is: a target, an average")


class Note(Strict):
    """A few words at a point in time."""

    x: ScalarText = Field(description="the time or category, as in the rows, or a time between two of them")
    label: Label = Field(description="what happened then")


class LineOptions(SeriesOptions):
    """The keys of a line chart."""

    zero: bool = Field(False, description="true: the scale starts at zero")
    log: bool = Field(False, description="true: equal ratios are equal distances; for values above zero")
    references: tuple[Reference, ...] = Field((), max_length=4, description="values to compare with")
    notes: tuple[Note, ...] = Field((), max_length=6, description="annotations at points in time")


def check(options: LineOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether there are one to twelve lines of two values at least, which can be told apart, at times that exist.

    Problems: those of :func:`~c6brief.figures.series.check_series`; ``bad-value`` at the cell or key.
    """
    table = check_series(options, evidence, problems, least=1, most=MOST_POINTS, what="points", x_types=ALONG)
    if table is None or not check_times(options, table, 2, problems):
        return False
    good = [
        check_lines(options, table, problems),
        check_looks(options, table, problems),
        *(_notes_known(options, table, problems)),
    ]
    if options.log:
        good.append(_can_be_log(options, table, problems))
    return all(good)


def check_lines(options: SeriesOptions, table: Table, problems: Problems) -> bool:
    """Whether every series has two values, and all have not too many. Problem: ``bad-value``."""
    columns = columns_of(options, table)
    count = len(table.rows or ()) * len(columns.y)
    if count > MOST_POINTS:
        message = f"too many points; at most {MOST_POINTS:,}"
        problems.error("bad-value", message, options.place("y"), f"there are {count:,}: give fewer times or series")
        return False
    good = True
    for turn, series in enumerate(series_of(options, table)):  # of a wide table, in the order of y
        known = sum(point.value is not None for point in series.points)
        if known < 2:
            column = columns.y[0 if columns.series is not None else turn]
            place = table.cell_place(series.points[0].row, column)
            message = f"a line needs two values; '{series.name}' has {known or 'none'}"
            problems.error("bad-value", message, place, "leave the series out, and say so in the note")
            good = False
    return good


def check_looks(options: SeriesOptions, table: Table, problems: Problems) -> bool:
    """Whether the lines can be told apart: six by their look, more where some are highlighted. Problem: ``bad-value``."""
    names = [series.name for series in series_of(options, table)]
    if not known_values(options.highlight, "highlight", names, "series", options, problems):
        return False
    place = options.place("series" if options.series is not None else "y")
    if len(names) > MOST_SERIES:
        message = f"too many series; at most {MOST_SERIES}"
        problems.error("bad-value", message, place, f"there are {len(names)}: leave some out, or use small multiples")
    elif len(options.highlight) > MOST_LOOKS:
        message = f"highlight: at most {MOST_LOOKS} lines can be told apart"
        problems.error("bad-value", message, options.place("highlight"), "highlight the ones that the title is about")
    elif len(names) > MOST_LOOKS and not options.highlight:
        message = f"{len(names)} lines cannot be told apart by their look; at most {MOST_LOOKS} can"
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
    good = True
    for row, cells in enumerate(table.rows or ()):
        for column in columns_of(options, table).y:
            if cells[column] is not None and cells[column] < SMALLEST_ON_LOG:
                message = f"{cells[column]} has no place on a logarithmic scale"
                problems.error("bad-value", message, table.cell_place(row, column), hint)
                good = False
    for index, reference in enumerate(options.references):
        if reference.value < SMALLEST_ON_LOG:
            message = f"{reference.value:g} has no place on a logarithmic scale"
            problems.error("bad-value", message, options.place("references", index, "value"), hint)
            good = False
    return good


def draw(options: LineOptions, setting: DrawContext) -> Canvas:
    from c6brief.figures.lines.line_drawing import LineDrawing  # here: it imports Matplotlib

    return LineDrawing(options, table_of(options, setting.evidence), setting).canvas


register(Kind("line", LineOptions, "column", check, own_sources, draw, series_data))
