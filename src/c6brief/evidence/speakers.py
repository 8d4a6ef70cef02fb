"""Who says the words, by the source: the reporting clauses around speech, and whom they name.

A paragraph of a source is taken apart into speech and what stands between. The speaker of a piece of speech is the subject
of the reporting clause at one of its edges ("…," said NAME; NAME said: "…"; according to NAME), else the speaker of the
speech before it in the paragraph, else of the paragraph before that left its speech open. A pronoun or a role ("he said",
"the minister added") means the person who was named last. Verbs of saying come from the lexicon of the source's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from c6brief.evidence.lexicon import Lexicon, any_of
from c6brief.evidence.matching import SourceText
from c6brief.evidence.names import PARTICLES, TITLES, Name, find_name, fold_name
from c6brief.evidence.quotation_marks import QuotedSpan, quoted_spans

FARTHEST = 12
"""Words between a name and the verb that gives it words: "Ruslan Ismailov, deputy head of the port authority, said"."""

_CLAUSE_END = re.compile(r"[.!?…](?=[\"'”’»)\]]*(?:\s|$))|\n\n")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True)
class Mention:
    """A name in a text: where it stands, and whose it is. ``id`` is empty for somebody who is not in the base."""

    start: int
    end: int
    id: str
    name: Name


@dataclass(frozen=True)
class Speech:
    """A piece of speech of a paragraph, in places of the whole text, and who says it (``None``: nobody is found)."""

    start: int
    end: int
    speaker: Mention | None


@dataclass(frozen=True)
class SpeakerIndex:
    """The speakers of a source's text.

    ``names`` are those of the base, by id, and ``bodies`` the ids of those that are no people; ``lexicon`` is that of the
    source's language. ``carries``: speech without a clause of its own is that of the speaker before it.
    """

    text: SourceText
    names: tuple[tuple[str, Name], ...]
    lexicon: Lexicon
    bodies: frozenset[str] = frozenset()
    carries: bool = True

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Everybody whom the text names, in order: those of the base, and others who are given words somewhere in it.

        Of other capitalised names (places, bodies, titles) nothing is known, so they count only where a verb of saying
        stands directly beside them.
        """
        found = find_mentions(self.text.text, self.names)
        others = {mention.name.tokens for mention in found if not mention.id and self._is_given_words(mention)}
        return tuple(mention for mention in found if mention.id or mention.name.tokens in others)

    def _is_given_words(self, mention: Mention) -> bool:
        if any(token in TITLES for token in mention.name.tokens):
            return False
        text, saying = self.text.text, any_of(self.lexicon.saying)
        after = text[mention.end : mention.end + 30].lstrip(" ")
        before = text[max(0, mention.start - 30) : mention.start].rstrip(" ")
        follows = saying.match(after)
        precedes = [match.end() for match in saying.finditer(before)]
        return follows is not None or bool(precedes and precedes[-1] == len(before))

    @cached_property
    def people(self) -> frozenset[str]:
        """Whom the text names: ids of the base, and the names of others."""
        return frozenset(mention.id or " ".join(mention.name.tokens) for mention in self.mentions)

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """All speech of the text, in order."""
        found: list[Speech] = []
        carried: Mention | None = None
        was_open = False
        for paragraph in self.text.paragraphs:
            spans = quoted_spans(paragraph.text)
            said: Mention | None = carried if was_open else None
            for number, span in enumerate(spans):
                before = paragraph.text[spans[number - 1].end + 1 if number else 0 : span.start]
                after = paragraph.text[span.end : spans[number + 1].start if number + 1 < len(spans) else None]
                own = self._speaker(paragraph.start, span, before, after, is_first=number == 0)
                said = own or (said if self.carries else None)
                found.append(Speech(paragraph.start + span.start, paragraph.start + span.end, said))
            if spans and self.carries:
                found = self._spread(found, len(spans))
                carried, was_open = found[-1].speaker, not spans[-1].is_closed
            else:
                was_open = False
        return tuple(found)

    def _spread(self, found: list[Speech], count: int) -> list[Speech]:
        """The first speaker of a paragraph, given to its speech before that names nobody: "…" "…," said NAME."""
        here = found[-count:]
        first = next((speech.speaker for speech in here if speech.speaker), None)
        spread = [Speech(each.start, each.end, each.speaker or first) for each in here]
        return [*found[:-count], *spread]

    def speaker_of(self, start: int, end: int) -> Mention | None:
        """Who says the characters from ``start`` to ``end``; ``None`` where nobody is found, or it is no speech."""
        for speech in self.speeches:
            if speech.start - 1 <= start and end <= speech.end + 1:
                return speech.speaker
        return None

    def _speaker(self, origin: int, span: QuotedSpan, before: str, after: str, *, is_first: bool) -> Mention | None:
        """The subject of the reporting clause behind the speech, else of the one before it."""
        end = _CLAUSE_END.search(after.lstrip("\"'”’»›,"))
        clause = after[: (end.end() if end else len(after)) + (len(after) - len(after.lstrip("\"'”’»›,")))]
        at = origin + span.end
        found = self._subject(clause, at, verb_may_come_first=True)
        if found:
            return found
        ends = [match.end() for match in _CLAUSE_END.finditer(before.rstrip("\"'“‘«‹„ "))]
        clause = before[ends[-1] if ends else 0 :]
        return self._subject(clause, origin + span.start - len(clause), verb_may_come_first=False)

    def _subject(self, clause: str, at: int, *, verb_may_come_first: bool) -> Mention | None:
        """Whom a clause gives words to; ``at`` is where it begins in the text."""
        according = any_of(self.lexicon.according).search(clause)
        verb = self._verb(clause)
        if according is None and verb is None:
            return None
        here = [mention for mention in self.mentions if at <= mention.start and mention.end <= at + len(clause)]
        if according is not None:
            following = [mention for mention in here if mention.start >= at + according.end()]
            preceding = [mention for mention in here if mention.end <= at + according.start()]
            if following:
                return following[0]
            if preceding:
                return preceding[-1]
        if verb is not None:
            preceding = [mention for mention in here if mention.end <= at + verb.start()]
            following = [mention for mention in here if mention.start >= at + verb.end()]
            subject = _WORD.findall(clause[: verb.start()])[-1:] or _WORD.findall(clause[verb.end() :])[:2][-1:]
            if subject and any_of(self.lexicon.texts).fullmatch(subject[0].lower()):
                return None
            if preceding and _words_between(clause, preceding[0].end - at, verb.start()) <= FARTHEST:
                return preceding[0]
            is_near = bool(following) and _words_between(clause, verb.end(), following[0].start - at) <= FARTHEST
            if is_near and (verb_may_come_first or not preceding):
                return following[0]
        return self._last_before(at + (verb.start() if verb else 0))

    def _verb(self, clause: str) -> re.Match[str] | None:
        """The first verb of saying that somebody does: not one that is done to something (is said), nor a noun (the states)."""
        not_saying = any_of(self.lexicon.not_saying)
        for verb in any_of(self.lexicon.saying).finditer(clause):
            before = _WORD.findall(clause[: verb.start()])[-1:]
            if not before or not not_saying.fullmatch(before[0]):
                return verb
        return None

    def _last_before(self, at: int) -> Mention | None:
        """Whom a pronoun or a role means: the person who was named last."""
        earlier = [mention for mention in self.mentions if mention.end <= at and mention.id not in self.bodies]
        return earlier[-1] if earlier else None


