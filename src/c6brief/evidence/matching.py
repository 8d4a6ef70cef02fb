"""When do words match a source? The one rule, no looser.

A quotation matches a source where

1. it is split at ellipses (``[...]``, ``(…)``, ``. . .``), and the pieces stand in order within one paragraph;
2. ``[words]`` in brackets are the editor's additions and are skipped: they add, never replace, so they stand between
   neighbouring words, or at an edge of a piece that is an edge of a sentence too;
3. a bracketed letter at a word's beginning (``[T]he``, ``[t]he``) stands for either case;
4. marks of quotation around the whole are not part of it;
5. its final comma or full stop may differ, but a question stays a question;
6. both sides are folded (:mod:`c6brief.evidence.folding`) for shapes of characters, and for nothing else: not for case,
   not for spelling, not for accents;
7. every piece begins and ends where a word and a number does (:mod:`c6brief.evidence.atoms`).

A match must be unique, if need be by the words just before (``prefix``) or after (``suffix``). The vocabulary is
W3C Web Annotation's TextQuoteSelector and TextPositionSelector (https://www.w3.org/TR/annotation-model/).
Near is not equal: nothing fuzzy ever passes here.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from c6brief.evidence.atoms import inside_atoms
from c6brief.evidence.folding import FoldedText, fold
from c6brief.evidence.written_quotation import Piece, Quotation, readings

_PARAGRAPH = re.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.M)

_SENTENCE_ENDS = frozenset(".!?…:")
_OPENERS = frozenset("'([{")

MOST_PLACES = 200
"""Places that are told apart. A quotation that stands more often is found too often anyhow."""

MOST_LONG_PLACES = 5
"""The same for quotations of more than :data:`MANY` pieces, of which each place takes a while to find."""

MANY = 10


@dataclass(frozen=True)
class Match:
    """Where words were found: TextPositionSelector's ``start`` and ``end`` (characters from 0, end excluded).

    ``paragraph`` counts from 1, paragraphs being separated by blank lines. ``pieces`` are the places of the pieces between
    ellipses, in the same measure.
    """

    paragraph: int
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a source: its number from 1, where it starts in the text, and its words as they stand."""

    number: int
    start: int
    text: str

    @cached_property
    def folded_text(self) -> FoldedText:
        return fold(self.text)

    @cached_property
    def inside(self) -> bytearray:
        """For every position of the folded text, 1 where it lies inside a word or number, else 0."""
        return inside_atoms(self.folded_text, self.text)


