"""Opening a PDF that may be anything: no PDF, encrypted, cut off, huge, made to hurt. It ends in named problems."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems, Span
from c6brief.manifest.embedded_files import EmbeddedFile, read_embedded_files
from c6brief.manifest.file_identifier import is_untouched
from c6brief.manifest.page_painting import PaintingHasher
from c6brief.manifest.page_words import PdfFonts, join_pieces, read_visible_pieces
from c6brief.manifest.word_search import PageLetters, extract_letters

LARGEST_PDF = 50_000_000
"""Bytes. Our briefs have under one million."""

MOST_PAGES = 1_000


@dataclass(frozen=True)
class FoundPage:
    """A page as it is in the file now."""

    text: str
    """Its visible words (:mod:`c6brief.manifest.page_words`)."""
    painted: str
    """The hash of its painting (:mod:`c6brief.manifest.page_painting`)."""
    letters: PageLetters


@dataclass(frozen=True)
class PrintedFile:
    """A PDF as read."""

    name: str
    pages: tuple[FoundPage, ...]
    files: tuple[EmbeddedFile, ...]
    untouched: bool
    """Whether it is, byte for byte, the file that its identifier was made for."""
    producer: str
    """The program that wrote it, as its document information says; may be empty."""
    active: tuple[str, ...]
    """Parts that c6brief never writes and that can change what a reader sees."""

    def place(self, page: int = 1) -> Place:
        """The file and a page of it (from 1) as a place: the page's number stands where other places have a line."""
        return Place(self.name, Span(page, 1, page, 1))


def open_printed_file(path: Path, problems: Problems) -> PrintedFile | None:
    """The PDF at ``path``; ``None`` after a problem.

    Problems: ``no-such-file``, ``not-a-file``, ``not-readable``, ``file-too-large``, ``not-a-pdf``, ``pdf-encrypted``,
    ``pdf-damaged``.
    """
    place = Place(display_name(path))
    data = _read_bytes(path, place, problems)
    if data is None:
        return None
    if b"%PDF-" not in data[:1024]:
        problems.error("not-a-pdf", "this is no PDF", place, "name a PDF that c6brief has printed")
        return None
    with _silence_pypdf():
        try:
            return _read_file(data, place, problems)
        except (Exception, RecursionError) as reason:  # pypdf raises what it comes across in a broken file
            why = str(reason).split("\n")[0][:200] or type(reason).__name__
            problems.error(
                "pdf-damaged", f"the PDF cannot be read: {why}", place, "get the file again from its publisher"
            )
            return None


def _read_file(data: bytes, place: Place, problems: Problems) -> PrintedFile | None:
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
    hasher, fonts, pages = PaintingHasher(), PdfFonts(), []
    for page in reader.pages:
        pieces = read_visible_pieces(page, fonts)
        pages.append(FoundPage(join_pieces(pieces), hasher.hash_page(page), extract_letters(pieces)))
    catalog = reader.root_object
    return PrintedFile(
        name=place.file,
        pages=tuple(pages),
        files=read_embedded_files(catalog),
        untouched=is_untouched(data),
        producer=str(reader.metadata.get("/Producer", "")) if reader.metadata else "",
        active=tuple(_find_active_parts(catalog)),
    )


def _find_active_parts(catalog: Any) -> Iterator[str]:
    """In words, the parts of the catalog that can show, hide or do something: c6brief writes none of them."""
    named = {
        "/OCProperties": "layers",
        "/AcroForm": "a form",
        "/OpenAction": "an action on opening",
        "/AA": "actions",
        "/Collection": "a portfolio",
    }
    for key, words in named.items():
        if key in catalog:
            yield words
    names = catalog.get("/Names")
    names = names.get_object() if names is not None else {}
    if "/JavaScript" in names:
        yield "JavaScript"


def _read_bytes(path: Path, place: Place, problems: Problems) -> bytes | None:
    try:
        if path.is_dir():
            problems.error("not-a-file", f"'{place.file}' is a folder", place, "name a PDF")
        elif not path.exists():
            problems.error("no-such-file", f"no file '{place.file}'", place, "is the path spelled as on disk?")
        elif not path.is_file():
            problems.error("not-a-file", f"'{place.file}' is not an ordinary file", place)
        elif path.stat().st_size > LARGEST_PDF:
            size = path.stat().st_size / 1_000_000
            message = f"the file has {size:.0f} MB; at most {LARGEST_PDF / 1_000_000:.0f} MB are read"
            problems.error("file-too-large", message, place)
        else:
            return path.read_bytes()
    except (OSError, ValueError) as reason:  # ValueError: a NUL in the name
        why = getattr(reason, "strerror", None) or str(reason)
        problems.error("not-readable", f"'{place.file}' cannot be read: {why}", place)
    return None


@contextmanager
def _silence_pypdf() -> Iterator[None]:
    """Keep pypdf from logging what it puts right in a file; what matters of that becomes a problem of ours."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
