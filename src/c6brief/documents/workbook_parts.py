"""The parts of an XLSX file (ECMA-376: a ZIP archive of XML), unpacked within a limit before a library reads them.

An archive may grow a thousandfold when it is unpacked, and a sheet may hold one stray value in its millionth row;
libraries allocate memory for both. So the parts are unpacked here, each sheet is scanned for how far it reaches, and
only what is small enough is handed on. The scan also finds what such libraries do not report: cells that hold an error,
and formulas whose result is not in the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree import ElementTree
from xml.parsers import expat

from c6brief.documents.grid import Fault

LARGEST_UNZIPPED = 100_000_000
"""Bytes of XML. A hundred thousand rows of twenty columns take less."""

_CHUNK = 1_000_000

MOST_CELLS = 2_000_000
"""Cells of the rectangle around all values of a sheet."""

Parts = Mapping[str, bytes]
"""The XML of each part, by its name in small letters: ``xl/workbook.xml``."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

_ROW_OR_CELL = re.compile(
    rb"<(?:\w+:)?(?:row\b(?P<row>[^>]*)>|c\b(?P<cell>[^>]*?)(?:/>|>(?P<inside>.*?)</(?:\w+:)?c\s*>))", re.DOTALL
)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]*)(\d{1,9})["']""")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^<>]*>(.*?)(?:</|\Z)", re.DOTALL)
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d{1,6})["']""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']|\b(?:ht|width)\s*=\s*["']0(?:\.0*)?["']""")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_MIN_MAX = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,6})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")


class WorkbookError(Exception):
    """A workbook cannot be read. ``rule``, ``str()`` and ``hint`` are those of the problem to report."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule, self.hint = rule, hint


def damage_error() -> WorkbookError:
    """The error for a file that is no workbook, or is one no more."""
    message = "the file is damaged, or no XLSX workbook"
    return WorkbookError("bad-workbook", message, "open it in a spreadsheet, save again")


def password_error() -> WorkbookError:
    """The error for a workbook that is encrypted."""
    return WorkbookError("protected-workbook", "the workbook wants a password", "save it again without one")


def unzip_parts(data: bytes) -> Parts:
    """The XML parts of a workbook, given the bytes of its file. Raises :class:`WorkbookError`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = {info.filename.lower().lstrip("/"): info for info in archive.infolist() if _is_read(info.filename)}
        if any(info.flag_bits & 1 for info in members.values()):
            raise password_error()
        size = sum(info.file_size for info in members.values())
        if size > LARGEST_UNZIPPED:
            message = (
                f"unpacked, the workbook has {size / 1e6:,.0f} MB; at most {LARGEST_UNZIPPED / 1e6:.0f} MB are read"
            )
            raise WorkbookError("file-too-large", message, "keep only the sheet that is needed")
        parts = {name: _unpack(archive, info) for name, info in members.items()}
    except WorkbookError:
        raise
    except Exception as reason:  # zipfile raises a dozen kinds of exceptions for archives that are damaged
        raise damage_error() from reason
    if "xl/workbook.xml" not in parts or any(b"<!DOCTYPE" in part for part in parts.values()):
        raise damage_error()
    return parts


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A member of the archive, no longer than it says: read in pieces, since only such reads keep to that."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damage_error()
    with archive.open(info) as member:
        return b"".join(iter(lambda: member.read(_CHUNK), b""))


def _is_read(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels")) and "/media/" not in name and "/drawings/" not in name


def zip_parts(parts: Parts) -> bytes:
    """``parts`` as an archive without compression, whose sizes are true."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(_CANONICAL.get(name, name), data)
    return file.getvalue()


_CANONICAL = {"[content_types].xml": "[Content_Types].xml", "xl/sharedstrings.xml": "xl/sharedStrings.xml"}


def sheet_parts(parts: Parts) -> dict[str, str]:
    """The name of each sheet's part, by the name of the sheet. Raises :class:`WorkbookError`."""
    try:
        relations = {
            node.get("Id"): node.get("Target", "")
            for node in ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
        }
        sheets = {
            node.get("name", ""): relations.get(node.get(_RELATION) or node.get(_STRICT_RELATION), "")
            for node in ElementTree.fromstring(parts["xl/workbook.xml"]).iter()
            if node.tag.rpartition("}")[2] == "sheet"
        }
    except (ElementTree.ParseError, ValueError, LookupError) as reason:
        raise damage_error() from reason
    return {name: _part_name(target).lower() for name, target in sheets.items()}


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"


