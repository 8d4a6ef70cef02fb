"""Data files as words of their sources: the numbers in the cells of every table that names a source, each with its cell.

A table whose ``data`` lie in a file and that names a ``source`` holds what that source says, as its text does. A number in a cell
stands for itself, for what its unit makes of it (5.42 in millions is 5,420,000) and for what it is rounded to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path

from c6brief.evidence.affixes import is_percent, tokens
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Value
from c6brief.evidence.numbers import Number, is_among, number_words, numbers_in
from c6brief.evidence.table_models import Table, TableField

MOST_ROUNDED = 4
"""Decimals of a cell that it may be rounded to fewer of."""


@dataclass(frozen=True)
class DataNumber:
    """A number of a data file, and the cell of a table that it was read from, its row and column from 0."""

    number: Number
    table: Table
    row: int
    column: int


def tables_of_source(source: str, evidence: Evidence) -> Iterator[Table]:
    """The tables, and the rows of charts, that a data file holds and that name ``source``."""
    for table in evidence.tables.values():
        if table.source == source and _is_of_file(table):
            yield table
    for id, rows in evidence.chart_rows.items():
        chart = evidence.charts.get(id)
        if chart is not None and chart.source == source and _is_of_file(rows):
            yield rows


def _is_of_file(table: Table) -> bool:
    return table.origin is not None and table.origin.path is not None


def numbers_of_data(source: str, evidence: Evidence) -> tuple[DataNumber, ...]:
    """The numbers in the data files of a source, in the order of its tables and their rows. Read once for each source."""
    known = evidence.numbers_of_data
    if source not in known:
        known[source] = tuple(
            DataNumber(number, table, row, column)
            for table in tables_of_source(source, evidence)
            for row, cells in enumerate(table.rows or ())
            for column, cell in enumerate(cells)
            for number in _numbers_of_cell(table.fields[column], cell)
        )
    found: tuple[DataNumber, ...] = known[source]
    return found


def _numbers_of_cell(field: TableField, cell: Value) -> Iterator[Number]:
    if cell is None or isinstance(cell, bool):
        return
    if isinstance(cell, str):
        yield from numbers_in(cell, None)
        return
    exact = Decimal(str(cell))
    if not exact.is_finite():
        return
    values = [exact]
    decimals = -int(exact.as_tuple().exponent)
    if 0 < decimals <= MOST_ROUNDED:
        values += [
            exact.quantize(Decimal(1).scaleb(-fewer), rounding)
            for fewer in range(decimals)
            for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)
        ]
    times = [scale for word in tokens(field.unit or "") if (scale := number_words("en").magnitudes.get(word.lower()))]
    values += [exact * scale for scale in times]
    # the sign is left to the words around a number in prose, which has none: "fell by 3.5"
    yield Number(tuple(dict.fromkeys(map(abs, values))), is_percent(field.unit), 0, 0)


def cells_of(number: Number, source: str, evidence: Evidence) -> list[DataNumber]:
    """The cells of a source's data files that hold ``number``."""
    return [each for each in numbers_of_data(source, evidence) if is_among(number, (each.number,))]


def cell_label(found: DataNumber, evidence: Evidence) -> str:
    """The name of a cell, as readers may look it up: ``seeds/tables/freight.xlsx, Data!C12``; of CSV its line and field."""
    place = found.table.cell_place(found.row, found.column)
    where = place.name or f"line {place.span.line}, {found.table.fields[found.column].name}"
    return f"{file_name(found.table, evidence)}, {where}"


def file_name(table: Table, evidence: Evidence) -> str:
    """The data file of ``table`` as a path below the project's folder, the same wherever that is."""
    path = table.origin.path if table.origin else None
    if path is None:
        return ""
    home = evidence.written.seeds.parent if evidence.written is not None else None
    try:
        return path.resolve().relative_to(home.resolve()).as_posix() if home else path.name
    except ValueError:
        return Path(path).name
