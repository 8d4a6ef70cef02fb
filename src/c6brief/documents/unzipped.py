"""The parts of an XLSX file (ECMA-376, a ZIP archive of XML), unpacked under a limit before anybody else reads them.

A ZIP archive may claim to be small and grow a thousandfold, and a sheet may hold one stray value in its millionth row:
what reads workbooks would allocate both. So the parts are unpacked here, sheets are looked through for how far they
reach, and only what is known to be small is handed on. The same look finds what such readers do not tell: cells that
hold an error, and formulas whose value the file does not have.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree
from xml.parsers import expat

from c6brief.documents.grid import Fault

LARGEST_UNZIPPED = 100_000_000
"""Bytes of XML. A hundred thousand rows of twenty columns have less."""

_CHUNK = 1_000_000

MOST_CELLS = 2_000_000
"""Cells of the rectangle that holds everything of a sheet."""

Parts = Mapping[str, bytes]
"""XML by its name in small letters: ``xl/workbook.xml``."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

_ROW_OR_CELL = re.compile(
    rb"<(?:\w+:)?(?:row\b(?P<row>[^>]*)>|c\b(?P<cell>[^>]*?)(?:/>|>(?P<inside>.*?)</(?:\w+:)?c\s*>))", re.DOTALL
)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]*)(\d{1,9})["']""")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^>]*>(.*?)</", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")


class Unreadable(Exception):
    """A workbook that cannot be read: ``rule`` names the problem, ``str()`` says it, ``hint`` would mend it."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule, self.hint = rule, hint


def damaged() -> Unreadable:
    """What is no workbook, or was one."""
    message = "the file is damaged, or no XLSX workbook"
    return Unreadable("bad-workbook", message, "open it in a spreadsheet, save again")


def protected() -> Unreadable:
    """What wants a password."""
    return Unreadable("protected-workbook", "the workbook wants a password", "save it again without one")


def unzipped(data: bytes) -> Parts:
    """The XML parts of a workbook. Raises :class:`Unreadable`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = {info.filename.lower().lstrip("/"): info for info in archive.infolist() if _is_read(info.filename)}
        if any(info.flag_bits & 1 for info in members.values()):
            raise protected()
        size = sum(info.file_size for info in members.values())
        if size > LARGEST_UNZIPPED:
            message = (
                f"unpacked, the workbook has {size / 1e6:,.0f} MB; at most {LARGEST_UNZIPPED / 1e6:.0f} MB are read"
            )
            raise Unreadable("file-too-large", message, "keep only the sheet that is needed")
        parts = {name: _unpacked(archive, info) for name, info in members.items()}
    except Unreadable:
        raise
    except Exception as reason:  # zipfile raises a dozen kinds of exceptions for archives that are damaged
        raise damaged() from reason
    if "xl/workbook.xml" not in parts or any(b"<!DOCTYPE" in part for part in parts.values()):
        raise damaged()
    return parts


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A member, as long as the archive claims, however much more there is: in pieces, since only these are bounded."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged()
    with archive.open(info) as member:
        return b"".join(iter(lambda: member.read(_CHUNK), b""))


def _is_read(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels")) and "/media/" not in name and "/drawings/" not in name


def zipped(parts: Parts) -> bytes:
    """The parts as an archive again, without compression: what its sizes say is true."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(_CANONICAL.get(name, name), data)
    return file.getvalue()


_CANONICAL = {"[content_types].xml": "[Content_Types].xml", "xl/sharedstrings.xml": "xl/sharedStrings.xml"}


def sheet_parts(parts: Parts) -> dict[str, str]:
    """The name of the part of each sheet, by the sheet's name. Raises :class:`Unreadable`."""
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
        raise damaged() from reason
    return {name: _below_xl(target).lower() for name, target in sheets.items()}


def _below_xl(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"


@dataclass(frozen=True)
class Look:
    """What a sheet's XML says: how far it reaches (rows, columns), and the faults of cells by row and column from 0."""

    rows: int
    columns: int
    faults: dict[tuple[int, int], Fault]


def assert_whole(part: bytes) -> None:
    """Raises :class:`Unreadable` unless ``part`` is XML to its end: readers of workbooks stop in silence where it breaks."""
    try:
        expat.ParserCreate().Parse(part, True)
    except expat.ExpatError as reason:
        raise damaged() from reason


def look_through(sheet: bytes) -> Look:
    """Go through the XML of a sheet. Raises :class:`Unreadable` where it is broken, or reaches too far."""
    assert_whole(sheet)
    rows = columns = 0
    row = column = -1
    faults = {}
    hides = _FORMULA.search(sheet) or _ERROR.search(sheet)  # most sheets hide nothing, and are looked through faster
    for match in _ROW_OR_CELL.finditer(sheet):
        cell = match["cell"]
        if cell is None:
            given = _REFERENCE.search(match["row"])
            row, column = int(given[2]) - 1 if given else row + 1, -1
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
        fault = _fault(cell, inside) if hides else None
        if fault:
            faults[row, column] = fault
    if rows * columns > MOST_CELLS:
        message = f"the sheet reaches to {cell_name(rows - 1, columns - 1)}: more than {MOST_CELLS:,} cells"
        raise Unreadable("file-too-large", message, "is there a stray value far from the others? delete it")
    return Look(rows, columns, faults)


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
    """The number of a column from its letters: ``A`` is 0, ``AA`` 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """How a spreadsheet calls a cell: ``C12`` for row 11 and column 2."""
    letters = ""
    column += 1
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
