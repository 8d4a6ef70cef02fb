"""Words and names in a stretch of a text: verbs of saying, genitives, names that are joined, a name of one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.evidence.folding import fold_name
from c6brief.evidence.lexicon import Lexicon, any_of
from c6brief.evidence.mentions import WORD, Mention
from c6brief.evidence.names import Name
from c6brief.evidence.offices import TITLES, is_office

_GENITIVE = re.compile(r"['’ʼ]s\Z|s['’ʼ]\Z")
GENITIVE_BEHIND = re.compile(r"['’ʼ](?:s\b|\s)")
"""The ending of a genitive behind a name."""


def count(text: str) -> int:
    """How many words there are."""
    return len(WORD.findall(text))


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text: its words, where it begins in the text, and the names in it, in places of the whole text."""

    text: str
    at: int
    mentions: Sequence[Mention]
    lexicon: Lexicon
    bodies: frozenset[str] = frozenset()
    """Ids of those that are no people."""
    finds_single_names: bool = True
    """Whether one capitalised word beside a verb may be a name; not in German, which writes all nouns so."""

    @property
    def first(self) -> Mention | None:
        """The first name."""
        return self.mentions[0] if self.mentions else None

    def ahead_of(self, mention: Mention, since: int = 0) -> str:
        """The text before a name."""
        return self.text[since : mention.start - self.at]

    def behind(self, mention: Mention, until: int | None = None) -> str:
        """The text behind a name."""
        return self.text[mention.end - self.at : until]

    def verbs(self) -> list[re.Match[str]]:
        """Verbs of saying that somebody does: none that is done to something (is said), no noun (the states)."""
        not_saying = any_of(self.lexicon.not_saying)
        found = []
        for verb in any_of(self.lexicon.saying).finditer(self.text):
            before = WORD.findall(self.text[max(0, verb.start() - 40) : verb.start()])[-1:]
            start, end = self.at + verb.start(), self.at + verb.end()
            in_name = any(each.start < end and start < each.end for each in self.mentions)
            is_noun = bool(before) and (not_saying.fullmatch(before[0]) or _GENITIVE.search(before[0]))
            if not in_name and not is_noun:
                found.append(verb)
        return found

    def is_object(self, mention: Mention) -> bool:
        """Whether a name is no subject: of NAME, with NAME, NAME's deputy."""
        if self.is_genitive(mention):
            return True
        start = mention.start - self.at
        near = self.text[max(0, start - 30) : start]
        before = WORD.findall(near)[-1:]
        while before and is_office(fold_name(before[0])):
            near = near[: near.rindex(before[0])]
            before = WORD.findall(near)[-1:]
        bare = near.rstrip()
        return bool(before) and bare.endswith(before[0]) and before[0].lower() in self.lexicon.objects

    def is_genitive(self, mention: Mention) -> bool:
        """Whether something of theirs follows: Hale's report."""
        start, end = mention.start - self.at, mention.end - self.at
        return bool(_GENITIVE.search(self.text, max(0, start), end) or GENITIVE_BEHIND.match(self.text, end))

    def together(self, mention: Mention) -> tuple[Mention, ...]:
        """A name, those that the same words may mean, and those joined with it: NAME and NAME said."""
        place = next(number for number, each in enumerate(self.mentions) if each is mention)
        found = [mention]
        for step in (-1, 1):
            near, at = mention, place + step
            while 0 <= at < len(self.mentions):
                other = self.mentions[at]
                first, second = sorted((near, other), key=lambda each: each.start)
                between = self.text[first.end - self.at : max(first.end, second.start) - self.at].strip()
                if other.start != near.start and not self._joins(between, second):
                    break
                found.append(other)
                near, at = other, at + step
        return tuple(found)

    def _joins(self, between: str, second: Mention) -> bool:
        """Whether what stands between two names joins them: NAME and NAME; NAME, NAME and others."""
        if between == ",":
            behind = WORD.match(self.text, second.end - self.at + 1)
            return behind is not None and behind.group() in self.lexicon.joining
        return between.strip(", ") in self.lexicon.joining

    def single_name_at(self, at: int) -> Mention | None:
        """A name of one word directly behind ``at``: said Bekov."""
        word = re.compile(r"[^\w\"'’“«,.:;]*(\w[\w'’-]*)").match(self.text, at)
        return self._single(word.start(1), word[1]) if word else None

    def single_name_before(self, at: int) -> Mention | None:
        """A name of one word directly before ``at``: and Bekov said."""
        words = list(WORD.finditer(self.text, 0, at))
        while words and words[-1].group().lower() in self.lexicon.auxiliaries:
            words.pop()
        if not words or self.text[words[-1].end() : at].strip(" ,") not in ("", *self.lexicon.auxiliaries):
            return None
        if len(words) > 1 and words[-2].group().lower() in self.lexicon.not_saying:
            return None  # the Ministry said
        is_first = len(words) == 1 and words[-1].group().endswith("s")  # Officials said, Experts said
        return None if is_first else self._single(words[-1].start(), words[-1].group())

    def _single(self, at: int, word: str) -> Mention | None:
        is_name = self.finds_single_names and word[:1].isupper() and not word.isupper() and len(word) > 2
        if not is_name or word.lower() in self.lexicon.no_names or fold_name(word) in TITLES:
            return None
        return Mention(self.at + at, self.at + at + len(word), "", Name(word))

    def is_bare(self, words: str) -> bool:
        """Whether a stretch has no words but adverbs and auxiliaries."""
        return all(word.lower() in self.lexicon.auxiliaries for word in WORD.findall(words))
