"""The values of a PDF file in one form, however the file stores them, and what among them is not of ours.

A dictionary is read as one of the kinds of :mod:`c6brief.manifest.pdf_grammar`: its keys are held against that list.
"""

from __future__ import annotations

import hashlib
import re
from ctypes import c_float
from typing import Any
from xml.etree.ElementTree import canonicalize

from c6brief.manifest.pdf_file import PdfFile
from c6brief.manifest.pdf_grammar import ATOM, EITHER, KEYS, SKIP, STREAMS, TYPES, VALUES, WHOLE_NUMBERS
from c6brief.manifest.pdf_syntax import ForeignSyntax, Ref, Stream, decode_text, show_name

DEEPEST = 60
"""Values within values that are followed."""

MOST_FAULTS = 12

MOST_WORK = 400_000
"""Parts of tags that are looked at, and thousands of bytes that are unpacked. Our briefs have some thousand of both."""

MOST_DRAWN = 20_000_000
"""Bytes of content and of drawings in it, of the whole file. Our pages have 130,000 at most."""

MOST_IN_MAP = 4_000_000
"""Bytes of a font's character map."""

MOST_SECTIONS = 2_000
"""Sections of a font's character map, which have a hundred codes each."""

MOST_METADATA = 200_000
"""Bytes of metadata (XMP). Ours have 4,000; elements within elements take time that grows with the square."""

MOST_CODES = 200_000
"""Codes in the ranges of a font's character map: three times what two bytes can say."""

_WORDS = {
    "OCProperties": "layers",
    "Properties": "layers",
    "OC": "layers",
    "AcroForm": "a form",
    "OpenAction": "an action on opening",
    "AA": "actions",
    "JavaScript": "scripts",
    "Collection": "a portfolio",
    "PageLabels": "page labels",
    "Thumb": "a thumbnail",
    "Trans": "a page transition",
    "Threads": "article threads",
    "PieceInfo": "another program's data",
    "Perms": "permissions",
    "RichMedia": "media",
    "AP": "a picture of its own",
}
"""What stands behind keys that others write, in words."""

_PLACED = frozenset(("Page", "Pages", "Annot", "StructElem", "StructTreeRoot", "Catalog"))
"""Types of what is known by its place. Whoever leads to one that has none leads out of the document."""

_OWN = frozenset(("catalog", "node of the page tree", "page", "annotation", "tag", "root of the tags"))

