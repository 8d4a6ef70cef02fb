"""A table cut into facets: the rows of each value of one field, for panels beside one another."""

from __future__ import annotations

from pydantic import PrivateAttr

from c6brief.documents.problems import Place
from c6brief.evidence.models import Table
from c6brief.figures.tabular import cell_name


class Facet(Table):
    """Some rows of a table. Its cells were written where the whole table's were."""

    _whole: Table = PrivateAttr()
    _numbers: tuple[int, ...] = PrivateAttr()

    def cell_place(self, row: int, column: int) -> Place:
        """Where the whole table has the cell."""
        return self._whole.cell_place(self._numbers[row], column)


def facets(table: Table, column: int) -> dict[str, Facet]:
    """The facets of ``table`` by the names in ``column``, in the order of their first rows; nameless rows are left out."""
    numbers: dict[str, list[int]] = {}
    for row in range(len(table.rows or ())):
        name = cell_name(table, row, column)
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
