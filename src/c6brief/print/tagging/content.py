"""What is drawn, where, and of which HTML element: the pages' boxes read once, in the order of the box tree.

A *piece* is one marked-content sequence (ISO 32000-1, 14.6): a line's part of the text of one element, or a picture.
Running lines, repeated table heads and stamps are told apart here already: they belong to pages, not to the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

POINTS = 0.75
"""Points in a CSS pixel."""

RUNNING_HEAD = {"Type": "/Pagination", "Subtype": "/Header"}
RUNNING_FOOT = {"Type": "/Pagination", "Subtype": "/Footer"}
REPEATED = {"Type": "/Pagination"}
STAMP = {"Type": "/Pagination", "Subtype": "/Watermark"}
DECORATION = {"Type": "/Layout"}
"""Kinds of artifacts (ISO 32000-1, table 330), as the property list of their marked content."""


@dataclass(frozen=True, eq=False)
class Piece:
    """Something drawn: its place in the order of boxes, its page from 0, the number of its marked content there."""

    order: int
    page: int
    mcid: int
    text: str
    """Empty for a picture."""
    rectangle: tuple[float, float, float, float]
    """Of a picture: left, bottom, right, top in points, from the page's lower left corner."""
    is_picture: bool


@dataclass(eq=False)
class Area:
    """A place on a page that leads somewhere: a link's annotation, or one to be made (``annotation`` is ``None``)."""

    order: int
    page: int
    rectangle: tuple[float, float, float, float]
    annotation: Any = None


@dataclass
class Content:
    """Everything on the pages, by element.

    Pieces and areas of pseudo-elements that have a part of their own in the tree (``marker``, ``footnote-call``,
    ``footnote-marker``) are kept apart from the element's own; those of ``::before`` and the like are its own.
    """

    pieces: dict[tuple[Element, str], list[Piece]] = field(default_factory=dict)
    links: dict[Element, list[Area]] = field(default_factory=dict)
    areas: dict[tuple[Element, str], Area] = field(default_factory=dict)
    """Where the calls and the markers of notes stand."""
    seen: set[Element] = field(default_factory=set)
    """Elements that have a box: the others are not displayed."""
    artifacts: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)
    """The kind of each artifact, by page and number of marked content."""
    stray: list[Area] = field(default_factory=list)
    """Links in running lines and the like, which no reader can reach."""

    def own(self, element: Element, pseudo: str = "") -> list[Piece]:
        return self.pieces.get((element, pseudo), [])

    def below(self, element: Element) -> list[Piece]:
        """All pieces of ``element`` and what is in it, in order."""
        found = [piece for each in element.iter() for piece in self.own(each)]
        return sorted(found, key=lambda piece: piece.order)

    def is_artifact(self, piece: Piece) -> bool:
        return (piece.page, piece.mcid) in self.artifacts

    def hide(self, pieces: list[Piece], kind: dict[str, str] = DECORATION) -> None:
        """Make artifacts of ``pieces``."""
        for piece in pieces:
            self.artifacts[piece.page, piece.mcid] = kind


APART = ("marker", "footnote-call", "footnote-marker")

_NOBODY = Element("nobody")
"""Whose the text of running lines is."""


def read_content(document: Any, page_streams: list[Any]) -> Content:
    """What the pages of a painted ``document`` hold. Raises ``ValueError`` for something drawn that no box explains."""
    reader = _ContentReader()
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        reader.page, reader.height, reader.marked = number, page.height, dict(stream._tags)
        stream._tags.clear()
        reader.read(page._page_box)
        if reader.marked:
            raise ValueError(f"page {number + 1} draws something that stands in no box: {next(iter(reader.marked))}")
    return reader.content


@dataclass
class _ContentReader:
    """Reads page after page. ``marked`` holds what of the present one has not been read yet."""

    content: Content = field(default_factory=Content)
    page: int = 0
    height: float = 0
    marked: dict[Any, dict[str, Any]] = field(default_factory=dict)
    _order: int = 0
    _first_page: dict[Element, int] = field(default_factory=dict)

    def read(self, box: Any, kind: dict[str, str] | None = None) -> None:
        """Read ``box`` and all below it; ``kind`` is that of an artifact which it is part of."""
        box = getattr(box, "_box", box)  # what is positioned stands behind a placeholder
        kind = kind or self._kind(box)
        element = _NOBODY if kind is not None or box.element is None else box.element
        pseudo = str(box.element_tag or "").partition("::")[2]
        key = (element, pseudo if pseudo in APART else "")
        self.content.seen.add(element)
        self._order += 1
        if box.link_annotation:
            area = Area(self._order, self.page, self._rectangle(box), box.link_annotation)
            (self.content.stray if element is _NOBODY else self.content.links.setdefault(element, [])).append(area)
        if pseudo in ("footnote-call", "footnote-marker"):
            self.content.areas.setdefault(key, Area(self._order, self.page, self._rectangle(box)))
        if (drawn := self.marked.pop(box, None)) is not None:
            piece = self._piece(box, drawn["mcid"])
            self.content.pieces.setdefault(key, []).append(piece)
            if kind is not None:
                self.content.hide([piece], kind)
        for child in box.children:
            self.read(child, kind)

    def _kind(self, box: Any) -> dict[str, str] | None:
        """The kind of artifact that begins at ``box``, if it stands on this page for the page's sake."""
        if hasattr(box, "at_keyword"):
            return RUNNING_HEAD if box.at_keyword.startswith("@top") else RUNNING_FOOT
        element, tag = box.element, box.element_tag
        fixed = box.style["position"] == "fixed"
        if element is None or not (fixed or tag in ("thead", "tfoot")):
            return None
        if self._first_page.setdefault(element, self.page) == self.page:
            return None
        return STAMP if fixed else REPEATED

    def _piece(self, box: Any, mcid: int) -> Piece:
        is_picture = hasattr(box, "replacement")
        rectangle = self._rectangle(box) if is_picture else (0, 0, 0, 0)
        return Piece(self._order, self.page, mcid, getattr(box, "text", ""), rectangle, is_picture)

    def _rectangle(self, box: Any) -> tuple[float, float, float, float]:
        x, y, width, height = box.hit_area()
        return x * POINTS, (self.height - y - height) * POINTS, (x + width) * POINTS, (self.height - y) * POINTS
