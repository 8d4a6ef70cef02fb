"""Where the objects of a PDF file lie: cross-reference tables, cross-reference streams, and streams of objects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from c6brief.manifest.pdf_syntax import Budget, ForeignSyntax, Stream, parse_value

_SECTION = re.compile(rb"[ \t]*(\d{1,7}) (\d{1,7})[ \t]*(?:\r\n|[\r\n])")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)")
_TRAILER = re.compile(rb"[\0\t\n\f\r ]*trailer")

MOST_OBJECTS = 500_000
MOST_PACKED = 30_000_000
"""Bytes that a stream of objects may unpack to."""

TRAILER_KEYS = {"Size", "Root", "Info", "ID"}
STREAM_KEYS = {"Type", "W", "Index", "Length", "Filter", "DecodeParms"}


@dataclass
class CrossReference:
    """One cross-reference: what it lists, and the trailer that belongs to it."""

    at: int
    """Its place in the file."""
    entries: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """By object number: 1, place in the file, generation; or 2, number of an object stream, place in it."""
    trailer: dict[str, Any] = field(default_factory=dict)
    own: int | None = None
    """The object number of a cross-reference stream."""

    @property
    def other_keys(self) -> set[str]:
        """What its trailer has beside the usual keys."""
        return self.trailer.keys() - TRAILER_KEYS - (STREAM_KEYS if self.own is not None else set()) - {"Prev"}


def read_table(data: bytes, at: int, begin: int) -> tuple[CrossReference, int]:
    """The cross-reference table (ISO 32000-1, 7.5.4) in ``data`` whose word ``xref`` stands at ``at`` and ends before
    ``begin``, and where its trailer ends."""
    found, position = CrossReference(at), begin
    while section := _SECTION.match(data, position):
        position = section.end()
        if int(section[2]) > MOST_OBJECTS:
            raise ForeignSyntax(f"more than {MOST_OBJECTS:,} objects")
        for number in range(int(section[1]), int(section[1]) + int(section[2])):
            entry = _ENTRY.match(data, position)
            if entry is None:
                raise ForeignSyntax(f"a cross-reference with a line that is none at byte {position:,}")
            if number in found.entries:
                raise ForeignSyntax(f"object {number} twice in the cross-reference")
            if entry[3] == b"n":
                found.entries[number] = 1, int(entry[1]), int(entry[2])
            position = entry.end()
    trailer = _TRAILER.match(data, position)
    if trailer is None:
        raise ForeignSyntax("a cross-reference without a trailer")
    found.trailer, end = parse_value(data, trailer.end())
    if not isinstance(found.trailer, dict):
        raise ForeignSyntax("a trailer that is no dictionary")
    return found, end


def read_reference_stream(stream: Stream, at: int, number: int) -> CrossReference:
    """ISO 32000-1, 7.5.8."""
    found = CrossReference(at, trailer=stream, own=number)
    widths, size = stream.get("W"), stream.get("Size")
    sections = stream.get("Index", [0, size])
    if (
        not isinstance(widths, list)
        or len(widths) != 3
        or not isinstance(sections, list)
        or len(sections) % 2
        or not all(type(each) is int and 0 <= each < 2**31 for each in (*widths, *sections, size))
        or max(widths) > 8
    ):
        raise ForeignSyntax("a cross-reference that is not well formed")
    if sum(sections[1::2]) > MOST_OBJECTS:
        raise ForeignSyntax(f"more than {MOST_OBJECTS:,} objects")
    data, width, position = stream.decode(), sum(widths), 0
    if not width or len(data) != width * sum(sections[1::2]):
        raise ForeignSyntax("a cross-reference that is not as long as it says")
    for first, count in zip(sections[::2], sections[1::2], strict=True):
        for each in range(first, first + count):
            row = data[position : position + width]
            position += width
            kind = int.from_bytes(row[: widths[0]], "big") if widths[0] else 1
            second = int.from_bytes(row[widths[0] : widths[0] + widths[1]], "big")
            third = int.from_bytes(row[widths[0] + widths[1] :], "big")
            if each in found.entries or kind > 2:
                raise ForeignSyntax(f"object {each} twice in the cross-reference, or in an unknown way")
            if kind:
                found.entries[each] = kind, second, third
    return found


def unpack_objects(stream: Any, number: int, listed: dict[int, int], budget: Budget) -> dict[int, Any]:
    """The objects of object stream ``number`` (ISO 32000-1, 7.5.7). ``listed`` are their places in it by number, as the
    cross-reference has them; what they hold is taken from ``budget``."""
    found: dict[int, Any] = {}
    if not isinstance(stream, Stream) or stream.get("Type") != "ObjStm":
        raise ForeignSyntax(f"object stream {number}, which is not there")
    if stream.keys() - STREAM_KEYS - {"N", "First"}:
        raise ForeignSyntax(f"object stream {number} with keys that ours have not")
    data, first = stream.decode(MOST_PACKED), stream.get("First")
    if type(first) is not int or not 0 < first <= min(len(data), 20 * MOST_OBJECTS):
        raise ForeignSyntax(f"object stream {number} that is not well formed")
    heads = [int(each) for each in data[:first].split() if each.isdigit() and len(each) < 10]
    if len(heads) != len(data[:first].split()) or len(heads) != 2 * stream.get("N", -1):
        raise ForeignSyntax(f"object stream {number} that is not well formed")
    end = first
    for place, (each, offset) in enumerate(zip(heads[::2], heads[1::2], strict=True)):
        if listed.get(each) != place or each in found:
            raise ForeignSyntax(f"object {each} twice, or in an object stream that does not list it")
        if data[end : first + offset].strip(b"\0\t\n\f\r ") or first + offset < end:
            raise ForeignSyntax(f"bytes between the objects of object stream {number}")
        found[each], end = parse_value(data, first + offset, budget)
    if data[end:].strip(b"\0\t\n\f\r ") or len(listed) != len(heads) // 2:
        raise ForeignSyntax(f"object stream {number} with more, or less, than is listed")
    return found
