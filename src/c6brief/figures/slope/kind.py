"""The kind of chart ``slope``: its keys, checks and data."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.figures.drawing.palette import MOST_SERIES
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.series import SeriesKind, SeriesOptions, check_series, series_of, x_names
from c6brief.figures.rows.tabular import NAMES, table_of
from c6brief.figures.time.times import check_times, points_along, times_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST_MOMENTS = 4
MOST_THINGS = 30
"""Names that can stand one below the other beside one plot."""


class SlopeOptions(SeriesOptions):
    """The keys of a slope chart."""


def _has_slopes(check: TableCheck[SlopeOptions]) -> None:
    """A line can be drawn at all. Problem: ``bad-value``."""
    times = times_of(check.options, check.table)
    for thing in series_of(check.options, check.table):
        points = points_along(thing, times)
        if any(a.value is not None and b.value is not None for a, b in pairwise(points)):
            return
    message = "y: nothing has a value at two moments that follow each other"
    check.bad_key(message, "y", "a slope joins two values of one thing: name it in 'series'")


def _can_be_followed(check: TableCheck[SlopeOptions]) -> None:
    """There are not too many moments, things, and highlighted things, which are known.

    Problems: ``bad-value``, ``unknown-value``.
    """
    options = check.options
    moments, things = x_names(options, check.table), series_of(options, check.table)
    if not 2 <= len(moments) <= MOST_MOMENTS:
        message = f"x: a slope chart shows 2 to {MOST_MOMENTS} moments; '{options.x}' has {len(moments)}"
        many, one = "keep the first and the last, or use a line chart", "one moment is a bar or dot chart"
        check.bad_key(message, "x", many if len(moments) > 2 else one)
    elif len(things) > MOST_THINGS:
        hint = f"there are {len(things)}: show those that the title is about"
        check.bad_key(f"too many things; at most {MOST_THINGS}", options.series_key, hint)
    else:
        check.known_values("highlight", [thing.name for thing in things], "thing")
    if check.good and len(options.highlight) > MOST_SERIES:
        message = f"highlight: at most {MOST_SERIES} things can be told apart"
        check.bad_key(message, "highlight", "highlight those that the title is about")


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
        if table is None:
            return False
        check = TableCheck(options, table, problems)
        return check.in_turn(
            partial(check_times, check, 1), partial(_can_be_followed, check), partial(_has_slopes, check)
        )

    def draw(self, options: SlopeOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.slope.drawing import SlopeDrawing  # here: it imports Matplotlib

        return SlopeDrawing(options, table_of(options, context.evidence), context).canvas
