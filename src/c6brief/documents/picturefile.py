"""Whether the file of a picture is whole, told without decoding it.

WeasyPrint prints what there is of a damaged picture, or puts it into the PDF as it is, where viewers show nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


def check_picture(data: bytes) -> None:
    """Raise ``ValueError`` for a PNG file (ISO/IEC 15948) with a damaged or missing part, and a JPEG file that is cut off."""
    if data.startswith(_PNG):
        _check_png(data)
    elif data.startswith(_JPEG) and data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda"):  # its end before its last scan
        raise ValueError("the picture is damaged: it ends too early")


def _check_png(data: bytes) -> None:
    at, name = len(_PNG), b""
    while name != b"IEND":
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 8 + length
        if end + 4 > len(data):
            raise ValueError("the picture is damaged: it ends too early")
        is_needed = name[:1].isupper()  # others may be left out, and so may be damaged
        if is_needed and zlib.crc32(memoryview(data)[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise ValueError(
                f"the picture is damaged: the checksum of its part {name.decode('ascii', 'replace')} differs"
            )
        at = end + 4


def png_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The name and the content of each part of a PNG file, which is whole; the pixels have none."""
    at, name = len(_PNG), b""
    while name != b"IEND":
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        yield name, b"" if name == b"IDAT" else data[at + 8 : at + 8 + length]
        at += 12 + length
