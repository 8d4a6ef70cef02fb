"""The check of a chart that is drawn from a table: what is wrong with its keys and with the cells that it draws."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from c6brief.documents.grid import CellProblems
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.evidence.table_models import Table
from c6brief.figures.checks import At, no_repeats
from c6brief.figures.rows.tabular import TabularOptions, names_in, one_line, origins

FieldUse = tuple[Sequence[str], str]
"""What a key names a field for: the types that suit, and how the problem ends where the type does not."""

UNCERTAIN: Mapping[str, FieldUse] = {"uncertain": (("boolean",), "says neither true nor false")}
"""The use of the field that marks values as uncertain."""


T = TypeVar("T", bound=TabularOptions)


class TableCheck(Generic[T]):
    """The check of one chart. Its methods report problems and go on; the check is ``good`` until there was one."""

    def __init__(self, options: T, table: Table, problems: Problems) -> None:
        self.options, self.table, self.problems = options, table, problems
        self.good = True

    def in_turn(self, *steps: Callable[[], None]) -> bool:
        """Take ``steps``, each only if all was good before it. Whether all is good after the last."""
        for step in steps:
            if self.good:
                step()
        return self.good

    def bad(self, message: str, place: Place, hint: str = "", rule: str = "bad-value") -> None:
        """Report a problem."""
        self.problems.error(rule, message, place, hint)
        self.good = False

    def bad_key(self, message: str, key: str, hint: str = "") -> None:
        """Report a problem ``bad-value`` at what the chart says under ``key``."""
        self.bad(message, self.options.place(key), hint)

    def bad_cell(self, message: str, row: int, column: int, hint: str = "") -> None:
        """Report a problem ``bad-value`` at a cell of the table."""
        self.bad(message, self.table.cell_place(row, column), hint)

    def known_columns(self, uses: Mapping[str, FieldUse]) -> None:
        """Every field that a key of ``uses`` names, one or several, exists and suits its use.

        Problems: ``unknown-value``, ``bad-value``.
        """
        for key, (types, use) in uses.items():
            named = getattr(self.options, key)
            several = isinstance(named, tuple)
            for index, name in enumerate(named if several else () if named is None else (named,)):
                self.known_column(name, (key, index) if several else (key,), types, use)

    def known_column(self, name: str, at: At, types: Sequence[str], use: str) -> None:
        """The field ``name``, which is written at ``at``, exists and is of one of these ``types``.

        ``use`` ends the sentence where the type does not fit: "names no bars". Problems: ``unknown-value``,
        ``bad-value``.
        """
        fields = {field.name: field for field in self.table.fields}
        place = self.options.place(*at)
        if name not in fields:
            self.bad(f"{at[0]}: no field '{name}'", place, did_you_mean(name, fields), "unknown-value")
        elif (found := fields[name].type) not in types:
            message = f"{at[0]}: field '{name}' (type {found}) {use}"
            self.bad(message, place, f"a field of type {' or '.join(types)}")

    def right_count(self, least: int, most: int, what: str, hint: str = "") -> None:
        """There are from ``least`` to ``most`` rows; ``what`` they are: "bars". Problem: ``bad-value``."""
        count = len(self.table.rows or ())
        if least <= count <= most:
            return
        key = origins(self.options)[0]
        place = self.options.place(key, key=key == "rows")
        if not count:
            self.bad(f"table '{self.table.id}' has no rows", place)
        else:
            message = f"too few {what}; at least {least}" if count < least else f"too many {what}; at most {most}"
            self.bad(message, place, hint or f"there are {count} rows")

    def finite(self, columns: Iterable[int]) -> None:
        """Every cell of these columns is missing or a number that can be drawn. Problem: ``bad-value``."""
        columns, cell_problems = list(columns), CellProblems(self.problems, "bad-value")
        for row, cells in enumerate(self.table.rows or ()):
            for column in columns:
                if not _is_finite(cells[column]):
                    message = f"'{str(cells[column])[:20]}' is no number that can be drawn"
                    cell_problems.error(message, partial(self.table.cell_place, row, column), "null if not known")
        self._close(cell_problems)

    def above_zero(self, row: int, columns: Iterable[int | None]) -> None:
        """A logarithmic scale can show the cells of a row; ``None`` is no column. Problem: ``bad-value``."""
        for column in columns:
            cell = None if column is None else (self.table.rows or ())[row][column]
            if column is not None and cell is not None and cell <= 0:
                self.bad_cell(f"{cell} has no place on a logarithmic scale", row, column, "values above zero only")

    def distinct(self, columns: Sequence[int], key: str, what: str) -> None:
        """Every row has a name in ``columns`` (one, or x and series), no two the same. Problem: ``bad-value``."""
        seen: set[tuple[str, ...]] = set()
        cell_problems = CellProblems(self.problems, "bad-value")
        for row, name in enumerate(zip(*(names_in(self.table, column) for column in columns), strict=True)):
            missing = next((column for column, words in zip(columns, name, strict=True) if not words), None)
            if missing is not None:
                message = f"{key}: row {row + 1} has no '{self.table.fields[missing].name}'"
                place = partial(self.table.cell_place, row, missing)
                cell_problems.error(message, place, f"every {what} wants a name")
            elif name in seen:
                place = partial(self.table.cell_place, row, columns[0])
                hint = f"every {what} wants a name of its own"
                cell_problems.error(f"{key}: '{', '.join(name)}' stands twice", place, hint)
            seen.add(name)
        self._close(cell_problems)

    def _close(self, cell_problems: CellProblems) -> None:
        cell_problems.close()
        self.good = self.good and not cell_problems.count

    def no_repeats(self, key: str) -> None:
        """Every value of the list ``key`` stands there once. Problem: ``bad-value``."""
        self.good &= no_repeats(getattr(self.options, key) or (), key, self.options, self.problems)

    def known_values(self, key: str, known: Sequence[str], what: str) -> None:
        """Each value of the list ``key`` is ``known``, a ``what``. Problem: ``unknown-value``."""
        for index, value in enumerate(getattr(self.options, key) or ()):
            if one_line(value) not in known:
                place = self.options.place(key, index)
                self.bad(f"{key}: no {what} '{value}'", place, did_you_mean(value, known), "unknown-value")


def _is_finite(cell: Any) -> bool:
    try:
        return not isinstance(cell, (int, float)) or math.isfinite(cell)
    except OverflowError:  # a whole number beyond all floats
        return False
