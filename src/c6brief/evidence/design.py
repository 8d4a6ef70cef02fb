"""The design of a table: whether it fits the table's fields and rows, and the order of printing that it gives."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.evidence.models import Value
from c6brief.evidence.table_models import Table, TableDesign

NUMBERS = ("integer", "number")
"""Types of field whose values can be added up, drawn as bars and tinted."""


@dataclass(frozen=True)
class Arrangement:
    """A table in the order of printing. Columns and rows are given by their numbers in the table, from 0."""

    columns: tuple[int, ...]
    groups: tuple[tuple[str, tuple[int, ...]], ...]
    """Each with its title, which is empty where rows are not grouped, and its rows."""
    total: int | None = None
    """The row that is the total."""
    sums: dict[int, int | float] | None = None
    """The sums that c6brief computed, by column; ``None`` where the design asks for none."""

    @property
    def heading(self) -> int:
        """The column whose cells head the rows."""
        return self.columns[0]


def arrangement(design: TableDesign, table: Table) -> Arrangement:
    """The order in which ``table`` is printed by a ``design`` that fits it (:func:`design_holds`)."""
    names = [field.name for field in table.fields]
    rows = table.rows or ()
    group = names.index(design.group) if design.group else None
    columns = tuple(map(names.index, design.columns)) if design.columns else tuple(range(len(names)))
    columns = tuple(column for column in columns if column != group)
    total = None
    if design.total and design.total.row is not None:
        total = _headings(table, columns[0]).index(_join_words(design.total.row))
    order = [row for row in range(len(rows)) if row != total]
    if design.sort:
        by = names.index(design.sort.by)
        known = [row for row in order if rows[row][by] is not None]
        known.sort(key=lambda row: _sort_key(rows[row][by]), reverse=design.sort.descending)
        order = known + [row for row in order if rows[row][by] is None]
    groups: dict[str, list[int]] = {}
    for row in order:
        groups.setdefault("" if group is None else words_of(rows[row][group]), []).append(row)
    sums = None
    if design.total and design.total.row is None:
        named = design.total.sum or [names[c] for c in columns[1:] if table.fields[c].type in NUMBERS]
        sums = {names.index(name): _sum(rows[row][names.index(name)] for row in order) for name in named}
    return Arrangement(columns, tuple((title, tuple(found)) for title, found in groups.items()), total, sums)


def words_of(cell: object) -> str:
    """``cell`` as the name of a row or group: on one line; empty where it is missing."""
    return "" if cell is None else _join_words(str(cell))


def _join_words(words: str) -> str:
    return " ".join(words.split())


def _headings(table: Table, column: int) -> list[str]:
    """The headings of all rows, which stand in ``column``."""
    return [words_of(row[column]) for row in table.rows or ()]


def _sort_key(cell: Value) -> tuple[bool, float | int, str]:
    """Numbers come before texts; these are sorted in one alphabet of large and small letters."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return False, cell, ""
    return True, 0, str(cell).casefold()


def _sum(cells: Iterable[int | float]) -> int | float:
    """The sum of decimals as they are written: 0.1 + 0.2 is 0.3."""
    found = list(cells)
    if all(isinstance(cell, int) for cell in found):
        return sum(found)
    return float(sum((Decimal(repr(cell)) for cell in found), Decimal(0)))


def design_holds(design: TableDesign, owner: Entry, table: Table, problems: Problems) -> bool:
    """Whether every key of ``design``, which is written in ``owner``, fits the fields and rows of ``table``.

    Problems: ``unknown-value`` (a field or row that does not exist), ``bad-value`` (one that does not suit, stands
    twice, or cannot be added up; a row without the name of its group).
    """
    return _DesignChecker(design, owner, table, problems).check()


