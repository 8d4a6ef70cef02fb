"""The rule by which words match a source.

A quotation matches a source where

1. it is split at ``[...]``, ``...`` and ``…``, and the pieces stand in order within one paragraph;
2. ``[words]`` in brackets are the editor's additions and are skipped: they add, never replace;
3. a ``[C]apital`` in brackets stands for its small letter;
4. marks of quotation around the whole are not part of it;
5. its final comma or full stop may differ;
6. both sides are folded for the shapes of white space, quotation marks and apostrophes, dashes, soft hyphens and
   ligatures, and for nothing else: not for case, not for spelling, not for accents;
7. every piece begins and ends where a word does (so that ``aligned`` is not found in ``non-aligned``, nor ``25``
   in ``25%``).

A match must be unique, if need be by the words just before it (``prefix``) or after it (``suffix``). The vocabulary is
that of W3C Web Annotation: TextQuoteSelector and TextPositionSelector (https://www.w3.org/TR/annotation-model/). Words
that are merely similar never match.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_QUOTES = dict.fromkeys("\"'`´‘’‚‛“”„‟‹›«»′″ʼʻʹ＂＇❛❜❝❞〝〞", "'")
_DASHES = dict.fromkeys("-‐‑‒–—―−﹘﹣－", "-")
_SHAPES = _QUOTES | _DASHES
_ASCII_SHAPES = str.maketrans({shape: folded for shape, folded in _SHAPES.items() if shape.isascii()})
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_KEEPS_ITS_MEANING = frozenset(("<super>", "<sub>", "<fraction>", "<circle>"))
"""Compatibility forms whose letters NFKC would give another meaning: 10² is not 102."""

_ELLIPSIS = re.compile(r"\[\s*(?:\.\s?\.\s?\.|…)\s*\]|\.\.\.+|…")
_CAPITAL = re.compile(r"(?<!\w)\[(\w)\](?=\w)")
_ADDITION = re.compile(r"\[[^\[\]]*\]")
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")


@dataclass(frozen=True)
class Match:
    """Where words were found: TextPositionSelector's ``start`` and ``end`` (characters from 0, end excluded).

    ``paragraph`` counts from 1, paragraphs being separated by blank lines.
    """

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a source: its number, from 1, the offset of its start in the text, and its words as they stand."""

    number: int
    start: int
    text: str

    @cached_property
    def folded_text(self) -> FoldedText:
        """Its words after folding."""
        return fold(self.text)


@dataclass(frozen=True)
class FoldedText:
    """A text after folding. ``origin[i]`` is the offset that its character ``i`` had before."""

    text: str
    origin: tuple[int, ...]


