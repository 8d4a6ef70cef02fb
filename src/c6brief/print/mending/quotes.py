"""Pull quotes in the margin, fitted to the pages.

WeasyPrint parts a float at the foot of a page, whatever ``break-inside`` says, and tears the text beside it. So pull
quotes are positioned: they take no room and never part, and may run over a figure or the foot of the page instead. On
each page they keep their order and move as little as is needed to stay clear of one another, of figures and of the
page's foot; one that finds no room goes into the column. One that would have to climb beside other matter, or stand close
to another, and whose section goes on overleaf, goes there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Any
from xml.etree.ElementTree import Element

from c6brief.print.mending.figures import PROSE

QUOTE = "pull--margin"
"""The class of a pull quote in the margin."""

WHOLE = "pull-whole"
"""The class of its inner box, which is never parted."""

IN_COLUMN = "position: static !important; width: auto !important; margin: 14pt 0 !important; break-inside: avoid"
"""What brings a quotation from the margin into the column."""

SPARE = 4.0
"""CSS pixels (1/96 inch) kept between a quotation and its neighbours."""

APART = 24.0
"""CSS pixels between two quotations that do not look like one."""

CLIMB = 36.0
"""CSS pixels that a quotation may stand higher than the text that it belongs to: two lines."""

BESIDE = 0.6
"""How much of a quotation's height there must be of text of its own overleaf."""


@dataclass(frozen=True)
class _Stand:
    """Something in the margin column of one page: its top and bottom in CSS pixels from the page's top."""

    name: str
    top: float
    bottom: float
    shift: float = 0
    """How far its style sheet moves it already."""

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Quotes:
    """The quotations in the margin of one page, the HTML document ``root``: which of them went overleaf."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._moved: set[str] = set()

    def overleaf(self, document: Any) -> frozenset[str]:
        """Move quotations of ``document`` that are crowded to the next page, as far as their text goes on there. Gives
        their ids. A quotation in the margin takes no room, so all else stays where it is.
        """
        gone: set[str] = set()
        for page, following in pairwise([page._page_box for page in document.pages]):
            crowded = [quote for quote in _crowded(page) if quote.name not in self._moved]
            begun = _begun(page, following) if crowded else {}
            gone |= {quote.name for quote in crowded if self._to(begun, following.content_box_y(), quote)}
        self._moved |= gone
        return frozenset(gone)

    def _to(self, begun: Mapping[Element, tuple[float, float]], top: float, stand: _Stand) -> bool:
        """Move a quotation before the first of the paragraphs after it that have ``begun`` overleaf, below others: before
        one at the very top it would stay at the foot of the page before.
        """
        found = ((each, child) for each in self._root.iter() for child in each if child.get("id") == stand.name)
        parent, quote = next(found, (None, None))
        if parent is None or quote is None:
            return False
        own = [paragraph for prose in _prose_after(parent, quote) for paragraph in prose if paragraph in begun]
        below = [paragraph for paragraph in own if begun[paragraph][0] - top > SPARE]
        if not below or begun[own[-1]][1] - begun[below[0]][0] < BESIDE * stand.height:
            return False
        _take_out(parent, quote)
        _put_before(below[0], next(each for each in parent if below[0] in list(each)), parent, quote)
        return True


def _crowded(page: Any) -> Iterator[_Stand]:
    """The quotations of a page that find no room there near their text and apart from one another."""
    for quote, place in _places(page, APART):
        if place is None or place < quote.top - quote.shift - CLIMB:
            yield quote


def _begun(page: Any, following: Any) -> dict[Element, tuple[float, float]]:
    """Top and bottom of the elements that begin on the page ``following`` another."""
    extents: dict[Element, tuple[float, float]] = {}
    for box in _boxes(following.children[0]):
        if box.element is not None:
            extents.setdefault(box.element, _extent(box))
    for box in _boxes(page.children[0]):
        extents.pop(box.element, None)
    return extents


def _prose_after(parent: Element, quote: Element) -> list[Element]:
    """The running text after ``quote``, up to whatever else stands in its column."""
    siblings = list(parent)[list(parent).index(quote) + 1 :]
    beside = takewhile(lambda sibling: sibling.tag == "aside" or _is_prose(sibling), siblings)
    return [sibling for sibling in beside if _is_prose(sibling)]


def _is_prose(element: Element) -> bool:
    return PROSE in (element.get("class") or "").split()


def _take_out(parent: Element, quote: Element) -> None:
    """Remove ``quote``. Text that it parted is one again: templates set the first paragraph of each otherwise."""
    at = list(parent).index(quote)
    parent.remove(quote)
    if 0 < at < len(parent) and _is_prose(parent[at - 1]) and _is_prose(parent[at]):
        parent[at - 1].extend(list(parent[at]))
        parent.remove(parent[at])


def _put_before(paragraph: Element, prose: Element, parent: Element, quote: Element) -> None:
    """Put ``quote`` before one of the paragraphs of ``prose``, which is parted there."""
    at, where = list(prose).index(paragraph), list(parent).index(prose)
    if at:
        rest = Element(prose.tag, dict(prose.attrib))
        rest.extend(list(prose)[at:])
        for each in rest:
            prose.remove(each)
        parent.insert(where + 1, rest)
        where += 1
    parent.insert(where, quote)


def fit_quotes(pages: Iterable[Any], gone: frozenset[str] = frozenset()) -> str:
    """The style sheet that moves the quotations of laid out ``pages`` that touch something; empty where none does. Those
    that are ``gone`` from their page stand there no more.
    """
    return "\n".join(fit for page in pages for fit in _fits(page._page_box, gone))


def _in_column(page: Any) -> tuple[list[_Stand], list[_Stand], float, float]:
    """What stands in the margin column of ``page``: quotations, other matter; and the column's top and foot."""
    top, foot = page.content_box_y(), page.content_box_y() + page.height + page.padding_bottom
    column = page.content_box_x() + page.width / 8  # in the midst of the margin column
    quotes, others = [], []
    for child in _boxes(page.children[0]):
        if _in_place(child):
            whole = _whole(child)
            shift = whole.top if isinstance(whole.top, (int, float)) else 0.0
            quotes.append(_Stand(child.element.get("id"), *_extent(whole), shift))
        elif _in_margin(child, column):
            others.append(_Stand("", *_extent(child)))
    return quotes, others, top, foot


