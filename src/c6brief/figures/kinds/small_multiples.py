"""``small-multiples``: one small chart for each value of a field, all on one scale.

A chart of ``panel``'s kind is drawn for each group of rows that share a value of ``facet``. Every key of that kind may
be given. The panels stand in the order of the rows, or by size, under names that are read once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, Field, create_model

from c6brief.documents.entries import validate_as
from c6brief.documents.problems import Problem, Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.data import Data
from c6brief.figures.kind import DrawContext, Kind, Options, kind_named, register
from c6brief.figures.panels.facets import Facet, facets
from c6brief.figures.series import SeriesOptions, columns_of, series_data
from c6brief.figures.tabular import NAMES, cell_name, checked_table, headings, known_column, own_sources, table_of

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas

PANELS = ("area", "bar", "dot", "line", "slope")
"""The kinds that can stand in a panel."""
MOST = 24
"""Panels that fit on a page."""


class SmallMultiplesOptions(Options):
    """The keys of small multiples themselves; those of the panel's kind come beside them."""

    model_config = ConfigDict(extra="allow", frozen=True)

    panel: Literal["area", "bar", "dot", "line", "slope"] = Field(description="the kind of each panel")
    facet: str = Field(description="the field whose values are the panels")
    columns: int | None = Field(None, ge=1, le=6, description="panels side by side; as many as fit if left out")
    order: Literal["given", "value"] = Field("given", description="as in the rows, or the largest last value first")


@dataclass(frozen=True)
class Panel:
    """A panel: its name, the chart in it, and an evidence base that holds its rows."""

    name: str
    options: SeriesOptions
    evidence: Evidence

    @property
    def stacked(self) -> bool:
        """Whether its parts stand upon one another."""
        return self.options.kind == "area" or getattr(self.options, "arrange", None) == "stacked"

    @property
    def without_units(self) -> Panel:
        """The same panel with numbers of no unit: all panels have one, and it is said once."""
        table = table_of(self.options, self.evidence)
        facet = table.model_copy(update={"fields": tuple(f.model_copy(update={"unit": None}) for f in table.fields)})
        rows = MappingProxyType({**self.evidence.chart_rows, self.options.id: facet})
        return replace(self, evidence=replace(self.evidence, chart_rows=rows))


def check(options: SmallMultiplesOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether the field exists and every panel can be drawn."""
    inner = _inner(options, problems)
    if inner is None:
        return False
    table = checked_table(inner, evidence, problems)
    if table is None:
        return False
    column = known_column(options.facet, ("facet",), NAMES, table, inner, problems, "names no panels")
    if column is None:
        return False
    good = _every_row_named(table, column, problems) and _right_count(options, table, column, problems)
    if not good:
        return False
    found: list[tuple[str, list[Problem]]] = []
    for panel in _panels(options, inner, table, column, evidence):
        own = Problems()
        good = kind_named(options.panel).check(panel.options, panel.evidence, own) and good
        found.append((panel.name, list(own)))
    # A mistake in a key is the same in every panel and is told once; one in the rows names its panel.
    shared = [problem for problem in found[0][1] if all(problem in own for _, own in found)]
    for name, own in found:
        for problem in own:
            message = problem.message if problem in shared else f"panel '{name}': {problem.message}"
            problems.add(replace(problem, message=message))
    return good


def _every_row_named(table: Table, column: int, problems: Problems) -> bool:
    nameless = [row for row in range(len(table.rows or ())) if not cell_name(table, row, column)]
    for row in nameless:
        message = f"facet: row {row + 1} has no '{table.fields[column].name}'"
        problems.error("bad-value", message, table.cell_place(row, column), "every row wants the name of its panel")
    return not nameless


def _right_count(options: SmallMultiplesOptions, table: Table, column: int, problems: Problems) -> bool:
    count = len(facets(table, column))
    if 2 <= count <= MOST:
        return True
    message = f"too many panels; at most {MOST}" if count > MOST else "small multiples want at least two panels"
    problems.error(
        "bad-value", message, options.place("facet"), f"field '{options.facet}' has {count} different values"
    )
    return False


@lru_cache(maxsize=8)
def _model(panel: str) -> type[SeriesOptions]:
    """The panel kind's keys and those of the small multiples in one model, so that what nobody knows is told."""
    own = SmallMultiplesOptions.model_fields
    ours = {name: (own[name].annotation, own[name]) for name in ("panel", "facet", "columns", "order")}
    return create_model("PanelOptions", __base__=kind_named(panel).options, **ours)  # type: ignore[call-overload]


def _inner(options: SmallMultiplesOptions, problems: Problems) -> SeriesOptions | None:
    """The options of the panels, still with all rows."""
    return validate_as(_model(options.panel), options, problems, given={"id": options.id})


def _panels(
    options: SmallMultiplesOptions, inner: SeriesOptions, table: Table, column: int, evidence: Evidence
) -> list[Panel]:
    return [
        Panel(name, _of_facet(inner, options.panel, facet), _with_rows(evidence, options.id, facet))
        for name, facet in facets(table, column).items()
    ]


def _of_facet(inner: SeriesOptions, panel: str, facet: Facet) -> SeriesOptions:
    return inner.model_copy(update={"kind": panel, "table": None, "rows": facet.rows, "fields": facet.fields})


def _with_rows(evidence: Evidence, id: str, facet: Facet) -> Evidence:
    return replace(evidence, chart_rows=MappingProxyType({**evidence.chart_rows, id: facet}))


def panels_of(options: SmallMultiplesOptions, evidence: Evidence) -> list[Panel]:
    """The panels of a checked chart, in the order drawn."""
    inner = _inner(options, Problems())
    table = table_of(inner, evidence)
    column = [field.name for field in table.fields].index(options.facet)
    panels = _panels(options, inner, table, column, evidence)
    if options.order == "value":
        panels.sort(key=lambda panel: _last(panel), reverse=True)
    return panels


def _last(panel: Panel) -> float:
    table = table_of(panel.options, panel.evidence)
    column = columns_of(panel.options, table).y[0]
    values = [cells[column] for cells in table.rows or () if cells[column] is not None]
    return float(values[-1]) if values else float("-inf")


def sources(options: SmallMultiplesOptions, evidence: Evidence) -> tuple[str, ...]:
    return own_sources(_inner(options, Problems()), evidence)


def draw(options: SmallMultiplesOptions, setting: DrawContext) -> Canvas:
    from c6brief.figures.panels.small_multiples_drawing import SmallMultiplesDrawing  # here: it imports Matplotlib

    panels = panels_of(options, setting.evidence)
    return SmallMultiplesDrawing(panels, kind_named(options.panel), options.columns, setting).canvas


def data(options: SmallMultiplesOptions, evidence: Evidence) -> Data:
    """The rows of all panels, the panel's name first."""
    rows: list[tuple[Any, ...]] = []
    columns: tuple[str, ...] = ()
    for panel in panels_of(options, evidence):
        own = series_data(panel.options, panel.evidence)
        table = table_of(panel.options, panel.evidence)
        facet = next(field for field in table.fields if field.name == options.facet)
        columns = (*headings([facet]), *own.columns)
        rows += [(panel.name, *row) for row in own.rows]
    return Data(columns, tuple(rows))


register(Kind("small-multiples", SmallMultiplesOptions, "full", check, sources, draw, data))
