"""HTML to PDF, the same bytes for the same input on any day and in any folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from c6brief.documents.problems import Place, Problems, RuleSeverity
from c6brief.manifest.file_identifier import BLANK, fill_in_identifier
from c6brief.manifest.package import EvidencePackage
from c6brief.manifest.pdf_syntax import ForeignSyntax
from c6brief.print.comparison.report import PageSource, report_printed_otherwise
from c6brief.print.fonts import check_fonts, use_bundled_fonts
from c6brief.print.layout_cache import LayoutCache, make_layouts
from c6brief.print.page_limits import check_page_limits
from c6brief.print.preflight.run import PreflightResult
from c6brief.print.standards import DEFAULT, Standard
from c6brief.print.weasyprint_document import DocumentHead, get_root
from c6brief.print.weasyprint_import import import_weasyprint
from c6brief.print.weasyprint_version import UnknownWeasyPrint, require_known_version
from c6brief.rules.review.registry import BrokenRule

LARGEST_IMAGE = 20_000_000
"""Pixels. An image of 100 megapixels takes 800 MB of memory."""


@dataclass(frozen=True)
class TypesetInput:
    """A page to typeset, and what the file is to be beside its pages."""

    html: str
    """The whole document."""
    base_url: str
    """What relative addresses are joined to."""
    resolve: Callable[[str], Path | None]
    """Finds the file behind an address; ``None`` for what may not be read."""
    styles: list[Path]
    """The style sheets that ``html`` links."""
    brief: Place
    """Where problems are reported that have no place of their own."""
    find_character: Callable[[str], Place]
    """Finds where a character was written; the brief's place for an empty text."""
    brand_css: str = ""
    """The style sheet that ``html`` carries itself."""
    package: EvidencePackage | None = None
    """What the file carries; ``None`` for a draft, which proves nothing."""
    stamp: str = ""
    """Words that go across every page."""
    standard: Standard = DEFAULT
    """What the file conforms to."""
    source: PageSource | None = None
    """What the page was made from, with which its print is compared; ``None``: it is not compared."""
    severities: Mapping[str, RuleSeverity] = field(default_factory=dict)
    """The severities that the project gives to page rules, by name."""


