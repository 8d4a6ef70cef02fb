"""What a linearised file says of itself (ISO 32000-1, annex F): readers that go by it must not be led elsewhere.

A program that saves a file for fast showing in a browser puts the first page in front and says in a dictionary and in a
table of hints where the pages and the cross-reference lie. Poppler and PDFium take the pages from there, not from the
page tree: whoever changes one number there shows other pages, or the pages in another order. So all that decides which
object is a page, or where an object lies, is compared with what the file is read as here.
"""

from __future__ import annotations

import re
from typing import Any

from c6brief.manifest.pdf_references import CrossReference
from c6brief.manifest.pdf_syntax import ForeignSyntax, Ref, Stream

PARAMETERS = frozenset(("Linearized", "L", "H", "O", "E", "N", "T", "P"))
REQUIRED = PARAMETERS - {"P"}
HINT_TABLES = frozenset(("P", "S", "T", "O", "A", "E", "V", "I", "C", "L", "R", "B"))
MOST_PAGES = 10_000

HEAD = 36
"""Bytes of the page offset hint table's header (annex F.4.2, table F.3)."""

_FIRST_ENTRY = re.compile(rb"xref[ \t]*(?:\r\n|[\r\n])[ \t]*0 \d{1,7}[ \t]*(?:\r\n|[\r\n])")


def is_parameters(value: Any) -> bool:
    """Whether this is the dictionary that a linearised file begins with, and nothing else besides."""
    return isinstance(value, dict) and not isinstance(value, Stream) and REQUIRED <= value.keys() <= PARAMETERS


def is_hint(value: Any) -> bool:
    """Whether this is the table that a linearised file has for browsers (annex F.4)."""
    return (
        isinstance(value, Stream) and "S" in value and value.keys() <= HINT_TABLES | {"Length", "Filter", "DecodeParms"}
    )


def read_page_numbers(
    data: bytes, objects: dict[int, Any], places: dict[int, tuple[int, int]], other: CrossReference
) -> list[int]:
    """The object numbers of the pages, in order, as readers take them from a linearised file.

    ``other`` is its main cross-reference. Raises :class:`ForeignSyntax` for parameters that do not fit the file.
    """
    stated = next(iter(objects.values()))
    hints = [number for number, each in objects.items() if is_hint(each)]
    amounts = [stated.get(key, 0) for key in ("O", "E", "N", "T", "P")]
    where = stated.get("H")
    if (
        not is_parameters(stated)
        or not all(type(each) is int and each >= 0 for each in amounts)
        or not isinstance(where, list)
        or len(hints) != 1
        or len(where) != 2
        or where[0] != places[hints[0]][0]
        or type(where[0]) is not int
        or type(where[1]) is not int
        or amounts[2] > MOST_PAGES
        or amounts[4] != 0
        or not _leads_to(data, amounts[3], other)
    ):
        raise ForeignSyntax("parameters of a linearised file that do not fit it")
    return _read_hint(objects[hints[0]], first=amounts[0], count=amounts[2])


def check_dead(data: bytes, objects: dict[int, Any]) -> None:
    """Check that a file which is not linearised has no parameters that a reader could go by: they state its length."""
    for value in objects.values():
        if isinstance(value, dict) and "Linearized" in value:
            length = value.get("L")
            if isinstance(length, Ref) or length == len(data) or not is_parameters(value):
                raise ForeignSyntax("parameters of a linearised file, which it is not")


def _leads_to(data: bytes, at: int, other: CrossReference) -> bool:
    """Whether ``at`` is the first entry of the main cross-reference table, or the stream; or the space before."""
    target = other.at
    if other.own is None:
        entry = _FIRST_ENTRY.match(data, other.at)
        target = entry.end() if entry else -1
    return at == target or (at == target - 1 and data[at : at + 1] in (b"\n", b"\r", b" "))


def _read_hint(hint: Stream, *, first: int, count: int) -> list[int]:
    """The first page is the object that the parameters name; the second is object 1, and each later one follows the
    objects of the one before (annex F.4.2)."""
    table = hint.decode()
    width = int.from_bytes(table[8:10], "big")
    rows = table[HEAD : HEAD + (count * width + 7) // 8]
    if len(table) < HEAD or width > 32 or len(rows) * 8 < count * width:
        raise ForeignSyntax("a table of hints that does not fit the file")
    least, bits = int.from_bytes(table[:4], "big"), int.from_bytes(rows, "big")
    unused = len(rows) * 8
    found, following = [first][:count], 1
    for page in range(1, count):
        found.append(following)
        row = bits >> (unused - (page + 1) * width) & ((1 << width) - 1)
        following += least + row
    return found
