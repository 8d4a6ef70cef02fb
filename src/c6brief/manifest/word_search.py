"""Finding printed words on pages, letter for letter.

Typesetting breaks words at line ends, sets note numbers and marks inside sentences, and carries a quotation over to
the next page, with notes and a running title in between. So letters and digits alone are compared, folded as
:func:`c6brief.evidence.matching.fold` folds them (shapes of quotation marks and dashes, ligatures; not case, not
accents), from the beginning of a word to the end of one, in order, without gaps. If that fails, pieces that hold
nothing but a note's number or a mark are passed over; if that fails, the words may break once, at the end of a line on
one page and the beginning of one on the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from c6brief.evidence.folding import fold

LONGEST = 5_000
"""Letters of the longest quotation that is looked for: eight hundred words."""

_KEPT = frozenset("%‰°$€£¥+")
_NOTE = re.compile(r"\d{1,3}|[●○≠~]+")


@dataclass(frozen=True)
class Letters:
    """A text's letters and digits, and the places among them where a word begins or ends."""

    text: str
    edges: frozenset[int]
    lines: tuple[int, ...]
    """Where a piece of the page begins; the last is where the last one ends."""

    def find_heads(self, text: str) -> set[int]:
        """How many letters of ``text``, its first, may stand here up to the end of a line, with more to follow."""
        found = set()
        for end in self.lines[1:]:
            for begin in range(max(0, end - len(text) + 1), end):
                if begin in self.edges and text.startswith(self.text[begin:end]):
                    found.add(end - begin)
        return found

    def has_tail(self, text: str) -> bool:
        """Whether ``text`` stands here from the beginning of a line to the end of a word."""
        return any(self.text.startswith(text, at) and at + len(text) in self.edges for at in self.lines)

    def count(self, text: str) -> int:
        """How often ``text`` stands here, from the beginning of a word to the end of one, without overlapping."""
        found, at = 0, self.text.find(text)
        while at >= 0:
            whole = at in self.edges and at + len(text) in self.edges
            found += whole
            at = self.text.find(text, at + (len(text) if whole else 1))
        return found


@dataclass(frozen=True)
class PageLetters:
    """A page to search: all its letters, and those without notes' numbers and marks."""

    whole: Letters
    running: Letters

    def count(self, text: str) -> int:
        """How often ``text`` stands on the page, read in either way."""
        return max(self.whole.count(text), self.running.count(text))


def extract_letters(pieces: Sequence[str]) -> PageLetters:
    """The letters of a page's visible ``pieces`` (:mod:`c6brief.manifest.page_words`)."""
    return PageLetters(_fold_letters(pieces), _fold_letters([piece for piece in pieces if not _NOTE.fullmatch(piece)]))


def find_words(wanted: Iterable[str], pages: Sequence[PageLetters]) -> list[tuple[int, ...]]:
    """For each of the ``wanted`` words the number of the page that prints them, from 1; of two pages where they run
    over; none if no page does. The same words wanted twice must stand there twice.
    """
    left: dict[str, Iterator[tuple[int, ...]]] = {}
    found = []
    for words in wanted:
        letters = _fold_letters([words])
        if letters.text not in left:
            left[letters.text] = _find_places(letters, pages)
        found.append(next(left[letters.text], ()))
    return found


def _find_places(wanted: Letters, pages: Sequence[PageLetters]) -> Iterator[tuple[int, ...]]:
    """The page or pages of each place where the words stand; places on one page come first."""
    if not 0 < len(wanted.text) <= LONGEST:
        return
    for number, page in enumerate(pages, 1):
        yield from [(number,)] * page.count(wanted.text)
    for number, (page, following) in enumerate(pairwise(pages), 1):
        if any(following.running.has_tail(wanted.text[at:]) for at in page.running.find_heads(wanted.text)):
            yield (number, number + 1)


def _fold_letters(pieces: Sequence[str]) -> Letters:
    kept: list[str] = []
    edges = {0}
    lines = []
    for piece in pieces:
        lines.append(len(kept))
        for char in fold(piece).text:
            if char.isalnum() or char in _KEPT:
                kept.append(char)
            else:
                edges.add(len(kept))
        edges.add(len(kept))
    return Letters("".join(kept), frozenset(edges), (*lines, len(kept)))
