"""What of the world a map shows: outlines, flattened, scaled to paper, cut to its frame.

On paper, positions are points from the top left of the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import shapely

from c6brief.figures.atlas import Atlas
from c6brief.figures.map.projection import RADIUS, Extent, Projection, Window, extent_of, projection_for

FINEST = 0.2
"""pt. Bends finer than this cannot be printed and are left out."""
SPECK = 0.2
"""pt². Islands smaller than this are left out."""
SMALLEST = 8.0
"""pt². A country shown is at least so large."""
SMALLEST_KM = 250.0
"""A map shows at least so much from side to side: a city state needs its surroundings."""


TURNS = (-360.0, 0.0, 360.0)
"""Degrees by which an outline may lie elsewhere on the way round the globe."""


@dataclass(frozen=True)
class View:
    """A frame on paper (``width`` × ``height`` pt) and the way there from degrees."""

    projection: Projection
    width: float
    height: float
    scale: float
    """pt for a km."""
    window: Window
    """The degrees that the frame shows, roughly: no less than it shows."""
    left: float
    top: float
    """km on the plane of the frame's top left corner."""

    def place(self, degrees: np.ndarray) -> np.ndarray:
        """Positions in degrees (n × 2) as positions on paper."""
        plane = self.projection.forward(degrees)
        return np.column_stack([(plane[:, 0] - self.left) * self.scale, (self.top - plane[:, 1]) * self.scale])

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """One position on paper, on whichever side of the date line it shows."""
        west, _, east, _ = self.projection.window
        longitude += 360 * np.ceil((west - longitude) / 360) if longitude < west else 0
        longitude -= 360 * np.ceil((longitude - east) / 360) if longitude > east else 0
        x, y = self.place(np.array([[longitude, latitude]]))[0]
        return float(x), float(y)

    def shapes(self, polygons: np.ndarray) -> np.ndarray:
        """Polygons in degrees as polygons on paper, cut to the frame, without what is too fine to print."""
        flat = shapely.transform(_within(polygons, self.window), self.place)
        cut = _polygons(shapely.make_valid(shapely.clip_by_rect(flat, *self._frame)))
        cut = _polygons(shapely.make_valid(shapely.simplify(cut, FINEST, preserve_topology=False)))
        large: np.ndarray = cut[shapely.area(cut) > SPECK]
        return large

    def country(self, polygons: np.ndarray) -> np.ndarray:
        """A country as polygons on paper: where it is too small to see, a disc in its place."""
        shapes = self.shapes(polygons)
        if shapely.area(shapes).sum() >= SMALLEST:
            return shapes
        largest = max(polygons, key=shapely.area)
        point = self.point(*shapely.get_coordinates(shapely.centroid(largest))[0])
        return np.array([shapely.Point(point).buffer(np.sqrt(SMALLEST / np.pi))])

    def lines(self, lines: np.ndarray) -> list[np.ndarray]:
        """Lines in degrees as lines on paper, cut to the frame."""
        flat = shapely.transform(_within(lines, self.window), self.place)
        cut = shapely.get_parts(shapely.clip_by_rect(flat, *self._frame))
        cut = shapely.simplify(cut, FINEST, preserve_topology=False)
        return [shapely.get_coordinates(line) for line in cut if line.geom_type == "LineString" and not line.is_empty]

    def sees(self, polygons: np.ndarray) -> bool:
        """Whether the frame may show one of ``polygons`` (degrees)."""
        bounds = shapely.bounds(polygons)
        return any(_touching(bounds + np.array([turn, 0, turn, 0]), self.window).any() for turn in TURNS)

    @property
    def _frame(self) -> Window:
        return 0, 0, self.width, self.height


def _polygons(shapes: np.ndarray) -> np.ndarray:
    parts = shapely.get_parts(shapes)
    polygons: np.ndarray = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return polygons


def _within(shapes: np.ndarray, window: Window) -> np.ndarray:
    """``shapes`` as they lie in ``window``, whichever way round the globe; cut where they leave it."""
    found = []
    bounds = shapely.bounds(shapes)
    for turn in TURNS:
        shift = partial(np.add, [turn, 0.0])
        moved = bounds + np.array([turn, 0, turn, 0])
        hit = _touching(moved, window)
        inside = hit & (moved[:, 0] >= window[0]) & (moved[:, 1] >= window[1])
        inside &= (moved[:, 2] <= window[2]) & (moved[:, 3] <= window[3])
        found.append(shapely.transform(shapes[inside], shift))
        cut = shapely.transform(shapes[hit & ~inside], shift)
        cut = shapely.get_parts(shapely.clip_by_rect(cut, *window))
        found.append(shapely.segmentize(cut, 2.0))  # the cut is straight in degrees and curved on paper
    return np.concatenate(found)