class _DesignChecker:
    """Checks one design key by key, and reports every mistake."""

    def __init__(self, design: TableDesign, owner: Entry, table: Table, problems: Problems) -> None:
        self.design, self.owner, self.table, self.problems = design, owner, table, problems
        self.names = [field.name for field in table.fields]
        self.good = True

    def check(self) -> bool:
        """Report every mistake. Returns whether there is none."""
        design = self.design
        for key in ("columns", "bars", "heat"):
            self._check_fields(key, NUMBERS if key != "columns" else ())
        if design.group is not None and self._check_field(design.group, ("group",)):
            self._check_group()
        if design.sort is not None:
            self._check_field(design.sort.by, ("sort", "by"))
        if not self.good:
            return False
        shown = design.columns or self.names
        if not [name for name in shown if name != design.group]:
            self._report("bad-value", "no column is left beside the group", self.owner.place("group"), "")
            return False
        for key in ("bars", "heat"):
            for index, name in enumerate(getattr(design, key)):
                if name not in shown or name == design.group:
                    place = self.owner.place(key, index)
                    self._report("bad-value", f"{key}: field '{name}' is not printed", place, "add it to 'columns'")
        heading = next(name for name in shown if name != design.group)
        rows = _headings(self.table, self.names.index(heading))
        self._check_notes(shown, rows)
        self._check_total(shown, heading, rows)
        return self.good

    def _report(self, rule: str, message: str, place: Place, hint: str) -> None:
        self.problems.error(rule, message, place, hint)
        self.good = False

    def _check_field(self, name: str, at: tuple[str | int, ...]) -> bool:
        """Whether there is a field of that name, which is written at ``at``."""
        if name not in self.names:
            hint = did_you_mean(name, self.names)
            self._report("unknown-value", f"{at[0]}: no field '{name}'", self.owner.place(*at), hint)
        return name in self.names

    def _check_fields(self, key: str, types: tuple[str, ...]) -> None:
        seen: set[str] = set()
        for index, name in enumerate(getattr(self.design, key) or ()):
            if not self._check_field(name, (key, index)):
                continue
            place = self.owner.place(key, index)
            if name in seen:
                self._report("bad-value", f"{key}: '{name}' stands twice", place, "remove one")
            seen.add(name)
            self._check_numeric(key, name, types, place)

    def _check_numeric(self, key: str, name: str, types: tuple[str, ...], place: Place) -> None:
        column = self.names.index(name)
        found = self.table.fields[column].type
        if types and found not in types:
            message = f"{key}: field '{name}' (type {found}) is not numeric"
            self._report("bad-value", message, place, "a field of type integer or number")
        elif types and not all(_is_finite(row[column]) for row in self.table.rows or ()):
            row = next(i for i, row in enumerate(self.table.rows or ()) if not _is_finite(row[column]))
            place = self.table.cell_place(row, column)
            self._report("bad-value", f"{key}: this number is beyond all scales", place, "null if not known")

    def _check_group(self) -> None:
        column = self.names.index(self.design.group or "")
        for row, cells in enumerate(self.table.rows or ()):
            total = self.design.total.row if self.design.total else None
            is_total = total is not None and _join_words(total) in map(words_of, cells)
            if not words_of(cells[column]) and not is_total:
                message = f"group: row {row + 1} has no '{self.design.group}'"
                place = self.table.cell_place(row, column)
                self._report("bad-value", message, place, "every row belongs to a group")

    def _check_notes(self, shown: Iterable[str], rows: list[str]) -> None:
        counted = Counter(rows)
        for index, note in enumerate(self.design.notes):
            at = ("notes", index, "column")
            known = note.column is None or self._check_field(note.column, at)
            if known and note.column is not None and (note.column not in shown or note.column == self.design.group):
                self._report("bad-value", f"notes: field '{note.column}' is not printed", self.owner.place(*at), "")
            if note.row is not None:
                self._check_row(note.row, ("notes", index, "row"), counted)

    def _check_row(self, name: str, at: tuple[str | int, ...], counted: Counter[str]) -> None:
        place, folded = self.owner.place(*at), _join_words(name)
        if folded not in counted:
            self._report(
                "unknown-value", f"{at[0]}: no row '{name}'", place, did_you_mean(folded, filter(None, counted))
            )
        elif counted[folded] > 1:
            self._report("bad-value", f"{at[0]}: {counted[folded]} rows are headed '{name}'", place, "")

    def _check_total(self, shown: Iterable[str], heading: str, rows: list[str]) -> None:
        total = self.design.total
        if total is None:
            return
        if total.row is not None:
            self._check_row(total.row, ("total", "row"), Counter(rows))
            return
        named = total.sum or ()
        for index, name in enumerate(named):
            place = self.owner.place("total", "sum", index)
            if not self._check_field(name, ("total", "sum", index)):
                continue
            if name not in shown or name in (heading, self.design.group):
                self._report("bad-value", f"total: field '{name}' is not printed as a column", place, "")
            self._check_numeric("total", name, NUMBERS, place)
        if not self.good:
            return
        numeric = [field.name for field in self.table.fields if field.type in NUMBERS]
        summed = named or [name for name in shown if name in numeric and name not in (heading, self.design.group)]
        if not summed:
            self._report("bad-value", "total: no column of numbers to add up", self.owner.place("total"), "")
        for name in summed:
            self._check_sum(self.names.index(name))

    def _check_sum(self, column: int) -> None:
        """Report values that are missing: the sum would be too small, and nobody would see it."""
        name = self.names[column]
        for row, cells in enumerate(self.table.rows or ()):
            if cells[column] is None:
                place = self.table.cell_place(row, column)
                hint = "name the fields to add up: total: {sum: [...]}"
                self._report("bad-value", f"total: '{name}' has no value here and cannot be added up", place, hint)
            elif not _is_finite(cells[column]):
                place = self.table.cell_place(row, column)
                self._report("bad-value", "total: this number is too large to be added up", place, "")


def _is_finite(cell: object) -> bool:
    try:
        return not isinstance(cell, (int, float)) or math.isfinite(cell)
    except OverflowError:  # a whole number beyond all floats
        return False
