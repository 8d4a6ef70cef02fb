"""The kind of chart ``slope``: its keys, checks and data."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.drawing.palette import MOST_SERIES
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.series import SeriesKind, SeriesOptions, check_series, series_of, x_names
from c6brief.figures.rows.tabular import NAMES, known_values, table_of
from c6brief.figures.time.times import check_times, points_along, times_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST_MOMENTS = 4
MOST_THINGS = 30
"""Names that can stand one below the other beside one plot."""


class SlopeOptions(SeriesOptions):
    """The keys of a slope chart."""


def _has_slopes(options: SlopeOptions, table: Table, problems: Problems) -> bool:
    """Whether a line can be drawn at all. Problem: ``bad-value``."""
    times = times_of(options, table)
    for thing in series_of(options, table):
        points = points_along(thing, times)
        if any(a.value is not None and b.value is not None for a, b in pairwise(points)):
            return True
    message = "y: nothing has a value at two moments that follow each other"
    problems.error(
        "bad-value", message, options.place("y"), "a slope joins two values of one thing: name it in 'series'"
    )
    return False


@chart_kind("slope", width="column")
class SlopeChart(SeriesKind[SlopeOptions]):
    """``slope``: many things at two moments, or up to four: who rose, who fell, who passed whom.

    Names and values stand at both ends, so there is no scale to read. What has no scale is refused: words before and
    after are a table.
    """

    options = SlopeOptions

    def check(self, options: SlopeOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are two to four moments, and things with a value at two that follow each other.

        Problems: those of :func:`~c6brief.figures.rows.series.check_series`; ``bad-value`` at the cell or key.
        """
        most = MOST_MOMENTS * MOST_THINGS
        table = check_series(options, evidence, problems, least=1, most=10 * most, what="values", x_types=NAMES)
        if table is None or not check_times(options, table, 1, problems):
            return False
        moments = x_names(options, table)
        if not 2 <= len(moments) <= MOST_MOMENTS:
            message = f"x: a slope chart shows 2 to {MOST_MOMENTS} moments; '{options.x}' has {len(moments)}"
            hint = (
                "keep the first and the last, or use a line chart"
                if len(moments) > 2
                else "one moment is a bar or dot chart"
            )
            problems.error("bad-value", message, options.place("x"), hint)
            return False
        things = series_of(options, table)
        if len(things) > MOST_THINGS:
            place = options.place("series" if options.series is not None else "y")
            message = f"too many things; at most {MOST_THINGS}"
            problems.error("bad-value", message, place, f"there are {len(things)}: show those that the title is about")
            return False
        if not known_values(
            options.highlight, "highlight", [thing.name for thing in things], "thing", options, problems
        ):
            return False
        if len(options.highlight) > MOST_SERIES:
            message = f"highlight: at most {MOST_SERIES} things can be told apart"
            problems.error("bad-value", message, options.place("highlight"), "highlight those that the title is about")
            return False
        return _has_slopes(options, table, problems)

    def draw(self, options: SlopeOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.slope.drawing import SlopeDrawing  # here: it imports Matplotlib

        return SlopeDrawing(options, table_of(options, context.evidence), context).canvas
