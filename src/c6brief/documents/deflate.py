"""Data compressed, with the same result on every Python.

What the interpreter's ``zlib`` writes depends on the library that it was built with: zlib of one release or another, or
zlib-ng. libdeflate comes with its Python package instead, of which one build serves every Python; it takes half the time
of zlib for the same size. ``tests/house/test_same_bytes.py`` reads the code for other ways to compress.
"""

from __future__ import annotations

LEVEL = 6
"""Of libdeflate's levels, 1 to 12: smaller files than zlib's usual level gives, in half the time."""


def compress(data: bytes) -> bytes:
    """``data`` as a zlib stream (RFC 1950)."""
    from deflate import zlib_compress  # here: a check compresses nothing that is printed

    return bytes(zlib_compress(data, LEVEL))
