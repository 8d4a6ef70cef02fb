"""The layouts of one document: :class:`Layouts` is what the rest of the room uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from c6brief.print.weasyprint_document import LaidOutDocument, ParsedDocument, get_root
from c6brief.print.weasyprint_layouts.callbacks import Adjustment, AdjustPage, AlignPages
from c6brief.print.weasyprint_layouts.document_versions import DocumentVersion
from c6brief.print.weasyprint_version import is_known_version

if TYPE_CHECKING:  # it imports parts of WeasyPrint that another version may not have
    from c6brief.print.weasyprint_layouts.repeated_layout import RepeatedLayout
    from c6brief.print.weasyprint_lines import LinePlanner


class Layouts:
    """The layouts of a WeasyPrint ``HTML`` document, laid out with the fonts of ``font_config`` for a ``pdf_variant``.

    When all pages are made, ``align`` may move boxes on them. A layout in full does without, as it does without the
    function that adjusts pages.

    Between layouts elements may be moved, and their attributes and texts changed; not the author's style sheets, images
    and drawings.
    """

    def __init__(
        self,
        html: ParsedDocument,
        font_config: Any,
        pdf_variant: str | None = None,
        align: AlignPages | None = None,
        lasting: bool = False,
    ) -> None:
        """Where these are ``lasting``, pages of all layouts are kept until the document is updated."""
        self._html: Any = html
        self._fonts, self._variant, self._align = font_config, pdf_variant, align
        self._repeated: RepeatedLayout | None = None
        self._version = DocumentVersion(get_root(html)) if lasting else None
        self._planner: LinePlanner | None = None

    @property
    def root(self) -> Element:
        """The root element of the document that is laid out."""
        return get_root(self._html)

    def update(self, html: ParsedDocument) -> bool:
        """Lay out a newer version of the document from here on, in place of the one before. Whether that can be.

        Its elements are put below :attr:`root`, where those stay that both have. Style sheets that it holds or names
        have to be the same; what the files hold that it names is for the caller to know.
        """
        if self._version is None or self._repeated is None or not self._version.update(get_root(html)):
            return False
        self._html.url_fetcher = html.url_fetcher
        self._repeated.begin_version()
        return True

    def lay_out(self, css: str = "") -> LaidOutDocument:
        """The laid out document, with the style sheet ``css`` added to the author's."""
        return self.lay_out_adjusted(css, None)[0]

    def lay_out_adjusted(
        self, css: str, adjust: AdjustPage[Adjustment] | None
    ) -> tuple[LaidOutDocument, list[Adjustment]]:
        """The laid out document as above, and what ``adjust`` has made of its pages.

        Each page is shown to ``adjust`` as soon as it is made. Where that gives rules, the page is made once more with
        these and shown again, before the next one is begun. What comes out is what a layout with ``css`` and all these
        rules gives, and takes no longer than one. Pages that are no plain text are not adjusted, nor any by another
        version of WeasyPrint.
        """
        import weasyprint
        from cssselect2 import ElementWrapper

        from c6brief.print.weasyprint_lines import LinePlanner

        planner = self._planner = self._planner or LinePlanner()
        html = self._html
        html.wrapper_element = ElementWrapper.from_html_root(html.etree_element, content_language=None)
        sheet = weasyprint.CSS(string=css)
        if is_known_version():
            from c6brief.print.weasyprint_layouts.repeated_layout import RepeatedLayout

            if self._repeated is None:
                self._repeated = RepeatedLayout(
                    html, self._fonts, self._variant, planner, self._align, self._version is not None
                )
            laid_out = self._repeated.lay_out(sheet, adjust)
            if laid_out is not None:
                return laid_out
            sheet = weasyprint.CSS(string=css)  # as rules may have been added to it
        with planner.use():
            return html.render(self._fonts, pdf_variant=self._variant, stylesheets=[sheet]), []
