"""One layout after the other: WeasyPrint's ``Document._render``, with what is known from the layouts before."""

from __future__ import annotations

from functools import partial
from typing import Any

from weasyprint import DEFAULT_OPTIONS
from weasyprint.css import find_stylesheets
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetCollector
from weasyprint.document import Document
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.images import get_image_from_uri
from weasyprint.pdf import VARIANTS
from weasyprint.pdf.metadata import DocumentMetadata

from c6brief.print.layouts import Align, Settle
from c6brief.print.layouts.computed import Computed
from c6brief.print.layouts.finishing import finish
from c6brief.print.layouts.lines import Lines
from c6brief.print.layouts.notes import Context, Heights
from c6brief.print.layouts.page_records import Layout
from c6brief.print.layouts.pages import Maker, Resized, Unlike
from c6brief.print.layouts.style_cache import Sheets, StyleCache

MOST = 60
"""Pages of a document all of whose layouts are kept for its next version. Of a longer one it is the last layout alone."""


class Repeated:
    """The layouts of a WeasyPrint ``HTML`` document. What is read of other files is read once.

    Where they are ``lasting``, all layouts of the version before are kept for the next one: the first layout of a version is
    most like the first one of the version before, and so on.
    """

    def __init__(
        self, html: Any, font_config: Any, pdf_variant: str | None, align: Align | None, lasting: bool
    ) -> None:
        self._html, self._fonts, self._align, self._lasting = html, font_config, align, lasting
        asked = VARIANTS[pdf_variant][1] if pdf_variant else {}
        self._options = {key: asked.get(key) if value is None else value for key, value in DEFAULT_OPTIONS.items()}
        self._styles = StyleCache()
        self._lines = Lines(self._styles)
        self._heights = Heights()
        self._layouts: list[Layout] = []
        """Of this version of the document: the last one, or all."""
        self._earlier: list[Layout] = []
        """Of the version before."""
        self._metadata: Any = None
        """What the head of the document says, which mending leaves alone."""
        self._images: dict[str, Any] = {}
        self._dictionaries: dict[Any, Any] = {}
        self._colours: dict[Any, Any] = {}
        self._counters = CounterStyle()
        for style in html._ua_counter_style():
            self._counters.update(style)
        self._sheets: Sheets = [(each, "user agent", None) for each in html._ua_stylesheets(forms=False)]
        page_rules: list[Any] = []
        layers: list[Any] = []
        for each in find_stylesheets(
            html.wrapper_element,
            html.media_type,
            html.url_fetcher,
            html.base_url,
            font_config,
            self._counters,
            self._colours,
            page_rules,
            layers,
        ):
            self._sheets.append((each, "author", None))

    def lay_out(self, sheet: Any, settle: Settle[Any] | None) -> tuple[Any, list[Any]] | None:
        """WeasyPrint's ``Document``, with a user's style ``sheet``, to which is added what ``settle`` says of a page; and
        all that it said. ``None`` where the document can only be laid out as a whole.
        """
        rules = len(sheet.page_rules)
        try:
            try:
                return self._laid_out(sheet, settle)
            except Resized:
                self._forget()
                del sheet.page_rules[rules:]
                return self._laid_out(sheet, settle)
        except Unlike:
            self._forget()
            return None

    def begin(self) -> None:
        """A new version of the document is laid out from here on. Its elements are those of the one before, where they were
        kept, and it has the same style sheets.
        """
        self._layouts, self._earlier = [], self._layouts
        self._metadata = None

    def _forget(self) -> None:
        self._layouts, self._earlier = [], []
        self._styles.forget()
        self._lines.forget()

    def _laid_out(self, sheet: Any, settle: Settle[Any] | None) -> tuple[Any, list[Any]]:
        html = self._html
        targets = TargetCollector()
        style_for = Computed(self._styles, html, [*self._sheets, (sheet, "user", None)], self._fonts, targets)
        fetch = partial(get_image_from_uri, cache=self._images, url_fetcher=html.url_fetcher, options=self._options)
        context = Context(style_for, fetch, self._fonts, self._counters, targets)
        context.dictionaries, context.heights = self._dictionaries, self._heights
        root = build_formatting_structure(
            html.etree_element,
            style_for,
            context.get_image_from_uri,
            html.base_url,
            targets,
            self._counters,
            context.footnotes,
        )
        with self._lines.remembered():
            newest = (self._layouts or self._earlier)[-1:]
            lasting = self._lasting and all(len(each.made) <= MOST for each in newest)
            before = [*self._layouts[-1:], *self._earlier] if lasting else newest
            maker = Maker(context, root, html, self._styles, before, settle, sheet.page_rules, lasting)
            layout = maker.layout()
            pages = finish(context, layout.made, self._align)
        self._layouts = [*(self._layouts if lasting else ()), layout]
        self._earlier = self._earlier if lasting else []
        _let_go(context)
        self._metadata = self._metadata or DocumentMetadata(**get_html_metadata(html))
        intent = self._options["output_intent"]
        document = Document(pages, self._metadata, html.url_fetcher, self._fonts, self._colours, intent)
        document._html = html
        return document, [found for made in layout.made for found in made.settled]


def _let_go(context: Any) -> None:
    """Let go of all that a layout needed but its pages do not. Drawings keep their context, and ask it for images."""
    for name in vars(context).keys() - {"get_image_from_uri", "font_config", "dictionaries", "counter_style"}:
        delattr(context, name)
