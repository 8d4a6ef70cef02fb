"""Scales as a reader sees them: grid lines with their numbers, names and years under a plot, and room for all that.

There are no Matplotlib axes: what stands at an edge must be measured before the plot's size is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from babel import Locale

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import MIDDLE, Face
from c6brief.figures.drawing.numbers import numbers
from c6brief.figures.drawing.scale import Scale

GAP = 5.0
"""pt between a number and the plot."""


@dataclass(frozen=True)
class Plot:
    """Where values are drawn, in pt on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """In pt."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In pt."""
        return self.bottom - self.top


def tick_labels(scale: Scale, locale: Locale) -> list[str]:
    """The labels of a scale's ticks; on a logarithmic scale each with its own decimals, as they span many sizes."""
    if scale.log:
        return [numbers([tick], locale)[0] for tick in scale.ticks]
    return numbers(scale.ticks, locale)


def gutter(labels: Sequence[str], face: Face) -> float:
    """The room in pt that numbers at the left of a plot need."""
    return max((fonts.width(label, face) for label in labels), default=0.0) + GAP if labels else 0.0


def draw_levels(canvas: Canvas, plot: Plot, scale: Scale, labels: Sequence[str], face: Face) -> None:
    """A hairline across the plot at each tick of an upright scale, its number at the left; zero in a firmer line."""
    style = canvas.style
    for tick, words in zip(scale.ticks, labels, strict=True):
        y = scale.at(tick)
        firm = tick == 0 and not scale.log
        colour, width = (style.grey, style.rule) if firm else (style.hair, style.hairline)
        canvas.line([(plot.left, y), (plot.right, y)], colour, width)
        canvas.text(plot.left - GAP, y + MIDDLE * face.size, words, face, style.grey, "end")


def draw_uprights(canvas: Canvas, plot: Plot, scale: Scale, labels: Sequence[str], face: Face) -> None:
    """A hairline down the plot at each tick of a level scale, its number underneath where there is room for it."""
    style = canvas.style
    for tick in scale.ticks:
        firm = tick == 0 and not scale.log
        colour, width = (style.grey, style.rule) if firm else (style.hair, style.hairline)
        canvas.line([(scale.at(tick), plot.top), (scale.at(tick), plot.bottom)], colour, width)
    places = [(scale.at(tick), words) for tick, words in zip(scale.ticks, labels, strict=True)]
    draw_below(canvas, plot, places, face)


def draw_below(
    canvas: Canvas, plot: Plot, places: Sequence[tuple[float, str]], face: Face, colour: str | None = None
) -> None:
    """Words centred under their places at the foot of the plot, every second or third where all would touch.

    Words at the very edge of the sheet are moved inwards rather than cut.
    """
    y = plot.bottom + GAP + fonts.ASCENT * face.size
    for x, words in thin_labels(places, face, canvas.width):
        canvas.text(x, y, words, face, colour or canvas.style.grey)


def below_height(face: Face) -> float:
    """The room in pt that one line of :func:`draw_below` needs."""
    return GAP + (fonts.ASCENT + fonts.DESCENT) * face.size


def thin_labels(
    places: Sequence[tuple[float, str]], face: Face, width: float, gap: float | None = None
) -> list[tuple[float, str]]:
    """Of words to be centred at their places (pt), every n-th, so that no two touch: (left end, words).

    The first is always kept; of the last, as long as it does not touch the one before. None leaves 0 to ``width``.
    """
    air = face.size * 0.8 if gap is None else gap

    def boxes(every: int) -> list[tuple[float, float, str]]:
        kept = []
        for x, words in places[::every]:
            room = fonts.width(words, face)
            left = min(max(0.0, x - room / 2), max(0.0, width - room))
            kept.append((left, left + room, words))
        return kept

    every = first_fitting(
        lambda every: all(b[0] - a[1] >= air for a, b in zip(boxes(every), boxes(every)[1:], strict=False)),
        len(places),
    )
    return [(left, words) for left, _, words in boxes(every)]


def first_fitting(fits: Callable[[int], bool], most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, … (or 3, 4, 6 …, ``most``) for which ``fits`` holds; ``most`` if none."""
    return next(
        (step for step in (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 50, 100, 500) if step < most and fits(step)),
        max(1, most),
    )
