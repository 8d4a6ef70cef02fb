"""The stretch of some texts that is most similar to given words, in time that grows no faster than the texts.

Rapidfuzz compares the shorter side with every stretch of the longer one: that is exact, and for 10,000 letters in 5 MB it
takes hours, in one call that nothing can interrupt. Beyond :data:`MOST_STEPS` only those stretches are compared in which
words that few places hold lie as they do in the given ones.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

MOST_STEPS = 500_000_000
"""Steps of rapidfuzz's partial ratio up to which all stretches are compared: they take between 0.1 s and 1 s."""

MOST_STEPS_OF_ONE = MOST_STEPS // 10
"""The same for what lies around a place that is likely."""

MOST_PLACES = 30
"""A word that stands more often in the texts says nothing of where a stretch of them lies."""

MOST_STRETCHES = 3
"""Likely stretches that are compared."""

LONGEST = 50_000
"""Letters of words for which anything similar is looked for: to compare two stretches of that length takes 0.1 s."""

MOST_PAIRS = 100_000
"""Pairs of equal words in two lists up to which the differences of these are looked for: of 4,000 equal words there are
16 millions, and each is looked at more than once."""

_WORD = re.compile(r"\w{1,100}")


@dataclass(frozen=True)
class Stretch:
    """A stretch of the text of that ``number``, from 0: where it starts and ends, and how similar it is, of 100."""

    score: float
    number: int
    start: int
    end: int


class SearchedTexts:
    """Texts in which similar stretches are looked for. Their words are listed when that is first needed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._places: dict[str, list[tuple[int, int]]] | None = None

    def find_similar(self, words: str, least: float) -> Stretch | None:
        """The stretch most similar to ``words``, at least ``least`` of 100; ``None`` where there is none, or where
        there are more letters of them than :data:`LONGEST`.
        """
        best: Stretch | None = None
        if sum(_count_steps(len(words), len(text)) for text in self.texts) <= MOST_STEPS:
            for number, text in enumerate(self.texts):
                best = _better(best, _compare_all(words, text, number, 0, len(text), best.score if best else least))
        elif len(words) <= LONGEST:
            for number, start, end in self._likely(words):
                best = _better(best, self._compare_around(words, number, start, end, best.score if best else least))
        return best

    def _compare_around(self, words: str, number: int, start: int, end: int, least: float) -> Stretch | None:
        """The stretch most similar to ``words`` near that from ``start`` to ``end``; of long words, that one itself."""
        text, around = self.texts[number], len(words) // 2
        first, last = max(0, start - around), min(len(text), end + around)
        if _count_steps(len(words), last - first) <= MOST_STEPS_OF_ONE:
            return _compare_all(words, text, number, first, last, least)
        from rapidfuzz import fuzz

        first, last = max(0, start), min(len(text), end)
        score = fuzz.ratio(words, text[first:last], score_cutoff=least)
        return Stretch(score, number, first, last) if score >= least else None

    def _likely(self, words: str) -> list[tuple[int, int, int]]:
        """Stretches in which words lie as they do in ``words``, the likeliest first: the text's number, start and end."""
        if self._places is None:
            self._places = _list_places(self.texts)
        # Words that fall away or are added move those behind them: places within a sixteenth count as the same.
        size = len(words) // 16 + 1
        starts: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for word, own in _list_places([words]).items():
            for number, at in self._places.get(word, ()):
                for _, its in own:
                    starts[number, (at - its) // size].append(at - its)
        likely = nlargest(MOST_STRETCHES, starts.items(), key=lambda each: len(each[1]))
        return [(number, min(found), max(found) + len(words)) for (number, _), found in likely]


def _count_steps(one: int, other: int) -> int:
    """Steps that rapidfuzz's partial ratio takes for texts of these lengths; it takes 64 letters of one at a time."""
    shorter = min(one, other)
    return shorter * (shorter // 64 + 1) * (one + other)


def _compare_all(words: str, text: str, number: int, first: int, last: int, least: float) -> Stretch | None:
    from rapidfuzz import fuzz  # here: a run without problems never needs it

    match = fuzz.partial_ratio_alignment(words, text[first:last], score_cutoff=least)
    if not match or match.score < least:
        return None
    return Stretch(match.score, number, first + match.dest_start, first + match.dest_end)


def _better(best: Stretch | None, other: Stretch | None) -> Stretch | None:
    return other if other and (best is None or other.score > best.score) else best


def _list_places(texts: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each word stands that does so no more than :data:`MOST_PLACES` times: the text's number, and the place."""
    places: dict[str, list[tuple[int, int]]] = {}
    for number, text in enumerate(texts):
        for word in _WORD.finditer(text):
            its = places.setdefault(word.group(), [])
            if len(its) <= MOST_PLACES:
                its.append((number, word.start()))
    return {word: its for word, its in places.items() if len(its) <= MOST_PLACES}


def are_compared_soon(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether difflib finds the differences of two lists of words soon."""
    counts = Counter(other)
    return sum(count * counts[word] for word, count in Counter(one).items()) <= MOST_PAIRS
