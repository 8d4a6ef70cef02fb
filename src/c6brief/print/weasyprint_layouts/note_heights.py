"""The height of the notes at the foot of a page, reckoned once for the same notes.

WeasyPrint lays out all notes of a page anew for each note that is added or taken away, which is half of what a page
costs. What it wants to know is how tall they stand. Where they stand on top of one another, each is laid out once, by
itself.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.formatting_structure.boxes import BlockBox
from weasyprint.formatting_structure.build import create_anonymous_boxes
from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout

from c6brief.print.weasyprint_layouts.box_trees import BoxSignature
from c6brief.print.weasyprint_layouts.style_cache import StyleCache

TOLERANCE = 0.01
"""CSS pixels that a sum of floating point numbers is never off by."""


class NoteHeights:
    """The heights of the notes of all layouts, in CSS pixels."""

    def __init__(self) -> None:
        self.known: dict[Any, tuple[float, float, bool]] = {}
        """By all that they depend on: the height, the height with margins, and whether the notes run over the page."""
        self.alone: dict[Any, tuple[float, float] | None] = {}
        """Of one note: the height, and what the area has around it; ``None`` where heights do not add up."""
        self._numbers: dict[tuple[BoxSignature, ...], int] = {}

    def number(self, signatures: tuple[BoxSignature, ...] | None) -> int | None:
        """The same number for the same note."""
        return None if signatures is None else self._numbers.setdefault(signatures, len(self._numbers))


class NoteContext(LayoutContext):  # type: ignore[misc]  # WeasyPrint has no types
    """WeasyPrint's context of a layout that knows the ``heights`` of notes from the layouts before."""

    heights: NoteHeights
    styles: StyleCache
    notes: dict[Any, int | None]
    """The numbers of the notes, by their boxes; ``None`` where one calls another."""

    def _update_footnote_area(self) -> bool:
        area = self.current_footnote_area
        if area.height != "auto" and not self.in_column:
            self.page_bottom += area.margin_height()
        area.children = self.current_page_footnotes
        if not area.children:
            area.height = 0
            if not self.in_column:
                self.page_bottom -= area.margin_height()
            return False
        key = self._key()
        known = self.heights.known.get(key) if key else None
        if known is None:
            known = (self._add_up() if key else None) or self._lay_out_notes()
            if key:
                self.heights.known[key] = known
        area.height, with_margins, overflow = known
        if not self.in_column:
            self.page_bottom -= with_margins
        return overflow

    def _key(self) -> Any:
        """All that the height of the notes depends on; ``None`` where that is not known."""
        area = self.current_footnote_area
        notes = tuple(self.notes.get(note) for note in area.children)
        beside = any(shape.position_y + shape.margin_height() > area.position_y for shape in self.excluded_shapes)
        if beside or None in notes:
            return None
        return self._place(), area.position_y, notes

    def _place(self) -> Any:
        """All of the area that the height of a note depends on."""
        area = self.current_footnote_area
        size = (area.page.width, area.page.height, area.position_x)
        return self.styles.number(area.style), size, self.current_page > 1, bool(self.forced_break)

    def _add_up(self) -> tuple[float, float, bool] | None:
        """As :meth:`_lay_out_notes`, from the notes alone; ``None`` where their heights do not add up."""
        total = around = 0.0
        for note in self.current_page_footnotes:
            alone = self._measure_alone(note)
            if alone is None:
                return None
            total, around = total + alone[0], alone[1]
        return total, total + around, False

    def _measure_alone(self, note: Any) -> tuple[float, float] | None:
        area, key = self.current_footnote_area, (self._place(), self.notes[note])
        if key not in self.heights.alone:
            area.children = [note]
            laid = self._lay_out_area()
            area.children = self.current_page_footnotes
            self.heights.alone[key] = (laid.height, laid.margin_height() - laid.height) if _adds_up(laid) else None
        return self.heights.alone[key]

    def _lay_out_area(self) -> Any:
        area = create_anonymous_boxes(self.current_footnote_area.deepcopy())
        return block_level_layout(self, area, -inf, None, self.current_footnote_area.page)[0]

    def _lay_out_notes(self) -> tuple[float, float, bool]:
        area = self._lay_out_area()
        last = area.children[-1]
        last_bottom = last.position_y + last.margin_height() - last.margin_bottom
        bottom = area.position_y + area.margin_height() - area.margin_bottom
        return area.height, area.margin_height(), last_bottom > bottom


def _adds_up(area: Any) -> bool:
    """Whether the one note of an ``area`` takes as much of it beside others: no margin of it meets another's, nothing
    in it floats, and the area is as tall as its notes. Padding below keeps it from running over: see ``@footnote`` in
    page.css.
    """
    if len(area.children) != 1:
        return False
    note = area.children[0]
    return (
        type(note) is BlockBox
        and note.margin_bottom == 0
        and (note.margin_top == 0 or (note.margin_top > 0 and area.padding_top + area.border_top_width > 0))
        and all(box.is_in_normal_flow() for box in note.descendants())
        and area.style["height"] == "auto"
        and area.min_height == 0
        and area.max_height == inf
        and area.padding_bottom + area.border_bottom_width > TOLERANCE
    )
