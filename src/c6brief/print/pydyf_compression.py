"""Streams of a PDF compressed in half the time, and those of the print before not again.

pydyf compresses with the highest of zlib's levels, which takes twice as long as the usual one for a fiftieth of the
size.

- Why: time; in a process that prints again and again most streams are those of the print before.
- Uses: the module ``zlib`` as pydyf has imported it, which is replaced; that pydyf gives a whole stream to one call of
  ``compressobj().compress`` and then calls ``flush``.
- Known version: :data:`KNOWN`.
- With another version: pydyf is left as it is; the file is a fiftieth smaller and takes longer.
- Test: ``tests/house/test_private_parts.py`` holds the version, and has pydyf compress a stream and reads it again.
- Upstream: none asked for; pydyf gives no choice of the level.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from types import SimpleNamespace

KNOWN = "0.13.0"
"""The version of pydyf that this was written for and tested with."""

LEVEL = 6
"""zlib's usual one."""

MOST_CACHED = 300
"""Streams that are remembered: those of some prints of a brief, a few megabytes."""

_compressed: dict[bytes, bytes] = {}
"""Compressed streams, by the SHA-256 of what they hold, from the oldest to the newest."""


@contextmanager
def compress_streams_faster() -> Iterator[None]:
    """While this is open, pydyf compresses streams at :data:`LEVEL`, and none that is remembered."""
    import pydyf

    if pydyf.__version__ != KNOWN:
        yield
        return
    original = pydyf.zlib
    pydyf.zlib = SimpleNamespace(compressobj=lambda **_: _Compressor(), compress=zlib.compress)
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
            found = _compressed[key] = zlib.compress(data, LEVEL)
        return found

    def flush(self) -> bytes:
        return b""
