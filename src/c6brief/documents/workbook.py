"""Workbooks (XLSX, ECMA-376), read by calamine, with the place of every cell.

The heading of a sheet is its first row that holds anything. The place of a cell has the number of its row as line, that
of its column as column, both from 1, and the name that people know it by: ``Sheet1!C12``.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

from c6brief.documents.csvtext import find_unprintable
from c6brief.documents.direction import describe_turning, find_turning
from c6brief.documents.files import display_name, read_bytes
from c6brief.documents.grid import LARGEST_DATA, CellProblems, Fault, Grid, Origin
from c6brief.documents.problems import Place, Problems, Span, did_you_mean
from c6brief.documents.workbook_parts import (
    SheetScan,
    WorkbookError,
    cell_name,
    check_xml,
    damage_error,
    password_error,
    scan_sheet,
    sheet_parts,
    unzip_parts,
    zip_parts,
)

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(path: Path, sheet: str | None, problems: Problems, at: Place, sheet_at: Place) -> Grid | None:
    """A sheet of the workbook at ``path``; ``None`` after a problem.

    ``sheet`` is its name, by default that of the first sheet shown; ``at`` and ``sheet_at`` are the places where a
    document names the file and the sheet. Problems: those of :func:`~c6brief.documents.files.read_bytes`,
    ``bad-workbook``, ``protected-workbook``, ``bad-table``, ``unknown-value`` (at ``sheet_at``).
    """
    data = read_bytes(path, problems, what="data file", at=at, largest=LARGEST_DATA)
    if data is None:
        return None
    here = Place(display_name(path))
    try:
        if not data:
            raise WorkbookError("empty-file", "data file is empty", "write it, or delete the file")
        if data.startswith(_COMPOUND_FILE):
            hint = "save it again as .xlsx"
            raise (
                password_error()
                if _ENCRYPTED in data
                else WorkbookError("bad-workbook", "this is no XLSX workbook", hint)
            )
        return _read(data, path, sheet, problems, here, sheet_at)
    except WorkbookError as reason:
        problems.error(reason.rule, str(reason), here, reason.hint)
        return None


def _read(data: bytes, path: Path, wanted: str | None, problems: Problems, here: Place, sheet_at: Place) -> Grid | None:
    parts = unzip_parts(data)
    names = sheet_parts(parts)
    try:
        workbook = load_workbook(io.BytesIO(zip_parts(parts)))
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
        scan = scan_sheet(parts.get(names[name], b""))
        for each in ("xl/sharedstrings.xml", "xl/styles.xml"):
            if each in parts:
                check_xml(parts[each])
        sheet = workbook.get_sheet_by_name(name)
        rows, merged = sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
    except (KeyboardInterrupt, SystemExit, MemoryError, WorkbookError):
        raise
    except BaseException as reason:  # calamine's own errors, and a panic of Rust, which is no Exception
        raise damage_error() from reason
    if not scan.faults and not any(cell != "" for row in rows for cell in row):
        problems.error("bad-table", f"sheet '{name}' is empty", here)
        return None
    return Worksheet(path, name, rows).grid(scan, merged, hashlib.sha256(data).hexdigest(), problems)


Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a range, each by row and column from 0."""


class Worksheet:
    """The cells of a sheet, by row and column from 0. :meth:`grid` reads it; then the places of its data are known."""

    def __init__(self, path: Path, name: str, rows: Sequence[Sequence[object]]) -> None:
        self.path, self.name = path, name
        self.file = display_name(path)
        self.rows = [[_cell(cell) for cell in row] for row in rows]
        self.top = self.left = 0
        """The row of the heading, and its first column."""
        self.kept: list[int] = []
        """The rows of the data, without empty ones."""

    def place(self, row: int, column: int) -> Place:
        """The place of a cell of the sheet, its row and column counted from 0."""
        quoted = self.name if self.name.isidentifier() else "'" + self.name.replace("'", "''") + "'"
        span = Span(row + 1, column + 1, row + 1, column + 2)
        return Place(self.file, span, name=f"{quoted}!{cell_name(row, column)}")

    def cell(self, row: int, column: int) -> Place:
        """The place of a cell of the data, its row and column counted from 0."""
        return self.place(self.kept[row], self.left + column)

    def heading_cell(self, column: int | None) -> Place:
        """The place of a cell of the heading, its column counted from 0; for ``None`` that of the first."""
        return self.place(self.top, self.left + (column or 0))

    def grid(self, scan: SheetScan, merged: Sequence[Range], sha256: str, problems: Problems) -> Grid | None:
        """Read the sheet: its heading and columns, or ``None`` where a cell of the heading has a fault.

        ``merged`` are the ranges of merged cells, ``sha256`` is the hash of the file's bytes. Problem: ``bad-table``,
        also for empty rows between others.
        """
        self._put_faults(scan, merged)
        filled = [any(cell is not None for cell in row) for row in self.rows]
        self.top = filled.index(True)
        last = len(filled) - filled[::-1].index(True)
        heads = self.rows[self.top]
        width = max(column + 1 for row in self.rows for column, cell in enumerate(row) if cell is not None)
        self.left = min(column for row in self.rows for column, cell in enumerate(row) if cell is not None)
        cell_problems = CellProblems(problems)
        for row in range(self.top + 1, last):
            if filled[row]:
                self.kept.append(row)
            else:
                hint = "remove it, with what follows if that is no data"
                cell_problems.error("an empty row", partial(self.place, row, self.left), hint)
        for column, cell in enumerate(heads):
            if isinstance(cell, Fault):
                cell_problems.error(f"the heading {cell.message}", partial(self.place, self.top, column), cell.hint)
        cell_problems.close()
        if any(isinstance(cell, Fault) for cell in heads):
            return None
        heading = tuple(_name(cell) for cell in heads[self.left : width])
        columns = tuple([self.rows[row][column] for row in self.kept] for column in range(self.left, width))
        origin = Origin(self.path, sha256, self.cell)
        return Grid(heading, columns, origin, self.heading_cell, not cell_problems.count)

    def _put_faults(self, scan: SheetScan, merged: Sequence[Range]) -> None:
        """Replace cells that have a fault: errors, formulas without results, merged cells, control characters."""
        faults = dict(scan.faults)
        for (top, left), (bottom, right) in merged:
            name = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            fault = Fault(f"is merged with others ({name})", "split the cells, and write into each what it means")
            for column in range(left, min(right + 1, scan.columns)):
                row = top + 1 if column == left else top  # the first of each column that the value is not in
                if row <= bottom:
                    faults.setdefault((row, column), fault)
        width = max(scan.columns, max(map(len, self.rows), default=0))
        self.rows += [[] for _ in range(scan.rows - len(self.rows))]  # calamine ends at the last value
        for cells in self.rows:
            cells += [None] * (width - len(cells))
        for (row, column), fault in faults.items():
            if row < len(self.rows):
                self.rows[row][column] = fault
        for cells in self.rows:
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and not cell.isprintable():
                    bad = find_unprintable(cell)
                    if bad:
                        cells[column] = Fault(f"holds the control character U+{ord(bad[0]):04X}", "remove it")
                    elif turning := find_turning(cell):
                        cells[column] = Fault(*describe_turning(turning))


def _cell(cell: object) -> object:
    """``cell`` as ``None`` where it is missing, and as an int where it is whole: workbooks have floats only."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return None if cell == "" else cell


def _name(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())
