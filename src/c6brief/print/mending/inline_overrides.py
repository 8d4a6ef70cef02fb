"""Declarations for single elements, put into their ``style`` attributes and taken out again."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element


class InlineOverrides:
    """What each element is given for which reason, beside what its template wrote."""

    def __init__(self) -> None:
        self._written: dict[int, tuple[Element, str | None]] = {}
        self._given: dict[int, dict[Any, str]] = {}

    def give(self, element: Element, reason: Any, css: str) -> None:
        """Give ``element`` declarations for a ``reason``, in place of those it had for the same; empty: none."""
        self._written.setdefault(id(element), (element, element.get("style")))
        given = self._given.setdefault(id(element), {})
        given.pop(reason, None)
        if css:
            given[reason] = css
        own = self._written[id(element)][1]
        style = "; ".join([*([own.rstrip("; ")] if own else []), *given.values()])
        if style:
            element.set("style", style)
        else:
            element.attrib.pop("style", None)