@dataclass(frozen=True)
class SourceText:
    """The text of a source, to be searched many times."""

    text: str

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs in order, which blank lines separate."""
        found = _PARAGRAPH.finditer(self.text)
        return tuple(Paragraph(number, match.start(), match.group()) for number, match in enumerate(found, 1))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text, as UTF-8 with lines ended by LF, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def find(self, words: str, prefix: str | None = None, suffix: str | None = None) -> tuple[Match, ...]:
        """Every place where ``words`` match, in order. Only words with exactly one match are verified.

        ``words`` are those of a quotation or of an ``exact``, with ellipses and brackets as the rule allows them;
        ``prefix`` and ``suffix`` stand just before and after them in the text.
        """
        pieces = split_pieces(words)
        if not pieces:
            return ()
        found = []
        for paragraph in self.paragraphs:
            for start, end in _windows(paragraph.folded_text.text, paragraph, pieces):
                if _has_neighbours(paragraph, start, end, prefix, suffix):
                    origin = paragraph.folded_text.origin
                    first, last = origin[start], origin[end - 1]
                    found.append(Match(paragraph.number, paragraph.start + first, paragraph.start + last + 1))
        return tuple(found)


def fold(text: str) -> FoldedText:
    """``text`` with the shapes folded that may differ, and where each of its characters stood."""
    if text.isascii():
        return _fold_ascii(text)
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for shape in char if char < "\x7f" else _SHAPES.get(char) or _decompose(char):
            if shape in _INVISIBLE:
                continue
            if shape.isspace():
                if not out or out[-1] == " ":
                    continue
                shape = " "
            out.append(_SHAPES.get(shape, shape))
            origin.append(index)
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    folded = "".join(out)
    if not folded.isascii() and not unicodedata.is_normalized("NFC", folded):
        return _compose(folded, origin)
    return FoldedText(folded, tuple(origin))


def _fold_ascii(text: str) -> FoldedText:
    """As :func:`fold`, for ASCII, where only white space and quotation marks have shapes: ten times as fast."""
    words: list[str] = []
    origin: list[int] = []
    end = 0
    for word in re.finditer(r"\S+", text):
        if words:
            origin.append(end)
        words.append(word.group())
        end = word.end()
        origin.extend(range(word.start(), end))
    return FoldedText(" ".join(words).translate(_ASCII_SHAPES), tuple(origin))


def _decompose(char: str) -> str:
    """The letters of a compatibility form, as of a ligature (NFKC); ``char`` itself where they mean another thing."""
    decomposition = unicodedata.decomposition(char)
    if decomposition.split(" ")[0] in _KEEPS_ITS_MEANING:
        return char
    return unicodedata.normalize("NFKC", char)


def _compose(text: str, origin: list[int]) -> FoldedText:
    """``text`` with each letter and its combining marks composed (NFC), so that é is é however it was typed."""
    out: list[str] = []
    place: list[int] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not unicodedata.combining(text[index]):
            for char in unicodedata.normalize("NFC", text[start:index]):
                out.append(char)
                place.append(origin[start])
            start = index
    return FoldedText("".join(out), tuple(place))


def split_pieces(words: str) -> list[str]:
    """The folded pieces of a quotation that its source must hold in order; none where it has no words."""
    words = _strip_marks(words.strip())
    raw = _ELLIPSIS.split(words)
    raw[-1] = re.sub(r"[.,]\s*\Z", "", raw[-1])
    pieces = []
    for piece in raw:
        piece = _CAPITAL.sub(lambda m: m[1].lower() if m[1].isupper() else m[0], piece)
        piece = _ADDITION.sub(" ", piece)
        piece = re.sub(r"\s+([,.;:!?])", r"\1", piece) if "[" in words else piece
        folded = fold(piece).text
        if any(char.isalnum() for char in folded):
            pieces.append(folded)
    return pieces


def _strip_marks(words: str) -> str:
    """``words`` without the quotation marks around the whole; a comma or full stop may stand outside of these."""
    inner = words.rstrip(".,")
    if len(inner) > 1 and inner[0] in _QUOTES and inner[-1] in _QUOTES:
        return inner[1:-1].strip()
    return words


def _windows(text: str, paragraph: Paragraph, pieces: list[str]) -> list[tuple[int, int]]:
    """Start and end of the smallest stretches of ``text`` that hold all pieces in order, each on word boundaries."""
    found: list[tuple[int, int]] = []
    for start in _occurrences(text, paragraph, pieces[0], 0):
        end = start + len(pieces[0])
        for piece in pieces[1:]:
            at = next(_occurrences(text, paragraph, piece, end), None)
            if at is None:
                return found
            end = at + len(piece)
        if found and found[-1][1] == end:
            found[-1] = (start, end)  # a later start to the same end is the tighter one
        else:
            found.append((start, end))
    return found


def _occurrences(text: str, paragraph: Paragraph, piece: str, begin: int) -> Iterator[int]:
    """Where ``piece`` stands from ``begin`` on, on word boundaries."""
    at = text.find(piece, begin)
    while at >= 0:
        if _starts_word(text, paragraph, at) and _ends_word(text, paragraph, at + len(piece)):
            yield at
        at = text.find(piece, at + 1)


def _starts_word(text: str, paragraph: Paragraph, at: int) -> bool:
    if at == 0 or not text[at].isalnum():
        return True
    before = text[at - 1]
    if before.isalnum() or unicodedata.combining(before):
        return False
    if before in "'-" and at > 1 and text[at - 2].isalnum():
        return _is_long_dash(paragraph, at - 1)
    if before in ".," and at > 1 and text[at - 2].isdigit() and text[at].isdigit():
        return False
    return not (before in "$€£¥-" and text[at].isdigit() and not _is_long_dash(paragraph, at - 1))


def _ends_word(text: str, paragraph: Paragraph, at: int) -> bool:
    if at >= len(text) or not text[at - 1].isalnum():
        return True
    after = text[at]
    if after.isalnum() or unicodedata.combining(after):
        return False
    if after in "'-" and at + 1 < len(text) and text[at + 1].isalnum():
        return _is_long_dash(paragraph, at)
    if after in ".," and at + 1 < len(text) and text[at + 1].isdigit() and text[at - 1].isdigit():
        return False
    return not (after in "%‰°" and text[at - 1].isdigit())


def _is_long_dash(paragraph: Paragraph, at: int) -> bool:
    """Whether the folded dash at ``at`` is one that separates words in the source, and does not join them."""
    folded = paragraph.folded_text
    char = paragraph.text[folded.origin[at]]
    if char == "–":  # an en dash joins numbers: 2024–2025
        around = folded.text[at - 1 : at] + folded.text[at + 1 : at + 2]
        return not around.isdigit()
    return char in "—―"


def _has_neighbours(paragraph: Paragraph, start: int, end: int, prefix: str | None, suffix: str | None) -> bool:
    text = paragraph.folded_text.text
    if prefix and not text[:start].rstrip().endswith(fold(prefix).text):
        return False
    return not suffix or text[end:].lstrip(" .,").startswith(fold(suffix).text.lstrip(" .,"))