@dataclass(frozen=True)
class SheetScan:
    """What the XML of a sheet says of its cells."""

    rows: int
    """Rows down to the last that holds anything."""
    columns: int
    """Columns up to the last that holds anything."""
    faults: dict[tuple[int, int], Fault]
    """By row and column, from 0."""
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    """The style of each number whose style was asked for, by row and column."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def check_xml(part: bytes) -> None:
    """Raises :class:`WorkbookError` unless ``part`` is well-formed. Libraries stop in silence where it is not."""
    try:
        expat.ParserCreate().Parse(part, True)
    except expat.ExpatError as reason:
        raise damage_error() from reason


def scan_sheet(sheet: bytes, wanted: Container[int] = ()) -> SheetScan:
    """Scan the XML of a sheet, for numbers of the ``wanted`` styles too.

    Raises :class:`WorkbookError` where it is not well-formed, or has too many cells.
    """
    check_xml(sheet)
    rows = columns = 0
    row = column = -1
    faults, styles, hidden = {}, {}, set()
    may_have_faults = _FORMULA.search(sheet) or _ERROR.search(sheet)  # most sheets have none, and are scanned faster
    for match in _ROW_OR_CELL.finditer(sheet):
        cell = match["cell"]
        if cell is None:
            given = _REFERENCE.search(match["row"])
            row, column = int(given[2]) - 1 if given else row + 1, -1
            if _HIDDEN.search(match["row"]):
                hidden.add(row)
            continue
        given = _REFERENCE.search(cell)
        if given:
            row, column = int(given[2]) - 1, column_number(given[1])
        else:
            column += 1
        inside = match["inside"]
        if not inside:
            continue
        rows, columns = max(rows, row + 1), max(columns, column + 1)
        fault = _fault(cell, inside) if may_have_faults else None
        if fault:
            faults[row, column] = fault
        elif wanted and (style := _STYLE.search(cell)) and int(style[1]) in wanted:
            type_ = _TYPE.search(cell)
            if type_ is None or type_[1] == b"n":
                styles[row, column] = int(style[1])
    if rows * columns > MOST_CELLS:
        message = f"the sheet reaches to {cell_name(rows - 1, columns - 1)}: more than {MOST_CELLS:,} cells"
        raise WorkbookError("file-too-large", message, "is there a stray value far from the others? delete it")
    return SheetScan(rows, columns, faults, styles, frozenset(hidden), _hidden_columns(sheet, columns))


def _hidden_columns(sheet: bytes, columns: int) -> frozenset[int]:
    """The columns up to the last that holds anything that the sheet hides."""
    hidden: set[int] = set()
    for match in _COLUMNS.finditer(sheet[: sheet.find(b"sheetData")]):
        if _HIDDEN.search(match[1]):
            bounds = {name: int(digits) for name, digits in _MIN_MAX.findall(match[1])}
            hidden.update(range(bounds.get(b"min", 1) - 1, min(bounds.get(b"max", 0), columns)))
    return frozenset(hidden)


def _fault(cell: bytes, inside: bytes) -> Fault | None:
    type_ = _TYPE.search(cell)
    value = _VALUE.search(inside)
    if type_ and type_[1] == b"e":
        shown = value[1].decode("utf-8", "replace") if value else "#ERROR"
        return Fault(f"holds the error {shown[:20]}", "mend it in the spreadsheet, or leave the cell empty")
    known = value and (value[1].strip() or (type_ and type_[1] == b"str"))  # a formula may have given no text
    if _FORMULA.search(inside) and not known:
        hint = "open the file in a spreadsheet and save it again: then it holds the results too"
        return Fault("holds a formula without its result", hint)
    return None


@lru_cache(maxsize=1024)
def column_number(letters: bytes) -> int:
    """The number of a column, from 0, given its letters: 26 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """The name of a cell in a spreadsheet: ``C12`` for row 11 and column 2, which count from 0."""
    letters = ""
    column += 1
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
