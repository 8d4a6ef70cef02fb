"""A structure element before it is written (ISO 32000-1, 14.7.2), and what its content may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol
from xml.etree.ElementTree import Element

from c6brief.print.drawn_content import ContentPiece, DrawnContent, LinkArea
from c6brief.print.tagging.roles import StructureTypes


@dataclass(eq=False)
class StructureNode:
    """An element of the tag tree."""

    kind: str
    """Its standard structure type."""
    kids: list[Kid]
    """In the order of reading."""
    element: Element | None = None
    """The HTML element that it is made of."""
    language: str = ""
    alt: str = ""
    expansion: str = ""
    """Of an abbreviation."""
    id: str = ""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By owner: ``{"Table": {"RowSpan": 2}}``."""
    refers_to: list[StructureNode] = field(default_factory=list)

    def below(self) -> Iterator[Kid]:
        """Everything in it, in the order of reading."""
        for kid in self.kids:
            yield kid
            if isinstance(kid, StructureNode):
                yield from kid.below()


@dataclass(eq=False)
class NoteLink:
    """A link from a note's call to the note, or back, which the template does not make."""

    area: LinkArea
    """Where it stands."""
    target: StructureNode
    place: LinkArea
    """Where the target stands."""
    label: str
    """What it does, in words."""


@dataclass(eq=False)
class TemplateLink:
    """A place on a page of a link of the template, as WeasyPrint has made it."""

    area: LinkArea
    label: str
    """Where it leads, in words."""


Kid = StructureNode | ContentPiece | NoteLink | TemplateLink
"""What a structure element holds."""


class NodeBuilder(Protocol):
    """What lists and tables need of the builder of the tree that they are a part of."""

    content: DrawnContent
    types: StructureTypes
    labels: set[Element]

    def element(self, element: Element) -> list[Kid]: ...
    def kids(self, element: Element) -> list[Kid]: ...
    def filled(self, kids: list[Kid]) -> list[Kid]: ...
    def node(self, kind: str, kids: list[Kid], element: Element) -> StructureNode: ...
    def count(self, what: str) -> int: ...
    def around(self, element: Element) -> Iterator[Element]: ...


INLINE = frozenset(("Span", "Link", "Reference", "Quote", "Code", "Em", "Strong", "Lbl"))
"""Types that stand inside a line of text. A picture is not among them: it makes no paragraph by itself."""

NOTES = frozenset(("Note", "FENote"))


def is_inline(kid: Kid) -> bool:
    """Whether ``kid`` stands inside a line of text."""
    return not isinstance(kid, StructureNode) or kid.kind in INLINE or kid.kind in NOTES


def split_off_notes(kids: list[Kid]) -> tuple[list[Kid], list[Kid]]:
    """``kids`` without the notes called in them, however deep in a line, and these notes in order."""
    kept: list[Kid] = []
    notes: list[Kid] = []
    for kid in kids:
        if isinstance(kid, StructureNode) and kid.kind in NOTES:
            notes.append(kid)
            continue
        if isinstance(kid, StructureNode) and kid.kind in INLINE:
            kid.kids, called = split_off_notes(kid.kids)
            notes += called
        kept.append(kid)
    return kept, notes
