"""A structure element before it is written (ISO 32000-1, 14.7.2), and what its content may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from c6brief.print.tagging.content import Area, Piece


@dataclass(eq=False)
class Node:
    """An element of the tag tree. ``kind`` is its standard structure type, ``kids`` are in the order of reading."""

    kind: str
    kids: list[Kid]
    element: Element | None = None
    language: str = ""
    alt: str = ""
    expansion: str = ""
    id: str = ""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By owner: ``{"Table": {"RowSpan": 2}}``."""
    refers_to: list[Node] = field(default_factory=list)

    def below(self) -> Iterator[Kid]:
        """Everything in it, in the order of reading."""
        for kid in self.kids:
            yield kid
            if isinstance(kid, Node):
                yield from kid.below()


@dataclass(eq=False)
class Leap:
    """A place on a page that leads to ``target``, made here and not by the template: ``label`` says what it does.

    ``place`` is where the target stands.
    """

    area: Area
    target: Node
    place: Area
    label: str


@dataclass(eq=False)
class Way:
    """A link's place on a page, as WeasyPrint made it; ``label`` says where it leads."""

    area: Area
    label: str


Kid = Node | Piece | Leap | Way

INLINE = frozenset(("Span", "Link", "Reference", "Quote", "Code", "Em", "Strong", "Lbl"))
"""Types that stand inside a line of text. A picture is not among them: it makes no paragraph by itself."""

NOTES = frozenset(("Note", "FENote"))


def is_inline(kid: Kid) -> bool:
    return not isinstance(kid, Node) or kid.kind in INLINE or kid.kind in NOTES


def without_notes(kids: list[Kid]) -> tuple[list[Kid], list[Kid]]:
    """``kids`` without the notes called in them, however deep in a line, and these notes in order."""
    kept: list[Kid] = []
    notes: list[Kid] = []
    for kid in kids:
        if isinstance(kid, Node) and kid.kind in NOTES:
            notes.append(kid)
            continue
        if isinstance(kid, Node) and kid.kind in INLINE:
            kid.kids, called = without_notes(kid.kids)
            notes += called
        kept.append(kid)
    return kept, notes
