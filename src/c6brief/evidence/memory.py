"""What was verified before need not be searched again: a store under ``.c6brief/cache``, safe to delete.

Only passes are kept, each under a hash of everything that it depends on: the source's whole text, the words, prefix
and suffix, and the code of the rule itself. A remembered place is looked at again before it counts, so that a store
that was damaged, or written by somebody else, can never let words pass that do not stand there.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from c6brief.documents.files import write_beside
from c6brief.evidence import matching, quotations
from c6brief.evidence.matching import Match, SourceText

LARGEST_STORE = 50_000_000
"""Bytes. A store that has grown beyond this is begun anew."""


@lru_cache
def _rule() -> str:
    """A hash of the rule's code: another rule remembers nothing of this one."""
    code = b"".join(Path(module.__file__).read_bytes() for module in (matching, quotations))
    return hashlib.sha256(code).hexdigest()


class Memory:
    """The passages that were found before. Without a ``path`` it forgets everything."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._known = _read(path) if path else {}
        self._used: dict[str, list[int]] = {}

    def match(self, text: SourceText, words: str, prefix: str | None, suffix: str | None) -> Match | None:
        """The place remembered for these words in this text, if they do stand there."""
        kept = self._known.get(_key(text, words, prefix, suffix))
        if kept is None:
            return None
        paragraph, start, end = kept
        if not SourceText(text.text[start:end]).find(words):
            return None
        self._used[_key(text, words, prefix, suffix)] = kept
        return Match(paragraph, start, end)

    def keep(self, text: SourceText, words: str, prefix: str | None, suffix: str | None, match: Match) -> None:
        """Remember where these words were found, once and only once."""
        self._used[_key(text, words, prefix, suffix)] = [match.paragraph, match.start, match.end]

    def save(self) -> None:
        """Write what this run used, beside and renamed. A folder that cannot be written is no problem."""
        if self.path is None or self._used == self._known:
            return
        data = json.dumps({"rule": _rule(), "passages": self._used}, separators=(",", ":"))
        with suppress(OSError):
            write_beside(data.encode(), self.path)


def _key(text: SourceText, words: str, prefix: str | None, suffix: str | None) -> str:
    parts = json.dumps([text.sha256, words, prefix, suffix])
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


def _read(path: Path) -> dict[str, list[int]]:
    """The passages of a store; none if it is missing, damaged, too large or of another rule."""
    try:
        if path.stat().st_size > LARGEST_STORE:
            return {}
        store = json.loads(path.read_text(encoding="utf-8"))
        if store["rule"] != _rule():
            return {}
        whole = {
            key: kept
            for key, kept in store["passages"].items()
            if len(kept) == 3 and all(type(number) is int and number >= 0 for number in kept)
        }
        return whole if len(whole) == len(store["passages"]) else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
