"""The house style of figures, in one place: colours, sizes, weights.

Sizes are points as printed; a drawing is made at its final width. Tints are solid, mixed with the paper: the archive's
PDF allows no transparency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

REGULAR, SEMIBOLD, BOLD = 400, 600, 700
"""The weights that the fonts exist in."""

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class FontFile:
    """One font: a TTF or OTF file, its weight, upright or italic.

    ``sha256`` tells two states of a file apart; the files that c6brief ships, which never change, go without.
    """

    path: str
    weight: int = REGULAR
    italic: bool = False
    sha256: str = ""


_FOLDER = Path(__file__).parents[2] / "assets" / "fonts"

SOURCE_SANS = tuple(
    FontFile(str(_FOLDER / f"SourceSans3-{name}.ttf"), weight, italic)
    for name, weight, italic in (
        ("Regular", REGULAR, False),
        ("It", REGULAR, True),
        ("Semibold", SEMIBOLD, False),
        ("Bold", BOLD, False),
    )
)
"""The sans that c6brief ships."""


@dataclass(frozen=True)
class Style:
    """Colours as ``#rrggbb``, sizes and line widths in pt."""

    family: str = "Brief Sans"
    """The family name in the page's CSS: of the bundled Source Sans 3, or what the house has put in its place."""
    faces: tuple[FontFile, ...] = SOURCE_SANS
    """The files of the family, at least one: what figures are measured and drawn with."""

    paper: str = "#ffffff"
    ink: str = "#1b1f22"
    grey: str = "#5d676d"
    hair: str = "#c9cfd2"
    brand: str = "#1f5a62"
    tint: str = "#eef3f3"
    alarm: str = "#a63a22"
    second: str = "#a85f22"

    sea: str = "#d9e6ec"
    land: str = "#f4f2ed"
    coast: str = "#a9bbc3"

    text: float = 8.5
    label: float = 7.5
    small: float = 7.0
    tiny: float = 6.5
    leading: float = 1.2
    """Distance of base lines, in sizes."""

    hairline: float = 0.4
    rule: float = 0.6
    outline: float = 1.25
    dot: float = 3.1
    """Radius of an evidence mark."""


STYLE = Style()


def style_with_colours(colours: Mapping[str, str], style: Style = STYLE) -> Style:
    """``style`` in the colours of the page: those of ``colours`` (``#rrggbb``) that have a name of ours."""
    ours = {field.name for field in fields(Style) if str(getattr(style, field.name)).startswith("#")}
    changed: dict[str, Any] = {name: colour for name, colour in colours.items() if name in ours}
    return replace(style, **changed)


def nearest_face(faces: tuple[FontFile, ...], weight: int, italic: bool) -> FontFile:
    """The file of ``faces`` for a weight that may be missing, as CSS chooses it: slant first, then weight.

    For 400 and 500 these two stand in for each other; then lighter ones count before bolder ones, and the other way
    round above 500 (https://www.w3.org/TR/css-fonts-4/#font-style-matching).
    """

    def far(face: FontFile) -> tuple[bool, bool, int]:
        other_side = face.weight > weight if weight < REGULAR else face.weight < weight
        if REGULAR <= weight <= 500:
            other_side = not weight <= face.weight <= 500
            if face.weight > 500:
                return face.italic != italic, True, 1000 + face.weight
        return face.italic != italic, other_side, abs(face.weight - weight)

    return min(faces, key=far)
