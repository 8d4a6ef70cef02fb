"""HTML to PDF, the same bytes for the same input on any day and in any folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from c6brief.documents.problems import Place, Problems, RuleSeverity
from c6brief.manifest.file_identifier import BLANK, fill_in_identifier
from c6brief.manifest.package import EvidencePackage
from c6brief.manifest.pdf_syntax import ForeignSyntax
from c6brief.print.comparison.report import PageSource, report_printed_otherwise
from c6brief.print.fonts import check_fonts, use_bundled_fonts
from c6brief.print.layout_cache import LayoutCache, make_layouts
from c6brief.print.page_limits import check_page_limits, is_nested_too_deeply
from c6brief.print.preflight.run import PreflightResult, report_flaws
from c6brief.print.standards import DEFAULT, Standard
from c6brief.print.weasyprint_document import DocumentHead, LaidOutDocument, get_page_boxes, get_root
from c6brief.print.weasyprint_import import import_weasyprint
from c6brief.print.weasyprint_version import UnknownWeasyPrint, require_known_version
from c6brief.rules.review.registry import BrokenRule

if TYPE_CHECKING:
    from c6brief.print.fetcher import ProjectFetcher
    from c6brief.print.mending.mend import MendedDocument

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
    picture: Callable[[str], bytes | None] = lambda url: None
    """Gives the image that is printed for an address; for all others a file is found."""
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


class _Failed(Exception):
    """A page cannot be typeset; the problem has been reported."""


def typeset(given: TypesetInput, problems: Problems, layout_cache: LayoutCache | None = None) -> PrintedBrief | None:
    """Typeset a page; ``None`` where it cannot be.

    ``layout_cache`` is what is kept of the print before in a process that prints again and again.

    Problems: ``missing-resource``, ``ignored-css``, ``typesetting``, ``typesetting-failed``, ``missing-glyph``,
    ``font-fallback``, ``missing-alt``, ``missing-language``, ``missing-title``, ``unknown-weasyprint``,
    ``printed-otherwise``, ``broken-extension``, ``not-verifiable``, ``extreme-value``, ``drawing-unfolds``,
    and the page rules that found something. A file whose
    pages have flaws is given all the same, even where the project makes errors of them: their excerpts are cut out of it.
    """
    use_bundled_fonts()
    import_weasyprint()
    from PIL import Image

    from c6brief.print.fetcher import ProjectFetcher
    from c6brief.print.weasyprint_log import report_log

    Image.MAX_IMAGE_PIXELS = LARGEST_IMAGE
    errors_before, problems_before = len(problems.errors), len(list(problems))
    fetcher = ProjectFetcher(given.resolve, problems, given.brief, given.picture)
    with report_log(problems, given.brief, lambda: given.styles, fetcher.refused):
        try:
            with _failures_reported(given, problems):
                require_known_version()
                root, mended = _lay_out(given, fetcher, problems, layout_cache)
            document = mended.document
            if given.source is not None:  # an error in what compares is ours, and not the page's
                report_printed_otherwise(document, root, given.source, given.styles, given.brief, problems)
            with _failures_reported(given, problems):
                data = _write(document, root, given)
                if layout_cache and len(list(problems)) == problems_before:
                    layout_cache.keep()
        except _Failed:
            return None
    _check_head(document.metadata, given.brief, problems)
    check_fonts(document, given.styles, given.find_character, problems, given.brand_css)
    if len(problems.errors) > errors_before:
        return None
    found = report_flaws(mended.found, given.severities, given.brief, problems)
    return PrintedBrief(data, len(document.pages), tuple(found), mended.summary)


def _lay_out(
    given: TypesetInput, fetcher: ProjectFetcher, problems: Problems, layout_cache: LayoutCache | None
) -> tuple[Element, MendedDocument]:
    """The root element of the page, and its pages, mended. What layouts know of one another is kept in the cache alone.

    Raises ``_Failed`` after problems with what would never end, and with a page that has no room.
    """
    from weasyprint import HTML

    from c6brief.print.mending.mend import Mender
    from c6brief.print.page_numbers import fill_page_numbers
    from c6brief.print.stamp import put_stamp

    variant, errors_before = given.standard.variant, len(problems.errors)
    if is_nested_too_deeply(given.html):
        raise RecursionError
    html = HTML(string=given.html, base_url=given.base_url, url_fetcher=fetcher)
    check_page_limits(get_root(html), given.html, given.source, given.brief, problems)
    if len(problems.errors) > errors_before:
        raise _Failed
    if given.stamp:
        put_stamp(get_root(html), given.stamp)
    layouts = layout_cache.take(html, fetcher, variant) if layout_cache else make_layouts(html, variant)
    root = layouts.root
    mended = fill_page_numbers(root, Mender(root, layouts.lay_out_adjusted).mend)
    for number, page in enumerate(get_page_boxes(mended.document), 1):
        if min(page.width, page.height) <= 0:
            message = f"page {number} has no room for text: its margins take the whole sheet"
            problems.error("typesetting-failed", message, given.brief, "change 'size' or 'margin' of @page in the CSS")
            raise _Failed
    return root, mended


def _write(document: LaidOutDocument, root: Element, given: TypesetInput) -> bytes:
    """The bytes of the file."""
    from c6brief.print.library_metadata import read_library_metadata
    from c6brief.print.pydyf_compression import compress_streams_alike
    from c6brief.print.tagging import write_tags
    from c6brief.print.weasyprint_characters import copy_as_typed
    from c6brief.print.weasyprint_metadata import write_claims
    from c6brief.print.weasyprint_svg_text import draw_svg_texts_whole

    package, standard, library = given.package, given.standard, read_library_metadata(root)
    if library.subjects:
        document.metadata.keywords = library.keywords

    def finish(_: Any, pdf: Any) -> None:
        typed.write(pdf)
        write_claims(pdf, standard, attached=package is not None, more=library.rdf)
        if package is not None:
            package.attach(pdf)  # last of all: the manifest is made of the finished pages

    with write_tags(root, standard), draw_svg_texts_whole(), copy_as_typed() as typed, compress_streams_alike():
        data = document.write_pdf(pdf_variant=standard.variant, pdf_tags=True, pdf_identifier=BLANK, finisher=finish)
    return fill_in_identifier(data)


@contextmanager
def _failures_reported(given: TypesetInput, problems: Problems) -> Iterator[None]:
    """While open, report what is wrong with the page, and raise :class:`_Failed` in its place."""
    from c6brief.print.tagging import MissingAlternative

    def fail(rule: str, message: str, hint: str = "", place: Place = given.brief) -> None:
        problems.error(rule, message, place, hint)

    try:
        yield
        return
    except _Failed:
        raise
    except MissingAlternative as picture:
        message = f"the template prints {picture} without an alternative text"
        fail("missing-alt", message, 'say what it shows, alt="...", or that it says nothing, alt=""')
    except ForeignSyntax as foreign:
        message = f"the template prints {foreign}: `c6brief verify` would take the file for a forgery"
        fail(
            "not-verifiable",
            message,
            "leave forms out; attach files with <link rel=attachment>, which pins nothing to a page",
        )
    except UnknownWeasyPrint as unknown:
        fail("unknown-weasyprint", str(unknown))
    except BrokenRule as broken:
        problems.add(broken.problem)
    except RecursionError:
        fail("typesetting-failed", "the page is nested too deeply", "use fewer elements inside one another")
    except MemoryError:
        raise  # the job tells it
    except Exception as reason:  # WeasyPrint raises bare assertion and value errors on odd CSS
        if isinstance(reason, OSError) and reason.errno:  # no room for a temporary file, say: no CSS is to blame
            raise
        from c6brief.print.weasyprint_limits import find_limit

        message = f"WeasyPrint cannot lay out the page: {type(reason).__name__} {reason}".strip()
        place, hint = find_limit(given.styles) or (given.brief, "undo the last change to the template's CSS")
        fail("typesetting-failed", message, hint, place)
    raise _Failed


def _check_head(metadata: DocumentHead, brief: Place, problems: Problems) -> None:
    """What PDF/UA wants to know before the first word (ISO 14289-1, 7.1 and 7.2): the language and the title."""
    if not metadata.lang:
        hint = '<html lang="{{ brief.language }}">'
        problems.error("missing-language", "the template does not say what language it is in", brief, hint)
    if not (metadata.title or "").strip():
        hint = "<title>{{ brief.title }}</title>"
        problems.error("missing-title", "the template gives the document no title", brief, hint)
