"""The kind of chart ``small-multiples``: its keys, checks and data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, Field, create_model

from c6brief.documents.entries import validate_as
from c6brief.documents.problems import Problem, Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.table_models import Table
from c6brief.figures.checks import At
from c6brief.figures.data import ChartData
from c6brief.figures.kinds import ChartKind, ChartOptions, DrawContext
from c6brief.figures.registry import built_in_kind, chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.series import SeriesOptions, columns_of, series_data
from c6brief.figures.rows.tabular import (
    NAMES,
    check_table,
    column_named,
    headings,
    names_in,
    table_of,
    table_sources,
)
from c6brief.figures.small_multiples.panels import Facet, Panel, facets

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

PanelKind = Literal["area", "bar", "dot", "line", "slope"]
"""The kinds that can stand in a panel."""
MOST = 24
"""Panels that fit on a page."""


class SmallMultiplesOptions(ChartOptions):
    """The keys of small multiples themselves; those of the panel's kind come beside them."""

    model_config = ConfigDict(extra="allow", frozen=True)

    panel: PanelKind = Field(description="the kind of each panel")
    facet: str = Field(description="the field whose values are the panels")
    columns: int | None = Field(None, ge=1, le=6, description="panels side by side; as many as fit if left out")
    order: Literal["given", "value"] = Field("given", description="as in the rows, or the largest last value first")

    def written(self) -> Iterator[tuple[At, str]]:
        """The annotations of the panels. Raises ``ValueError`` for a chart that was not checked."""
        return _checked_inner(self).written()


def _has_facets(check: TableCheck[SeriesOptions], facet: str) -> None:
    """Every row is of a panel, and there are from two to :data:`MOST` panels. Problem: ``bad-value``."""
    column = column_named(check.table, facet)
    for row, name in enumerate(names_in(check.table, column)):
        if not name:
            check.bad_cell(
                f"facet: row {row + 1} has no '{facet}'", row, column, "every row wants the name of its panel"
            )
    count = len(facets(check.table, column))
    if check.good and not 2 <= count <= MOST:
        message = f"too many panels; at most {MOST}" if count > MOST else "small multiples want at least two panels"
        check.bad_key(message, "facet", f"field '{facet}' has {count} different values")


@lru_cache(maxsize=8)
def _model(panel: str) -> type[SeriesOptions]:
    """The keys of the panel's kind and those of small multiples in one model: keys that neither has are reported."""
    own = SmallMultiplesOptions.model_fields
    ours: dict[str, Any] = {name: (own[name].annotation, own[name]) for name in ("panel", "facet", "columns", "order")}
    base: type[SeriesOptions] = built_in_kind(panel).options
    return create_model("PanelOptions", __base__=base, **ours)


def _inner(options: SmallMultiplesOptions, problems: Problems) -> SeriesOptions | None:
    """The options of the panels, still with all rows."""
    return validate_as(_model(options.panel), options, problems, given={"id": options.id})


def _checked_inner(options: SmallMultiplesOptions) -> SeriesOptions:
    """The options of the panels of a checked chart. Raises ``ValueError`` for another one."""
    inner = _inner(options, Problems())
    if inner is None:
        raise ValueError(f"'{options.id}' was not checked")
    return inner


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
    inner = _checked_inner(options)
    table = table_of(inner, evidence)
    column = column_named(table, options.facet)
    panels = _panels(options, inner, table, column, evidence)
    if options.order == "value":
        panels.sort(key=_last, reverse=True)
    return panels


def _last(panel: Panel) -> float:
    table = table_of(panel.options, panel.evidence)
    column = columns_of(panel.options, table).y[0]
    values = [cells[column] for cells in table.rows or () if cells[column] is not None]
    return float(values[-1]) if values else float("-inf")


@chart_kind("small-multiples", width="full")
class SmallMultiplesChart(ChartKind[SmallMultiplesOptions]):
    """``small-multiples``: one small chart for each value of a field, all on one scale.

    A chart of ``panel``'s kind is drawn for each group of rows that share a value of ``facet``. Every key of that kind
    may be given. The panels stand in the order of the rows, or by size, under names that are read once.
    """

    options = SmallMultiplesOptions

    def check(self, options: SmallMultiplesOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether the field exists and every panel can be drawn."""
        inner = _inner(options, problems)
        if inner is None:
            return False
        table = check_table(inner, evidence, problems)
        if table is None:
            return False
        check = TableCheck(inner, table, problems)
        check.known_columns({"facet": (NAMES, "names no panels")})
        if not check.in_turn(partial(_has_facets, check, options.facet)):
            return False
        good, column = True, column_named(table, options.facet)
        found: list[tuple[str, list[Problem]]] = []
        for panel in _panels(options, inner, table, column, evidence):
            in_panel = Problems()
            good = built_in_kind(options.panel).check(panel.options, panel.evidence, in_panel) and good
            found.append((panel.name, list(in_panel)))
        # A mistake in a key is the same in every panel and is reported once; one in the rows names its panel.
        shared = [problem for problem in found[0][1] if all(problem in own for _, own in found)]
        for name, own in found:
            for problem in own:
                message = problem.message if problem in shared else f"panel '{name}': {problem.message}"
                problems.add(replace(problem, message=message))
        return good

    def sources(self, options: SmallMultiplesOptions, evidence: Evidence) -> tuple[str, ...]:
        return table_sources(_checked_inner(options), evidence)

    def draw(self, options: SmallMultiplesOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.small_multiples.drawing import SmallMultiplesDrawing  # here: it imports Matplotlib

        panels = panels_of(options, context.evidence)
        return SmallMultiplesDrawing(panels, built_in_kind(options.panel), options.columns, context).canvas

    def data(self, options: SmallMultiplesOptions, evidence: Evidence) -> ChartData:
        """The rows of all panels, the panel's name first."""
        rows: list[tuple[Any, ...]] = []
        columns: tuple[str, ...] = ()
        for panel in panels_of(options, evidence):
            own = series_data(panel.options, panel.evidence)
            table = table_of(panel.options, panel.evidence)
            facet = table.fields[column_named(table, options.facet)]
            columns = (*headings([facet]), *own.columns)
            rows += [(panel.name, *row) for row in own.rows]
        return ChartData(columns, tuple(rows))
