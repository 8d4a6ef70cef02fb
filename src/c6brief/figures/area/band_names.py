"""Names inside bands: one below the other where all bands have room, else each where its own has most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

PLACES = 60
"""Places along a plot that are tried."""
ENOUGH = 1.4
"""Room beyond so many heights of a name makes a place no better."""


@dataclass(frozen=True)
class Band:
    """Between the lines ``upper`` and ``lower`` at ``xs``, all in pt from the top left, for a name of ``width``."""

    xs: np.ndarray
    upper: np.ndarray
    lower: np.ndarray
    width: float


def places_in(bands: Mapping[int, Band], height: float) -> dict[int, tuple[float, float]]:
    """The left end and middle height in pt of a name ``height`` pt high in each band that has room for it."""
    found: dict[int, tuple[float, float]] = {}
    if not bands:
        return found
    xs = next(iter(bands.values())).xs
    lefts = np.linspace(xs[0], xs[-1], PLACES, endpoint=False)
    lefts = np.unique(np.concatenate([lefts, [max(xs[0], xs[-1] - band.width) for band in bands.values()]]))
    rooms = {row: _rooms(band, lefts) for row, band in bands.items()}
    worth = {row: np.where(room >= height, np.minimum(room, ENOUGH * height), 0) for row, (room, _) in rooms.items()}
    fitting = {row: np.round(one + 1000 * (one > 0), 2) for row, one in worth.items()}  # more names before more room
    common = int(np.sum(list(fitting.values()), axis=0).argmax())
    for row, one in worth.items():
        best = common if one[common] > 0 else int(one.argmax())
        if one[best] > 0:
            found[row] = float(lefts[best]), float(rooms[row][1][best])
    return found


def _rooms(band: Band, lefts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For a name at each of ``lefts``: the height of the band along all of it, and the middle of that, in pt."""
    # A line bends at its points only: along a name it is highest and lowest there, or at the name's ends.
    every = np.unique(np.concatenate([band.xs, lefts, lefts + band.width]))
    roof, floor = np.interp(every, band.xs, band.upper), np.interp(every, band.xs, band.lower)
    rooms, middles = np.full(len(lefts), -1.0), np.zeros(len(lefts))
    for turn, left in enumerate(lefts):
        if left + band.width <= band.xs[-1] + 1e-6:
            start, end = np.searchsorted(every, [left - 1e-9, left + band.width + 1e-9])
            top, bottom = roof[start:end].max(), floor[start:end].min()
            rooms[turn], middles[turn] = bottom - top, (top + bottom) / 2
    return rooms, middles
