"""Pull quotes in the margin, fitted to the pages.

WeasyPrint parts a float at the foot of a page, whatever ``break-inside`` says, and tears the text beside it. So pull
quotes are positioned: they take no room and never part, and may run over a figure or the foot of the page instead. On
each page they keep their order and move as little as is needed to stay clear of one another, of figures and of the
page's foot; one that finds no room goes into the column. One that would have to climb beside other matter, or stand
close to another, and whose section goes on overleaf, goes there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from xml.etree.ElementTree import Element

from c6brief.print.mending.figures import find_with_id, is_prose
from c6brief.print.weasyprint_document import (
    LaidOutDocument,
    LayoutBox,
    PageBox,
    get_classes,
    get_page_boxes,
    get_top,
    is_line,
    resolve_placeholder,
)

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
class _MarginItem:
    """Something in the margin column of one page: its top and bottom in CSS pixels from the page's top."""

    name: str
    top: float
    bottom: float
    shift: float = 0
    """How far its style sheet moves it already."""

    @property
    def height(self) -> float:
        return self.bottom - self.top


class QuoteMover:
    """Moves quotations in the margin of the HTML document ``root`` overleaf, and knows which have gone."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._moved: set[str] = set()

    def move_overleaf(self, document: LaidOutDocument) -> frozenset[str]:
        """Move quotations of ``document`` that are crowded to the next page, as far as their text goes on there.

        Returns their ids. A quotation in the margin takes no room, so all else stays where it is.
        """
        gone: set[str] = set()
        for page, following in pairwise(get_page_boxes(document)):
            crowded = [quote for quote in _find_crowded(page) if quote.name not in self._moved]
            begun = _find_begun(page, following) if crowded else {}
            gone |= {quote.name for quote in crowded if self._move(begun, following.content_box_y(), quote)}
        self._moved |= gone
        return frozenset(gone)

    def _move(self, begun: Mapping[Element, tuple[float, float]], top: float, item: _MarginItem) -> bool:
        """Move a quotation before the first of the paragraphs after it that have ``begun`` overleaf, below others:
        before one at the very top it would stay at the foot of the page before.
        """
        parent, quote = next(find_with_id(self._root, item.name), (None, None))
        if parent is None or quote is None:
            return False
        own = [paragraph for prose in _prose_after(parent, quote) for paragraph in prose if paragraph in begun]
        below = [paragraph for paragraph in own if begun[paragraph][0] - top > SPARE]
        if not below or begun[own[-1]][1] - begun[below[0]][0] < BESIDE * item.height:
            return False
        _take_out(parent, quote)
        _put_before(below[0], next(each for each in parent if below[0] in list(each)), parent, quote)
        return True


def _find_crowded(page: PageBox) -> Iterator[_MarginItem]:
    """The quotations of a page that find no room there near their text and apart from one another."""
    for quote, place in _find_places(page, APART):
        if place is None or place < quote.top - quote.shift - CLIMB:
            yield quote


def _find_begun(page: PageBox, following: PageBox) -> dict[Element, tuple[float, float]]:
    """Top and bottom of the elements that begin on the page ``following`` another."""
    extents: dict[Element, tuple[float, float]] = {}
    for box in _find_blocks(following.children[0]):
        if box.element is not None:
            extents.setdefault(box.element, _extent(box))
    for box in _find_blocks(page.children[0]):
        if box.element is not None:
            extents.pop(box.element, None)
    return extents


def _prose_after(parent: Element, quote: Element) -> list[Element]:
    """The running text after ``quote``, up to whatever else stands in its column."""
    siblings = list(parent)[list(parent).index(quote) + 1 :]
    beside = takewhile(lambda sibling: sibling.tag == "aside" or is_prose(sibling), siblings)
    return [sibling for sibling in beside if is_prose(sibling)]


def _take_out(parent: Element, quote: Element) -> None:
    """Remove ``quote``. Text that it parted is one again: templates set the first paragraph of each otherwise."""
    at = list(parent).index(quote)
    parent.remove(quote)
    if 0 < at < len(parent) and is_prose(parent[at - 1]) and is_prose(parent[at]):
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


def fit_quotes(pages: Iterable[PageBox], gone: frozenset[str] = frozenset()) -> str:
    """The style sheet that moves the quotations of laid out ``pages`` that touch something; empty where none does.
    Those that are ``gone`` from their page stand there no more.
    """
    return "\n".join(rule for page in pages for rule in _fit_page(page, gone))


def _read_column(page: PageBox) -> tuple[list[_MarginItem], list[_MarginItem], float, float]:
    """What stands in the margin column of ``page``: quotations, other matter; and the column's top and foot."""
    top, foot = page.content_box_y(), page.content_box_y() + page.height + page.padding_bottom
    column = page.content_box_x() + page.width / 8  # in the midst of the margin column
    quotes, others = [], []
    for child in _find_blocks(page.children[0]):
        if _in_place(child):
            whole = _find_whole(child)
            id = child.element.get("id") if child.element is not None else None
            if whole is None or id is None:  # no style sheet can name what would have to move
                others.append(_MarginItem("", *_extent(child)))
            else:
                quotes.append(_MarginItem(id, *_extent(whole), get_top(whole)))
        elif _in_margin(child, column):
            others.append(_MarginItem("", *_extent(child)))
    return quotes, others, top, foot


