"""What the rules know of a language: one file of words each, ``words/en.yaml``.

A rule that needs words asks for the vocabulary of the language, and stays silent where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from c6brief.documents.entries import Strict
from c6brief.documents.problems import Problems
from c6brief.documents.yamltext import read_yaml
from c6brief.evidence.numbers import number_words

WORDS = Path(__file__).parents[1] / "words"


class Vocabulary(Strict):
    """The words of one language, as documented in its file. Lists are in small letters."""

    abbreviations: frozenset[str]
    attribution: tuple[str, ...]
    hedges: tuple[str, ...]
    one_voice: tuple[str, ...]
    group_nouns: tuple[str, ...]
    after_a_group: tuple[str, ...]
    contrast: tuple[str, ...]
    small_numbers: Mapping[str, int]
    counted_parts: tuple[str, ...]
    label_openings: tuple[str, ...]
    figure_label_openings: tuple[str, ...]
    chart_types: tuple[str, ...]
    known_abbreviations: frozenset[str]
    vague_deadlines: frozenset[str]
    vague_addressees: frozenset[str]
    months: Mapping[str, int]
    may_double: frozenset[str]
    empty_links: frozenset[str]

    def number_words(self, count: int) -> list[str]:
        """How ``count`` is written as a cardinal: ``six`` and ``6``."""
        cardinals = [word for word, value in self.small_numbers.items() if value == count]
        return [*cardinals[:1], str(count)]


@cache
def vocabulary_of(language: str) -> Vocabulary | None:
    """The words of ``language`` (``en``; of ``en-GB`` those of ``en``), or ``None`` where there are none."""
    for name in (language, language.split("-")[0]):
        path = WORDS / f"{name}.yaml"
        if path.is_file():
            document = read_yaml(path, Problems())  # by our own reader, for which "no" is a word
            numbers = number_words(name)
            written = {"small_numbers": numbers.small_numbers, "months": numbers.months}
            return Vocabulary.model_validate({**document.root.to_plain(), **written}) if document else None
    return None


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of ``words`` as whole words, the longest first. An empty list finds nothing."""
    return _any_of(frozenset(words))


@lru_cache
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    ordered = sorted(words - {""}, key=lambda word: (-len(word), word))
    if not ordered:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)
