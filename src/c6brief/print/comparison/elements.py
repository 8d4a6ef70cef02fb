"""Elements of a page, and those around them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from xml.etree.ElementTree import Element

Parents = Mapping[Element, Element]
"""The element around each element of a page; the root has none."""


def list_around(element: Element | None, parents: Parents) -> Iterator[Element]:
    """``element`` and those around it, from the innermost."""
    while element is not None:
        yield element
        element = parents.get(element)


def find_holder(element: Element | None, tags: Collection[str], parents: Parents) -> Element | None:
    """The innermost of ``element`` and those around it that has one of ``tags``."""
    return next((each for each in list_around(element, parents) if each.tag in tags), None)


def is_in_note(element: Element | None, parents: Parents) -> bool:
    """Whether an element is a note, or stands in one."""
    return any("note" in (each.get("class") or "").split() for each in list_around(element, parents))
