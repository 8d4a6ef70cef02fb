"""Opening a PDF that may be anything: no PDF, encrypted, cut off, huge, made to hurt. It ends in named problems."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from c6brief.documents.files import display_name, read_bytes
from c6brief.documents.logs import silenced
from c6brief.documents.problems import Place, Problems, Span
from c6brief.manifest.document_parts import DocumentParts, read_parts
from c6brief.manifest.embedded_files import EmbeddedFile, read_embedded_files
from c6brief.manifest.file_identifier import is_untouched
from c6brief.manifest.model import MANIFEST
from c6brief.manifest.page_painting import PaintingHasher
from c6brief.manifest.page_words import PdfFonts, join_pieces, read_visible_pieces
from c6brief.manifest.pdf_file import read_strictly
from c6brief.manifest.pdf_syntax import ForeignSyntax
from c6brief.manifest.word_search import PageLetters, extract_letters
from c6brief.verification.signature import read_signed, split_signed

LARGEST_PDF = 50_000_000
"""Bytes. Our briefs have under one million."""

MOST_PAGES = 1_000


@dataclass(frozen=True)
class FoundPage:
    """A page as it is in the file now."""

    text: str
    """Its visible words (:mod:`c6brief.manifest.page_words`)."""
    letters: PageLetters
    readings: tuple[tuple[str, str], ...]
    """The texts that other readers take from it, each after the reader's name."""


@dataclass(frozen=True)
class PrintedFile:
    """A PDF as read."""

    name: str
    pages: tuple[FoundPage, ...]
    files: tuple[EmbeddedFile, ...]
    untouched: bool
    """Whether its identifier was made for exactly these bytes: so it is, unless the file was saved again."""
    producer: str
    """The program that wrote it, as its document information says; may be empty."""
    document: DocumentParts | None
    """All that a reader may see or hear; ``None`` where the file can be read in more than one way."""
    foreign: tuple[str, ...]
    """What no file of ours has, in words."""
    signed: bytes
    """The whole file, where it is signed; empty where it is not."""
    hash_old: Callable[[], list[str]]
    """Hashes how its pages are painted, as the first edition of manifests has it."""

    def place(self, page: int = 1) -> Place:
        """The file and a page of it (from 1) as a place: the page's number stands where other places have a line."""
        return Place(self.name, Span(page, 1, page, 1))


def open_printed_file(path: Path, problems: Problems) -> PrintedFile | None:
    """The PDF at ``path``; ``None`` after a problem.

    Problems: ``no-such-file``, ``not-a-file``, ``not-readable``, ``file-too-large``, ``not-a-pdf``, ``pdf-encrypted``,
    ``pdf-damaged``.
    """
    place = Place(display_name(path))
    data = read_bytes(path, problems, largest=LARGEST_PDF, is_named=True)
    if data is None:
        return None
    if b"%PDF-" not in data[:1024]:
        problems.error("not-a-pdf", "this is no PDF", place, "name a PDF that c6brief has printed")
        return None
    original, update = split_signed(data)
    document, foreign = _read_strictly(data, original, is_signed=bool(update))
    with silenced("pypdf"):
        try:
            return _read_file(data, original, document, foreign, place, problems)
        except (Exception, RecursionError) as reason:  # pypdf raises what it comes across in a broken file
            why = str(reason).split("\n")[0][:200] or type(reason).__name__
            problems.error(
                "pdf-damaged", f"the PDF cannot be read: {why}", place, "get the file again from its publisher"
            )
            return None


def _read_strictly(data: bytes, original: bytes, *, is_signed: bool) -> tuple[DocumentParts | None, tuple[str, ...]]:
    """All that a reader may see or hear of the file in ``data``, and what in it no file of ours has."""
    try:
        document = read_signed(data, original) if is_signed else read_parts(read_strictly(data), MANIFEST)
    except ForeignSyntax as reason:
        return None, (str(reason),)
    except (Exception, RecursionError) as reason:  # made to hurt, in a way that nobody has thought of
        return None, (f"values that cannot be read ({type(reason).__name__})",)
    return document, document.foreign


def _read_file(
    data: bytes,
    original: bytes,
    document: DocumentParts | None,
    foreign: tuple[str, ...],
    place: Place,
    problems: Problems,
) -> PrintedFile | None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        hint = "c6brief prints without a password: somebody added one; save it again without"
        problems.error("pdf-encrypted", "the PDF is encrypted", place, hint)
        return None
    count = len(reader.pages)
    if count > MOST_PAGES:
        problems.error("pdf-damaged", f"the PDF has {count:,} pages; at most {MOST_PAGES:,} are read", place)
        return None
    fonts, pages = PdfFonts(), []
    seen_by_pdfium = read_with_pdfium(data)
    for page, pdfium in zip_longest(reader.pages, seen_by_pdfium, fillvalue=""):
        if isinstance(page, str):
            break
        pieces = read_visible_pieces(page, fonts)
        readings = (("PDFium", pdfium), ("pypdf", page.extract_text()))
        pages.append(FoundPage(join_pieces(pieces), extract_letters(pieces), readings))
    if len(seen_by_pdfium) != len(pages):
        foreign = (*foreign, f"{len(pages)} pages for one reader and {len(seen_by_pdfium)} for another")
    return PrintedFile(
        name=place.file,
        pages=tuple(pages),
        files=read_embedded_files(reader.root_object),
        untouched=is_untouched(original),
        producer=" ".join(str(reader.metadata.get("/Producer", "")).split()) if reader.metadata else "",
        document=document,
        foreign=foreign,
        signed=data if len(data) > len(original) else b"",
        hash_old=lambda: [hasher.hash_page(page) for hasher in [PaintingHasher()] for page in reader.pages],
    )


def read_with_pdfium(data: bytes) -> list[str]:
    """The text of each page as PDFium reads it, which is Chrome's reader. Raises ``ValueError`` where it reads none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            return [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()
    except pypdfium2.PdfiumError as reason:
        raise ValueError(f"PDFium cannot read it ({reason})") from None
