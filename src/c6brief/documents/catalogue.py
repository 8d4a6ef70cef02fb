"""The tool's own words: one catalogue for each language, in ``words/``. A new language is a new file there.

Keys at the top level are for briefs and their templates, those below ``figures`` for drawings. A catalogue may hold
words for figures alone; briefs can be written in its language once it has every key of the English one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from c6brief.documents.yamltext import LOADER

FOLDER = Path(__file__).parent / "words"

FIGURES = "figures"
"""The key below which the words of figures stand."""


@lru_cache
def _catalogue(language: str) -> Mapping[str, Any]:
    path = FOLDER / f"{language}.yaml"
    text = path.read_text(encoding="utf-8") if path.is_file() else "{}"
    return MappingProxyType(yaml.load(text, Loader=LOADER))  # our own file, not the user's


@lru_cache
def words(language: str) -> Mapping[str, str]:
    """The words of briefs in ``language``, by key; empty where it has none."""
    return MappingProxyType({key: value for key, value in _catalogue(language).items() if key != FIGURES})


@lru_cache
def figure_words(language: str) -> Mapping[str, str]:
    """The words of figures in ``language``, by key; empty where it has none."""
    return MappingProxyType(_catalogue(language).get(FIGURES, {}))


@lru_cache
def languages() -> tuple[str, ...]:
    """The languages that briefs can be written in: those whose catalogue has every key of the English one."""
    keys = words("en").keys()
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if keys <= words(path.stem).keys()))
