"""Panels side by side: a table cut into facets, the rows of each value of one field, and the chart of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from pydantic import PrivateAttr

from c6brief.documents.problems import Place
from c6brief.evidence.base import Evidence
from c6brief.evidence.table_models import Table
from c6brief.figures.rows.series import SeriesOptions
from c6brief.figures.rows.tabular import names_in, table_of


class Facet(Table):
    """Some rows of a table. Its cells were written where the whole table's were."""

    _whole: Table = PrivateAttr()
    _numbers: tuple[int, ...] = PrivateAttr()

    def cell_place(self, row: int, column: int) -> Place:
        """Where the whole table has the cell."""
        return self._whole.cell_place(self._numbers[row], column)


def facets(table: Table, column: int) -> dict[str, Facet]:
    """The facets of ``table`` by the names in ``column``, in the order of their first rows, without nameless rows."""
    numbers: dict[str, list[int]] = {}
    for row, name in enumerate(names_in(table, column)):
        if name:
            numbers.setdefault(name, []).append(row)
    return {name: _facet(table, tuple(rows)) for name, rows in numbers.items()}


def _facet(table: Table, numbers: tuple[int, ...]) -> Facet:
    kept = table.model_dump(exclude={"rows", "data", "fields"})
    rows = tuple((table.rows or ())[number] for number in numbers)
    facet = Facet.model_construct(**kept, rows=rows, data=None, fields=table.fields)
    facet.read_from(table)
    facet._whole, facet._numbers = table, numbers
    return facet


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
