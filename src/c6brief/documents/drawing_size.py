"""How much an SVG drawing draws, before it is drawn: a few lines that use one another can unfold into billions of shapes.

Counted is what is drawn by reference too: `use`, patterns, gradients, markers, masks, clips and filters, each as often as
it is referred to (SVG 2, 5.6, 13 and 14). The count takes time that grows as the drawing does. Not followed are references to other
files and those that a `style` element gives to a part of the drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

MOST_DRAWN = 100_000
"""Shapes that are drawn of one drawing, or ten times as many as its file has elements: maps of this size stand by themselves."""

_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')]+)")
_NUMBER = re.compile(r"[-+.\d]+(?:e[-+]?\d+)?", re.I)
_BY_REFERENCE = frozenset(
    ("clipPath", "defs", "filter", "linearGradient", "marker", "mask", "pattern", "radialGradient", "symbol")
)
"""Elements that are not drawn where they stand (SVG 2, 5.3)."""

_ENOUGH = 10**12
_ENDS = frozenset(("marker-start", "marker-end"))


class Multiplied(NamedTuple):
    """What unfolds in a drawing."""

    shapes: int
    """How many shapes it draws, at most."""
    id: str
    """The id of the element that is referred to most."""


def find_multiplied_in(data: bytes) -> tuple[Multiplied, int] | None:
    """What unfolds in the file ``data`` of an SVG drawing, and the line where it is referred to.

    ``None`` where it is no drawing, or one that may be drawn.
    """
    if b"#" not in data or not (b"<svg" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")):
        return None
    try:
        found = find_multiplied(fromstring(data))
    except (ParseError, ValueError, LookupError):  # who draws it will say what is wrong
        return None
    if found is None:
        return None
    at = data.find(f"#{found.id}".encode())
    return found, data.count(b"\n", 0, max(at, 0)) + 1


def find_multiplied(drawing: Element) -> Multiplied | None:
    """What unfolds in the ``drawing``; ``None`` where it draws no more than it may."""
    sizes = _Sizes(drawing)
    shapes = sizes.size_of(drawing).shapes
    if shapes <= max(MOST_DRAWN, 10 * sizes.elements):
        return None
    return Multiplied(shapes, max(sizes.referred, key=lambda id_: sizes.referred[id_], default=""))


class _Size(NamedTuple):
    shapes: int
    vertices: int


_ONE = _Size(1, 0)


class _Sizes:
    """The sizes of the elements of a drawing, each counted once."""

    def __init__(self, drawing: Element) -> None:
        self.elements = 0
        by_id: dict[str, Element] = {}
        named: dict[Element, list[tuple[str, str]]] = {}
        for element in drawing.iter():
            self.elements += 1
            if id_ := element.get("id"):
                by_id.setdefault(id_, element)
            for key, value in element.items():
                if "#" in value:
                    named.setdefault(element, []).extend(_references(element, key.rpartition("}")[2], value))
            if _tag(element) == "style":
                found = (("style", match[1]) for match in _REFERENCE.finditer(element.text or ""))
                named.setdefault(drawing, []).extend(found)
        self._references = {
            element: [(name, id_, by_id[id_]) for name, id_ in references if id_ in by_id]
            for element, references in named.items()
        }
        self._has_markers = any(name.startswith("marker") for each in named.values() for name, _ in each)
        self._known: dict[Element, _Size | None] = {}
        self.referred: dict[str, int] = {}
        """By id, how many shapes the references to it add, at most."""

    def size_of(self, top: Element) -> _Size:
        """The size of ``top`` with all that it refers to. Elements that refer to themselves are counted as one there."""
        known = self._known
        waiting = [top]
        while waiting:
            element = waiting[-1]
            if element not in known:
                known[element] = None
                waiting += [child for child in element if child not in known]
                waiting += [target for _, _, target in self._references.get(element, ()) if target not in known]
            else:
                waiting.pop()
                if known[element] is None:
                    known[element] = self._add_up(element)
        return known[top] or _ONE

    def _add_up(self, element: Element) -> _Size:
        shapes, vertices = 1, 0
        if self._has_markers:
            vertices = len(_NUMBER.findall(element.get("d") or element.get("points") or "")) // 2
        for child in element:
            if _tag(child) not in _BY_REFERENCE:
                size = self._known.get(child) or _ONE
                shapes, vertices = shapes + size.shapes, vertices + size.vertices
        own, own_vertices = shapes, vertices
        for name, id_, target in self._references.get(element, ()):
            size = self._known.get(target) or _ONE
            if name.startswith("marker") and name not in _ENDS:
                added = size.shapes * max(1, own_vertices)
            elif name.startswith(("fill", "stroke", "marker", "style")):  # what is in it inherits them
                added = size.shapes * own
            else:
                added = size.shapes
            if name == "use":
                vertices += size.vertices
            shapes += added
            self.referred[id_] = max(self.referred.get(id_, 0), min(added, _ENOUGH))
        return _Size(min(shapes, _ENOUGH), min(vertices, _ENOUGH))


def _references(element: Element, name: str, value: str) -> Iterator[tuple[str, str]]:
    """The ids that an attribute of ``element`` refers to, each with the property, or with ``use`` or ``href``."""
    if name == "href" and value.startswith("#"):
        yield ("use" if _tag(element) == "use" else name), value[1:]
    elif name == "style":
        for declaration in value.split(";"):
            property_, _, given = declaration.partition(":")
            for match in _REFERENCE.finditer(given):
                yield property_.strip().lower(), match[1]
    else:
        for match in _REFERENCE.finditer(value):
            yield name, match[1]


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
