"""Quotations in running prose: what stands inside quotation marks.

Four words or more are somebody's words and must stand in a source that the paragraph cites. Fewer are a term or a
turn of phrase.
"""

from __future__ import annotations

import re

FEWEST_WORDS = 4

# The quotation marks of European languages, outer ones first. An apostrophe inside single marks is followed by a letter.
_PAIRS = (
    re.compile(r"“([^“”]*)”"),
    re.compile(r"„([^„“”]*)[“”]"),
    re.compile(r"«([^«»]*)»"),
    re.compile(r"»([^«»]*)«"),
    re.compile(r'"([^"]*)"'),
    re.compile(r"‹([^‹›]*)›"),
    re.compile(r"‘((?:[^‘’]|’(?=\w))*)’(?!\w)"),
    re.compile(r"(?<!\w)'((?:[^']|'(?=\w))*)'(?!\w)"),
    re.compile(r"‚([^‚‘’]*)[‘’]"),
    re.compile(r"「([^「」]*)」"),
)


def quotations_in(text: str) -> list[str]:
    """The quotations of four words or more in ``text``, without their marks. One inside another is part of it."""
    found: list[tuple[int, int, str]] = []
    for pair in _PAIRS:
        for match in pair.finditer(text):
            inside = any(start <= match.start() and match.end() <= end for start, end, _ in found)
            if not inside and len(re.findall(r"\w+(?:[-’']\w+)*", match[1])) >= FEWEST_WORDS:
                found.append((match.start(), match.end(), match[1]))
    return [words for _, _, words in sorted(found)]
