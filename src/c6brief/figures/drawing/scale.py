"""From values to points on the sheet: linear and logarithmic scales, and where their labels stand."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.ticker import LogLocator, MaxNLocator

STEPS = (1, 2, 2.5, 5, 10)
TINIEST, LARGEST = 1e-300, sys.float_info.max
"""Differences below the one are none, and no scale reaches beyond the other: floats end a little further on."""


@dataclass(frozen=True)
class Scale:
    """Values from ``low`` to ``high`` between ``start`` and ``end`` (pt). ``ticks``: the values to label."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...] = ()
    log: bool = False

    def at(self, value: float) -> float:
        """Where ``value`` stands, in pt."""
        # Divided first: the range of two huge numbers is beyond all floats.
        if self.log:
            share = (math.log10(value) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        else:
            half = max(abs(self.low), abs(self.high)) or 1.0
            share = (value / half - self.low / half) / (self.high / half - self.low / half)
        return self.start + share * (self.end - self.start)


def scale_of(
    values: Iterable[float | None],
    start: float,
    end: float,
    *,
    zero: bool = False,
    ticks: int = 5,
    log: bool = False,
    round_out: bool = True,
) -> Scale:
    """A scale over ``values`` (``None`` counts for nothing) with at most ``ticks`` steps of 1, 2, 2.5 or 5.

    ``zero``: the scale holds zero. ``round_out``: it begins and ends at a tick, otherwise at the extreme values.
    ``log``: a scale of equal ratios, for values above zero.
    """
    known = [float(value) for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if log:
        return _log_scale(low, high, start, end, ticks)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < TINIEST:
        room = abs(low) / 2 if abs(low) > TINIEST else 1.0
        low, high = max(low - room, -LARGEST), min(high + room, LARGEST)
        if zero:
            low, high = min(low + room, 0.0), max(high, 0.0)
    places = _even_steps(low, high, ticks)
    if round_out:
        low, high = min(places[0], low), max(places[-1], high)
    inside = [place for place in places if low <= place <= high]
    return Scale(low, high, start, end, tuple(inside))


def _even_steps(low: float, high: float, most: int) -> Sequence[float]:
    """Round numbers from at or below ``low`` to at or above ``high``."""
    unit = 10.0 ** math.floor(math.log10(max(abs(low), abs(high))))  # the locator fails on huge and tiny numbers
    places = MaxNLocator(nbins=max(1, most), steps=STEPS, min_n_ticks=2).tick_values(low / unit, high / unit)
    rounded = dict.fromkeys(float(f"{float(place) * unit:.12g}") for place in places)
    return [place for place in rounded if math.isfinite(place)] or [low, high]


def _log_scale(low: float, high: float, start: float, end: float, most: int) -> Scale:
    if math.log10(high) - math.log10(low) < 1e-9:
        low, high = low / 3, min(high * 3, LARGEST)
    decades = math.log10(high) - math.log10(low)
    subs = (1.0, 2.0, 5.0) if decades < 2.2 else (1.0, 3.0) if decades < 3.5 else (1.0,)
    places = LogLocator(base=10, subs=subs, numticks=max(most, 2) * 3).tick_values(max(low, TINIEST), min(high, 1e300))
    inside = [float(f"{place:.12g}") for place in places if low <= place <= high]
    if len(inside) < 2:
        inside = [place for place in _even_steps(low, high, most) if low <= place <= high]
    return Scale(low, high, start, end, tuple(inside[:: max(1, -(-len(inside) // (most * 2)))]), log=True)
