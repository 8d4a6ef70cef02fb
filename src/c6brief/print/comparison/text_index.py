"""The texts of a brief, looked up: whole, near to what is printed, or struck out of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from c6brief.evidence.similar_stretch import SearchedTexts
from c6brief.print.comparison.brief_texts import BriefText, BriefTexts
from c6brief.print.comparison.printed import PrintedBlock

FEWEST_WORDS = 3
"""Words of a text that is looked for where it may have been changed; of fewer, nothing is near and all is."""

FEWEST_WORDS_OF_PART = 5
"""Words of a part of a text that is looked for where the part may have been changed too."""

NEAR = 72
"""Of 100: a stretch that is so like a text of the brief is that text, changed."""

NEAR_PART = 88
"""Of 100: a stretch that is so like a part of a text is that part, changed or cut out."""

_BINDING = "-−–+±<>≤≥≈~.,'’$€£¥%‰°"
"""Signs that make another number of the one that they touch."""

_MARKS_AROUND = " \"'“”„‟‘’‚«»‹›"

WORD = re.compile(r"\w+")


class TextIndex:
    """The texts of a brief, to look up."""

    def __init__(self, said: BriefTexts) -> None:
        self.exact: dict[str, list[BriefText]] = {}
        self.others = said.others
        self.speakers = said.speakers
        for text in said.texts:
            self.exact.setdefault(text.words, []).append(text)
        self.by_length = sorted(self.exact, key=len, reverse=True)
        self.long = [words for words in self.by_length if len(words.split()) > FEWEST_WORDS or self._has_marks(words)]
        self.short = [words for words in self.by_length if len(words.split()) <= FEWEST_WORDS]
        self._vocabulary: dict[str, set[str]] = {}
        for words in self.exact:
            for word in set(WORD.findall(words.casefold())):
                self._vocabulary.setdefault(word, set()).add(words)

    def _has_marks(self, words: str) -> bool:
        return any(text.wording.signs or text.wording.notes for text in self.exact[words])

    def find_whole(self, typed: str) -> list[BriefText]:
        """The texts that have the words of ``typed``, marks of quotation around them aside."""
        return self.exact.get(typed) or self.exact.get(typed.strip(_MARKS_AROUND)) or []

    def find_near(self, words: str, whole: bool = False) -> BriefText | None:
        """The text that ``words`` were made of: by a change, or as a part that was cut out; ``None`` where none is.

        ``whole`` asks for a text of a sentence's length that is as good as the same, and for no part.
        """
        number, said = len(words.split()), words.casefold()
        fewest, least = (FEWEST_WORDS_OF_PART, NEAR_PART) if whole else (FEWEST_WORDS, NEAR)
        if number < fewest:
            return None
        counts = Counter(near for word in set(WORD.findall(said)) for near in self._vocabulary.get(word, ()))
        best: tuple[float, str] = (0, "")
        for near, common in counts.items():
            if common < max(2, number * 0.5) or len(near.split()) < fewest:
                continue
            found = fuzz.ratio(said, near.casefold())
            is_part = len(near) > len(words) and (number >= FEWEST_WORDS_OF_PART or words in near)
            if found < least and is_part and not whole:
                part = SearchedTexts([near.casefold()]).find_similar(said, NEAR_PART)
                found = part.score if part else 0
            if found >= least and found > best[0]:
                best = found, near
        return self.exact[best[1]][0] if best[1] else None

    def find_speaker(self, words: str) -> BriefText | None:
        """The speaker of a quotation whose name ``words`` are but for some letters."""
        names = (name for name in self.speakers if len(name.split()) == len(words.split()) > 1)
        near = next((name for name in names if NEAR <= fuzz.ratio(words, name) < 100), None)
        return self.exact[near][0] if near in self.exact else None


@dataclass(frozen=True)
class _Struck:
    """The texts that a block holds whole, each after so many characters (without spaces), and what is left."""

    found: list[tuple[int, str]]
    rest: list[str]


def strike_out(block: PrintedBlock, words: str, texts: Iterable[str]) -> _Struck:
    """Strike ``texts``, the longest first, out of ``words``, which are those of a block or a part of them."""
    left, found = words, []
    for text in texts:
        at = left.find(text) if len(text) <= len(left) else -1
        while at >= 0:
            end = at + len(text)
            if _stands_alone(left, at, end, block):
                found.append((len(words[:at].replace(" ", "")), text))
                left = left[:at] + "\0" * len(text) + left[end:]
            at = left.find(text, end)
    return _Struck(found, [rest.strip() for rest in left.split("\0") if rest.strip()])


def _stands_alone(left: str, at: int, end: int, block: PrintedBlock) -> bool:
    """Whether nothing that touches the words from ``at`` to ``end`` makes others of them."""
    before, after = left[at - 1 : at], left[end : end + 1]
    if left[at].isdigit() and (before.isdigit() or (before and before in _BINDING)):
        return False
    if left[end - 1].isdigit() and (after.isdigit() or (after and after in "%‰°")):
        return False
    apart = not (before.isalnum() and left[at].isalnum()) or _is_edge(at, block)
    return apart and (not (after.isalnum() and left[end - 1].isalnum()) or _is_edge(end, block))


def _is_edge(at: int, block: PrintedBlock) -> bool:
    """Whether a stretch of the block, set in a type of its own or counted, begins or ends there."""
    return len(block.words[:at].replace(" ", "")) in block.edges