def _fits(page: Any, gone: frozenset[str]) -> Iterator[str]:
    """The rules for one page, one for each quotation that has to move."""
    for quote, place in _places(page, SPARE, gone):
        if place is None:
            yield f"#{quote.name} {{ {IN_COLUMN} }} #{quote.name} .{WHOLE} {{ top: 0 !important }}"
        elif abs(place - quote.top) > 0.5:
            yield f"#{quote.name} .{WHOLE} {{ top: {quote.shift + place - quote.top:.1f}px !important }}"


def _places(page: Any, apart: float, gone: frozenset[str] = frozenset()) -> Iterator[tuple[_Stand, float | None]]:
    """The quotations of a page, each with the top nearest to where it stands at which it touches nothing and is so far
    ``apart`` from those before it; ``None`` without room. Those that are ``gone`` do not count.
    """
    quotes, others, top, foot = _in_column(page)
    for quote in quotes:
        if quote.name in gone:
            continue
        place = _free(quote, [(top - SPARE, foot + SPARE)], others)
        yield quote, place
        if place is not None:
            others.append(replace(quote, top=place, bottom=place + quote.height + apart - SPARE))


def _free(quote: _Stand, gaps: list[tuple[float, float]], others: list[_Stand]) -> float | None:
    """The top nearest to where ``quote`` stands at which it touches none of ``others``; ``None`` without room."""
    for other in others:
        gaps = [
            part
            for start, end in gaps
            for part in ((start, min(end, other.top)), (max(start, other.bottom), end))
            if part[1] > part[0]
        ]
    tops = [
        min(max(quote.top, start + SPARE), end - SPARE - quote.height)
        for start, end in gaps
        if end - start >= quote.height + 2 * SPARE
    ]
    return min(tops, key=lambda top: abs(top - quote.top), default=None)


def _boxes(box: Any) -> Iterator[Any]:
    """The block-level boxes below ``box``, without those inside of quotations and lines."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)  # a positioned box stands behind a placeholder
        if not hasattr(child, "border_box_y") or type(child).__name__ == "LineBox":
            continue
        yield child
        if not _in_place(child):
            yield from _boxes(child)


def _in_place(box: Any) -> bool:
    """Whether a box is a quotation of the margin, and has not gone into the column in an earlier round."""
    return QUOTE in _classes(box) and box.style["position"] == "absolute"


def _whole(box: Any) -> Any:
    """The inner box of a quotation, which holds all of it and is what moves."""
    if WHOLE in _classes(box):
        return box
    return next((found for child in getattr(box, "children", ()) if (found := _whole(child)) is not None), None)


def _extent(box: Any) -> tuple[float, float]:
    """Top and bottom of a box with its border."""
    return box.border_box_y(), box.border_box_y() + box.border_height()


def _classes(box: Any) -> list[str]:
    element = getattr(box, "element", None)
    return (element.get("class") or "").split() if element is not None else []


def _in_margin(box: Any, column: float) -> bool:
    """Whether a box prints something in the margin column: only the innermost, the ruled and the coloured ones count."""
    if not isinstance(box.width, (int, float)) or not isinstance(box.height, (int, float)):
        return False
    inside = box.border_box_x() <= column <= box.border_box_x() + box.border_width()
    plain = any(type(child).__name__ == "LineBox" for child in getattr(box, "children", ()))
    seen = box.style["border_top_width"] > 0 or getattr(box.style["background_color"], "alpha", 1) > 0
    return inside and (plain or seen or not hasattr(box, "children"))
