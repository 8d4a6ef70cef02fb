"""HTML to PDF, the same bytes for the same input on any day and in any folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from c6brief.brief.settings import RuleSeverity
from c6brief.documents.problems import Place, Problems
from c6brief.print.fonts import check_fonts, use_bundled_fonts
from c6brief.print.identity import BLANK, identified
from c6brief.print.layout_cache import LayoutCache, new_layouts
from c6brief.print.parcel import EvidencePackage
from c6brief.print.preflight.run import PreflightResult
from c6brief.print.standards import DEFAULT, Standard, claim
from c6brief.print.starting import import_weasyprint
from c6brief.rules.review.registry import BrokenRule

LARGEST_IMAGE = 20_000_000
"""Pixels. An image of 100 megapixels takes 800 MB of memory."""


@dataclass(frozen=True)
class Printed:
    """A typeset brief: the file's bytes and the number of its pages."""

    data: bytes
    pages: int
    found: tuple[PreflightResult, ...] = ()
    """The flaws of its pages that the project wants to hear of."""
    mended: tuple[str, ...] = ()
    """What was mended, in words."""
    rests_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the entries that notes and figures rest on, by anchor: ``note-3``, ``figure-ID``."""


def typeset(
    html: str,
    base_url: str,
    resolve: Callable[[str], Path | None],
    styles: list[Path],
    brief: Place,
    find: Callable[[str], Place],
    problems: Problems,
    parcel: EvidencePackage | None = None,
    stamp: str = "",
    brand_css: str = "",
    standard: Standard = DEFAULT,
    severities: Mapping[str, RuleSeverity] | None = None,
    warm: LayoutCache | None = None,
) -> Printed | None:
    """Typeset ``html``; ``None`` where it cannot be.

    Relative addresses are joined to ``base_url``; ``resolve`` finds the file behind an address; ``styles`` are the
    page's style sheets, ``find`` tells where a character was written; ``parcel`` is what the file carries, ``stamp``
    words that go across every page, ``brand_css`` the style sheet that ``html`` carries itself, ``standard`` what the
    file conforms to, ``severities`` those that the project gives to page rules, ``warm`` what is kept of the print before.
    Problems: ``missing-resource``,
    ``ignored-css``, ``typesetting``, ``typesetting-failed``, ``missing-glyph``, ``font-fallback``, ``missing-alt``,
    ``missing-language``, ``missing-title``, ``unknown-weasyprint``, ``broken-extension``, and the page
    rules that found something. A file whose pages have flaws is given all the same, even where the project makes errors
    of them: they are looked at in it.
    """
    use_bundled_fonts()
    import_weasyprint()
    from PIL import Image
    from weasyprint import HTML, Document

    from c6brief.print.deflated import streams_deflated
    from c6brief.print.drawn_text import texts_in_one_piece
    from c6brief.print.fetcher import ProjectFetcher
    from c6brief.print.mending.mend import Mending
    from c6brief.print.messages import logged_as_problems
    from c6brief.print.numbering import number_pages
    from c6brief.print.preflight.run import report_flaws
    from c6brief.print.stamp import put_stamp
    from c6brief.print.tagging import MissingAlternative, UnknownWeasyPrint, tags_of

    Image.MAX_IMAGE_PIXELS = LARGEST_IMAGE
    before, said = len(problems.errors), len(list(problems))
    with logged_as_problems(problems, brief, lambda: styles):
        try:
            fetcher, variant = ProjectFetcher(resolve), standard.variant
            page = HTML(string=html, base_url=base_url, url_fetcher=fetcher)
            if stamp:
                put_stamp(page.etree_element, stamp)

            layouts = warm.layouts(page, fetcher, variant) if warm else new_layouts(page, variant)
            root = layouts.root
            mended = number_pages(root, Mending(root, layouts.settled).mended)
            document = mended.document
            del page, layouts  # what the layouts know of one another ends here, where it is not kept warm

            def finish(_: Document, pdf: Any) -> None:
                claim(pdf, standard, attached=parcel is not None)
                if parcel is not None:
                    parcel.enclose(pdf)  # last of all: the manifest is made of the finished pages

            with tags_of(root, standard), texts_in_one_piece(), streams_deflated():
                data = document.write_pdf(pdf_variant=variant, pdf_tags=True, pdf_identifier=BLANK, finisher=finish)
            data = identified(data)
            if warm and len(list(problems)) == said:
                warm.keep()
        except MissingAlternative as picture:
            hint = 'say what it shows, alt="...", or that it says nothing, alt=""'
            problems.error("missing-alt", f"the template prints {picture} without an alternative text", brief, hint)
            return None
        except UnknownWeasyPrint as found:
            problems.error("unknown-weasyprint", str(found), brief)
            return None
        except BrokenRule as broken:
            problems.add(broken.problem)
            return None
        except RecursionError:
            problems.error(
                "typesetting-failed", "the page is nested too deeply", brief, "use fewer elements inside one another"
            )
            return None
        except Exception as reason:  # WeasyPrint raises bare assertion and value errors on odd CSS
            message = f"WeasyPrint cannot lay out the page: {type(reason).__name__} {reason}".strip()
            problems.error("typesetting-failed", message, brief, "undo the last change to the template's CSS")
            return None
    _check_head(document.metadata, brief, problems)
    check_fonts(document, styles, find, problems, brand_css)
    if len(problems.errors) > before:
        return None
    found = report_flaws(mended.found, severities or {}, brief, problems)
    return Printed(data, len(document.pages), tuple(found), mended.said)


def _check_head(metadata: Any, brief: Place, problems: Problems) -> None:
    """What PDF/UA wants to know before the first word (ISO 14289-1, 7.1 and 7.2): the language and the title."""
    if not metadata.lang:
        hint = '<html lang="{{ brief.language }}">'
        problems.error("missing-language", "the template does not say what language it is in", brief, hint)
    if not (metadata.title or "").strip():
        hint = "<title>{{ brief.title }}</title>"
        problems.error("missing-title", "the template gives the document no title", brief, hint)
