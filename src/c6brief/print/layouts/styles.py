"""Styles that are computed once for all layouts of a document, and numbers to tell them apart by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from weasyprint.css import StyleFor, declaration_precedence, find_style_attributes, preprocess_declarations

Sheets = list[tuple[Any, str, Any]]
"""WeasyPrint's style sheets, each with its origin and specificity."""


class Sizes(dict[str, Any]):
    """The sizes of the first page, which WeasyPrint puts here and lengths like ``1vh`` are relative to."""

    used = False
    """Whether there are such lengths."""

    def __getitem__(self, name: str) -> Any:
        self.used = True
        return super().__getitem__(name)


class Styles:
    """The computed styles of all layouts.

    Two styles are the same, and have one number, that make the same declarations on top of the same parent's.
    Declarations are told apart by value, and what has no value of its own (a formula with ``var()``) by identity: so two
    styles may be taken for different that are not, and never the other way round.
    """

    def __init__(self) -> None:
        self.sizes = Sizes()
        self.running = False
        """Whether a style of this layout takes its element out of the text into the margins of a page."""
        self._numbers: dict[Any, int] = {}
        self._running: set[int] = set()
        self._values: dict[int, tuple[Any, Any]] = {}
        self._kept: dict[int, Any] = {}
        self._known: dict[Any, list[tuple[str | None, int]]] = {}
        self._sheets: list[Sheets] = []
        """Of all layouts: what has an identity alone keeps it."""
        self._of_all: dict[int, tuple[Any, int]] = {}
        self._of_this: dict[int, tuple[Any, int]] = {}

    def forget(self) -> None:
        """Compute all styles anew in the next layout."""
        self._kept, self._known, self._of_all = {}, {}, {}

    def number(self, style: Any) -> int:
        """The number of a computed style, of an anonymous box's style, or of ``None``."""
        if style is None:
            return 0
        found = self._of_all.get(id(style)) or self._of_this.get(id(style))
        if found is not None:
            return found[1]
        cascaded = getattr(style, "cascaded", None)
        key: Any = self.number(style.parent_style)
        if cascaded is not None:
            key = (key, style.pseudo_type, *cascaded.items())
            try:
                hash(key)
            except TypeError:
                declared = ((name, self._value(value), _hashable(weight)) for name, (value, weight) in cascaded.items())
                key = (*key[:2], *declared)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers) + 1
            if style["position"][0] in ("running()", "note()"):
                self._running.add(number)
        self.running = self.running or number in self._running
        self._of_this[id(style)] = style, number
        return number

    def compute(self, html: Any, sheets: Sheets, font_config: Any, target_collector: Any) -> Computed:
        """The styles of all elements, for one layout."""
        self._of_this, self.running = {}, False
        self.sizes.update(box=None, area=None)
        self._sheets.append(sheets)
        return Computed(self, html, sheets, font_config, target_collector)

    def keep(self, style: Any) -> Any:
        """The style to use in place of ``style``: the first one that had its number."""
        number = self.number(style)
        kept = self._kept.setdefault(number, style)
        self._of_all[id(kept)] = kept, number
        return kept

    def known(self, key: Any) -> list[tuple[str | None, Any]] | None:
        """The styles of an element and its pseudo-elements, where they were computed before under ``key``."""
        found = self._known.get(key)
        if found is None:
            return None
        self.running = self.running or any(number in self._running for _, number in found)
        return [(pseudo, self._kept[number]) for pseudo, number in found]

    def learn(self, key: Any, styles: list[tuple[str | None, Any]]) -> None:
        """Remember the kept ``styles`` of an element under ``key``."""
        self._known[key] = [(pseudo, self.number(style)) for pseudo, style in styles]

    def _value(self, value: Any) -> Any:
        """Something that can be looked up, for a declared value."""
        found = self._values.get(id(value))
        if found is None:
            found = self._values[id(value)] = value, _hashable(value)
        return found[1]


