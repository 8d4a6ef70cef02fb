"""Words inside quotation marks, in our prose and in the texts of sources.

In our prose, four quoted words or more are somebody's words and must stand in a source that the paragraph cites; fewer
are a term or a turn of phrase. In a source, words outside of quotation marks are the reporter's and not speech.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

FEWEST_WORDS = 4
"""Quoted words that are a quotation; fewer are a term."""

# The quotation marks of European languages, outer ones first. An apostrophe inside single marks is followed by a
# letter.
_PAIRS = {
    "“": re.compile(r"“([^“”]*)”"),
    "„": re.compile(r"„([^„“”]*)[“”]"),
    "«": re.compile(r"«([^«»]*)»"),
    "»": re.compile(r"»([^«»]*)«"),
    '"': re.compile(r'"([^"]*)"'),
    "‹": re.compile(r"‹([^‹›]*)›"),
    "‘": re.compile(r"‘((?:[^‘’]|’(?=\w))*)’(?!\w)"),
    "'": re.compile(r"(?<!\w)'((?:[^']|'(?=\w))*)'(?!\w)"),
    "‚": re.compile(r"‚([^‚‘’]*)[‘’]"),
    "「": re.compile(r"「([^「」]*)」"),
}


def quotations_in(text: str) -> list[str]:
    """The quotations of four words or more in ``text``, without their marks. One inside another is part of it."""
    spans = quoted_spans(text)
    words = [text[start:end] for start, end in spans]
    return [quoted for quoted in words if len(re.findall(r"\w+(?:[-’']\w+)*", quoted)) >= FEWEST_WORDS]


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each quotation in ``text``, without its marks, in order. One inside another is part of it."""
    found: list[tuple[int, int]] = []
    for opening, pair in _PAIRS.items():
        if opening not in text:
            continue
        starts = [start for start, _ in found]
        ends = list(accumulate((end for _, end in found), max))  # the farthest end so far
        new = [match.span(1) for match in pair.finditer(text)]
        outside = [(s, e) for s, e in new if not (before := bisect_right(starts, s)) or ends[before - 1] < e]
        found = sorted(found + outside)
    return found


def is_speech(text: str, start: int, end: int) -> bool:
    """Whether the characters from ``start`` to ``end`` of a paragraph stand inside quotation marks, as a whole.

    Speech that a paragraph opens and leaves open goes to its end, as newspapers set speech of several paragraphs.
    """
    opened = _find_open_speech(text)
    spans = [*quoted_spans(text), *([] if opened is None else [(opened, len(text))])]
    return any(left - 1 <= start and end <= right + 1 for left, right in spans)


def _find_open_speech(text: str) -> int | None:
    """Where the speech begins that the paragraph ``text`` does not close; ``None`` where it closes all."""
    for opening, closing in ("“”", "„“", "«»", "「」"):
        at = text.rfind(opening)
        if at >= 0 and closing not in text[at + 1 :] and "”" not in text[at + 1 :]:
            return at + 1
    return text.rfind('"') + 1 if text.count('"') % 2 else None
