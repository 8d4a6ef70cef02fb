"""The signs of evidence, as shapes: the same on every figure and in its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from c6brief.figures import fonts
from c6brief.figures.canvas import Canvas
from c6brief.figures.fonts import MIDDLE, Face
from c6brief.figures.style import BOLD, mix

SLIM = 0.74
"""How much thinner a stretched sign is than a dot, so that a dot upon it can be told."""

Sign = Literal["full", "open", "planned", "absent"]


def draw_sign(canvas: Canvas, sign: Sign, left: float, right: float, y: float, colour: str, scale: float = 1.0) -> None:
    """A sign at ``left``, stretched to ``right`` where the two differ. Told apart by shape, not by colour."""
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


def draw_bar(canvas: Canvas, left: float, right: float, y: float) -> None:
    """The bar between accounts that conflict."""
    style = canvas.style
    canvas.line([(left, y), (right, y)], mix(style.alarm, style.paper, 0.45), 2.2)


def draw_unequal(canvas: Canvas, x: float, y: float, behind: str) -> None:
    """The sign ≠ around ``x``, on a patch of ``behind``."""
    face = Face(canvas.style.text + 1.5, BOLD)
    half = fonts.width("≠", face) / 2
    canvas.rectangle(x - half - 1, y - 4, x + half + 1, y + 4, behind)
    canvas.text(x, y + 0.34 * face.size, "≠", face, canvas.style.alarm, "middle")


KeyEntry = tuple[Callable[[Canvas, float, float], None] | str, float, str]
"""What draws the sign from its left end and middle height, or the sign as letters; its width in pt; its meaning."""


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
            for number, part in enumerate(words):
                canvas.text(x + room + 3, first + number * face.size * 1.5, part, face, canvas.style.grey)
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
