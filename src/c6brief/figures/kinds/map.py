"""``map``: a locator, which shows where countries and places lie; with a table, a choropleth, which shows values by tone.

Countries by scope or by code; some may be highlighted, told apart by hatching as well as by colour. Neighbours are
there to find one's way: without borders, with small names. Values stand in classes, the larger the darker; a country
without a value is hatched and said to have none. What is shown by tone should be a rate, a share or a density: a count
makes large countries look important.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, FiniteFloat, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import Identifier, Strict
from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import TableField
from c6brief.figures.checking import known_id, no_repeats
from c6brief.figures.data import Cell, Data
from c6brief.figures.kind import DrawContext, Kind, register
from c6brief.figures.maps.countries import known_country
from c6brief.figures.tabular import (
    NUMBERS,
    TabularOptions,
    cell_name,
    checked_table,
    distinct,
    finite,
    headings,
    known_column,
    own_sources,
    right_count,
    table_of,
)
from c6brief.figures.words import Words

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas

MOST = 260
"""Rows of a table of values: there are not so many countries."""

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


class MapOptions(TabularOptions):
    """The keys of a map; those of a table, `code`, `value`, `steps` and `values` are for values by tone."""

    scope: Identifier | None = Field(None, description="id of a scope: its members are shown")
    countries: tuple[str, ...] | None = Field(None, min_length=1, description="ISO 3166 codes, in place of a scope")
    highlight: tuple[str, ...] = Field((), description="ISO 3166 codes of those to tell apart")
    places: tuple[Site, ...] = ()
    labels: dict[str, Position] = Field({}, description="where the name of a country stands, by its code")
    seas: tuple[Water, ...] = ()
    code: str | None = Field(None, description="the field with the countries' ISO 3166 codes")
    value: str | None = Field(None, description="the field with the numbers shown by tone")
    steps: tuple[FiniteFloat, ...] | None = Field(
        None, max_length=6, description="the limits between classes, rising; by default computed"
    )
    values: bool = Field(False, description="true writes the numbers below the countries' names where there is room")

    @property
    def has_values(self) -> bool:
        """Whether the map shows values by tone."""
        return any(getattr(self, key) is not None for key in ("table", "rows", "data"))

    @model_validator(mode="after")
    def _one_group(self) -> MapOptions:
        groups = (self.scope is not None) + (self.countries is not None)
        if groups > 1 or not (groups or self.has_values):
            raise PydanticCustomError("missing-key", "a map has either 'scope' or 'countries'")
        stray = next((key for key in ("code", "value", "steps", "fields") if getattr(self, key) is not None), None)
        if not self.has_values and (stray or self.values):
            raise PydanticCustomError(
                "missing-key", f"'{stray or 'values'}' wants a table", {"hint": "add 'table: …' (a table's id)"}
            )
        for key in ("code", "value"):
            if self.has_values and getattr(self, key) is None:
                raise PydanticCustomError(
                    "missing-key", f"a map of values has a '{key}'", {"hint": f"add '{key}: FIELD'"}
                )
        if self.has_values and self.highlight:
            hint = "tones say how much; remove 'highlight'"
            raise PydanticCustomError("bad-value", "a map of values cannot highlight as well", {"hint": hint})
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
    if options.has_values:
        good.append(_values_hold(options, evidence, problems))
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
    if codes is None and options.has_values:
        codes = tuple(country_values(options, evidence))
    return tuple(dict.fromkeys(codes or ()))


def _values_hold(options: MapOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether every row has a country of its own and a number or none, and the steps rise.

    Problems: those of tables, ``unknown-value`` (a country, at its cell), ``bad-value``.
    """
    table = checked_table(options, evidence, problems)
    if table is None:
        return False
    code = known_column(options.code or "", ("code",), ("string",), table, options, problems, "names no countries")
    value = known_column(options.value or "", ("value",), NUMBERS, table, options, problems, "is not numeric")
    if code is None or value is None or not right_count(table, 1, MOST, "countries", options, problems):
        return False
    good = [distinct(table, [code], "code", "country", problems), finite(table, [value], problems)]
    for row in range(len(table.rows or ())):
        if cell_name(table, row, code):
            good.append(known_country(cell_name(table, row, code), table.cell_place(row, code), problems))
    steps = options.steps or ()
    if options.steps == ():
        problems.error("bad-value", "steps: at least one limit", options.place("steps"), "leave 'steps' out")
        good.append(False)
    for index, (one, other) in enumerate(pairwise(steps), 1):
        if other <= one:
            problems.error("bad-value", f"steps: {other:g} does not rise", options.place("steps", index), "")
            good.append(False)
    if all(good) and all(number is None for number in country_values(options, evidence).values()):
        problems.error("bad-value", f"value: no row has a '{options.value}'", options.place("value"), "")
        good.append(False)
    return all(good)


def country_values(options: MapOptions, evidence: Evidence) -> dict[str, int | float | None]:
    """By code: the value, ``None`` where it is missing. In the order of the rows."""
    table = table_of(options, evidence)
    names = [field.name for field in table.fields]
    code, value = names.index(options.code or ""), names.index(options.value or "")
    return {cell_name(table, row, code): cells[value] for row, cells in enumerate(table.rows or ())}


def value_field(options: MapOptions, evidence: Evidence) -> TableField:
    """The field whose numbers are shown by tone."""
    return next(field for field in table_of(options, evidence).fields if field.name == options.value)


def sources(options: MapOptions, evidence: Evidence) -> tuple[str, ...]:
    """Those of the values. Outlines and names are nobody's claim here; the drawing itself names Natural Earth."""
    return own_sources(options, evidence) if options.has_values else ()


def draw(options: MapOptions, setting: DrawContext) -> Canvas:
    if options.has_values:
        from c6brief.figures.maps.choropleth_drawing import ChoroplethDrawing

        values, field = country_values(options, setting.evidence), value_field(options, setting.evidence)
        codes = shown_countries(options, setting.evidence)
        return ChoroplethDrawing(options, codes, values, field, setting).canvas
    from c6brief.figures.maps.map_drawing import MapDrawing  # here: it imports Matplotlib

    return MapDrawing(options, shown_countries(options, setting.evidence), setting).canvas


def data(options: MapOptions, evidence: Evidence) -> Data:
    """A row for each country and each named place; of a map of values, the countries with their values."""
    words = Words("en")
    rows: list[tuple[Cell, ...]] = []
    if options.has_values:
        values = country_values(options, evidence)
        shown = shown_countries(options, evidence)
        columns = ("code", "name", *headings([value_field(options, evidence)]))
        return Data(columns, tuple((code, words.country(code), values.get(code)) for code in shown))
    for code in shown_countries(options, evidence):
        note = "highlighted" if code in options.highlight else None
        rows.append(("country", code, words.country(code), None, None, note))
    for site in options.places:
        rows.append(("place", None, site.name, site.lon, site.lat, "capital" if site.capital else None))
    rows += [("water", None, water.name, water.lon, water.lat, None) for water in options.seas]
    return Data(("kind", "code", "name", "longitude", "latitude", "note"), tuple(rows))


register(Kind("map", MapOptions, "full", check, sources, draw, data))
