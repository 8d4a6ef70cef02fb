"""Word files (DOCX), by mammoth, which is an optional extra. ``docs/decisions/0019-adding-files.md`` says why not Pandoc."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.ingest.cleaning import NOTE_DIGITS, clean_text
from c6brief.ingest.markup import text_of_html
from c6brief.ingest.plain import edtf_of, first_title
from c6brief.ingest.read_file import Metadata, ReadFile
from c6brief.ingest.web_page import INSTALL

MOST_UNPACKED = 200_000_000
"""Bytes of the parts of a Word file together: more is no text."""


def read_word_file(data: bytes, path: Path, problems: Problems) -> ReadFile | None:
    """A DOCX file. Problems: ``not-a-word-file``, ``file-encrypted``, ``file-too-large``, ``extra-missing``, ``no-text-found``."""
    here = Place(display_name(path))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        rule, message = "not-a-word-file", "this is a Word file of before 2007, or one with a password"
        problems.error(rule, message, here, "save it in Word as DOCX, without a password")
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            size = sum(part.file_size for part in parts.infolist())
            core = (
                parts.read("docProps/core.xml").decode("utf-8", "replace")
                if "docProps/core.xml" in names and size <= MOST_UNPACKED
                else ""
            )
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError):
        problems.error(
            "not-a-word-file", "this is no DOCX file, or not all of it", here, "is it whole, and its ending right?"
        )
        return None
    if "word/document.xml" not in names:
        problems.error("not-a-word-file", "this archive holds no Word document", here, "is its ending right?")
        return None
    if size > MOST_UNPACKED:
        problems.error("file-too-large", f"its parts have {size / 1e6:.0f} MB unpacked", here, "no text is as long")
        return None
    try:
        import mammoth
    except ImportError:
        problems.error("extra-missing", "Word files are read by mammoth, which is not installed", here, INSTALL)
        return None
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {})
        ).value
    except Exception as reason:  # whatever XML does to a reader of others
        message = f"this Word file cannot be read: {str(reason) or type(reason).__name__}"
        problems.error("not-a-word-file", message[:300], here, "open it in Word or LibreOffice, and save it again")
        return None
    words, notes = text_of_html(_without_note_list(html))
    cleaned: Counter[str] = Counter({NOTE_DIGITS: notes} if notes else {})
    text = clean_text(words, cleaned)
    if not text.strip():
        problems.error("no-text-found", "this Word file holds no text", here, "are its pages images?")
        return None
    metadata = Metadata(
        title=_property(core, "dc:title"),
        authors=tuple(filter(None, [_property(core, "dc:creator")])),
        issued=edtf_of(_property(core, "dcterms:modified")[:10]),
        language=_property(core, "dc:language"),
        unsure=frozenset(("issued", "author")),
    )
    return ReadFile((text,), metadata.or_else(title=first_title(text)), cleaned)


def _without_note_list(html: str) -> str:
    """``html`` with mammoth's arrows back from notes left out."""
    return re.sub(r"<a href=\"#(?:foot|end)note-ref-[^\"]*\">↑</a>", "", html)


def _property(core: str, name: str) -> str:
    found = re.search(rf"<{name}(?:\s[^>]*)?>([^<]*)</{name}>", core)
    from html import unescape

    return " ".join(unescape(found[1]).split()) if found else ""
