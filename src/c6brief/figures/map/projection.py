"""From the globe to paper: equal-area projections, each fitted to what a map shows.

Positions go in as degrees (n × 2, east and north) and come out as kilometres on the plane, y northwards, on a sphere of
the earth's area. Equal area, because a locator must not make a country look larger than its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

RADIUS = 6371.0
"""km."""

Forward = Callable[[np.ndarray], np.ndarray]
Window = tuple[float, float, float, float]


@dataclass(frozen=True)
class Projection:
    """A way to flatten. ``window``: the degrees (west, south, east, north) that it can show, east above 180 if need be.

    ``true_scale``: whether a scale bar may stand on it.
    """

    forward: Forward
    window: Window
    true_scale: bool = True


@dataclass(frozen=True)
class Extent:
    """What is to be shown, in degrees; ``east`` is above 180 where the extent crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    @property
    def longitude(self) -> float:
        """That of the middle, in degrees."""
        return (self.west + self.east) / 2

    @property
    def latitude(self) -> float:
        """That of the middle, in degrees."""
        return (self.south + self.north) / 2


def extent_of(positions: np.ndarray) -> Extent:
    """The smallest extent around ``positions`` (degrees): its longitudes leave out the widest empty gap."""
    east = np.unique(positions[:, 0] % 360)
    gaps = np.diff(np.append(east, east[0] + 360))
    widest = int(np.argmax(gaps))
    west = float(east[(widest + 1) % len(east)])
    if west > 180:
        west -= 360
    span = 360 - float(gaps[widest])
    return Extent(west, float(positions[:, 1].min()), west + span, float(positions[:, 1].max()))


def projection_for(extent: Extent) -> Projection:
    """The projection for ``extent``.

    Conic in middle latitudes, azimuthal near the equator and around a pole, Equal Earth for the whole world.
    """
    wide, high = extent.east - extent.west, extent.north - extent.south
    if abs(extent.latitude) > 65 and wide > 180:
        return azimuthal(extent.longitude, 90.0 if extent.latitude > 0 else -90.0)
    middle = 20 <= abs(extent.latitude) <= 70 and extent.south * extent.north >= 0
    if wide > 200 or high > 100 or (wide > 120 and not middle):
        return equal_earth(extent.longitude)
    if middle:
        return conic(extent)
    return azimuthal(extent.longitude, extent.latitude)


def conic(extent: Extent) -> Projection:
    """Albers. The standard parallels lie a sixth of the height inside the extent (Deetz and Adams' rule)."""
    sixth = max(extent.north - extent.south, 1.0) / 6
    first, second = np.radians([extent.latitude - 2 * sixth, extent.latitude + 2 * sixth])
    n = (np.sin(first) + np.sin(second)) / 2
    c = np.cos(first) ** 2 + 2 * n * np.sin(first)
    origin = np.sqrt(c - 2 * n * np.sin(np.radians(extent.latitude))) / n
    middle = extent.longitude

    def forward(degrees: np.ndarray) -> np.ndarray:
        rho = np.sqrt(np.maximum(c - 2 * n * np.sin(np.radians(degrees[:, 1])), 0)) / n
        theta = n * np.radians(degrees[:, 0] - middle)
        return RADIUS * np.column_stack([rho * np.sin(theta), origin - rho * np.cos(theta)])

    south, north = (-60.0, 90.0) if extent.latitude > 0 else (-90.0, 60.0)
    return Projection(forward, (middle - 179.9, south, middle + 179.9, north))


def azimuthal(longitude: float, latitude: float) -> Projection:
    """Lambert's azimuthal equal-area projection around a point."""
    sin0, cos0 = np.sin(np.radians(latitude)), np.cos(np.radians(latitude))

    def forward(degrees: np.ndarray) -> np.ndarray:
        east, north = np.radians(degrees[:, 0] - longitude), np.radians(degrees[:, 1])
        sin, cos = np.sin(north), np.cos(north)
        k = np.sqrt(2 / np.maximum(1 + sin0 * sin + cos0 * cos * np.cos(east), 1e-9))
        return RADIUS * np.column_stack([k * cos * np.sin(east), k * (cos0 * sin - sin0 * cos * np.cos(east))])

    if abs(latitude) > 65:
        south, north = (-10.0, 90.0) if latitude > 0 else (-90.0, 10.0)
        return Projection(forward, (longitude - 180, south, longitude + 180, north))
    return Projection(forward, (longitude - 95, max(-90.0, latitude - 85), longitude + 95, min(90.0, latitude + 85)))


def equal_earth(longitude: float) -> Projection:
    """Equal Earth (Šavrič, Patterson and Jenny 2018), around a meridian."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    root3 = np.sqrt(3)

    def forward(degrees: np.ndarray) -> np.ndarray:
        t = np.arcsin(root3 / 2 * np.sin(np.radians(degrees[:, 1])))
        slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
        x = 2 * root3 * np.radians(degrees[:, 0] - longitude) * np.cos(t) / (3 * slope)
        return RADIUS * np.column_stack([x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t])

    return Projection(forward, (longitude - 179.9, -58.0, longitude + 179.9, 84.0), true_scale=False)
