"""Which name goes where on a map: countries, places, seas, neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.placement import Box, LabelFrame
from c6brief.figures.drawing.style import SEMIBOLD, Style
from c6brief.figures.map.placement import MapLabel, map_label, middle_of, place_beside, place_within

SIGN = 2.2
"""pt from the centre of a place's sign to its edge, rim included."""
REACH = SIGN + 1.6
"""pt from the centre of a place's sign to its name."""
FAR = REACH + 6
"""pt from which on a line leads from a sign to its name."""

GOOD = 2.0
"""A cost below which no second try is made: every name stands at its place, if not in its largest size."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Name:
    """A name in its box. ``of``: the country or place. ``lead``: where a line to its sign starts, if it needs one."""

    of: str
    label: MapLabel
    box: Box
    lead: Point | None = None


@dataclass
class Lettering:
    """All names of a map. ``cost``: how far from ideal, to choose between two tries."""

    countries: list[Name] = field(default_factory=list)
    places: list[Name] = field(default_factory=list)
    neighbours: list[Name] = field(default_factory=list)
    cost: float = 0


@dataclass(frozen=True)
class Subjects:
    """What wants a name. Shapes and points are on paper; ``given`` are positions that the author chose."""

    names: Mapping[str, str]
    shapes: Mapping[str, np.ndarray]
    given: Mapping[str, Point]
    places: Sequence[tuple[str, Point]]
    neighbours: Mapping[str, np.ndarray]
    neighbour_names: Mapping[str, str]
    lines: shapely.Geometry
    """Borders and coasts, which the names of places had better not cross."""
    short: Mapping[str, str] = field(default_factory=dict)
    """Where a name outside its country may not stand on another that is shown: what stands within in its place."""


def place_names(subjects: Subjects, frame: Box, taken: Sequence[Box], style: Style) -> Lettering:
    """Places for all names that fit. ``taken`` are boxes that nothing may stand on.

    Tried with the countries first and, if that is not good, with the places first; the better one is kept. A
    neighbour's name that does not fit into its land is left out; the names of countries shown and of places never are,
    unless the frame has no room at all.
    """
    tries = []
    for countries_first in (True, False):
        sheet = LabelFrame(frame, [*taken, *(_sign_box(point) for _, point in subjects.places)])
        lettering = Lettering()
        steps = [_countries, _places] if countries_first else [_places, _countries]
        for step in steps:
            step(subjects, sheet, style, lettering)
        tries.append((lettering, sheet))
        if lettering.cost < GOOD:
            break
    lettering, sheet = min(tries, key=lambda pair: pair[0].cost)
    _neighbours(subjects, sheet, style, lettering)
    return lettering


def _sign_box(point: Point) -> Box:
    return point[0] - SIGN, point[1] - SIGN, point[0] + SIGN, point[1] + SIGN


def _countries(subjects: Subjects, sheet: LabelFrame, style: Style, lettering: Lettering) -> None:
    """The smallest first: it has the fewest places to stand."""
    for code, point in subjects.given.items():
        name = map_label(subjects.names[code], Face(_largest(subjects.shapes[code]), SEMIBOLD))
        chosen = name.around(*point)
        sheet.take(chosen)
        lettering.countries.append(Name(code, name, chosen))
    left = [code for code in subjects.shapes if code not in subjects.given and len(subjects.shapes[code])]
    for code in sorted(left, key=lambda code: (float(shapely.area(subjects.shapes[code]).sum()), code)):
        shapes, words = subjects.shapes[code], subjects.names[code]
        largest = _largest(shapes)
        sizes = [size for size in (10.5, 9.5, 8.5, 8.0, 7.5, 7.0) if size <= largest]
        sizes = sizes or [7.0]
        labels = [map_label(words, Face(size, SEMIBOLD), lines) for size in sizes for lines in (1, 2)]
        found = place_within(shapes, labels, sheet, 1.2)
        if found:
            name, within = found
            lettering.cost += (largest - name.face.size) * 0.3
            sheet.take(within)
            lettering.countries.append(Name(code, name, within))
            continue
        lettering.cost += 3
        shape = max(shapes, key=lambda shape: shape.area)
        x, y = middle_of(shape)
        name = labels[-2]
        reach = min((shape.bounds[2] - shape.bounds[0]) / 2, 14.0) + 1.5
        box = place_beside(x, y, name, sheet, reach, shapely.union_all(shapes))
        if code in subjects.short and (
            box is None or words == subjects.short[code] or _covers_another(code, box, subjects)
        ):
            name = map_label(subjects.short[code], Face(style.small, SEMIBOLD))
            inner = _inner(shapes, name, (x, y), sheet)
            if inner is not None:
                sheet.take(inner)
                lettering.countries.append(Name(code, name, inner))
                continue
            reach = min(reach, 6.0)
            box = place_beside(x, y, name, sheet, reach, shapely.union_all(shapes))
        if box is None:
            lettering.cost += 20
            continue
        sheet.take(box)
        lettering.countries.append(Name(code, name, box, _leader(x, y, box, reach + 5)))


def _inner(shapes: np.ndarray, name: MapLabel, middle: Point, sheet: LabelFrame) -> Box | None:
    """A box for a short name within a country, or on its middle, if it is free."""
    found = place_within(shapes, [name], sheet, 0.2)
    box = found[1] if found else name.around(*middle)
    return box if sheet.free(np.array([box]))[0] else None


def _covers_another(code: str, box: Box, subjects: Subjects) -> bool:
    """Whether a name in ``box`` would be read as that of another country shown."""
    area = shapely.box(*box)
    others = (shapes for other, shapes in subjects.shapes.items() if other != code)
    return any(shapely.area(shapely.intersection(shapes, area)).sum() > 0.15 * area.area for shapes in others)


def _largest(shapes: np.ndarray) -> float:
    """The size of a country's name in pt, at most: the larger its area on paper, the larger."""
    area = float(shapely.area(shapes).sum()) if len(shapes) else 0.0
    return float(np.clip(6.4 + np.sqrt(area) / 38, 7.0, 10.5))


