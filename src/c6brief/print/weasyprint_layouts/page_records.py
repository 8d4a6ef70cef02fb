"""What is remembered of pages and layouts, and where it is found again in a newer tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from c6brief.print.weasyprint_layouts.box_trees import TreeDifference, TreeOutline


@dataclass(frozen=True)
class PageStart:
    """What a page finds when it begins; after the last page, what one more would find."""

    box: int
    """The number of the box that it begins in."""
    inside: Any
    """Where in that box: WeasyPrint's ``resume_at`` from there on."""
    ended: bool
    """Whether the text has come to its end."""
    clean: bool
    """Whether the page before left nothing over: no note, no float, and no box that layout has written into."""
    next_page: Any
    right: bool
    state: Any
    """WeasyPrint's counters of pages and its groups of pages."""

    def begins_as(self, other: PageStart) -> bool:
        """Whether a page that begins here, with nothing left over, begins as one does at ``other``."""
        return bool(self._comparable() == other._comparable())

    def _comparable(self) -> Any:
        quotes, counters, scopes, groups = self.state
        counted = {name: values for name, values in counters.items() if name != "pages"}  # known at the end alone
        return self.box, self.inside, self.ended, self.next_page, self.right, quotes, counted, scopes, groups

    def moved(self, difference: TreeDifference) -> PageStart | None:
        """The same place in the newer tree; ``None`` where it is not known."""
        box = difference.moved(self.box)
        if box is None or (difference.shift and self.state[3]):  # groups of pages hold places of their own
            return None
        return replace(self, box=box)


@dataclass
class PageRecord:
    """A page with what it rests on."""

    box: Any
    """WeasyPrint's page box: the text and its notes, without running lines."""
    start: PageStart
    next_start: PageStart
    """Where the page after it begins."""
    reach: int
    """The number after the last box that was looked at to make it."""
    styles: tuple[int, ...]
    """Of its page type and its margins."""
    notes_taken: frozenset[Any]
    """The elements of the footnotes that it took from those that waited."""
    notes_returned: frozenset[Any]
    """Those that it gave back."""
    labels: list[tuple[Any, str]]
    """Its boxes that want a bookmark, with their labels."""
    strings: list[tuple[str, str]]
    """Names and texts that it sets for the running lines."""
    adjustments: tuple[Any, ...]
    """What it needed."""
    finished: tuple[Any, Any] | None = None
    """The finished ``Page``, after what it was finished with."""

    @property
    def last(self) -> bool:
        """Whether nothing is left for another page."""
        return self.next_start.ended and self.next_start.clean

    def moved(self, difference: TreeDifference) -> PageRecord | None:
        """The same page in the newer tree; ``None`` where its ends are not known there."""
        start, next_start = self.start.moved(difference), self.next_start.moved(difference)
        reach = difference.moved(self.reach - 1)
        if start is None or next_start is None or reach is None:
            return None
        return replace(self, start=start, next_start=next_start, reach=reach + 1)

    def without_page(self) -> PageRecord:
        """The record without its boxes, which lets the page be freed."""
        return replace(self, box=None, labels=[], finished=None)


@dataclass(frozen=True)
class LayoutRecord:
    """What is remembered of a layout."""

    outline: TreeOutline
    records: list[PageRecord]
    """Of its pages."""
    sizes: dict[str, Any]
    """Of the first page."""
    notes: frozenset[Any]
    """The elements of all footnotes."""


@dataclass
class PreviousLayout:
    """A layout before this one."""

    layout: LayoutRecord
    valid: list[PageRecord | None]
    """The records of its pages as they are in the tree of this layout; ``None`` for those that are no longer right."""
    waiting: set[Any]
    """The elements of the footnotes that no page of it had taken yet, where this layout is."""
    lasting: bool
    """Whether its pages are kept for layouts after this one."""

    def pass_by(self, at: int) -> None:
        """Go on from its page ``at``."""
        if at < len(self.valid):
            record = self.layout.records[at]
            self.waiting = (self.waiting - record.notes_taken) | record.notes_returned
            if not self.lasting:
                self.valid[at] = None
                self.layout.records[at] = record.without_page()  # which frees a page that is not taken over

    def record(self, at: int) -> PageRecord | None:
        """The record of its page ``at`` (from 0), where that is still right."""
        return self.valid[at] if at < len(self.valid) else None
