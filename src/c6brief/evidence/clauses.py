"""Reporting clauses: to whom the words beside speech give it. "…," said NAME, ROLE; NAME told us: "…"; according to NAME.

A clause names somebody, or refers to somebody (she said, the minister added), or gives the words to nobody that is known:
the report says, a trader said, a spokesman of NAME said. Verbs of saying and other words come from the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.evidence.folding import QUOTATION_SHAPES
from c6brief.evidence.lexicon import Lexicon, any_of, editor_notes
from c6brief.evidence.mentions import WORD, Mention
from c6brief.evidence.names import TITLES, Name, fold_name

FARTHEST = 14
"""Words between a name and the verb that gives it words: "Ruslan Ismailov, deputy head of the port authority, said"."""

NEAR = 3
"""Words between the subject and its verb without a comma: has, on Monday."""

_GENITIVE, _GENITIVE_BEHIND = re.compile(r"['’ʼ]s\Z|s['’ʼ]\Z"), re.compile(r"['’ʼ](?:s\b|\s)")
_AFTER_NAME = re.compile(r"\s*(?:[,;:–—]|\d)")
_ROLE = re.compile(r",[^,.;:?!]{3,80}[.]?\s*")
"""A role or a date behind a name: , minister of roads."""
_ARTICLED = frozenset(("en", "de", "fr", "es"))
"""Languages whose roles have an article: according to the minister, and not according to plan."""
_COMMA = re.compile(r"[,;(–—]| - ")


@dataclass(frozen=True)
class Given:
    """Whom a clause gives words to: people by name (several where any may be meant), or somebody it ``refers`` to.

    ``is_own``: to whoever writes the text (I said). ``is_text``: to a report, a law. None of these: to somebody unnamed.
    """

    by: tuple[Mention, ...] = ()
    refers: bool = False
    is_own: bool = False
    is_text: bool = False


NOBODY, REFERS, OWN, TEXT = Given(), Given(refers=True), Given(refers=True, is_own=True), Given(is_text=True)


@dataclass(frozen=True)
class Clause:
    """A stretch of a text beside speech: its words, where it begins in the text, and the names in it."""

    text: str
    at: int
    mentions: Sequence[Mention]
    lexicon: Lexicon
    bodies: frozenset[str] = frozenset()
    """Ids of those that are no people."""
    finds_single_names: bool = True
    """Whether one capitalised word beside a verb may be a name; not in German, which writes all nouns so."""

    def after(self, is_open: bool, is_dashed: bool = False) -> Given | None:
        """To whom a clause behind speech gives it; ``None`` where it is no reporting clause.

        ``is_open``: the speech ends in the middle of a sentence, so that whatever follows first reports it. ``is_dashed``: a
        dash stands between.
        """
        if self.text.startswith("("):
            return self._signed(is_dashed)
        according = self._according()
        if according is not None:
            return according
        verbs = self._verbs()
        if verbs:
            verb = verbs[0]
            if self._is_bare(self.text[: verb.start()]):
                return self._behind(verb.end())
            return self._before(verb.start())
        signed = self._signed(is_dashed)
        if signed is not None:
            return signed
        last = next(iter(self.mentions), None)
        if last is not None and self._is_genitive(last) and self._is_viewpoint(last):
            return Given(self._together(last))
        return self._without_verb() if is_open else None

    def before(self) -> Given | None:
        """To whom a clause before speech gives it; ``None`` where it is no reporting clause."""
        according = self._according()
        if according is not None:
            return according
        verbs = self._verbs()
        if verbs:
            verb = verbs[-1]
            if self._is_bare(self.text[: verb.start()]):
                return self._behind(verb.end())
            return self._before(verb.start())
        bare = self.text.rstrip(" \n*_" + "".join(QUOTATION_SHAPES))
        if bare.endswith((":", "：")):
            subject = next(iter(self.mentions), None)
            is_near = subject is not None and self._count(0, subject.start - self.at) <= NEAR
            if subject is not None and is_near and (self._is_genitive(subject) or not self._is_object(subject)):
                return Given(self._together(subject))
            first = WORD.findall(bare)[:1]
            return self._referred(first[0]) if first else None
        introduced = self._introduced()
        if introduced is not None:
            return introduced
        last = self.mentions[-1] if self.mentions else None
        if (
            last is not None
            and last.id not in self.bodies
            and self._is_genitive(last)
            and (self._is_bare(bare[last.end - self.at :]) or self._is_utterance(last, bare))
        ):
            return Given(self._together(last))
        return None

    def _is_utterance(self, mention: Mention, text: str) -> bool:
        """Whether what somebody says stands between the genitive and the words: NAME's plea, …; in NAME's view, …"""
        before = WORD.findall(self.text[: mention.start - self.at])[-1:]
        words = [word for word in WORD.findall(text[mention.end - self.at :]) if len(word) > 1]
        is_object = bool(before) and before[0].lower() in self.lexicon.objects
        kinds = self.lexicon.viewpoints if is_object else self.lexicon.utterances
        return len(words) <= NEAR and any(word in kinds for word in words)

    def _is_viewpoint(self, mention: Mention) -> bool:
        """Whether the clause is but the view of a name in the genitive: …, in NAME's view."""
        ahead = WORD.findall(self.text[: mention.start - self.at])
        words = WORD.findall(_GENITIVE_BEHIND.sub("", self.text[mention.end - self.at :]))
        is_object = len(ahead) == 1 and ahead[0].lower() in self.lexicon.objects
        return is_object and any(word in self.lexicon.viewpoints for word in words[:1])

    def _signed(self, is_dashed: bool) -> Given | None:
        """A name alone behind the words, as under an epigraph, with a role or a date: “…” – NAME, ROLE; “…” (NAME, 2024).

        ``is_dashed``: a dash stands before it.
        """
        first = next(iter(self.mentions), None)
        if first is None or self._is_genitive(first):
            return None
        ahead, rest = self.text[: first.start - self.at], self.text[first.end - self.at :]
        rest = re.sub(r"\[[^\[\]]*(?:\]|\Z)", "", rest)
        if not all(fold_name(word) in TITLES or word in self.lexicon.according for word in WORD.findall(ahead)):
            return None
        if self.text.startswith("("):
            inside = rest.partition(")")[0]
            is_noted = self.text[1:].partition(")")[0].lower() in editor_notes()
            is_text = not first.id and any(word in self.lexicon.texts for word in first.name.tokens)
            is_role = not inside.strip() or _AFTER_NAME.match(inside) is not None
            return Given(self._together(first)) if is_role and not is_noted and not is_text else None
        is_alone = not WORD.search(rest) or (is_dashed and _ROLE.fullmatch(rest) is not None)
        return Given(self._together(first)) if is_alone else None

    def _introduced(self) -> Given | None:
        """The name behind a word that opens the clause and gives it what follows: for NAME, …; to NAME it is …"""
        words = [*WORD.finditer(self.text)]
        first = next(iter(self.mentions), None)
        if first is None or not words or words[0].group().lower() not in self.lexicon.introducing:
            return None
        ahead = [word.group() for word in words[1:] if word.end() <= first.start - self.at]
        is_near = all(fold_name(word) in TITLES or word.lower() in self.lexicon.not_saying for word in ahead)
        is_short = self._count(first.end - self.at, len(self.text)) <= 2 * NEAR
        is_only = all(each.start == first.start for each in self.mentions)
        return (
            Given(self._together(first)) if is_near and is_short and is_only and not self._is_genitive(first) else None
        )

    def has_verb_alone(self) -> bool:
        """Whether a clause behind speech is a verb and nothing else, as where the verb comes last: NAME "…" dedi."""
        verbs = self._verbs()
        return bool(verbs) and self._is_bare(self.text[: verbs[0].start()] + " " + self.text[verbs[0].end() :])

    def first_name(self) -> Given | None:
        """The first name of the clause, as its subject."""
        subject = next((each for each in self.mentions if not self._is_object(each)), None)
        return Given(self._together(subject)) if subject else None

    def _according(self) -> Given | None:
        """Whom "according to" names: the name behind it, or in languages where it stands behind, before it."""
        found = any_of(self.lexicon.according).search(self.text)
        if found is None:
            return None
        behind = [each for each in self.mentions if each.start >= self.at + found.end()]
        ahead = [each for each in self.mentions if each.end <= self.at + found.start()]
        if behind and self._count(found.end(), behind[0].start - self.at) <= FARTHEST:
            subject = next((each for each in behind if not self._is_genitive(each)), None)
            return Given(self._together(subject)) if subject else NOBODY
        if ahead and self._count(ahead[-1].end - self.at, found.start()) <= NEAR:
            return Given(self._together(ahead[-1]))
        single = self._single_name_at(found.end())
        if single is not None:
            return Given((single,))
        words = WORD.findall(self.text[found.end() :])[:1]
        if not words:
            return NOBODY
        is_definite = words[0].lower() in (*self.lexicon.not_saying, *self.lexicon.anybody)
        is_role = is_definite or _ARTICLED.isdisjoint(self.lexicon.languages)  # the minister; министра
        return self._referred(words[0]) or (self._unnamed(self.text[found.end() :]) if is_role else NOBODY)

    def _behind(self, at: int) -> Given:
        """The subject that stands behind the verb, which ends at ``at``: said NAME, said the minister, NAME."""
        words = WORD.findall(self.text[at:])[:2]
        referred = self._referred(words[0]) if words else None
        if referred is not None:
            return referred
        for mention in (each for each in self.mentions if each.start >= self.at + at):
            if self._count(at, mention.start - self.at) > FARTHEST:
                break
            if not self._is_object(mention):
                return Given(self._together(mention))
        single = self._single_name_at(at)
        if single is not None:
            return Given((single,))
        if any(word.lower() in self.lexicon.texts for word in words[-1:] or words):
            return TEXT
        return self._unnamed(self.text[at:])

    def _before(self, at: int) -> Given:
        """The subject that stands before the verb, which begins at ``at``."""
        head = self.text[:at]
        ahead = [each for each in self.mentions if each.end <= self.at + at]
        words = [word for word in WORD.findall(head) if word.lower() not in self.lexicon.auxiliaries]
        last = words[-1].lower() if words else ""
        referred = self._referred(last) if last not in self.lexicon.relatives else None
        if referred is not None:
            return referred
        for mention in reversed(ahead):  # NAME has said; the minister, NAME, said
            between = self.text[mention.end - self.at : at]
            commas = _COMMA.findall(between)
            is_near = not commas and self._count(mention.end - self.at, at) <= NEAR
            is_apposed = between.strip() == "," and head[: mention.start - self.at].rstrip().endswith(",")
            if (is_near or is_apposed) and not self._is_object(mention):
                if any(word in self.lexicon.texts for word in WORD.findall(between)):  # the NAME report says
                    return TEXT
                return Given(self._together(mention))
        if last in self.lexicon.texts and last not in self.lexicon.relatives:
            return TEXT
        related = self._related(at, ahead)
        if related is not None:
            return Given(self._together(related))
        for mention in ahead:  # NAME, head of the port authority, said
            if not self._is_object(mention) and self._count(mention.end - self.at, at) <= FARTHEST:
                return Given(self._together(mention))
        single = self._single_name_before(at)
        if single is not None:
            return Given((single,))
        return self._unnamed(head)

    def _related(self, at: int, ahead: Sequence[Mention]) -> Mention | None:
        """The name that a relative clause right before the verb takes up: differs with NAME, who said."""
        for mention in reversed(ahead):
            between = WORD.findall(self.text[mention.end - self.at : at])
            if between and between[0].lower() in self.lexicon.relatives:
                is_direct = all(word.lower() in self.lexicon.auxiliaries for word in between[1:])
                return mention if is_direct and not self._is_genitive(mention) else None
            if between:
                return None
        return None

    def _without_verb(self) -> Given | None:
        """A clause with a verb that no list knows: …," NAME quipped; …," quipped NAME."""
        words = WORD.findall(self.text)[:1]
        referred = self._referred(words[0]) if words and words[0].islower() else None
        if referred is not None:
            return referred
        first = next(iter(self.mentions), None)
        ahead = WORD.findall(self.text[: first.start - self.at]) if first else []
        if first and not self._is_object(first) and len(ahead) <= 1 and all(word.islower() for word in ahead):
            return Given(self._together(first))
        return None

    def _unnamed(self, words: str) -> Given:
        """Somebody who is not named: a role that refers to somebody, or somebody new (a trader, traders)."""
        found = [word.lower() for word in WORD.findall(words)]
        if any(self._is_object(each) for each in self.mentions if self._is_genitive(each)):
            return NOBODY
        if any(word in self.lexicon.texts and word not in self.lexicon.relatives for word in found[:2]):
            return TEXT
        return NOBODY if found and found[0] in self.lexicon.indefinite else REFERS

    def _referred(self, word: str) -> Given | None:
        """Whom a pronoun refers to; ``None`` for another word."""
        if word.lower() not in self.lexicon.pronouns:
            return None
        return OWN if word.lower() in self.lexicon.first_persons else REFERS

    def _verbs(self) -> list[re.Match[str]]:
        """Verbs of saying that somebody does: none that is done to something (is said), no noun (the states)."""
        not_saying = any_of(self.lexicon.not_saying)
        found = []
        for verb in any_of(self.lexicon.saying).finditer(self.text):
            before = WORD.findall(self.text[max(0, verb.start() - 40) : verb.start()])[-1:]
            in_name = any(
                each.start < self.at + verb.end() and self.at + verb.start() < each.end for each in self.mentions
            )
            is_noun = bool(before) and (
                not_saying.fullmatch(before[0]) is not None or _GENITIVE.search(before[0]) is not None
            )
            if not in_name and not is_noun:
                found.append(verb)
        return found

    def _is_object(self, mention: Mention) -> bool:
        """Whether a name is no subject: of NAME, with NAME, NAME's deputy."""
        if self._is_genitive(mention):
            return True
        start = mention.start - self.at
        near = self.text[max(0, start - 30) : start]
        before = WORD.findall(near)[-1:]
        while before and fold_name(before[0]) in TITLES:
            near = near[: near.rindex(before[0])]
            before = WORD.findall(near)[-1:]
        bare = near.rstrip()
        return bool(before) and bare.endswith(before[0]) and before[0].lower() in self.lexicon.objects

    def _is_genitive(self, mention: Mention) -> bool:
        """Whether something of theirs follows: Hale's report."""
        start, end = mention.start - self.at, mention.end - self.at
        return bool(_GENITIVE.search(self.text, max(0, start), end)) or bool(_GENITIVE_BEHIND.match(self.text, end))

    def _together(self, mention: Mention) -> tuple[Mention, ...]:
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

    def _single_name_at(self, at: int) -> Mention | None:
        """A name of one word directly behind ``at``: said Bekov."""
        word = re.compile(r"[^\w\"'’“«,.:;]*(\w[\w'’-]*)").match(self.text, at)
        return self._single(word.start(1), word[1]) if word else None

    def _single_name_before(self, at: int) -> Mention | None:
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
        is_name = word[:1].isupper() and not word.isupper() and len(word) > 2
        if (
            not is_name
            or not self.finds_single_names
            or word.lower() in self.lexicon.no_names
            or fold_name(word) in TITLES
        ):
            return None
        return Mention(self.at + at, self.at + at + len(word), "", Name(word))

    def _is_bare(self, words: str) -> bool:
        """Whether a stretch has no words but adverbs and auxiliaries."""
        return all(word.lower() in self.lexicon.auxiliaries for word in WORD.findall(words))

    def _count(self, start: int, end: int) -> int:
        return len(WORD.findall(self.text[start:end]))
