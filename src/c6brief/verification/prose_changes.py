"""What changed in a brief's own words between two editions, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from c6brief.evidence.similar_stretch import are_compared_soon
from c6brief.manifest.model import ProseBlock

ALIKE = 0.5
"""How much of two sentences must agree for one to be the other, changed: the part of their words that match in order."""

MOST_AHEAD = 200
"""Sentences among which a changed one is looked for; with all of them, time would grow with the square of the text."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])([\"”’»)\]]*)\s+(?=[\"“‘«(\[]*[^\W_a-zа-яё])")

Sentence = tuple[str, str]
"""The block that it stands in, and its words."""


def compare_prose(old: Sequence[ProseBlock], new: Sequence[ProseBlock]) -> Iterator[tuple[str, str, str]]:
    """Every sentence that was dropped, added or changed, in the order of reading: its block, how it read, how it reads.

    One of the two is empty where a sentence was added or dropped. A sentence that has moved is dropped and added.
    """
    before, after = _split(old), _split(new)
    old_texts, new_texts = ([text for _, text in side] for side in (before, after))
    # Where one sentence stands hundreds of times on both sides, it is left to autojunk, which passes over such.
    matcher = SequenceMatcher(None, old_texts, new_texts, autojunk=not are_compared_soon(old_texts, new_texts))
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield from _pair(before[i1:i2], after[j1:j2])


def _pair(old: list[Sentence], new: list[Sentence]) -> Iterator[tuple[str, str, str]]:
    """Sentences that stand for one another: each with the first that is alike, no pair crossing another."""
    at = 0
    for block, text in old:
        found = next((k for k in range(at, min(at + MOST_AHEAD, len(new))) if _are_alike(text, new[k][1])), None)
        if found is None:
            yield block, text, ""
            continue
        yield from ((other, "", added) for other, added in new[at:found])
        yield new[found][0], text, new[found][1]
        at = found + 1
    yield from ((other, "", added) for other, added in new[at:])


def _are_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return False  # most pairs: the bounds from above are found much sooner
    return are_compared_soon(one.split(), other.split()) and matcher.ratio() >= ALIKE


def _split(blocks: Sequence[ProseBlock]) -> list[Sentence]:
    return [(each.block, sentence) for each in blocks for sentence in split_sentences(each.text)]


def split_sentences(text: str) -> list[str]:
    """The sentences of a block. An abbreviation before a capital parts one in two, which does no harm here."""
    parts = _SENTENCE_END.split(text)
    ends = zip_longest(parts[::2], parts[1::2], fillvalue="")
    return [whole for words, marks in ends if (whole := (words + marks).strip())]
