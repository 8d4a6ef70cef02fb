"""The boxes of a document before layout, and in what two such trees differ.

WeasyPrint makes a tree of boxes from the HTML and its styles, and pages from that tree. Two trees are compared box by
box, by what layout can know of a box: its kind, depth, element, style, text and the like. Nothing is asked of where a
difference comes from: a style sheet, an attribute, a counter, an element that was moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure.boxes import BlockBox, InlineBlockBox, InlineBox, LineBox, TextBox

from c6brief.print.weasyprint_layouts.style_cache import StyleCache

BoxSignature = tuple[Any, ...]
"""What layout can know of a box; the first four are its kind, depth, tag and element, which make up the structure."""

STRUCTURE = 4

_NOT_COMPARED = frozenset(
    {"element_tag", "element", "style", "children", "column_groups", "text", "remove_decoration_sides"}
)
"""Attributes of a box that are looked at by name, or say nothing."""


@dataclass(frozen=True)
class TreeOutline:
    """A tree without its boxes: what is kept of it for the next layout. Boxes are numbered in the order of the
    document.
    """

    signatures: list[BoxSignature]
    ends: list[int]
    """For each box, the number after the last box within it."""


class BoxTree:
    """The boxes below ``root`` before layout, in the order of the document; a note stands within its call."""

    def __init__(self, root: Any, styles: StyleCache) -> None:
        self.boxes: list[Any] = []
        self._parents: list[int] = []
        self._places: list[int] = []
        """For each box, its place among its parent's children; -1 where it is none of them."""
        signatures: list[BoxSignature] = []
        depths: list[int] = []
        stack = [(root, -1, 0, 0)]
        while stack:
            box, parent, place, depth = stack.pop()
            number = len(self.boxes)
            self.boxes.append(box)
            self._parents.append(parent)
            self._places.append(place)
            depths.append(depth)
            signatures.append(_sign(box, depth, styles))
            if box.footnote is not None:
                stack.append((box.footnote, number, -1, depth + 1))
            stack += ((group, number, -1, depth + 1) for group in getattr(box, "column_groups", ()))
            stack += reversed([(child, number, at, depth + 1) for at, child in enumerate(box.children)])
        ends = [len(self.boxes)] * len(self.boxes)
        open_: list[int] = []
        for number, depth in enumerate(depths):
            while len(open_) > depth:
                ends[open_.pop()] = number
            open_.append(number)
        self.outline = TreeOutline(signatures, ends)

    def notes(self) -> dict[Any, tuple[BoxSignature, ...] | None]:
        """The signatures of each footnote, by its box; ``None`` for one that calls another."""
        found: dict[Any, tuple[BoxSignature, ...] | None] = {}
        for start, box in enumerate(self.boxes):
            if start and self.boxes[self._parents[start]].footnote is box:
                end = self.outline.ends[start]
                calls = any(each.footnote is not None for each in self.boxes[start:end])
                found[box] = None if calls else tuple(self.outline.signatures[start:end])
        return found

    def start(self, resume_at: Any) -> tuple[int, Any] | None:
        """Where a page begins that WeasyPrint resumes at ``resume_at``: the number of a box, and what is left of
        ``resume_at`` inside it, which is ``None`` at its beginning. What is laid out as a whole is not entered.
        """
        number = 0
        while resume_at is not None and not self._is_whole(number):
            if len(resume_at) != 1:
                return None
            [(place, resume_at)] = resume_at.items()
            children = self._children(number)
            if place >= len(children):
                return None
            number = children[place]
        return number, resume_at

    def resume_at(self, number: int, inside: Any) -> Any:
        """The way back from :meth:`start`."""
        path = inside
        while number:
            path = {self._places[number]: path}
            number = self._parents[number]
        return path

    def reach(self) -> int:
        """The number after the last box that was looked at in all layout so far, or in the choice of a page's end.

        Layout gives every box that it looks at a position, from the root down.
        """
        number, seen = 0, True
        while not self._is_whole(number):
            children = self._children(number)
            last = next((each for each in reversed(children) if "position_y" in vars(self.boxes[each])), None)
            if last is None or not seen:  # from a box that was not entered, the first ones are asked for breaks
                seen = False
                last = next((each for each in children if _is_asked(self.boxes[each])), children[-1])
            number = last
        return self.outline.ends[number]

    def is_plain(self, start: int, end: int) -> bool:
        """Whether from ``start`` to ``end`` there are but blocks and lines of text: layout that tries such boxes and
        gives them to the next page leaves nothing in them that counts there. It does so in a grid, a table, a first
        letter.
        """
        plain = (BlockBox, InlineBlockBox, InlineBox, LineBox, TextBox)
        return all(
            type(box) in plain and not box.is_table_wrapper and box.first_letter_style is None
            for box in self.boxes[start:end]
        )

    def _children(self, number: int) -> list[int]:
        found, child = [], number + 1
        for _ in self.boxes[number].children:
            found.append(child)
            child = self.outline.ends[child]
        return found

    def _is_whole(self, number: int) -> bool:
        """Whether a box is laid out as a whole, its later parts weighing on the earlier: all but blocks of blocks."""
        box = self.boxes[number]
        return (
            type(box) is not BlockBox
            or not box.children
            or any(isinstance(child, LineBox) for child in box.children)
            or box.is_table_wrapper
            or not box.is_in_normal_flow()
            or box.establishes_formatting_context()
            or box.style["column_width"] != "auto"
            or box.style["column_count"] != "auto"
        )


