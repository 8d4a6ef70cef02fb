"""Opening a PDF that may be anything: no PDF, encrypted, cut off, huge, made to hurt. It ends in named problems."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
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
from c6brief.manifest.pdf_syntax import EncryptedFile, ForeignSyntax
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
    read_with_pypdf: Callable[[], str]
    """Its text as pypdf reads it. Raises what pypdf raises on broken objects."""


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
    document: DocumentParts
    """All that a reader may see or hear."""
    foreign: tuple[str, ...]
    """What no file of ours has, in words."""
    properties: Mapping[str, str]
    """Its document information by key, and its language as ``/Lang``."""
    metadata: bytes
    """Its XMP packet."""
    data: bytes
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
    ``pdf-damaged``, ``foreign-file``. What can be read in more than one way is handed to no other reader.
    """
    place = Place(display_name(path))
    data = read_bytes(path, problems, largest=LARGEST_PDF, is_named=True)
    if data is None:
        return None
    if b"%PDF-" not in data[:1024]:
        problems.error("not-a-pdf", "this is no PDF", place, "name a PDF that c6brief has printed")
        return None
    original, update = split_signed(data)
    try:
        document = read_signed(data, original) if update else read_parts(read_strictly(data), MANIFEST)
    except EncryptedFile:
        hint = "c6brief prints without a password: somebody added one; save it again without"
        problems.error("pdf-encrypted", "the PDF is encrypted", place, hint)
        return None
    except ForeignSyntax as reason:
        _tell_what_it_is(data, str(reason), place, problems)
        return None
    except Exception:  # made to hurt, in a way that nobody has thought of
        _tell_what_it_is(data, "values that cannot be read", place, problems)
        return None
    if len(document.pages) > MOST_PAGES:
        message = f"the PDF has {len(document.pages):,} pages; at most {MOST_PAGES:,} are read"
        problems.error("pdf-damaged", message, place)
        return None
    with silenced("pypdf"):
        try:
            return _read_file(data, original, document, place)
        except Exception:  # pypdf raises what it comes across in a broken file
            _tell_what_it_is(data, ", ".join(document.foreign) or "pages that cannot be read", place, problems)
            return None


def _tell_what_it_is(data: bytes, what: str, place: Place, problems: Problems) -> None:
    """Tell of a file that is not read further: it is cut off, or not one of ours. ``what`` it has, in words."""
    if b"%%EOF" not in data[-1024:]:
        message, hint = "the PDF is damaged: its end is missing", "get the file again from its publisher"
        problems.error("pdf-damaged", message, place, hint)
    else:
        tell_foreign(what, place, problems)


def tell_foreign(what: str, place: Place, problems: Problems) -> None:
    """Tell that the file has ``what`` no file of ours has. Problem: ``foreign-file``."""
    hint = "get the file again from its publisher"
    problems.error("foreign-file", f"not a file that c6brief wrote: it has {what}", place, hint)


def _read_file(data: bytes, original: bytes, document: DocumentParts, place: Place) -> PrintedFile:
    from pypdf import PdfReader
    from pypdf.generic import StreamObject

    reader, foreign = PdfReader(io.BytesIO(data)), document.foreign
    fonts, pages = PdfFonts(), []
    for page in reader.pages:
        pieces = read_visible_pieces(page, fonts)
        pages.append(FoundPage(join_pieces(pieces), extract_letters(pieces), page.extract_text))
    seen_by_pdfium = _count_with_pdfium(data)
    if not len(document.pages) == len(pages) == seen_by_pdfium:
        foreign = (*foreign, f"{len(pages)} pages for one reader and {seen_by_pdfium} for another")
    packet = reader.root_object.get("/Metadata")
    packet = packet.get_object() if packet is not None else None
    return PrintedFile(
        name=place.file,
        pages=tuple(pages),
        files=read_embedded_files(reader.root_object),
        untouched=is_untouched(original),
        producer=" ".join(str(reader.metadata.get("/Producer", "")).split()) if reader.metadata else "",
        document=document,
        foreign=foreign,
        properties={
            "/Lang": str(reader.root_object.get("/Lang", "")),
            **{key: str(value) for key, value in (reader.metadata or {}).items()},
        },
        metadata=packet.get_data() if isinstance(packet, StreamObject) else b"",
        data=data,
        signed=data if len(data) > len(original) else b"",
        hash_old=lambda: [hasher.hash_page(page) for hasher in [PaintingHasher()] for page in reader.pages],
    )


def read_with_pdfium(data: bytes, pages: Collection[int]) -> dict[int, str]:
    """The text of each of the ``pages`` (from 1) as PDFium reads it, which is Chrome's reader. Raises
    :class:`pypdfium2.PdfiumError`."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as document:
        return {number: document[number - 1].get_textpage().get_text_range() for number in pages}


def _count_with_pdfium(data: bytes) -> int:
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as document:
        return len(document)
