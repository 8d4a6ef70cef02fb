"""All that a reader of a PDF may see or hear, as one hash for each part: however the file stores it.

Words on pages can stay and the rest change: a glyph redrawn, a link led elsewhere, an alternative text that says the
opposite, a bookmark renamed, a page cropped. So everything that can be reached from the document's catalog is hashed,
part by part, and what files of ours never have (:mod:`c6brief.manifest.pdf_grammar`) is told. How a program numbers,
packs, orders or rounds when it saves the file again does not matter: pages, tags and annotations are known by their
place, everything else by its value. Left out are the manifest's own bytes, which cannot hold their own hash, and the
name of the program that saved the file and the day when it did (``Producer``, ``ModDate``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from ctypes import c_float
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import canonicalize

from c6brief.manifest.pdf_file import PdfFile
from c6brief.manifest.pdf_grammar import ATOM, EITHER, KEYS, SKIP, STREAMS, VALUES
from c6brief.manifest.pdf_syntax import ForeignSyntax, Ref, Stream, decode_text

DEEPEST = 60
"""Values within values, and tags within tags, that are followed."""

MOST_FAULTS = 12

MOST_WORK = 1_000_000
"""Parts of tags that are looked at, and thousands of bytes that are unpacked. Our briefs have some thousand of both."""

PARTS = {
    "properties": "the document's properties (title, author, subject, keywords, dates)",
    "metadata": "its metadata (XMP)",
    "language": "the language of the document",
    "tags": "the tags, which give the order in which it is read aloud",
    "spoken": "alternative texts, expansions or languages, which are read aloud",
    "bookmarks": "the bookmarks",
    "destinations": "the places that links lead to",
    "attachments": "names, descriptions, dates or places of attachments",
    "viewing": "how viewers are told to show it",
    "colours": "its colour profile",
}
"""Parts of the document beside its pages, in words."""

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

_PAINT = ("Contents", "Resources")
_PLACED = frozenset(("Page", "Pages", "Annot", "StructElem", "StructTreeRoot", "Catalog"))
"""Types of what is known by its place. Whoever leads to one that has none leads out of the document."""

_OWN = frozenset(("catalog", "node of the page tree", "page", "annotation", "tag", "root of the tags"))

_STORAGE = frozenset(("Length", "Filter", "DecodeParms"))
_SPOKEN = ("Alt", "ActualText", "E", "Lang")
_XMP = re.compile(
    rb"\s*<\?xpacket begin=[^<>]{0,80}\?>\s*(<x:xmpmeta.*</x:xmpmeta>)\s*<\?xpacket end=[^<>]{0,8}\?>\s*", re.S
)


@dataclass(frozen=True)
class PageParts:
    """The hashes of a page."""

    painted: str
    """Of its content streams with fonts, drawings, images, patterns, colours."""
    frame: str
    """Of its boxes, its rotation, and what else it says of itself."""
    links: str
    """Of its links: where they are, where they lead, what is said of them."""


@dataclass(frozen=True)
class DocumentParts:
    """What a file holds."""

    pages: tuple[PageParts, ...]
    parts: dict[str, str]
    """Hashes by the names of :data:`PARTS`."""
    foreign: tuple[str, ...]
    """What no file of ours has, in words."""


def read_parts(file: PdfFile, manifest: str) -> DocumentParts:
    """The parts of ``file``. The attachment called ``manifest`` is known by its name alone."""
    return _Reader(file, manifest).read()


class _Reader:
    def __init__(self, file: PdfFile, manifest: str) -> None:
        self.file, self.manifest = file, manifest
        self.foreign: dict[str, None] = {}
        self._places: dict[int, bytes] = {}
        """Of pages, annotations and tags, by object number: what they are known by."""
        self._digests: dict[tuple[int, str], bytes | None] = {}
        self._reached: set[int] = set()
        self._work = 0
        """Parts of tags looked at, and thousands of bytes unpacked."""

    def read(self) -> DocumentParts:
        root = self.file.get(self.file.trailer.get("Root"))
        if not isinstance(root, dict) or root.get("Type") != "Catalog":
            self._tell("no catalog")
            return DocumentParts((), {}, tuple(self.foreign))
        self._place(self.file.trailer["Root"], b"catalog")
        pages = list(self._find_pages(root.get("Pages"), None, 0))
        for number, (_, page) in enumerate(pages):
            for at, reference in enumerate(self._list(page.get("Annots"))):
                self._place(reference, b"annotation %d/%d" % (number, at))
        tags = self.file.get(root.get("StructTreeRoot"))
        elements = list(self._find_tags(root.get("StructTreeRoot"), tags)) if isinstance(tags, dict) else []
        hashed = tuple(self._hash_page(page) for _, page in pages)
        catalog = {key: self._encode_key("catalog", root, key) for key in sorted(root)}
        parts = {
            "properties": self._encode(self.file.trailer.get("Info"), "information"),
            "metadata": catalog.pop("Metadata", b""),
            "language": catalog.pop("Lang", b""),
            "tags": self._encode_tags(tags, elements) + catalog.pop("MarkInfo", b""),
            "spoken": b"".join(self._encode({k: e.get(k) for k in _SPOKEN}, "texts") for e in elements),
            "bookmarks": b"".join(self._encode_bookmarks(root.get("Outlines"))),
            "destinations": b"",
            "attachments": catalog.pop("AF", b""),
            "colours": catalog.pop("OutputIntents", b""),
        }
        names = self.file.get(root.get("Names"))
        if isinstance(names, dict):
            parts["destinations"] = self._encode_key("names", names, "Dests")
            parts["attachments"] += self._encode_key("names", names, "EmbeddedFiles")
        catalog.pop("Names", None)
        parts["viewing"] = b"".join(key.encode("latin-1", "replace") + value for key, value in catalog.items())
        self._tell_unreached()
        return DocumentParts(
            hashed, {name: hashlib.sha256(parts[name]).hexdigest() for name in PARTS}, tuple(self.foreign)
        )

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

    # Pages

    def _find_pages(self, reference: Any, parent: Any, depth: int) -> Iterator[tuple[Ref, dict[str, Any]]]:
        node = self.file.get(reference)
        if not isinstance(reference, Ref) or not isinstance(node, dict) or depth > DEEPEST:
            self._tell("a page tree that is not well formed")
        elif node.get("Type") == "Page" and reference.number in self._places:
            self._tell("a page that stands in two places")
        elif node.get("Type") == "Page":
            self._place(reference, b"page %d" % (len(self._places) - 1))  # all that is placed before is the catalog
            if node.get("Parent") != parent:
                self._tell("a page that names another parent than it has")
            yield reference, node
        elif node.get("Type") != "Pages" or reference.number in self._reached:
            self._tell("a page tree that is not well formed")
        else:
            self._reached.add(reference.number)
            self._encode({key: value for key, value in node.items() if key != "Kids"}, "node of the page tree")
            before = len(self._places)
            for kid in self._list(node.get("Kids")):
                yield from self._find_pages(kid, reference, depth + 1)
            if node.get("Count") != len(self._places) - before:
                self._tell(
                    f"a page tree that states {node.get('Count')!r:.20} pages and has {len(self._places) - before}"
                )

    def _hash_page(self, page: dict[str, Any]) -> PageParts:
        contents = page.get("Contents")
        for each in (contents, *self._list(contents)):
            self._encode(each, "content")  # what is no stream, or has keys, is told
        streams = [self.file.get(each) for each in self._list(contents) or [contents]]
        drawn = b"\n".join(self._unpack(each) for each in streams if isinstance(each, Stream))
        paint = hashlib.sha256(drawn).digest() + self._encode(page.get("Resources"), "resources")
        frame = []
        for key in sorted(page.keys() - {*_PAINT, "Annots"}):
            usual = (key == "CropBox" and page[key] == page.get("MediaBox")) or (key == "Rotate" and page[key] == 0)
            if not usual:  # the default (ISO 32000-1, table 30)
                frame.append(key.encode("latin-1", "replace") + self._encode_key("page", page, key))
        links = [self._encode(self.file.get(each), "annotation") for each in self._list(page.get("Annots"))]
        parts = (paint, b"".join(frame), b"".join(links))
        return PageParts(*(hashlib.sha256(each).hexdigest() for each in parts))

    # Tags

    def _find_tags(self, reference: Any, root: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The tags in the order in which they are read. They are numbered on the way."""
        if isinstance(reference, Ref):
            self._places[reference.number] = b"root"
            self._reached.add(reference.number)
        waiting = [(root, each, 0) for each in reversed(self._kids(root))]
        number = 0
        while waiting:
            _, kid, depth = waiting.pop()
            element = self.file.get(kid)
            if not isinstance(element, dict) or "S" not in element:
                continue  # marked content, or a link
            if depth > 500 or not isinstance(kid, Ref) or kid.number in self._places:
                self._tell("a tag that stands in two places, or in itself")
                continue
            self._place(kid, b"tag %d" % number)
            number += 1
            yield element
            waiting.extend((element, each, depth + 1) for each in reversed(self._kids(element)))

    def _kids(self, element: dict[str, Any]) -> list[Any]:
        kids = element.get("K")
        found = self._list(kids) if isinstance(self.file.get(kids), list) else [] if kids is None else [kids]
        self._work += len(found)
        if self._work > MOST_WORK:
            raise ForeignSyntax("tags without end")
        return found

    def _encode_tags(self, root: Any, elements: list[dict[str, Any]]) -> bytes:
        if not isinstance(root, dict):
            return b""
        whole = [self._encode(root, "root of the tags")]
        for element in (root, *elements):
            texts = {"K": self._kids(element)} if element is root else {**element, "K": self._kids(element)}
            whole.append(self._encode({k: v for k, v in texts.items() if k not in _SPOKEN[:3]}, "tag"))
        return b"".join(whole)

    # Bookmarks

    def _encode_bookmarks(self, reference: Any) -> Iterator[bytes]:
        root = self.file.get(reference)
        if root is None:
            return
        yield self._encode(reference, "bookmarks")
        seen: set[Any] = set()
        waiting = [(reference, root, 0)]
        while waiting:
            parent_reference, parent, depth = waiting.pop()
            before, at, kids = None, parent.get("First") if isinstance(parent, dict) else None, []
            while at is not None:
                each = self.file.get(at)
                if at in seen or not isinstance(at, Ref) or not isinstance(each, dict):
                    self._tell("bookmarks that are not well formed")
                    return
                seen.add(at)
                self._reached.add(at.number)
                if each.get("Parent") != parent_reference or each.get("Prev") != before:
                    self._tell("bookmarks in an order that depends on who reads them")
                kids.append((at, each, depth + 1))
                yield b"%d" % depth + self._encode(each, "bookmark")
                before, at = at, each.get("Next")
            if isinstance(parent, dict) and parent.get("Last") != before:
                self._tell("bookmarks in an order that depends on who reads them")
            waiting.extend(reversed(kids))

    # Values

    def _encode_key(self, kind: str, value: dict[str, Any], key: str) -> bytes:
        """The value of ``key`` in a dictionary of this ``kind``; nothing for what is known from elsewhere."""
        allowed = KEYS[kind]
        child = allowed.get(key) or allowed.get("*")
        if child is None:
            words = _WORDS.get(key)
            self._tell(f"{words} (/{key} in {_name(kind)})" if words else f"/{key[:40]} in {_name(kind)}")
            return b"foreign"
        if child == SKIP:
            if kind == "information" and not (isinstance(value[key], bytes) and len(value[key]) <= 200):
                self._tell(f"/{key} that is no short text")
            return b""
        return self._encode(value.get(key), child)

    def _encode(self, value: Any, kind: str, depth: int = 0) -> bytes:
        """One form for one value, however the file writes it."""
        if isinstance(value, Ref):
            return self._encode_reference(value, kind, depth)
        if isinstance(value, dict):
            return self._encode_dictionary(value, kind, depth)
        if isinstance(value, list):
            if depth > DEEPEST:
                raise ForeignSyntax("values nested too deeply")
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
            value = self.file.objects.get(number)
            self._digests[known] = hashlib.sha256(self._encode(value, kind, depth + 1)).digest()
        digest = self._digests[known]
        if digest is None:
            self._tell(f"{_name(kind)} that holds itself")
        return digest or b"cycle"

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
                self._tell(f"{_name(kind)} whose /{key} is /{str(given)[:40]}")
                return b"foreign"
        parts = [b"<<"]
        own = kind == "file specification" and self._is_manifest(value)
        for key in sorted(value):
            if is_stream and key in _STORAGE:
                continue
            if own and key == "EF":
                continue
            encoded = self._encode_key(kind, value, key)
            if KEYS[kind].get(key) != SKIP:
                parts += [key.encode("utf-8", "replace"), encoded]
        if is_stream:
            parts.append(hashlib.sha256(self._decode(value, kind)).digest())
        return b" ".join([*parts, b">>"])

    def _decode(self, value: Any, kind: str) -> bytes:
        data = self._unpack(value)
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

    def _tell_unreached(self) -> None:
        """Objects that nothing leads to: a viewer that repairs the file could take them for others."""
        for number, each in self.file.objects.items():
            if number in self._reached:
                continue
            if isinstance(each, Stream) and each.get("Type") in ("XRef", "ObjStm"):
                continue
            if isinstance(each, dict) and ("Linearized" in each or _is_hint(each)):
                continue
            if each:
                self._tell(f"object {number}, to which nothing in the file leads")
                return


def _is_hint(value: dict[str, Any]) -> bool:
    """Whether this is the table that a linearised file has for browsers (ISO 32000-1, annex F.4)."""
    tables = {"P", "S", "T", "O", "A", "E", "V", "I", "C", "L", "R", "B"}
    return isinstance(value, Stream) and "S" in value and value.keys() <= tables | {"Length", "Filter", "DecodeParms"}


def _name(kind: str) -> str:
    """A kind of dictionary, with its article."""
    if kind in ("catalog", "information"):
        return {"catalog": "its catalog", "information": "its properties"}[kind]
    if kind.endswith("s"):
        return f"the {kind}"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
