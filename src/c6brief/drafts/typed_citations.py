"""Citations that somebody has typed: (Smith 2020), Smith and Jones (2019, p. 4), [12]."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKETED = re.compile(r"\(([^()]{4,200})\)")
_YEAR = re.compile(r"(?<![\w.,-])(?:1[5-9]|20)\d\d[a-z]?(?![\w-])|\bn\.\s?d\.|\bforthcoming\b")
_NAME = re.compile(r"[^\W\d_]{2,40}")
_BEFORE_YEAR = re.compile(
    r"(?<![\w’'-])([^\W\d_][\w’'-]{1,40}(?:(?: and | & |, )[^\W\d_][\w’'-]{1,40}){0,2}(?: et al\.?,?)?)"
    r" ?\(((?:1[5-9]|20)\d\d[a-z]?(?:, [^()]{1,40})?)\)"
)
_NUMBERS = re.compile(r"\[\d{1,3}(?:[,–-] ?\d{1,3}){0,9}\]")

_NO_NAMES = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "since",
        "in",
        "from",
        "until",
        "till",
        "by",
        "to",
        "and",
        "the",
        "of",
        "for",
        "see",
        "about",
        "table",
        "figure",
    ]
)
"""Words that stand before a year and are nobody's name."""


def typed_citations(text: str) -> Iterator[str]:
    """What looks like a typed citation in a paragraph, in the order of their forms."""
    for match in _BRACKETED.finditer(text):
        year = _YEAR.search(match[1])
        if year and _has_name(match[1][: year.start()]):
            yield match[0]
    for match in _BEFORE_YEAR.finditer(text):
        if _has_name(match[1]):
            yield match[0]
    for match in _NUMBERS.finditer(text):
        yield match[0]


def _has_name(words: str) -> bool:
    """Whether the last of ``words`` before a year looks like a name: a capital, and no month."""
    names = [name for name in _NAME.findall(words) if name != "et" and name != "al"]
    return bool(names) and names[-1][0].isupper() and names[-1].casefold() not in _NO_NAMES
