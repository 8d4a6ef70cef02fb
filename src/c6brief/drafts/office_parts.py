"""The parts of a DOCX or ODT file (a ZIP archive of XML), unpacked within limits and packed again.

A part is only read as XML where it declares no entities (``<!DOCTYPE``) and is not nested so deeply that no program would
write it. What is handed to another program is packed anew, so that its sizes are true.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

LARGEST_UNZIPPED = 200_000_000
"""Bytes of all parts together. A draft of a hundred pages with forty photographs takes less."""

MOST_PARTS = 5000

DEEPEST = 250
"""Elements inside one another. Word nests tables and text boxes in some dozens."""

_CHUNK = 1_000_000
_GENERATED_PREFIX = re.compile(r"ns\d+\Z")


class DraftError(Exception):
    """A draft cannot be read. ``rule``, ``str()`` and ``hint`` are those of the problem to report."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule, self.hint = rule, hint


def damage_error(kind: str) -> DraftError:
    """The error for a file that is no ``kind``, or is one no more."""
    return DraftError(
        "bad-draft", f"the file is damaged, or no {kind} file", "open it in a word processor and save it again"
    )


def unpack(data: bytes, kind: str) -> dict[str, bytes]:
    """The parts of an archive by name, in its order. ``kind`` is DOCX or ODT. Raises :class:`DraftError`."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # a Compound File: an old .doc, or a DOCX with a password
        raise DraftError(
            "protected-draft", "the file wants a password, or is an old .doc", f"save it as {kind} without a password"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [info for info in archive.infolist() if not info.is_dir()]
        if any(info.flag_bits & 1 for info in members):
            raise DraftError("protected-draft", "the file wants a password", "save it again without one")
        size = sum(info.file_size for info in members)
        if size > LARGEST_UNZIPPED or len(members) > MOST_PARTS:
            message = f"unpacked, the file has {size / 1e6:,.0f} MB in {len(members)} parts; at most "
            message += f"{LARGEST_UNZIPPED / 1e6:.0f} MB in {MOST_PARTS} are read"
            raise DraftError("file-too-large", message, "take images out of it, or compress them")
        parts: dict[str, bytes] = {}
        for info in members:
            if info.filename in parts or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damage_error(kind)
            with archive.open(info) as member:
                parts[info.filename] = b"".join(iter(lambda member=member: member.read(_CHUNK), b""))  # type: ignore[misc]
    except DraftError:
        raise
    except Exception as reason:  # zipfile raises a dozen kinds of exceptions for archives that are damaged
        raise damage_error(kind) from reason
    return parts


def pack(parts: dict[str, bytes]) -> bytes:
    """``parts`` as an archive without compression."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


def parse(part: bytes, kind: str) -> ElementTree.Element:
    """The XML of a part, its prefixes kept for :func:`serialize`. Raises :class:`DraftError`."""
    check_xml(part, kind)
    try:
        events = ElementTree.iterparse(io.BytesIO(part), ("start-ns", "start", "end"))
        depth = 0
        for event, what in events:
            if event == "start-ns":
                prefix, address = what
                if prefix and not _GENERATED_PREFIX.match(prefix):
                    ElementTree.register_namespace(prefix, address)
            depth += {"start": 1, "end": -1}.get(event, 0)
            if depth > DEEPEST:
                raise DraftError("too-deep", f"its elements lie more than {DEEPEST} deep in one another")
        return events.root  # type: ignore[no-any-return, attr-defined]
    except (ElementTree.ParseError, ValueError) as reason:
        raise damage_error(kind) from reason


def check_xml(part: bytes, kind: str) -> None:
    """Raises :class:`DraftError` where a part declares entities, or is in an encoding in which that could hide."""
    if b"<!DOCTYPE" in part or b"\0" in part[:200]:
        raise damage_error(kind)


def serialize(root: ElementTree.Element) -> bytes:
    """The XML of a part that :func:`parse` has read."""
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True))
