"""Reporting clauses: to whom the words beside speech give it. "…," said NAME, ROLE; NAME told us: "…"; according to NAME.

A clause names somebody, or refers to somebody (she said, the minister added), or gives the words to nobody that is known:
the report says, a trader said, a spokesman of NAME said. Verbs of saying and other words come from the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.evidence.clause_words import GENITIVE_BEHIND, Stretch, count
from c6brief.evidence.folding import QUOTATION_SHAPES, fold_name
from c6brief.evidence.lexicon import any_of, editor_notes
from c6brief.evidence.mentions import WORD, Mention
from c6brief.evidence.offices import is_office

FARTHEST = 14
"""Words between a name and the verb that gives it words: "Ruslan Ismailov, deputy head of the port authority, said"."""

NEAR = 3
"""Words between the subject and its verb without a comma: has, on Monday."""

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
class Clause(Stretch):
    """A stretch of a text beside speech, read for whom it gives the speech to."""

    def after(self, is_open: bool, is_dashed: bool = False) -> Given | None:
        """To whom a clause behind speech gives it; ``None`` where it is no reporting clause.

        ``is_open``: the speech ends in the middle of a sentence, so that whatever follows first reports it. ``is_dashed``: a
        dash stands between.
        """
        if self.text.startswith("("):
            return self._signed(is_dashed)
        given = self._according() or self._by_verb(first=True) or self._signed(is_dashed)
        if given is not None:
            return given
        first = self.first
        if first is not None and self.is_genitive(first) and self._is_viewpoint(first):
            return Given(self.together(first))
        return self._without_verb() if is_open else None

    def before(self) -> Given | None:
        """To whom a clause before speech gives it; ``None`` where it is no reporting clause."""
        given = self._according() or self._by_verb(first=False)
        if given is not None:
            return given
        bare = self.text.rstrip(" \n*_" + "".join(QUOTATION_SHAPES))
        if bare.endswith((":", "：")):
            subject = self.first
            is_near = subject is not None and count(self.ahead_of(subject)) <= NEAR
            if subject is not None and is_near and (self.is_genitive(subject) or not self.is_object(subject)):
                return Given(self.together(subject))
            first = WORD.findall(bare)[:1]
            return self._referred(first[0]) if first else None
        introduced = self._introduced()
        if introduced is not None:
            return introduced
        last = self.mentions[-1] if self.mentions else None
        if last is None or last.id in self.bodies or not self.is_genitive(last):
            return None
        is_all = self.is_bare(bare[last.end - self.at :]) or self._is_utterance(last, bare)
        return Given(self.together(last)) if is_all else None

    def _by_verb(self, *, first: bool) -> Given | None:
        """To whom the ``first`` verb of saying gives the words, or else the last; ``None`` where there is none."""
        verbs = self.verbs()
        if not verbs:
            return None
        verb = verbs[0 if first else -1]
        if self.is_bare(self.text[: verb.start()]):
            return self._behind(verb.end())
        return self._before(verb.start())

    def _is_utterance(self, mention: Mention, text: str) -> bool:
        """Whether what somebody says stands between the genitive and the words: NAME's plea, …; in NAME's view, …"""
        before = WORD.findall(self.ahead_of(mention))[-1:]
        words = [word for word in WORD.findall(text[mention.end - self.at :]) if len(word) > 1]
        is_object = bool(before) and before[0].lower() in self.lexicon.objects
        kinds = self.lexicon.viewpoints if is_object else self.lexicon.utterances
        return len(words) <= NEAR and any(word in kinds for word in words)

    def _is_viewpoint(self, mention: Mention) -> bool:
        """Whether the clause is but the view of a name in the genitive: …, in NAME's view."""
        ahead = WORD.findall(self.ahead_of(mention))
        words = WORD.findall(GENITIVE_BEHIND.sub("", self.behind(mention)))
        is_object = len(ahead) == 1 and ahead[0].lower() in self.lexicon.objects
        return is_object and any(word in self.lexicon.viewpoints for word in words[:1])

    def _signed(self, is_dashed: bool) -> Given | None:
        """A name alone behind the words, as under an epigraph, with a role or a date: “…” – NAME, ROLE; “…” (NAME, 2024).

        ``is_dashed``: a dash stands before it.
        """
        first = self.first
        if first is None or self.is_genitive(first):
            return None
        ahead, rest = self.ahead_of(first), self.behind(first)
        rest = re.sub(r"\[[^\[\]]*(?:\]|\Z)", "", rest)
        if not all(is_office(fold_name(word)) or word in self.lexicon.according for word in WORD.findall(ahead)):
            return None
        if self.text.startswith("("):
            inside = rest.partition(")")[0]
            is_noted = self.text[1:].partition(")")[0].lower() in editor_notes()
            is_text = not first.id and any(word in self.lexicon.texts for word in first.name.tokens)
            is_role = not inside.strip() or _AFTER_NAME.match(inside) is not None
            return Given(self.together(first)) if is_role and not is_noted and not is_text else None
        is_alone = not WORD.search(rest) or (is_dashed and _ROLE.fullmatch(rest) is not None)
        return Given(self.together(first)) if is_alone else None

    def _introduced(self) -> Given | None:
        """The name behind a word that opens the clause and gives it what follows: for NAME, …; to NAME it is …"""
        words = [*WORD.finditer(self.text)]
        first = self.first
        if first is None or not words or words[0].group().lower() not in self.lexicon.introducing:
            return None
        ahead = [word.group() for word in words[1:] if word.end() <= first.start - self.at]
        is_near = all(is_office(fold_name(word)) or word.lower() in self.lexicon.not_saying for word in ahead)
        is_short = count(self.behind(first)) <= 2 * NEAR
        is_only = all(each.start == first.start for each in self.mentions)
        is_subject = is_near and is_short and is_only and not self.is_genitive(first)
        return Given(self.together(first)) if is_subject else None

    def has_verb_alone(self) -> bool:
        """Whether a clause behind speech is a verb and nothing else, as where the verb comes last: NAME "…" dedi."""
        verbs = self.verbs()
        return bool(verbs) and self.is_bare(self.text[: verbs[0].start()] + " " + self.text[verbs[0].end() :])

    def first_name(self) -> Given | None:
        """The first name of the clause, as its subject."""
        subject = next((each for each in self.mentions if not self.is_object(each)), None)
        return Given(self.together(subject)) if subject else None

    def _according(self) -> Given | None:
        """Whom "according to" names: the name behind it, or in languages where it stands behind, before it."""
        found = any_of(self.lexicon.according).search(self.text)
        if found is None:
            return None
        behind = [each for each in self.mentions if each.start >= self.at + found.end()]
        ahead = [each for each in self.mentions if each.end <= self.at + found.start()]
        if behind and count(self.ahead_of(behind[0], found.end())) <= FARTHEST:
            subject = next((each for each in behind if not self.is_genitive(each)), None)
            return Given(self.together(subject)) if subject else NOBODY
        if ahead and count(self.behind(ahead[-1], found.start())) <= NEAR:
            return Given(self.together(ahead[-1]))
        single = self.single_name_at(found.end())
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
            if count(self.ahead_of(mention, at)) > FARTHEST:
                break
            if not self.is_object(mention):
                return Given(self.together(mention))
        single = self.single_name_at(at)
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
            between = self.behind(mention, at)
            commas = _COMMA.findall(between)
            is_near = not commas and count(between) <= NEAR
            is_apposed = between.strip() == "," and self.ahead_of(mention).rstrip().endswith(",")
            if (is_near or is_apposed) and not self.is_object(mention):
                if any(word in self.lexicon.texts for word in WORD.findall(between)):  # the NAME report says
                    return TEXT
                return Given(self.together(mention))
        if last in self.lexicon.texts and last not in self.lexicon.relatives:
            return TEXT
        related = self._related(at, ahead)
        if related is not None:
            return Given(self.together(related))
        for mention in ahead:  # NAME, head of the port authority, said
            if not self.is_object(mention) and count(self.behind(mention, at)) <= FARTHEST:
                return Given(self.together(mention))
        single = self.single_name_before(at)
        if single is not None:
            return Given((single,))
        return self._unnamed(head)

    def _related(self, at: int, ahead: Sequence[Mention]) -> Mention | None:
        """The name that a relative clause right before the verb takes up: differs with NAME, who said."""
        for mention in reversed(ahead):
            between = WORD.findall(self.behind(mention, at))
            if between and between[0].lower() in self.lexicon.relatives:
                is_direct = all(word.lower() in self.lexicon.auxiliaries for word in between[1:])
                return mention if is_direct and not self.is_genitive(mention) else None
            if between:
                return None
        return None

    def _without_verb(self) -> Given | None:
        """A clause with a verb that no list knows: …," NAME quipped; …," quipped NAME."""
        words = WORD.findall(self.text)[:1]
        referred = self._referred(words[0]) if words and words[0].islower() else None
        if referred is not None:
            return referred
        first = self.first
        ahead = WORD.findall(self.ahead_of(first)) if first else []
        if first and not self.is_object(first) and len(ahead) <= 1 and all(word.islower() for word in ahead):
            return Given(self.together(first))
        return None

    def _unnamed(self, words: str) -> Given:
        """Somebody who is not named: a role that refers to somebody, or somebody new (a trader, traders)."""
        found = [word.lower() for word in WORD.findall(words)]
        if any(self.is_object(each) for each in self.mentions if self.is_genitive(each)):
            return NOBODY
        if any(word in self.lexicon.texts and word not in self.lexicon.relatives for word in found[:2]):
            return TEXT
        return NOBODY if found and found[0] in self.lexicon.indefinite else REFERS

    def _referred(self, word: str) -> Given | None:
        """Whom a pronoun refers to; ``None`` for another word."""
        if word.lower() not in self.lexicon.pronouns:
            return None
        return OWN if word.lower() in self.lexicon.first_persons else REFERS
