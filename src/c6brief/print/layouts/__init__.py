"""Layouts of one HTML document, one after the other, each with what has not changed of the one before.

Mending (:mod:`c6brief.print.mending`) lays a document out many times, and each time only a few styles have changed, or a
figure has moved. :class:`Layouts` gives the very pages that WeasyPrint would give, and makes only those anew that the
change reaches: ``trees`` finds the change, ``pages`` makes pages or takes them over, ``finishing`` adds running lines.
A page that was taken over is the same ``Page`` object as before.

This reaches into WeasyPrint: it does in other words what ``Document._render``, ``layout_document`` and
``make_all_pages`` do. So it is done with the one version alone that it was written for; any other lays out in full
every time, and so does a document that uses what is not followed here: ``target-counter()`` and counters of pages
in the text, running elements, ``@note-area``. ``tests/test_layouts.py`` compares both ways.
"""

from __future__ import annotations

from typing import Any

from c6brief.print.layouts.lines import Lines
from c6brief.print.layouts.pages import Layout, Resized, Sizes, Unlike
from c6brief.print.layouts.trees import Styles

KNOWN = "70.0"
"""The version of WeasyPrint that this was written for and tested with."""


class Layouts:
    """The layouts of a WeasyPrint ``HTML`` document, laid out with the fonts of ``font_config`` for a ``pdf_variant``.

    Between layouts elements may be moved, and their attributes and texts changed; not the author's style sheets, images
    and drawings.
    """

    def __init__(self, html: Any, font_config: Any, pdf_variant: str | None = None) -> None:
        import weasyprint

        self._html, self._fonts, self._variant = html, font_config, pdf_variant
        self._known = weasyprint.__version__ == KNOWN
        self._before: Layout | None = None
        self._sizes = Sizes()
        self._styles, self._lines = Styles(), Lines()
        self._sheets: list[Any] = []
        self._images: dict[str, Any] = {}
        self._dictionaries: dict[Any, Any] = {}
        self._counters: Any = None
        self._colours: dict[Any, Any] = {}

    def lay_out(self, css: str = "") -> Any:
        """WeasyPrint's ``Document``, with the style sheet ``css`` added to the author's."""
        from cssselect2 import ElementWrapper
        from weasyprint import CSS

        html = self._html
        html.wrapper_element = ElementWrapper.from_html_root(html.etree_element, content_language=None)
        sheet = CSS(string=css)
        if self._known:
            try:
                try:
                    return self._laid_out(sheet)
                except Resized:
                    self._forget()
                    return self._laid_out(sheet)
            except Unlike:
                self._forget()
        return html.render(self._fonts, pdf_variant=self._variant, stylesheets=[sheet])

    def _forget(self) -> None:
        self._before = None
        self._styles.forget()

    def _laid_out(self, sheet: Any) -> Any:
        """A document with the pages that are still right; raises :class:`Unlike`."""
        from weasyprint.document import Document
        from weasyprint.formatting_structure.build import build_formatting_structure
        from weasyprint.html import get_html_metadata
        from weasyprint.pdf.metadata import DocumentMetadata

        from c6brief.print.layouts.finishing import finish
        from c6brief.print.layouts.pages import Maker

        html = self._html
        context = self._context(sheet)
        root = build_formatting_structure(
            html.etree_element,
            context.style_for,
            context.get_image_from_uri,
            html.base_url,
            context.target_collector,
            self._counters,
            context.footnotes,
        )
        with self._lines.remembered():
            layout = Maker(context, root, html, self._styles, self._before).layout()
            pages = finish(context, layout.made)
        _let_go(context)
        self._before = layout
        metadata = DocumentMetadata(**get_html_metadata(html))
        intent = self._options()["output_intent"]
        document = Document(pages, metadata, html.url_fetcher, self._fonts, self._colours, intent)
        document._html = html
        return document

    def _context(self, sheet: Any) -> Any:
        """WeasyPrint's context of a layout, with computed styles. What others have read for it is read once."""
        from functools import partial

        from weasyprint.css import StyleFor, find_stylesheets
        from weasyprint.css.counters import CounterStyle
        from weasyprint.css.targets import TargetCollector
        from weasyprint.images import get_image_from_uri
        from weasyprint.layout import LayoutContext

        html = self._html
        if self._counters is None:
            self._counters = CounterStyle()
            for style in html._ua_counter_style():
                self._counters.update(style)
            self._sheets = [(each, "user agent", None) for each in html._ua_stylesheets(forms=False)]
            found = find_stylesheets(
                html.wrapper_element,
                html.media_type,
                html.url_fetcher,
                html.base_url,
                self._fonts,
                self._counters,
                self._colours,
                [],
                [],
            )
            self._sheets += [(each, "author", None) for each in found]
        collector = TargetCollector()
        style_for = StyleFor(html, [*self._sheets, (sheet, "user", None)], False, self._fonts, collector)
        fetch = partial(get_image_from_uri, cache=self._images, url_fetcher=html.url_fetcher, options=self._options())
        context = LayoutContext(style_for, fetch, self._fonts, self._counters, collector)
        context.dictionaries = self._dictionaries
        root = html.etree_element
        self._sizes.update(box=None, area=None)
        style_for.initial_page_sizes = self._sizes
        self._styles.begin(style_for.get_computed_styles(), {root, *root.iterfind("body")}, self._sizes)
        return context

    def _options(self) -> dict[str, Any]:
        """WeasyPrint's options, with those that the variant of PDF asks for."""
        from weasyprint import DEFAULT_OPTIONS
        from weasyprint.pdf import VARIANTS

        asked = VARIANTS[self._variant][1] if self._variant else {}
        return {key: asked.get(key) if value is None else value for key, value in DEFAULT_OPTIONS.items()}


def _let_go(context: Any) -> None:
    """Let go of all that a layout needed but its pages do not. Drawings keep their context, and ask it for images."""
    for name in vars(context).keys() - {"get_image_from_uri", "font_config", "dictionaries", "counter_style"}:
        delattr(context, name)
