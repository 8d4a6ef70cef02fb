"""Points of a plot: one sign for a value, told apart by shape before colour, open where the value is uncertain."""

from __future__ import annotations

from c6brief.documents.colours import contrast
from c6brief.figures.canvas import Canvas
from c6brief.figures.marks import KeyEntry
from c6brief.figures.palette import Look, Shape
from c6brief.figures.style import Style, mix

LEGIBLE = 4.5
"""The contrast that words need on paper (WCAG 2.2, 1.4.3)."""

# Half a side, half a diagonal, the radius around a triangle: what gives all shapes about the area of the dot.
_SQUARE, _DIAMOND, _TRIANGLE = 0.886, 1.253, 1.4


def draw_point(
    canvas: Canvas, shape: Shape, x: float, y: float, radius: float, colour: str, open_: bool = False, rim: float = 0.0
) -> None:
    """A sign with the area of a dot of ``radius`` pt around ``x``, ``y``.

    ``open_``: only its outline is in ``colour``. ``rim``: the width in pt of a line of paper around a full sign,
    which parts it from what lies below.
    """
    style = canvas.style
    fill, edge, width = (style.paper, colour, style.outline) if open_ else (colour, style.paper if rim else None, rim)
    if open_:
        radius -= style.outline / 2
    if shape == "dot":
        canvas.capsule(x, x, y, radius, fill, edge, width)
        return
    if shape == "square":
        half = radius * _SQUARE
        points = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    elif shape == "diamond":
        half = radius * _DIAMOND
        points = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    else:
        size = radius * _TRIANGLE
        points = [(x, y - size), (x + 0.866 * size, y + size / 2), (x - 0.866 * size, y + size / 2)]
    canvas.shape(points, fill, edge, width)


def point_key(look: Look, words: str, radius: float, colour: str | None = None, open_: bool = False) -> KeyEntry:
    """An entry of a key: the sign of ``look`` and what it means."""
    room = 2 * radius * (1.0 if look.shape in ("dot", "square") else 1.25)

    def draw(canvas: Canvas, left: float, y: float) -> None:
        draw_point(canvas, look.shape, left + room / 2, y, radius, colour or look.colour, open_)

    return draw, room, words


def legible(colour: str, style: Style) -> str:
    """``colour`` as words can be written in it on paper: mixed with ink as far as they need it."""
    shares = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
    mixed = (mix(colour, style.ink, share) for share in shares)
    return next((tried for tried in mixed if contrast(tried, style.paper) >= LEGIBLE), style.ink)
