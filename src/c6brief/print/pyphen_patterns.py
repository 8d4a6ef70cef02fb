"""Hyphenation in less time: patterns stay as their file has them, and are read when a word asks for them.

Pyphen takes the fourteen thousand patterns of English apart in every run, which takes a tenth of a second; a brief asks
for a few hundred.

- Why: that tenth of a second.
- Uses: ``pyphen.HyphDict``, which is replaced, and ``pyphen.DataInt``, which its positions are.
- Known version: :data:`KNOWN`.
- With another version: Pyphen is left as it is. A dictionary whose patterns are more than letters and digits between
  them is left to Pyphen with any version.
- Test: ``tests/print/test_weasyprint_import.py`` compares the breaks with Pyphen's own; ``tests/house/test_private_parts.py`` holds the
  version.
- Upstream: Kozea/Pyphen #49 (loading takes a long time; open).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyphen

KNOWN = "0.18.1"
"""The version of Pyphen that this was written for and tested with."""

_DIGITS = "0123456789"
_NO_PATTERN = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN")
"""How lines begin that are no patterns."""

_SPECIAL = re.compile(r"=|\^\^|\d\d|[^\D0-9]")
"""Finds what is more than letters and digits between them: a pattern that changes letters (``ff=f``), writes a letter
as a number (``^^e9``), has two digits in one place, or has digits of another script.
"""

_original = pyphen.HyphDict


class LazyPatterns:
    """The patterns of a dictionary of LibreOffice by their letters, in place of Pyphen's ``HyphDict``.

    They are as Liang describes them (*Word Hy-phen-a-tion by Com-put-er*, Stanford 1983): digits between letters say
    how good (odd) or bad (even) a break is there; the highest of all patterns that fit a word counts.
    """

    def __init__(self, lines: list[str]) -> None:
        letters = "\n".join(lines).translate(str.maketrans("", "", _DIGITS)).split("\n")
        self._patterns = {each: line for each, line in zip(letters, lines, strict=True) if len(each) < len(line)}
        self._longest = max(map(len, self._patterns), default=0)
        self._positions: dict[str, list[Any]] = {}

    def positions(self, word: str) -> list[Any]:
        """The letters of ``word``, counted from 0, before which a line may end: ``pyphen.DataInt``, as Pyphen gives
        them.
        """
        word = word.lower()
        found = self._positions.get(word)
        if found is None:
            found = self._positions[word] = self._find_breaks(f".{word}.")
        return found

    def _find_breaks(self, dotted: str) -> list[Any]:
        best = [0] * (len(dotted) + 1)
        get = self._patterns.get
        for start in range(len(dotted) - 1):
            for end in range(start + 1, min(start + self._longest, len(dotted)) + 1):
                pattern = get(dotted[start:end])
                if pattern is not None:
                    at = start
                    for sign in pattern:
                        if sign in _DIGITS:
                            best[at] = max(best[at], int(sign))
                        else:
                            at += 1
        return [pyphen.DataInt(at - 1) for at, value in enumerate(best) if value % 2]


def read_patterns(path: Path) -> Any:
    """The patterns of the dictionary at ``path``: :class:`LazyPatterns`, or Pyphen's own ``HyphDict``."""
    name, _, rest = path.read_bytes().partition(b"\n")
    encoding = name.decode().strip()
    text = rest.decode("cp1251" if encoding.lower() == "microsoft-cp1251" else encoding)
    lines = [line for each in text.split("\n") if (line := each.strip()) and not line.startswith(_NO_PATTERN)]
    return _original(path) if _SPECIAL.search("\n".join(lines)) else LazyPatterns(lines)


def read_patterns_lazily() -> None:
    """Have Pyphen read dictionaries with :func:`read_patterns` from here on, where it is the version that is known."""
    if pyphen.__version__ == KNOWN:
        pyphen.HyphDict = read_patterns
