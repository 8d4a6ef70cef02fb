"""A PDF as a screen reader finds it: the tag tree with its words, and what the pages hold beside it.

The tree is read with pypdf, the words of marked content with PDFium: nothing here shares code with what is tested.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

HEADINGS = tuple(f"H{level}" for level in range(1, 7))


@dataclass(eq=False)
class Words:
    """The words of one piece of marked content, the page that it stands on, from 1, and what it covers there: left,
    bottom, right and top in points."""

    text: str
    page: int
    bounds: tuple[float, float, float, float]


@dataclass(eq=False)
class Link:
    """A link's annotation, in the structure element that it belongs to."""

    annotation: DictionaryObject
    page: int


@dataclass(eq=False)
class Tag:
    """A structure element: its type, its dictionary, and what is in it in the order of reading."""

    kind: str
    entry: DictionaryObject
    parent: Tag | None
    kids: list[Tag | Words | Link] = field(default_factory=list)

    def below(self) -> Iterator[Tag]:
        """It and all tags in it, in the order of reading."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.below()

    def all(self, *kinds: str) -> list[Tag]:
        return [tag for tag in self.below() if tag.kind in kinds]

    def one(self, kind: str, words: str = "") -> Tag:
        """The only tag of its kind that holds ``words``."""
        found = [tag for tag in self.all(kind) if words in tag.text]
        assert len(found) == 1, f"{len(found)} of {kind} with {words!r}"
        return found[0]

    @cached_property
    def words(self) -> list[Words]:
        """Its words, in the order of reading."""
        found = []
        for kid in self.kids:
            found += kid.words if isinstance(kid, Tag) else [kid] if isinstance(kid, Words) else []
        return found

    @property
    def text(self) -> str:
        return " ".join(" ".join(words.text for words in self.words).split())

    @property
    def pages(self) -> set[int]:
        return {words.page for words in self.words}

    @property
    def links(self) -> list[Link]:
        return [kid for tag in self.below() for kid in tag.kids if isinstance(kid, Link)]

    @property
    def shape(self) -> Any:
        """Its type and those of what is in it: ``("L", ["LI", ...])``, text as ``"…"``."""
        kids = [kid.shape if isinstance(kid, Tag) else "…" for kid in self.kids if not isinstance(kid, Link)]
        return (self.kind, kids) if kids else self.kind

    def attribute(self, name: str) -> Any:
        given = self.entry.get("/A", {})
        for each in given if isinstance(given, list) else [given]:
            if f"/{name}" in each.get_object():
                return each.get_object()[f"/{name}"]
        return None


class TagTree:
    """The tags of a file. ``marked`` keeps the marked content that is in no tag; PDFium sees none in mere spaces."""

    def __init__(self, path: Path) -> None:
        self.reader = PdfReader(path)
        self.catalog = self.reader.trailer["/Root"]
        self._pages = {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages, 1)}
        self.marked, self.artifacts, self._bounds = _page_contents(path)
        self._of: dict[int, Tag] = {}
        top = self.catalog["/StructTreeRoot"]["/K"]
        self.root = self._tag(top[0] if isinstance(top, list) else top, None)

    def artifact_kinds(self, page: int) -> set[str]:
        """The subtypes of the artifacts of a page: Header, Footer, Watermark."""
        content = ContentStream(self.reader.pages[page - 1].get_contents(), self.reader)
        begun = (operands for operands, operator in content.operations if operator == b"BDC")
        return {str(given.get("/Subtype"))[1:] for tag, given in begun if tag == "/Artifact" and "/Subtype" in given}

    def tag_of(self, reference: IndirectObject) -> Tag:
        return self._of[reference.idnum]

    def _tag(self, reference: Any, parent: Tag | None) -> Tag:
        entry = reference.get_object()
        tag = Tag(str(entry["/S"])[1:], entry, parent)
        assert parent is None or entry["/P"] == parent.entry
        self._of[reference.idnum] = tag
        kids = entry.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            what = kid.get_object()
            if isinstance(what, int):
                tag.kids.append(self._words(entry, int(what)))
            elif what.get("/Type") == "/MCR":
                tag.kids.append(self._words(what, int(what["/MCID"])))
            elif what.get("/Type") == "/OBJR":
                tag.kids.append(Link(what["/Obj"].get_object(), self._pages[what.raw_get("/Pg").idnum]))
            else:
                tag.kids.append(self._tag(kid, tag))
        return tag

    def _words(self, on: DictionaryObject, mcid: int) -> Words:
        page = self._pages[on.raw_get("/Pg").idnum]
        return Words(self.marked.pop((page, mcid), ""), page, self._bounds.get((page, mcid), (0, 0, 0, 0)))


Place = tuple[int, int]
"""A page and the number of marked content on it."""


def _page_contents(
    path: Path,
) -> tuple[dict[Place, str], dict[int, list[str]], dict[Place, tuple[float, float, float, float]]]:
    """The words of marked content, the words of each page's artifacts, and what marked content covers."""
    marked: dict[Place, str] = {}
    bounds: dict[Place, tuple[float, float, float, float]] = {}
    artifacts: dict[int, list[str]] = {}
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, 1):
        text_page = page.get_textpage()
        artifacts[number] = []
        for found in page.get_objects(max_depth=15):
            words = _words(found, text_page) if found.type == pdfium.FPDF_PAGEOBJ_TEXT else ""
            held = found
            while held.level and pdfium.FPDFPageObj_CountMarks(held) == 0:  # a form stands where it is drawn
                held = held.container
            mcid = pdfium.FPDFPageObj_GetMarkedContentID(held)
            marks = [pdfium.FPDFPageObj_GetMark(held, at) for at in range(pdfium.FPDFPageObj_CountMarks(held))]
            if mcid >= 0:
                marked[number, mcid] = marked.get((number, mcid), "") + words
                bounds[number, mcid] = found.get_bounds()
            elif words.strip():
                assert [_name(mark) for mark in marks] == ["Artifact"], f"page {number}: {words!r} is not marked"
                artifacts[number].append(words.strip())
    return marked, artifacts, bounds


def _words(found: Any, text_page: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(found, text_page, None, 0)
    buffer = ctypes.create_string_buffer(size * 2)
    pdfium.FPDFTextObj_GetText(found, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")


def _name(mark: Any) -> str:
    buffer, length = ctypes.create_string_buffer(200), ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 200, length)
    return buffer.raw[: length.value].decode("utf-16-le").rstrip("\0")
