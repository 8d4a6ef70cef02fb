"""``map``: a locator. Which countries, where they lie, and the places that the text names.

Countries by scope or by code; some may be highlighted, told apart by hatching as well as by colour. Neighbours are
there to find one's way: without borders, with small names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import Identifier, Strict
from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.figures.checking import known_id, no_repeats
from c6brief.figures.countries import known_country
from c6brief.figures.data import Cell, Data
from c6brief.figures.kind import Kind, Options, Setting, register
from c6brief.figures.words import Words

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, description="degrees east")]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, description="degrees north")]


class Position(Strict):
    """Where a name stands."""

    lon: Longitude
    lat: Latitude


class Site(Position):
    """A place with a name."""

    name: str = Field(min_length=1, description="as printed")
    capital: bool = Field(False, description="drawn as a square")


class Water(Position):
    """A sea or lake with a name."""

    name: str = Field(min_length=1, description="as printed")


class MapOptions(Options):
    """The keys of a map."""

    scope: Identifier | None = Field(None, description="id of a scope: its members are shown")
    countries: tuple[str, ...] | None = Field(None, min_length=1, description="ISO 3166 codes, in place of a scope")
    highlight: tuple[str, ...] = Field((), description="ISO 3166 codes of those to tell apart")
    places: tuple[Site, ...] = ()
    labels: dict[str, Position] = Field({}, description="where the name of a country stands, by its code")
    seas: tuple[Water, ...] = ()

    @model_validator(mode="after")
    def _one_group(self) -> MapOptions:
        if (self.scope is None) == (self.countries is None):
            raise PydanticCustomError("missing-key", "a map has either 'scope' or 'countries'")
        return self


def check(options: MapOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether the countries exist, and whether what is highlighted or placed is among those shown."""
    good = []
    for key in ("countries", "highlight"):
        codes = getattr(options, key) or ()
        good += [known_country(code, options.place(key, index), problems) for index, code in enumerate(codes)]
        good.append(no_repeats(codes, key, options, problems))
    if options.scope is not None:
        good.append(_known_scope(options, evidence, problems))
    if not all(good):
        return False
    shown = shown_countries(options, evidence)
    named = [(code, "highlight", options.place("highlight", index)) for index, code in enumerate(options.highlight)]
    named += [(code, "labels", options.place("labels", code, key=True)) for code in options.labels]
    strange = [(code, key, place) for code, key, place in named if code not in shown]
    for code, key, place in strange:
        message = f"{key}: '{code}' is not among the countries shown"
        problems.error("unknown-value", message, place, did_you_mean(code, shown))
    return not strange


def _known_scope(options: MapOptions, evidence: Evidence, problems: Problems) -> bool:
    if not known_id(options.scope, "scopes", "scope", ("scope",), options, evidence, problems):
        return False
    scope = evidence.scopes[options.scope]
    if not scope.members:
        hint = "add members: [KZ, …] to the scope"
        problems.error("bad-value", f"scope '{scope.id}' names no countries", options.place("scope"), hint)
        return False
    known = [known_country(code, scope.place("members", index), problems) for index, code in enumerate(scope.members)]
    return all(known)


def shown_countries(options: MapOptions, evidence: Evidence) -> tuple[str, ...]:
    """The codes of the countries that the map is about, each once."""
    codes = options.countries if options.scope is None else evidence.scopes[options.scope].members
    return tuple(dict.fromkeys(codes or ()))


def sources(options: MapOptions, evidence: Evidence) -> tuple[str, ...]:
    """None: outlines and names are nobody's claim here; the drawing itself names Natural Earth."""
    return ()


def draw(options: MapOptions, setting: Setting) -> Canvas:
    from c6brief.figures.map_drawing import MapDrawing  # here: it imports Matplotlib

    return MapDrawing(options, shown_countries(options, setting.evidence), setting).canvas


def data(options: MapOptions, evidence: Evidence) -> Data:
    """A row for each country and each named place."""
    words = Words("en")
    rows: list[tuple[Cell, ...]] = []
    for code in shown_countries(options, evidence):
        note = "highlighted" if code in options.highlight else None
        rows.append(("country", code, words.country(code), None, None, note))
    for site in options.places:
        rows.append(("place", None, site.name, site.lon, site.lat, "capital" if site.capital else None))
    rows += [("water", None, water.name, water.lon, water.lat, None) for water in options.seas]
    return Data(("kind", "code", "name", "longitude", "latitude", "note"), tuple(rows))


register(Kind("map", MapOptions, "full", check, sources, draw, data))
