"""Bars as numbers: what stands in which row, from where to where, and the words at the ends.

A row is a category. It has one *lane* for each series where these stand beside each other, one for all of them where
they are stacked; a lane is made of *segments*, which are measured in parts of the longest bar.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from c6brief.documents.addition import total
from c6brief.figures.drawing.numbers import Number, common_decimals, number, numbers, share_words
from c6brief.figures.words import FigureWords

Arrange = Literal["grouped", "stacked", "share", "diverging"]


@dataclass(frozen=True)
class BarValue:
    """A value, ``None`` where there are no data, and whether its source is uncertain of it."""

    value: Number | None
    uncertain: bool = False


@dataclass(frozen=True)
class Bars:
    """What a bar chart shows. ``cells``: for each of ``names`` (the categories), one for each of ``series``.

    ``left`` are the series that stand left of zero although their numbers are not negative; ``totals``: the sum of a
    stacked row stands at its end.
    """

    names: tuple[str, ...]
    series: tuple[str, ...]
    cells: tuple[tuple[BarValue, ...], ...]
    arrange: Arrange = "grouped"
    unit: str = ""
    strong_rows: frozenset[int] = field(default_factory=frozenset)
    strong_series: frozenset[int] = field(default_factory=frozenset)
    left: frozenset[int] = field(default_factory=frozenset)
    totals: bool = True

    @property
    def stacked(self) -> bool:
        """Whether all series of a row share one bar."""
        return self.arrange != "grouped" and len(self.series) > 1

    @property
    def uncertain(self) -> bool:
        """Whether there is any value to be marked as uncertain."""
        return any(cell.uncertain and cell.value for row in self.cells for cell in row)


@dataclass(frozen=True)
class Segment:
    """A series' part of a bar, from ``start`` to ``end`` (away from zero), in parts of the longest bar; its number."""

    series: int
    start: float
    end: float
    words: str
    uncertain: bool = False


@dataclass(frozen=True)
class Lane:
    """One bar: its segments, the words at its left and right end, and whether these say that something is missing."""

    segments: tuple[Segment, ...]
    left: str = ""
    right: str = ""
    missing: bool = False


def lanes_of(
    bars: Bars, words: FigureWords, extent: tuple[float, float] | None = None, *, short: bool = False
) -> list[list[Lane]]:
    """For each row its lanes from top to bottom. The longest bar, or the further end of ``extent``, is 1.

    ``short``: large numbers are written in short (5M), as along a scale.
    """
    decimals = common_decimals(cell.value for row in bars.cells for cell in row)

    def write(value: Number) -> str:
        return numbers([value], words.locale)[0] if short else number(value, words.locale, decimals)

    known = [abs(cell.value) for row in bars.cells for cell in row if cell.value is not None]
    unit = max([*known, *map(abs, extent or ())], default=0) or 1  # divided first: sums of huge numbers have no float
    if not bars.stacked:
        return [[_single(series, cell, unit, words, write) for series, cell in enumerate(row)] for row in bars.cells]
    rows = [_stack(bars, row, unit, words, write) for row in bars.cells]
    ends = [abs(segment.end) for lane in rows for segment in lane.segments]
    if bars.arrange != "share":
        ends += [abs(end) / unit for end in extent or ()]
    longest = max(ends, default=0) or 1
    return [[_shorter(lane, longest)] for lane in rows]


def longest_of(bars: Bars, extent: tuple[float, float] | None = None) -> float:
    """The number that a bar of length 1 stands for, as :func:`lanes_of` has it; 100 where bars are shares."""
    if bars.stacked and bars.arrange == "share":
        return 100.0
    ends = [abs(end) for row in bars.cells for end in reach_of_row(bars, row)] + [abs(end) for end in extent or ()]
    return max(ends, default=0) or 1


def reach_of_row(bars: Bars, row: Sequence[BarValue]) -> tuple[float, float]:
    """How far the bars of a row reach left and right of zero: at most 0, and at least 0; shares to 100."""
    if bars.stacked and bars.arrange == "share":
        return 0.0, 100.0
    values = [-abs(cell.value or 0) if index in bars.left else cell.value or 0 for index, cell in enumerate(row)]
    if bars.stacked:
        return total(value for value in values if value < 0), total(value for value in values if value > 0)
    return min([0.0, *values]), max([0.0, *values])


NumberWriter = Callable[[Number], str]


def _single(series: int, cell: BarValue, unit: Number, words: FigureWords, write: NumberWriter) -> Lane:
    if cell.value is None:
        return Lane((), right=words["no-data"], missing=True)
    written = write(cell.value)
    if not cell.value:
        return Lane((), right=written)
    segment = Segment(series, 0.0, cell.value / unit, written, cell.uncertain)
    return Lane((segment,), left=written) if cell.value < 0 else Lane((segment,), right=written)


def _stack(bars: Bars, row: Sequence[BarValue], unit: Number, words: FigureWords, write: NumberWriter) -> Lane:
    """One bar of all series: those that belong left of zero grow from zero to the left."""
    missing = [bars.series[index] for index, cell in enumerate(row) if cell.value is None]
    values = [cell.value or 0 for cell in row]
    share = bars.arrange == "share"
    if share and missing:
        return Lane((), right=_no_data(missing, len(row), words), missing=True)
    written = [write(value) for value in values]
    sizes = [abs(value) / unit for value in values]
    if share:
        written = share_words(values, words.locale)
        whole = math.fsum(sizes)
        sizes = [size / whole if whole else 0.0 for size in sizes]
    lefts = [index for index in reversed(range(len(row))) if index in bars.left]  # the first one ends up outermost
    lefts += [index for index in range(len(row)) if values[index] < 0 and index not in bars.left]
    rights = [index for index in range(len(row)) if index not in lefts]
    segments: list[Segment] = []
    ends = ["", ""]
    for side, chosen in enumerate((lefts, rights)):
        shown = [index for index in chosen if sizes[index]]
        alone = len(shown) == 1 and not share and not missing and (bars.totals or bars.arrange == "diverging")
        reached = 0.0
        for index in shown:
            start, reached = reached, reached + sizes[index]
            sign = 1 if side else -1
            inside = "" if alone else written[index]
            segments.append(Segment(index, sign * start, sign * reached, inside, row[index].uncertain))
        if alone:
            ends[side] = written[shown[0]]
        elif shown and bars.totals and not share and not missing:
            ends[side] = write(total(abs(values[index]) if bars.left else values[index] for index in shown))
    if missing:
        ends[1] = _no_data(missing, len(row), words)
    elif not segments:
        ends[1] = write(0)
    return Lane(tuple(sorted(segments, key=lambda part: part.series)), ends[0], ends[1], bool(missing))


def _no_data(missing: Sequence[str], count: int, words: FigureWords) -> str:
    if len(missing) == count:
        return words["no-data"]
    named = ", ".join(missing)
    return f"{words['no-data']}: {named if len(named) <= 24 else f'{len(missing)}/{count}'}"


def _shorter(lane: Lane, longest: float) -> Lane:
    segments = (
        Segment(part.series, part.start / longest, part.end / longest, part.words, part.uncertain)
        for part in lane.segments
    )
    return Lane(tuple(segments), lane.left, lane.right, lane.missing)
