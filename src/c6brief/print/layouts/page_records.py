"""What is remembered of pages and layouts, and where it is found again in a newer tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from c6brief.print.layouts.trees import Difference, Outline


@dataclass(frozen=True)
class PageStart:
    """What a page finds when it begins; after the last page, what one more would find."""

    start: int
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

    def same(self, other: PageStart) -> bool:
        """Whether pages that begin so, with nothing left over, begin alike."""
        return self._told_apart() == other._told_apart()

    def _told_apart(self) -> Any:
        quotes, counters, scopes, groups = self.state
        counted = {name: values for name, values in counters.items() if name != "pages"}  # known at the end alone
        return self.start, self.inside, self.ended, self.next_page, self.right, quotes, counted, scopes, groups

    def moved(self, unlike: Difference) -> PageStart | None:
        """The same place in the newer tree; ``None`` where it is not known."""
        start = unlike.moved(self.start)
        if start is None or (unlike.shift and self.state[3]):  # groups of pages hold places of their own
            return None
        return replace(self, start=start)


@dataclass
class PageRecord:
    """A page with what it rests on."""

    box: Any
    """WeasyPrint's page box: the text and its notes, without running lines."""
    entrance: PageStart
    exit: PageStart
    reach: int
    """The number after the last box that was looked at to make it."""
    styles: tuple[int, ...]
    """Of its page type and its margins."""
    noted: frozenset[Any]
    """The elements of the footnotes that it took from those that waited."""
    returned: frozenset[Any]
    """Those that it gave back."""
    labels: list[tuple[Any, str]]
    """Its boxes that want a bookmark, with their labels."""
    strings: list[tuple[str, str]]
    """Names and texts that it sets for the running lines."""
    settled: tuple[Any, ...]
    """What it needed to be settled."""
    finished: tuple[Any, Any] | None = None
    """The finished ``Page``, after what it was finished with."""

    @property
    def last(self) -> bool:
        return self.exit.ended and self.exit.clean

    def moved(self, unlike: Difference) -> PageRecord | None:
        """The same page in the newer tree; ``None`` where its ends are not known there."""
        entrance, exit, reach = self.entrance.moved(unlike), self.exit.moved(unlike), unlike.moved(self.reach - 1)
        if entrance is None or exit is None or reach is None:
            return None
        return replace(self, entrance=entrance, exit=exit, reach=reach + 1)


@dataclass(frozen=True)
class Layout:
    """What is remembered of a layout."""

    outline: Outline
    made: list[PageRecord]
    sizes: dict[str, Any]
    """Of the first page."""
    notes: frozenset[Any]
    """The elements of all footnotes."""


@dataclass
class PreviousLayout:
    """A layout before this one."""

    layout: Layout
    still: list[PageRecord | None]
    """Its pages as they are in the tree of this layout; ``None`` for those that are no longer right."""
    waited: set[Any]
    """The elements of the footnotes that no page of it had taken yet, where this layout is."""
    lasting: bool
    """Whether its pages are kept for layouts after this one."""

    def pass_by(self, at: int) -> None:
        """Go on from its page ``at``."""
        if at < len(self.still):
            was = self.layout.made[at]
            self.waited = (self.waited - was.noted) | was.returned
            if not self.lasting:
                self.still[at] = self.layout.made[at] = None  # which frees a page that is not taken over

    def page(self, at: int) -> PageRecord | None:
        return self.still[at] if at < len(self.still) else None
