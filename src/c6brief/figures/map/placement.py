"""Room for the names of a map: within the shape of a country, or beside a point. Boxes are in pt on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import ASCENT, DESCENT, Face
from c6brief.figures.drawing.placement import Box, LabelFrame, box_of

LEADING = 1.08
"""Distance of the lines of a name, in sizes."""


@dataclass(frozen=True)
class MapLabel:
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


def map_label(words: str, face: Face, lines: int = 1) -> MapLabel:
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
    return MapLabel(tuple(broken), face, width, height)


def place_within(
    polygons: Iterable[shapely.Polygon], labels: Sequence[MapLabel], sheet: LabelFrame, margin: float
) -> tuple[MapLabel, Box] | None:
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
    x, y = middle if shapely.contains_xy(polygon, *middle) else inner
    return float(x), float(y)


def _grid(polygon: shapely.Polygon, name: MapLabel) -> np.ndarray | None:
    west, north, east, south = polygon.bounds
    if name.width > east - west or name.height > south - north:
        return None
    x, y = np.meshgrid(
        np.linspace(west + name.width / 2, east - name.width / 2, 29),
        np.linspace(north + name.height / 2, south - name.height / 2, 19),
    )
    across, down, half, rise = x.ravel(), y.ravel(), name.width / 2, name.height / 2
    return np.column_stack([across - half, down - rise, across + half, down + rise])


def _nearest(boxes: np.ndarray, point: tuple[float, float]) -> Box:
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return box_of(boxes[int(np.argmin(np.hypot(x - point[0], y - point[1])))])


# Sides of a point, best first: right, left, above, below, then the corners (Imhof's order, for short names).
_SIDES = ((1, 0), (-1, 0), (0.9, -0.8), (0.9, 0.8), (-0.9, -0.8), (-0.9, 0.8), (0, -1), (0, 1))


def place_beside(
    x: float, y: float, name: MapLabel, sheet: LabelFrame, reach: float, avoid: shapely.Geometry | None = None
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
        return box_of(boxes[int(np.argmin(cost))])
    return None
