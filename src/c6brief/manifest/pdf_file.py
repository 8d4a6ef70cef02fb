"""A PDF file read strictly: one revision, in which every byte belongs to one object that the cross-reference lists once.

Readers of PDF differ wherever a file says something twice or leaves something open: which of two revisions holds, which
of two objects of one number, where the last revision begins when its end mark is missing. Whoever wants to show one
thing to one reader and another to the next writes such a file. So files are read here from the first byte to the last,
and not, as viewers do, from wherever the cross-reference leads (ISO 32000-1, 7.5). A file of ours has one revision with
a cross-reference stream; what other programs write when they save it again (tables, streams of objects, a linearised
file with its two halves) is read too, as long as nothing in it can be read in two ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from c6brief.manifest.pdf_linearisation import check_dead, read_page_numbers
from c6brief.manifest.pdf_references import (
    MOST_OBJECTS,
    TRAILER_KEYS,
    CrossReference,
    read_reference_stream,
    read_table,
    unpack_objects,
)
from c6brief.manifest.pdf_syntax import (
    Budget,
    EncryptedFile,
    ForeignSyntax,
    Ref,
    Stream,
    find_stream,
    parse_value,
    show,
    show_name,
)

_HEADER = re.compile(rb"%PDF-([12]\.\d)[ \t]*(?:\r\n|[\r\n])(?:%[^\r\n]{0,80}(?:\r\n|[\r\n]))?")
_NAMED = re.compile(rb"%(?![^\r\n]*(?:obj|xref|trailer|stream|EOF|PDF-))[ \w.,:;()/+-]{1,80}(?:\r\n|[\r\n])")
"""A second comment below the first line, in which MuPDF names itself. It has no word that a reader goes by."""
_SPACES = re.compile(rb"[\0\t\n\f\r ]*")
_OBJECT = re.compile(rb"(\d{1,7}) (\d{1,5}) obj(?=[\0\t\n\f\r <\[(/+\-.\d])")
_END_OBJECT = re.compile(rb"[\0\t\n\f\r ]*endobj(?![A-Za-z0-9])")
_END_STREAM = re.compile(rb"(?:\r\n|[\r\n])?endstream")
_TABLE = re.compile(rb"xref[ \t]*(?:\r\n|[\r\n])")
_START = re.compile(rb"startxref[\0\t\n\f\r ]+(\d{1,10})[\0\t\n\f\r ]+%%EOF")

MOST_REFERENCES = 8
"""Cross-references that are read. A linearised file has two, and two that a program has left behind."""


@dataclass
class PdfFile:
    """The objects of a file by number, and its trailer."""

    objects: dict[int, Any] = field(default_factory=dict)
    trailer: dict[str, Any] = field(default_factory=dict)
    version: str = ""
    page_numbers: list[int] | None = None
    """Of a linearised file: the objects that readers take for its pages, in order."""
    start: int = 0
    """Where its cross-reference begins."""
    size: int = 0
    """One more than the highest number that an object may have."""

    def get(self, value: Any) -> Any:
        """The value itself, or the object that it refers to; ``None`` for one that is not there."""
        return self.objects.get(value.number) if isinstance(value, Ref) else value


@dataclass
class _Scan:
    """A file as it is read from its first byte to its last."""

    data: bytes
    file: PdfFile = field(default_factory=PdfFile)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Of each object found: its place in the file and its generation."""
    references: list[CrossReference] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    lengths: list[tuple[Stream, Ref]] = field(default_factory=list)
    """Streams whose length is an object of its own."""
    ended: bool = False
    budget: Budget = field(default_factory=Budget)

    def run(self) -> None:
        header = _HEADER.match(self.data)
        if header is None:
            raise ForeignSyntax("another beginning than '%PDF-' with its version and one comment")
        self.file.version = header[1].decode()
        named = _NAMED.match(self.data, header.end())
        self.run_from(named.end() if named else header.end())

    def run_from(self, at: int) -> None:
        """Read from a place between two objects to the end."""
        while True:
            gap = _SPACES.match(self.data, at)
            before, at = at, gap.end() if gap else at
            if at == len(self.data):
                if self.ended and at - before > 2:
                    raise ForeignSyntax(f"{at - before:,} bytes after its end")
                return
            self.ended = False
            if max(len(self.references), len(self.starts)) > MOST_REFERENCES:
                raise ForeignSyntax(f"more than {MOST_REFERENCES} revisions")
            at = self._read_part(at)

    def _read_part(self, at: int) -> int:
        """Read what begins at this place; where it ends."""
        if match := _OBJECT.match(self.data, at):
            return self._read_object(int(match[1]), int(match[2]), at, match.end())
        if match := _TABLE.match(self.data, at):
            found, end = read_table(self.data, at, match.end())
            self.references.append(found)
            return end
        if match := _START.match(self.data, at):
            self.starts.append(int(match[1]))
            self.ended = True
            return match.end()
        raise ForeignSyntax(
            f"bytes that belong to no object, {show(self.data, at)}, at byte {at:,} of {len(self.data):,}"
        )

    def _read_object(self, number: int, generation: int, at: int, begin: int) -> int:
        if generation:
            raise ForeignSyntax(f"object {number} of generation {generation}, which files with one revision have not")
        if number in self.places and self.references:
            raise ForeignSyntax("a second revision, which can show other pages than were printed")
        if number in self.places:
            raise ForeignSyntax(f"object {number} twice: readers differ in which they take")
        if len(self.places) > MOST_OBJECTS:
            raise ForeignSyntax(f"more than {MOST_OBJECTS:,} objects")
        value, end = parse_value(self.data, begin, self.budget)
        if isinstance(value, dict) and (inside := find_stream(self.data, end)) is not None:
            value, end = self._read_stream(value, inside)
            if value.get("Type") == "XRef":
                self.references.append(read_reference_stream(value, at, number))
        match = _END_OBJECT.match(self.data, end)
        if match is None:
            raise ForeignSyntax(f"object {number} with more than one value, or without an end")
        self.places[number] = at, generation
        self.file.objects[number] = value
        return match.end()

    def _read_stream(self, value: dict[str, Any], begin: int) -> tuple[Stream, int]:
        stream, length = Stream(value), value.get("Length")
        if isinstance(length, Ref):
            match = re.compile(rb"(?:\r\n|[\r\n])?endstream(?=\s+endobj)").search(self.data, begin)
            self.lengths.append((stream, length))
        elif type(length) is int and length >= 0:
            match = _END_STREAM.match(self.data, begin + length)
        else:
            match = None
        if match is None or any(key in value for key in ("F", "FFilter", "FDecodeParms")):
            raise ForeignSyntax(f"a stream at byte {begin:,} that is not as long as it says, or lies elsewhere")
        stream.raw = self.data[begin : match.start()]
        return stream, match.end()


