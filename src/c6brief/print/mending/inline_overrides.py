"""CSS declarations for single elements, put into their ``style`` attributes and taken out again."""

from __future__ import annotations

from collections.abc import Hashable
from xml.etree.ElementTree import Element


class InlineOverrides:
    """The declarations of each element by the reason for them, beside those that its template wrote."""

    def __init__(self) -> None:
        self._written: dict[int, tuple[Element, str | None]] = {}
        self._overrides: dict[int, dict[Hashable, str]] = {}

    def set(self, element: Element, reason: Hashable, css: str) -> None:
        """Give ``element`` declarations for a ``reason``, in place of those it had for the same; empty: none."""
        self._written.setdefault(id(element), (element, element.get("style")))
        overrides = self._overrides.setdefault(id(element), {})
        overrides.pop(reason, None)
        if css:
            overrides[reason] = css
        own = self._written[id(element)][1]
        style = "; ".join([*([own.rstrip("; ")] if own else []), *overrides.values()])
        if style:
            element.set("style", style)
        else:
            element.attrib.pop("style", None)
