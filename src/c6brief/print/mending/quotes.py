"""Pull quotes in the margin, fitted to the pages.

WeasyPrint parts a float at the foot of a page, whatever ``break-inside`` says, and tears the text beside it. So pull
quotes are positioned: they take no room and never part, and may run over a figure or the foot of the page instead. On
each page they keep their order and move as little as is needed to stay clear of one another, of figures and of the
page's foot; one that finds no room goes into the column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

QUOTE = "pull--margin"
"""The class of a pull quote in the margin."""

WHOLE = "pull-whole"
"""The class of its inner box, which is never parted."""

IN_COLUMN = "position: static !important; width: auto !important; margin: 14pt 0 !important; break-inside: avoid"
"""What brings a quotation from the margin into the column."""

SPARE = 4.0
"""CSS pixels (1/96 inch) kept between a quotation and its neighbours."""


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


def fit_quotes(pages: Iterable[Any]) -> str:
    """The style sheet that moves the quotations of laid out ``pages`` that touch something; empty where none does."""
    return "\n".join(fit for page in pages for fit in _fits(page._page_box))


def _fits(page: Any) -> list[str]:
    """The rules for one page, one for each quotation that has to move."""
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
    rules: list[str] = []
    for at, quote in enumerate(quotes):
        place = _free(quote, [(top - SPARE, foot + SPARE)], [*others, *quotes[:at]])
        if place is None:
            rules.append(f"#{quote.name} {{ {IN_COLUMN} }} #{quote.name} .{WHOLE} {{ top: 0 !important }}")
            quotes[at] = _Stand("", -1, -1)
        elif abs(place - quote.top) > 0.5:
            rules.append(f"#{quote.name} .{WHOLE} {{ top: {quote.shift + place - quote.top:.1f}px !important }}")
            quotes[at] = _Stand(quote.name, place, place + quote.height)
    return rules


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
