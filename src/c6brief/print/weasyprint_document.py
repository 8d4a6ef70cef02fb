"""WeasyPrint's laid out documents, pages, boxes and fonts: what this room reads of them.

WeasyPrint lays a document out as a tree of boxes for each page. Mending measures these boxes and moves some of them,
tags take from them what is drawn where, and page numbers where an anchor stands. The classes below are protocols: they
name the attributes of WeasyPrint's own classes that are used, and a type checker holds their users to them. All lengths
are CSS pixels (1/96 inch) from the upper left corner of the page.

- Why: WeasyPrint's interface gives a page's size, links, anchors and bookmarks, and nothing of the places of text.
- Uses: ``Page._page_box`` and the attributes and methods of boxes that the protocols name;
  ``AbsolutePlaceholder._box``; the names of the classes ``LineBox``, ``BlockBox`` and ``FootnoteAreaBox``;
  ``HTML.etree_element`` and ``url_fetcher``; ``missing`` and ``family`` of fonts.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``test_boxes_are_as_their_protocols_say`` in ``tests/house/test_private_parts.py``.
- Upstream: Kozea/WeasyPrint #265 says that boxes are an implementation detail; nothing public is planned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, cast
from xml.etree.ElementTree import Element

from c6brief.documents.addition import total


class BoxStyle(Protocol):
    """The computed style of a box: values by the names of properties, with underscores in place of hyphens."""

    def __getitem__(self, name: str) -> Any: ...


class LayoutBox(Protocol):
    """A box of a page."""

    element: Element | None
    """The HTML element that it belongs to; ``None`` for what belongs to the page alone."""
    element_tag: str | None
    """The tag of that element, with its pseudo-element if it is one's: ``li::marker``."""
    style: BoxStyle
    position_x: float
    position_y: float
    width: float
    height: float
    """Of the content box; width and height are the text ``auto`` on boxes that layout gives no size, as in lines."""
    padding_bottom: float
    border_top_width: float
    border_bottom_width: float
    link_annotation: Any
    """The ``pydyf.Dictionary`` of the link that it is, once the page is painted; else ``None``."""

    @property
    def children(self) -> Sequence[LayoutBox]: ...
    def descendants(self) -> Iterator[LayoutBox]:
        """The box and all below it."""

    def is_in_normal_flow(self) -> bool: ...
    def translate(self, dx: float = 0, dy: float = 0) -> None: ...
    def content_box_x(self) -> float: ...
    def content_box_y(self) -> float: ...
    def border_box_x(self) -> float: ...
    def border_box_y(self) -> float: ...
    def border_width(self) -> float: ...
    def border_height(self) -> float: ...
    def margin_height(self) -> float: ...
    def hit_area(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of its border box."""


class PageBox(LayoutBox, Protocol):
    """The box of a page. Its children are the box of the root element, the area of its notes, and its margin boxes."""


class LaidOutPage(Protocol):
    """A page of a laid out document."""

    height: float
    """With its margins."""
    _page_box: PageBox


class UsedFont(Protocol):
    """A font that a written document uses."""

    family: str
    missing: Collection[int]
    """Code points that were to be set in it and for which it has no glyph."""


class DocumentHead(Protocol):
    """What the head of a document says."""

    lang: str | None
    title: str | None
    keywords: list[str]


class LaidOutDocument(Protocol):
    """WeasyPrint's ``Document``."""

    pages: Sequence[LaidOutPage]
    metadata: DocumentHead
    fonts: Mapping[Any, UsedFont]

    def write_pdf(self, *, finisher: Any, pdf_variant: str, pdf_tags: bool, pdf_identifier: str) -> bytes: ...


class ParsedDocument(Protocol):
    """WeasyPrint's ``HTML``: a document that is parsed and not laid out."""

    etree_element: Element
    url_fetcher: Any


def get_root(html: ParsedDocument) -> Element:
    """The root element of a parsed document. Changes to it show in later layouts."""
    return html.etree_element


def get_page_boxes(document: LaidOutDocument) -> list[PageBox]:
    """The box of each page, in order."""
    return [page._page_box for page in document.pages]


def get_fonts(document: LaidOutDocument) -> Iterable[UsedFont]:
    """The fonts that a written document uses."""
    return document.fonts.values()


def is_placeholder(box: LayoutBox) -> bool:
    """Whether ``box`` stands for one that is positioned and was taken out of the flow."""
    return hasattr(box, "_box")


def resolve_placeholder(box: LayoutBox) -> LayoutBox:
    """The positioned box that ``box`` stands for, or ``box`` itself."""
    return cast(LayoutBox, getattr(box, "_box", box))


def walk(box: LayoutBox) -> Iterator[LayoutBox]:
    """``box`` and all boxes below it in order, positioned ones among them."""
    box = resolve_placeholder(box)
    yield box
    for child in box.children:
        yield from walk(child)


def is_line(box: LayoutBox) -> bool:
    """Whether ``box`` is a line of text."""
    return type(box).__name__ == "LineBox"


def is_plain_block(box: LayoutBox) -> bool:
    """Whether ``box`` is a block and nothing more special: no table, no area of notes, no grid."""
    return type(box).__name__ == "BlockBox"


def get_top(box: LayoutBox) -> float:
    """How far ``top`` of CSS moves a positioned box down; 0 where it does not."""
    top = getattr(box, "top", 0.0)
    return top if isinstance(top, (int, float)) else 0.0


def get_note_areas(page: PageBox) -> list[LayoutBox]:
    """The areas of notes at the foot of ``page``: one, which may be empty."""
    return [child for child in page.children if type(child).__name__ == "FootnoteAreaBox"]


def get_note_height(page: PageBox) -> float:
    """The height that notes take at the foot of ``page``."""
    return total(area.margin_height() for area in get_note_areas(page) if area.children)


def get_page_variable(page: PageBox, name: str) -> float:
    """The number of CSS pixels that the CSS variable ``name`` (``--shortened``) of ``page`` is set to; 0 where it is not."""
    lengths = [token.value for token in page.style[name.replace("-", "_")] if token.type == "dimension"]
    return float(lengths[0]) if lengths else 0.0


def get_classes(box: LayoutBox) -> list[str]:
    """The classes of the element that ``box`` belongs to."""
    return (box.element.get("class") or "").split() if box.element is not None else []
