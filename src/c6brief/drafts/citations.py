"""Citations that a reference manager has put into a draft: what each cites, as CSL, and where in its item.

Zotero and Mendeley write JSON of citeproc-js beside the words that a reader sees
(https://github.com/citation-style-language/schema, csl-citation.json).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_WHITE = re.compile(r"\s+")


@dataclass(frozen=True)
class CitedItem:
    """One item of a citation."""

    csl: Mapping[str, Any]
    """Its data in CSL JSON (``itemData``)."""
    uris: tuple[str, ...] = ()
    """Its addresses in the library, of which the last part is its key."""
    locator: str = ""
    label: str = "page"
    """What the locator counts, as CSL names it."""
    prefix: str = ""
    suffix: str = ""
    is_author_suppressed: bool = False


@dataclass(frozen=True)
class Citation:
    """A citation that stands in the draft as ``token``, a word of letters and digits that is nowhere else in it."""

    token: str
    manager: str
    """Zotero, Mendeley; for one that the draft has in Pandoc's form, Pandoc."""
    words: str
    """What a reader of the draft sees: (Smith 2020, 12)."""
    items: tuple[CitedItem, ...] = ()
    markdown: str = ""
    """For one in Pandoc's form, as it is written."""


@dataclass(frozen=True)
class Remark:
    """What is told of a draft: something that is not taken over as it stands, with the words concerned."""

    kind: str
    """In words that a list can be sorted by: typed citation, text box, bibliography."""
    words: str = ""
    advice: str = ""


@dataclass
class FoundCitations:
    """The citations of a draft and the remarks on it, in order."""

    tokens: str
    """The beginning of all tokens."""
    citations: list[Citation] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def add(self, manager: str, words: str, items: tuple[CitedItem, ...] = (), markdown: str = "") -> str:
        """Keep a citation. Returns the token that stands for it."""
        token = f"{self.tokens}{len(self.citations):05d}X"
        self.citations.append(Citation(token, manager, one_line(words), items, markdown))
        return token

    def remark(self, kind: str, words: str = "", advice: str = "") -> None:
        """Keep a remark, once."""
        made = Remark(kind, one_line(words), advice)
        if made not in self.remarks:
            self.remarks.append(made)


def unused_token(parts: Iterable[bytes]) -> str:
    """The beginning of words that stand in none of ``parts``."""
    number = 0
    texts = list(parts)
    while any(f"C6CITATION{number}N".encode() in text for text in texts):
        number += 1
    return f"C6CITATION{number}N"


def one_line(words: str) -> str:
    """``words`` with one space for white space of any kind."""
    return _WHITE.sub(" ", words).strip()


def items_of(code: str) -> tuple[CitedItem, ...] | None:
    """The items of the first JSON object in ``code``; ``None`` where there is none, or it cites nothing."""
    start = code.find("{")
    try:
        citation = json.JSONDecoder().raw_decode(code, start)[0] if start >= 0 else None
    except (ValueError, RecursionError):
        return None
    items = citation.get("citationItems") if isinstance(citation, dict) else None
    read = [_item_of(item) for item in items or () if isinstance(item, dict)] if isinstance(items, list) else []
    return tuple(read) or None


def _item_of(item: Mapping[str, Any]) -> CitedItem:
    csl = item.get("itemData")
    uris = item.get("uris") or item.get("uri") or ()
    return CitedItem(
        csl if isinstance(csl, dict) else {},
        tuple(uri for uri in (uris if isinstance(uris, list) else [uris]) if isinstance(uri, str)),
        _text(item.get("locator")),
        _text(item.get("label")) or "page",
        _text(item.get("prefix")),
        _text(item.get("suffix")),
        bool(item.get("suppress-author")),
    )


def _text(value: Any) -> str:
    return one_line(str(value)) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