def _fit_page(page: PageBox, gone: frozenset[str]) -> Iterator[str]:
    """The rules for one page, one for each quotation that has to move."""
    for quote, place in _find_places(page, SPARE, gone):
        if place is None:
            yield f"#{quote.name} {{ {IN_COLUMN} }} #{quote.name} .{WHOLE} {{ top: 0 !important }}"
        elif abs(place - quote.top) > 0.5:
            yield f"#{quote.name} .{WHOLE} {{ top: {quote.shift + place - quote.top:.1f}px !important }}"


def _find_places(
    page: PageBox, apart: float, gone: frozenset[str] = frozenset()
) -> Iterator[tuple[_MarginItem, float | None]]:
    """The quotations of a page, each with the top nearest to where it stands at which it touches nothing and is so far
    ``apart`` from those before it; ``None`` without room. Those that are ``gone`` do not count.
    """
    quotes, others, top, foot = _read_column(page)
    for quote in quotes:
        if quote.name in gone:
            continue
        place = _find_free_top(quote, [(top - SPARE, foot + SPARE)], others)
        yield quote, place
        if place is not None:
            others.append(replace(quote, top=place, bottom=place + quote.height + apart - SPARE))


def _find_free_top(quote: _MarginItem, gaps: list[tuple[float, float]], others: list[_MarginItem]) -> float | None:
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


def _find_blocks(box: LayoutBox) -> Iterator[LayoutBox]:
    """The block-level boxes below ``box``, without those inside of quotations and lines."""
    for child in map(resolve_placeholder, box.children):
        if is_line(child):
            continue
        yield child
        if not _in_place(child):
            yield from _find_blocks(child)


def _in_place(box: LayoutBox) -> bool:
    """Whether a box is a quotation of the margin, and has not gone into the column in an earlier round."""
    return QUOTE in get_classes(box) and box.style["position"] == "absolute"


def _find_whole(box: LayoutBox) -> LayoutBox | None:
    """The inner box of a quotation, which holds all of it and is what moves."""
    if WHOLE in get_classes(box):
        return box
    return next((found for child in box.children if (found := _find_whole(child)) is not None), None)


def _extent(box: LayoutBox) -> tuple[float, float]:
    """Top and bottom of a box with its border."""
    return box.border_box_y(), box.border_box_y() + box.border_height()


def _in_margin(box: LayoutBox, column: float) -> bool:
    """Whether a box prints something in the margin column: those that hold text, the ruled and the coloured ones do."""
    if not isinstance(box.width, (int, float)) or not isinstance(box.height, (int, float)):
        return False
    inside = box.border_box_x() <= column <= box.border_box_x() + box.border_width()
    has_text = any(is_line(child) for child in box.children)
    seen = box.style["border_top_width"] > 0 or getattr(box.style["background_color"], "alpha", 1) > 0
    return inside and (has_text or seen)
