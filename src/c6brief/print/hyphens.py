"""Hyphenation in less time: patterns stay as their file has them, and are read when a word asks for them.

Pyphen takes the fourteen thousand patterns of English apart in every run, which takes a tenth of a second; a brief asks for a
few hundred. This reaches into Pyphen: its class of a file's patterns is replaced, in the one version that this was written
for. Files with patterns that are more than letters and digits between them are left to Pyphen.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyphen

KNOWN = "0.18.1"
"""The version of Pyphen that this was written for and tested with."""

_DIGITS = "0123456789"
_TOLD = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN")
"""How lines begin that are no patterns."""

_MORE = re.compile(r"=|\^\^|\d\d|[^\D0-9]")
"""In a pattern that changes letters (``ff=f``), writes one as a number, or has two digits in one place, or digits of
another script."""

_theirs = pyphen.HyphDict


class Patterns:
    """The patterns of a dictionary of LibreOffice by their letters, as Liang describes them (*Word Hy-phen-a-tion by
    Com-put-er*, Stanford 1983): digits between letters say how good (odd) or bad (even) a break is there; the highest of
    all patterns that fit a word counts.
    """

    def __init__(self, lines: list[str]) -> None:
        letters = "\n".join(lines).translate(str.maketrans("", "", _DIGITS)).split("\n")
        self._known = {each: line for each, line in zip(letters, lines, strict=True) if len(each) < len(line)}
        self._longest = max(map(len, self._known), default=0)
        self._found: dict[str, list[Any]] = {}

    def positions(self, word: str) -> list[Any]:
        """Before which letters of ``word`` a line may end, counted from 0, as Pyphen gives them."""
        word = word.lower()
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = self._breaks(f".{word}.")
        return found

    def _breaks(self, dotted: str) -> list[Any]:
        best = [0] * (len(dotted) + 1)
        get = self._known.get
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
    """What Pyphen makes of the dictionary at ``path``, or the same in less time."""
    name, _, rest = path.read_bytes().partition(b"\n")
    encoding = name.decode().strip()
    text = rest.decode("cp1251" if encoding.lower() == "microsoft-cp1251" else encoding)
    lines = [line for each in text.split("\n") if (line := each.strip()) and not line.startswith(_TOLD)]
    return _theirs(path) if _MORE.search("\n".join(lines)) else Patterns(lines)


def hyphenate_quickly() -> None:
    """Have Pyphen read dictionaries so from here on, where it is the version that is known."""
    if pyphen.__version__ == KNOWN:
        pyphen.HyphDict = read_patterns
