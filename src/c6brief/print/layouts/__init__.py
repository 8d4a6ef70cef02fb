"""Layouts of one HTML document, one after the other, each with what has not changed of the one before.

Mending (:mod:`c6brief.print.mending`) lays a document out many times, and each time only a few styles have changed, or a
figure has moved. :class:`Layouts` gives the very pages that WeasyPrint would give, and makes only those anew that the
change reaches. A page that was taken over is the same ``Page`` object as before.

``repeated`` lays out; of what it needs, ``styles`` computes styles once, ``trees`` finds what has changed, ``pages``
makes pages or takes them over, ``lines`` remembers how text was broken, and ``finishing`` adds running lines.

All this reaches into WeasyPrint: it does in other words what ``StyleFor``, ``Document._render``, ``make_all_pages`` and
``layout_document`` do. So it is done with the one version alone that it was written for; any other lays out in full
every time, and so does a document that uses what is not followed here: ``target-counter()`` and counters of pages
in the text, running elements, ``@note-area``. ``tests/test_layouts.py`` compares both ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from c6brief.print.layouts.repeated import Repeated

KNOWN = "70.0"
"""The version of WeasyPrint that this was written for and tested with."""


class Layouts:
    """The layouts of a WeasyPrint ``HTML`` document, laid out with the fonts of ``font_config`` for a ``pdf_variant``.

    Between layouts elements may be moved, and their attributes and texts changed; not the author's style sheets, images
    and drawings.
    """

    def __init__(self, html: Any, font_config: Any, pdf_variant: str | None = None) -> None:
        self._html, self._fonts, self._variant = html, font_config, pdf_variant
        self._repeated: Repeated | None = None

    def lay_out(self, css: str = "") -> Any:
        """WeasyPrint's ``Document``, with the style sheet ``css`` added to the author's."""
        import weasyprint
        from cssselect2 import ElementWrapper

        html = self._html
        html.wrapper_element = ElementWrapper.from_html_root(html.etree_element, content_language=None)
        sheet = weasyprint.CSS(string=css)
        if weasyprint.__version__ == KNOWN:
            from c6brief.print.layouts.repeated import Repeated

            self._repeated = self._repeated or Repeated(html, self._fonts, self._variant)
            document = self._repeated.lay_out(sheet)
            if document is not None:
                return document
        return html.render(self._fonts, pdf_variant=self._variant, stylesheets=[sheet])
