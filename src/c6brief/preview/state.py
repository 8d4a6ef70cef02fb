"""What the preview shows: the PDF as it lies on the disk, as pictures of its pages, and what they rest on."""

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
from c6brief.preview.places import Box, Links, PageWords

WIDEST = 3_000
"""Pixels of a picture's width: a page across a large screen of double density."""

MOST_PICTURES = 100
"""Pictures of one state that are kept; an eight-page brief at two widths has 16."""

_pdfium = threading.Lock()


class PreviewState:
    """The PDF ``data``; ``cited`` says what its notes and figures rest on, ``texts`` are those of the sources."""

    def __init__(self, data: bytes, cited: Mapping[str, Sequence[str]], texts: Mapping[str, SourceText]) -> None:
        self.data, self._cited, self._texts = data, cited, texts
        self.id = sha256(data)[:16]
        self._pictures: dict[tuple[int, int], bytes] = {}
        self._items: list[dict[str, Any]] | None = None
        with _open(data) as pdf:
            self.title: str = pdf.get_metadata_value("Title")
            self.sizes = [tuple(round(side, 2) for side in pdf.get_page_size(at)) for at in range(len(pdf))]

    def picture(self, number: int, width: int) -> bytes | None:
        """Page ``number``, from 1, as a PNG of that many pixels across; ``None`` where there is no such page."""
        if not 1 <= number <= len(self.sizes):
            return None
        width = max(100, min(width, WIDEST))
        with _open(self.data) as pdf:
            kept = self._pictures.get((number, width))
            if kept is not None:
                return kept
            page = pdf[number - 1]
            bitmap = page.render(scale=width / self.sizes[number - 1][0])
            image = bitmap.to_pil().convert("RGB")
            bitmap.close()
            page.close()
            written = io.BytesIO()
            image.save(written, "PNG", compress_level=1)
            if len(self._pictures) >= MOST_PICTURES:
                self._pictures.clear()
            self._pictures[number, width] = written.getvalue()
            return written.getvalue()

    @property
    def items(self) -> list[dict[str, Any]]:
        """What the pages rest on, for the browser; nothing where the file carries no manifest, as a draft does."""
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
        links = Links(self.data)
        pages = [PageWords(at, pdf) for at in range(1, len(pdf) + 1)]
        return read_items(
            manifest,
            self._cited,
            self._texts,
            links.notes(),
            links.figures(),
            _find_quotations(manifest, pages),
            {table.id: boxes for table in manifest.tables if (boxes := _find_first(table.title, pages))},
            links.anchors(),
        )


@contextmanager
def _open(data: bytes) -> Iterator[Any]:
    """The PDF ``data``, for one thread alone: PDFium serves one at a time, in opening, drawing and closing.

    Whatever was opened must be closed by then. What is left to Python's garbage collection is closed at any time, by
    whatever thread, in the middle of another one's drawing.
    """
    import pypdfium2

    with _pdfium:
        pdf = pypdfium2.PdfDocument(data)
        try:
            yield pdf
        finally:
            pdf.close()


def _find_quotations(manifest: Manifest, pages: Sequence[PageWords]) -> list[list[Box]]:
    """Where each quotation of the manifest stands. The same words twice on a page are told apart by their order."""
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
    """The first place where ``words`` stand."""
    return next((boxes for page in pages if (boxes := page.find(words)[0])), [])
