"""Addresses of passages on the web: text fragments (https://wicg.github.io/scroll-to-text-fragment/), which browsers find and mark.

A short passage is named whole; of a longer one its first and last words are, as many as make each the only one in the
source's text. A file in the web that is no page has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from c6brief.evidence.locators import Locator
from c6brief.evidence.matching import SourceText
from c6brief.evidence.models import ADDRESS

LONGEST_WHOLE = 12
"""Words of a passage that is named whole."""

FEWEST = 4
"""Words at either end of a longer passage, at least."""

MOST_PASSAGES = 3
"""Passages that one address names."""

_NO_PAGE = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|csv|zip|mp[34])\Z", re.I)


def passage_address(url: str | None, text: SourceText | None, places: Iterable[Locator]) -> str:
    """The address of the passages at ``places`` of a source with that ``url`` and ``text``; empty where there is none."""
    matches = [place.match for place in places if place.match is not None][:MOST_PASSAGES]
    if not url or text is None or not matches or not ADDRESS.match(url):
        return ""
    try:
        if _NO_PAGE.search(urlsplit(url).path):
            return ""
    except ValueError:
        return ""
    directives = "&".join(f"text={_directive(text.text, match.start, match.end)}" for match in matches)
    page, mark, fragment = url.partition("#")
    return f"{page}#{fragment.partition(':~:')[0] if mark else ''}:~:{directives}"


def _directive(text: str, start: int, end: int) -> str:
    words = text[start:end].split()
    if len(words) <= LONGEST_WHOLE and "\n\n" not in text[start:end]:
        return _encoded(words)
    folded = " ".join(text.split())
    half = len(words) // 2
    first, last = (
        next((count for count in range(FEWEST, half) if folded.count(_joined(words, count, end)) == 1), half)
        for end in (False, True)
    )
    return f"{_encoded(words[:first])},{_encoded(words[-last:])}"


def _joined(words: list[str], count: int, at_end: bool) -> str:
    return " ".join(words[-count:] if at_end else words[:count])


def _encoded(words: Iterable[str]) -> str:
    """Words as a part of a directive, in which ``-``, ``,`` and ``&`` have a meaning."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
