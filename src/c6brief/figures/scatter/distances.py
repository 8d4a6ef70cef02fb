"""How far names, marks and the lines between them are from one another, and which cross: all of them at once, in pt.

Names are boxes (left, top, right, bottom), marks are x, y and radius, lines go from x, y to x, y; nan where there is none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

LINE = 0.5
"""pt from the ends of a line that leads to a name, to the mark and to the name."""


def distances(boxes: Floats, marks: Floats) -> Floats:
    """How far the centres of m marks are from n boxes, n × m, in pt."""
    x, y = marks[None, :, 0], marks[None, :, 1]
    across = np.maximum(np.maximum(boxes[:, None, 0] - x, x - boxes[:, None, 2]), 0)
    down = np.maximum(np.maximum(boxes[:, None, 1] - y, y - boxes[:, None, 3]), 0)
    return np.hypot(across, down)


def line_distances(lines: Floats, marks: Floats) -> Floats:
    """How far the centres of m marks are from n lines, n × m, in pt; infinite where there is no line."""
    begin, step = lines[:, None, :2], (lines[:, 2:] - lines[:, :2])[:, None, :]
    to = marks[None, :, :2] - begin
    length = np.maximum((step**2).sum(axis=2), 1e-9)
    share = np.clip((to * step).sum(axis=2) / length, 0, 1)
    distances: Floats = np.hypot(*np.moveaxis(to - share[..., None] * step, 2, 0))
    return np.nan_to_num(distances, nan=np.inf)


def passing_through(lines: Floats, boxes: Floats) -> Mask:
    """Which of n lines pass through which of m boxes, n × m."""
    grown = boxes + (-LINE, -LINE, LINE, LINE)  # noqa: RUF005
    enter = np.zeros((len(lines), len(boxes)))
    leave = np.ones_like(enter)
    for axis in (0, 1):
        begin, step = lines[:, axis, None], (lines[:, axis + 2] - lines[:, axis])[:, None]
        step = np.where(np.abs(step) < 1e-9, 1e-9, step)
        one, two = (grown[None, :, axis] - begin) / step, (grown[None, :, axis + 2] - begin) / step
        enter, leave = np.maximum(enter, np.minimum(one, two)), np.minimum(leave, np.maximum(one, two))
    return enter < leave  # false where there is no line: nan


def crossing(lines: Floats, others: Floats) -> Mask:
    """Which of n lines cross which of m others, n × m."""
    a, b = lines[:, None, :2], lines[:, None, 2:]
    c, d = others[None, :, :2], others[None, :, 2:]

    def turn(one: Floats, two: Floats, three: Floats) -> Floats:
        return (two[..., 0] - one[..., 0]) * (three[..., 1] - one[..., 1]) - (two[..., 1] - one[..., 1]) * (
            three[..., 0] - one[..., 0]
        )

    return (turn(a, b, c) * turn(a, b, d) < 0) & (turn(c, d, a) * turn(c, d, b) < 0)
