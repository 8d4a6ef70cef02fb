"""What a histogram draws: its bins, how wide they are, where they begin, how many values are in each.

Without NumPy, so that a check stays light.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.figures.data import Number

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
FEWEST, MOST = 4, 60
"""Bins that the rule chooses at least, where the values differ enough, and at most; also what a chart may ask for."""

FINEST, TINIEST = 1e-10, 1e-280
"""Values are one where they differ by less than this part of them, or by less than that."""
LARGEST = 1e300
"""No value for bins is larger."""


@dataclass(frozen=True)
class Bins:
    """``counts[n]``: the values from ``edges[n]`` up to, but without, ``edges[n + 1]``; the last bin has both edges."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


def raw_width(values: Sequence[Number]) -> float:
    """The width of bins by the rule of Freedman and Diaconis (1981).

    Twice the interquartile range over the cube root of the number of values; 0 where at least half of the values are
    the same.
    """
    ordered = sorted(values)
    root: float = len(ordered) ** (1 / 3)
    return 2 * (_quantile(ordered, 0.75) - _quantile(ordered, 0.25)) / root


def _quantile(ordered: Sequence[Number], share: float) -> float:
    """Between the two nearest values, in proportion, as numpy does it by default."""
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def edges_of(values: Sequence[Number], bins: int | Sequence[Number] | None = None) -> tuple[float, ...]:
    """The edges of bins for ``values``, which are finite and not empty.

    ``bins``: the edges themselves, about how many bins there shall be, or ``None`` for the rule of Freedman and
    Diaconis. Edges that are not given are round numbers: multiples of 1, 2, 2.5 or 5 times a power of ten.
    """
    if bins is not None and not isinstance(bins, int):
        return tuple(map(float, bins))
    low, high = float(min(values)), float(max(values))
    whole = all(float(value).is_integer() for value in values)
    largest = max(abs(low), abs(high))
    span = high - low
    if span <= FINEST * largest or span < TINIEST:
        step = _round_step(largest / 10 if largest > TINIEST else 1.0)
        step = max(1.0, step) if whole else step
        first = math.floor(low / step)
        return (first * step, (first + 1) * step)
    wide = span / bins if isinstance(bins, int) else raw_width(values)
    wide = wide or span / (math.log2(len(values)) + 1)  # Sturges, where the middle half of the values is one value
    wide = min(max(wide, span / MOST, FINEST * largest), span / FEWEST if bins is None else span)
    step = _round_step(wide)
    if whole:
        step = max(1.0, step if step.is_integer() else _round_step(wide, (1.0, 2.0, 5.0, 10.0)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(float(f"{number * step:.12g}") for number in range(first, max(last, first + 1) + 1))


def _round_step(wide: float, steps: Sequence[float] = STEPS) -> float:
    """The round number nearest to ``wide`` in ratio."""
    power = 10.0 ** math.floor(math.log10(wide))
    return min((step * power for step in steps), key=lambda step: abs(math.log(step / wide)))


def count_values(values: Sequence[Number], edges: Sequence[float]) -> Bins:
    """How many of ``values`` are in each bin. All lie between the first and the last edge, but for rounding."""
    counts = [0] * (len(edges) - 1)
    for value in values:
        counts[min(max(bisect_right(edges, value), 1), len(counts)) - 1] += 1
    return Bins(tuple(edges), tuple(counts))


@dataclass(frozen=True)
class Histogram:
    """What is drawn. ``strong``: whether each bin is highlighted, ``None`` where none is. ``marks``: values with their
    words; ``median`` apart, as its word is in the language of the brief.
    """

    bins: Bins
    strong: tuple[bool, ...] | None
    marks: tuple[tuple[Number, str], ...]
    median: float | None
    title: str
    things: str
    values: int
    absent: int