def _places(subjects: Subjects, sheet: LabelFrame, style: Style, lettering: Lettering) -> None:
    """The most crowded first."""
    points = [point for _, point in subjects.places]

    def room(index: int) -> float:
        x, y = points[index]
        return min((np.hypot(x - a, y - b) for other, (a, b) in enumerate(points) if other != index), default=np.inf)

    for index in sorted(range(len(points)), key=lambda index: (room(index), index)):
        words, (x, y) = subjects.places[index]
        name = map_label(words, Face(style.small))
        box = place_beside(x, y, name, sheet, REACH, subjects.lines)
        if box is None:
            lettering.cost += 20
            continue
        lead = _leader(x, y, box, FAR)
        lettering.cost += 2 if lead else 0
        sheet.take(box)
        lettering.places.append(Name(words, name, box, lead))


def _leader(x: float, y: float, box: Box, far: float) -> Point | None:
    """Where on its box a line from ``x``, ``y`` ends, if the box is more than ``far`` pt away."""
    near = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
    return near if np.hypot(near[0] - x, near[1] - y) > far else None


def _neighbours(subjects: Subjects, sheet: LabelFrame, style: Style, lettering: Lettering) -> None:
    order = sorted(subjects.neighbours, key=lambda code: (-float(shapely.area(subjects.neighbours[code]).sum()), code))
    for code in order:
        shapes = subjects.neighbours[code]
        labels = [
            map_label(subjects.neighbour_names[code], Face(size), lines) for size in (7.5, 6.8) for lines in (1, 2)
        ]
        found = place_within(shapes, labels, sheet, 1.5)
        if found:
            sheet.take(found[1])
            lettering.neighbours.append(Name(code, *found))
