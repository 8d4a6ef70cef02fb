"""What lies below the names of a map, worked out once a process: the frame, the shapes, and where names stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from c6brief.figures.atlas import Atlas, atlas
from c6brief.figures.drawing.placement import Box
from c6brief.figures.drawing.style import Style
from c6brief.figures.map.geography import View, view_of
from c6brief.figures.map.lettering import Lettering, Subjects, place_names

LOWEST, HIGHEST = 0.42, 0.66
"""The height of the frame, in widths, at least and at most."""
KEPT = 12
"""Maps that are kept: as many as a brief has, and panels of one have the same ground."""

Pairs = tuple[tuple[str, str], ...]
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Ground:
    """Everything on paper, in pt. Never changed: maps share it."""

    view: View
    points: Points
    """The places, in order."""
    shapes: Mapping[str, np.ndarray]
    """By code: the countries shown."""
    neighbours: Mapping[str, np.ndarray]
    land: np.ndarray
    borders: tuple[np.ndarray, ...]
    own_coasts: tuple[np.ndarray, ...]
    coasts: tuple[np.ndarray, ...]

    @property
    def lines(self) -> shapely.Geometry:
        """Borders and coasts as one shape."""
        every = (*self.borders, *self.own_coasts, *self.coasts)
        return shapely.multilinestrings([shapely.LineString(line) for line in every])


@lru_cache(maxsize=KEPT)
def ground_of(codes: tuple[str, ...], places: Points, width: float) -> Ground:
    """The ground of a map of ``codes`` and ``places`` (degrees), ``width`` pt wide."""
    world: Atlas = atlas()
    view = view_of(world, codes, places, width, (LOWEST * width, HIGHEST * width))
    own_coasts, coasts = (tuple(view.lines(lines)) for lines in world.coasts(set(codes)))
    others = sorted(code for code in world.codes - set(codes) if view.sees(world.countries[code]))
    seen = {code: view.shapes(world.countries[code]) for code in others}
    return Ground(
        view=view,
        points=tuple(view.point(*place) for place in places),
        shapes={code: view.country(world.countries[code]) for code in codes},
        neighbours={code: shapes for code, shapes in seen.items() if len(shapes)},
        land=view.shapes(world.land),
        borders=tuple(view.lines(world.borders(set(codes)))),
        own_coasts=own_coasts,
        coasts=coasts,
    )


@dataclass(frozen=True)
class Wording:
    """What is to be lettered: names by code, names of the places in order, and positions that the author chose."""

    names: Pairs
    neighbours: Pairs
    places: tuple[str, ...]
    given: tuple[tuple[str, tuple[float, float]], ...]
    short: Pairs = ()


@lru_cache(maxsize=4 * KEPT)
def lettering_for(
    codes: tuple[str, ...],
    places: Points,
    width: float,
    wording: Wording,
    frame: Box,
    taken: tuple[Box, ...],
    style: Style,
) -> Lettering:
    """Where the names of that ground stand; ``taken`` boxes are left free. Not to be changed: maps share it."""
    ground = ground_of(codes, places, width)
    subjects = Subjects(
        names=dict(wording.names),
        shapes=ground.shapes,
        given=dict(wording.given),
        places=list(zip(wording.places, ground.points, strict=True)),
        neighbours={code: ground.neighbours[code] for code, _ in wording.neighbours},
        neighbour_names=dict(wording.neighbours),
        lines=ground.lines,
        short=dict(wording.short),
    )
    return place_names(subjects, frame, taken, style)
