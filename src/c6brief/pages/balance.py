"""Lines of a title that are about equally long: WeasyPrint knows no ``text-wrap: balance``."""

from __future__ import annotations

from textwrap import wrap


def balanced(text: str, characters: int, em: float) -> float:
    """The width in ems in which ``text`` takes as few lines as in one of ``characters``, and the most even ones.

    ``em`` is the width of the face's average character in ems.
    """
    fewest = len(wrap(text, characters))
    if fewest < 2:
        return round(characters * em, 2)
    narrow = next(width for width in range(1, characters + 1) if len(wrap(text, width)) <= fewest)
    return round(min(narrow * 1.05 + 1, characters) * em, 2)  # the lines differ from the average
