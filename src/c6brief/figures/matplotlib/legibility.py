"""Whether the texts of a drawing that code has made can be read: within the sheet, apart from one another, and not too small."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas, TextLayer

SMALLEST = 5.5
"""pt. What is smaller is not read in print: the house's own smallest size is 6.5."""

_HEIGHT, _DEPTH = 0.66, 0.06
"""How far most letters reach above and below the base line, in sizes."""
_BEYOND, _TOUCH = 1.5, 1.0
"""pt that a text may reach out of the sheet, and into another one, before anybody sees it."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pt."""


def faults_of(canvas: Canvas) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the texts of ``canvas``: words of the text, a message, and a hint."""
    boxes = [(text, _box(text)) for text in canvas.texts.values() if text.opacity > 0]
    for text, (left, top, right, bottom) in boxes:
        if left < -_BEYOND or top < -_BEYOND or right > canvas.width + _BEYOND or bottom > canvas.height + _BEYOND:
            hint = "leave room for it, or draw with figure.subplots() and no layout of your own"
            yield text.words, f"“{text.words}” reaches out of the figure, and is cut", hint
    for text, _ in boxes:
        if text.face.size < SMALLEST:
            message = f"“{text.words}” is {text.face.size:.2g} pt high; below {SMALLEST:g} nobody reads it in print"
            yield text.words, message, "sizes are those of print: style.label, style.small"
    upright = [(text, box) for text, box in boxes if text.angle in (0, 90, 180, 270)]
    for (one, first), (other, second) in combinations(upright, 2):
        across = min(first[2], second[2]) - max(first[0], second[0])
        down = min(first[3], second[3]) - max(first[1], second[1])
        if across > _TOUCH and down > _TOUCH:
            yield one.words, f"“{one.words}” and “{other.words}” lie upon each other", "move one, or show fewer"


def _box(text: TextLayer) -> Box:
    """The rectangle around the letters of ``text``, turned as they are."""
    width, size, turn = fonts.width(text.words, text.face), text.face.size, np.radians(text.angle)
    corners = np.array([(0, -_HEIGHT), (1, -_HEIGHT), (1, _DEPTH), (0, _DEPTH)]) * (width, size)
    x = text.x + corners[:, 0] * np.cos(turn) + corners[:, 1] * np.sin(turn)
    y = text.y - corners[:, 0] * np.sin(turn) + corners[:, 1] * np.cos(turn)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
