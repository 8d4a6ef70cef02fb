"""WeasyPrint's function that writes the tag tree, replaced by ours; and what it knows of what is drawn where.

WeasyPrint's own tree is wrong in more than a dozen ways (``docs/accessibility.md`` lists them), because it is made from
boxes, page by page. Ours is made from the HTML (:mod:`c6brief.print.tagging`), and only takes from the boxes what is
drawn where.

- Why: a screen reader would read tables, notes, lists and running lines wrongly.
- Uses: ``weasyprint.pdf.add_tags(pdf, document, pdf_version, page_streams)``, called once when all pages are painted;
  ``stream._tags``: for each box drawn, ``{"mcid": number, "tag": name}`` of its marked content, and the same dictionary
  in the streams of transparency groups; operations of a stream in the order name, properties, ``BDC``; of boxes what
  :mod:`~c6brief.print.weasyprint_document` names, ``at_keyword`` of margin boxes, ``replacement`` of pictures and
  ``text`` of texts.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``): its tags might claim what is not so.
- Test: ``tests/print/test_weasyprint_tags.py`` holds each of these against the installed version, and says which one broke;
  ``tests/print/test_tagging.py`` and ``tests/print/test_standards.py`` look at the files.
- Upstream: Kozea/WeasyPrint #2482 gathers what is wrong with its tags; ``docs/accessibility.md`` has a number for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from c6brief.print.drawn_content import (
    REPEATED,
    RUNNING_FOOT,
    RUNNING_HEAD,
    STAMP,
    ContentPiece,
    DrawnContent,
    LinkArea,
    Rectangle,
)
from c6brief.print.weasyprint_document import LaidOutDocument, LayoutBox, get_page_boxes, resolve_placeholder

POINTS = 0.75
"""Points in a CSS pixel."""

OF_THEIR_OWN = ("marker", "footnote-call", "footnote-marker")
"""Pseudo-elements that have a part of their own in the tree."""

_NOBODY = Element("nobody")
"""The element that running lines are given to."""


@contextmanager
def replace_tag_writer(write: Callable[[Any, LaidOutDocument, list[Any]], None]) -> Iterator[None]:
    """While this is open, WeasyPrint has ``write`` make the tag tree.

    ``write`` is given the ``pydyf.PDF``, the laid out document, and the content stream of each page.
    """
    import weasyprint.pdf

    original = weasyprint.pdf.add_tags

    def add_tags(pdf: Any, document: LaidOutDocument, pdf_version: Any, page_streams: list[Any]) -> None:
        write(pdf, document, page_streams)

    weasyprint.pdf.add_tags = add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = original


def read_content(document: LaidOutDocument, page_streams: list[Any]) -> DrawnContent:
    """What the pages of a painted ``document`` hold: their boxes read once, in the order of the box tree.

    Raises ``ValueError`` for something drawn that no box explains.
    """
    reader = _ContentReader()
    pages = zip(document.pages, get_page_boxes(document), page_streams, strict=True)
    for number, (page, box, stream) in enumerate(pages):
        reader.page, reader.height, reader.marked = number, page.height, dict(stream._tags)
        stream._tags.clear()
        reader.read(box)
        if reader.marked:
            raise ValueError(f"page {number + 1} draws something that stands in no box: {next(iter(reader.marked))}")
    return reader.content


@dataclass
class _ContentReader:
    """Reads page after page. ``marked`` holds what of the present one has not been read yet."""

    content: DrawnContent = field(default_factory=DrawnContent)
    page: int = 0
    height: float = 0
    marked: dict[LayoutBox, dict[str, Any]] = field(default_factory=dict)
    _order: int = 0
    _first_page: dict[Element, int] = field(default_factory=dict)

    def read(self, box: LayoutBox, kind: dict[str, str] | None = None) -> None:
        """Read ``box`` and all below it; ``kind`` is that of an artifact which it is part of."""
        box = resolve_placeholder(box)
        kind = kind or self._artifact_kind(box)
        element = _NOBODY if kind is not None or box.element is None else box.element
        pseudo = str(box.element_tag or "").partition("::")[2]
        key = (element, pseudo if pseudo in OF_THEIR_OWN else "")
        self.content.seen.add(element)
        self._order += 1
        if box.link_annotation:
            area = LinkArea(self._order, self.page, self._rectangle(box), box.link_annotation)
            (self.content.stray if element is _NOBODY else self.content.links.setdefault(element, [])).append(area)
        if pseudo in ("footnote-call", "footnote-marker"):
            self.content.areas.setdefault(key, LinkArea(self._order, self.page, self._rectangle(box)))
        if (drawn := self.marked.pop(box, None)) is not None:
            piece = self._piece(box, drawn["mcid"])
            self.content.pieces.setdefault(key, []).append(piece)
            if kind is not None:
                self.content.hide([piece], kind)
        for child in box.children:
            self.read(child, kind)

    def _artifact_kind(self, box: LayoutBox) -> dict[str, str] | None:
        """The kind of artifact that begins at ``box``, if it stands on this page for the page's sake."""
        margin: str | None = getattr(box, "at_keyword", None)
        if margin is not None:
            return RUNNING_HEAD if margin.startswith("@top") else RUNNING_FOOT
        element, tag = box.element, box.element_tag
        fixed = box.style["position"] == "fixed"
        if element is None or not (fixed or tag in ("thead", "tfoot")):
            return None
        if self._first_page.setdefault(element, self.page) == self.page:
            return None
        return STAMP if fixed else REPEATED

    def _piece(self, box: LayoutBox, mcid: int) -> ContentPiece:
        is_picture = hasattr(box, "replacement")
        rectangle = self._rectangle(box) if is_picture else (0, 0, 0, 0)
        return ContentPiece(self._order, self.page, mcid, getattr(box, "text", ""), rectangle, is_picture)

    def _rectangle(self, box: LayoutBox) -> Rectangle:
        x, y, width, height = box.hit_area()
        return x * POINTS, (self.height - y - height) * POINTS, (x + width) * POINTS, (self.height - y) * POINTS


def find_groups(pdf: Any, page_streams: list[Any]) -> dict[tuple[int, int], Any]:
    """The stream of the transparency group that a marked content is drawn in, by page (from 0) and number of the
    content.

    Groups count their marked content as a part of the page's.
    """
    numbers = {id(stream._tags): page for page, stream in enumerate(page_streams)}
    pages = {id(stream) for stream in page_streams}
    groups = {}
    for each in pdf.objects:
        tags = getattr(each, "_tags", None)
        if tags is not None and id(each) not in pages and id(tags) in numbers:
            for mcid in find_marked_content(each):
                groups[numbers[id(tags)], mcid] = each
    return groups


def find_marked_content(stream: Any) -> dict[int, int]:
    """Where in a stream's operations the properties of each marked content stand, by its number."""
    return {
        operation["MCID"]: at
        for at, operation in enumerate(stream.stream)
        if isinstance(operation, dict) and "MCID" in operation and stream.stream[at + 1] == b"BDC"
    }


def mark_artifact(stream: Any, at: int, kind: dict[str, str]) -> None:
    """Make an artifact of the marked content whose properties stand ``at`` this place in a stream's operations."""
    import pydyf

    stream.stream[at - 1 : at + 1] = ["/Artifact", pydyf.Dictionary(kind)]
