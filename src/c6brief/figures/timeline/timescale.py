"""Time on a line: from EDTF dates to points, in years, months or days.

A year is a stretch of the line, not a point on it: 2024 stands in the middle of its stretch, 18 February 2026
near the start of its own. Dates far from all others stand outside the line, beyond a break, with their year in
words: so that one horizon in 2040 does not squash the ten years that matter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from c6brief.evidence.dates import FIRST, LAST, Day, interval

YEAR, MONTH, DAY = 1.0, 1 / 12, 1 / 372
"""The length of units in years. All months have 31 days here: the drawing is no calendar, and this keeps it exact."""

INSET, BREAK = 9.0, 10.0
"""pt from the end of the sheet to a mark beyond a break; pt of the break itself."""

_DOUBT = str.maketrans("", "", "~?%")
_ROUND = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000)
_TOUCH = 1e-6

UNBROKEN = 20.0
"""Years that always have room on one line."""

Side = Literal["core", "earlier", "later"]


@dataclass(frozen=True, order=True)
class TimeSpan:
    """The time that a date allows, in years; ``None`` for an open end. Marks of doubt do not widen it."""

    start: float | None
    end: float | None

    @property
    def anchor(self) -> float:
        """The start, or the end where the start is open."""
        return self.start if self.start is not None else self.end if self.end is not None else 0.0

    @property
    def edges(self) -> tuple[float, ...]:
        """Its first and last day, as far as they are known."""
        first = () if self.start is None else (self.start,)
        return first if self.end is None else (*first, self.end - DAY)

    @property
    def length(self) -> float:
        """In years; infinite where an end is open."""
        return math.inf if self.start is None or self.end is None else self.end - self.start


def time_span(date: str) -> TimeSpan:
    """The time of an EDTF string. ``2024/..`` is open towards the end."""
    allowed = interval(date.translate(_DOUBT))
    start = None if allowed.first == FIRST else _position(allowed.first)
    end = None if allowed.last == LAST else _position(allowed.last) + DAY
    return TimeSpan(start, end)


def _position(day: Day) -> float:
    year, month, number = day
    return year + (month - 1) * MONTH + (number - 1) * DAY


@dataclass(frozen=True)
class TimeScale:
    """The line from ``left`` to ``right`` (pt) for the years ``first`` to ``last``, in units of ``unit``.

    ``earlier`` and ``later`` are the places (pt) of what lies beyond the breaks, if anything does.
    """

    left: float
    right: float
    first: float
    last: float
    unit: float
    earlier: float | None = None
    later: float | None = None

    def x(self, year: float) -> float:
        """Where a moment stands, in pt."""
        side = self.side(year)
        if side == "earlier" and self.earlier is not None:
            return self.earlier
        if side == "later" and self.later is not None:
            return self.later
        share = (year - self.first) / (self.last - self.first)
        return self.left + min(max(share, 0), 1) * (self.right - self.left)

    def side(self, year: float) -> Side:
        """Whether a moment stands on the line, or beyond which of its breaks."""
        if year < self.first - _TOUCH:
            return "earlier"
        return "later" if year > self.last + _TOUCH else "core"

    def ends(self, moment: TimeSpan) -> tuple[float, float]:
        """Where the mark of ``moment`` begins and ends: centres of its first and last unit. One place: a dot."""
        start, end = moment.start, moment.end
        if start is None or end is None:
            known = self.x(end - self.unit / 2) if end is not None else self.x(moment.anchor + self.unit / 2)
            return known, known
        half = min(self.unit, end - start) / 2
        return self.x(start + half), self.x(max(end - half, start + half))

    @property
    def unit_width(self) -> float:
        """The width of a unit in pt."""
        return self.unit / (self.last - self.first) * (self.right - self.left)

    def step(self, room: float) -> int:
        """How many units one has to take for ``room`` pt."""
        steps = _ROUND if self.unit == YEAR else (1, 2, 3, 6, 12) if self.unit == MONTH else (1, 2, 5, 10, 15, 30)
        return next((step for step in steps if step * self.unit_width >= room), steps[-1])

    def units(self) -> range:
        """The numbers of the units on the line, the last one's end included."""
        return range(round(self.first / self.unit), round(self.last / self.unit) + 1)


def core_years(moments: Sequence[TimeSpan]) -> tuple[float, float]:
    """The years that the line must show, first and last: all, but for the few that would squash the rest.

    Beyond 20 years, the widest gap cuts off what is at most a third of the dates, if the gap is at least 6 years and
    three quarters of what the rest spans.
    """
    years = sorted({year for moment in moments for year in moment.edges})
    kept = [(moment.anchor, moment) for moment in moments]
    count = len(kept)
    while years[-1] - years[0] > UNBROKEN and len(years) > 2:
        gap, cut = max((after - before, before) for before, after in pairwise(years))
        below, above = [y for y in years if y <= cut], [y for y in years if y > cut]
        fewer_below = sum(anchor <= cut for anchor, _ in kept) * 2 < len(kept)
        rest = above if fewer_below else below
        left = [pair for pair in kept if (pair[0] > cut) == fewer_below]
        if gap < max(6, 0.75 * (rest[-1] - rest[0])) or len(left) * 3 < count * 2 or not left:
            break
        years, kept = rest, left
    return years[0], years[-1]


def fit_scale(moments: Sequence[TimeSpan], left: float, right: float, *, lane: float) -> TimeScale:
    """A scale for ``moments`` between ``left`` and ``right`` pt. ``lane``: the width of a place beyond a break."""
    if not moments:
        return TimeScale(left, right, 0, 1, YEAR)
    low, high = core_years(moments)
    inside = [moment for moment in moments if low <= moment.anchor <= high]
    finest = min((moment.length for moment in inside), default=YEAR)
    span = high - low
    if span <= 2 * MONTH and finest < MONTH / 2:
        unit, least = DAY, 7
    elif span <= 1.6 and finest < YEAR / 2:
        unit, least = MONTH, 4
    else:
        unit, least = YEAR, 4
    first = math.floor(low / unit + _TOUCH)
    last = math.floor(high / unit + _TOUCH) + 1
    missing = max(0, least - (last - first))
    first, last = first - missing // 2, last + missing - missing // 2
    points = [year for moment in moments for year in moment.edges]
    before = any(year < first * unit - _TOUCH for year in points)
    after = any(year > last * unit + _TOUCH for year in points)
    return TimeScale(
        left + lane * before,
        right - lane * after,
        first * unit,
        last * unit,
        unit,
        left + INSET if before else None,
        right - INSET if after else None,
    )
