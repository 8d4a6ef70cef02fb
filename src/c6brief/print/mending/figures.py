"""A figure that does not fit on a page lets the text go first, in place of leaving a hole.

WeasyPrint knows no floats to the top of a page: a figure that is too tall for the rest of one moves to the next and
takes everything after it along. So mending looks for such holes, moves the figure later in its section by as many
paragraphs as the hole holds, or earlier if nothing follows it there, and lays out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from c6brief.print.weasyprint_document import (
    LaidOutDocument,
    LayoutBox,
    get_note_height,
    get_page_boxes,
    is_line,
    is_placeholder,
)

HOLE = 113.0
"""CSS pixels (30 mm) left empty at the foot of a page that a reader takes for a hole."""

MOST_MOVES = 4
"""How often a figure is moved, at most: each time costs a layout."""

LETTERS_IN_LINE, LINE_HEIGHT = 62, 18.0
"""Of running text, to estimate how many paragraphs fill a hole; the height in CSS pixels."""

PROSE = "prose"
"""The class of running text in a template."""

MARGIN = "pull--margin"
"""The class of what stands in the margin."""

_SET_APART = frozenset(("sidebar", "definition"))


class FigureMover:
    """Moves the figures of the HTML document ``root``, and knows how far each has been moved."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._moves_of: dict[str, Callable[[Element, Element], float]] = {}
        self._paragraphs: dict[str, int] = {}
        self._settled: set[str] = set()
        self._moves = 0

    def move(self, document: LaidOutDocument) -> bool:
        """Move the first figure that leaves a hole before it in ``document``. Whether one was moved.

        A figure goes later if text follows it, else earlier, and never back.
        """
        while self._moves < MOST_MOVES:
            id, hole = _find_hole(document, self._settled)
            if id is None:
                break
            parent, figure = next(find_with_id(self._root, id))
            way = _move_later if _next_prose(parent, figure) is not None else _move_earlier
            move = self._moves_of.setdefault(id, way)
            filled = 0.0
            while filled < hole and (height := move(parent, figure)):
                filled += height
                self._paragraphs[id] = self._paragraphs.get(id, 0) + 1
            if filled:
                self._moves += 1
                return True
            self._settled.add(id)
        return False

    def summary(self) -> list[str]:
        """What was moved, in words: ``figure 2 one paragraph later``."""
        return [
            f"{self._label(id)} {_count_paragraphs(paragraphs)} {'later' if self._moves_of[id] is _move_later else 'earlier'}"
            for id, paragraphs in self._paragraphs.items()
        ]

    def _label(self, id: str) -> str:
        """What the caption of the figure with this ``id`` calls it ("Figure 2" makes "figure 2"), else the id."""
        figure = next((each for each in self._root.iter() if each.get("id") == id), None)
        return (_label_of(figure) if figure is not None else "").lower() or id


def find_with_id(root: Element, id: str) -> Iterator[tuple[Element, Element]]:
    """The elements below ``root`` that have this ``id``, each after the one that it stands in."""
    return ((parent, child) for parent in root.iter() for child in parent if child.get("id") == id)


def is_prose(element: Element) -> bool:
    """Whether an element is running text."""
    return PROSE in element.get("class", "").split()


def _label_of(figure: Element) -> str:
    """The word and the number that the caption of ``figure`` begins with: Figure 2. Empty where it does not."""
    label = re.match(r"\s*([^\W\d]+ \d+)", "".join(figure.itertext()))
    return label[1] if label else ""


def _find_hole(document: LaidOutDocument, settled: set[str]) -> tuple[str | None, float]:
    """The id of the first figure that starts a page after a page with a hole at its foot, and the hole's height."""
    for page, following in pairwise(get_page_boxes(document)):
        element = _find_first(following.children[0]).element
        id = element.get("id") if element is not None else None
        if element is None or id is None or element.tag != "figure" or id in settled:
            continue
        foot = page.content_box_y() + page.height - get_note_height(page)
        hole = foot - _bottom(page.children[0])
        if hole > HOLE:
            return id, hole
    return None, 0.0


def _find_first(box: LayoutBox) -> LayoutBox:
    """The figure that stands first in ``box``, or whatever else does."""
    while box.element is None or box.element.tag != "figure":
        children = [child for child in box.children if not is_placeholder(child)]
        if is_line(box) or not children:
            return box
        box = children[0]
    return box


