"""Numbers of YAML that are written otherwise than Python writes them: ``0101``, ``8.10``, ``1e3`` know their text.

YAML reads them as numbers. Where a text is wanted (a code in a column of texts, a number of an issue), it is the one that was
written; where a number is wanted they are that number.
"""

from __future__ import annotations


class Written:
    """The base of numbers that know how they were written."""

    text: str


class WrittenInt(Written, int):
    """An integer, with its text: 101, written ``0101``."""


class WrittenFloat(Written, float):
    """A number, with its text: 8.1, written ``8.10``."""


def keep_text(value: int | float, text: str) -> int | float:
    """``value``, which was written as ``text``; it knows that where Python would write it otherwise."""
    if str(value) == text:
        return value
    kept: WrittenInt | WrittenFloat = WrittenInt(value) if isinstance(value, int) else WrittenFloat(value)
    kept.text = text
    return kept
