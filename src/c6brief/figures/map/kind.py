"""The kind of chart ``map``: its keys, checks and data."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from c6brief.documents.countries import COUNTRY_ALIAS, code_of
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.table_models import TableField
from c6brief.figures.atlas import known_country
from c6brief.figures.checks import known_id, no_repeats
from c6brief.figures.data import CellValue, ChartData
from c6brief.figures.kinds import DrawContext
from c6brief.figures.map.options import MapOptions
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.tabular import (
    NUMBERS,
    TabularKind,
    cell_name,
    check_table,
    column_named,
    headings,
    names_in,
    table_of,
    table_sources,
)
from c6brief.figures.words import FigureWords

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST = 260
"""Rows of a table of values: there are not so many countries."""

MOST_ALIASES = 5
"""Countries that the one note on their names names."""


def _known_scope(id: str, options: MapOptions, evidence: Evidence, problems: Problems) -> bool:
    if not known_id(id, "scopes", "scope", ("scope",), options, evidence, problems):
        return False
    scope = evidence.scopes[id]
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
    table = check_table(options, evidence, problems)
    if table is None:
        return False
    check = TableCheck(options, table, problems)
    check.known_columns({"code": (("string",), "names no countries"), "value": (NUMBERS, "is not numeric")})
    if not check.in_turn(partial(check.right_count, 1, MOST, "countries")):
        return False
    code, value = column_named(table, options.code or ""), column_named(table, options.value or "")
    check.distinct([code], "code", "country")
    check.finite([value])
    _check_countries(check, code)
    if options.steps == ():
        check.bad_key("steps: at least one limit", "steps", "leave 'steps' out")
    for index, (one, other) in enumerate(pairwise(options.steps or ()), 1):
        if other <= one:
            check.bad(f"steps: {other:g} does not rise", options.place("steps", index))
    if check.good and all(cells[value] is None for cells in table.rows or ()):
        check.bad_key(f"value: no row has a '{options.value}'", "value")
    return check.good


def _check_countries(check: TableCheck[MapOptions], column: int) -> None:
    """Every row names a country, by its code or as an office writes it, and no two the same one.

    Problems: ``unknown-value``, ``bad-value``, ``country-alias``, once.
    """
    table, problems = check.table, check.problems
    aliases: dict[str, str] = {}
    seen: dict[str, str] = {}
    first: Place | None = None
    for row, name in enumerate(names_in(table, column)):
        if not name:
            continue
        place = table.cell_place(row, column)
        code = code_of(name) or name
        check.good &= known_country(code, place, problems)
        if seen.get(code, name) != name:
            check.bad(f"code: '{name}' and '{seen[code]}' are one country, {code}", place, "keep one row of it")
        seen[code] = name
        if code != name:
            aliases[name] = code
            first = first or place
    if first is not None and check.good:
        told = ", ".join(f"'{name}' is read as {code}" for name, code in list(aliases.items())[:MOST_ALIASES])
        more = f", and {len(aliases) - MOST_ALIASES} more likewise" if len(aliases) > MOST_ALIASES else ""
        problems.report(COUNTRY_ALIAS, f"{told}{more}", first, "codes of ISO 3166 are never taken for others")


def country_values(options: MapOptions, evidence: Evidence) -> dict[str, int | float | None]:
    """By code: the value, ``None`` where it is missing. In the order of the rows."""
    table = table_of(options, evidence)
    code, value = column_named(table, options.code or ""), column_named(table, options.value or "")
    names = (cell_name(table, row, code) for row in range(len(table.rows or ())))
    return {code_of(name) or name: cells[value] for name, cells in zip(names, table.rows or (), strict=True)}


def value_field(options: MapOptions, evidence: Evidence) -> TableField:
    """The field whose numbers are shown by tone."""
    table = table_of(options, evidence)
    return table.fields[column_named(table, options.value or "")]


@chart_kind("map", width="full")
class MapChart(TabularKind[MapOptions]):
    """``map``: a locator, which shows where countries and places lie; with a table, a choropleth, which shows values by
    tone.

    Countries by scope or by code; some may be highlighted, told apart by hatching as well as by colour. Neighbours are
    there to find one's way: without borders, with small names. Values stand in classes, the larger the darker; a
    country without a value is hatched and said to have none. What is shown by tone should be a rate, a share or a
    density: a count makes large countries look important.
    """

    options = MapOptions

    def check(self, options: MapOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether the countries exist, and whether what is highlighted or placed is among those shown."""
        good = []
        for key in ("countries", "highlight"):
            codes = getattr(options, key) or ()
            good += [known_country(code, options.place(key, index), problems) for index, code in enumerate(codes)]
            good.append(no_repeats(codes, key, options, problems))
        if options.scope is not None:
            good.append(_known_scope(options.scope, options, evidence, problems))
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

    def sources(self, options: MapOptions, evidence: Evidence) -> tuple[str, ...]:
        """Those of the values. Outlines and names are nobody's claim here; the drawing itself names Natural Earth."""
        return table_sources(options, evidence) if options.has_values else ()

    def draw(self, options: MapOptions, context: DrawContext) -> Canvas:
        if options.has_values:
            from c6brief.figures.map.choropleth import ChoroplethDrawing

            values, field = country_values(options, context.evidence), value_field(options, context.evidence)
            codes = shown_countries(options, context.evidence)
            return ChoroplethDrawing(options, codes, values, field, context).canvas
        from c6brief.figures.map.drawing import MapDrawing  # here: it imports Matplotlib

        return MapDrawing(options, shown_countries(options, context.evidence), context).canvas

    def data(self, options: MapOptions, evidence: Evidence) -> ChartData:
        """A row for each country and each named place; of a map of values, the countries with their values."""
        words = FigureWords("en")
        rows: list[tuple[CellValue, ...]] = []
        if options.has_values:
            values = country_values(options, evidence)
            shown = shown_countries(options, evidence)
            columns = ("code", "name", *headings([value_field(options, evidence)]))
            return ChartData(columns, tuple((code, words.country(code), values.get(code)) for code in shown))
        for code in shown_countries(options, evidence):
            note = "highlighted" if code in options.highlight else None
            rows.append(("country", code, words.country(code), None, None, note))
        for site in options.places:
            rows.append(("place", None, site.name, site.lon, site.lat, "capital" if site.capital else None))
        rows += [("water", None, water.name, water.lon, water.lat, None) for water in options.seas]
        return ChartData(("kind", "code", "name", "longitude", "latitude", "note"), tuple(rows))