def _touching(bounds: np.ndarray, window: Window) -> np.ndarray:
    west, south, east, north = window
    hit: np.ndarray = bounds[:, 0] <= east
    hit = hit & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    return hit


def main_parts(polygons: np.ndarray) -> np.ndarray:
    """The parts of a country that a map is fitted to: the largest and what lies near it, not what lies oceans away."""
    centres = shapely.get_coordinates(shapely.centroid(polygons))
    areas = shapely.area(shapely.transform(polygons, _equal_area)) * RADIUS**2
    largest = int(np.argmax(areas))
    reach = 2 * np.sqrt(areas[largest]) + 100
    main: np.ndarray = polygons[(_distance(centres, centres[largest]) <= reach) & (areas >= areas[largest] * 0.002)]
    return main


def _equal_area(degrees: np.ndarray) -> np.ndarray:
    """Lambert's cylinder: areas on it are those on the globe."""
    return np.column_stack([np.radians(degrees[:, 0]), np.sin(np.radians(degrees[:, 1]))])


def _distance(positions: np.ndarray, origin: np.ndarray) -> np.ndarray:
    """km along the globe."""
    east, north = np.radians(positions[:, 0] - origin[0]), np.radians(positions[:, 1])
    there = np.radians(origin[1])
    cosine = np.sin(north) * np.sin(there) + np.cos(north) * np.cos(there) * np.cos(east)
    distance: np.ndarray = RADIUS * np.arccos(np.clip(cosine, -1, 1))
    return distance


def view_of(
    atlas: Atlas,
    codes: Sequence[str],
    places: Sequence[tuple[float, float]],
    width: float,
    heights: tuple[float, float],
) -> View:
    """A frame ``width`` pt wide around the countries and places, between ``heights`` (least, most) pt high."""
    parts = np.concatenate([main_parts(atlas.countries[code]) for code in codes])
    positions = shapely.get_coordinates(parts)
    if places:
        positions = np.concatenate([positions, np.array(places)])
    extent: Extent = extent_of(positions)
    projection = projection_for(extent)
    turned = positions.copy()
    turned[:, 0] = extent.west + (positions[:, 0] - extent.west) % 360
    plane = projection.forward(turned)
    low, high = plane.min(axis=0), plane.max(axis=0)
    middle = (low + high) / 2
    spread = np.maximum(high - low, SMALLEST_KM / 2) * 1.14
    height = float(np.clip(width * spread[1] / spread[0], *heights))
    scale = float(min(width / spread[0], height / spread[1]))
    left, top = middle[0] - width / 2 / scale, middle[1] + height / 2 / scale
    view = View(projection, width, height, scale, projection.window, float(left), float(top))
    return replace(view, window=_window_of(view, extent))


def _window_of(view: View, extent: Extent) -> Window:
    """The degrees that ``view`` shows, found by trying points 3° apart."""
    west, south, east, north = view.projection.window
    tried = np.stack(np.meshgrid(np.arange(west, east + 3, 3), np.arange(south, north + 3, 3)), axis=-1).reshape(-1, 2)
    paper = view.place(tried)
    seen = tried[(paper >= 0).all(axis=1) & (paper <= (view.width, view.height)).all(axis=1)]
    seen = np.concatenate([seen, [[extent.west, extent.south], [extent.east, extent.north]]])
    low, high = seen.min(axis=0) - 6, seen.max(axis=0) + 6
    return max(west, low[0]), max(south, low[1]), min(east, high[0]), min(north, high[1])


def hatching(polygons: np.ndarray, spacing: float) -> list[np.ndarray]:
    """Lines at 45° through ``polygons`` (on paper), ``spacing`` pt apart."""
    whole = shapely.union_all(polygons)
    if whole.is_empty:
        return []
    west, south, east, north = whole.bounds
    step = spacing * np.sqrt(2)
    offsets = np.arange(np.floor((west + south) / step) * step, east + north + step, step)
    strokes = shapely.multilinestrings(
        [shapely.LineString([(west - 1, offset - west + 1), (east + 1, offset - east - 1)]) for offset in offsets]
    )
    cut = shapely.get_parts(shapely.intersection(strokes, whole))
    return [shapely.get_coordinates(line) for line in cut if line.geom_type == "LineString"]
