"""What the preview shows: pictures of the pages of a PDF, and what these rest on."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from c6brief.brief.record import sha256
from c6brief.evidence.matching import SourceText
from c6brief.manifest.model import MANIFEST, Manifest
from c6brief.preview.passages import read_items
from c6brief.preview.places import Box, PageWords, PdfAnchors

WIDEST = 3_000
"""Pixels of a picture's width: a page as wide as a large screen of double density."""

MOST_PIXELS = 30_000_000
"""Pixels of a picture, of 4 bytes each while it is drawn. A4 of the widest has 13 million."""

MOST_PICTURE_BYTES = 50_000_000
"""Bytes of the pictures of one state that are kept; those of an eight-page brief at two widths have a tenth of it."""

_pdfium = threading.Lock()


class PreviewState:
    """One PDF, given its bytes.

    ``cited`` are the ids of the entries that notes and figures rest on, by anchor; ``texts`` are those of the sources,
    by id.
    """

    def __init__(self, data: bytes, cited: Mapping[str, Sequence[str]], texts: Mapping[str, SourceText]) -> None:
        self.data, self._cited, self._texts = data, cited, texts
        self.id = sha256(data)[:16]
        self._pictures: dict[tuple[int, int], bytes] = {}
        self._picture_bytes = 0
        self._items: list[dict[str, Any]] | None = None
        with _open(data) as pdf:
            self.title: str = pdf.get_metadata_value("Title")
            self.sizes = [tuple(round(side, 2) for side in pdf.get_page_size(at)) for at in range(len(pdf))]

    def picture(self, number: int, width: int) -> bytes | None:
        """Page ``number``, from 1, as a PNG that is ``width`` pixels wide; ``None`` where there is no such page.

        It is less wide where it would have more than :data:`MOST_PIXELS`.
        """
        if not 1 <= number <= len(self.sizes):
            return None
        width = max(100, min(width, WIDEST))
        across, up = self.sizes[number - 1]
        with _open(self.data) as pdf:
            kept = self._pictures.get((number, width))
            if kept is not None:
                return kept
            page = pdf[number - 1]
            bitmap = page.render(scale=min(width / across, (MOST_PIXELS / (across * up)) ** 0.5))
            image = bitmap.to_pil().convert("RGB")
            bitmap.close()
            page.close()
            written = io.BytesIO()
            image.save(written, "PNG", compress_level=1)
            picture = written.getvalue()
            if self._picture_bytes + len(picture) > MOST_PICTURE_BYTES:
                self._pictures.clear()
                self._picture_bytes = 0
            self._pictures[number, width] = picture
            self._picture_bytes += len(picture)
            return picture

    @property
    def items(self) -> list[dict[str, Any]]:
        """What the pages rest on, as plain values for JSON; nothing where there is no manifest, as in a draft."""
        with _open(self.data) as pdf:
            if self._items is None:
                self._items = self._read(pdf)
            return self._items

    def _read(self, pdf: Any) -> list[dict[str, Any]]:
        from pypdf import PdfReader

        enclosed = PdfReader(io.BytesIO(self.data)).attachments
        if MANIFEST not in enclosed:
            return []
        manifest = Manifest.model_validate_json(enclosed[MANIFEST][0])
        anchors = PdfAnchors(self.data)
        pages = [PageWords(at, pdf) for at in range(1, len(pdf) + 1)]
        return read_items(
            manifest,
            self._cited,
            self._texts,
            anchors.notes(),
            anchors.figures(),
            _find_quotations(manifest, pages),
            {table.id: boxes for table in manifest.tables if (boxes := _find_first(table.title, pages))},
            anchors.anchors(),
        )


@contextmanager
def _open(data: bytes) -> Iterator[Any]:
    """Open the PDF ``data`` for one thread: PDFium must open, draw and close for one thread at a time.

    Pages and bitmaps must be closed within the block. Garbage collection would close them later, in any thread, while
    another one draws.
    """
    import pypdfium2

    with _pdfium:
        pdf = pypdfium2.PdfDocument(data)
        try:
            yield pdf
        finally:
            pdf.close()


def _find_quotations(manifest: Manifest, pages: Sequence[PageWords]) -> list[list[Box]]:
    """The boxes of each quotation of the manifest. Where the same words stand twice on a page, their order decides."""
    after: dict[tuple[int, str], int] = {}
    found = []
    for each in manifest.printed:
        boxes: list[Box] = []
        if len(each.pages) == 1:
            key = each.pages[0], each.words
            boxes, after[key] = pages[key[0] - 1].find(each.words, after.get(key, 0))
        found.append(boxes)
    return found


def _find_first(words: str, pages: Sequence[PageWords]) -> list[Box]:
    """The boxes of the first place of ``words`` on the ``pages``."""
    return next((boxes for page in pages if (boxes := page.find(words)[0])), [])
