"""How colours are seen: in grey, by readers who lack a kind of cone, and how far apart two of them are.

Differences are CIEDE2000 (ISO/CIE 11664-6). About 1 can be seen between two large patches that touch. Marks in figures are
small and stand apart, and the smaller they are, the larger a difference has to be (Stone, Szafir and Setlur, "An
Engineering Model for Color Difference as a Function of Size", 2014): the limits here are several times that, and as
large as six series between ink and paper leave room for.
"""

from __future__ import annotations

from functools import lru_cache

from c6brief.documents.colour_vision import ciede2000, dichromat
from c6brief.documents.colours import contrast, from_channels

VIEWS = ("protan", "deutan", "tritan")
"""The three kinds of colour blindness: red, green or blue cones are missing."""

STEP = 7.5
"""CIE L* between two marks that are told apart by lightness alone, as on a page printed in grey."""

ALIKE = 6.0
"""CIEDE2000 below which two colours are taken for one, seen with any eyes. Below :data:`STEP`, since lightness counts
for less in CIEDE2000 the darker or lighter two colours are: a step of 7.5 in L* is one of 5 to 7.5."""


def lightness(colour: str) -> float:
    """CIE L*, 0 black to 100 white: what is left of ``#rrggbb`` in grey."""
    luminance = contrast(colour, "#000000") * 0.05 - 0.05
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


@lru_cache(maxsize=4096)
def difference(one: str, other: str) -> float:
    """CIEDE2000 as readers without colour blindness see it."""
    return ciede2000(one, other)


@lru_cache(maxsize=1024)
def seen(colour: str, view: str) -> str:
    """``colour`` as a reader of :data:`VIEWS` sees it: full dichromats, so that all milder forms are covered too."""
    return dichromat(colour, view)


def closest(one: str, other: str) -> tuple[float, str]:
    """The least difference of two colours over all ways of seeing, and the one where it is: ``""`` for all cones."""
    found = [(difference(one, other), "")]
    found += [(difference(seen(one, view), seen(other, view)), view) for view in VIEWS]
    return min(found)


@lru_cache(maxsize=256)
def in_oklch(colour: str) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma and hue (degrees) in OKLCH; the hue of a grey is 0."""
    from coloraide import Color  # here, and below: a run with the shipped colours and one series never needs it

    light, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    return light, chroma, hue


@lru_cache(maxsize=1024)
def at_lightness(colour: str, target: float, chroma: float | None = None) -> str:
    """The hue of ``colour`` at CIE L* ``target``, with as much of ``chroma`` (its own if ``None``) as sRGB has there."""
    from coloraide import Color

    _, own, hue = in_oklch(colour)
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
def readable(colour: str, ground: str, ratio: float) -> str:
    """``colour`` if it has the contrast ``ratio`` on ``ground``; else its hue, as much darker or lighter as that takes."""
    if contrast(colour, ground) >= ratio:
        return colour
    to_dark = contrast("#000000", ground) >= contrast("#ffffff", ground)
    near, far = lightness(ground), 0.0 if to_dark else 100.0
    for _ in range(10):
        middle = (near + far) / 2
        enough = contrast(at_lightness(colour, middle), ground) >= ratio
        near, far = (near, middle) if enough else (middle, far)
    return at_lightness(colour, far)