@dataclass(frozen=True)
class SourceText:
    """The text of a source, ready to be searched many times.

    ``first_page`` is the number of its first page, where form feeds part pages; ``None`` where its pages do not count.
    """

    text: str
    first_page: int | None = 1

    @cached_property
    def pages(self) -> tuple[int, ...]:
        """Where its pages begin, as offsets; none where it has no form feeds, or its pages do not count."""
        if self.first_page is None or "\f" not in self.text:
            return ()
        starts = [0, *(found.end() for found in re.finditer("\f", self.text))]
        return tuple(starts if self.text[starts[-1] :].strip() else starts[:-1])  # many programs end each page with one

    def page_at(self, offset: int) -> int:
        """The number of the page that the character at ``offset`` stands on. Raises ``ValueError`` for a text without pages."""
        if not self.pages or self.first_page is None:
            raise ValueError("the text has no pages")
        return self.first_page + bisect_right(self.pages, offset) - 1

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        found = _PARAGRAPH.finditer(self.text)
        return tuple(Paragraph(number, match.start(), match.group()) for number, match in enumerate(found, 1))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text, as UTF-8 with lines ended by LF, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def find(self, words: str, prefix: str | None = None, suffix: str | None = None) -> tuple[Match, ...]:
        """Every place where ``words`` match, in order; exactly one is a pass.

        Takes the words of a quotation or of an ``exact``, with ellipses and brackets as the rule allows.
        """
        return self.find_reading(words, prefix, suffix)[1]

    def find_in(
        self, number: int, words: str, prefix: str | None = None, suffix: str | None = None
    ) -> tuple[Match, ...]:
        """Every place where ``words`` match in the paragraph of that ``number``; none where there is no such paragraph."""
        if not 1 <= number <= len(self.paragraphs):
            return ()
        return self.find_reading(words, prefix, suffix, self.paragraphs[number - 1 : number])[1]

    def find_reading(
        self,
        words: str,
        prefix: str | None = None,
        suffix: str | None = None,
        paragraphs: Sequence[Paragraph] | None = None,
    ) -> tuple[Quotation | None, tuple[Match, ...]]:
        """The first way to read ``words`` that matches, and every place where it does."""
        for quotation in readings(words):
            found = self._find(quotation, prefix, suffix, _is_sound, paragraphs)
            if found:
                return quotation, found
        return None, ()

    def explain(self, words: str) -> str:
        """Why ``words`` do not match although they stand there; empty where they do not stand there at all."""
        for quotation in readings(words):
            if quotation.fault == "half-word":
                return f"'[{quotation.culprit}]' touches half a word: put whole words in brackets, between whole words"
            if quotation.fault == "more-added":
                return "more words are added in brackets than are quoted: say it in words of your own"
            for is_reason, reason in _REASONS.items():
                if self._find(quotation, None, None, is_reason):
                    return reason
            cut = self._cut_word(quotation)
            if cut:
                return f"a quotation begins and ends with whole words and numbers: '{cut}' is one"
        return ""

    def _cut_word(self, quotation: Quotation) -> str:
        """The word or number of the source that the first piece at fault cuts; empty where none is cut."""
        for piece in quotation.pieces:
            if any(_next_place(paragraph, piece, 0) >= 0 for paragraph in self.paragraphs):
                continue
            for paragraph in self.paragraphs:
                at = piece.find_in(paragraph.folded_text.text, 0)
                if at >= 0:
                    return _atom_at(paragraph, at if paragraph.inside[at] else at + len(piece.text))
        return ""

    def _find(
        self,
        quotation: Quotation,
        prefix: str | None,
        suffix: str | None,
        is_allowed: Callable[[_Place], bool],
        paragraphs: Sequence[Paragraph] | None = None,
    ) -> tuple[Match, ...]:
        if not quotation.pieces or (quotation.fault and is_allowed is _is_sound):
            return ()
        found: list[Match] = []
        for paragraph in self.paragraphs if paragraphs is None else paragraphs:
            for spans in _windows(paragraph, quotation, is_allowed):
                if _neighbours(paragraph, spans[0][0], spans[-1][1], prefix, suffix):
                    origin, start = paragraph.folded_text.origin, paragraph.start
                    places = tuple((start + origin[first], start + origin[last - 1] + 1) for first, last in spans)
                    found.append(Match(paragraph.number, places[0][0], places[-1][1], places))
                    if len(found) >= MOST_PLACES:
                        return tuple(found)
        return tuple(found)


@dataclass(frozen=True)
class _Place:
    """Pieces at their places in a paragraph."""

    paragraph: Paragraph
    quotation: Quotation
    spans: tuple[tuple[int, int], ...]


def _windows(
    paragraph: Paragraph, quotation: Quotation, is_allowed: Callable[[_Place], bool]
) -> Iterator[tuple[tuple[int, int], ...]]:
    """The smallest stretches that hold all pieces in order, each piece at an edge of words on both sides."""
    text = paragraph.folded_text.text
    pieces = quotation.pieces
    start = count = 0
    while count < (MOST_PLACES if len(pieces) <= MANY else MOST_LONG_PLACES):
        spans = _chain(paragraph, pieces, start)
        if spans is None:
            return
        if len(pieces) > 1:
            spans = _tightened(paragraph, pieces, spans)
        if is_allowed(_Place(paragraph, quotation, tuple(spans))):
            yield tuple(spans)
        count += 1
        start = spans[0][0] + 1
        if start > len(text):
            return


