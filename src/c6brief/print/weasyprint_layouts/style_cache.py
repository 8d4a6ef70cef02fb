"""Styles that all layouts of a document share, and numbers to tell them apart by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf
from typing import Any, Generic, TypeVar

from weasyprint.css import declaration_precedence

Value = TypeVar("Value")

Declared = tuple[Any, Any]
"""The value of a property, and its weight in the cascade."""

StyleSheets = list[tuple[Any, str, Any]]
"""WeasyPrint's style sheets, each with its origin and specificity."""


class PageSizes(dict[str, Any]):
    """The sizes of the first page. WeasyPrint puts them here, and lengths like ``1vh`` are relative to them."""

    used = False
    """Whether there are such lengths."""

    def __getitem__(self, name: str) -> Any:
        self.used = True
        return super().__getitem__(name)


class StyleCache:
    """The computed styles of all layouts.

    Two styles are the same, and have one number, that make the same declarations on top of the same parent's. What a
    parent is called (its anchor, made of its ``id``) is nothing to those below it: else each note would have styles of
    its own. Declarations are told apart by value, and what has no value of its own (a formula with ``var()``) by
    identity: so two styles may be taken for different that are not, and never the other way round.
    """

    def __init__(self) -> None:
        self.sizes = PageSizes()
        self.running = False
        """Whether a style of this layout takes its element out of the text into the margins of a page."""
        self.changed = False
        """Whether layout writes into styles, so that they are no longer what was declared: for first letters and lines.
        """
        self._numbers: dict[Any, int] = {}
        self._running: set[int] = set()
        self._declared: dict[Any, tuple[Declared, int]] = {}
        self._by_identity: dict[int, int] = {}
        self._prepared: dict[Any, list[tuple[str, Declared]]] = {}
        self._kept: dict[int, Any] = {}
        self._known: dict[Any, list[tuple[str | None, int]]] = {}
        self._of_all: dict[int, tuple[Any, int, int]] = {}
        self._of_this: dict[int, tuple[Any, int, int]] = {}
        self._sheets: dict[int, tuple[Any, int]] = {}

    def forget(self) -> None:
        """Compute all styles anew in the next layout."""
        self._kept, self._known, self._of_all = {}, {}, {}

    def number(self, style: Any) -> int:
        """The number of a computed style, of an anonymous box's style, or of ``None``."""
        return self._numbered(style)[1]

    def handed_down(self, style: Any) -> int:
        """The number of all that styles below this one may depend on."""
        return self._numbered(style)[2]

    def _numbered(self, style: Any) -> tuple[Any, int, int]:
        if style is None:
            return None, 0, 0
        name = id(style)
        found = self._of_all.get(name) or self._of_this.get(name)
        if found is not None:
            return found
        cascaded = getattr(style, "cascaded", None)
        key: Any = self.handed_down(style.parent_style)
        handed = None
        if cascaded is not None:
            known = self._by_identity
            declared = {name: (known.get(id(each)) or self._declare(name, each)[1]) for name, each in cascaded.items()}
            key = (key, style.pseudo_type, *declared.values())
            if declared.pop("anchor", None) is not None:
                handed = (key[0], key[1], *declared.values())
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers) + 1
            if style["position"][0] in ("running()", "note()"):
                self._running.add(number)
        self.running = self.running or number in self._running
        below = number if handed is None else self._numbers.setdefault(handed, len(self._numbers) + 1)
        if number in self._running:
            self._running.add(below)  # which a style without an anchor may have as its own
        found = self._of_this[name] = style, number, below
        return found

    def _declare(self, name: str, declared: Declared) -> tuple[Declared, int]:
        """The first declaration of a property that was the same as this one, and its number."""
        key = name, _hashable(declared[0]), _hashable(declared[1])
        found = self._declared.get(key)
        if found is None:
            found = self._declared[key] = declared, len(self._declared) + 1
            self._by_identity[id(declared)] = found[1]
        return found

    def prepare(self, number: int, sheet: Any, origin: str, specificity: Any, found: Any) -> list[tuple[str, Declared]]:
        """The declarations of a selector that cssselect2 has ``found`` to match, of the ``sheet`` that has this
        ``number``.
        """
        key = number, found[1]
        prepared = self._prepared.get(key)
        if prepared is None:
            own, _, _, (declarations, layer) = found
            order = inf if layer is None else sheet.layers.index(layer)
            prepared = self._prepared[key] = [
                (
                    name,
                    self.share(name, value, (declaration_precedence(origin, important), order, specificity or own)),
                )
                for name, value, important in declarations
            ]
        return prepared

    def share(self, name: str, value: Any, weight: Any) -> Declared:
        """The one object for all declarations of this property with this value and weight."""
        return self._declare(name, (value, weight))[0]

    def number_declarations(self, given: Iterable[tuple[str, Any, bool]]) -> tuple[int, ...]:
        """Numbers for declarations, each the name of a property, a value, and whether that is important."""
        return tuple(self._declare(name, (value, important))[1] for name, value, important in given)

    def number_sheet(self, sheet: Any) -> int:
        """A number for a style sheet."""
        return self._sheets.setdefault(id(sheet), (sheet, len(self._sheets)))[1]

    def begin(self) -> None:
        """A layout begins."""
        self._of_this, self.running, self.changed = {}, False, False
        self.sizes.update(box=None, area=None)

    def keep(self, style: Any) -> Any:
        """The style to use in place of ``style``: the first one that had its number."""
        _, number, below = self._numbered(style)
        kept = self._kept.setdefault(number, style)
        self._of_all[id(kept)] = kept, number, below
        return kept

    def lasts(self, style: Any) -> bool:
        """Whether ``style`` is one of those that all layouts use, or that of their anonymous boxes."""
        parent = style.parent_style
        return id(style) in self._of_all or (
            id(parent) in self._of_all and vars(parent).get("anonymous_style") is style
        )

    def recall(self, key: Any) -> list[tuple[str | None, Any]] | None:
        """The styles of an element and its pseudo-elements, where they were computed before under ``key``."""
        found = self._known.get(key)
        if found is None:
            return None
        self.running = self.running or any(number in self._running for _, number in found)
        return [(pseudo, self._kept[number]) for pseudo, number in found]

    def remember(self, key: Any, styles: list[tuple[str | None, Any]]) -> None:
        """Remember the kept ``styles`` of an element under ``key``."""
        self._known[key] = [(pseudo, self.number(style)) for pseudo, style in styles]


class PerStyle(Generic[Value]):
    """Values computed once for each style object: for all layouts, if the style lasts as long."""

    def __init__(self, styles: StyleCache) -> None:
        self._styles = styles
        self.forget()

    def forget(self) -> None:
        self._lasting: dict[int, tuple[Any, Value]] = {}
        self._passing: dict[int, tuple[Any, Value]] = {}

    def end(self) -> None:
        """A layout is at its end."""
        self._passing = {}

    def get(self, style: Any, compute: Callable[[Any], Value]) -> Value:
        name = id(style)
        found = self._lasting.get(name) or self._passing.get(name)
        if found is None:
            lasts = not self._styles.changed and self._styles.lasts(style)
            found = (self._lasting if lasts else self._passing)[name] = style, compute(style)
        return found[1]


def _hashable(value: Any) -> Any:
    """``value`` with tuples in place of the lists in it; what is neither has an identity alone."""
    if isinstance(value, (list, tuple)):
        return tuple(_hashable(each) for each in value)
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value
