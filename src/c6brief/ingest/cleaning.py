"""Cleaning of texts: what no reader would call words of the source is taken away, and each kind is counted.

Nothing is cleaned that could be words. What is cleaned is listed by kind, and the original file is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

SOFT_HYPHENS = "soft hyphens"
HYPHENS = "hyphens at line ends"
PAGE_HEADS = "page heads and feet"
PAGE_NUMBERS = "page numbers"
NOTE_DIGITS = "note digits at words"
INVITATIONS = "invitations to read more"
CONTROLS = "control characters"

_SUPERSCRIPT = re.compile(
    r"(?<![⁰¹²³⁴-⁹])(?<=[\w.,;:!?”’\"')])[⁰¹²³⁴-⁹](?:[,\u2009 ]?[⁰¹²³⁴-⁹]){0,8}(?=[\s.,;:!?”’\"')]|\Z)"
)
_UNITS = re.compile(r"(?:\b(?:[kcm]?m|km|ft|in|s)|[xyzr])$", re.I)
_BRACKETED_NOTE = re.compile(r"(?<=[\w.,;:!?”’\"')])(?:\[\d{1,3}\])+")
_MARKDOWN_NOTE = re.compile(r"(?<=\S)\[\^[\w-]+\]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]\n[ \t]*(?=[^\W\d_])")
_INVITATION = re.compile(
    r"(?im)^[ \t>*#-]*(?:read more|read also|see also|continue reading|related(?: articles| stories| topics)?|you may also like"
    r"|share this(?: article| story)?|sign up(?: for| to)\b[^\n]{0,80}|subscribe(?: now| to)\b[^\n]{0,80}|advertisement"
    r"|click here\b[^\n]{0,60}|skip to (?:main )?content|follow us on\b[^\n]{0,60}|mehr zum thema|weiterlesen|lire aussi"
    r"|à lire aussi|читайте также|подробнее)[ \t]*:?[ \t]*$\n?"
)
_PAGE_NUMBER = re.compile(
    r"(?im)^[ \t]*(?:[-–—][ \t]*)?(?:page|seite|p\.|стр\.)[ \t]*\d{1,4}(?:[ \t]*(?:of|von|de|/|из)[ \t]*\d{1,4})?[ \t]*[-–—]?[ \t]*$\n?"
)


def clean_text(text: str, cleaned: Counter[str], *, joins_lines: bool = False) -> str:
    """``text`` without soft hyphens, control characters, note digits, page numbers and invitations to read more.

    ``cleaned`` counts them. ``joins_lines``: a hyphen at a line's end parts a word, which is joined.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _without(SOFT_HYPHENS, re.compile("\u00ad\n?[ \t]*(?=\\w)|\u00ad"), text, cleaned)
    text = _without(
        CONTROLS,
        re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u0080-\u009f\ufeff\ufffe\uffff\u200b\u202a-\u202e\u2066-\u2069]"),
        text,
        cleaned,
    )
    if joins_lines:
        text = join_hyphens(text, cleaned)
    text = _without(NOTE_DIGITS, _BRACKETED_NOTE, text, cleaned)
    text = _without(NOTE_DIGITS, _MARKDOWN_NOTE, text, cleaned)
    text = _without_superscripts(text, cleaned)
    text = _without(INVITATIONS, _INVITATION, text, cleaned)
    text = _without(PAGE_NUMBERS, _PAGE_NUMBER, text, cleaned)
    text = "\n".join(line.rstrip(" \t\u00a0") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def join_hyphens(text: str, cleaned: Counter[str]) -> str:
    """``text`` with words joined that a hyphen parts at a line's end.

    A hyphen stays where the word stands with it elsewhere in the text (well-known), and before a capital letter.
    """
    whole = set(re.findall(r"(?<![^\W\d_])[^\W\d_]{1,40}-[^\W\d_]+", text.lower()))

    def join(found: re.Match[str]) -> str:
        before = re.search(r"(?<![^\W\d_])[^\W\d_]{1,60}\Z", text[max(0, found.start() - 60) : found.start()])
        after = re.match(r"[^\W\d_]+", text[found.end() : found.end() + 60])
        if before is None or after is None:
            return found.group()
        if f"{before.group()}-{after.group()}".lower() in whole or after.group()[0].isupper():
            return "-"
        cleaned[HYPHENS] += 1
        return ""

    return _HYPHEN.sub(join, text)


def drop_running_lines(pages: Sequence[str], cleaned: Counter[str]) -> list[str]:
    """``pages``, as lines, without the heads and feet that run through them, and without lone page numbers.

    A line is a running one where the first or last two lines of at least three pages, and of half of them, hold it, whatever
    number stands in it.
    """
    split = [page.split("\n") for page in pages]
    seen: Counter[str] = Counter()
    for lines in split:
        seen.update({_shape(lines[at]) for at in _edges(lines)})
    least = max(3, (len(pages) + 1) // 2)
    running = {shape for shape, count in seen.items() if shape and count >= least}
    kept = []
    for lines in split:
        drop = set()
        for at in _edges(lines):
            bare = lines[at].strip()
            if _shape(bare) in running or (len(pages) > 1 and re.fullmatch(r"[-–— ]*\d{1,4}[-–— ]*", bare)):
                drop.add(at)
                cleaned[PAGE_NUMBERS if re.fullmatch(r"[\W\d_]*", bare) else PAGE_HEADS] += 1
        kept.append("\n".join(line for at, line in enumerate(lines) if at not in drop))
    return kept


def _edges(lines: Sequence[str]) -> list[int]:
    """The first two and the last two lines that hold anything."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return sorted({*filled[:2], *filled[-2:]})


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()).lower())


def _without(kind: str, pattern: re.Pattern[str], text: str, cleaned: Counter[str]) -> str:
    text, count = pattern.subn("", text)
    if count:
        cleaned[kind] += count
    return text


def _without_superscripts(text: str, cleaned: Counter[str]) -> str:
    """``text`` without raised digits at words; those of units and variables stay (m², x²)."""

    def drop(found: re.Match[str]) -> str:
        if _UNITS.search(text[max(0, found.start() - 8) : found.start()]):
            return found.group()
        cleaned[NOTE_DIGITS] += 1
        return ""

    return _SUPERSCRIPT.sub(drop, text)
