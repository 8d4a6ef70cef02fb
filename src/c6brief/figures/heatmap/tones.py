"""From the values of a heatmap to tones: even where numbers stand in the cells, in steps where they do not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from c6brief.figures.drawing.palette import heat_colour
from c6brief.figures.drawing.scale import scale_of
from c6brief.figures.drawing.style import Style

STEPS = 5
"""So many tones can be told apart and found again in a scale."""
SMALLEST = 1e-300
"""Below this there are no round numbers left between floats."""


@dataclass(frozen=True)
class ToneScale:
    """Tones for values. ``bounds`` of the steps (of n + 1 bounds, n steps); without them tones are even."""

    low: float
    high: float
    style: Style
    diverging: bool = False
    bounds: tuple[float, ...] = ()

    def colour(self, value: float) -> str:
        """The tone of a value: the darker, the larger; to both sides of zero where the scale diverges."""
        if self.diverging and not value:
            return heat_colour(0.0, self.style)  # zero is on neither side
        if self.bounds:
            step = min(max(bisect_right(self.bounds, value) - 1, 0), len(self.bounds) - 2)
            return self.tones()[step]
        largest = max(abs(self.low), abs(self.high)) or 1  # divided first: no difference is too large for a float
        if self.diverging:
            return heat_colour(value / largest, self.style)
        span = self.high / largest - self.low / largest
        return heat_colour((value / largest - self.low / largest) / span if span else 0.5, self.style)

    def tones(self) -> list[str]:
        """The tones of the steps, from the lowest to the highest."""
        count = len(self.bounds) - 1
        if self.diverging:
            most = max(map(abs, self.bounds))
            middles = [
                (one / most + other / most) / 2 for one, other in zip(self.bounds, self.bounds[1:], strict=False)
            ]
            return [heat_colour(middle / max(map(abs, middles)), self.style) for middle in middles]
        return [heat_colour(step / (count - 1) if count > 1 else 0.5, self.style) for step in range(count)]


def tone_scale(
    values: Iterable[float], extent: tuple[float, float] | None, style: Style, *, diverging: bool, steps: bool
) -> ToneScale:
    """The scale over ``values`` and ``extent``; in ``steps`` between round numbers, or even."""
    known = [*values, *(extent or ())]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if diverging:
        high = max(abs(low), abs(high)) or 1.0
        low = -high
    bounds: Sequence[float] = ()
    if steps and max(abs(low), abs(high)) > SMALLEST:
        bounds = scale_of([low, high], 0, 1, ticks=STEPS if not diverging else STEPS + 1).ticks
    return ToneScale(low, high, style, diverging, tuple(bounds) if len(bounds) > 1 else ())
