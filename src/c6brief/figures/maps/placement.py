"""Room for names on a map: none over another, none over a sign, none off the sheet.

All boxes are (left, top, right, bottom) in pt on paper. Nothing here is random: the same map is lettered the same way
every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from c6brief.figures import fonts
from c6brief.figures.fonts import ASCENT, DESCENT, Face

Box = tuple[float, float, float, float]

CLEARANCE = 1.0
"""pt between two names."""


@dataclass(frozen=True)
class Label:
    """A name set in lines, centred on one another. ``width`` × ``height`` pt."""

    lines: tuple[str, ...]
    face: Face
    width: float
    height: float

    def around(self, x: float, y: float) -> Box:
        """Its box with its centre at ``x``, ``y``."""
        return x - self.width / 2, y - self.height / 2, x + self.width / 2, y + self.height / 2

    def base_lines(self, box: Box) -> list[float]:
        """Where its lines stand in ``box``."""
        lead = self.face.size * LEADING
        return [box[1] + ASCENT * self.face.size + number * lead for number in range(len(self.lines))]


LEADING = 1.08


def label(words: str, face: Face, lines: int = 1) -> Label:
    """``words`` in ``lines`` lines of about the same width, or in fewer where there are fewer words."""
    words = fonts.tidy(words)
    count = min(lines, len(words.split(" ")))
    limit = fonts.width(words, face)
    broken = [words]
    if count > 1:
        low, high = max(limit / count, *(fonts.width(word, face) for word in words.split(" "))), limit
        for _ in range(8):
            middle = (low + high) / 2
            tried = fonts.wrap(words, middle, face)
            low, high, broken = (low, middle, tried) if len(tried) <= count else (middle, high, broken)
    width = max(fonts.width(line, face) for line in broken)
    height = (ASCENT + DESCENT) * face.size + (len(broken) - 1) * face.size * LEADING
    return Label(tuple(broken), face, width, height)


@dataclass
class MapFrame:
    """What is taken already. ``frame`` is where names may stand."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def take(self, box: Box) -> None:
        self.taken.append(box)

    def free(self, boxes: np.ndarray) -> np.ndarray:
        """Which of ``boxes`` (n × 4) lie on the sheet and touch nothing taken."""
        left, top, right, bottom = self.frame
        good = (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
        for other in self.taken:
            apart = (boxes[:, 0] >= other[2] + CLEARANCE) | (boxes[:, 2] <= other[0] - CLEARANCE)
            apart |= (boxes[:, 1] >= other[3] + CLEARANCE) | (boxes[:, 3] <= other[1] - CLEARANCE)
            good &= apart
        return good


def within(
    polygons: Iterable[shapely.Polygon], labels: Sequence[Label], sheet: MapFrame, margin: float
) -> tuple[Label, Box] | None:
    """The first of ``labels`` that fits into one of ``polygons``, ``margin`` pt from its edge, and its box.

    It stands as near as possible to the polygon's middle: half way between the centre of its largest inner circle
    and its centre of gravity.
    """
    ordered = sorted(polygons, key=lambda polygon: -polygon.area)[:3]
    for name in labels:
        for polygon in ordered:
            boxes = _grid(polygon, name)
            if boxes is None:
                continue
            shapely.prepare(polygon)
            roomy = shapely.box(boxes[:, 0] - margin, boxes[:, 1] - margin, boxes[:, 2] + margin, boxes[:, 3] + margin)
            good = sheet.free(boxes)
            good[good] = shapely.contains(polygon, roomy[good])
            if good.any():
                return name, _nearest(boxes[good], middle_of(polygon))
    return None


def middle_of(polygon: shapely.Polygon) -> tuple[float, float]:
    """The visual middle of a shape."""
    inner = shapely.get_coordinates(shapely.maximum_inscribed_circle(polygon, tolerance=1.0))[0]
    centre = shapely.get_coordinates(shapely.centroid(polygon))[0]
    middle = inner * 0.6 + centre * 0.4
    return (float(middle[0]), float(middle[1])) if shapely.contains_xy(polygon, *middle) else tuple(map(float, inner))


def _grid(polygon: shapely.Polygon, name: Label) -> np.ndarray | None:
    west, north, east, south = polygon.bounds
    if name.width > east - west or name.height > south - north:
        return None
    x, y = np.meshgrid(
        np.linspace(west + name.width / 2, east - name.width / 2, 29),
        np.linspace(north + name.height / 2, south - name.height / 2, 19),
    )
    x, y = x.ravel(), y.ravel()
    return np.column_stack([x - name.width / 2, y - name.height / 2, x + name.width / 2, y + name.height / 2])


def _nearest(boxes: np.ndarray, point: tuple[float, float]) -> Box:
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return tuple(map(float, boxes[int(np.argmin(np.hypot(x - point[0], y - point[1])))]))


# Sides of a point, best first: right, left, above, below, then the corners (Imhof's order, for short names).
_SIDES = ((1, 0), (-1, 0), (0.9, -0.8), (0.9, 0.8), (-0.9, -0.8), (-0.9, 0.8), (0, -1), (0, 1))


def beside(
    x: float, y: float, name: Label, sheet: MapFrame, reach: float, avoid: shapely.Geometry | None = None
) -> Box | None:
    """A box for ``name`` next to the point ``x``, ``y``, ``reach`` pt off, or further off where it is crowded.

    Of the places that are free, one that does not cross ``avoid`` (borders, coasts) is better.
    """
    for distance in (reach, reach + 3, reach + 8, reach + 16, reach + 28, reach + 44, reach + 66):
        boxes = np.array(
            [
                name.around(
                    x + side * (distance + name.width / 2) if abs(side) > 0.5 else x,
                    y + rise * (distance * (1 if side == 0 else 0.6) + name.height / 2) if rise else y,
                )
                for side, rise in _SIDES
            ]
        )
        good = sheet.free(boxes)
        if not good.any():
            continue
        cost = np.arange(len(boxes), dtype=float)
        if avoid is not None:
            cost += 6 * shapely.intersects(avoid, shapely.box(*boxes.T))
        cost[~good] = np.inf
        return tuple(map(float, boxes[int(np.argmin(cost))]))
    return None
