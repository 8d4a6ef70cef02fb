"""Which headings a table's cell has, by the rows and columns that it and they really cover.

After the algorithm of HTML (https://html.spec.whatwg.org/multipage/tables.html, 4.9.12), with spans of rows and
columns. Nothing here knows of PDF: a table is rows of cells, the answer is for each cell the headings that apply to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

WIDEST = 1_000
"""Columns that a cell may span, as in HTML."""

TALLEST = 65_534
"""Rows that a cell may span, as in HTML."""


@dataclass(frozen=True, eq=False)
class TableCell:
    """A cell as written."""

    rows: int = 1
    """How many it spans; 0 for all that are left in its group."""
    columns: int = 1
    is_heading: bool = False
    scope: str = ""
    """``row``, ``column`` or empty."""


@dataclass(frozen=True, eq=False)
class PlacedCell:
    """A cell in the grid: its first row and column, from 0, and how many of each it covers."""

    cell: TableCell
    row: int
    column: int
    rows: int
    columns: int
    scope: str
    """What a heading is for: ``row`` or ``column``; empty for a cell that is none."""


def place_cells(groups: Sequence[Sequence[Sequence[TableCell]]]) -> list[PlacedCell]:
    """The cells of a table in the order written, each at its place in the grid.

    ``groups`` are its head, bodies and foot; each is rows of cells. No cell reaches beyond its group. A heading
    without a scope is for its column in the table's first row and where its row holds headings only, else for its row.
    """
    taken: set[tuple[int, int]] = set()
    placed: list[PlacedCell] = []
    first = 0
    for group in groups:
        for row, cells in enumerate(group, first):
            only_headings = all(cell.is_heading for cell in cells)
            for cell in cells:
                column = next(at for at in count() if (row, at) not in taken)
                left = first + len(group) - row
                rows = min(cell.rows or left, left)
                taken |= {(row + down, column + along) for down in range(rows) for along in range(cell.columns)}
                scope = cell.scope or ("column" if row == 0 or only_headings else "row")
                placed.append(PlacedCell(cell, row, column, rows, cell.columns, scope if cell.is_heading else ""))
        first += len(group)
    return placed


def find_headings(cells: Sequence[PlacedCell]) -> dict[TableCell, list[TableCell]]:
    """For each of the ``cells`` its headings: those of its rows from the left, then of its columns from above."""
    of_row = [each for each in cells if each.scope == "row"]
    of_column = [each for each in cells if each.scope == "column"]
    return {
        each.cell: [
            heading.cell
            for heading in (*_find_left(each, of_row), *_find_above(each, of_column))
            if heading.cell is not each.cell
        ]
        for each in cells
    }


def _find_left(cell: PlacedCell, candidates: Sequence[PlacedCell]) -> Iterator[PlacedCell]:
    """The headings of the rows that ``cell`` covers. A heading of columns has none: it stands in their head."""
    for heading in candidates:
        if (
            cell.scope != "column"
            and heading.column < cell.column
            and _overlap(cell.row, cell.rows, heading.row, heading.rows)
        ):
            yield heading


def _find_above(cell: PlacedCell, candidates: Sequence[PlacedCell]) -> Iterator[PlacedCell]:
    """The headings of the columns that ``cell`` covers."""
    for heading in candidates:
        if heading.row < cell.row and _overlap(cell.column, cell.columns, heading.column, heading.columns):
            yield heading


def _overlap(start: int, length: int, other: int, its_length: int) -> bool:
    return start < other + its_length and other < start + length
