"""Fewer points that look the same: a line of 10,000 points costs no more than the sheet can show."""

from __future__ import annotations

import numpy as np

COLUMN = 0.25
"""pt: points this near to each other across are one stroke of the pen, the thinnest of which is 0.4 pt."""


def thinned_line(points: np.ndarray) -> np.ndarray:
    """Of ``points`` (x, y, from left to right), in each column the first, the last, the highest and the lowest.

    They bound the stroke that all points of the column make together. Short lines come back whole.
    """
    if len(points) <= 4:
        return points
    columns = np.floor(points[:, 0] / COLUMN).astype(int)
    starts = np.flatnonzero(np.diff(columns, prepend=columns[0] - 1))
    if len(points) <= 4 * len(starts):
        return points
    kept: set[int] = set()
    for start, end in zip(starts, [*starts[1:], len(points)], strict=True):
        heights = points[start:end, 1]
        kept |= {int(start), int(end) - 1, int(start + heights.argmin()), int(start + heights.argmax())}
    return points[sorted(kept)]
