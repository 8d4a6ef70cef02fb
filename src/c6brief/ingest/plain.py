"""Text and Markdown as they are: their encoding, front matter, and what stands around the words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.evidence.written_dates import suggest_edtf
from c6brief.ingest.cleaning import clean_text
from c6brief.ingest.read_file import Metadata, ReadFile

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.S)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.M)
_NOTE = re.compile(r"^\[\^[\w-]+\]:[ \t]*", re.M)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\((?:[^()\s]+)(?:[ \t]+\"[^\"\n]*\")?\)")
_WORDS = 12
"""Words of a first line that may be a title."""


def read_text_file(data: bytes, path: Path, problems: Problems) -> ReadFile | None:
    """A file of plain text. Problems: those of :func:`decode_text`."""
    text = decode_text(data, path, problems)
    if text is None:
        return None
    cleaned: Counter[str] = Counter()
    pages = [clean_text(page, cleaned) for page in text.split("\f")]
    return ReadFile(tuple(pages), Metadata().or_else(title=first_title(pages[0])), cleaned)


def read_markdown_file(data: bytes, path: Path, problems: Problems) -> ReadFile | None:
    """A file of Markdown: its words without emphasis and links' addresses. Its front matter gives the metadata."""
    text = decode_text(data, path, problems)
    if text is None:
        return None
    front = _FRONT.match(text)
    known = _front_matter(front[1]) if front else {}
    text = text[front.end() :] if front else text
    first = _HEADING.search(text)
    for pattern, replacement in ((_STRONG, r"\2"), (_EMPHASIS, r"\1"), (_LINK, r"\1"), (_HEADING, r"\1"), (_NOTE, "")):
        text = pattern.sub(replacement, text)
    cleaned: Counter[str] = Counter()
    text = clean_text(text, cleaned)
    names = known.get("author") or known.get("authors") or ()
    names = names if isinstance(names, list) else [names]
    metadata = Metadata(
        title=_text(known.get("title")),
        authors=tuple(_text(each.get("name") if isinstance(each, dict) else each) for each in names if each),
        issued=edtf_of(_text(known.get("date"))),
        publisher=_text(known.get("publisher")),
        url=_text(known.get("url")),
        language=_text(known.get("lang")),
    )
    return ReadFile((text,), metadata.or_else(title=first[1] if first else first_title(text)), cleaned)


def decode_text(data: bytes, path: Path, problems: Problems, what: str = "file") -> str | None:
    """The text of ``data``: UTF-8, UTF-16 with a mark, or what charset-normalizer takes it for.

    Problems: ``empty-file``, ``not-utf-8``, ``not-text``, ``encoding-guessed`` (a warning).
    """
    here = Place(display_name(path))
    text: str | None = None
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                problems.error("not-utf-8", f"{what} begins as {encoding.upper()} and goes on as something else", here)
                return None
    if text is None and b"\0" in data[:100_000]:
        problems.error("not-text", f"{what} holds no text: there are NUL bytes in it", here, "is its ending right?")
        return None
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _guess(data, here, problems, what)
            if text is None:
                return None
    if not text.strip():
        problems.error("empty-file", f"{what} is empty", here, "there is nothing in it to be quoted")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes, here: Place, problems: Problems, what: str) -> str | None:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        hint = "save it again as UTF-8, or install what guesses encodings: pip install 'c6brief[add]'"
        problems.error("not-utf-8", f"{what} is not UTF-8", here, hint)
        return None
    best = from_bytes(data[:200_000]).best()
    text = data.decode(best.encoding, "replace") if best else None
    if best is None or text is None:
        problems.error("not-utf-8", f"{what} is in no encoding that is known", here, "save it again as UTF-8")
        return None
    message = f"{what} is not UTF-8; it was read as {best.encoding.replace('_', '-')}"
    problems.warning("encoding-guessed", message, here, "look at letters with accents in the text")
    return text


def first_title(text: str) -> str:
    """The first line of ``text`` where it may be a title: a paragraph of its own, few words, no full stop."""
    first, _, _ = text.strip().partition("\n\n")
    words = first.split()
    is_title = "\n" not in first.strip() and 0 < len(words) <= _WORDS and first.rstrip()[-1] not in ".,;:"
    return " ".join(words) if is_title else ""


def edtf_of(written: str) -> str:
    """A date as people or programs write it, as EDTF; empty where it is none, or may be two."""
    if iso := re.match(r"(\d{4}-\d\d-\d\d)(?:[T ]|$)", written):
        return iso[1]
    if re.fullmatch(r"\d{4}(?:-\d\d)?", written):
        return written
    found = suggest_edtf(written)
    return found[0] if len(found) == 1 else ""


def _front_matter(text: str) -> dict[str, Any]:
    try:
        value = yaml.load(text, Loader=yaml.BaseLoader) if len(text) < 20_000 else None  # dates and numbers stay texts
    except (yaml.YAMLError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
