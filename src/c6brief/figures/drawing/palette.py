"""What tells series, steps and values apart: lightness, dashes, hatching and shape first, hue second.

Everything is made of the brand's own hues, so that a figure restyled is a figure recoloured; and everything is
ordered by lightness, so that a page printed in grey, or seen by colour-blind eyes, can still be read. Lightness is
CIE L*, hue and chroma are kept in OKLCH, where a colour made lighter stays the same colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Literal

from c6brief.documents.colours import AA, AA_GRAPHICS, contrast, mix
from c6brief.documents.contrast import (
    LEAST_DIFFERENCE,
    LIGHTNESS_STEP,
    lightness,
    oklch,
    smallest_difference,
    with_contrast,
    with_lightness,
)
from c6brief.figures.drawing.style import Style

Hatch = Literal["none", "rising", "falling"]
Shape = Literal["dot", "square", "diamond", "triangle"]

DEEPEST = 0.58
"""The share of a whole tint that a table's cells take at most."""

MOST_SERIES = 6
"""Series that can be told apart on one plot."""


@dataclass(frozen=True)
class SeriesStyle:
    """How one series is drawn. ``dashes``: pt on and off, for lines; ``hatch``: for areas; ``shape``: for points."""

    colour: str
    dashes: tuple[float, float] | None = None
    hatch: Hatch = "none"
    shape: Shape = "dot"


SIGNS = (
    SeriesStyle(""),
    SeriesStyle("", hatch="rising", shape="square"),
    SeriesStyle("", dashes=(5, 2), shape="diamond"),
    SeriesStyle("", hatch="falling", shape="triangle"),
    SeriesStyle("", dashes=(2, 2), shape="square"),
    SeriesStyle("", dashes=(1, 2), shape="dot"),
)
"""What tells series apart beside their colours, in the order of series."""

DEPTHS = (18.0, 10.0)
"""CIE L* of the darkest series: as deep as leaves its hue, or where many series have no room so, nearly black."""


@lru_cache(maxsize=64)
def _series_colours(count: int, style: Style) -> tuple[str, ...]:
    """The colours of ``count`` series: one lightness each, as far from one another as the brand's own leaves room for.

    The brand comes first, then always the lightness farthest from the one before. Hues go round brand, second colour
    and ink. None has less contrast on paper than a mark needs.
    """
    brand = with_contrast(style.brand, style.paper, AA_GRAPHICS)
    if count == 1:
        return (brand,)
    edge = lightness(with_contrast(style.paper, style.paper, AA_GRAPHICS))
    best, least = (brand,) * count, -1.0
    for depth in DEPTHS:
        low, high = sorted((edge, depth if edge < lightness(style.paper) else 100 - depth / 2))
        own = min(max(lightness(brand), low), high)
        ladders = [_steps(own, low, below) + _steps(own, high, count - 1 - below) for below in range(count)]
        for steps in sorted(ladders, key=lambda steps: -_gap([own, *steps])):
            found = _with_hues(brand, own, steps, style)
            apart = min(smallest_difference(one, other)[0] for one, other in combinations(found, 2))
            # Enough is enough: beyond it the widest steps count.
            apart = min(apart, LEAST_DIFFERENCE) + min(
                min(_gap([own, *steps]), _gap(list(map(lightness, found)))), LIGHTNESS_STEP
            )
            if apart > least + 0.01:
                best, least = found, apart
            if least >= LEAST_DIFFERENCE + LIGHTNESS_STEP:
                return best
    return best


def _with_hues(brand: str, own: float, steps: list[float], style: Style) -> tuple[str, ...]:
    """The brand's colour and one for each of ``steps``, in the order of series.

    A saturated red or green is much darker to some eyes: where that brings it upon another colour, the next hue is
    tried, then paler ones.
    """
    colours, last, left = [brand], own, list(steps)
    while left:
        last = max(left, key=lambda step: (abs(step - last), step))
        left.remove(last)
        hues = [(style.brand, style.second, style.ink)[(len(colours) + turn) % 3] for turn in range(3)]
        tries = (with_lightness(hue, last, oklch(hue)[1] * pale) for pale in (1, 0.5, 0.15) for hue in hues)
        best, least = brand, -1.0
        for tried in tries:
            apart = min(smallest_difference(tried, other)[0] for other in colours)
            if apart > least:
                best, least = tried, apart
            if least >= LEAST_DIFFERENCE:
                break
        colours.append(best)
    return tuple(colours)


