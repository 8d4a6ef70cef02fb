"""Sentences and words of running text, and titles that are no sentences.

A sentence ends at a full stop, question mark or exclamation mark (and the marks of quotation behind it) before a
space and something that can begin one. It does not end after an abbreviation ("para. 4", "e.g. Baku"), after an
initial ("A. Nematov"), inside a number ("2.5") or before a small letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from c6brief.evidence.quotation_marks import quoted_spans
from c6brief.rules.review.vocabulary import Vocabulary, any_of

# Possessive throughout: a page of full stops must not take an hour.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s++[\"'“‘«„(\[¿¡]*+[^\W_])")
LONGEST_ABBREVIATION = 20
"""Characters around a full stop that are looked at."""

FEWEST_WORDS = 4
"""A sentence with a subject, a verb and something to say is hardly shorter."""

_WORD = re.compile(r"[^\W_]+(?:[-–’'.,][^\W_]+)*%?")

Range = tuple[int, int]
"""From the first character to the one after the last."""


def sentences(text: str, vocabulary: Vocabulary | None) -> Iterator[Range]:
    """The sentences of ``text``, as ranges without the spaces between them. A line break ends one too."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if _goes_on(text, start, end, vocabulary):
                continue
            yield from _trimmed(text, start, end.end())
            start = end.end()
        yield from _trimmed(text, start, line.end())


def _goes_on(text: str, start: int, end: re.Match[str], vocabulary: Vocabulary | None) -> bool:
    following = text[end.end() : end.end() + LONGEST_ABBREVIATION].lstrip().lstrip("\"'“‘«„([")
    if following[:1].islower():
        return True
    if end[0] != ".":
        return False
    before = text[max(start, end.start() - LONGEST_ABBREVIATION) : end.start() + 1].split()
    word = before[-1].lstrip("(“‘«\"'[").lower() if before else ""
    if vocabulary is not None and word in vocabulary.abbreviations:
        return True
    return len(word) == 2 and text[end.start() - 1].isupper()  # an initial


def _trimmed(text: str, start: int, end: int) -> Iterator[Range]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def count_words(text: str) -> int:
    """How many words ``text`` has. "two-year", "25%" and "1,140" are one each."""
    return sum(1 for _ in _WORD.finditer(text))


def quoted_ranges(text: str) -> list[Range]:
    """The stretches of ``text`` inside marks of quotation, with the marks: somebody else's words."""
    return [(span.start - 1, span.end + 1) for span in quoted_spans(text)]


def lies_within(position: int, ranges: list[Range]) -> bool:
    """Whether ``position`` lies inside one of ``ranges``."""
    return any(start <= position < end for start, end in ranges)


def is_label(title: str, openings: Iterable[str]) -> bool:
    """Whether ``title`` names a subject and says nothing of it: it is too short for a sentence, or begins as labels do."""
    return count_words(title) < FEWEST_WORDS or any_of(openings).match(title.strip()) is not None