def _bottom(box: LayoutBox) -> float:
    """Where the last line, drawing or rule of ``box`` ends; what is positioned does not count."""
    children = [child for child in box.children if not is_placeholder(child)]
    if is_line(box) or not children:
        return box.position_y + (box.height if isinstance(box.height, (int, float)) else 0)
    return max(_bottom(child) for child in children)


def _count_paragraphs(paragraphs: int) -> str:
    words = dict(enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2))
    return "one paragraph" if paragraphs == 1 else f"{words.get(paragraphs, paragraphs)} paragraphs"


def _next_prose(parent: Element, figure: Element) -> Element | None:
    """The running text right after ``figure``, pull quotes aside."""
    siblings = list(parent)
    return _find_prose(siblings[siblings.index(figure) + 1 :])


def _find_prose(siblings: list[Element]) -> Element | None:
    """The running text that stands first among ``siblings``, pull quotes aside.

    Sidebars, and definitions in the column, belong to the text before them: none is passed.
    """
    for sibling in siblings:
        if is_prose(sibling):
            return sibling
        classes = sibling.get("class", "").split()
        if sibling.tag != "aside" or (not _SET_APART.isdisjoint(classes) and MARGIN not in classes):
            return None
    return None


def _estimate_height(elements: list[Element]) -> float:
    """About the height of paragraphs, in CSS pixels; their notes are not counted, which stand elsewhere."""
    letters = sum(len("".join(element.itertext())) for element in elements)
    notes = sum(
        len("".join(note.itertext()))
        for each in elements
        for note in each.iter("span")
        if "note" in note.get("class", "").split()
    )
    return (1 + (letters - notes) // LETTERS_IN_LINE) * LINE_HEIGHT


def _move_later(parent: Element, figure: Element) -> float:
    """Let the next paragraph, with a heading before it, go before ``figure``. Its height; 0 if there was none."""
    after = _next_prose(parent, figure)
    if after is None or not len(after):
        return 0.0
    moved = [after[0], *([after[1]] if after[0].tag in ("h3", "h4") and len(after) > 1 else [])]
    siblings = list(parent)
    before = _find_prose(siblings[: siblings.index(figure)][::-1])
    if before is None:
        before = Element("div", {"class": PROSE})
        parent.insert(siblings.index(figure), before)
    for element in moved:
        after.remove(element)
        before.append(element)
    if not len(after):
        parent.remove(after)
    return _estimate_height(moved)


def _move_before_another(parent: Element, figure: Element, between: Element) -> float:
    """Put ``figure`` before the table (or a table before the figure) above the text ``between`` them, if more text
    stands above that. The height of what it has passed, about; 0 if it was not moved.
    """
    siblings = list(parent)
    at = siblings.index(between)
    other = siblings[at - 1] if at else between
    if (
        other.tag != "figure"
        or _find_prose(siblings[: at - 1][::-1]) is None
        or _label_of(other).split(" ")[0] == _label_of(figure).split(" ")[0]
    ):
        return 0.0  # of one kind, the order of their numbers would be lost
    parent.remove(figure)
    parent.insert(at - 1, figure)
    return _estimate_height([between]) + LINE_HEIGHT * (
        1 + sum(1 for each in other.iter() if each.tag in ("tr", "svg"))
    )


def _move_earlier(parent: Element, figure: Element) -> float:
    """Let the last paragraph before ``figure`` go after it. Its height; 0 if there was none to spare. Where a table and
    one paragraph stand between it and more text, both go after it at once, and so does a figure before a table.
    """
    siblings = list(parent)
    before = _find_prose(siblings[: siblings.index(figure)][::-1])
    if before is None:
        return 0.0
    if len(before) < 2:
        return _move_before_another(parent, figure, before)
    after = _next_prose(parent, figure)
    if after is None:
        after = Element("div", {"class": PROSE})
        parent.insert(siblings.index(figure) + 1, after)
    moved = [before[-1]]
    if before[-2].tag in ("h3", "h4"):
        moved.insert(0, before[-2])
    for element in reversed(moved):
        before.remove(element)
        after.insert(0, element)
    return _estimate_height(moved)