class Computed(StyleFor):
    """WeasyPrint's ``StyleFor``, made of styles that are known from the layouts before wherever possible.

    An element has the styles it had if its parent has, and it matches the same declarations and has the same attributes
    that speak of style. The root and the body have styles of their own in each layout, which WeasyPrint changes.
    """

    def __init__(self, styles: Styles, html: Any, sheets: Sheets, font_config: Any, target_collector: Any) -> None:
        # Not what it inherits, which computes all styles anew.
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self._sheets = sheets
        self.font_config = font_config
        self.initial_page_sizes = styles.sizes
        self._html, self._styles, self._collector = html, styles, target_collector
        root = html.etree_element
        own = {root, *root.iterfind("body")}
        pseudo_elements: list[Any] = []
        for wrapper in html.wrapper_element.iter_subtree():
            element = wrapper.etree_element
            parent = wrapper.parent.etree_element if wrapper.parent else None
            above = styles.number(self._computed_styles[parent, None]) if wrapper.parent else 0
            matches = [
                (sheet, origin, specificity, found)
                for sheet, origin, specificity in sheets
                for found in sheet.matcher.match(wrapper)
            ]
            key = (above, _spoken(element), *((id(sheet), *found[:2], id(found[3])) for sheet, _, _, found in matches))
            known = None if element in own else styles.known(key)
            if known is None:
                known = self._compute(element, parent, matches, keep=element not in own)
                if element not in own:
                    styles.learn(key, known)
            for pseudo, style in known:
                self._computed_styles[element, pseudo] = style
                if pseudo:
                    pseudo_elements.append(style)
                elif style["anchor"]:
                    target_collector.collect_anchor(style["anchor"])
        for style in pseudo_elements:
            if style["anchor"]:
                target_collector.collect_anchor(style["anchor"])

    def _compute(self, element: Any, parent: Any, matches: list[Any], keep: bool) -> list[tuple[str | None, Any]]:
        """The styles of an element and its pseudo-elements."""
        base_url = self._html.base_url
        cascaded = self._cascaded_styles

        def declare(pseudo: str | None, name: str, value: Any, weight: Any) -> None:
            style = cascaded.setdefault((element, pseudo), {})
            if name not in style or style[name][1] <= weight:
                style[name] = value, weight

        for specificity, _, declarations, url in find_style_attributes(_Only(element), False, base_url):
            for name, value, important in preprocess_declarations(url, declarations):
                declare(None, name, value, (declaration_precedence("author", important), inf, specificity))
        for sheet, origin, sheet_specificity, (specificity, _, pseudo, (declarations, layer)) in matches:
            order = inf if layer is None else sheet.layers.index(layer)
            cascaded.setdefault((element, pseudo), {})
            for name, value, important in declarations:
                weight = (declaration_precedence(origin, important), order, sheet_specificity or specificity)
                declare(pseudo, name, value, weight)
        cascaded.setdefault((element, None), {})
        found = []
        root = self._html.etree_element
        for _, pseudo in sorted(cascaded, key=lambda key: key[1] is not None):
            self.set_computed_styles(
                element, element if pseudo else parent, root=root, pseudo_type=pseudo, base_url=base_url
            )
            style = self._computed_styles[element, pseudo]
            if keep:
                style = self._computed_styles[element, pseudo] = self._styles.keep(style)
            found.append((pseudo, style))
        cascaded.clear()
        return found


@dataclass(frozen=True)
class _Only:
    """A tree of one element, for WeasyPrint to look for attributes in."""

    element: Any

    def iter(self) -> Iterator[Any]:
        yield self.element


def _spoken(element: Any) -> tuple[Any, ...]:
    """What an element's attributes say of its style: all that ``find_style_attributes`` looks at."""
    get = element.get
    return element.tag, get("style"), get("lang"), get("id"), get("name"), get("width"), get("height")


def _hashable(value: Any) -> Any:
    """``value`` with tuples in place of the lists in it; what is neither has an identity alone."""
    if isinstance(value, (list, tuple)):
        return tuple(_hashable(each) for each in value)
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value
