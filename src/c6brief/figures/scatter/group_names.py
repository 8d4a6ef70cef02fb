"""Names of groups among their points, where they can stand without a key."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.placement import Box, LabelFrame, box_of
from c6brief.figures.scatter.distances import Floats, distances
from c6brief.figures.scatter.naming import ASCENT, DESCENT

NEIGHBOURS = 2
"""The points nearest to a group's name that must be its own, or all of a smaller group."""
FARTHER = 8.0
"""pt by which points of other groups are farther away than those, at least."""


def name_groups(
    names: Sequence[str], group_of: NDArray[np.int_], marks: Floats, frame: Box, face: Face, reach: float
) -> list[Box] | None:
    """A box for each of ``names`` in ``frame``, ``None`` if one of them finds no place that only its group is near.

    ``group_of``: the number of each mark's group; ``marks``: x, y and radius in pt, n × 3; ``reach``: from a mark to
    the name of its group, in pt.
    """
    sheet = LabelFrame(frame)
    found = []
    for number, words in enumerate(names):
        own = group_of == number
        if not own.any():
            return None
        boxes = _beside(marks[own], reach, fonts.width(words, face), (ASCENT + DESCENT) * face.size)
        boxes = boxes[sheet.free(boxes)]
        if not len(boxes):
            return None
        away = distances(boxes, marks) - marks[:, 2]
        clear = (away > 0.8).all(axis=1)
        boxes, away = boxes[clear], away[clear]
        nearest = np.sort(away[:, own], axis=1)[:, min(NEIGHBOURS, int(own.sum())) - 1]
        others = away[:, ~own].min(axis=1) if (~own).any() else np.full(len(boxes), 1e3)
        margin = others - nearest
        good = margin >= FARTHER
        if not good.any():
            return None
        best = int(np.argmax(np.round(np.where(good, margin, -np.inf), 3)))
        box = box_of(boxes[best])
        sheet.take(box)
        found.append(box)
    return found


def _beside(marks: Floats, reach: float, width: float, height: float) -> Floats:
    """Boxes right, left, above and below of each of ``marks``."""
    x, y, radius = marks.T
    reach = radius + reach
    boxes = []
    for side, up in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)):
        slant = 0.7 if side and up else 1.0
        across = x + side * (slant * reach + width / 2)
        down = y + up * (slant * reach + height / 2)
        boxes.append(np.column_stack([across - width / 2, down - height / 2, across + width / 2, down + height / 2]))
    return np.concatenate(boxes)
