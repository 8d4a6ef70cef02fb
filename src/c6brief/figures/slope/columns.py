"""The columns of a slope chart: names, values, the plot, values, names; and where its moments stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face

ONE_SIDE = 200.0
"""pt: on a narrower sheet the names stand at the right only, the values at both ends."""
REACH = 6.0
"""pt from a line's end to its value, where that stands beside it."""
BETWEEN = 4.0
"""pt between a value and its name."""
WORDS = 0.36
"""Of the sheet's width, so much is given to a column of names rather than break a word."""
LEAST_SHARE = 0.5
"""Of an even distance, at least this lies between two moments, however near they are to each other in time."""


@dataclass(frozen=True)
class SlopeColumns:
    """The plot's ``left`` and ``right``, the widths of values at both ends, names broken into lines; all in pt.

    ``leader``: from the plot to the values where some had to move. ``both``: whether names stand at both ends;
    ``first``: whether values stand at the first moment.
    """

    left: float
    right: float
    values: tuple[float, float]
    names: tuple[tuple[str, ...], ...]
    leader: float
    both: bool
    first: bool


def columns_for(
    names: Sequence[str], values: Sequence[tuple[str, str]], faces: Sequence[Face], width: float
) -> SlopeColumns:
    """SlopeColumns on a sheet of ``width`` pt for things with these names, values at both ends and faces."""
    both = width >= ONE_SIDE
    leader, narrowest, least = (14.0, 60.0, 30.0) if both else (9.0, 32.0, 34.0)
    first, last = (
        max((fonts.width(pair[side], face) for pair, face in zip(values, faces, strict=True)), default=0.0)
        for side in (0, 1)
    )
    sides = 2 if both else 1
    free = (width - first - last - 2 * leader - sides * BETWEEN - narrowest) / sides
    keep_first = both or free >= least - narrowest / 2
    limit = max(least, min(free, 0.27 * width) if both else free)
    words = max(fonts.longest_word_width(name, face) for name, face in zip(names, faces, strict=True))
    limit = max(limit, min(words + 0.1, WORDS * width))
    broken = tuple(tuple(fonts.wrap(name, limit, face)) for name, face in zip(names, faces, strict=True))
    widest = max(fonts.width(line, face) for lines, face in zip(broken, faces, strict=True) for line in lines)
    left = (first + leader if keep_first else REACH) + (widest + BETWEEN if both else 0.0)
    right = width - last - leader - widest - BETWEEN
    return SlopeColumns(left, right, (first, last), broken, leader, both, keep_first)


def moments_at(places: Sequence[float], left: float, right: float) -> list[float]:
    """Where moments at these ``places`` in time stand, in pt: as far from each other as in time, but never upon one."""
    low, high = places[0], places[-1]
    half = max(abs(low), abs(high)) or 1.0
    xs = [left + (place / half - low / half) / (high / half - low / half) * (right - left) for place in places]
    least = LEAST_SHARE * (right - left) / max(1, len(places) - 1)
    for turn in range(1, len(xs) - 1):
        xs[turn] = max(xs[turn], xs[turn - 1] + least)
    for turn in range(len(xs) - 2, 0, -1):
        xs[turn] = min(xs[turn], xs[turn + 1] - least)
    return xs
