"""The styles of all elements and pages for one layout, computed only where no layout before has done it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from weasyprint.css import StyleFor, declaration_precedence, find_style_attributes, preprocess_declarations
from weasyprint.layout.page import PageType

from c6brief.print.weasyprint_layouts.style_cache import Declared, StyleCache, StyleSheets


class CachedStyleFor(StyleFor):  # type: ignore[misc]  # WeasyPrint has no types
    """WeasyPrint's ``StyleFor``, made of styles that are known from the layouts before wherever possible.

    An element has the styles it had if its parent has, and it matches the same declarations and has the same attributes
    that speak of style. The root and the body have styles of their own in each layout, which WeasyPrint changes.
    """

    def __init__(
        self, styles: StyleCache, html: Any, sheets: StyleSheets, font_config: Any, target_collector: Any
    ) -> None:
        styles.begin()
        # Not what it inherits, which computes all styles anew.
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self._sheets = sheets
        self.font_config = font_config
        self.initial_page_sizes = styles.sizes
        self._html, self._styles = html, styles
        self._page_declarations: dict[int, tuple[Any, tuple[int, ...]]] = {}
        """The numbers of what rules of pages declare, after the list of declarations that has this identity."""
        root = html.etree_element
        own = {root, *root.iterfind("body")}
        pseudo_elements: list[Any] = []
        numbered = [(styles.number_sheet(sheet), sheet, origin, specificity) for sheet, origin, specificity in sheets]
        for wrapper in html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            parent = wrapper.parent.etree_element if wrapper.parent else None
            above = styles.handed_down(self._computed_styles[parent, None]) if wrapper.parent else 0
            matches = [
                (number, sheet, origin, specificity, found)
                for number, sheet, origin, specificity in numbered
                for found in sheet.matcher.match(wrapper)
            ]
            key = (above, _style_attributes(element), *((number, found[1]) for number, *_, found in matches))
            known = None if element in own else styles.recall(key)
            if known is None:
                known = self._compute(element, parent, matches, keep=element not in own)
                if element not in own:
                    styles.remember(key, known)
            for pseudo, style in known:
                self._computed_styles[element, pseudo] = style
                if pseudo:
                    pseudo_elements.append(style)
                    styles.changed = styles.changed or pseudo in ("first-letter", "first-line")
                elif style["anchor"]:
                    target_collector.collect_anchor(style["anchor"])
        for style in pseudo_elements:
            if style["anchor"]:
                target_collector.collect_anchor(style["anchor"])

    def set_computed_styles(self, element: Any, *arguments: Any, **named: Any) -> None:
        """As WeasyPrint does, but for pages, which have their styles already."""
        if not isinstance(element, PageType):
            super().set_computed_styles(element, *arguments, **named)

    def add_page_declarations(self, page_type: Any) -> None:
        """Give pages of ``page_type``, and their margins, their styles: those of another page where the same rules
        match, as they do for most. WeasyPrint asks for their computed styles right after this.
        """
        root = self._html.etree_element
        inherited = self._styles.handed_down(self._computed_styles[root, None])
        key = ("@page", inherited, *self._match_page_rules(page_type))
        known = self._styles.recall(key)
        if known is None:
            super().add_page_declarations(page_type)
            known = []
            for pseudo in (None, *(pseudo for _, pseudo in self._cascaded_styles if pseudo)):
                parent = page_type if pseudo else root
                super().set_computed_styles(page_type, parent, root, pseudo, self._html.base_url)
                style = self._computed_styles[page_type, pseudo] = self._styles.keep(
                    self._computed_styles[page_type, pseudo]
                )
                known.append((pseudo, style))
            self._cascaded_styles.clear()
            self._styles.remember(key, known)
        self._computed_styles.update({(page_type, pseudo): style for pseudo, style in known})

    def _match_page_rules(self, page_type: Any) -> Iterator[Any]:
        """The declarations of the rules that match ``page_type``, in a form that compares."""
        for sheet, origin, specificity in self._sheets:
            for _, selectors, declarations in sheet.page_rules:
                for own, pseudo, wanted in selectors:
                    if self._page_type_match(wanted, page_type):
                        numbered = self._page_declarations.get(id(declarations))
                        if numbered is None:
                            numbers = self._styles.number_declarations(declarations)
                            numbered = self._page_declarations[id(declarations)] = declarations, numbers
                        yield origin, tuple(specificity or own), pseudo, numbered[1]

    def _compute(self, element: Any, parent: Any, matches: list[Any], keep: bool) -> list[tuple[str | None, Any]]:
        """The styles of an element and its pseudo-elements."""
        base_url = self._html.base_url
        cascaded = self._cascaded_styles

        def declare(pseudo: str | None, declared: Iterable[tuple[str, Declared]]) -> None:
            style = cascaded.setdefault((element, pseudo), {})
            for name, each in declared:
                if name not in style or style[name][1] <= each[1]:
                    style[name] = each

        for specificity, _, declarations, url in find_style_attributes(_SingleElement(element), False, base_url):
            for name, value, important in preprocess_declarations(url, declarations):
                weight = declaration_precedence("author", important), inf, specificity
                declare(None, [(name, self._styles.share(name, value, weight))])
        for match in matches:
            found = match[-1]
            declare(found[2], self._styles.prepare(*match))
        cascaded.setdefault((element, None), {})
        styles = []
        root = self._html.etree_element
        for _, pseudo in sorted(cascaded, key=lambda key: key[1] is not None):
            self.set_computed_styles(
                element, element if pseudo else parent, root=root, pseudo_type=pseudo, base_url=base_url
            )
            style = self._computed_styles[element, pseudo]
            if keep:
                style = self._computed_styles[element, pseudo] = self._styles.keep(style)
            styles.append((pseudo, style))
        cascaded.clear()
        return styles


@dataclass(frozen=True)
class _SingleElement:
    """A tree of one element, for WeasyPrint to look for attributes in."""

    element: Any

    def iter(self) -> Iterator[Any]:
        yield self.element


def _style_attributes(element: Any) -> tuple[Any, ...]:
    """The attributes of an element that say something of its style: all that ``find_style_attributes`` looks at."""
    get = element.get
    return element.tag, get("style"), get("lang"), get("id"), get("name"), get("width"), get("height")
