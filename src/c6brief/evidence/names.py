"""Names of people and bodies: compared whole, and found in texts.

Diacritics and the shapes of apostrophes do not count, so that Öğüt and Ogut are one; particles (van der, bin, oğlu) belong to
the family name, and suffixes (Jr., II) tell two people apart. ``Wei Li`` is not found in ``Linda Park``, nor QA in QATRIX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from c6brief.evidence.folding import APOSTROPHES, fold_name, is_spaceless
from c6brief.evidence.offices import is_office, is_only_office

PARTICLES = frozenset([
    "van", "von", "der", "den", "de", "del", "della", "dei", "di", "da", "do", "dos", "das", "du", "la", "le", "les",
    "el", "al", "ben", "bin", "ibn", "bint", "abu", "abd", "ter", "ten", "zu", "zum", "zur", "af", "av", "og", "y",
    "e", "i", "oglu", "ogly", "ogli", "ugli", "uly", "kyzy", "qizi", "kizi", "gyzy", "zoda",
])  # fmt: skip
"""Parts of family names in small letters or after one: they never stand for a person alone."""

SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}

_TOKEN = re.compile(r"[^\W\d_](?:[\w'’‘ʼʻ`´-]*\w)?\.?")


@dataclass(frozen=True)
class Name:
    """A name as written, of a person or of a body with its ``acronym``."""

    text: str
    acronym: str = ""
    is_body: bool = False
    """Whether it is no person's: then a part of it, or its words in another order, name somebody else."""

    offices: frozenset[str] | None = None
    """For capitalised words of a text that are in no evidence base: the words, folded, that stand there before whole names,
    as offices do. Whatever stands before such a word is of the office, too (Finance Minister Sadykova)."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, folded."""
        return tuple(fold_name(word).rstrip(".") for word in _TOKEN.findall(self.text))

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its words, folded, without titles and without the suffix."""
        words, offices = self.words, self.offices or frozenset()
        while len(words) > 1 and not self.is_body and (is_office(words[0]) or words[0] in (*SUFFIXES, *offices)):
            words = words[1:]
        if self.offices is not None:
            last = max(
                (at for at, word in enumerate(words[:-1], 1) if word in offices or is_only_office(word)), default=0
            )
            words = words[last:]
        return tuple(word for word in words if word not in SUFFIXES)

    @cached_property
    def suffix(self) -> str:
        """``jr``, ``sr``, ``ii`` …; empty where there is none."""
        return next((SUFFIXES[word] for word in self.words[1:] if word in SUFFIXES), "")

    @cached_property
    def family(self) -> tuple[str, ...]:
        """The family name with its particles: the last word that is none, and the particles before it."""
        at = len(self.tokens) - 1
        while at > 0 and self._is_particle(self.tokens[at]):
            at -= 1
        end = at
        while at > 0 and self._is_particle(self.tokens[at - 1]):
            at -= 1
        return self.tokens[at : end + 1]

    def _is_particle(self, token: str) -> bool:
        """Whether a word of the name is a particle; the E of E. Brandt is an initial, not that of Costa e Silva."""
        is_initial = len(token) == 1 and re.search(rf"(?<!\w){re.escape(token)}(?![\w.])", self.text) is None
        return token in PARTICLES and not is_initial

    @cached_property
    def mark(self) -> str:
        """Letters without which the name stands nowhere, in whatever case: most of the last part of the family name."""
        last = re.split(r"[^\w]", self.family[-1])[-1] if self.tokens else ""
        return last[:-1] if len(last) > 3 else last

    def may_be(self, other: Name) -> bool:
        """Whether both names may be of one person: the same words, or one is the family name of the other.

        Given names may be initials, or left out on one side; suffixes must not differ where both have one.
        """
        if self.suffix and other.suffix and self.suffix != other.suffix:
            return False
        if not self.tokens or not other.tokens:
            return False
        if self.tokens == other.tokens or self.words == other.words or sorted(self.tokens) == sorted(other.tokens):
            return True
        if self.is_body or other.is_body:
            return False
        short, long = sorted((self, other), key=lambda name: len(name.tokens))
        if len(short.tokens) == 1:
            return short.tokens[0] in (long.family[-1], long.tokens[-1], long.tokens[0])
        if short.family[-1] != long.family[-1]:
            return False
        given = long.tokens[: -len(long.family)]
        return all(any(_may_be_given(one, many) for many in given) for one in short.tokens[: -len(short.family)])


def _may_be_given(one: str, other: str) -> bool:
    return one == other or (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))


@lru_cache(maxsize=32)
def fold_text(text: str) -> tuple[str, Sequence[int]]:
    """A text folded as names are, with where each character came from."""
    if text.isascii():
        folded = fold_name(text)
        if len(folded) == len(text):
            return folded, range(len(text))
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for shape in _fold_letter(char):
            out.append(shape)
            origin.append(index)
    return "".join(out), origin


_fold_letter = lru_cache(maxsize=4096)(fold_name)


def find_name(name: Name, text: str) -> Iterator[tuple[int, int, bool]]:
    """Where ``text`` has the name: spans in the text as it stands, and whether it is the whole name or the acronym.

    The family name alone is a part. A name beside which another suffix stands (John Hale Sr.) is somebody else's.
    """
    folded, origin = fold_text(text)
    pattern = _pattern(name)
    for match in pattern.finditer(folded) if pattern else ():
        if not _is_ending(match["ending"], text, origin[match.start("ending") - 1] + 1, name):
            continue  # Hales is not Hale
        suffix = _suffix_after(folded, match.end())
        if not suffix or suffix == name.suffix or len(name.tokens) == 1:
            whole = match["whole"] is not None and suffix == name.suffix
            yield origin[match.start()], origin[match.end() - 1] + 1, whole
    if name.acronym:
        for match in re.finditer(rf"(?<!\w){re.escape(name.acronym)}(?:['’]?s)?(?!\w)", text):
            yield *match.span(), True


_CASES = frozenset(
    ("ın", "in", "un", "ün", "nın", "nin", "nun", "nün", "ning", "niň", "nyn", "dan", "den", "ga", "ni", "e", "ye")
)
"""Endings of Turkic languages that names in -ov and -ev take without an apostrophe; not -a, which makes a woman's name."""


