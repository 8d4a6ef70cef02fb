"""Workbooks (XLSX, ECMA-376): a sheet with the place of every cell, read by calamine.

The heading is the first row that holds anything. A place has the file's row as its line, the column's number as its
column, and the name that people know the cell by: ``Sheet1!C12``.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

from c6brief.documents.csvtext import unprintable
from c6brief.documents.files import display_name, read_bytes
from c6brief.documents.grid import LARGEST_DATA, Fault, Grid, Origin, Telling
from c6brief.documents.problems import Place, Problems, Span, did_you_mean
from c6brief.documents.unzipped import (
    Look,
    Unreadable,
    assert_whole,
    cell_name,
    damaged,
    look_through,
    protected,
    sheet_parts,
    unzipped,
    zipped,
)

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(path: Path, sheet: str | None, problems: Problems, at: Place, sheet_at: Place) -> Grid | None:
    """A sheet (by default the first) of the workbook at ``path``, which was asked for ``at``; ``None`` after a problem.

    Problems: those of :func:`~c6brief.documents.files.read_bytes`, ``bad-workbook``, ``protected-workbook``,
    ``bad-table``, ``unknown-value`` (at ``sheet_at``).
    """
    data = read_bytes(path, problems, what="data file", at=at, largest=LARGEST_DATA)
    if data is None:
        return None
    here = Place(display_name(path))
    try:
        if not data:
            raise Unreadable("empty-file", "data file is empty", "write it, or delete the file")
        if data.startswith(_COMPOUND_FILE):
            hint = "save it again as .xlsx"
            raise protected() if _ENCRYPTED in data else Unreadable("bad-workbook", "this is no XLSX workbook", hint)
        return _read(data, path, sheet, problems, here, sheet_at)
    except Unreadable as reason:
        problems.error(reason.rule, str(reason), here, reason.hint)
        return None


def _read(data: bytes, path: Path, wanted: str | None, problems: Problems, here: Place, sheet_at: Place) -> Grid | None:
    parts = unzipped(data)
    names = sheet_parts(parts)
    try:
        workbook = load_workbook(io.BytesIO(zipped(parts)))
        sheets = [each for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        shown = [each.name for each in sheets if each.visible == SheetVisibleEnum.Visible]
        known = [each.name for each in sheets if each.name in names]
        name = wanted if wanted is not None else next(iter(shown), None)
        if name not in known:
            if wanted is not None:
                problems.error("unknown-value", f"sheet: no sheet '{wanted}'", sheet_at, did_you_mean(wanted, known))
            else:
                problems.error("bad-table", "the workbook shows no sheet of cells", here)
            return None
        look = look_through(parts.get(names[name], b""))
        for each in ("xl/sharedstrings.xml", "xl/styles.xml"):
            if each in parts:
                assert_whole(parts[each])
        sheet = workbook.get_sheet_by_name(name)
        rows, merged = sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
    except (KeyboardInterrupt, SystemExit, MemoryError, Unreadable):
        raise
    except BaseException as reason:  # calamine's own errors, and a panic of Rust, which is no Exception
        raise damaged() from reason
    if not look.faults and not any(cell != "" for row in rows for cell in row):
        problems.error("bad-table", f"sheet '{name}' is empty", here)
        return None
    return Worksheet(path, name, rows).grid(look, merged, hashlib.sha256(data).hexdigest(), problems)


Range = tuple[tuple[int, int], tuple[int, int]]


class Worksheet:
    """A sheet's cells by row and column from 0. ``top`` is the row of the heading, ``left`` its first column."""

    def __init__(self, path: Path, name: str, rows: Sequence[Sequence[object]]) -> None:
        self.path, self.name = path, name
        self.file = display_name(path)
        self.rows = [[_cell(cell) for cell in row] for row in rows]
        self.top = self.left = 0
        self.kept: list[int] = []

    def place(self, row: int, column: int) -> Place:
        """The place of a cell of the file, both counted from 0."""
        quoted = self.name if self.name.isidentifier() else "'" + self.name.replace("'", "''") + "'"
        span = Span(row + 1, column + 1, row + 1, column + 2)
        return Place(self.file, span, name=f"{quoted}!{cell_name(row, column)}")

    def cell(self, row: int, column: int) -> Place:
        """The place of a cell of the rows below the heading, both counted from 0."""
        return self.place(self.kept[row], self.left + column)

    def heading_cell(self, column: int | None) -> Place:
        """The place of a cell of the heading; for ``None`` that of its first."""
        return self.place(self.top, self.left + (column or 0))

    def grid(self, look: Look, merged: Sequence[Range], sha256: str, problems: Problems) -> Grid | None:
        """Heading and columns; ``None`` where the heading is no heading.

        Empty rows within are told too (``bad-table``), those at the end are left out.
        """
        self._put_faults(look, merged)
        filled = [any(cell is not None for cell in row) for row in self.rows]
        self.top = filled.index(True)
        last = len(filled) - filled[::-1].index(True)
        heads = self.rows[self.top]
        width = max(column + 1 for row in self.rows for column, cell in enumerate(row) if cell is not None)
        self.left = min(column for row in self.rows for column, cell in enumerate(row) if cell is not None)
        telling = Telling(problems)
        for row in range(self.top + 1, last):
            if filled[row]:
                self.kept.append(row)
            else:
                hint = "remove it, with what follows if that is no data"
                telling("an empty row", lambda row=row: self.place(row, self.left), hint)
        for column, cell in enumerate(heads):
            if isinstance(cell, Fault):
                telling(f"the heading {cell.message}", lambda column=column: self.place(self.top, column), cell.hint)
        telling.close()
        if any(isinstance(cell, Fault) for cell in heads):
            return None
        heading = tuple(_name(cell) for cell in heads[self.left : width])
        columns = tuple([self.rows[row][column] for row in self.kept] for column in range(self.left, width))
        origin = Origin(self.path, sha256, self.cell)
        return Grid(heading, columns, origin, self.heading_cell, not telling.count)

    def _put_faults(self, look: Look, merged: Sequence[Range]) -> None:
        """Put in the place of cells what hides there: errors, formulas without results, merged cells, odd letters."""
        faults = dict(look.faults)
        for (top, left), (bottom, right) in merged:
            name = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            fault = Fault(f"is merged with others ({name})", "split the cells, and write into each what it means")
            for column in range(left, min(right + 1, look.columns)):
                row = top + 1 if column == left else top  # the first of each column that the value is not in
                if row <= bottom:
                    faults.setdefault((row, column), fault)
        width = max(look.columns, max(map(len, self.rows), default=0))
        self.rows += [[] for _ in range(look.rows - len(self.rows))]  # calamine ends at the last value
        for row in self.rows:
            row += [None] * (width - len(row))
        for (row, column), fault in faults.items():
            if row < len(self.rows):
                self.rows[row][column] = fault
        for row in self.rows:
            for column, cell in enumerate(row):
                if isinstance(cell, str) and not cell.isprintable():
                    bad = unprintable(cell)
                    if bad:
                        row[column] = Fault(f"holds the control character U+{ord(bad[0]):04X}", "remove it")


def _cell(cell: object) -> object:
    """Missing cells as ``None``, whole numbers as such: workbooks know no others than floats."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return None if cell == "" else cell


def _name(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())
