"""The file identifier: a hash of the file itself, so that a copy can be told from one that was saved again.

``/ID`` in the trailer (ISO 32000-1, 14.4) is two strings, the first for the document's lifetime. Ours is the first 128
bits of the SHA-256 of the whole file, in hexadecimal digits, with :data:`BLANK` in their place. Any tool that writes
the file again changes its bytes, and most change or drop the identifier.
"""

from __future__ import annotations

import hashlib
import re

BLANK = "c6brief-identifier-to-be-filled-"
"""What the identifier reads while the hash is taken: as long as the hash."""

_ID = re.compile(rb"/ID\s*\[\s*\(([0-9a-f]{32})\)")


def fill_in_identifier(data: bytes) -> bytes:
    """A file written with :data:`BLANK` as its identifier, with the identifier filled in."""
    blank = f"({BLANK})".encode()
    head, mark, tail = data.rpartition(blank)
    return head + f"({_hash(data)})".encode() + tail if mark else data


def is_untouched(data: bytes) -> bool:
    """Whether the file is, byte for byte, the one that its identifier was made for."""
    ids = list(_ID.finditer(data, max(0, len(data) - 100_000)))
    if not ids:
        return False
    found = ids[-1]
    return found[1].decode() == _hash(data[: found.start(1)] + BLANK.encode() + data[found.end(1) :])


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
