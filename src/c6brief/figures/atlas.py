"""The world's countries by their ISO 3166 codes: which there are, and their outlines.

The outlines are Natural Earth 1:50m, as TopoJSON in ``assets/map``; they are keyed by codes, since authors write these.
Where Natural Earth shows who holds a place rather than to whom ISO 3166-2 counts it, ISO decides: see
``assets/map/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.core import get_global

from c6brief.documents.countries import code_of, tell_alias, why_none
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.figures.words import FigureWords

if TYPE_CHECKING:
    import numpy as np
    import shapely

FILE = Path(__file__).parents[1] / "assets" / "map" / "countries-50m.json"

OBJECTS = '"objects":'
"""Where in the file the countries begin."""

NAMED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}
"""Outlines without a number of ISO 3166."""

ELSEWHERE = (("RU", "UA", (34.2, 45.2)),)
"""Outlines that belong to another country by ISO 3166-2: from, to, a place within."""


Outline = list[list[int]]
"""Rings, the outer one first, each a list of arcs; ``~arc`` is an arc read backwards."""


@dataclass(frozen=True)
class Atlas:
    """The ``text`` of the file, decoded when it is needed. Positions are degrees, east and north."""

    text: str

    @cached_property
    def topology(self) -> dict[str, Any]:
        """The whole of the file."""
        topology: dict[str, Any] = json.loads(self.text)
        return topology

    @cached_property
    def arcs(self) -> list[np.ndarray]:
        """Stretches of border and coast, each shared by the outlines on its sides."""
        import numpy as np

        scale, shift = self.topology["transform"]["scale"], self.topology["transform"]["translate"]
        return [_unbroken(np.cumsum(arc, axis=0) * scale + shift) for arc in self.topology["arcs"]]

    @cached_property
    def codes(self) -> frozenset[str]:
        """The ISO 3166 codes of all countries that have an outline."""
        return frozenset(code for shape in self._shapes if (code := _code(shape)))

    @cached_property
    def outlines(self) -> Mapping[str, list[Outline]]:
        """By country: its outlines. What has no code stands under its name."""
        found: dict[str, list[Outline]] = {}
        for shape in self._shapes:
            outlines = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            found.setdefault(_code(shape) or shape["properties"]["name"], []).extend(outlines)
        for held_by, owner, place in ELSEWHERE:
            moved = [outline for outline in found[held_by] if _holds(self.polygon(outline), place)]
            found[held_by] = [outline for outline in found[held_by] if outline not in moved]
            found[owner] += moved
        return found

    @cached_property
    def countries(self) -> Mapping[str, np.ndarray]:
        """By country: its outlines as shapely polygons."""
        import numpy as np

        return {code: np.array([self.polygon(outline) for outline in found]) for code, found in self.outlines.items()}

    @cached_property
    def land(self) -> np.ndarray:
        """All land as shapely polygons without borders."""
        import numpy as np

        [land] = self.topology["objects"]["land"]["geometries"]
        return np.array([self.polygon(outline) for outline in land["arcs"]])

    def coasts(self, codes: set[str]) -> tuple[np.ndarray, np.ndarray]:
        """Where land meets water, as shapely lines: the coasts of ``codes``, and all others."""
        import numpy as np

        owners, lines = self._coasts
        ours = np.isin(owners, sorted(codes))
        return lines[ours], lines[~ours]

    @cached_property
    def _coasts(self) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np

        found = {arc: beside[0] for arc, beside in self._sides.items() if len(beside) == 1}
        return np.array(list(found.values())), self._lines(found)

    def borders(self, codes: set[str]) -> np.ndarray:
        """The land borders of ``codes``, each once, as shapely lines."""
        return self._lines(
            arc for arc, beside in self._sides.items() if len(set(beside)) > 1 and not codes.isdisjoint(beside)
        )

    def _lines(self, arcs: Iterable[int]) -> np.ndarray:
        import numpy as np
        import shapely

        return np.array([shapely.LineString(self.arcs[arc]) for arc in arcs])

    @cached_property
    def _sides(self) -> Mapping[int, list[str]]:
        """The countries on the sides of each arc: two along a border, one along a coast."""
        sides: dict[int, list[str]] = {}
        for code, outlines in self.outlines.items():
            for arc in (arc for outline in outlines for ring in outline for arc in ring):
                sides.setdefault(arc if arc >= 0 else ~arc, []).append(code)
        return sides

    @cached_property
    def _shapes(self) -> list[dict[str, Any]]:
        """What says which arcs belong to which country: a twentieth of the file, and all that a check needs."""
        start = self.text.index(OBJECTS) + len(OBJECTS)
        shapes: list[dict[str, Any]] = json.JSONDecoder().raw_decode(self.text, start)[0]["countries"]["geometries"]
        return shapes

    def polygon(self, outline: Outline) -> shapely.Polygon:
        """An outline as a shapely polygon; its longitudes go beyond 180 where it crosses the date line."""
        import numpy as np
        import shapely

        lines: list[np.ndarray] = []
        for ring in outline:
            parts = [self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1] for arc in ring]
            line = _unbroken(np.concatenate([parts[0], *(part[1:] for part in parts[1:])]))
            if np.abs(line[:, 1]).min() > 89.9:
                continue  # the South Pole as a ring of its own
            if abs(line[-1, 0] - line[0, 0]) > 180:  # it goes once around the pole: Antarctica
                pole = -90.0 if line[:, 1].mean() < 0 else 90.0
                line = np.concatenate([line, [[line[-1, 0], pole], [line[0, 0], pole], line[0]]])
            if lines:
                line[:, 0] += 360 * np.round((lines[0][:, 0].mean() - line[:, 0].mean()) / 360)
            lines.append(line)
        return shapely.Polygon(lines[0], lines[1:])


def _unbroken(line: np.ndarray) -> np.ndarray:
    """``line`` without the leap from 180 to -180 degrees."""
    import numpy as np

    if not (np.abs(np.diff(line[:, 0])) > 180).any():
        return line
    return np.column_stack([np.unwrap(line[:, 0], period=360), line[:, 1]])


def _code(shape: dict[str, Any]) -> str | None:
    aliases = get_global("territory_aliases")  # CLDR's, which know the numbers of ISO 3166
    return NAMED.get(shape["properties"]["name"]) or next(iter(aliases.get(shape.get("id", ""), ())), None)


def _holds(polygon: shapely.Polygon, place: tuple[float, float]) -> bool:
    import shapely

    return bool(shapely.contains_xy(polygon, *place))


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """The atlas, read once."""
    return Atlas(FILE.read_text(encoding="utf-8"))


def known_country(code: str, place: Place, problems: Problems) -> bool:
    """Whether the atlas has a country of this alpha-2 code, written at ``place``.

    Problems: ``unknown-value``, which suggests the code that may be meant; ``country-alias``, where it was written otherwise.
    """
    if code in atlas().codes:
        tell_alias(code, place, problems)
        return True
    why = why_none(code)
    meant = code_for(code)
    hint = f"did you mean '{meant}'?" if meant else "leave the row out" if "group" in why else _similar_name(code)
    message = f"'{code}' {why}" if why else f"no country has the code '{code}'"
    problems.error("unknown-value", message, place, hint)
    return False


def code_for(words: str) -> str | None:
    """The alpha-2 code that may be meant by a code in whatever letters or by a name, if the atlas has it."""
    code = code_of(words) or code_of(words.upper())
    return code if code in atlas().codes else None


def _similar_name(words: str) -> str:
    """A name that differs by a letter or two, with its code; else what a code is."""
    names = {FigureWords("en").country(code): code for code in atlas().codes}
    near = did_you_mean(words, names) if len(words) > 3 else ""
    name = next((name for name in names if f"'{name}'" in near), None)
    return f"did you mean '{names[name]}' ({name})?" if name else "ISO 3166 codes have two capital letters: KZ"
