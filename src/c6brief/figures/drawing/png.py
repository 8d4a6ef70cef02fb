"""Pixels as a PNG file, the same bytes on every Python (W3C Portable Network Graphics, 3rd edition)."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from c6brief.documents.deflate import compress

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB, _RGBA = 2, 6
"""Types of colour."""


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """The file of ``pixels`` (rows × columns × RGBA), without their opacity where all are opaque. No row is filtered."""
    if (pixels[..., 3] == 255).all():
        pixels = pixels[..., :3]
    height, width, channels = pixels.shape
    rows = pixels.reshape(height, width * channels)
    data = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, _RGB if channels == 3 else _RGBA, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", compress(data)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
