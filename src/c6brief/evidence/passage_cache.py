"""A cache of the passages that were located, an entry of the cache of a project.

Only unique matches are kept, each under a hash of all that it depends on: the whole text of the source, the words,
prefix and suffix, and the code of the rule of matching. The words at a cached position are matched again before it
counts. What is damaged, or was kept by somebody else, is not read (:mod:`c6brief.documents.cache`).
"""

from __future__ import annotations

import hashlib
import inspect
import json
from functools import lru_cache
from pathlib import Path

from c6brief.documents.cache import Kind, ProjectCache
from c6brief.evidence import atoms, folding, matching, written_quotation
from c6brief.evidence.lexicon import FOLDER as WORDS
from c6brief.evidence.matching import Match, SourceText

PASSAGES = Kind("passages", most_files=1)
"""All passages of a project, in one entry."""


@lru_cache
def _rule_hash() -> str:
    """A hash of the code of the rule: the passages of another rule do not count."""
    files = [Path(inspect.getfile(module)) for module in (atoms, folding, matching, written_quotation)]
    code = b"".join(path.read_bytes() for path in (*files, WORDS / "units.yaml", WORDS / "editor-notes.yaml"))
    return hashlib.sha256(code).hexdigest()


class PassageCache:
    """Where words were found, from one run to the next. Without a ``cache`` nothing is read or written."""

    def __init__(self, cache: ProjectCache | None = None) -> None:
        self.cache = cache
        self._known = _read(cache.read(PASSAGES, "")) if cache else {}
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
        """Write what this run looked up or kept. A cache that cannot be written is no problem."""
        if self.cache is None or self._used == self._known:
            return
        data = json.dumps({"rule": _rule_hash(), "passages": self._used}, separators=(",", ":"))
        self.cache.write(PASSAGES, "", data.encode())


def _key(text: SourceText, words: str, prefix: str | None, suffix: str | None) -> str:
    parts = json.dumps([text.sha256, words, prefix, suffix])
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


def _read(data: bytes | None) -> dict[str, list[int]]:
    """The passages in an entry of the cache; none if there is no entry, or it is of another rule."""
    if data is None:
        return {}
    store = json.loads(data)
    return dict(store["passages"]) if store["rule"] == _rule_hash() else {}
