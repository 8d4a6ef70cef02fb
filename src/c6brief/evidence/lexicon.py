"""Words that reading needs to know, one file a language in ``words/``; and units of measure, in one file for all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from c6brief.evidence.folding import is_spaceless

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Lexicon:
    """The words of one language or of several, in small letters."""

    languages: tuple[str, ...] = ()
    negators: tuple[str, ...] = ()
    """They turn what they stand in, or take it back."""
    following: tuple[str, ...] = ()
    """Those that do so from behind."""
    conditions: tuple[str, ...] = ()
    """Those that do so from the clause before."""
    harmless: tuple[str, ...] = ()
    """Phrases that hold a negator and turn nothing: not only."""
    reversing: tuple[str, ...] = ()
    """Those that turn the sense as an editor's addition."""
    scopes: tuple[str, ...] = ()
    """They limit what they stand directly before: only, at least."""
    bounds: tuple[str, ...] = ()
    """They limit a number that they stand directly before: over."""
    limits: tuple[str, ...] = ()
    """They limit what is denied before them: before."""
    interrogatives: tuple[str, ...] = ()
    """They begin a question."""
    indirect: tuple[str, ...] = ()
    """They show a question inside of a sentence: whether."""
    saying: tuple[str, ...] = ()
    """Verbs that give somebody words."""
    according: tuple[str, ...] = ()
    """What stands before a name, or behind it, that words are given to."""
    introducing: tuple[str, ...] = ()
    """They give what follows to the name behind them: for NAME, …"""
    speaking: tuple[str, ...] = ()
    """They stand in what somebody says rather than in a title: we, shall."""
    texts: tuple[str, ...] = ()
    """Subjects of verbs of saying that are nobody: the report, it."""
    not_saying: tuple[str, ...] = ()
    """Behind these a verb of saying is nobody's: is said, the states."""
    utterances: tuple[str, ...] = ()
    """What somebody says: NAME's plea, words."""
    viewpoints: tuple[str, ...] = ()
    """They are that behind ``in``: in NAME's view."""
    pronouns: tuple[str, ...] = ()
    """They refer to somebody."""
    first_persons: tuple[str, ...] = ()
    """Those that refer to whoever writes."""
    relatives: tuple[str, ...] = ()
    """Those that refer to the name before them: who."""
    auxiliaries: tuple[str, ...] = ()
    """They may stand between a subject and its verb."""
    objects: tuple[str, ...] = ()
    """A name behind one of these is no subject: of, with."""
    indefinite: tuple[str, ...] = ()
    """They begin somebody unnamed: a trader."""
    joining: tuple[str, ...] = ()
    """They join names: and."""
    anybody: tuple[str, ...] = ()
    """They are capitalised at the beginning of a sentence and name nobody."""

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Words that are no part of a name, however a sentence begins: the, as, according, officials."""
        kinds = (
            self.not_saying,
            self.anybody,
            self.objects,
            self.auxiliaries,
            self.pronouns,
            self.indefinite,
            self.texts,
            self.according,
            self.introducing,
        )
        return frozenset(word for words in kinds for word in words)

    def __add__(self, other: Lexicon) -> Lexicon:
        return Lexicon(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})


@lru_cache(maxsize=1)
def known_languages() -> tuple[str, ...]:
    """The languages that have a file of words, by their codes."""
    return tuple(sorted(path.stem for path in FOLDER.glob("??.yaml")))


def lexicon(languages: Iterable[str]) -> Lexicon:
    """The words of ``languages`` together (``en-GB`` is ``en``); those that have no file have none."""
    return _lexicon(tuple(dict.fromkeys(language.split("-")[0].lower() for language in languages)))


@lru_cache
def _lexicon(languages: tuple[str, ...]) -> Lexicon:
    whole = Lexicon()
    for language in languages:
        path = FOLDER / f"{language}.yaml"
        if path.is_file():
            whole = whole + Lexicon((language,), **{key: tuple(words) for key, words in _read(path).items()})
    return whole


@lru_cache(maxsize=1)
def units() -> frozenset[str]:
    """Units, scales, currencies and per cent in words, of all languages, in small letters."""
    return frozenset(word.lower() for words in _read(FOLDER / "units.yaml").values() for word in words)


@lru_cache(maxsize=1)
def editor_notes() -> tuple[str, ...]:
    """What an editor writes in brackets of the quotation itself: ``sic``, ``emphasis added``."""
    return tuple(_read(FOLDER / "editor-notes.yaml"))


@lru_cache(maxsize=1)
def elisions() -> frozenset[str]:
    """Words that begin with an apostrophe or its like, in small letters."""
    return frozenset(_read(FOLDER / "elisions.yaml"))


def _read(path: Path) -> Any:
    """A file of ours, in which ``no`` and ``on`` are words."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C one is ten times as fast
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


@lru_cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """An expression that finds any of ``words`` as whole words, in folded text.

    A star at an end of a word stands for the rest of it; after ``=`` it counts in small letters only.
    """
    kinds: dict[tuple[str, str, str], list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        left = r"\w*" if word.startswith("*") else r"(?<!\w)"
        right = r"\w*" if word.endswith("*") else r"(?!\w)"
        if is_spaceless(word[:1]):
            left = right = ""
        bare = re.escape(word.strip("*=")).replace(r"\ ", " ")
        kinds.setdefault((left, right, "" if word.startswith("=") else "i"), []).append(bare)
    expressions = (f"{left}(?{flag}:{'|'.join(bare)}){right}" for (left, right, flag), bare in kinds.items())
    return re.compile("|".join(expressions) or r"(?!)")
