"""HTML to PDF, the same bytes for the same input on any day and in any folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from c6brief.documents.problems import Place, Problems
from c6brief.print.fonts import check_fonts, use_bundled_fonts
from c6brief.print.identity import BLANK, identified
from c6brief.print.parcel import Parcel

LARGEST_IMAGE = 20_000_000
"""Pixels. An image of 100 megapixels takes 800 MB of memory."""


@dataclass(frozen=True)
class Printed:
    """A typeset brief: the file's bytes and the number of its pages."""

    data: bytes
    pages: int


def typeset(
    html: str,
    base_url: str,
    resolve: Callable[[str], Path | None],
    styles: list[Path],
    brief: Place,
    find: Callable[[str], Place],
    problems: Problems,
    parcel: Parcel | None = None,
    stamp: str = "",
) -> Printed | None:
    """Typeset ``html``; ``None`` after a problem.

    Relative addresses are joined to ``base_url``; ``resolve`` finds the file behind an address; ``styles`` are the
    page's style sheets, ``find`` tells where a character was written; ``parcel`` is what the file carries, ``stamp``
    words that go across every page. Problems: ``missing-resource``, ``ignored-css``, ``typesetting``,
    ``typesetting-failed``, ``missing-glyph``, ``font-fallback``.
    """
    use_bundled_fonts()
    from cssselect2 import ElementWrapper
    from PIL import Image
    from weasyprint import CSS, HTML, Document
    from weasyprint.text.fonts import FontConfiguration

    from c6brief.print.fetcher import ProjectFetcher
    from c6brief.print.flow import flow
    from c6brief.print.messages import logged_as_problems
    from c6brief.print.numbering import number_pages
    from c6brief.print.settle import settle
    from c6brief.print.stamp import put_stamp

    Image.MAX_IMAGE_PIXELS = LARGEST_IMAGE
    before = len(problems.errors)
    with logged_as_problems(problems, brief, lambda: styles):
        try:
            page = HTML(string=html, base_url=base_url, url_fetcher=ProjectFetcher(resolve))
            if stamp:
                put_stamp(page.etree_element, stamp)

            fonts = FontConfiguration()  # read once for all layouts

            def lay_out(css: str = "") -> Document:
                page.wrapper_element = ElementWrapper.from_html_root(page.etree_element, content_language=None)
                return page.render(fonts, pdf_tags=True, stylesheets=[CSS(string=css)])

            # Holes are filled before notes and margin are mended, which takes more rounds, and looked for once more.
            plain = flow(page.etree_element, lay_out)
            document = flow(page.etree_element, lambda: settle(lay_out), settle(lay_out, plain))
            document = number_pages(page.etree_element, lambda: settle(lay_out), document)
            data = document.write_pdf(
                pdf_tags=True,
                pdf_identifier=BLANK,
                # Last of all: the manifest is made of the finished pages. Repairs of the tag tree come before it.
                finisher=lambda _, pdf: parcel.enclose(pdf) if parcel else None,
            )
            data = identified(data)
        except RecursionError:
            problems.error(
                "typesetting-failed", "the page is nested too deeply", brief, "use fewer elements inside one another"
            )
            return None
        except Exception as reason:  # WeasyPrint raises bare assertion and value errors on odd CSS
            message = f"WeasyPrint cannot lay out the page: {type(reason).__name__} {reason}".strip()
            problems.error("typesetting-failed", message, brief, "undo the last change to the template's CSS")
            return None
    check_fonts(document, styles, find, problems)
    return Printed(data, len(document.pages)) if len(problems.errors) == before else None
