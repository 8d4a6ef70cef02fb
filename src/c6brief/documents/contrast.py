"""Whether colours can be told apart, in print without colour and by readers who lack a kind of cone; and colours that
can.

Differences are CIEDE2000 (ISO/CIE 11664-6). About 1 can be seen between two large patches that touch. Marks in figures
are small and stand apart, and the smaller they are, the larger a difference has to be (Stone, Szafir and Setlur, "An
Engineering Model for Color Difference as a Function of Size", 2014): the limits here are several times that, and as
large as six series between ink and paper leave room for. Colours are ``#rrggbb``.
"""

from __future__ import annotations

from functools import lru_cache

from c6brief.documents.addition import add_in_order
from c6brief.documents.colour_vision import DICHROMACIES, colour_difference, simulate_dichromacy
from c6brief.documents.colours import contrast, from_channels

LIGHTNESS_STEP = 7.5
"""CIE L* between two marks that are told apart by lightness alone, as on a page printed in grey."""

LEAST_DIFFERENCE = 6.0
"""CIEDE2000 below which some reader takes two colours for one. Below :data:`LIGHTNESS_STEP`, since lightness counts for
less in CIEDE2000 the darker or lighter two colours are: a step of 7.5 in L* is one of 5 to 7.5."""


def lightness(colour: str) -> float:
    """CIE L*, 0 black to 100 white: what is left of ``#rrggbb`` in grey."""
    luminance = contrast(colour, "#000000") * 0.05 - 0.05
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def smallest_difference(one: str, other: str) -> tuple[float, str]:
    """The least difference of two colours to any reader, and whose it is: a dichromacy, or ``""`` for all cones."""
    found = [(colour_difference(one, other), "")]
    for each in DICHROMACIES:
        found.append((colour_difference(simulate_dichromacy(one, each), simulate_dichromacy(other, each)), each))
    return min(found)


@lru_cache(maxsize=256)
def oklch(colour: str) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma and hue (degrees) in OKLCH; the hue of a grey is 0."""
    from coloraide import Color  # here, and below: a run with the shipped colours and one series never needs it

    add_in_order("coloraide")

    light, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    return light, chroma, hue


@lru_cache(maxsize=1024)
def with_lightness(colour: str, target: float, chroma: float | None = None) -> str:
    """The hue of ``colour`` at CIE L* ``target``, with as much of ``chroma`` (by default its own) as sRGB has there."""
    from coloraide import Color

    add_in_order("coloraide")
    _, own, hue = oklch(colour)
    light = (target + 16) / 116  # exact for greys; three corrections are enough for any hue
    found = colour
    for _ in range(4):
        fitted = (
            Color("oklch", [light, own if chroma is None else chroma, hue])
            .convert("srgb")
            .fit("srgb", method="oklch-chroma")
        )
        found = from_channels(tuple(fitted.coords()))
        light += (target - lightness(found)) / 116
    return found


@lru_cache(maxsize=64)
def with_contrast(colour: str, ground: str, ratio: float) -> str:
    """``colour`` if it has the contrast ``ratio`` on ``ground``; else its hue, just so much darker or lighter."""
    if contrast(colour, ground) >= ratio:
        return colour
    to_dark = contrast("#000000", ground) >= contrast("#ffffff", ground)
    near, far = lightness(ground), 0.0 if to_dark else 100.0
    for _ in range(10):
        middle = (near + far) / 2
        enough = contrast(with_lightness(colour, middle), ground) >= ratio
        near, far = (near, middle) if enough else (middle, far)
    return with_lightness(colour, far)
