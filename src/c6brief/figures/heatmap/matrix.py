"""What a heatmap draws: a matrix of named rows and columns, a number or a word in each cell."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from c6brief.documents.entries import ScalarText
from c6brief.evidence.table_models import Table
from c6brief.figures.rows.tabular import (
    TIMES,
    Names,
    TabularOptions,
    cell_name,
    column_named,
    one_line,
    optional_column,
)


@dataclass(frozen=True)
class Matrix:
    """What is drawn: ``cells`` by row and column, ``None`` where there are no data; ``doubtful``: (row, column)."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | float | str | None, ...], ...]
    unit: str = ""
    diverging: bool = False
    written: bool = True
    order: tuple[str, ...] = ()
    times: bool = False
    """Whether the columns are times: of these some may be left unnamed where all would touch."""
    words: bool = False
    doubtful: frozenset[tuple[int, int]] = frozenset()
    strong_rows: frozenset[int] = frozenset()
    strong_columns: frozenset[int] = frozenset()


class HeatmapOptions(TabularOptions):
    """The keys of a heatmap, or matrix."""

    x: str | None = Field(None, description="the field that names the columns; not if several fields are columns")
    y: str = Field(description="the field that names the rows")
    value: Names = Field(description="the field with numbers or words; several fields are several columns")
    diverging: bool = Field(False, description="tones to both sides of zero")
    numbers: bool = Field(True, description="false: numbers are not written in the cells; a scale explains the tones")
    order: tuple[ScalarText, ...] = Field((), description="words: the levels from little to much, to tone them by")
    uncertain: str | None = Field(None, description="a boolean field: true marks a value as uncertain")
    highlight: tuple[ScalarText, ...] = Field((), description="rows or columns to be framed")


@dataclass(frozen=True)
class MatrixColumns:
    """The numbers of the columns that a matrix is made of; ``value`` has several in a wide table."""

    x: int | None
    y: int
    value: tuple[int, ...]
    uncertain: int | None


def columns_of(options: HeatmapOptions, table: Table) -> MatrixColumns:
    """Where the fields stand that ``options`` names; they exist."""
    return MatrixColumns(
        optional_column(table, options.x),
        column_named(table, options.y),
        tuple(column_named(table, name) for name in options.value),
        optional_column(table, options.uncertain),
    )


def matrix_of(options: HeatmapOptions, table: Table) -> Matrix:
    """The cells under their rows and columns, in the order in which these are named first; columns of times by time."""
    at = columns_of(options, table)
    found: dict[tuple[str, str], int | float | str | None] = {}
    doubtful = set()
    rows: dict[str, None] = {}
    columns: dict[str, None] = {}
    for row, cells in enumerate(table.rows or ()):
        for column in at.value:
            field = table.fields[column]
            across = (field.title or field.name) if at.x is None else cell_name(table, row, at.x)
            name = (cell_name(table, row, at.y), across)
            rows[name[0]] = columns[across] = None
            found[name] = cell_word(cells[column]) if field.type == "string" else cells[column]
            if at.uncertain is not None and cells[at.uncertain] is True:
                doubtful.add(name)
    times = at.x is not None and table.fields[at.x].type in TIMES
    order = sorted(columns, key=_time_order) if times else list(columns)
    highlight = set(map(one_line, options.highlight))
    return Matrix(
        tuple(rows),
        tuple(order),
        tuple(tuple(found.get((row, column)) for column in order) for row in rows),
        table.fields[at.value[0]].unit or "",
        options.diverging,
        options.numbers,
        tuple(map(one_line, options.order)),
        times,
        table.fields[at.value[0]].type == "string",
        frozenset((r, c) for r, row in enumerate(rows) for c, column in enumerate(order) if (row, column) in doubtful),
        frozenset(index for index, row in enumerate(rows) if row in highlight),
        frozenset(index for index, column in enumerate(order) if column in highlight),
    )


def _time_order(words: str) -> tuple[float, str]:
    """What sorts times: years by number, dates as they are written."""
    return (float(words), "") if words.lstrip("-").isdigit() else (0.0, words)


def cell_word(cell: object) -> str | None:
    """A cell of words on one line, ``None`` where it is empty; what YAML reads as a number or truth is a word here."""
    if cell is None:
        return None
    return one_line(str(cell).lower() if isinstance(cell, bool) else str(cell)) or None
