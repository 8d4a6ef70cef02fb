"""Streams of a PDF compressed in half the time, and those of the print before not again.

pydyf compresses with the highest of zlib's levels, which takes twice as long as the usual one for a fiftieth of the size.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from types import SimpleNamespace

LEVEL = 6
"""zlib's usual one."""

MOST = 300
"""Streams that are remembered: those of some prints of a brief, a few megabytes."""

_known: dict[bytes, bytes] = {}
"""Compressed streams, by the hash of what they hold."""


@contextmanager
def streams_deflated() -> Iterator[None]:
    """While this is open, pydyf compresses streams so."""
    import pydyf

    theirs = getattr(pydyf, "zlib", None)
    if theirs is None:
        yield
        return
    pydyf.zlib = SimpleNamespace(compressobj=lambda **_: _Deflater(), compress=zlib.compress)
    try:
        yield
    finally:
        pydyf.zlib = theirs


class _Deflater:
    """Stands in for zlib's object, which pydyf gives a whole stream at once."""

    def compress(self, data: bytes) -> bytes:
        key = sha256(data).digest()
        found = _known.get(key)
        if found is None:
            while len(_known) >= MOST:
                del _known[next(iter(_known))]
            found = _known[key] = zlib.compress(data, LEVEL)
        return found

    def flush(self) -> bytes:
        return b""
