"""How a page is painted, as one hash: its instructions with everything they use.

Words can stay and their looks change: a white box and new outlines over a sentence, a glyph redrawn in its font, a
comment pasted on top, a link led elsewhere. So beside a page's words this is kept of it: content streams as
decoded, fonts, images, patterns, boxes, rotation, annotations. How the file stores them (compression, object streams,
object numbers, the writing of numbers) does not matter, so that a file that was merely saved again keeps its hashes.
"""

from __future__ import annotations

import hashlib
from ctypes import c_float
from typing import Any

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

DEEPEST = 60
"""Objects within objects that are followed."""

_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Annots", "/Group", "/AA")
_STORAGE = frozenset(("/Length", "/Filter", "/DecodeParms", "/DL"))
_ELSEWHERE = frozenset(("/Parent", "/P", "/StructParent", "/StructParents", "/Metadata", "/PieceInfo", "/LastModified"))
_NO_PAINT = frozenset(("/Page", "/Pages", "/StructElem", "/Catalog"))


class PaintingHasher:
    """Hashes the pages of one file; what pages share is hashed once."""

    def __init__(self) -> None:
        self._digests: dict[int, bytes] = {}

    def hash_page(self, page: PageObject) -> str:
        """The hash of how ``page`` is painted: SHA-256, 64 hexadecimal digits.

        Raises what pypdf raises on broken objects, and ``ValueError`` for objects without end.
        """
        contents = page.get_contents()
        parts = [hashlib.sha256(contents.get_data() if contents is not None else b"").digest()]
        parts.append(self._digest(page.get("/Resources"), 0))
        for key in _PAGE:
            if key == "/CropBox" and page.get(key) is None:
                parts.append(self._digest(page.get("/MediaBox"), 0))  # the default (ISO 32000-1, table 30)
            elif key == "/Rotate":
                parts.append(self._digest(page.get(key, NumberObject(0)), 0))
            else:
                parts.append(self._digest(page.get(key), 0))
        return hashlib.sha256(b"".join(parts)).hexdigest()

    def _digest(self, value: Any, depth: int) -> bytes:
        if depth > DEEPEST:
            raise ValueError("objects are nested too deeply")
        if isinstance(value, IndirectObject):
            number = value.idnum
            if number not in self._digests:
                self._digests[number] = b"cycle"
                self._digests[number] = self._digest(value.get_object(), depth + 1)
            return self._digests[number]
        return hashlib.sha256(self._encode(value, depth)).digest()

    def _encode(self, value: Any, depth: int) -> bytes:
        """One form for one value, however the file writes it."""
        if value is None or isinstance(value, NullObject):
            return b"null"
        if isinstance(value, DictionaryObject):
            return self._encode_dictionary(value, depth)
        if isinstance(value, ArrayObject):
            return b"[" + b"".join(self._digest(item, depth + 1) for item in value) + b"]"
        if isinstance(value, BooleanObject):
            return b"true" if value.value else b"false"
        if isinstance(value, (NumberObject, FloatObject)):
            # 0.50, .5 and 0.5 are one number, 0 and -0 too; and programs that keep numbers in 32 bits write 548.10675
            # for 548.106733, which are one number only before they are rounded.
            return f"#{round(c_float(value).value, 4) + 0.0}".encode()
        if isinstance(value, NameObject):
            return b"/" + value.encode("utf-8", "surrogateescape")
        if isinstance(value, TextStringObject):
            return b"(" + value.encode("utf-8", "surrogatepass")
        if isinstance(value, ByteStringObject):
            return b"(" + bytes(value).decode("latin-1").encode("utf-8")
        return repr(value).encode()

    def _encode_dictionary(self, value: DictionaryObject, depth: int) -> bytes:
        if value.get("/Type") in _NO_PAINT:
            return b"elsewhere"
        parts = [b"<<"]
        for key in sorted(value):
            if key in _ELSEWHERE or (key in _STORAGE and isinstance(value, StreamObject)):
                continue
            parts += [key.encode("utf-8", "surrogateescape"), self._digest(value.raw_get(key), depth + 1)]
        if isinstance(value, StreamObject):
            parts.append(hashlib.sha256(value.get_data()).digest())
        return b" ".join(parts)
