"""The labels and grid lines of a time scale."""

from __future__ import annotations

from dataclasses import dataclass

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.timeline.timescale import MONTH, YEAR, TimeScale
from c6brief.figures.words import FigureWords

CLOSEST_GRID = 6.0
"""pt between grid lines, at least."""


@dataclass(frozen=True)
class Tick:
    """A label of the scale, centred on ``x`` (pt). ``upper``: of the year or month above the finer labels."""

    x: float
    words: str
    upper: bool = False


def ticks(scale: TimeScale, words: FigureWords, face: Face) -> list[Tick]:
    """Labels that do not touch each other: years, or months or days with a second row above them."""
    fine: list[Tick] = []
    coarse: list[Tick] = []
    every = scale.step(max(fonts.width(_name(scale, unit, words), face) for unit in scale.units()) + face.size)
    for unit in scale.units()[:-1]:
        place = (scale.x(unit * scale.unit) + scale.x((unit + 1) * scale.unit)) / 2
        above = _above(scale, unit, words)
        if above is not None and (not coarse or coarse[-1].words != above):
            coarse.append(Tick(place, above, upper=True))
        if _number(scale, unit) % every == 0:
            fine.append(Tick(place, _name(scale, unit, words)))
    return fine + _apart(coarse, face)


def grid(scale: TimeScale) -> list[float]:
    """Where units begin, in pt."""
    every = scale.step(CLOSEST_GRID)
    return [scale.x(unit * scale.unit) for unit in scale.units() if _number(scale, unit) % every == 0]


def _number(scale: TimeScale, unit: int) -> int:
    """What steps count by: the year; the month from 0; the day from 0."""
    return unit if scale.unit == YEAR else unit % 12 if scale.unit == MONTH else unit % 31


def _name(scale: TimeScale, unit: int, words: FigureWords) -> str:
    if scale.unit == YEAR:
        return str(unit)
    return words.month(unit % 12 + 1) if scale.unit == MONTH else str(unit % 31 + 1)


def _above(scale: TimeScale, unit: int, words: FigureWords) -> str | None:
    if scale.unit == YEAR:
        return None
    if scale.unit == MONTH:
        return str(unit // 12)
    return f"{words.month(unit // 31 % 12 + 1)} {unit // 372}"


def _apart(upper: list[Tick], face: Face) -> list[Tick]:
    kept: list[Tick] = []
    for tick in upper:
        room = (fonts.width(tick.words, face) + face.size) if kept else 0
        if not kept or tick.x - kept[-1].x >= room:
            kept.append(tick)
        elif len(kept) == 1:  # the first label stands for a stub: the next one says more
            kept[-1] = tick
    return kept
