"""What tells series, steps and values apart: lightness, dashes, hatching and shape first, hue second.

Everything is mixed from the brand's own colours, so that a figure restyled is a figure recoloured; and everything is
ordered by lightness, so that a page printed in grey can still be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from c6brief.figures.style import Style, channels, mix

Hatch = Literal["none", "rising", "falling"]
Shape = Literal["dot", "square", "diamond", "triangle"]

DEEPEST = 0.58
"""The share of a whole tint that a table's cells take at most."""

MOST = 6
"""Series that can be told apart on one plot."""


@dataclass(frozen=True)
class Look:
    """How one series is drawn. ``dashes``: pt on and off, for lines; ``hatch``: for areas; ``shape``: for points."""

    colour: str
    dashes: tuple[float, float] | None = None
    hatch: Hatch = "none"
    shape: Shape = "dot"


def looks(count: int, style: Style) -> list[Look]:
    """The looks of ``count`` series, at most :data:`MOST`: dark and light by turns, each with a shape of its own."""
    brand, second, paper, ink = style.brand, style.second, style.paper, style.ink
    every = [
        Look(brand),
        Look(mix(second, paper, 0.72), hatch="rising", shape="square"),
        Look(mix(ink, paper, 0.9), dashes=(5, 2), shape="diamond"),
        Look(mix(brand, paper, 0.45), hatch="falling", shape="triangle"),
        Look(second, dashes=(2, 2), shape="square"),
        Look(mix(style.grey, paper, 0.5), dashes=(1, 2), shape="dot"),
    ]
    return every[:count]


def quiet(style: Style) -> str:
    """The colour of what is not highlighted: grey, but darker than the grid."""
    return mix(style.grey, style.paper, 0.45)


def tones(count: int, style: Style, colour: str | None = None, least: float = 0.22) -> list[str]:
    """``count`` steps from dark to light, even in lightness: for parts that have an order.

    From ``colour`` (the brand's by default) down to ``least`` of it on the paper.
    """
    if count == 1:
        return [colour or style.brand]
    steps = (1 - (1 - least) * step / (count - 1) for step in range(count))
    return [mix(colour or style.brand, style.paper, share) for share in steps]


def heat(share: float, style: Style) -> str:
    """The colour of a cell at ``share`` of its scale: 0 nearly paper, 1 the brand's colour.

    Shares below zero are the other side of a diverging scale and go towards the second colour.
    """
    side = style.brand if share >= 0 else style.second
    return mix(side, style.paper, 0.06 + 0.94 * min(1.0, abs(share)))


def tint(depth: int, style: Style) -> tuple[str, str]:
    """The colour behind a number of a table and that of the number, for a depth of 1 to 100, or -1 to -100.

    Kept light: at most so deep that ink stands out on it as on a page, since there are numbers to be read.
    """
    colour = heat(depth / 100 * DEEPEST, style)
    return colour, on(colour, style)


def on(colour: str, style: Style) -> str:
    """Ink or paper: whichever stands out more on ``colour``, by WCAG's contrast ratio."""
    return max((style.ink, style.paper), key=lambda text: contrast(text, colour))


def readable(colour: str, style: Style) -> str:
    """``colour``, with as much ink as letters on paper need: 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    darker = (mix(style.ink, colour, share / 10) for share in range(10))
    return next((shade for shade in darker if contrast(shade, style.paper) >= 4.5), style.ink)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (``#rrggbb``), 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
