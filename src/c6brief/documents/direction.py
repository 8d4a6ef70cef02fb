"""Characters that turn the direction of text, so that a page shows its words or numbers in another order than they stand in.

What was compared with a source is 2019–2021, and what is seen is 2021–2019 (Unicode Standard Annex #9).
"""

from __future__ import annotations

import re
import unicodedata

_OVERRIDES = "\u202d\u202e"
_TURNING = re.compile(f"[{_OVERRIDES}\u200f\u061c\u202b\u2067]")


def find_turning(text: str) -> str | None:
    """The first character of ``text`` that turns its direction without need; ``None`` where there is none.

    An override is never needed. Marks, embeddings and isolates from right to left are, beside Arabic or Hebrew letters.
    """
    if text.isascii():
        return None
    found = _TURNING.findall(text)
    override = next((each for each in found if each in _OVERRIDES), None)
    if override or not found:
        return override
    letters = (each for each in text if each.isalpha())
    return None if any(unicodedata.bidirectional(each) in ("R", "AL") for each in letters) else str(found[0])


def describe_turning(character: str) -> tuple[str, str]:
    """The message and the hint of a problem with what :func:`find_turning` found."""
    name = unicodedata.name(character).lower()
    return f"U+{ord(character):04X} ({name}) shows what follows in another order", "remove it: no editor shows it"
