"""What is kept of one print for the next, in a process that prints again and again.

The layouts of a brief serve its next version (:meth:`Layouts.becomes <c6brief.print.layouts.Layouts.becomes>`), and another
brief in the same template too, whose style sheets and fonts are the same: then little more than these are kept. Nothing
is kept where a file that the page was made of has changed, or where WeasyPrint had something to say: it says it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from c6brief.print.fetcher import ProjectFetcher
    from c6brief.print.layouts import Layouts

VERSIONS = 50
"""After so many all is made anew: what is remembered of lines and notes grows with each."""


@dataclass
class _Kept:
    layouts: Layouts
    fetcher: ProjectFetcher
    variant: str | None
    versions: int = 1


class LayoutCache:
    """The layouts of the last print. They are taken out for the next one, and kept again if all went well."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None
        self._out: _Kept | None = None

    def layouts(self, page: Any, fetcher: ProjectFetcher, variant: str | None) -> Layouts:
        """Layouts of the WeasyPrint ``HTML`` document ``page``, whose files ``fetcher`` serves, for a ``pdf_variant``."""
        kept, self._kept = self._kept, None
        if (
            kept is not None
            and kept.variant == variant
            and kept.versions < VERSIONS
            and kept.fetcher.serves_as(fetcher)
            and kept.layouts.becomes(page)
        ):
            fetcher.served.update(kept.fetcher.served)
            self._out = _Kept(kept.layouts, fetcher, variant, kept.versions + 1)
        else:
            self._out = _Kept(new_layouts(page, variant, lasting=True), fetcher, variant)
        return self._out.layouts

    def keep(self) -> None:
        """Keep the layouts that were taken out."""
        self._kept, self._out = self._out, None


def new_layouts(page: Any, variant: str | None, lasting: bool = False) -> Layouts:
    """Layouts that begin with the document ``page``, its prose set on the grid."""
    from weasyprint.text.fonts import FontConfiguration

    from c6brief.print.layouts import Layouts
    from c6brief.print.mending.grid import set_on_grid

    return Layouts(page, FontConfiguration(), variant, set_on_grid, lasting)