def _is_asked(box: Any) -> bool:
    return bool(box.is_in_normal_flow() or box.is_floated())


def _sign(box: Any, depth: int, styles: StyleCache) -> BoxSignature:
    own = vars(box)
    more = [
        (name, _comparable(value, styles))
        for name, value in own.items()
        if name not in _NOT_COMPARED and value is not None
    ]
    return (
        type(box),
        depth,
        box.element_tag,
        box.element,
        styles.number(box.style),
        box.style["page"],
        own.get("text"),
        *more,
    )


PAGE = 5
"""Where in a signature the name of the box's page stands."""


def _comparable(value: Any, styles: StyleCache) -> Any:
    """The part of the value of a box's attribute that can be compared."""
    if isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (list, tuple, set)):
        return tuple(_comparable(each, styles) for each in value)
    if hasattr(value, "parent_style"):
        return styles.number(value)
    return type(value)  # drawings and images: made anew of the same source; boxes: looked at in their own places


@dataclass(frozen=True)
class TreeDifference:
    """What two trees do not share. Numbers are of the older tree, unless ``moved`` gives the newer one's."""

    changed: list[tuple[int, int]]
    """Stretches of boxes, each from a number to the number after it: layout that looked at any of them may change."""
    same_before: int
    """Boxes before this number have kept it."""
    same_from: int
    """Boxes from this number on have the number plus ``shift``."""
    shift: int

    def touches(self, start: int, end: int) -> bool:
        return any(first < end and last > start for first, last in self.changed)

    def moved(self, number: int) -> int | None:
        """The number that a box has now; ``None`` where it is not known to be the same one."""
        if number < self.same_before:
            return number
        return number + self.shift if number >= self.same_from else None


def compare_trees(old: TreeOutline, new: TreeOutline) -> TreeDifference | None:
    """What ``new`` changes; ``None`` where that may be everything."""
    count, shift = len(old.signatures), len(new.signatures) - len(old.signatures)
    if not shift:
        unlike = [at for at in range(count) if old.signatures[at] != new.signatures[at]]
        if any(old.signatures[at][PAGE] != new.signatures[at][PAGE] for at in unlike):
            return None
        if all(old.signatures[at][:STRUCTURE] == new.signatures[at][:STRUCTURE] for at in unlike):
            return TreeDifference([(at, old.ends[at]) for at in unlike], count, count, 0)
    most = min(count, count + shift)
    first = next((at for at in range(most) if old.signatures[at] != new.signatures[at]), most)
    last = count
    while last > first and last + shift > first and old.signatures[last - 1] == new.signatures[last - 1 + shift]:
        last -= 1
    if {each[PAGE] for each in old.signatures[first:last]} != {
        each[PAGE] for each in new.signatures[first : last + shift]
    }:
        return None
    end = max(
        last,
        *(old.ends[at] for at in range(first, last)),
        *(new.ends[at] - shift for at in range(first, last + shift)),
        first,
    )
    return TreeDifference([(max(first - 1, 0), end)], first, last, shift)
