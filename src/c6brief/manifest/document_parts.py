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
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from c6brief.manifest.pdf_file import PdfFile
from c6brief.manifest.pdf_linearisation import is_hint, is_parameters
from c6brief.manifest.pdf_syntax import ForeignSyntax, Ref, Stream
from c6brief.manifest.value_encoding import DEEPEST, MOST_WORK, ValueEncoder

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

_PAINT = ("Contents", "Resources")
_SPOKEN = ("Alt", "ActualText", "E", "Lang")


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


def _is_usual(key: str, catalog: dict[str, Any]) -> bool:
    """Whether ``key`` says what viewers do anyway, or that they list the attachments, which MuPDF asks for in saving."""
    return key == "PageMode" and catalog[key] in ("UseNone", "UseAttachments")


def read_parts(file: PdfFile, manifest: str) -> DocumentParts:
    """The parts of ``file``. The attachment called ``manifest`` is known by its name alone."""
    return _Reader(file, manifest).read()


class _Reader(ValueEncoder):
    def read(self) -> DocumentParts:
        root = self.file.get(self.file.trailer.get("Root"))
        if not isinstance(root, dict) or root.get("Type") != "Catalog":
            raise ForeignSyntax("no catalog")
        self._place(self.file.trailer["Root"], b"catalog")
        pages = list(self._find_pages(root.get("Pages"), None, 0))
        if self.file.page_numbers not in (None, [reference.number for reference, _ in pages]):
            self._tell("parameters of a linearised file that lead to other pages")
        for number, (_, page) in enumerate(pages):
            for at, reference in enumerate(self._list(page.get("Annots"))):
                self._place(reference, b"annotation %d/%d" % (number, at))
        tags = self.file.get(root.get("StructTreeRoot"))
        elements = list(self._find_tags(root.get("StructTreeRoot"), tags)) if isinstance(tags, dict) else []
        hashed = tuple(self._hash_page(page) for _, page in pages)
        catalog = {key: self._encode_key("catalog", root, key) for key in sorted(root) if not _is_usual(key, root)}
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
            if "Dests" in names:
                parts["destinations"] = self._encode_key("names", names, "Dests")
            if "EmbeddedFiles" in names:
                parts["attachments"] += self._encode_key("names", names, "EmbeddedFiles")
        catalog.pop("Names", None)
        parts["viewing"] = b"".join(key.encode("latin-1", "replace") + value for key, value in catalog.items())
        self._tell_unreached()
        return DocumentParts(
            hashed, {name: hashlib.sha256(parts[name]).hexdigest() for name in PARTS}, tuple(self.foreign)
        )

    # Pages

    def _find_pages(self, reference: Any, parent: Any, depth: int) -> Iterator[tuple[Ref, dict[str, Any]]]:
        node = self.file.get(reference)
        if not isinstance(reference, Ref) or not isinstance(node, dict) or depth > DEEPEST:
            raise ForeignSyntax("a page tree that is not well formed")
        if node.get("Type") == "Page" and reference.number in self._places:
            raise ForeignSyntax("a page that stands in two places")
        if node.get("Type") == "Page":
            self._place(reference, b"page %d" % (len(self._places) - 1))  # all that is placed before is the catalog
            if node.get("Parent") != parent:
                self._tell("a page that names another parent than it has")
            yield reference, node
        elif node.get("Type") != "Pages" or reference.number in self._reached:
            raise ForeignSyntax("a page tree that is not well formed")
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
            if "Contents" in page and self.file.get(each) is None:  # Poppler then shows nothing of the page
                self._tell("a page with content that is not there")
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
        waiting = [(each, 0) for each in reversed(self._kids(root))]
        number = 0
        while waiting:
            kid, depth = waiting.pop()
            element = self.file.get(kid)
            if not isinstance(element, dict) or "S" not in element:
                continue  # marked content, or a link
            if depth > 500 or not isinstance(kid, Ref) or kid.number in self._places:
                raise ForeignSyntax("a tag that stands in two places, or in itself")
            self._place(kid, b"tag %d" % number)
            number += 1
            yield element
            waiting.extend((each, depth + 1) for each in reversed(self._kids(element)))

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
            whole.append(self._encode({k: v for k, v in texts.items() if k not in ("Alt", "E")}, "tag"))
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
                    raise ForeignSyntax("bookmarks that are not well formed")
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

    def _tell_unreached(self) -> None:
        """Objects that nothing leads to: a viewer that repairs the file could take them for others.

        What a linearised file says of itself is left behind, once, by programs that save it in the ordinary form.
        """
        left_behind = set()
        for number, each in self.file.objects.items():
            if number in self._reached or (isinstance(each, Stream) and each.get("Type") in ("XRef", "ObjStm")):
                continue
            kind = "parameters" if is_parameters(each) else "hint" if is_hint(each) else ""
            if not kind or kind in left_behind:
                self._tell(f"object {number}, to which nothing in the file leads")
                return
            left_behind.add(kind)
        if "hint" in left_behind and "parameters" not in left_behind:
            self._tell("a table of hints without the parameters of a linearised file")
