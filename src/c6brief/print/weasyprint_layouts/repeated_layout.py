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

from c6brief.print.weasyprint_layouts.callbacks import AdjustPage, AlignPages
from c6brief.print.weasyprint_layouts.computed_styles import CachedStyleFor
from c6brief.print.weasyprint_layouts.finishing import finish_pages
from c6brief.print.weasyprint_layouts.line_cache import LineCache
from c6brief.print.weasyprint_layouts.note_heights import NoteContext, NoteHeights
from c6brief.print.weasyprint_layouts.page_making import PageMaker, PageSizeChanged, UnsupportedDocument
from c6brief.print.weasyprint_layouts.page_records import LayoutRecord
from c6brief.print.weasyprint_layouts.style_cache import StyleCache, StyleSheets
from c6brief.print.weasyprint_lines import LinePlanner

MOST_PAGES = 60
"""Pages of a document all of whose layouts are kept for its next version. Of a longer one it is the last layout alone.
"""


class RepeatedLayout:
    """Lays a WeasyPrint ``HTML`` document out again and again. What is read of other files is read once.

    Where layouts are ``lasting``, all layouts of the version before are kept for the next one: the first layout of a
    version is most like the first one of the version before, and so on.
    """

    def __init__(
        self,
        html: Any,
        font_config: Any,
        pdf_variant: str | None,
        planner: LinePlanner,
        align: AlignPages | None,
        lasting: bool,
    ) -> None:
        self._html, self._fonts, self._align, self._lasting = html, font_config, align, lasting
        self._planner = planner
        asked = VARIANTS[pdf_variant][1] if pdf_variant else {}
        self._options = {key: asked.get(key) if value is None else value for key, value in DEFAULT_OPTIONS.items()}
        self._styles = StyleCache()
        self._lines = LineCache(self._styles)
        self._heights = NoteHeights()
        self._layouts: list[LayoutRecord] = []
        """Of this version of the document: the last one, or all."""
        self._earlier: list[LayoutRecord] = []
        """Of the version before."""
        self._metadata: Any = None
        """What the head of the document says, which mending leaves alone."""
        self._images: dict[str, Any] = {}
        self._dictionaries: dict[Any, Any] = {}
        self._colours: dict[Any, Any] = {}
        self._counters = CounterStyle()
        for style in html._ua_counter_style():
            self._counters.update(style)
        self._sheets: StyleSheets = [(each, "user agent", None) for each in html._ua_stylesheets(forms=False)]
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

    def lay_out(self, sheet: Any, adjust: AdjustPage[Any] | None) -> tuple[Any, list[Any]] | None:
        """WeasyPrint's ``Document`` with a user's style ``sheet``, to which the rules are added that ``adjust`` gives
        of pages; and all that it gave. ``None`` where the document can only be laid out as a whole.
        """
        rules = len(sheet.page_rules)
        try:
            try:
                return self._lay_out(sheet, adjust)
            except PageSizeChanged:
                self._forget()
                del sheet.page_rules[rules:]
                return self._lay_out(sheet, adjust)
        except UnsupportedDocument:
            self._forget()
            return None

    def begin_version(self) -> None:
        """A new version of the document is laid out from here on. Its elements are those of the one before, where they
        were kept, and it has the same style sheets.
        """
        self._layouts, self._earlier = [], self._layouts
        self._metadata = None

    def _forget(self) -> None:
        self._layouts, self._earlier = [], []
        self._styles.forget()
        self._lines.forget()

    def _lay_out(self, sheet: Any, adjust: AdjustPage[Any] | None) -> tuple[Any, list[Any]]:
        html = self._html
        targets = TargetCollector()
        style_for = CachedStyleFor(self._styles, html, [*self._sheets, (sheet, "user", None)], self._fonts, targets)
        fetch = partial(get_image_from_uri, cache=self._images, url_fetcher=html.url_fetcher, options=self._options)
        context = NoteContext(style_for, fetch, self._fonts, self._counters, targets)
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
        with self._lines.use(), self._planner.use():
            newest = (self._layouts or self._earlier)[-1:]
            lasting = self._lasting and all(len(each.records) <= MOST_PAGES for each in newest)
            before = [*self._layouts[-1:], *self._earlier] if lasting else newest
            maker = PageMaker(context, root, html, self._styles, before, adjust, sheet.page_rules, lasting)
            layout = maker.make_pages()
            pages = finish_pages(context, layout.records, self._align)
        self._layouts = [*(self._layouts if lasting else ()), layout]
        self._earlier = self._earlier if lasting else []
        _release(context)
        self._metadata = self._metadata or DocumentMetadata(**get_html_metadata(html))
        intent = self._options["output_intent"]
        document = Document(pages, self._metadata, html.url_fetcher, self._fonts, self._colours, intent)
        document._html = html
        return document, [adjustment for record in layout.records for adjustment in record.adjustments]


def _release(context: Any) -> None:
    """Let go of all that a layout needed but its pages do not. Drawings keep their context, and ask it for images."""
    for name in vars(context).keys() - {"get_image_from_uri", "font_config", "dictionaries", "counter_style"}:
        delattr(context, name)
