"""Streams of a figure's PDF compressed alike on every Python.

- Why: Matplotlib compresses with the interpreter's zlib, whose bytes depend on how the interpreter was built
  (:mod:`c6brief.documents.deflate`).
- Uses: the module ``zlib`` as ``matplotlib.backends.backend_pdf`` has imported it, which is replaced; that a stream is
  given to ``compressobj().compress`` in pieces, and ``flush`` called at its end.
- Known version: that of ``matplotlib_font_list.KNOWN``.
- With another version: where the module has no ``zlib``, it is left as it is; the bytes depend on the interpreter's.
- Test: ``tests/house/test_same_bytes.py``.
- Upstream: none asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from c6brief.documents import deflate


@contextmanager
def compress_streams_alike() -> Iterator[None]:
    """While this is open, PDFs that Matplotlib writes are compressed by libdeflate."""
    from matplotlib.backends import backend_pdf

    original = getattr(backend_pdf, "zlib", None)
    if original is None:
        yield
        return
    backend_pdf.zlib = SimpleNamespace(compressobj=lambda *_: _Compressor())  # type: ignore[attr-defined, assignment]
    try:
        yield
    finally:
        backend_pdf.zlib = original  # type: ignore[attr-defined]


class _Compressor:
    """Stands in for zlib's object: what it is given is compressed at the end, in one piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def compress(self, data: bytes) -> bytes:
        self._pieces.append(bytes(data))
        return b""

    def flush(self) -> bytes:
        return deflate.compress(b"".join(self._pieces))
