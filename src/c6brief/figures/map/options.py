"""The keys of a map."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, FiniteFloat, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.countries import Country
from c6brief.documents.entries import Identifier, Strict
from c6brief.figures.rows.tabular import TabularOptions

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
    countries: tuple[Country, ...] | None = Field(None, min_length=1, description="ISO 3166 codes, in place of a scope")
    highlight: tuple[Country, ...] = Field((), description="ISO 3166 codes of those to tell apart")
    places: tuple[Site, ...] = ()
    labels: dict[Country, Position] = Field({}, description="where the name of a country stands, by its code")
    seas: tuple[Water, ...] = ()
    code: str | None = Field(
        None, description="the field with the countries: ISO 3166 codes, or names as offices write them"
    )
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
