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
from c6brief.print.finding import PageLetters, page_letters
from c6brief.print.identity import is_untouched
from c6brief.print.painted import Painter
from c6brief.print.visible import Fonts, visible_pieces, visible_text
from c6brief.proof.enclosed import Enclosed, enclosed_files

LARGEST_PDF = 50_000_000
"""Bytes. Our briefs have under one million."""

MOST_PAGES = 1_000


@dataclass(frozen=True)
class FoundPage:
    """A page as it is in the file now."""

    text: str
    painted: str
    letters: PageLetters


@dataclass(frozen=True)
class PrintedFile:
    """A PDF as read. ``untouched``: byte for byte the file that its identifier was made for."""

    name: str
    pages: tuple[FoundPage, ...]
    files: tuple[Enclosed, ...]
    untouched: bool
    producer: str
    active: tuple[str, ...]
    """Parts that c6brief never writes and that can change what a reader sees."""

    def place(self, page: int = 1) -> Place:
        """The file and a page of it, in the form of a place: the page stands where others have a line."""
        return Place(self.name, Span(page, 1, page, 1))


def open_printed(path: Path, problems: Problems) -> PrintedFile | None:
    """The PDF at ``path``; ``None`` after a problem.

    Problems: ``no-such-file``, ``not-a-file``, ``not-readable``, ``file-too-large``, ``not-a-pdf``, ``pdf-encrypted``,
    ``pdf-damaged``.
    """
    place = Place(display_name(path))
    data = _bytes(path, place, problems)
    if data is None:
        return None
    if b"%PDF-" not in data[:1024]:
        problems.error("not-a-pdf", "this is no PDF", place, "name a PDF that c6brief has printed")
        return None
    with _quiet():
        try:
            return _read(data, place, problems)
        except (Exception, RecursionError) as reason:  # pypdf raises what it comes across in a broken file
            why = str(reason).split("\n")[0][:200] or type(reason).__name__
            problems.error(
                "pdf-damaged", f"the PDF cannot be read: {why}", place, "get the file again from its publisher"
            )
            return None


def _read(data: bytes, place: Place, problems: Problems) -> PrintedFile | None:
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
    painter, fonts, pages = Painter(), Fonts(), []
    for page in reader.pages:
        pieces = visible_pieces(page, fonts)
        pages.append(FoundPage(visible_text(pieces), painter.page(page), page_letters(pieces)))
    catalog = reader.root_object
    producer = str((reader.metadata or {}).get("/Producer", ""))
    return PrintedFile(
        place.file, tuple(pages), enclosed_files(catalog), is_untouched(data), producer, tuple(_active(catalog))
    )


def _active(catalog: Any) -> Iterator[str]:
    """Parts of the catalog that can show, hide or do something: none of them is ours."""
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


def _bytes(path: Path, place: Place, problems: Problems) -> bytes | None:
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
def _quiet() -> Iterator[None]:
    """pypdf logs what it puts right; what matters of it becomes a problem of ours."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
