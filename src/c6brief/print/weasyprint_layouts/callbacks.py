"""What the caller of :class:`~c6brief.print.weasyprint_layouts.layouts.Layouts` may have done to pages while they are
made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from c6brief.print.weasyprint_document import PageBox


class PageAdjustment(Protocol):
    """What a page needs."""

    @property
    def css(self) -> str:
        """Rules of ``@page`` for that page alone."""


Adjustment = TypeVar("Adjustment", bound=PageAdjustment)

AdjustPage = Callable[[PageBox, int], Adjustment | None]
"""Given a page and its number (from 1), what the page needs; ``None`` where it may stay as it is."""

AlignPages = Callable[[Sequence[PageBox]], Sequence[bool]]
"""Given all pages, moves boxes on them, and says of each page whether it did."""