def read_strictly(data: bytes) -> PdfFile:
    """The file in ``data``. Raises :class:`ForeignSyntax`, which says what no file of ours has."""
    scan = _Scan(data)
    scan.run()
    file = scan.file
    for stream, length in scan.lengths:
        if file.get(length) != len(stream.raw):
            raise ForeignSyntax("a stream that is not as long as it says")
    references = _order_references(scan)
    listed: dict[int, tuple[int, int, int]] = {}
    for reference in references:
        for number, entry in reference.entries.items():
            if number in listed:
                raise ForeignSyntax(f"object {number} in two cross-references")
            listed[number] = entry
    size = references[0].trailer.get("Size")
    if type(size) is not int or any(number >= size for number in (*listed, *scan.places)):
        raise ForeignSyntax("objects beyond the size that it states")
    packed = {number: entry for number, entry in listed.items() if entry[0] == 2}
    _check_places(scan, {number: entry[1:] for number, entry in listed.items() if entry[0] == 1})
    inside: dict[int, dict[int, int]] = {number: {} for number in _find_object_streams(file)}
    for key, entry in packed.items():
        inside.setdefault(entry[1], {})[key] = entry[2]
    for number in sorted(inside):
        found = unpack_objects(file.objects.get(number), number, inside[number], scan.budget)
        if found.keys() & file.objects.keys():
            raise ForeignSyntax(
                f"object {min(found.keys() & file.objects.keys())} twice: readers differ in which they take"
            )
        file.objects.update(found)
    if file.page_numbers is None:
        check_dead(data, file.objects)
    file.start, file.size = references[0].at, size
    file.trailer = {key: value for key, value in references[0].trailer.items() if key in TRAILER_KEYS}
    return file


