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
    """The words of one language or of several (``languages``), in small letters.

    ``negators`` turn what they stand in, or take it back; ``following`` are those that do so from behind, ``conditions`` those
    that do so from the clause before; ``reversing`` those that do so as an editor's addition; ``harmless`` phrases hold one
    and turn nothing (not only). ``scopes`` limit what they stand directly before (only, at least), ``bounds`` a number
    (over), ``limits`` what is denied before them (before). ``interrogatives`` begin a question, ``indirect`` ones show one
    inside of a sentence (whether). ``saying`` are
    verbs that give somebody words, ``according`` what stands before a name that does; ``texts`` are subjects of such verbs that
    are nobody: the report, it; after ``not_saying`` such a word is no verb of anybody: is said, the states. ``utterances`` are
    what somebody says: NAME's plea, words; ``viewpoints`` do so behind ``in`` (in NAME's view). ``pronouns`` refer to somebody, those of them that are ``first_persons`` to whoever writes,
    ``relatives`` (who) to the name before them; ``introducing`` words give what follows to the name behind them (for NAME, …); ``speaking`` ones stand in what
    somebody says rather than in a title (we, shall); ``auxiliaries`` may stand between a subject and its verb; a name behind one of the
    ``objects`` (of, with) is no subject; ``indefinite`` words begin somebody unnamed (a trader); ``joining`` ones join
    names (and); ``anybody`` are capitalised at the beginning of a sentence and name nobody.
    """

    languages: tuple[str, ...] = ()
    negators: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    reversing: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    interrogatives: tuple[str, ...] = ()
    indirect: tuple[str, ...] = ()
    saying: tuple[str, ...] = ()
    according: tuple[str, ...] = ()
    introducing: tuple[str, ...] = ()
    speaking: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    not_saying: tuple[str, ...] = ()
    utterances: tuple[str, ...] = ()
    viewpoints: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    first_persons: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    indefinite: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    anybody: tuple[str, ...] = ()

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
