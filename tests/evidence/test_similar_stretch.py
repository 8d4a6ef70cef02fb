"""The nearest passage is found in bounded time: exactly where that is soon, by shared words in long texts."""

from __future__ import annotations

import random
import time

import pytest

from c6brief.evidence.matching import SourceText
from c6brief.evidence.nearest import find_nearest
from c6brief.evidence.similar_stretch import SearchedTexts

CHANCE = random.Random(1)
VOCABULARY = ["".join(CHANCE.choices("abcdefghiklmnoprstuvw", k=CHANCE.randint(2, 11))) for _ in range(30_000)]
PARAGRAPHS = [" ".join(CHANCE.choices(VOCABULARY, k=300)) for _ in range(300)]


@pytest.mark.parametrize("length", [60, 250])
def test_a_changed_passage_is_found_in_a_long_text(length: int) -> None:
    """In paragraphs, and in one word-for-word equal text without any: 600 kB, so that not all stretches are compared."""
    words = PARAGRAPHS[200].split()[20 : 20 + length]
    words[length // 2] = "otherwise"
    del words[length // 3]
    for separator, number in (("\n\n", 201), (" ", 1)):
        near = find_nearest(" ".join(words), SourceText(separator.join(PARAGRAPHS)))
        assert near is not None and near.paragraph == number
        assert "{+otherwise+}" in near.marked
        assert near.changed + near.dropped + near.inserted < 8


def test_the_likely_stretch_is_the_most_similar_one() -> None:
    """Texts just beyond what is compared in full give what the full comparison gives."""
    text = " ".join(PARAGRAPHS[:40])
    words = text[30_000:31_500].replace("a", "e", 30)
    found, all_compared = SearchedTexts([text]), SearchedTexts([text[29_000:33_000]])
    likely, exact = found.find_similar(words, 60), all_compared.find_similar(words, 60)
    assert likely and exact and abs(likely.start - (exact.start + 29_000)) < 40
    assert likely.score == pytest.approx(exact.score, abs=2)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("a" * 10_000, "a" * 1_000_000 + "b" * 4_000_000),
        ("the " * 4_000, "the " * 5_000 + "end"),
        ("the a " * 2_000, "the b " * 5_000),
        (" ".join(PARAGRAPHS[:60]), " ".join(PARAGRAPHS[1:])),
    ],
    ids=["one word", "equal words", "two words", "100,000 letters"],
)  # fmt: skip
def test_beyond_the_bound_nothing_is_suggested(words: str, text: str) -> None:
    start = time.process_time()
    assert find_nearest(words, SourceText(text)) is None
    assert time.process_time() - start < 10
