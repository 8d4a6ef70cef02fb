"""PDF files of a few objects, written by hand."""

from __future__ import annotations

import zlib

CATALOG = b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 3 0 R>>"
PAGES = b"<</Type/Pages/Kids[4 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R/Resources<<>>>>"
TAGS = b"<</Type/StructTreeRoot/K 6 0 R>>"


def written(*objects: bytes) -> bytes:
    """A file of these objects, of which the first is its catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        data
        + (b"xref\n0 %d\n0000000000 65535 f \n" % size + table)
        + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    )


def packed(content: bytes, head: bytes = b"") -> bytes:
    """A stream that unpacks to ``content``; ``head`` are keys of its dictionary."""
    data = zlib.compress(content, 9)
    return b"<<" + head + b"/Length %d/Filter/FlateDecode>>stream\n" % len(data) + data + b"\nendstream"
