"""Notes that stand on the page after their number.

WeasyPrint prints a note overleaf where the line of its number fits and the note does not. So the page is made shorter
by those lines, and line and note go over together. WeasyPrint puts the notes where the text of the page may end. On a
page that is made shorter this is too high: they are moved down to the foot, where they stand on all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from c6brief.print.weasyprint_document import (
    LaidOutDocument,
    LayoutBox,
    PageBox,
    get_classes,
    get_note_areas,
    get_note_height,
    get_page_boxes,
    get_page_variable,
    is_line,
    resolve_placeholder,
)

NOTE = "note"
"""The class of a note; the colophon is set as one too and may stand on a page of its own."""

LINE_HEIGHT = 19.0
"""CSS pixels of a line of prose."""

FOOT_ZONE = 120.0
"""CSS pixels above the foot of the text within which a line counts as one of the last."""

MOST_SHORTENED = 200.0
"""CSS pixels by which a page may be shortened for a note's sake: ten lines."""


SHORTENED = "--shortened"
"""The CSS variable of a page that says by how much it is made shorter."""


@dataclass(frozen=True)
class ShortenedPage:
    """A page that is made shorter, so that notes come back to it."""

    css: str
    """The rule that shortens it."""
    page: int
    """Its number, from 1."""
    notes: int
    """How many notes it lacked."""
    beginning: tuple[int, str]
    """How the page begins. A page that begins otherwise lacks other notes, or none."""

    def suits(self, document: LaidOutDocument) -> bool:
        """Whether its page begins in ``document`` as it did."""
        pages = get_page_boxes(document)
        return self.page <= len(pages) and _beginning(pages[self.page - 1]) == self.beginning


def shorten_pages(document: LaidOutDocument) -> list[ShortenedPage]:
    """The pages that lack notes, shortened so that these come back, as far as that can be.

    Each moves the text from its page on, and so is right for a later page only where that still begins as it did.
    """
    shortened = (shorten_page(page, number) for number, page in enumerate(get_page_boxes(document), 1))
    return [each for each in shortened if each]


def shorten_page(page: PageBox, number: int) -> ShortenedPage | None:
    """Page ``number`` (from 1) shortened by the lines whose notes did not fit on it, or were lost; ``None`` where it
    lacks none.
    """
    here = {id(note) for note in _find_notes(page)}
    foot = page.content_box_y() + page.height - get_note_height(page)
    late: list[tuple[float, int]] = []
    for line, notes in _find_calls(page.children[0]):
        if missing := sum(id(note) not in here for note in notes):
            over = foot - line.position_y + 1
            if over > FOOT_ZONE:  # WeasyPrint dropped it while it tried what to put on the page: let it try otherwise
                over = LINE_HEIGHT
            if page.padding_bottom + over <= MOST_SHORTENED:
                late.append((page.padding_bottom + over, missing))
    if not late:
        return None
    height = late[0][0]
    shortened = get_page_variable(page, SHORTENED) + height - page.padding_bottom
    declarations = f"padding-bottom: {height:.1f}px !important; {SHORTENED}: {shortened:.1f}px"
    rule = f"@page :nth({number}) {{ {declarations} }}"
    return ShortenedPage(rule, number, sum(missing for _, missing in late), _beginning(page))


def set_notes_at_foot(pages: Sequence[PageBox]) -> list[bool]:
    """Move the notes of pages that are made shorter down to the foot. For each page, whether it has changed."""
    return [_set_at_foot(page) for page in pages]


def _set_at_foot(page: PageBox) -> bool:
    foot = page.content_box_y() + page.height + get_page_variable(page, SHORTENED)
    moved = False
    for area in get_note_areas(page):
        down = foot - area.position_y - area.margin_height()
        if area.children and down > 0.01:
            area.translate(dy=down)
            moved = True
    return moved


def _beginning(page: PageBox) -> tuple[int, str]:
    """The first thing that stands on a page: the identity of its element, and its words where it is text."""
    box = page.children[0]
    while box.children:
        box = resolve_placeholder(box.children[0])
    return id(box.element), getattr(box, "text", "")


def _find_calls(box: LayoutBox) -> Iterator[tuple[LayoutBox, list[Element | None]]]:
    """Each line below ``box`` that calls notes of prose, with their elements."""
    for child in map(resolve_placeholder, box.children):
        if is_line(child):
            if notes := {id(inner.element): inner.element for inner in child.descendants() if _is_call(inner)}:
                yield child, list(notes.values())  # the number in a call is a box of its own
        else:
            yield from _find_calls(child)


def _is_call(box: LayoutBox) -> bool:
    return str(box.element_tag).endswith("::footnote-call") and _is_note(box)


def _is_note(box: LayoutBox) -> bool:
    return NOTE in get_classes(box)


def _find_notes(page: PageBox) -> list[Element | None]:
    """The elements of the notes at the foot of a page."""
    return [child.element for area in get_note_areas(page) for child in area.children if _is_note(child)]
