"""The layouts of one print, kept for the next, in a process that prints again and again.

The layouts of a brief serve its next version (:meth:`Layouts.update
<c6brief.print.weasyprint_layouts.layouts.Layouts.update>`), and another brief in the same template too, whose style
sheets and fonts are the same: then little more than these are kept. Nothing is kept where a file that the page was made
of has changed, or where WeasyPrint logged something: it logs it only once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from c6brief.print.weasyprint_document import ParsedDocument

if TYPE_CHECKING:  # both import WeasyPrint
    from c6brief.print.fetcher import ProjectFetcher
    from c6brief.print.weasyprint_layouts.layouts import Layouts

MOST_VERSIONS = 50
"""Versions after which everything is made anew: what is remembered of lines and notes grows with each."""


@dataclass
class _CachedLayouts:
    layouts: Layouts
    fetcher: ProjectFetcher
    variant: str | None
    versions: int = 1


class LayoutCache:
    """The layouts of the last print. They are taken out for the next one, and kept again if all went well."""

    def __init__(self) -> None:
        self._kept: _CachedLayouts | None = None
        self._taken: _CachedLayouts | None = None

    def take(self, html: ParsedDocument, fetcher: ProjectFetcher, variant: str | None) -> Layouts:
        """Layouts of the document ``html``, whose files ``fetcher`` serves, for a ``pdf_variant``: those that were kept
        where they can be updated, else new ones.
        """
        kept, self._kept = self._kept, None
        if (
            kept is not None
            and kept.variant == variant
            and kept.versions < MOST_VERSIONS
            and kept.fetcher.serves_same_as(fetcher)
            and kept.layouts.update(html)
        ):
            fetcher.served.update(kept.fetcher.served)
            self._taken = _CachedLayouts(kept.layouts, fetcher, variant, kept.versions + 1)
        else:
            self._taken = _CachedLayouts(make_layouts(html, variant, lasting=True), fetcher, variant)
        return self._taken.layouts

    def keep(self) -> None:
        """Keep the layouts that were taken out."""
        self._kept, self._taken = self._taken, None


def make_layouts(html: ParsedDocument, variant: str | None, lasting: bool = False) -> Layouts:
    """New layouts of the document ``html`` for a ``pdf_variant``, whose prose is set on the grid, and notes at the foot.

    They are ``lasting`` where the document will be updated.
    """
    from weasyprint.text.fonts import FontConfiguration

    from c6brief.print.mending.mend import align_pages
    from c6brief.print.weasyprint_layouts.layouts import Layouts

    return Layouts(html, FontConfiguration(), variant, align_pages, lasting)
