"""After typesetting: whether notes and margin ended well, and the CSS that mends what did not.

WeasyPrint parts a float at the foot of a page, whatever ``break-inside`` says, and tears the text beside it. So pull
quotes are positioned: they take no room and never part, and may run over a figure or the foot of the page instead.
And it prints a note on the page after its number where the line fits and the note does not. So the print room
typesets once, and where there is something to mend once more, with one more style sheet: see :func:`settle`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

QUOTE = "pull--margin"
"""The class of a pull quote in the margin."""

WHOLE = "pull-whole"
"""The class of its inner box, which is never parted."""

NOTE = "note"
"""The class of a note; the colophon is set as one too and may stand on a page of its own."""

IN_COLUMN = "position: static !important; width: auto !important; margin: 14pt 0 !important; break-inside: avoid"
"""What brings a quotation from the margin into the column."""

TIGHTER = ":root { --air: 6.5mm !important }"
"""Less white space above sections and around figures."""

ROUNDS = 8
"""Layouts after the first one, at most."""

A_LINE = 19.0
"""CSS pixels of a line of prose."""

LOW = 120.0
"""CSS pixels above the foot of the text within which a line counts as one of the last."""

FARTHEST = 200.0
"""CSS pixels by which a page may be shortened for a note's sake: ten lines."""

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


def settle(render: Callable[[str], Any], first: Any = None) -> Any:
    """The laid out document that ``render`` gives once nothing is left to mend, or after :data:`ROUNDS`.

    ``first`` is what ``render("")`` gives, where it has been laid out already.

    ``render`` takes a style sheet, empty at first, to be added after the template's own, and lays the page out:
    ``lambda css: HTML(...).render(stylesheets=[CSS(string=css)])``. Most briefs need one round or two.
    """
    document = _mended(render, "", first)
    if _colophon_is_alone(document):
        tighter = _mended(render, TIGHTER)
        if len(tighter.pages) < len(document.pages):
            return tighter
    return document


def _mended(render: Callable[[str], Any], css: str, first: Any = None) -> Any:
    """The document with ``css`` and all corrections that it needs."""
    document = first or render(css)
    for _ in range(ROUNDS):
        more = corrections(document)
        if not more:
            break
        css = f"{css}\n{more}"
        document = render(css)
    return document


def _colophon_is_alone(document: Any) -> bool:
    """Whether the last page holds nothing but notes and the colophon."""
    last = document.pages[-1]._page_box
    lines = (box for box in last.children[0].descendants() if type(box).__name__ == "LineBox")
    return len(document.pages) > 1 and next(lines, None) is None


def corrections(document: Any) -> str:
    """The style sheet that mends ``document``, WeasyPrint's laid out ``Document``; empty where all is well.

    A note that stands a page after its number pulls the line of its number with it. On each page the quotations
    of the margin keep their order and move as little as is needed to stay clear of one another, of figures and of
    the page's foot; one that finds no room goes into the column. Notes come first, since mending them moves text.
    """
    pages = [page._page_box for page in document.pages]
    notes = next((rule for number in range(len(pages)) if (rule := _late_note_rule(pages, number))), None)
    return notes or "\n".join(rule for page in pages for rule in _page_rules(page))


def _late_note_rule(pages: list[Any], number: int) -> str | None:
    """The rule that shortens page ``number`` (from 0) by the lines whose notes did not fit on it, or were lost."""
    page = pages[number]
    here = {id(note) for note in _notes(page)}
    foot = page.content_box_y() + page.height - sum(area.margin_height() for area in _areas(page) if area.children)
    for line, notes in _calls(page.children[0]):
        if any(id(note) not in here for note in notes):
            over = foot - line.position_y + 1
            if over > LOW:  # WeasyPrint dropped it while it tried what to put on the page: let it try otherwise
                over = A_LINE
            if page.padding_bottom + over <= FARTHEST:
                over += page.padding_bottom
                return f"@page :nth({number + 1}) {{ padding-bottom: {over:.1f}px !important }}"
    return None


def _calls(box: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Each line below ``box`` that calls notes of prose, with their elements."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if type(child).__name__ == "LineBox":
            if notes := [inner.element for inner in child.descendants() if _is_call(inner)]:
                yield child, notes
        else:
            yield from _calls(child)


def _is_call(box: Any) -> bool:
    return str(getattr(box, "element_tag", "")).endswith("::footnote-call") and NOTE in _classes(box)


def _notes(page: Any) -> list[Any]:
    """The elements of the notes at the foot of a page."""
    return [child.element for area in _areas(page) for child in area.children if NOTE in _classes(child)]


def _areas(page: Any) -> list[Any]:
    """The areas of notes of a page: one, beside the text and the margin boxes."""
    return [child for child in page.children if type(child).__name__ == "FootnoteAreaBox"]


def _page_rules(page: Any) -> list[str]:
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
            rules.append(f"#{quote.name} {{ {IN_COLUMN} }}")
            rules.append(f"#{quote.name} .{WHOLE} {{ top: 0 !important }}")
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
    """Whether a box prints something in the margin column: only the innermost and the ruled ones count."""
    if not isinstance(box.width, (int, float)) or not isinstance(box.height, (int, float)):
        return False
    inside = box.border_box_x() <= column <= box.border_box_x() + box.border_width()
    plain = any(type(child).__name__ == "LineBox" for child in getattr(box, "children", ()))
    return inside and (plain or not hasattr(box, "children") or box.style["border_top_width"] > 0)
