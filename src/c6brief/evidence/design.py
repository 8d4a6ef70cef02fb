"""The design of a table held against its fields and rows, and what follows from it: columns, groups, order, total."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.evidence.models import Design, Table

NUMBERS = ("integer", "number")
"""Types of field whose values have a size: can be added, drawn as bars and tinted."""


@dataclass(frozen=True)
class Arrangement:
    """A table in the order of printing. Columns and rows are numbers of the table's own, from 0.

    ``groups``: each with its title (empty where rows are not grouped) and its rows. ``total``: the row that is the
    total. ``sums``: by column, what c6brief added up.
    """

    columns: tuple[int, ...]
    groups: tuple[tuple[str, tuple[int, ...]], ...]
    total: int | None = None
    sums: dict[int, int | float] | None = None

    @property
    def heading(self) -> int:
        """The column whose cells head the rows."""
        return self.columns[0]


def arrangement(design: Design, table: Table) -> Arrangement:
    """How ``table`` is printed by a ``design`` that holds (:func:`design_holds`)."""
    names = [field.name for field in table.fields]
    rows = table.rows or ()
    group = names.index(design.group) if design.group else None
    columns = tuple(map(names.index, design.columns)) if design.columns else tuple(range(len(names)))
    columns = tuple(column for column in columns if column != group)
    total = None
    if design.total and design.total.row is not None:
        total = _headings(table, columns[0]).index(_folded(design.total.row))
    order = [row for row in range(len(rows)) if row != total]
    if design.sort:
        by = names.index(design.sort.by)
        known = [row for row in order if rows[row][by] is not None]
        known.sort(key=lambda row: _sortable(rows[row][by]), reverse=design.sort.descending)
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
    """A cell as the name of a row or group: on one line; empty where it is missing."""
    return "" if cell is None else _folded(str(cell))


def _folded(words: str) -> str:
    return " ".join(words.split())


def _headings(table: Table, column: int) -> list[str]:
    return [words_of(row[column]) for row in table.rows or ()]


def _sortable(cell: object) -> tuple[bool, float | int, str]:
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return not number, cell if number else 0, "" if number else str(cell).casefold()  # type: ignore[return-value]


def _sum(cells: Iterable[int | float]) -> int | float:
    """The exact sum of decimals as written: 0.1 + 0.2 is 0.3."""
    found = list(cells)
    if all(isinstance(cell, int) for cell in found):
        return sum(found)
    return float(sum((Decimal(repr(cell)) for cell in found), Decimal(0)))


def design_holds(design: Design, owner: Entry, table: Table, problems: Problems) -> bool:
    """Whether every key of ``design``, which is written in ``owner``, fits the fields and rows of ``table``.

    Problems: ``unknown-value`` (a field or row that does not exist), ``bad-value`` (one that does not suit, stands twice,
    or cannot be added up; a row without the name of its group).
    """
    return _Check(design, owner, table, problems).holds()


class _Check:
    """One design, looked at key by key, so that every mistake is told."""

    def __init__(self, design: Design, owner: Entry, table: Table, problems: Problems) -> None:
        self.design, self.owner, self.table, self.problems = design, owner, table, problems
        self.names = [field.name for field in table.fields]
        self.good = True

    def holds(self) -> bool:
        design = self.design
        for key in ("columns", "bars", "heat"):
            self._fields(key, NUMBERS if key != "columns" else ())
        if design.group is not None and self._field(design.group, ("group",)):
            self._group()
        if design.sort is not None:
            self._field(design.sort.by, ("sort", "by"))
        if not self.good:
            return False
        shown = design.columns or self.names
        if not [name for name in shown if name != design.group]:
            self._told("bad-value", "no column is left beside the group", self.owner.place("group"), "")
            return False
        for key in ("bars", "heat"):
            for index, name in enumerate(getattr(design, key)):
                if name not in shown or name == design.group:
                    place = self.owner.place(key, index)
                    self._told("bad-value", f"{key}: field '{name}' is not printed", place, "add it to 'columns'")
        heading = next(name for name in shown if name != design.group)
        rows = _headings(self.table, self.names.index(heading))
        self._notes(shown, rows)
        self._total(shown, heading, rows)
        return self.good

    def _told(self, rule: str, message: str, place: Place, hint: str) -> None:
        self.problems.error(rule, message, place, hint)
        self.good = False

    def _field(self, name: str, at: tuple[str | int, ...]) -> bool:
        if name not in self.names:
            hint = did_you_mean(name, self.names)
            self._told("unknown-value", f"{at[0]}: no field '{name}'", self.owner.place(*at), hint)
        return name in self.names

    def _fields(self, key: str, types: tuple[str, ...]) -> None:
        seen: set[str] = set()
        for index, name in enumerate(getattr(self.design, key) or ()):
            if not self._field(name, (key, index)):
                continue
            place = self.owner.place(key, index)
            if name in seen:
                self._told("bad-value", f"{key}: '{name}' stands twice", place, "remove one")
            seen.add(name)
            self._numeric(key, name, types, place)

    def _numeric(self, key: str, name: str, types: tuple[str, ...], place: Place) -> None:
        column = self.names.index(name)
        found = self.table.fields[column].type
        if types and found not in types:
            message = f"{key}: field '{name}' (type {found}) is not numeric"
            self._told("bad-value", message, place, "a field of type integer or number")
        elif types and not all(_drawable(row[column]) for row in self.table.rows or ()):
            row = next(i for i, row in enumerate(self.table.rows or ()) if not _drawable(row[column]))
            place = self.table.cell_place(row, column)
            self._told("bad-value", f"{key}: this number is beyond all scales", place, "null if not known")

    def _group(self) -> None:
        column = self.names.index(self.design.group or "")
        for row, cells in enumerate(self.table.rows or ()):
            total = self.design.total.row if self.design.total else None
            is_total = total is not None and _folded(total) in map(words_of, cells)
            if not words_of(cells[column]) and not is_total:
                message = f"group: row {row + 1} has no '{self.design.group}'"
                place = self.table.cell_place(row, column)
                self._told("bad-value", message, place, "every row belongs to a group")

    def _notes(self, shown: Iterable[str], rows: list[str]) -> None:
        counted = Counter(rows)
        for index, note in enumerate(self.design.notes):
            at = ("notes", index, "column")
            known = note.column is None or self._field(note.column, at)
            if known and note.column is not None and (note.column not in shown or note.column == self.design.group):
                self._told("bad-value", f"notes: field '{note.column}' is not printed", self.owner.place(*at), "")
            if note.row is not None:
                self._row(note.row, ("notes", index, "row"), counted)

    def _row(self, name: str, at: tuple[str | int, ...], counted: Counter[str]) -> None:
        place, folded = self.owner.place(*at), _folded(name)
        if folded not in counted:
            self._told("unknown-value", f"{at[0]}: no row '{name}'", place, did_you_mean(folded, filter(None, counted)))
        elif counted[folded] > 1:
            self._told("bad-value", f"{at[0]}: {counted[folded]} rows are headed '{name}'", place, "")

    def _total(self, shown: Iterable[str], heading: str, rows: list[str]) -> None:
        total = self.design.total
        if total is None:
            return
        if total.row is not None:
            self._row(total.row, ("total", "row"), Counter(rows))
            return
        named = total.sum or ()
        for index, name in enumerate(named):
            place = self.owner.place("total", "sum", index)
            if not self._field(name, ("total", "sum", index)):
                continue
            if name not in shown or name in (heading, self.design.group):
                self._told("bad-value", f"total: field '{name}' is not printed as a column", place, "")
            self._numeric("total", name, NUMBERS, place)
        if not self.good:
            return
        numeric = [field.name for field in self.table.fields if field.type in NUMBERS]
        summed = named or [name for name in shown if name in numeric and name not in (heading, self.design.group)]
        if not summed:
            self._told("bad-value", "total: no column of numbers to add up", self.owner.place("total"), "")
        for name in summed:
            self._sum(self.names.index(name))

    def _sum(self, column: int) -> None:
        """A sum over values that are not known would be too small, and nobody would see it."""
        name = self.names[column]
        for row, cells in enumerate(self.table.rows or ()):
            if cells[column] is None:
                place = self.table.cell_place(row, column)
                hint = "name the fields to add up: total: {sum: [...]}"
                self._told("bad-value", f"total: '{name}' has no value here and cannot be added up", place, hint)
            elif not _drawable(cells[column]):
                place = self.table.cell_place(row, column)
                self._told("bad-value", "total: this number is too large to be added up", place, "")


def _drawable(cell: object) -> bool:
    try:
        return not isinstance(cell, (int, float)) or math.isfinite(cell)
    except OverflowError:  # a whole number beyond all floats
        return False
