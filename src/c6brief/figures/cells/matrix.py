"""A matrix as it is drawn: named rows and columns, a number or a word in each cell."""

from __future__ import annotations

from dataclasses import dataclass


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
