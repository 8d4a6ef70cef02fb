"""What a break between two words of a paragraph costs, and which words a hyphen may part, by the letters alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from c6brief.evidence.quotation_marks import quoted_spans

BEFORE_DASH, BEHIND_SHORT, BEHIND_NUMBER, BEHIND_LETTER, BEHIND_FIRST, IN_NAME, IN_WORD, INSIDE = (
    8.0, 3.0, 2.0, 1.0, 2.0, 1.5, 14.0, 4.0,
)  # fmt: skip
"""What it costs to begin a line with a dash; to end one with a short word behind a dash, a number, a single letter or the
first word of a sentence; and to part a name, a word that is typed with a hyphen, or an address. They are in the unit of
:mod:`c6brief.print.line_breaking`.
"""

FARTHEST = 24
"""Characters before a break that are looked at."""

_DASHES = "\u2013\u2014"
_SHORT_BEHIND_DASH = re.compile(rf"[{_DASHES}] \w{{1,3}}\Z")
_SINGLE_LETTER = re.compile(r"(?:\A|\s)[^\W\d_]\Z")
_NUMBER = re.compile(r"(?:\A|[\s(])(?!(?:1[89]|20)\d\d\Z)\d[\d.,\u202f]*\Z")
"""A number, but no year."""
_FIRST_WORD = re.compile(r"[.!?][”’»)]? \w+\Z")
_NAME = re.compile(r"(?:\A|\s)[A-Z]\w+\Z")
_HYPHENATED = re.compile(r"[^\W_][-\u2010][^\W_]")
_WORD = re.compile(r"(?<![\w@./\u2011'’-])[^\W\d_]+(?![\w@./\u2011'’-]*[\w@/])")
"""A word that is no part of an address, of a number or of something typed with a hyphen."""


def weigh_break(text: str, end: int, begin: int) -> float:
    """What it costs to end a line at ``end`` of ``text`` and to begin the next one at ``begin``."""
    if end == begin:
        return IN_WORD if _HYPHENATED.search(text, max(end - 3, 0), end + 1) else INSIDE
    before = text[max(end - FARTHEST, 0) : end]
    if text[begin] in _DASHES:
        return BEFORE_DASH
    if _SHORT_BEHIND_DASH.search(before):
        return BEHIND_SHORT
    if _NUMBER.search(before):
        return BEHIND_NUMBER
    if _SINGLE_LETTER.search(before):
        return BEHIND_LETTER
    if _FIRST_WORD.search(before):
        return BEHIND_FIRST
    return IN_NAME if text[begin].isupper() and _NAME.search(before) else 0.0


def find_hyphenatable(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Where the words of ``text`` begin and end that a hyphen may part: no name, and nothing in marks of quotation.

    A word in small letters is no name; in German none is, since its nouns have capitals.
    """
    spans = iter(quoted_spans(text))
    quoted = next(spans, None)
    for word in _WORD.finditer(text):
        begin, end = word.span()
        while quoted is not None and quoted.end <= begin:
            quoted = next(spans, None)
        if quoted is not None and quoted.start <= begin:
            continue
        if word[0].islower() or (lang.startswith("de") and word[0][1:].islower()):
            yield begin, end


def get_word_before(text: str, end: int) -> str:
    """The word that ends at ``end``, in small letters."""
    return text[text.rfind(" ", max(end - 80, 0), end) + 1 : end].casefold()[-80:]


def get_word_behind(text: str, begin: int) -> str:
    """The word that begins at ``begin``, in small letters."""
    return text[begin : begin + 80].split(" ", 1)[0].casefold()


def is_bidirectional(text: str) -> bool:
    """Whether letters of ``text`` are set from right to left (Unicode Standard Annex 9)."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in set(text))
