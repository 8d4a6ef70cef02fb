"""Notes that stand on the page after their number.

WeasyPrint prints a note overleaf where the line of its number fits and the note does not. So the page is made shorter
by those lines, and line and note go over together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

NOTE = "note"
"""The class of a note; the colophon is set as one too and may stand on a page of its own."""

A_LINE = 19.0
"""CSS pixels of a line of prose."""

LOW = 120.0
"""CSS pixels above the foot of the text within which a line counts as one of the last."""

FARTHEST = 200.0
"""CSS pixels by which a page may be shortened for a note's sake: ten lines."""


@dataclass(frozen=True)
class Brought:
    """The style sheet that brings the notes that ``page`` lacks back to it, and how many these are."""

    css: str
    page: int
    notes: int
    begins: Any
    """How the page begins. A page that begins otherwise lacks other notes, or none."""

    def suits(self, document: Any) -> bool:
        """Whether its page begins in ``document`` as it did."""
        pages = document.pages
        return self.page <= len(pages) and _beginning(pages[self.page - 1]._page_box) == self.begins


def bring_notes(document: Any) -> list[Brought]:
    """What mends the pages that lack notes, as far as these can be brought there. Each moves the text from its page on, and so
    is right for a later page only where that still begins as it did.
    """
    shortened = (notes_brought(page._page_box, number) for number, page in enumerate(document.pages, 1))
    return [brought for brought in shortened if brought]


def notes_brought(page: Any, number: int) -> Brought | None:
    """The rule that shortens page ``number`` (from 1) by the lines whose notes did not fit on it, or were lost."""
    here = {id(note) for note in _notes(page)}
    foot = page.content_box_y() + page.height - sum(area.margin_height() for area in _areas(page) if area.children)
    late: list[tuple[float, int]] = []
    for line, notes in _calls(page.children[0]):
        if missing := sum(id(note) not in here for note in notes):
            over = foot - line.position_y + 1
            if over > LOW:  # WeasyPrint dropped it while it tried what to put on the page: let it try otherwise
                over = A_LINE
            if page.padding_bottom + over <= FARTHEST:
                late.append((page.padding_bottom + over, missing))
    if not late:
        return None
    rule = f"@page :nth({number}) {{ padding-bottom: {late[0][0]:.1f}px !important }}"
    return Brought(rule, number, sum(missing for _, missing in late), _beginning(page))


def _beginning(page: Any) -> Any:
    """The first thing that stands on a page: its element, and its words where it is text."""
    box = page.children[0]
    while getattr(box, "children", ()):
        box = getattr(box.children[0], "_box", box.children[0])
    return id(box.element), getattr(box, "text", "")


def _calls(box: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Each line below ``box`` that calls notes of prose, with their elements."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if type(child).__name__ == "LineBox":
            if notes := {id(inner.element): inner.element for inner in child.descendants() if _is_call(inner)}:
                yield child, list(notes.values())  # the number in a call is a box of its own
        else:
            yield from _calls(child)


def _is_call(box: Any) -> bool:
    return str(getattr(box, "element_tag", "")).endswith("::footnote-call") and _is_note(box)


def _is_note(box: Any) -> bool:
    element = getattr(box, "element", None)
    return element is not None and NOTE in (element.get("class") or "").split()


def _notes(page: Any) -> list[Any]:
    """The elements of the notes at the foot of a page."""
    return [child.element for area in _areas(page) for child in area.children if _is_note(child)]


def _areas(page: Any) -> list[Any]:
    """The areas of notes of a page: one, beside the text and the margin boxes."""
    return [child for child in page.children if type(child).__name__ == "FootnoteAreaBox"]
