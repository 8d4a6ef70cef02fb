"""Words that nobody said: ``[soft corridor]{.term}`` and ``[Roads of Asia]{.title}``, in prose and in one-line fields.

Four words in quotation marks are somebody's, and are verified. A term and a title are not: a term, of three words at most,
is printed in marks; the title of a source of the base too; any other title in italics, without marks. What makes them
somebody's words after all is in :mod:`c6brief.evidence.named_as_speech`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

NameKind = Literal["term", "title"]

MOST_BESIDE = 600
"""Characters of a line on either side of a term or title that are looked at."""

MARKUP = re.compile(r"\[(?P<words>[^\[\]@]+)\]\{\s*\.(?P<kind>term|title)\s*\}")
"""A term or a title, as Pandoc writes a bracketed span with a class."""

HOW_TO_NAME = "write what nobody said as [a term]{.term} (three words at most) or [a title]{.title}"
"""The way out, for hints."""


@dataclass(frozen=True)
class NamedWords:
    """A term or a title as written: its ``words``, and the text ``before`` and ``after`` them in its line.

    There other terms stand in marks, as they are printed.
    """

    kind: NameKind
    words: str
    before: str
    after: str


def named_words(text: str) -> list[NamedWords]:
    """The terms and titles in a line of text."""
    if "]{" not in text:
        return []
    pieces: list[str] = []
    names: list[tuple[NameKind, str]] = []
    end = 0
    for match in MARKUP.finditer(text):
        pieces.append(text[end : match.start()])
        names.append((_kind(match), match["words"].strip()))
        end = match.end()
    return names_between([*pieces, text[end:]], names)


def names_between(pieces: Sequence[str], names: Sequence[tuple[NameKind, str]]) -> list[NamedWords]:
    """Terms and titles in a line whose other ``pieces`` stand before, between and behind them."""
    shown = [f"“{words}”" if kind == "term" else words for kind, words in names]
    line = "".join(piece + words for piece, words in zip(pieces, shown, strict=False)) + pieces[-1]
    found, at = [], 0
    for piece, printed, (kind, words) in zip(pieces, shown, names, strict=False):
        start, end = at + len(piece), at + len(piece) + len(printed)
        found.append(NamedWords(kind, words, line[max(0, start - MOST_BESIDE) : start], line[end : end + MOST_BESIDE]))
        at = end
    return found


def plain_line(text: str, is_source_title: Callable[[str], bool]) -> str:
    """A line of text as printed where there is no italic type: terms, and titles of sources, in marks."""

    def print_name(match: re.Match[str]) -> str:
        words = match["words"].strip()
        return f"“{words}”" if _kind(match) == "term" or is_source_title(words) else words

    return MARKUP.sub(print_name, text) if "]{" in text else text


def without_markup(text: str) -> str:
    """A line of text with the words of terms and titles, and nothing around them."""
    return MARKUP.sub(lambda match: match["words"].strip(), text) if "]{" in text else text


def _kind(match: re.Match[str]) -> NameKind:
    return "term" if match["kind"] == "term" else "title"
