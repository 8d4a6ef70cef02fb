"""The difference of two colours, and a colour as a reader without red, green or blue cones sees it.

This is arithmetic without a package: :mod:`c6brief.documents.contrast` asks for hundreds of pairs, and so does every
check of a house's colours, while ColorAide takes a tenth of a second to be imported. Tests compare both with ColorAide
and with the published examples. Colours are ``#rrggbb``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

from c6brief.documents.addition import total
from c6brief.documents.colours import channels, from_channels

Three = tuple[float, float, float]

DICHROMACIES = ("protan", "deutan", "tritan")
"""The three kinds of colour blindness: red, green or blue cones are missing."""

WHITE = (0.9504559270516716, 1.0, 1.0890577507598784)
"""D65 in XYZ."""

TO_XYZ = (
    (0.41239079926595934, 0.357584339383878, 0.1804807884018343),
    (0.21263900587151027, 0.715168678767756, 0.07219231536073371),
    (0.01933081871559182, 0.11919477979462598, 0.9505321522496607),
)
"""From linear sRGB."""

NO_RED = (
    (0.11238276122216405, 0.887617238777836, 0.0),
    (0.11238276122216405, 0.887617238777836, 0.0),
    (0.004005768273046943, -0.004005768273046943, 1.0),
)
NO_GREEN = (
    (0.2927501142784356, 0.7072498857215644, 0.0),
    (0.2927501142784356, 0.7072498857215644, 0.0),
    (-0.022336587034129083, 0.022336587034129083, 1.0),
)
"""Viénot, Brettel and Mollon, "Digital video colourmaps for checking the legibility of displays by dichromats", 1999,
in linear sRGB. Numbers here and below as in ColorAide."""

TO_CONES = (
    (0.178824041258, 0.4351609057000001, 0.04119349692),
    (0.034556423182, 0.27155382458, 0.038671308360000003),
    (0.000299565576, 0.0018430896, 0.01467086136),
)
"""From linear sRGB to what long, middle and short cones take up."""

PLANE = (0.344781556122, -0.6551784438780001, 0.0)
BELOW = (
    (7.392856536180033, -11.148044821248138, 0.0),
    (-0.34194012421930653, 3.5501661175064, 0.0),
    (-4.2050692716448586, 10.89115898202731, 0.0),
)
ABOVE = (
    (8.0643934576311, -12.42414705871019, 0.0),
    (-0.9956078228581946, 4.7923119863996835, 0.0),
    (-0.2150297288038942, 3.3090019545637928, 0.0),
)
"""Brettel, Viénot and Mollon, "Computerized simulation of color appearance for dichromats", 1997, for readers without
blue cones: a plane that parts all colours in two, and the ways from cones to linear sRGB on either side of it."""


@lru_cache(maxsize=1024)
def simulate_dichromacy(colour: str, dichromacy: str) -> str:
    """``colour`` as it looks to a reader with one of :data:`DICHROMACIES`; milder forms lie between the two."""
    linear = _linear(colour)
    if dichromacy == "tritan":
        cones = _times(TO_CONES, linear)
        above = total(a * b for a, b in zip(PLANE, cones, strict=True)) > 0
        shown = _times(ABOVE if above else BELOW, cones)
    else:
        shown = _times(NO_RED if dichromacy == "protan" else NO_GREEN, linear)
    return from_channels(tuple(map(_encoded, shown)))


@lru_cache(maxsize=4096)
def colour_difference(one: str, other: str) -> float:
    """CIEDE2000 (ISO/CIE 11664-6) of two colours, D65, as readers with all cones see them."""
    return lab_difference(_lab(one), _lab(other))


def lab_difference(one: Three, other: Three) -> float:
    """CIEDE2000 of two colours in CIE L*a*b*, by the steps of Sharma, Wu and Dalal, 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * sqrt(mean / (mean + 25**7))
    c1, c2 = hypot(a1 * stretch, b1), hypot(a2 * stretch, b2)
    h1, h2 = _hue(a1 * stretch, b1), _hue(a2 * stretch, b2)
    turn = 0.0
    if c1 * c2:
        turn = (h2 - h1 + 180) % 360 - 180 if abs(h2 - h1) != 180 else h2 - h1
    lightness, chroma, hue = l2 - l1, c2 - c1, 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    middle, grey = (l1 + l2) / 2, (c1 + c2) / 2
    between = h1 + h2
    if c1 * c2:
        between = between / 2 if abs(h1 - h2) <= 180 else (between + (360 if between < 360 else -360)) / 2
    weight = (
        1
        - 0.17 * cos(radians(between - 30))
        + 0.24 * cos(radians(2 * between))
        + 0.32 * cos(radians(3 * between + 6))
        - 0.20 * cos(radians(4 * between - 63))
    )
    lightness /= 1 + 0.015 * (middle - 50) ** 2 / sqrt(20 + (middle - 50) ** 2)
    chroma /= 1 + 0.045 * grey
    hue /= 1 + 0.015 * grey * weight
    blue = 60 * exp(-(((between - 275) / 25) ** 2))
    turned = -2 * sqrt(grey**7 / (grey**7 + 25**7)) * sin(radians(blue))
    return sqrt(max(0.0, lightness**2 + chroma**2 + hue**2 + turned * chroma * hue))


def _lab(colour: str) -> Three:
    x, y, z = (
        value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
        for value in (part / white for part, white in zip(_times(TO_XYZ, _linear(colour)), WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _hue(a: float, b: float) -> float:
    return degrees(atan2(b, a)) % 360


def _linear(colour: str) -> list[float]:
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels(colour)]


def _encoded(value: float) -> float:
    """A linear value as sRGB encodes it (IEC 61966-2-1)."""
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _times(matrix: Sequence[Three], values: Sequence[float]) -> list[float]:
    return [total(a * b for a, b in zip(row, values, strict=True)) for row in matrix]
