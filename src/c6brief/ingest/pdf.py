"""PDF, by pypdfium2: its words page by page, without heads, feet and note digits. Pages of images are told."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from ctypes import c_double
from pathlib import Path
from typing import Any

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.ingest.cleaning import clean_text, drop_running_lines, join_hyphens
from c6brief.ingest.pdf_layout import HYPHEN, Character, Line, line_of, paragraphs_of
from c6brief.ingest.read_file import Metadata, ReadFile

MOST_PAGES = 2_000
OVER_PAGES = "paragraphs that go on over a page, put on the page where they begin"
_HYPHENS = ("\x02", "\ufffe", "\u00ad")


def read_pdf(data: bytes, path: Path, problems: Problems) -> ReadFile | None:
    """A PDF file. Problems: ``broken-pdf``, ``file-encrypted``, ``file-too-large``, ``scanned-pdf``, ``pages-without-text``."""
    import pypdfium2

    here = Place(display_name(path))
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as reason:
        if "password" in str(reason).lower():
            hint = "open it with its password, and save or print it without one"
            problems.error("file-encrypted", "this PDF cannot be read without a password", here, hint)
        else:
            problems.error("broken-pdf", "this is no PDF, or not all of it", here, "is it whole, and its ending right?")
        return None
    try:
        if len(document) > MOST_PAGES:
            message = f"this PDF has {len(document):,} pages; at most {MOST_PAGES:,} are read"
            problems.error("file-too-large", message, here, "print the pages that you need to a file of their own")
            return None
        return _read(document, here, problems)
    finally:
        document.close()


def _read(document: Any, here: Place, problems: Problems) -> ReadFile | None:
    cleaned: Counter[str] = Counter()
    pages: list[list[Line]] = []
    for number in range(len(document)):
        try:
            page = document[number]
            pages.append(_lines(page, cleaned))
            page.close()
        except Exception as reason:  # pdfium's errors have many types
            problems.error("broken-pdf", f"page {number + 1} cannot be read: {reason}", here, "is the file whole?")
            return None
    empty = [number for number, lines in enumerate(pages, 1) if not lines]
    if len(empty) == len(pages):
        hint = "OCRmyPDF reads it: ocrmypdf FILE.pdf READ.pdf, then add READ.pdf, and hold the text against the pages"
        problems.error("scanned-pdf", "this PDF holds no text: its pages are images", here, hint)
        return None
    if empty:
        listed = ", ".join(map(str, empty[:20])) + (" …" if len(empty) > 20 else "")
        message = f"{len(empty)} of {len(pages)} pages hold no text: {listed}"
        problems.warning("pages-without-text", message, here, "if they are images, OCRmyPDF reads them")
    texts = _without_running(pages, cleaned)
    _join_over_pages(texts, cleaned)
    words = "\f".join("\n\n".join(paragraphs) for paragraphs in texts)
    words = join_hyphens(words, cleaned).replace(HYPHEN, "-")
    cleaned_pages = [clean_text(page, cleaned) for page in words.split("\f")]
    return ReadFile(tuple(cleaned_pages), _metadata(document, pages), cleaned)


def _lines(page: Any, cleaned: Counter[str]) -> list[Line]:
    """The lines of a page."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        lines: list[Line] = []
        current: list[Character] = []
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        box = pdfium.FS_RECTF()
        for index in range(textpage.count_chars()):
            sign = chr(pdfium.FPDFText_GetUnicode(textpage, index) or 0xFFFD)
            if sign in "\r\n":
                _add(current, lines, cleaned)
                current = []
                continue
            sign = HYPHEN if sign in _HYPHENS else sign
            if pdfium.FPDFText_GetLooseCharBox(textpage, index, box):
                current.append(Character(sign, box.left, box.bottom, box.right, box.top))
            elif pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top):
                current.append(Character(sign, left.value, bottom.value, right.value, top.value))
            else:
                current.append(Character(sign, 0, 0, 0, 0))
        _add(current, lines, cleaned)
        return lines
    finally:
        textpage.close()


def _add(characters: list[Character], lines: list[Line], cleaned: Counter[str]) -> None:
    line = line_of(characters, cleaned)
    if line is None:
        return
    before = lines[-1] if lines else None
    beside = (
        before is not None and abs(before.bottom - line.bottom) < 0.25 * line.height and line.left > before.right - 1
    )
    if before is not None and beside:  # one line that pdfium has parted, as it does at a wide gap
        cells = before.cells + line.cells
        lines[-1] = Line(f"{before.text} {line.text}", before.left, line.right, before.bottom, before.height, cells)
    else:
        lines.append(line)


def _without_running(pages: list[list[Line]], cleaned: Counter[str]) -> list[list[str]]:
    """The paragraphs of each page, without heads and feet."""
    kept = drop_running_lines(["\n".join(line.text for line in page) for page in pages], cleaned)
    paragraphs = []
    for page, text in zip(pages, kept, strict=True):
        left = text.split("\n")
        lines = []
        for line in page:
            if left and line.text == left[0]:
                lines.append(line)
                left.pop(0)
        paragraphs.append(paragraphs_of(lines))
    return paragraphs


def _join_over_pages(pages: list[list[str]], cleaned: Counter[str]) -> None:
    """Put the rest of a paragraph that goes on over a page on the page where it begins. ``pages`` are changed in place."""
    for before, after in itertools.pairwise(pages):
        if before and after and after[0][:1].islower() and before[-1].rstrip("\"'”’»)")[-1:] not in tuple(".!?…:"):
            end = before[-1]
            before[-1] = end + ("\n" if re.search(rf"[^\W\d_][-{HYPHEN}]$", end) else " ") + after.pop(0)
            cleaned[OVER_PAGES] += 1


def _metadata(document: Any, pages: list[list[Line]]) -> Metadata:
    try:
        known = document.get_metadata_dict(skip_empty=True)
    except Exception:  # a broken dictionary of metadata says nothing
        known = {}
    dated = re.match(r"D:(\d{4})(\d\d)(\d\d)", known.get("ModDate") or known.get("CreationDate") or "")
    title = " ".join(known.get("Title", "").split())
    title = (
        "" if re.search(r"(?i)\.(?:docx?|pdf|indd|xlsx?|odt)$|^(?:untitled|microsoft word\b|slide 1)", title) else title
    )
    first = next((lines for lines in pages if lines), [])
    tallest = max((line.height for line in first[:12]), default=0)
    guess = " ".join(line.text for line in first[:12] if tallest and line.height > 0.95 * tallest)
    is_title = first and tallest > 1.15 * sorted(line.height for line in first)[len(first) // 2]
    return Metadata(
        type="report",
        title=title,
        authors=tuple(filter(None, [" ".join(known.get("Author", "").split())])),
        issued="-".join(dated.groups()) if dated else "",
        unsure=frozenset(("type", "issued", "author")),
    ).or_else(title=guess[:200] if is_title else "")
