"""Titles that name a subject and say nothing of it."""

from __future__ import annotations

from collections.abc import Iterable

from c6brief.rules.language import any_of
from c6brief.rules.sentences import count_words

FEWEST_WORDS = 4
"""A sentence with a subject, a verb and something to say is hardly shorter."""


def is_label(title: str, openings: Iterable[str]) -> bool:
    """Whether ``title`` is too short for a sentence, or begins as labels do."""
    return count_words(title) < FEWEST_WORDS or any_of(openings).match(title.strip()) is not None