def _steps(own: float, bound: float, count: int) -> list[float]:
    """``count`` even steps from ``own``, itself left out, to ``bound``."""
    return [own + (bound - own) * number / count for number in range(1, count + 1)]


def _gap(steps: list[float]) -> float:
    ordered = sorted(steps)
    return min(high - low for low, high in pairwise(ordered))


def series_styles(count: int, style: Style) -> list[SeriesStyle]:
    """The styles of ``count`` series, at most :data:`MOST_SERIES`: dark and light by turns, each with its own shape."""
    count = min(count, MOST_SERIES)
    return [
        replace(sign, colour=colour)
        for sign, colour in zip(SIGNS, _series_colours(count, style) if count else (), strict=False)
    ]


def highlighted_styles(strong: Sequence[bool], style: Style) -> list[SeriesStyle]:
    """The styles of series of which the ``strong`` ones are highlighted: all differ by their shapes."""
    shapes = series_styles(len(strong), style)
    return [
        SeriesStyle(style.brand if each else quiet_colour(style), shape=one.shape)
        for each, one in zip(strong, shapes, strict=True)
    ]


def quiet_colour(style: Style) -> str:
    """The colour of what is not highlighted: grey, but darker than the grid."""
    return mix(style.grey, style.paper, 0.45)


def tones(count: int, style: Style, colour: str | None = None, least: float | None = None) -> list[str]:
    """``count`` steps from dark to light, even in lightness: for parts that have an order.

    They begin with ``colour`` (the brand's by default; a deeper one of its hue where it is too light to leave room for
    steps) and end with ``least`` of it on the paper, or just before the paper. On dark paper they go from light to
    dark: the first stands out most.
    """
    return list(_tones(count, style, colour, least))


@lru_cache(maxsize=64)
def _tones(count: int, style: Style, colour: str | None, least: float | None) -> tuple[str, ...]:
    base = colour or with_contrast(style.brand, style.paper, AA_GRAPHICS)
    if count < 2:
        return (base,) * count
    paper = lightness(style.paper)
    first = lightness(base)
    if least is None:
        last = paper - FAINTEST if paper > 50 else paper + FAINTEST
        needed = max(LEAST_RANGE, (count - 1) * (LIGHTNESS_STEP + 1))  # a little more than is needed, for roundings
        if abs(last - first) < needed:
            first = max(5.0, last - needed) if paper > 50 else min(95.0, last + needed)
    else:
        last = lightness(mix(base, style.paper, least))
    chroma = oklch(base)[1]
    steps = [number / (count - 1) for number in range(count)]
    colours = [with_lightness(base, first + (last - first) * step, chroma * (1 - 0.7 * step)) for step in steps]
    return (base if first == lightness(base) else colours[0], *colours[1:])


FAINTEST = 12.0
"""CIE L* between paper and the faintest tone: what a cell without outline needs to be seen."""
LEAST_RANGE = 40.0
"""CIE L* from the first tone to the last, at least."""


def heat_colour(share: float, style: Style) -> str:
    """The colour of a cell at ``share`` of its scale: 0 nearly paper, 1 the brand's colour.

    Shares below zero are the other side of a diverging scale and go towards the second colour.
    """
    side = with_contrast(style.brand if share >= 0 else style.second, style.paper, AA_GRAPHICS)
    return mix(side, style.paper, 0.06 + 0.94 * min(1.0, abs(share)))


def tint(depth: int, style: Style) -> tuple[str, str]:
    """The colour behind a number of a table and that of the number, for a depth of 1 to 100, or -1 to -100.

    Kept light: at most so deep that ink stands out on it as on a page, since there are numbers to be read.
    """
    colour = heat_colour(depth / 100 * DEEPEST, style)
    return colour, text_colour_on(colour, style)


def text_colour_on(colour: str, style: Style) -> str:
    """Ink or paper: whichever stands out more on ``colour``, by WCAG's contrast ratio.

    On colours of middling lightness, where neither of a house's two is enough for AA, black or white.
    """
    best = max((style.ink, style.paper), key=lambda text: contrast(text, colour))
    if contrast(best, colour) < AA:
        return max(("#000000", "#ffffff"), key=lambda text: contrast(text, colour))  # one of them has 4.58 at least
    return best


def legible_colour(colour: str, style: Style) -> str:
    """``colour`` as words can be written in it on paper: mixed with ink as far as WCAG's contrast for text asks."""
    shares = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
    mixed = (mix(colour, style.ink, share) for share in shares)
    return next((tried for tried in mixed if contrast(tried, style.paper) >= AA), style.ink)
