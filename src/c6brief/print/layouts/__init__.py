"""Layouts of one HTML document, one after the other, each with what has not changed of the one before.

Mending (:mod:`c6brief.print.mending`) lays a document out many times, and each time only a few styles have changed, or a
figure has moved. :class:`Layouts` gives the very pages that WeasyPrint would give, and makes only those anew that the
change reaches. A page that was taken over is the same ``Page`` object as before.

``repeated`` lays out; of what it needs, ``computed`` computes styles, ``styles`` are those that are known, ``trees`` finds
what has changed, ``pages`` makes pages or takes them over, ``made`` is what is remembered of them, ``lines`` and ``notes``
remember how text was broken and how tall notes stand, ``finishing`` adds running lines, and ``versions`` lets a document
that was edited keep its elements.

All this reaches into WeasyPrint: it does in other words what ``StyleFor``, ``Document._render``, ``make_all_pages`` and
``layout_document`` do. So it is done with the one version alone that it was written for; any other lays out in full
every time, and so does a document that uses what is not followed here: ``target-counter()`` and counters of pages
in the text, running elements, ``@note-area``. ``tests/test_layouts.py`` compares both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from c6brief.print.layouts.versions import Original

if TYPE_CHECKING:
    from c6brief.print.layouts.repeated import Repeated


class HasRules(Protocol):
    """What a page needs to be settled."""

    @property
    def css(self) -> str: ...


Rules = TypeVar("Rules", bound=HasRules)

Settle = Callable[[Any, int], Rules | None]
"""Given a page box of WeasyPrint and its number, what the page needs."""

Align = Callable[[Sequence[Any]], Sequence[bool]]
"""Given all page boxes, moves boxes on them, and tells of each page whether it did."""

KNOWN = "70.0"
"""The version of WeasyPrint that this was written for and tested with."""


class Layouts:
    """The layouts of a WeasyPrint ``HTML`` document, laid out with the fonts of ``font_config`` for a ``pdf_variant``.

    When all pages are made, ``align`` may move boxes on them. A layout in full does without, as it does without ``settle``.

    Between layouts elements may be moved, and their attributes and texts changed; not the author's style sheets, images
    and drawings.
    """

    def __init__(
        self,
        html: Any,
        font_config: Any,
        pdf_variant: str | None = None,
        align: Align | None = None,
        lasting: bool = False,
    ) -> None:
        """Pages of all layouts are kept where these are ``lasting``: until the document :meth:`becomes` a newer version."""
        self._html, self._fonts, self._variant, self._align = html, font_config, pdf_variant, align
        self._repeated: Repeated | None = None
        self._original = Original(html.etree_element) if lasting else None

    @property
    def root(self) -> Any:
        """The root element of the document that is laid out."""
        return self._html.etree_element

    def becomes(self, html: Any) -> bool:
        """Lay out a newer version of the document from here on, in place of the one before; whether that can be.

        Its elements are put below :attr:`root`, where those stay that both have. Style sheets that it holds or names have
        to be the same; what the files hold that it names is for the caller to know.
        """
        if self._original is None or self._repeated is None or not self._original.becomes(html.etree_element):
            return False
        self._html.url_fetcher = html.url_fetcher
        self._repeated.begin()
        return True

    def lay_out(self, css: str = "") -> Any:
        """WeasyPrint's ``Document``, with the style sheet ``css`` added to the author's."""
        return self.settled(css, None)[0]

    def settled(self, css: str, settle: Settle[Rules] | None) -> tuple[Any, list[Rules]]:
        """The ``Document`` as above, and what ``settle`` has made of its pages.

        Each page is shown to ``settle`` as soon as it is made, with its number (from 1). It may give rules of ``@page`` for
        that page alone; with these the page is made once more and shown again, before the next one is begun. What comes
        out is what a layout with ``css`` and all these rules gives, and takes no longer than one. Pages that are no plain
        text are not settled, nor any by another version of WeasyPrint.
        """
        import weasyprint
        from cssselect2 import ElementWrapper

        html = self._html
        html.wrapper_element = ElementWrapper.from_html_root(html.etree_element, content_language=None)
        sheet = weasyprint.CSS(string=css)
        if weasyprint.__version__ == KNOWN:
            from c6brief.print.layouts.repeated import Repeated

            if self._repeated is None:
                self._repeated = Repeated(html, self._fonts, self._variant, self._align, self._original is not None)
            found = self._repeated.lay_out(sheet, settle)
            if found is not None:
                return found
            sheet = weasyprint.CSS(string=css)  # as rules may have been added to it
        return html.render(self._fonts, pdf_variant=self._variant, stylesheets=[sheet]), []