def find_mentions(text: str, names: Iterable[tuple[str, Name]]) -> list[Mention]:
    """The names in a text, in order; where two overlap, the longer one."""
    found = [Mention(start, end, id, name) for id, name in names for start, end in find_name(name, text)]
    found += [Mention(start, end, "", Name(text[start:end])) for start, end in _unknown_names(text)]
    found.sort(key=lambda mention: (mention.start - mention.end, not mention.id, mention.start))
    kept: list[Mention] = []
    for mention in found:
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _unknown_names(text: str) -> list[tuple[int, int]]:
    """Runs of two and more capitalised words, particles among them: names that the base may not know."""
    found: list[tuple[int, int]] = []
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and (_is_capitalised(words[end].group()) or _continues(words, end, at, text)):
            if end > at and not re.fullmatch(r"\.?[  ]", text[words[end - 1].end() : words[end].start()]):
                break
            end += 1
        while end > at and fold_name(words[end - 1].group()) in PARTICLES:
            end -= 1
        if end - at >= 2:
            found.append((words[at].start(), words[end - 1].end()))
        at = max(end, at + 1)
    return found


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and not word.isupper()


def _continues(words: Sequence[re.Match[str]], at: int, start: int, text: str) -> bool:
    return at > start and fold_name(words[at].group()) in PARTICLES


def _words_between(clause: str, start: int, end: int) -> int:
    return len(_WORD.findall(clause[start:end]))
