"""What is drawn, where, and of which HTML element.

A *piece* is one marked-content sequence (ISO 32000-1, 14.6): a line's part of the text of one element, or a picture.
Running lines, repeated table heads and stamps are artifacts: they belong to pages, not to the text.
:func:`~c6brief.print.weasyprint_tags.read_content` reads all of it from the boxes of the pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right and top in points, from the page's lower left corner."""

RUNNING_HEAD = {"Type": "/Pagination", "Subtype": "/Header"}
RUNNING_FOOT = {"Type": "/Pagination", "Subtype": "/Footer"}
REPEATED = {"Type": "/Pagination"}
STAMP = {"Type": "/Pagination", "Subtype": "/Watermark"}
DECORATION = {"Type": "/Layout"}
"""Kinds of artifacts (ISO 32000-1, table 330), as the property list of their marked content."""


@dataclass(frozen=True, eq=False)
class ContentPiece:
    """Something drawn: its place in the order of boxes, its page from 0, the number of its marked content there."""

    order: int
    page: int
    mcid: int
    text: str
    """Empty for a picture."""
    rectangle: Rectangle
    """Of a picture."""
    is_picture: bool


@dataclass(eq=False)
class LinkArea:
    """A place on a page that leads somewhere: a link's annotation, or one to be made (``annotation`` is ``None``)."""

    order: int
    page: int
    rectangle: Rectangle
    annotation: Any = None


@dataclass
class DrawnContent:
    """Everything on the pages, by element.

    Pieces and areas of pseudo-elements that have a part of their own in the tree (``marker``, ``footnote-call``,
    ``footnote-marker``) are kept apart from the element's own; those of ``::before`` and the like are its own.
    """

    pieces: dict[tuple[Element, str], list[ContentPiece]] = field(default_factory=dict)
    links: dict[Element, list[LinkArea]] = field(default_factory=dict)
    areas: dict[tuple[Element, str], LinkArea] = field(default_factory=dict)
    """Where the calls and the markers of notes stand."""
    seen: set[Element] = field(default_factory=set)
    """Elements that have a box: the others are not displayed."""
    artifacts: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)
    """The kind of each artifact, by page and number of marked content."""
    stray: list[LinkArea] = field(default_factory=list)
    """Links in running lines and the like, which no reader can reach."""

    def own(self, element: Element, pseudo: str = "") -> list[ContentPiece]:
        """The pieces of ``element``, or of one of its pseudo-elements, without those of elements in it."""
        return self.pieces.get((element, pseudo), [])

    def below(self, element: Element) -> list[ContentPiece]:
        """All pieces of ``element`` and what is in it, in order."""
        found = [piece for each in element.iter() for piece in self.own(each)]
        return sorted(found, key=lambda piece: piece.order)

    def is_artifact(self, piece: ContentPiece) -> bool:
        return (piece.page, piece.mcid) in self.artifacts

    def hide(self, pieces: Iterable[ContentPiece], kind: dict[str, str] = DECORATION) -> None:
        """Make artifacts of ``pieces``."""
        for piece in pieces:
            self.artifacts[piece.page, piece.mcid] = kind