_STORAGE = frozenset(("Length", "Filter", "DecodeParms"))
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]{1,8})\s*>\s*<\s*([0-9A-Fa-f]{1,8})\s*>\s*[<\[]")
_DATE = re.compile(r"D:[0-9]{4,14}(?:Z|[+-][0-9]{2})?(?:'[0-9]{2})?'?")
"""A date of PDF's (ISO 32000-1, 7.9.4), as programs write it."""
_XMP = re.compile(
    rb"\s*<\?xpacket begin=[^<>]{0,80}\?>\s*(<x:xmpmeta.*</x:xmpmeta>)\s*<\?xpacket end=[^<>]{0,8}\?>\s*", re.S
)


class ValueEncoder:
    """Encodes the values of one file. What no file of ours has is collected in ``foreign``, in words.

    Pages, annotations and tags are known by their places: whoever knows these gives them to ``_place`` beforehand.
    """

    def __init__(self, file: PdfFile, manifest: str) -> None:
        self.file, self.manifest = file, manifest
        self.foreign: dict[str, None] = {}
        self._places: dict[int, bytes] = {}
        """Of pages, annotations and tags, by object number: what they are known by."""
        self._digests: dict[tuple[int, str], bytes | None] = {}
        self._reached: set[int] = set()
        self._work = 0
        """Parts of tags looked at, and thousands of bytes unpacked."""
        self._drawn = 0
        """Bytes of content and drawings."""

    def _tell(self, what: str) -> None:
        if len(self.foreign) < MOST_FAULTS:
            self.foreign[what] = None

    def _list(self, value: Any) -> list[Any]:
        value = self.file.get(value)
        return value if isinstance(value, list) else []

    def _place(self, reference: Any, known_by: bytes) -> None:
        if not isinstance(reference, Ref) or reference.number in self._places:
            self._tell("a page, link or tag that stands in two places, or in none")
        else:
            self._places[reference.number] = known_by
            self._reached.add(reference.number)

    def _encode_key(self, kind: str, value: dict[str, Any], key: str) -> bytes:
        """The value of ``key`` in a dictionary of this ``kind``; nothing for what is known from elsewhere."""
        allowed = KEYS[kind]
        child = allowed.get(key) or allowed.get("*")
        if child is None:
            words = _WORDS.get(key)
            self._tell(f"{words} (/{key} in {_name(kind)})" if words else f"{show_name(key)} in {_name(kind)}")
            return b"foreign"
        if child == SKIP:
            if kind == "information" and not (isinstance(value[key], bytes) and len(value[key]) <= 200):
                self._tell(f"/{key} that is no short text")
            elif key == "ModDate" and not _DATE.fullmatch(decode_text(value[key])):
                self._tell(f"/{key} that is no date")
            return b""
        if value[key] is None:
            self._tell(f"nothing (null) as {show_name(key)} of {_name(kind)}")
        return self._encode(value[key], child)

    def _encode(self, value: Any, kind: str, depth: int = 0) -> bytes:
        """One form for one value, however the file writes it."""
        if isinstance(value, Ref):
            return self._encode_reference(value, kind, depth)
        if isinstance(value, dict):
            return self._encode_dictionary(value, kind, depth)
        if isinstance(value, list):
            if depth > DEEPEST:
                raise ForeignSyntax("values nested too deeply")
            if None in value and kind != "reference to elements":  # some readers pass it over, others give up
                self._tell(f"nothing (null) in a list, in place of {_name(kind)}")
            return b"[" + b" ".join([self._encode(each, kind, depth + 1) for each in value]) + b"]"
        if isinstance(value, str):
            name = value.encode("utf-8", "replace")
            return b"/%d:" % len(name) + name
        if isinstance(value, bytes):
            is_name = kind in ("destination", "list of destinations")  # compared by viewers byte for byte
            text = value if is_name else decode_text(value).encode("utf-8", "surrogatepass")
            return b"(%d:" % len(text) + text
        if value is None or isinstance(value, bool):
            return str(value).encode()
        if isinstance(value, int) and abs(value) >= 2**24:
            return b"#%d" % value
        if kind in WHOLE_NUMBERS and isinstance(value, float) and round(value, 3).is_integer():
            # Readers cut 4.9999 off to 4, or take 5.0 for no number of a glyph, of marked content or of objects at all.
            self._tell(f"{value!r:.20}, where readers want a whole number")
        # 0.50, .5 and 0.5 are one number, 0 and -0 too; and programs that keep numbers in 32 bits write 548.10675 for
        # 548.106733, which are one number only before they are rounded.
        return f"#{round(c_float(value).value, 4) + 0.0}".encode()

    def _encode_reference(self, reference: Ref, kind: str, depth: int) -> bytes:
        number = reference.number
        if number in self._places:
            return b"<" + self._places[number] + b">"
        if kind.startswith("reference to"):
            self._tell("a tag that refers to what is no page, link or tag of the file")
        if depth > DEEPEST:
            raise ForeignSyntax("values nested too deeply")
        known = (number, kind)
        if known not in self._digests:
            self._reached.add(number)
            self._digests[known] = None
            if self.file.objects.get(number) is None:
                self._tell(f"{_name(kind)} that is not there (object {number})")
            value = self.file.objects.get(number)
            self._digests[known] = hashlib.sha256(self._encode(value, kind, depth + 1)).digest()
        digest = self._digests[known]
        if digest is None:
            raise ForeignSyntax(f"{_name(kind)} that holds itself")
        return digest

    def _encode_dictionary(self, value: dict[str, Any], kind: str, depth: int) -> bytes:
        if kind == "texts":
            return b"<" + b" ".join([self._encode(each, ATOM, depth + 1) for each in value.values()]) + b">"
        is_stream = isinstance(value, Stream)
        if value.get("Type") in _PLACED and kind not in _OWN:
            self._tell("a link or a tag that leads to what the file does not show")
            return b"foreign"
        if kind not in KEYS or (is_stream != (kind in STREAMS) and kind not in EITHER):
            self._tell(f"a {'stream' if is_stream else 'dictionary'} in place of {_name(kind)}")
            return b"foreign"
        for key, allowed in VALUES.get(kind, {}).items():
            if (given := self.file.get(value.get(key))) not in allowed:
                self._tell(f"{_name(kind)} whose /{key} is {show_name(given)}")
                return b"foreign"
        if "Type" in value and kind in TYPES and (given := self.file.get(value["Type"])) not in TYPES[kind]:
            self._tell(f"{_name(kind)} whose /Type is {show_name(given)}")
        parts = [b"<<"]
        own = kind == "file specification" and self._is_manifest(value)
        for key in sorted(value):
            if is_stream and key in _STORAGE:
                continue
            if own and key == "EF":  # its bytes are the manifest, which cannot hold a hash of itself
                parts.append(self._encode_dates_of_manifest(value["EF"]))
                continue
            encoded = self._encode_key(kind, value, key)
            if KEYS[kind].get(key) != SKIP:
                parts += [key.encode("utf-8", "replace"), encoded]
        if is_stream:
            parts.append(hashlib.sha256(self._decode(value, kind)).digest())
        return b" ".join([*parts, b">>"])

    def _decode(self, value: Any, kind: str) -> bytes:
        data = self._unpack(value)
        self._check_amount(data, kind, value)
        if kind != "metadata":
            return data
        match = _XMP.fullmatch(data)
        try:
            if match is None or b"<!" in data:
                raise ValueError
            return canonicalize(match[1].decode(), strip_text=True).encode()
        except (ValueError, SyntaxError):  # SyntaxError: no XML
            self._tell("metadata that are no XMP packet")
            return data

    def _check_amount(self, data: bytes, kind: str, value: Any) -> None:
        """Refuse what other readers would work on without end."""
        if kind == "content" or (kind == "drawing" and value.get("Subtype") == "Form"):
            self._drawn += len(data)
            if self._drawn > MOST_DRAWN:
                raise ForeignSyntax("pages that draw more than can be read")
        if len(data) > {"character map": MOST_IN_MAP, "metadata": MOST_METADATA}.get(kind, len(data)):
            raise ForeignSyntax(f"{len(data):,} bytes of {kind}")
        if kind == "character map" and data.count(b"begin") > MOST_SECTIONS:
            raise ForeignSyntax("a character map without end")
        if kind == "character map" and b"bfrange" in data:
            spans = (int(last, 16) - int(first, 16) for first, last in _RANGE.findall(data))
            if sum(max(0, span) for span in spans) > MOST_CODES:
                raise ForeignSyntax("a character map without end")

    def _unpack(self, stream: Stream) -> bytes:
        data = stream.decode()
        self._work += len(data) // 1000
        if self._work > MOST_WORK:
            raise ForeignSyntax("more in it than can be unpacked")
        return data

    def _is_manifest(self, specification: dict[str, Any]) -> bool:
        """Whether this is the specification of the manifest. Its stream is marked as reached, and told if there are two
        that readers could choose from."""
        name = specification.get("UF")
        if not isinstance(name, bytes) or decode_text(name) != self.manifest or specification.get("F") != name:
            return False
        files = self.file.get(specification.get("EF"))
        if not isinstance(files, dict) or set(files) != {"F", "UF"} or files["F"] != files["UF"]:
            self._tell("a manifest in two versions")
        else:
            self._encode(files["F"], "file")
        return True

    def _encode_dates_of_manifest(self, files: Any) -> bytes:
        """The dates of the manifest's stream. Its size and checksum, which viewers list, are held against its bytes."""
        files = self.file.get(files)
        stream = self.file.get(files.get("F")) if isinstance(files, dict) else None
        parameters = self.file.get(stream.get("Params")) if isinstance(stream, Stream) else None
        if not isinstance(stream, Stream) or not isinstance(parameters, dict):
            self._tell("a manifest without its size and checksum")
            return b""
        data = self._unpack(stream)
        measured = (len(data), hashlib.md5(data, usedforsecurity=False).digest())
        if (self.file.get(parameters.get("Size")), self.file.get(parameters.get("CheckSum"))) != measured:
            self._tell("a size or checksum of the manifest that is not its own")
        if self.file.get(stream.get("Subtype")) not in (None, "application/json"):
            self._tell("a manifest that is said to be no JSON")
        return b" ".join(self._encode(parameters.get(key), ATOM) for key in ("CreationDate", "ModDate"))


def _name(kind: str) -> str:
    """A kind of dictionary, with its article."""
    own = {"catalog": "its catalog", "information": "its properties", "metadata": "its metadata"}
    if kind in own:
        return own[kind]
    if kind.endswith("s"):
        return f"the {kind}"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
