"""Signs on a drawing and the key that explains them: of evidence, of bars, of the points of series.

They are told apart by shape before colour, and are the same on every figure and in its key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from c6brief.documents.colours import mix
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import MIDDLE, Face
from c6brief.figures.drawing.palette import SeriesStyle, Shape
from c6brief.figures.drawing.style import Style

SLIM = 0.74
"""How much thinner a stretched sign is than a dot, so that a dot upon it stands out."""

# Half a side, half a diagonal, the radius around a triangle: what gives all shapes about the area of the dot.
_SQUARE, _DIAMOND, _TRIANGLE = 0.886, 1.253, 1.4

DASHES = (4.4, 2.6)
"""pt on and off: of a line where it is uncertain."""

Sign = Literal["full", "open", "planned", "absent"]
"""Of evidence: stated, derived, lying ahead, not there."""

KeyEntry = tuple[Callable[[Canvas, float, float], None] | str, float, str]
"""What draws the sign from its left end and middle height, or the sign as letters; its width in pt; its meaning."""


def draw_sign(canvas: Canvas, sign: Sign, left: float, right: float, y: float, colour: str, scale: float = 1.0) -> None:
    """A sign at ``left``, stretched to ``right`` where the two differ. Signs differ by shape, not by colour."""
    style = canvas.style
    radius = style.dot * scale * (SLIM if right > left and sign != "planned" else 1)
    if sign == "full":
        canvas.capsule(left, right, y, radius, colour)
    elif sign == "open":
        canvas.capsule(left, right, y, radius - style.outline / 2, style.paper, colour, style.outline)
    elif sign == "planned":
        if right > left:
            canvas.line([(left, y), (right, y)], colour, style.outline)
            canvas.line([(left, y - radius), (left, y + radius)], colour, style.outline)
        half = radius * 0.95
        points = [(right - half, y - half), (right + half * 1.1, y), (right - half, y + half)]
        canvas.shape(points, style.paper, colour, style.outline)
    else:
        canvas.line([(left - radius * 0.8, y), (left + radius * 0.8, y)], mix(style.grey, style.paper, 0.7), 0.9)


def draw_segment(
    canvas: Canvas, left: float, top: float, right: float, bottom: float, colour: str, uncertain: bool = False
) -> None:
    """A bar or a part of one; of an uncertain value, stripes on paper within an outline."""
    if not uncertain:
        canvas.rectangle(left, top, right, bottom, colour)
        return
    half = min(canvas.style.rule, right - left, bottom - top) / 2
    canvas.rectangle(left, top, right, bottom, canvas.style.paper)
    canvas.hatch(left, top, right, bottom, colour, 1.0, 2.6)
    canvas.rectangle(left + half, top + half, right - half, bottom - half, "none", colour, 2 * half)


def draw_point(
    canvas: Canvas, shape: Shape, x: float, y: float, radius: float, colour: str, hollow: bool = False, rim: float = 0.0
) -> None:
    """A sign with the area of a dot of ``radius`` pt around ``x``, ``y``.

    ``hollow``: only its outline is in ``colour``. ``rim``: the width in pt of a line of paper around a full sign,
    which parts it from what lies below.
    """
    style = canvas.style
    fill, edge, width = (style.paper, colour, style.outline) if hollow else (colour, style.paper if rim else None, rim)
    if hollow:
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


def key_height(entries: Sequence[KeyEntry], width: float, face: Face) -> float:
    """The height of :func:`draw_key` in pt."""
    return sum(max(len(words) for _, words in line) for line in _key_lines(entries, width, face)) * face.size * 1.5


def draw_key(canvas: Canvas, left: float, top: float, width: float, entries: Sequence[KeyEntry], face: Face) -> None:
    """The signs and their meanings in a line, or in as many as ``width`` asks for.

    A meaning that is longer than ``width`` alone is wrapped.
    """
    y = top
    for line in _key_lines(entries, width, face):
        first = y + face.size * 1.5
        x = left
        for (sign, room, meaning), words in line:
            if isinstance(sign, str):
                canvas.text(x, first, sign, face, canvas.style.grey)
            else:
                sign(canvas, x, first - MIDDLE * face.size)
            canvas.text_lines(x + room + 3, first, words, face, canvas.style.grey, lead=face.size * 1.5)
            x += _key_width((sign, room, meaning), face)
        y += max(len(words) for _, words in line) * face.size * 1.5


def _key_width(entry: KeyEntry, face: Face) -> float:
    return entry[1] + 3 + fonts.width(entry[2], face) + 13


def _key_lines(entries: Sequence[KeyEntry], width: float, face: Face) -> list[list[tuple[KeyEntry, list[str]]]]:
    lines: list[list[tuple[KeyEntry, list[str]]]] = []
    used = width
    for entry in entries:
        needed = _key_width(entry, face)
        if not lines or used + needed - 13 > width:
            lines.append([])
            used = 0
        words = [entry[2]] if needed - 13 <= width else fonts.wrap(entry[2], width - entry[1] - 3, face)
        lines[-1].append((entry, words))
        used += needed
    return lines


def key_sign(sign: Sign, colour: str, stretch: float = 0.0) -> tuple[Callable[[Canvas, float, float], None], float]:
    """A sign for a key, with its width in pt."""
    scale = 0.85

    def draw(canvas: Canvas, left: float, y: float) -> None:
        radius = canvas.style.dot * scale
        draw_sign(canvas, sign, left + radius, left + radius + stretch, y, colour, scale)

    return draw, 2 * 3.1 * scale + stretch


def segment_key(words: str, width: float, height: float, colour: str, uncertain: bool = False) -> KeyEntry:
    """An entry of a key: a bar or part of one in ``colour``, and what it means."""

    def draw(canvas: Canvas, left: float, y: float) -> None:
        draw_segment(canvas, left, y - height / 2, left + width, y + height / 2, colour, uncertain)

    return draw, width, words


def uncertain_line_key(words: str, style: Style, width: float, radius: float) -> KeyEntry:
    """An entry of a key: a dashed line of ``width`` pt with an open point of ``radius`` pt, and what it means."""

    def draw(canvas: Canvas, left: float, y: float) -> None:
        canvas.line([(left, y), (left + 20.0, y)], style.grey, width, DASHES)
        canvas.capsule(left + 10.0, left + 10.0, y, radius, style.paper, style.grey, 1.0)

    return draw, 20.0, words


def point_key(
    series: SeriesStyle, words: str, radius: float, colour: str | None = None, hollow: bool = False
) -> KeyEntry:
    """An entry of a key: the sign of ``series`` and what it means."""
    room = 2 * radius * (1.0 if series.shape in ("dot", "square") else 1.25)

    def draw(canvas: Canvas, left: float, y: float) -> None:
        draw_point(canvas, series.shape, left + room / 2, y, radius, colour or series.colour, hollow)

    return draw, room, words