def read_update(data: bytes, file: PdfFile, at: int) -> PdfFile:
    """The objects of an incremental update (ISO 32000-1, 7.5.6) that begins ``at`` this place and is the last part of
    ``data``; what stands before is ``file``. Raises :class:`ForeignSyntax` for anything else than one whole update.
    """
    scan = _Scan(data)
    scan.run_from(at)
    if len(scan.references) != 1 or scan.starts != [scan.references[0].at] or not scan.ended or scan.lengths:
        raise ForeignSyntax("more behind its end than one update")
    [reference] = scan.references
    trailer = reference.trailer
    same = all(trailer.get(key) == file.trailer.get(key) for key in ("Root", "Info"))
    size = trailer.get("Size")
    if (
        reference.other_keys
        or not same
        or trailer.get("Prev") != file.start
        or type(size) is not int
        or size < file.size
    ):
        raise ForeignSyntax("an update that is not made for what stands before it")
    if any(number >= size for number in scan.places) or any(entry[0] != 1 for entry in reference.entries.values()):
        raise ForeignSyntax("an update with objects that it does not state")
    _check_places(scan, {number: entry[1:] for number, entry in reference.entries.items()})
    scan.file.objects.pop(reference.own or 0, None)
    return scan.file


def _order_references(scan: _Scan) -> list[CrossReference]:
    """The cross-references of the file, the one that holds the trailer first: one, or both halves of a linearised file
    (ISO 32000-1, annex F)."""
    found, first = _leave_out_dead(scan), next(iter(scan.file.objects.values()), None)
    for each in found:
        keys = each.other_keys
        if "Encrypt" in keys:
            raise EncryptedFile("a password, or a key that hides it")
        if keys:
            raise ForeignSyntax(f"{show_name(min(keys))} in its trailer")
    if len(found) == 2 and isinstance(first, dict) and "Linearized" in first:
        one, other = found
        if (
            scan.starts in ([one.at], [0, one.at])
            and one.trailer.get("Prev") in (other.at, _first_after(scan.data, one.trailer.get("Prev"), other.at))
            and "Prev" not in other.trailer
            and first.get("L") == len(scan.data)
        ):
            scan.file.page_numbers = read_page_numbers(scan.data, scan.file.objects, scan.places, other)
            return found
        raise ForeignSyntax("two halves of a linearised file that do not fit together")
    revisions = max(len(found), len(scan.starts))
    if revisions != 1 or len(found) != 1 or len(scan.starts) != 1 or "Prev" in found[0].trailer:
        raise ForeignSyntax(f"{revisions} revisions, where a later one can show other pages than were printed")
    if scan.starts != [found[0].at] or not scan.ended:
        raise ForeignSyntax("a 'startxref' that does not lead to its cross-reference")
    return found


def _leave_out_dead(scan: _Scan) -> list[CrossReference]:
    """The cross-references without streams that a program has kept as mere objects beside its own, as PDFium and qpdf
    can. They must not say anything else than its trailer."""
    live = [each for each in scan.references if scan.starts == [each.at]]
    if len(live) != 1:
        return scan.references
    for each in scan.references:
        same = all(each.trailer.get(key) in (None, live[0].trailer.get(key)) for key in ("Root", "Info"))
        if each is not live[0] and not (same and each.own is not None and each.own in live[0].entries):
            return scan.references
    return live


def _first_after(data: bytes, at: Any, end: int) -> int:
    """The place of the first byte that is no space from ``at`` on: qpdf's /Prev leads to the space before a table."""
    match = _SPACES.match(data, at) if type(at) is int and 0 <= at < end else None
    return match.end() if match else -1


def _check_places(scan: _Scan, listed: dict[int, tuple[int, int]]) -> None:
    """Check that what the cross-reference lists and what stands in the file are the same."""
    own = {reference.own for reference in scan.references}
    for number, place in scan.places.items():
        if listed.get(number) != place and not (number in own and number not in listed):
            raise ForeignSyntax(f"object {number} that its cross-reference does not list, or lists elsewhere")
    for number in listed:
        if number not in scan.places:
            raise ForeignSyntax(f"a cross-reference that lists object {number}, which is not there")


def _find_object_streams(file: PdfFile) -> set[int]:
    return {n for n, each in file.objects.items() if isinstance(each, Stream) and each.get("Type") == "ObjStm"}
