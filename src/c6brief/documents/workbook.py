"""Workbooks (XLSX, ECMA-376), read by calamine, with the place of every cell.

The heading of a sheet is its first row that holds anything. The place of a cell has the number of its row as line, that
of its column as column, both from 1, and the name that people know it by: ``Sheet1!C12``.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

from c6brief.documents.csvtext import MOST_NOTES, find_unprintable
from c6brief.documents.data_layout import (
    HIDDEN_CELLS,
    PLAIN,
    CellRange,
    DataLayout,
    count_notes,
    find_heading,
    heading_keys,
    is_empty,
    join_heads,
)
from c6brief.documents.direction import describe_turning, find_turning
from c6brief.documents.files import display_name, read_bytes
from c6brief.documents.grid import LARGEST_DATA, CellProblems, Fault, Grid, Origin
from c6brief.documents.number_formats import Section, formats_of, shown
from c6brief.documents.office_forms import form_of
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


def read_workbook(
    path: Path, sheet: str | None, problems: Problems, at: Place, sheet_at: Place, layout: DataLayout = PLAIN
) -> Grid | None:
    """A sheet of the workbook at ``path``; ``None`` after a problem.

    ``sheet`` is its name, by default that of the first sheet shown; ``at`` and ``sheet_at`` are the places where a
    document names the file and the sheet, ``layout`` says where in it the data stand. Problems: those of :func:`~c6brief.documents.files.read_bytes`,
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
        return _read(data, path, sheet, problems, here, sheet_at, layout)
    except WorkbookError as reason:
        problems.error(reason.rule, str(reason), here, reason.hint)
        return None


