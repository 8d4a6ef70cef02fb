"""A document as it was first given, and made into a newer version of it, element by element.

Layouts tell pages apart by their elements (:mod:`trees <c6brief.print.weasyprint_layouts.box_trees>`). A page that is
parsed anew has new ones throughout. So the elements that both versions have stay, in the place that the newer one gives
them.
"""

from __future__ import annotations

from typing import Any

Element = Any
"""Of ``xml.etree``; a comment or a processing instruction is one too, with a function for its tag."""

SHEETS = frozenset({"style", "link", "base"})
"""What style sheets are read from, before the first layout."""

WHOLE = frozenset({"svg", "img", "object", "embed", "iframe", "math", "input", "textarea", "select", "video", "audio"})
"""What is drawn as a whole, and its boxes not compared: one that is not the same is another element."""


class DocumentVersion:
    """The elements below ``root`` as they are in one version of the document, whatever is done to them later."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._record()

    def _record(self) -> None:
        self._elements = [(each, dict(each.attrib), each.text, each.tail, list(each)) for each in self.root.iter()]

    def restore(self) -> None:
        """Make all elements what they were."""
        for element, attributes, text, tail, children in self._elements:
            _set(element, attributes, text, tail)
            element[:] = children

    def update(self, newer: Element) -> bool:
        """Restore all elements, and make the tree the same as the one below ``newer``, with elements of that where it
        has none.

        Whether that can be: style sheets have to be the same.
        """
        self.restore()
        numbers = _ElementNumbers()
        numbers.add(self.root)
        numbers.add(newer)
        if [numbers[each] for each in _find_sheets(self.root)] != [numbers[each] for each in _find_sheets(newer)]:
            return False
        _patch(self.root, newer, numbers)
        self._record()
        return True


class _ElementNumbers:
    """Numbers of elements. Elements that are the same down to the last letter have the same number."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}
        self._of: dict[int, int] = {}

    def add(self, element: Element) -> int:
        children = tuple([self.add(child) for child in element])
        key = (element.tag, tuple(element.attrib.items()), element.text, element.tail, children)
        number = self._of[id(element)] = self._known.setdefault(key, len(self._known))
        return number

    def __getitem__(self, element: Element) -> int:
        return self._of[id(element)]


def _patch(old: Element, new: Element, numbers: _ElementNumbers) -> None:
    """Make ``old`` the same as ``new``, which has the same tag."""
    if numbers[old] == numbers[new]:
        return
    olds, news = list(old), list(new)
    most = min(len(olds), len(news))
    first = next((at for at in range(most) if numbers[olds[at]] != numbers[news[at]]), most)
    last = next((at for at in range(most - first) if numbers[olds[-1 - at]] != numbers[news[-1 - at]]), most - first)
    spare = olds[first : len(olds) - last]
    children = olds[:first]
    for each in news[first : len(news) - last]:
        counterpart = _find_counterpart(each, spare, numbers)
        if counterpart is not None:
            spare.remove(counterpart)
            _patch(counterpart, each, numbers)
        children.append(each if counterpart is None else counterpart)
    _set(old, dict(new.attrib), new.text, new.tail)
    old[:] = [*children, *olds[len(olds) - last :]]


def _find_counterpart(element: Element, spare: list[Element], numbers: _ElementNumbers) -> Element | None:
    """The one of ``spare`` that is the same as ``element``, or else that may become it."""
    same = (each for each in spare if numbers[each] == numbers[element])
    may = (each for each in spare if each.tag == element.tag and each.get("id") == element.get("id"))
    return next(same, None) if _name(element) in WHOLE else next(same, next(may, None))


def _find_sheets(root: Element) -> list[Element]:
    return [each for each in root.iter() if _name(each) in SHEETS]


def _name(element: Element) -> str:
    """Its tag without a namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _set(element: Element, attributes: dict[str, str], text: str | None, tail: str | None) -> None:
    element.attrib.clear()
    element.attrib.update(attributes)
    element.text, element.tail = text, tail