def _is_ending(ending: str, text: str, at: int, name: Name) -> bool:
    """Whether letters behind a name, which begin at ``at`` of the text, are its inflection: Hale’s, Öğüt'e, Исмаилову."""
    if not ending or text[at : at + 1] in tuple(APOSTROPHES):
        return True
    if "\u0400" <= ending[0] <= "\u04ff":
        return True
    return ending in _CASES and name.tokens[-1].endswith(("ov", "ev", "ova", "eva"))


def _suffix_after(folded: str, at: int) -> str:
    """The suffix that follows a name in a folded text; empty where none does."""
    after = re.match(r",?\s+(\w+)\b", folded[at : at + 12])
    return SUFFIXES.get(after[1], "") if after else ""


_SPACE = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*|-)"
_MIDDLE = rf"(?:\w\.?{_SPACE})?"
"""An initial between given and family name."""


@lru_cache(maxsize=512)
def _pattern(name: Name) -> re.Pattern[str] | None:
    """What finds a name in a folded text; its group ``whole`` is set where the whole of it stands there."""
    if not name.tokens:
        return None
    whole, parts = [_sequence(name.tokens)], []
    given = name.tokens[: -len(name.family)]
    if given and not name.is_body:
        if name.tokens[-len(name.family) :] == name.family:
            whole.append(rf"{_sequence(name.family)},?{_SPACE}{_sequence(given)}")  # Ogut Kemal
            parts.append(
                rf"\.?{_SPACE}?".join(re.escape(each[0]) for each in given) + rf"\.{_SPACE}?{_sequence(name.family)}"
            )
        if len("".join(name.family)) > 2:  # Li, Wu: too short to stand alone
            parts.append(_sequence(name.family))
    left, right = (r"(?<!\w)", r"(?P<ending>\w{0,4})(?!\w)")
    if is_spaceless(name.text[:1]):
        left, right = "", "(?P<ending>)"
    either = "|".join([f"(?P<whole>{'|'.join(whole)})", *parts])
    return re.compile(f"{left}(?:{either}){right}")


def _sequence(tokens: Sequence[str]) -> str:
    """An expression for words of a name in order; a full stop may follow an initial."""
    parts = []
    for number, token in enumerate(tokens):
        is_last = number + 1 == len(tokens)
        parts.append(_inflected(token, is_last) + (r"\.?" if len(token) == 1 else ""))
        if number + 1 < len(tokens):
            parts.append(_SPACE + (_MIDDLE if number + 2 == len(tokens) else ""))
    return "".join(parts)


def _inflected(token: str, is_last: bool) -> str:
    """An expression for a word of a name; in Cyrillic in any case (Айгуль, Айгули; Садыкова, Садыковой)."""
    if not "\u0400" <= token[-1] <= "\u04ff" or len(token) < 4:
        return re.escape(token)
    stem = token[:-1] if token[-1] in "аеийоуыьэюя" else token
    return re.escape(stem) + (r"\w{0,2}?" if is_last else r"\w{0,3}")


def is_named(name: Name, text: str) -> bool:
    """Whether ``text`` names the person or body."""
    return next(find_name(name, text), None) is not None
