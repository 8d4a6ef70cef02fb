"""Words that stand in texts on anything, and words with which a text credits another: one file for all languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "words" / "topics.yaml"


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # in which "no" is a word
    found: Mapping[str, Mapping[str, list[str]]] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=loader)
    return found


def common_words(languages: Iterable[str]) -> frozenset[str]:
    """Words of four letters and more, in small letters, that say nothing of what a text is about."""
    return _common(tuple(map(_primary, languages)))


@lru_cache(maxsize=16)
def _common(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for each in languages for word in _words().get(each, {}).get("common", ()))


def crediting_words(languages: Iterable[str]) -> tuple[str, ...]:
    """Words beside the name of a publication that a text retells: reports, source, via."""
    return tuple(word for each in languages for word in _words().get(_primary(each), {}).get("crediting", ()))


def _primary(language: str) -> str:
    return language.split("-")[0].lower()
