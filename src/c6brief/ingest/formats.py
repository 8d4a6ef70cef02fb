"""Which format a file has, by its ending and its first bytes, and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from c6brief.documents.files import display_name, read_bytes
from c6brief.documents.problems import Place, Problems
from c6brief.ingest.email_file import read_email
from c6brief.ingest.pdf import read_pdf
from c6brief.ingest.plain import read_markdown_file, read_text_file
from c6brief.ingest.read_file import ReadFile
from c6brief.ingest.transcript import read_transcript
from c6brief.ingest.web_page import read_web_page
from c6brief.ingest.word_file import read_word_file

Reader = Callable[[bytes, Path, Problems], ReadFile | None]

LARGEST = 50_000_000
"""Bytes of a file that is added."""

LARGEST_TEXT = 4_900_000
"""Bytes of the text that is made: texts of sources are read up to 5 MB."""

READERS: dict[str, Reader] = {
    ".txt": read_text_file,
    ".text": read_text_file,
    ".md": read_markdown_file,
    ".markdown": read_markdown_file,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".xhtml": read_web_page,
    ".pdf": read_pdf,
    ".docx": read_word_file,
    ".eml": read_email,
    ".vtt": read_transcript,
    ".srt": read_transcript,
}
"""By its ending, in small letters, who reads a file."""

_OTHERS = {
    ".doc": "save it in Word or LibreOffice as DOCX",
    ".odt": "save it in LibreOffice as DOCX",
    ".rtf": "save it in Word or LibreOffice as DOCX",
    ".pages": "export it from Pages as DOCX",
    ".epub": "convert it with Pandoc: pandoc FILE.epub -o FILE.docx",
    ".msg": "save it in Outlook as EML",
    ".mht": "save the page in the browser as HTML, or print it to PDF",
    ".mhtml": "save the page in the browser as HTML, or print it to PDF",
    ".webarchive": "save the page in the browser as HTML, or print it to PDF",
    ".xlsx": "data go into seeds/tables, which name the file: docs/data.md",
    ".csv": "data go into seeds/tables, which name the file: docs/data.md",
    ".pptx": "export the slides to PDF",
    ".jpg": "OCRmyPDF reads images: ocrmypdf FILE.jpg READ.pdf, then add READ.pdf",
    ".jpeg": "OCRmyPDF reads images: ocrmypdf FILE.jpg READ.pdf, then add READ.pdf",
    ".png": "OCRmyPDF reads images: ocrmypdf FILE.png READ.pdf, then add READ.pdf",
    ".tif": "OCRmyPDF reads images: ocrmypdf FILE.tif READ.pdf, then add READ.pdf",
    ".tiff": "OCRmyPDF reads images: ocrmypdf FILE.tif READ.pdf, then add READ.pdf",
    ".mp3": "a program that writes down speech makes a transcript of it: add its VTT or SRT",
    ".mp4": "a program that writes down speech makes a transcript of it: add its VTT or SRT",
}
"""What to do with files that are not read, by their endings."""

_SIGNATURES = (
    (b"%PDF-", (".pdf",), "a PDF"),
    (b"PK\x03\x04", (".docx",), "an archive, such as a Word file"),
    (b"\xd0\xcf\x11\xe0", (".docx",), "a file of Office before 2007"),
    (b"\x89PNG", (), "an image"),
    (b"\xff\xd8\xff", (), "an image"),
    (b"{\\rtf", (), "a file in RTF"),
)


def read_any(path: Path, problems: Problems) -> tuple[bytes, ReadFile] | None:
    """The bytes of the file that the user has named, and what they hold; ``None`` after problems.

    Problems: ``unknown-format``, ``wrong-ending``, those of :func:`~c6brief.documents.files.read_bytes`, and those of the
    format's reader.
    """
    here = Place(display_name(path))
    ending = path.suffix.lower()
    data = read_bytes(path, problems, largest=LARGEST, is_named=True)
    if data is None:
        return None
    if not data:
        problems.error("empty-file", "file is empty", here, "there is nothing in it to be quoted")
        return None
    if ending not in READERS:
        what = f"files that end with '{ending}' are" if ending else "a file without an ending is"
        hint = _OTHERS.get(ending, f"read are {', '.join(sorted(READERS))}")
        problems.error("unknown-format", f"{what} not read", here, hint)
        return None
    start = data[:1024].lstrip()
    for signature, endings, name in _SIGNATURES:
        if start.startswith(signature) and ending not in endings:
            hint = (
                f"give it the ending {endings[0]}"
                if endings
                else _OTHERS.get(".doc" if b"rtf" in signature else ".png", "")
            )
            problems.error("wrong-ending", f"it ends with '{ending}' and is {name}", here, hint)
            return None
    before = len(problems.errors)
    found = READERS[ending](data, path, problems)
    if found is None:
        return None
    if not found.text.strip():
        if len(problems.errors) == before:
            problems.error("no-text-found", "nothing was left of this file when it was cleaned", here)
        return None
    size = len(found.text.encode())
    if size > LARGEST_TEXT:
        message = f"its text has {size / 1e6:.1f} MB; at most {LARGEST_TEXT / 1e6:.1f} MB are read"
        problems.error("file-too-large", message, here, "split it into several files")
        return None
    return data, found
