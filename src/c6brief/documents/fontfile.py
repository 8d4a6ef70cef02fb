"""Weight and slant of a font file, and whether it can be printed with.

A font file is a list of tables (https://learn.microsoft.com/typography/opentype/spec/otff). They are read here without
a font library, so that a check need not import one.
"""

from __future__ import annotations

import struct
import sys
from array import array
from dataclasses import dataclass
from typing import NamedTuple

_NEEDED = (b"cmap", b"head", b"hhea", b"hmtx", b"maxp")
_WHOLE = 0xB1B0AFBA
"""The checksum of a whole file, to which ``checkSumAdjustment`` in its table ``head`` brings it."""
_OUTLINES = (b"glyf", b"CFF ")


@dataclass(frozen=True)
class FontFacts:
    """The weight of a font, 1 to 1000, and whether its letters slant."""

    weight: int
    italic: bool


def font_facts(data: bytes) -> FontFacts:
    """The facts of a static TTF or OTF file, given its bytes.

    Raises ``ValueError`` for any other file, with words that follow the file's name: "is no font".
    """
    kind = data[:4]
    if kind in (b"wOF2", b"wOFF"):
        raise ValueError(
            f"is a {'WOFF2' if kind == b'wOF2' else 'WOFF'} file, made for browsers; figures cannot be drawn with it"
        )
    if kind == b"ttcf":
        raise ValueError("is a collection of several fonts")
    if kind not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise ValueError("is no font")
    try:
        tables = _tables(data)
        if not all(name in tables for name in _NEEDED) or not any(name in tables for name in _OUTLINES):
            raise ValueError("is damaged: it lacks tables that every font has")
        if b"fvar" in tables:
            raise ValueError("is a variable font, which would be drawn in one weight only")
        if b"OS/2" not in tables:
            return FontFacts(400, False)
        at = tables[b"OS/2"].start
        (weight,) = struct.unpack_from(">H", data, at + 4)
        (selection,) = struct.unpack_from(">H", data, at + 62)
    except struct.error:
        raise ValueError("is damaged: it ends too early") from None
    return FontFacts(min(max(weight, 1), 1000), bool(selection & 1))


def damaged_tables(data: bytes) -> list[str]:
    """The tags of the tables of a font that are not as they were written: their checksums differ; ``list of tables``
    where only that of the whole file does.

    Nobody sees it before letters are printed that have another form. ``data`` are the bytes of a file that
    :func:`font_facts` takes. The checksum is that of https://learn.microsoft.com/typography/opentype/spec/otff.
    """
    found = []
    for name, table in _tables(data).items():
        content = bytearray(data[table.start : table.start + table.length])
        if name == b"head":
            content[8:12] = bytes(4)  # the checksum of the whole file, which is written last
        if _checksum(content) != table.checksum:
            found.append(name.decode("ascii", "backslashreplace").strip())
    if not found and _checksum(data) != _WHOLE:
        found.append("list of tables")
    return found


def _checksum(content: bytes | bytearray) -> int:
    """The sum of ``content`` as big-endian numbers of 32 bits."""
    numbers = array("I", bytes(content) + bytes(-len(content) % 4))
    if sys.byteorder == "little":
        numbers.byteswap()
    return sum(numbers) % 2**32


class _Table(NamedTuple):
    checksum: int
    start: int
    length: int


def _tables(data: bytes) -> dict[bytes, _Table]:
    """The tables, by their tags."""
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {}
    for number in range(count):
        name, *entry = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
        table = _Table(*entry)
        if table.start + table.length > len(data):
            raise ValueError("is damaged: it ends too early")
        tables[name] = table
    return tables