@dataclass(frozen=True)
class PrintedBrief:
    """A typeset brief: the file's bytes and the number of its pages."""

    data: bytes
    pages: int
    found: tuple[PreflightResult, ...] = ()
    """The flaws of its pages that the project wants to hear of."""
    mended: tuple[str, ...] = ()
    """What was mended, in words."""
    rests_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the entries that notes and figures rest on, by anchor: ``note-3``, ``figure-ID``."""


class _Mistake(Exception):
    """An error in the code that compares pages; its cause is what was raised."""


def typeset(given: TypesetInput, problems: Problems, layout_cache: LayoutCache | None = None) -> PrintedBrief | None:
    """Typeset a page; ``None`` where it cannot be.

    ``layout_cache`` is what is kept of the print before in a process that prints again and again.

    Problems: ``missing-resource``, ``ignored-css``, ``typesetting``, ``typesetting-failed``, ``missing-glyph``,
    ``font-fallback``, ``missing-alt``, ``missing-language``, ``missing-title``, ``unknown-weasyprint``,
    ``printed-otherwise``, ``broken-extension``, ``not-verifiable``, ``extreme-value``, ``drawing-unfolds``, and the page rules that found something. A file whose
    pages have flaws is given all the same,
    even where the project makes errors of them: their excerpts are cut out of it.
    """
    use_bundled_fonts()
    import_weasyprint()
    from PIL import Image
    from weasyprint import HTML, Document

    from c6brief.print.fetcher import ProjectFetcher
    from c6brief.print.mending.mend import Mender
    from c6brief.print.page_numbers import fill_page_numbers
    from c6brief.print.preflight.run import report_flaws
    from c6brief.print.pydyf_compression import compress_streams_alike
    from c6brief.print.stamp import put_stamp
    from c6brief.print.tagging import MissingAlternative, write_tags
    from c6brief.print.weasyprint_characters import copy_as_typed
    from c6brief.print.weasyprint_limits import find_limit
    from c6brief.print.weasyprint_log import report_log
    from c6brief.print.weasyprint_metadata import write_claims
    from c6brief.print.weasyprint_svg_text import draw_svg_texts_whole

    Image.MAX_IMAGE_PIXELS = LARGEST_IMAGE
    errors_before, problems_before = len(problems.errors), len(list(problems))
    package, standard = given.package, given.standard
    fetcher = ProjectFetcher(given.resolve, problems, given.brief)
    with report_log(problems, given.brief, lambda: given.styles, fetcher.refused):
        try:
            require_known_version()
            html = HTML(string=given.html, base_url=given.base_url, url_fetcher=fetcher)
            check_page_limits(get_root(html), given.html, given.source, given.brief, problems)
            if len(problems.errors) > errors_before:
                return None
            if given.stamp:
                put_stamp(get_root(html), given.stamp)

            variant = standard.variant
            layouts = layout_cache.take(html, fetcher, variant) if layout_cache else make_layouts(html, variant)
            root = layouts.root
            mended = fill_page_numbers(root, Mender(root, layouts.lay_out_adjusted).mend)
            document = mended.document
            if given.source is not None:
                try:
                    report_printed_otherwise(document, root, given.source, given.styles, given.brief, problems)
                except Exception as mistake:
                    raise _Mistake from mistake
            del html, layouts  # what the layouts know of one another ends here, where it is not kept in the cache

            def finish(_: Document, pdf: Any) -> None:
                typed.write(pdf)
                write_claims(pdf, standard, attached=package is not None)
                if package is not None:
                    package.attach(pdf)  # last of all: the manifest is made of the finished pages

            with (
                write_tags(root, standard),
                draw_svg_texts_whole(),
                copy_as_typed() as typed,
                compress_streams_alike(),
            ):
                data = document.write_pdf(pdf_variant=variant, pdf_tags=True, pdf_identifier=BLANK, finisher=finish)
            data = fill_in_identifier(data)
            if layout_cache and len(list(problems)) == problems_before:
                layout_cache.keep()
        except MissingAlternative as picture:
            hint = 'say what it shows, alt="...", or that it says nothing, alt=""'
            message = f"the template prints {picture} without an alternative text"
            problems.error("missing-alt", message, given.brief, hint)
            return None
        except ForeignSyntax as foreign:
            hint = "leave forms out; attach files with <link rel=attachment>, which pins nothing to a page"
            message = f"the template prints {foreign}: `c6brief verify` would take the file for a forgery"
            problems.error("not-verifiable", message, given.brief, hint)
            return None
        except UnknownWeasyPrint as unknown:
            problems.error("unknown-weasyprint", str(unknown), given.brief)
            return None
        except BrokenRule as broken:
            problems.add(broken.problem)
            return None
        except _Mistake as mistake:
            assert mistake.__cause__ is not None
            raise mistake.__cause__ from None  # ours, not WeasyPrint's: an internal error
        except RecursionError:
            hint = "use fewer elements inside one another"
            problems.error("typesetting-failed", "the page is nested too deeply", given.brief, hint)
            return None
        except MemoryError:
            raise  # the job tells it
        except Exception as reason:  # WeasyPrint raises bare assertion and value errors on odd CSS
            if isinstance(reason, OSError) and reason.errno:  # no room for a temporary file, say: no CSS is to blame
                raise
            message = f"WeasyPrint cannot lay out the page: {type(reason).__name__} {reason}".strip()
            place, hint = find_limit(given.styles) or (given.brief, "undo the last change to the template's CSS")
            problems.error("typesetting-failed", message, place, hint)
            return None
    _check_head(document.metadata, given.brief, problems)
    check_fonts(document, given.styles, given.find_character, problems, given.brand_css)
    if len(problems.errors) > errors_before:
        return None
    found = report_flaws(mended.found, given.severities, given.brief, problems)
    return PrintedBrief(data, len(document.pages), tuple(found), mended.summary)


def _check_head(metadata: DocumentHead, brief: Place, problems: Problems) -> None:
    """What PDF/UA wants to know before the first word (ISO 14289-1, 7.1 and 7.2): the language and the title."""
    if not metadata.lang:
        hint = '<html lang="{{ brief.language }}">'
        problems.error("missing-language", "the template does not say what language it is in", brief, hint)
    if not (metadata.title or "").strip():
        hint = "<title>{{ brief.title }}</title>"
        problems.error("missing-title", "the template gives the document no title", brief, hint)
