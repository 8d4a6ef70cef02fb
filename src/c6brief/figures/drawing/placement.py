"""Room for names: boxes that do not touch, and labels side by side or one below the other that do not overlap.

All boxes are (left, top, right, bottom) in pt on the sheet. Nothing here is random: the same input gives the same
places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

Box = tuple[float, float, float, float]

CLEARANCE = 1.0
"""pt between two names."""


def box_of(row: np.ndarray) -> Box:
    """A row of an array of boxes (n × 4) as a box."""
    left, top, right, bottom = map(float, row)
    return left, top, right, bottom


def inside(boxes: np.ndarray, frame: Box) -> np.ndarray:
    """Which of ``boxes`` (n × 4) lie in ``frame``."""
    left, top, right, bottom = frame
    within: np.ndarray = (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
    return within


def overlapping(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which of n boxes come nearer than ``CLEARANCE`` to which of m others, n × m."""
    one, two = boxes[:, None, :], others[None, :, :]
    apart = (one[..., 0] >= two[..., 2] + CLEARANCE) | (one[..., 2] <= two[..., 0] - CLEARANCE)
    apart |= (one[..., 1] >= two[..., 3] + CLEARANCE) | (one[..., 3] <= two[..., 1] - CLEARANCE)
    return ~apart


@dataclass
class LabelFrame:
    """Room for names: ``frame`` is where they may stand, ``taken`` are the boxes in it that others have."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def take(self, box: Box) -> None:
        """Keep later names off ``box``."""
        self.taken.append(box)

    def free(self, boxes: np.ndarray) -> np.ndarray:
        """Which of ``boxes`` (n × 4) lie on the sheet and touch nothing taken."""
        good = inside(boxes, self.frame)
        return good & ~overlapping(boxes, np.array(self.taken)).any(axis=1) if self.taken else good


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near as can be to the ``wanted`` ones, such that nothing of these ``heights`` overlaps (all pt).

    They keep their order and stay between ``low`` and ``high`` where the sum of heights allows. Pooling of adjacent
    violators: what collides becomes one block around the mean of its wishes.
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    blocks: list[tuple[float, float, list[int]]] = []  # wished top, height, members

    def top_of(wish: float, height: float) -> float:
        return min(max(wish, low), max(low, high - height))

    for index in order:
        block = (wanted[index] - heights[index] / 2, heights[index], [index])
        while blocks and top_of(blocks[-1][0], blocks[-1][1]) + blocks[-1][1] > top_of(block[0], block[1]) + 1e-9:
            wish, height, members = blocks.pop()
            count, more = len(members), len(block[2])
            mean = (wish * count + (block[0] - height) * more) / (count + more)
            block = (mean, height + block[1], members + block[2])
        blocks.append(block)
    centres = [0.0] * len(wanted)
    for wish, height, members in blocks:
        y = top_of(wish, height)
        for index in members:
            centres[index] = y + heights[index] / 2
            y += heights[index]
    return centres
