"""Names beside points of a plot: no name on another, on a mark, on a line that leads to a name, or off the plot.

Every name has a list of places, the nearest first; those on marks are struck out. Names choose in turn, the most
important and the most crowded first, then each looks again now that the others stand, and one that found none may push
another away. Nothing is random, and nothing depends on a clock: the same points are named in the same way every time.

adjustText was measured before this was written (1.4.0, 25 names among 142 points): it took 150 ms for 50 rounds,
left 15 names on marks (their own counted) and two pairs on each other. By default it stops after a second, wherever it
is then: three runs were not alike. It imports pyplot and SciPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.placement import Box, box_of, inside, overlapping
from c6brief.figures.scatter.distances import LINE, Floats, Mask, crossing, distances, line_distances, passing_through

ASCENT, DESCENT = 0.72, 0.22
"""How far a name reaches above and below its base line, in sizes."""
AIR = 1.4
"""pt between a mark and its name."""
CLOSE = 4.0
"""pt around a name within which another mark could be taken for its own."""
FAR = 20.0
"""pt beyond which an optional name is left out."""
RINGS = (7.0, 13.0, 20.0, 30.0, 42.0, 58.0, 80.0)
"""pt between a mark and a name that a line leads to."""
ROUNDS = 3

_SIDES = ((1, 0), (-1, 0), (0.95, -0.8), (0.95, 0.8), (-0.95, -0.8), (-0.95, 0.8), (0, -1), (0, 1))
_SIDE_COSTS = (0.0, 0.7, 0.5, 0.8, 1.0, 1.2, 0.9, 1.1)


@dataclass(frozen=True)
class LabelRequest:
    """A name for the mark of ``radius`` pt around ``x``, ``y``. The lower its ``rank``, the sooner it chooses.

    An ``optional`` name is left out where it would have to stand far off.
    """

    words: str
    x: float
    y: float
    radius: float
    face: Face
    rank: int = 0
    optional: bool = False


@dataclass(frozen=True)
class PlacedLabel:
    """A name on the plot: left end, base line, and the line that leads to it where it stands far off."""

    words: str
    x: float
    y: float
    box: Box
    face: Face
    lead: tuple[tuple[float, float], tuple[float, float]] | None


def name_points(
    requests: Sequence[LabelRequest], marks: Floats, frame: Box, taken: Sequence[Box] = ()
) -> list[PlacedLabel | None]:
    """Places for the names in ``frame``, ``None`` for a name that has no room at all.

    ``marks``: every mark of the plot as x, y and radius in pt, n × 3, those of the names among them. ``taken``: boxes
    that no name may touch.
    """
    places = [_Places(name, marks, frame, taken) for name in requests]
    order = sorted(range(len(requests)), key=lambda index: (requests[index].rank, len(places[index].costs), index))
    choice = _Choice(places)
    for _ in range(ROUNDS):
        before = list(choice.chosen)
        for index in order:
            choice.choose(index)
        for index in order:
            if choice.chosen[index] is None:
                choice.push(index)
        if choice.chosen == before:
            break
    return [places[index].label_at(chosen) for index, chosen in enumerate(choice.chosen)]


class _Places:
    """The places of one name that touch no mark: ``boxes`` (n × 4), ``leads`` (n × 4, nan where none), ``costs``."""

    def __init__(self, name: LabelRequest, marks: Floats, frame: Box, taken: Sequence[Box]) -> None:
        self.name = name
        self.width = fonts.width(name.words, name.face)
        self.height = (ASCENT + DESCENT) * name.face.size
        boxes, costs, led = self._around()
        good = inside(boxes, frame) & self._clear(boxes, marks, taken)
        if not good.any() and not name.optional:
            boxes, costs, led = self._anywhere(frame)
            good = inside(boxes, frame) & self._clear(boxes, marks, taken)
        self.boxes, costs, led = boxes[good], costs[good], led[good]
        self.leads = self._leads(led)
        self.costs = costs + self._doubts(marks)
        order = np.argsort(self.costs, kind="stable")
        self.boxes, self.leads, self.costs = self.boxes[order], self.leads[order], self.costs[order]

    def _around(self) -> tuple[Floats, Floats, Mask]:
        name, half, rise = self.name, self.width / 2, self.height / 2
        near = name.radius + AIR
        centres = [
            (
                side * (near * (1 if not up else 0.7) + half) if abs(side) > 0.5 else 0.0,
                up * (near * (1 if not side else 0.6) + rise) if up else 0.0,
            )
            for side, up in _SIDES
        ]
        costs = list(_SIDE_COSTS)
        for ring in (ring for ring in RINGS if ring <= FAR or not name.optional):
            for step in range(16):
                turn = 2 * np.pi * step / 16
                across, down = float(np.cos(turn)), float(np.sin(turn))
                reach = name.radius + ring
                centres.append((across * (reach + half), down * (reach + rise)))
                costs.append(3.0 + ring / 5 + 0.3 * abs(down))
        boxes = self._boxes(np.array(centres) + (name.x, name.y))  # noqa: RUF005
        return boxes, np.array(costs), np.arange(len(costs)) >= len(_SIDES)

    def _anywhere(self, frame: Box) -> tuple[Floats, Floats, Mask]:
        left, top, right, bottom = frame
        xs = np.linspace(left + self.width / 2, max(left, right - self.width / 2), 16)
        ys = np.linspace(top + self.height / 2, max(top, bottom - self.height / 2), 24)
        centres = np.array([(x, y) for y in ys for x in xs])
        far = np.hypot(centres[:, 0] - self.name.x, centres[:, 1] - self.name.y)
        return self._boxes(centres), 3.0 + np.round(far, 2) / 5, np.ones(len(centres), dtype=bool)

    def _boxes(self, centres: Floats) -> Floats:
        half = np.array([self.width / 2, self.height / 2])
        return np.hstack([centres - half, centres + half])

    def _clear(self, boxes: Floats, marks: Floats, taken: Sequence[Box]) -> Mask:
        """Which boxes touch no mark and nothing taken."""
        near = self._nearby(boxes, marks)
        clear: Mask = np.asarray(~(distances(boxes, near) < near[:, 2] + 0.7).any(axis=1))
        if len(taken):
            clear = clear & ~overlapping(boxes, np.array(taken)).any(axis=1)
        return clear

    @staticmethod
    def _nearby(boxes: Floats, marks: Floats) -> Floats:
        """The marks that any of ``boxes`` can touch."""
        if not len(boxes):
            return marks[:0]
        (left, top), (right, bottom) = boxes[:, :2].min(axis=0) - CLOSE, boxes[:, 2:].max(axis=0) + CLOSE
        x, y, radius = marks.T
        nearby: Floats = marks[(x + radius > left) & (x - radius < right) & (y + radius > top) & (y - radius < bottom)]
        return nearby

    def _leads(self, led: Mask) -> Floats:
        """Lines from the edge of the mark to the nearest point of each box."""
        name = self.name
        ends = np.column_stack(
            [np.clip(name.x, self.boxes[:, 0], self.boxes[:, 2]), np.clip(name.y, self.boxes[:, 1], self.boxes[:, 3])]
        )
        steps = ends - (name.x, name.y)
        lengths = np.maximum(np.hypot(*steps.T), 1e-6)[:, None]
        begin = (name.x, name.y) + steps / lengths * (name.radius + LINE)
        leads = np.hstack([begin, ends - steps / lengths * LINE])
        leads[~led] = np.nan
        return leads

    def _doubts(self, marks: Floats) -> Floats:
        """What places cost beside their distance: other marks that are near, marks that a line crosses."""
        name = self.name
        near = self._nearby(self.boxes, marks)
        own = (near[:, 0] == name.x) & (near[:, 1] == name.y)
        near = near[~own]
        crowded = (distances(self.boxes, near) < near[:, 2] + CLOSE).sum(axis=1)
        crossed = line_distances(self.leads, near) < near[:, 2] + 0.3
        doubts: Floats = 0.6 * crowded + 1.2 * crossed.sum(axis=1)
        return doubts

    def label_at(self, chosen: int | None) -> PlacedLabel | None:
        """The name at the place of that number; ``None`` for none."""
        if chosen is None:
            return None
        box, lead = self.boxes[chosen], self.leads[chosen]
        line = None if np.isnan(lead[0]) else ((float(lead[0]), float(lead[1])), (float(lead[2]), float(lead[3])))
        left, top, *_ = placed = box_of(box)
        face = self.name.face
        return PlacedLabel(self.name.words, left, top + ASCENT * face.size, placed, face, line)


class _Choice:
    """Which place each name has chosen; ``None``: none yet."""

    def __init__(self, places: Sequence[_Places]) -> None:
        self.places = places
        self.chosen: list[int | None] = [None] * len(places)

    def choose(self, index: int) -> bool:
        """Let a name take the best place that the others leave."""
        place = self.places[index]
        if not len(place.costs):
            return False
        blocked, cost = self._against(index)
        cost = np.where(blocked.any(axis=1), np.inf, place.costs + cost)
        best = int(np.argmin(np.round(cost, 6)))
        self.chosen[index] = best if np.isfinite(cost[best]) else None
        return self.chosen[index] is not None

    def push(self, index: int) -> None:
        """Let a name without a place take one from another name that can move on."""
        place = self.places[index]
        if not len(place.costs):
            return
        others = [other for other, chosen in enumerate(self.chosen) if chosen is not None and other != index]
        blocked, _ = self._against(index)
        for candidate in np.flatnonzero(blocked.sum(axis=1) == 1)[:24]:
            other = others[int(np.argmax(blocked[candidate]))]
            before = self.chosen[other]
            self.chosen[index] = int(candidate)
            self.chosen[other] = None
            if self.choose(other):
                return
            self.chosen[index], self.chosen[other] = None, before

    def _against(self, index: int) -> tuple[Mask, Floats]:
        """For each place of a name, which of the other names block it, and what lines that cross cost."""
        place = self.places[index]
        others = [other for other, chosen in enumerate(self.chosen) if chosen is not None and other != index]
        if not others:
            return np.zeros((len(place.costs), 0), dtype=bool), np.zeros(len(place.costs))
        boxes = np.array([self.places[other].boxes[self.chosen[other]] for other in others])
        leads = np.array([self.places[other].leads[self.chosen[other]] for other in others])
        blocked = overlapping(place.boxes, boxes)
        blocked |= passing_through(place.leads, boxes) | passing_through(leads, place.boxes).T
        return blocked, 6.0 * crossing(place.leads, leads).sum(axis=1)