def _read(
    data: bytes,
    path: Path,
    wanted: str | None,
    problems: Problems,
    here: Place,
    sheet_at: Place,
    layout: DataLayout,
) -> Grid | None:
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
        for each in ("xl/sharedstrings.xml", "xl/styles.xml"):
            if each in parts:
                check_xml(parts[each])
        formats = formats_of(parts.get("xl/styles.xml", b""))
        scan = scan_sheet(parts.get(names[name], b""), formats)
        sheet = workbook.get_sheet_by_name(name)
        rows, merged = sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []
    except (KeyboardInterrupt, SystemExit, MemoryError, WorkbookError):
        raise
    except BaseException as reason:  # calamine's own errors, and a panic of Rust, which is no Exception
        raise damage_error() from reason
    if not scan.faults and not any(cell != "" for row in rows for cell in row):
        problems.error("bad-table", f"sheet '{name}' is empty", here)
        return None
    sheet_of_cells = Worksheet(path, name, rows, layout)
    sheet_of_cells.put_formats(scan, formats)
    return sheet_of_cells.grid(scan, merged, hashlib.sha256(data).hexdigest(), problems)


Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a range, each by row and column from 0."""


class Worksheet:
    """The cells of a sheet, by row and column from 0. :meth:`grid` reads it; then the places of its data are known."""

    def __init__(self, path: Path, name: str, rows: Sequence[Sequence[object]], layout: DataLayout = PLAIN) -> None:
        self.path, self.name, self.layout = path, name, layout
        self.file = display_name(path)
        self.rows = [[_cell(cell) for cell in row] for row in rows]
        self.top = self.left = 0
        """The row of the heading, and its first column."""
        self.kept: list[int] = []
        """The rows of the data, without empty ones."""

    def put_formats(self, scan: SheetScan, formats: Mapping[int, Sequence[Section]]) -> None:
        """Replace numbers that are shown with more than their digits."""
        for (row, column), style in scan.styles.items():
            if row < len(self.rows) and column < len(self.rows[row]):
                cell = self.rows[row][column]
                if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                    self.rows[row][column] = shown(cell, formats[style])

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

        ``merged`` are the ranges of merged cells, ``sha256`` is the hash of the file's bytes. Problems: ``bad-table``,
        also for empty rows between others, and ``hidden-cells``.
        """
        self._put_faults(scan, merged)
        area = self._area(scan, problems)
        if area is None:
            return None
        self.top, self.left, width = area.top, area.left, area.right + 1
        numbers = self._numbers(area, scan, problems)
        heads, body = numbers[: self.layout.header_rows], numbers[self.layout.header_rows :]
        cell_problems = CellProblems(problems)
        notes = count_notes([self.rows[row][self.left : width] for row in body[-MOST_NOTES:]], width - self.left)
        for row in body[: len(body) - notes]:
            if any(cell is not None for cell in self.rows[row][self.left : width]):
                self.kept.append(row)
            else:
                rest = body[-1] - row + 1
                hint = f"remove it, with what follows if that is no data (footerRows: {rest} in the table)"
                cell_problems.error("an empty row", partial(self.place, row, self.left), hint)
        if notes:
            row = body[-notes]
            is_blank = all(map(is_empty, self.rows[row][self.left : width]))
            what = "an empty row, and notes below it" if is_blank else "a note is no row of data"
            hint = f"footerRows: {notes} in the table leaves out what follows; or remove it, and say it under note"
            cell_problems.error(what, partial(self.place, row, self.left), hint)
        faults = [
            (row, column)
            for row in heads
            for column in range(self.left, width)
            if isinstance(cell := self.rows[row][column], Fault) and not (cell.is_merged and len(heads) > 1)
        ]
        for row, column in faults:
            fault = self.rows[row][column]
            assert isinstance(fault, Fault)
            hint = f"{fault.hint}; headerRows: 2 where heads stand in two rows" if fault.is_merged else fault.hint
            cell_problems.error(f"the heading {fault.message}", partial(self.place, row, column), hint)
        cell_problems.close()
        if faults:
            return None
        heading = join_heads([self.rows[row][self.left : width] for row in heads], width - self.left)
        columns = tuple([self.rows[row][column] for row in self.kept] for column in range(self.left, width))
        hidden = frozenset(column - self.left for column in scan.hidden_columns if self.left <= column < width)
        return Grid(
            heading,
            columns,
            Origin(self.path, sha256, self.cell, self.name),
            self.heading_cell,
            not cell_problems.count,
            hidden=frozenset() if self.layout.hidden else hidden,
        )

    def _area(self, scan: SheetScan, problems: Problems) -> CellRange | None:
        """The range of the heading and the data below it; ``None`` after the problem ``bad-table``."""
        wanted = self.layout.range
        if wanted is not None:
            widest = max(map(len, self.rows), default=1) - 1  # all rows are as wide
            wanted = replace(wanted, right=min(wanted.right, widest), bottom=min(wanted.bottom, len(self.rows) - 1))
            edge = wanted
        else:
            edge = CellRange(self.layout.skip_rows or 0, 0, len(self.rows) - 1, max(map(len, self.rows), default=1) - 1)
        shown_rows = [row for row in range(edge.top, edge.bottom + 1) if self._is_read(row, scan)]
        filled = [
            row for row in shown_rows if not all(cell is None for cell in self.rows[row][edge.left : edge.right + 1])
        ]
        if not filled:
            where = "the range" if wanted else "the sheet below the rows that are left out"
            problems.error(
                "bad-table", f"{where} holds nothing", self.place(edge.top, edge.left), "which cells are meant?"
            )
            return None
        top, bottom = filled[0], filled[-1]
        if not self.layout.is_placed:
            below = [self.rows[row] for row in range(top, bottom + 1)]
            form = form_of(below)
            found = None if form else find_heading(below)
            if found is not None:
                at = self.place(top, next(at for at, cell in enumerate(self.rows[top]) if cell is not None))
                begin, count = top + found[0], found[1]
                message = f"row {top + 1} is no heading of these columns; row {begin + 1} looks like it"
                problems.error("bad-table", message, at, heading_keys(begin, count))
                return None
            if form:
                top, bottom = top + form.heading, bottom - form.footer
        bottom -= self.layout.footer_rows
        while bottom > top and all(map(is_empty, self.rows[bottom])):
            bottom -= 1
        if wanted is not None:
            return CellRange(top, wanted.left, bottom, wanted.right)
        rows = self.rows[top : bottom + 1]
        width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell is not None), default=1)
        left = min((at for row in rows for at, cell in enumerate(row) if cell is not None), default=0)
        return CellRange(top, left, max(bottom, top), width - 1)

    def _is_read(self, row: int, scan: SheetScan) -> bool:
        return bool(self.layout.hidden) or row not in scan.hidden_rows

    def _numbers(self, area: CellRange, scan: SheetScan, problems: Problems) -> list[int]:
        """The rows of ``area`` that are read. Problem: ``hidden-cells``, once, at the first that is left out."""
        numbers = range(area.top, area.bottom + 1)
        read = [row for row in numbers if self._is_read(row, scan)]
        left_out = [
            row
            for row in numbers
            if not self._is_read(row, scan) and not all(map(is_empty, self.rows[row][area.left : area.right + 1]))
        ]
        if left_out and self.layout.hidden is None:
            shown_numbers = ", ".join(str(row + 1) for row in left_out[:5]) + (", …" if len(left_out) > 5 else "")
            what = f"row {shown_numbers} is" if len(left_out) == 1 else f"{len(left_out)} rows ({shown_numbers}) are"
            hint = "hidden: true in the table reads what is hidden; hidden: false leaves it out without a word"
            problems.report(HIDDEN_CELLS, f"{what} hidden, and left out", self.place(left_out[0], area.left), hint)
        return read

    def _put_faults(self, scan: SheetScan, merged: Sequence[Range]) -> None:
        """Replace cells that have a fault: errors, formulas without results, merged cells, control characters.

        Merged cells all have the value of the first where the table says so.
        """
        faults = dict(scan.faults)
        fills: dict[tuple[int, int], object] = {}
        for (top, left), (bottom, right) in merged:
            name = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            hint = "split the cells, and write into each what it means; fillMergedCells: true in the table repeats it"
            fault = Fault(f"is merged with others ({name})", hint, is_merged=True)
            if self.layout.fill_merged and top < len(self.rows) and left < len(self.rows[top]):
                value = self.rows[top][left]
                for row in range(top, min(bottom + 1, scan.rows)):
                    fills |= {(row, column): value for column in range(left, min(right + 1, scan.columns))}
                continue
            for column in range(left, min(right + 1, scan.columns)):
                row = top + 1 if column == left else top  # the first of each column that the value is not in
                if row <= bottom:
                    faults.setdefault((row, column), fault)
        width = max(scan.columns, max(map(len, self.rows), default=0))
        self.rows += [[] for _ in range(scan.rows - len(self.rows))]  # calamine ends at the last value
        for cells in self.rows:
            cells += [None] * (width - len(cells))
        for (row, column), value in (*fills.items(), *faults.items()):
            if row < len(self.rows):
                self.rows[row][column] = value
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