def _chain(paragraph: Paragraph, pieces: tuple[Piece, ...], start: int) -> list[tuple[int, int]] | None:
    """The first place of each piece after the one before it."""
    spans = []
    for piece in pieces:
        at = _next_place(paragraph, piece, start)
        if at < 0:
            return None
        start = at + len(piece.text)
        spans.append((at, start))
    return spans


def _tightened(paragraph: Paragraph, pieces: tuple[Piece, ...], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same end, each piece before the last as late as it can stand."""
    late = [spans[-1]]
    for piece, (first, _) in zip(reversed(pieces[:-1]), reversed(spans[:-1]), strict=True):
        limit = late[-1][0] - len(piece.text)
        best = at = first
        while 0 <= at <= limit:
            best = at
            at = _next_place(paragraph, piece, at + 1)
        late.append((best, best + len(piece.text)))
    return late[::-1]


def _next_place(paragraph: Paragraph, piece: Piece, start: int) -> int:
    """The first place from ``start`` on where ``piece`` stands and cuts no word; -1 where there is none."""
    text, length = paragraph.folded_text.text, len(piece.text)
    at = piece.find_in(text, start)
    while at >= 0 and (paragraph.inside[at] or paragraph.inside[at + length]):
        at = piece.find_in(text, at + 1)
    return at


def _is_sound(place: _Place) -> bool:
    return not any(is_fault(place) for is_fault in _REASONS)


def _replaces(place: _Place) -> bool:
    """Whether an addition stands where words of the source's sentence fell away."""
    text = place.paragraph.folded_text.text
    for piece, (start, end) in zip(place.quotation.pieces, place.spans, strict=True):
        if piece.added_before and not _starts_sentence(text, start):
            return True
        if piece.added_after and not _ends_sentence(text, end):
            return True
    return False


def _ends_a_question(place: _Place) -> bool:
    """Whether a full stop or comma stands in place of the source's question mark."""
    return _replaced_end(place) == "?"


def _ends_a_cry(place: _Place) -> bool:
    """The same of an exclamation mark."""
    return _replaced_end(place) == "!"


def _replaced_end(place: _Place) -> str:
    text, end = place.paragraph.folded_text.text, place.spans[-1][1]
    return text[end : end + 3].lstrip(" '")[:1] if place.quotation.final else ""


def _parts_a_number(place: _Place) -> bool:
    """Whether a bracket stands inside of a number or word of the source: 5 [about] % more."""
    return any(
        place.paragraph.inside[start + seam]
        for piece, (start, end) in zip(place.quotation.pieces, place.spans, strict=True)
        for seam in piece.seams
        if start + seam < end
    )


_REASONS: dict[Callable[[_Place], bool], str] = {
    _ends_a_question: "the source asks a question here: end it with a question mark",
    _ends_a_cry: "the source has an exclamation mark here: keep it, or leave the mark out",
    _parts_a_number: "a number is one word with its unit: brackets stand beside it, not inside",
    _replaces: (
        "words of the sentence fell away beside a bracket: brackets add and never replace; mark what is left out with an "
        "ellipsis, or begin the quotation there and put your words before its marks"
    ),
}
"""What may be wrong with words that stand in the source, and what to say of it."""


def _atom_at(paragraph: Paragraph, at: int) -> str:
    """The word or number that the position lies inside of."""
    start = end = at
    while paragraph.inside[start]:
        start -= 1
    while paragraph.inside[end]:
        end += 1
    return paragraph.folded_text.text[start:end]


def _starts_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" ")[-1:]
    return not before or before in _SENTENCE_ENDS or before in _OPENERS


def _ends_sentence(text: str, at: int) -> bool:
    after = text[at:].lstrip(" ")
    if not after or after[0] in _SENTENCE_ENDS or after[0] == "'":
        return True
    return after[0] == "," and after[1:2] == "'"  # speech that a reporting clause follows


def _neighbours(paragraph: Paragraph, start: int, end: int, prefix: str | None, suffix: str | None) -> bool:
    text = paragraph.folded_text.text
    if prefix and not text[:start].rstrip().endswith(fold(prefix).text):
        return False
    return not suffix or text[end:].lstrip(" .,").startswith(fold(suffix).text.lstrip(" .,"))
