"""A cache of the passages that were located, in ``.c6brief/cache``; it may be deleted at any time.

Only unique matches are kept, each under a hash of all that it depends on: the whole text of the source, the words,
prefix and suffix, and the code of the rule of matching. The words at a cached position are matched again before it
counts. So a file that is damaged, or was written by somebody else, never verifies words that do not stand there.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from c6brief.documents.writing import write_beside
from c6brief.evidence import atoms, folding, matching, written_quotation
from c6brief.evidence.lexicon import FOLDER as WORDS
from c6brief.evidence.matching import Match, SourceText

LARGEST_CACHE = 50_000_000
"""Bytes. A larger file is not read, and is replaced."""


@lru_cache
def _rule_hash() -> str:
    """A hash of the code of the rule: the passages of another rule do not count."""
    files = [Path(inspect.getfile(module)) for module in (atoms, folding, matching, written_quotation)]
    code = b"".join(path.read_bytes() for path in (*files, WORDS / "units.yaml", WORDS / "editor-notes.yaml"))
    return hashlib.sha256(code).hexdigest()


class PassageCache:
    """Where words were found, from one run to the next. Without a ``path`` nothing is read or written."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._known = _read(path) if path else {}
        self._used: dict[str, list[int]] = {}

    def lookup(self, text: SourceText, words: str, prefix: str | None, suffix: str | None) -> Match | None:
        """Where these words were found in this text, if they do stand there; ``None`` where that is not known."""
        kept = self._known.get(_key(text, words, prefix, suffix))
        if kept is None:
            return None
        paragraph, start, end = kept
        place = Match(paragraph, start, end)
        found = [match for match in text.find_in(paragraph, words, prefix, suffix) if match == place]
        if not found:
            return None
        self._used[_key(text, words, prefix, suffix)] = kept
        return found[0]

    def keep(self, text: SourceText, words: str, prefix: str | None, suffix: str | None, match: Match) -> None:
        """Keep ``match``, the only place of these words in this text."""
        self._used[_key(text, words, prefix, suffix)] = [match.paragraph, match.start, match.end]

    def save(self) -> None:
        """Write what this run looked up or kept. A folder that cannot be written is no problem."""
        if self.path is None or self._used == self._known:
            return
        data = json.dumps({"rule": _rule_hash(), "passages": self._used}, separators=(",", ":"))
        with suppress(OSError):
            write_beside(data.encode(), self.path)


def _key(text: SourceText, words: str, prefix: str | None, suffix: str | None) -> str:
    parts = json.dumps([text.sha256, words, prefix, suffix])
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


def _read(path: Path) -> dict[str, list[int]]:
    """The passages of the file at ``path``; none if it is missing, damaged, too large or of another rule."""
    try:
        if path.stat().st_size > LARGEST_CACHE:
            return {}
        store = json.loads(path.read_text(encoding="utf-8"))
        if store["rule"] != _rule_hash():
            return {}
        whole = {
            key: kept
            for key, kept in store["passages"].items()
            if len(kept) == 3 and all(type(number) is int and number >= 0 for number in kept)
        }
        return whole if len(whole) == len(store["passages"]) else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
