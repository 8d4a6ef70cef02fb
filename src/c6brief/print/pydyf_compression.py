"""Streams of a PDF compressed alike on every Python, in less time, and those of the print before not again.

pydyf compresses with the interpreter's zlib, whose bytes depend on how the interpreter was built
(:mod:`c6brief.documents.deflate`), and with its highest level, which takes six times as long for the same size.

- Why: the same bytes; time; in a process that prints again and again most streams are those of the print before.
- Uses: the module ``zlib`` as pydyf has imported it, which is replaced; that pydyf gives a whole stream to one call of
  ``compressobj().compress`` and then calls ``flush``.
- Known version: :data:`KNOWN`.
- With another version: pydyf is left as it is; the bytes depend on the interpreter's zlib.
- Test: ``tests/house/test_private_parts.py`` holds the version, and has pydyf compress a stream and reads it again.
- Upstream: none asked for; pydyf gives no choice of the library or the level.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from types import SimpleNamespace

from c6brief.documents import deflate

KNOWN = "0.13.0"
"""The version of pydyf that this was written for and tested with."""

MOST_CACHED = 300
"""Streams that are remembered: those of some prints of a brief, a few megabytes."""

_compressed: dict[bytes, bytes] = {}
"""Compressed streams, by the SHA-256 of what they hold, from the oldest to the newest."""


@contextmanager
def compress_streams_alike() -> Iterator[None]:
    """While this is open, pydyf compresses streams by libdeflate, and none that is remembered."""
    import pydyf

    if pydyf.__version__ != KNOWN:
        yield
        return
    original = pydyf.zlib
    pydyf.zlib = SimpleNamespace(compressobj=lambda **_: _Compressor(), compress=lambda data: deflate.compress(data))
    try:
        yield
    finally:
        pydyf.zlib = original


class _Compressor:
    """Stands in for zlib's object, which pydyf gives a whole stream at once."""

    def compress(self, data: bytes) -> bytes:
        key = sha256(data).digest()
        found = _compressed.get(key)
        if found is None:
            while len(_compressed) >= MOST_CACHED:
                del _compressed[next(iter(_compressed))]
            found = _compressed[key] = deflate.compress(data)
        return found

    def flush(self) -> bytes:
        return b""
