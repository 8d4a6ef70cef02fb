"""Hints for words that do not match: the most similar passage, and the differences, word by word.

A similar passage is never a match: a sentence and its negation are 97 of 100 alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from c6brief.evidence.folding import fold
from c6brief.evidence.matching import Paragraph, SourceText
from c6brief.evidence.similar_stretch import SearchedTexts, Stretch, are_compared_soon

LEAST_SIMILARITY = 60.0
"""Of 100, by rapidfuzz's partial ratio. A less similar passage is another sentence."""

CONTEXT = 4
"""Words shown before and after a difference."""

LONGEST_WORD = 100
"""Letters up to which a word at an end of the stretch is shown in full."""

AROUND = 24
"""Letters of the source compared before and after the most similar stretch, whose ends are a guess."""


@dataclass(frozen=True)
class NearestPassage:
    """The most similar passage of a source, and how a quotation differs from it. ``str()`` is a hint."""

    paragraph: int
    """From 1."""
    marked: str
    """Its words with the differences, as ``git diff --word-diff`` shows them: words that the quotation drops as
    ``[-so-]``, words that it inserts as ``{+so+}``, a changed word as both."""
    dropped: int
    inserted: int
    changed: int

    def __str__(self) -> str:
        counts = [(self.changed, "changed"), (self.dropped, "dropped"), (self.inserted, "inserted")]
        differences = ", ".join(f"{count} word{'s' * (count != 1)} {what}" for count, what in counts if count)
        return f"nearest in paragraph {self.paragraph}, {differences or 'other marks'}: {self.marked}"


def find_nearest(words: str, text: SourceText) -> NearestPassage | None:
    """The passage of ``text`` that is most similar to ``words``; ``None`` where none is similar enough, or where it
    would take long to find one (:mod:`c6brief.evidence.similar_stretch`).
    """
    quoted = _bare(words)
    found = _searched(text).find_similar(quoted, LEAST_SIMILARITY)
    return _near(quoted, text.paragraphs[found.number], found) if found else None


def _near(quoted: str, paragraph: Paragraph, found: Stretch) -> NearestPassage | None:
    source = _whole_words(paragraph.folded_text.text, found.start, found.end).strip("' ").split()
    if not are_compared_soon(source, quoted.split()):
        return None
    return _compare(paragraph.number, quoted.split(), source)


class NearestAmong:
    """Looks for the nearest passage of all ``texts``, given by their sources' ids, as if they were one text."""

    def __init__(self, texts: Mapping[str, SourceText]) -> None:
        self._paragraphs = [(id, paragraph) for id, text in texts.items() for paragraph in text.paragraphs]
        self._searched = SearchedTexts([paragraph.folded_text.text for _, paragraph in self._paragraphs])

    def find(self, words: str) -> tuple[str, NearestPassage] | None:
        """The source's id and the passage, as :func:`find_nearest` has it."""
        quoted = _bare(words)
        found = self._searched.find_similar(quoted, LEAST_SIMILARITY)
        near = _near(quoted, self._paragraphs[found.number][1], found) if found else None
        return (self._paragraphs[found.number][0], near) if found and near else None


def _bare(words: str) -> str:
    return fold(words.strip("\"'“”‘’«» ")).text


@lru_cache(maxsize=4)
def _searched(text: SourceText) -> SearchedTexts:
    return SearchedTexts([paragraph.folded_text.text for paragraph in text.paragraphs])


def _whole_words(text: str, start: int, end: int) -> str:
    """``text[start:end]``, a few words before and after it, and those at its ends in full."""
    start, end = max(0, start - AROUND), min(len(text), end + AROUND)
    first, last = max(0, start - LONGEST_WORD), min(len(text), end + LONGEST_WORD)
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    return text[start:end]


def _compare(paragraph: int, quoted: list[str], source: list[str]) -> NearestPassage:
    """The differences between the words ``quoted`` and those of the ``source``."""
    shown: list[str] = []
    dropped = inserted = changed = 0
    bare_source, bare_quoted = ([word.strip(".,;:'") for word in side] for side in (source, quoted))
    steps = SequenceMatcher(None, bare_source, bare_quoted, autojunk=False).get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            shown.append(_shorten(source[a:b], first=number == 0, last=number == len(steps) - 1))
            continue
        if number in (0, len(steps) - 1) and kind == "delete":
            continue  # words before and after the quotation
        if kind == "replace" and number in (0, len(steps) - 1) and b - a > d - c:
            a, b = (b - (d - c), b) if number == 0 else (a, a + (d - c))
        both = min(b - a, d - c)
        changed, dropped, inserted = changed + both, dropped + b - a - both, inserted + d - c - both
        shown.append(
            ("[-" + " ".join(source[a:b]) + "-]" if b > a else "")
            + ("{+" + " ".join(quoted[c:d]) + "+}" if d > c else "")
        )
    return NearestPassage(paragraph, " ".join(shown), dropped, inserted, changed)


def _shorten(words: list[str], *, first: bool, last: bool) -> str:
    """``words``, which do not differ, without the middle of a long stretch."""
    head = [] if first else words[:CONTEXT]
    tail = [] if last else words[-CONTEXT:]
    if len(words) <= len(head) + len(tail) + 1:
        return " ".join(words)
    return " ".join([*head, "…", *tail])
