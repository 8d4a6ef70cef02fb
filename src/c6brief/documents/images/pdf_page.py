"""A page of a PDF as a picture of pixels, by PDFium: for charts that were made elsewhere and are at hand in no other form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from c6brief.documents.images.facts import BadImage, ImageFacts, check_size

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES = 10_000

_HINT = "export the chart as SVG, or save the PDF again"


def inspect_pdf(data: bytes, number: int = 1) -> ImageFacts:
    """The size of page ``number`` (from 1) of a PDF. Raises :class:`BadImage`."""
    with _open_page(data, number) as (page, count):
        width, height = page.get_size()
        if not (0 < width < 20_000 and 0 < height < 20_000):  # ISO 32000-2, annex C: 14,400 units
            raise BadImage("image-format", f"page {number} is {width:g} × {height:g} pt", _HINT)
        return ImageFacts("PDF", width, height, pages=count)


def draw_page(data: bytes, number: int, width_px: int) -> Image:
    """Page ``number`` (from 1) on white, ``width_px`` pixels wide. Raises :class:`BadImage`."""
    with _open_page(data, number) as (page, _):
        width, height = page.get_size()
        check_size(width_px, width_px * height / max(width, 0.01))
        picture: Image = page.render(scale=width_px / width, may_draw_forms=False).to_pil()
        return picture.convert("RGB")


@contextmanager
def _open_page(data: bytes, number: int) -> Iterator[tuple[Any, int]]:
    """While open, a page of a PDF, and how many it has."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as reason:
        message = "the PDF is damaged, or wants a password"
        raise BadImage("image-damaged", message, _HINT) from reason
    try:
        count = len(document)
        if not 1 <= number <= min(count, MOST_PAGES):
            message = f"page: {number}, and the PDF has {count} {'page' if count == 1 else 'pages'}"
            raise BadImage("bad-value", message, f"a number from 1 to {count}")
        page = document[number - 1]
        try:
            yield page, count
        finally:
            page.close()
    except pypdfium2.PdfiumError as reason:
        raise BadImage("image-damaged", f"page {number} of the PDF cannot be read", _HINT) from reason
    finally:
        document.close()
