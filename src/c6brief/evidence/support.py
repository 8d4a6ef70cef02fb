"""Whether accounts support their statements: somebody speaks in them, and of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.documents.problems import LONGEST_NAME, Problems, did_you_mean, name_rule
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import Evidence
from c6brief.evidence.folding import fold_name
from c6brief.evidence.lexicon import Lexicon, any_of, lexicon
from c6brief.evidence.likeness import check_voices
from c6brief.evidence.models import EventAccount, Statement
from c6brief.evidence.names import Name, is_named
from c6brief.evidence.topic_words import common_words
from c6brief.evidence.verify import Passages

NEAR_ID = 0.8
"""How like a known id an unknown one must be to be taken for a slip."""

SHORTEST_STEM = 4
"""Letters that two words share at their beginnings, at least, to count as forms of one word."""

SHARED_STEM = 0.55
"""Of the longer of two words, the part that the shared beginning is at least."""

VOICE_UNKNOWN = name_rule(
    "voice-unknown",
    "warning",
    """a voice is no person or organisation of the evidence base, and counts as not stated

    Strength is counted in voices, and a voice that nobody knows is none. Where an id of the evidence base is near, the
    voice is most likely misspelt; then it is an error. """,
)

VOICE_NOT_NAMED = name_rule(
    "voice-not-named",
    "warning",
    """an account has a voice that its source does not name, and counts as the voice of the source

    A `voice` on an account says that somebody else than the source speaks there. Looked for is the name of the person or
    organisation, or of a person of that organisation, in the text of the source and among its authors and publishers.
    """,
)

CLAIM_UNSUPPORTED = name_rule(
    "claim-unsupported",
    "warning",
    """no account supports a claim or an event

    Its accounts dispute or qualify it, and it prints as “– unsupported”. Write what they say instead, or find who
    supports it. """,
)

ACCOUNT_OFF_TOPIC = name_rule(
    "account-off-topic",
    "warning",
    """an account that supports a statement shares no name, no number and no word with it

    Words that stand in their source prove nothing of a statement on something else. Compared are names, numbers (the
    date of the account too) and the beginnings of words, where the source is in the house's language; words such as
    “with” and “their” do not count. A name that the words leave out can be added in brackets: “[The railway] opened in
    May”. """,
)

ACCOUNT_NEGATES = name_rule(
    "account-negates",
    "warning",
    """an account that supports a statement says nearly the same with a negation more, or less

    “The bridge has not opened” does not support “The bridge has opened”. The finding is made where a part of the
    account, between commas, has three in four of the names and longer words of the statement, and only one of the two
    has a word such as “not”, “no” or “never”. If the account speaks against the statement, its stance is `disputes`.
    """,
)

FEWEST_TOPICS = 3
"""Names and longer words of a statement, at least, for an account to say the opposite of it."""

SAID_AGAIN = 0.75
"""The part of a statement's words that an account must have for the two to say the same, or the opposite."""

_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_SEPARATE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Letters of scripts whose words are not parted by spaces."""


def check_support(passages: Passages, attribution: Attribution, problems: Problems) -> None:
    """Report what keeps accounts from supporting their statements. ``passages`` are those that were found.

    Problems, which a project may switch off: ``voice-unknown`` (an error where an id is near), ``voice-not-named``,
    ``voices-alike``, ``claim-unsupported``, ``account-off-topic``, ``account-negates``.
    """
    evidence = attribution.evidence
    for entry, path, voice in _stated_voices(evidence):
        _check_voice(entry, path, voice, evidence, problems)
    check_voices(evidence, problems)
    for statement in evidence.statements():
        for index, account in enumerate(statement.accounts):
            if evidence.is_foreign_voice(account):
                named = f"'{account.source}' does not name '{account.voice}'"
                message = f"{named}, so that this counts as the source's own voice"
                hint = "give the voice that the source names, or leave it out"
                problems.report(VOICE_NOT_NAMED, message, statement.place("accounts", index, "voice"), hint)
        if not any(account.stance == "supports" for account in statement.accounts):
            noun = "claim" if statement.id in evidence.claims else "event"
            message = f"no account supports this {noun}: it prints as unsupported"
            problems.report(CLAIM_UNSUPPORTED, message, statement.place("id"), "say what its accounts say")
        _check_topics(statement, passages, attribution, problems)


def _stated_voices(evidence: Evidence) -> Iterator[tuple[Entry, NodePath, str]]:
    """Every voice that is written, with its entry and where it stands there."""
    for source in evidence.sources.values():
        if source.custom.voice:
            yield source, ("custom", "voice"), source.custom.voice
    for quote in evidence.quotes.values():
        if quote.voice:
            yield quote, ("voice",), quote.voice
    for statement in evidence.statements():
        for index, account in enumerate(statement.accounts):
            if account.voice:
                yield statement, ("accounts", index, "voice"), account.voice


def _check_voice(entry: Entry, path: NodePath, voice: str, evidence: Evidence, problems: Problems) -> None:
    if evidence.speaker(voice) or evidence.excuses(voice, "people", "organisations"):
        return
    known = [id for id in (*evidence.people, *evidence.organisations) if len(voice) <= LONGEST_NAME >= len(id)]
    message = f"'{voice}' is no person or organisation of the evidence base"
    words = {" ".join(sorted(id.split("-"))): id for id in known}
    turned = get_close_matches(" ".join(sorted(voice.split("-"))), words, n=1, cutoff=NEAR_ID)
    if near := get_close_matches(voice, known, n=1, cutoff=NEAR_ID) or [words[each] for each in turned]:
        problems.error("voice-unknown", message, entry.place(*path), f"did you mean '{near[0]}'?")
    else:
        hint = did_you_mean(voice, known)
        message += ", and counts as not stated"
        problems.report(VOICE_UNKNOWN, message, entry.place(*path), hint or "add it to people or organisations")


def _check_topics(statement: Statement, passages: Passages, attribution: Attribution, problems: Problems) -> None:
    evidence = attribution.evidence
    house = attribution.language.split("-")[0]
    for index, account in enumerate(statement.accounts):
        source = evidence.sources.get(account.source)
        if account.stance != "supports" or source is None or (statement.id, index) not in passages:
            continue
        languages = [language.split("-")[0] for language in attribution.languages(source)]
        date = (account.date or "") if isinstance(account, EventAccount) else ""
        said = f"{statement.words} {date}"
        if house not in languages:
            continue
        if _shares_a_topic(said, account.exact, common_words(languages), evidence):
            if negation := _opposed(statement.words, account.exact, lexicon(languages), common_words(languages)):
                message = f"'{negation}' stands in only one of these words and what they support"
                hint = f"“{statement.words}”: if the account speaks against it, add stance: disputes"
                place = statement.place("accounts", index, "exact")
                problems.report(ACCOUNT_NEGATES, message, place, hint)
            continue
        message = "these words share no name, number or word with what they support"
        hint = f"“{statement.words}”: choose words that say it, or add in [brackets] what they speak of"
        problems.report(ACCOUNT_OFF_TOPIC, message, statement.place("accounts", index, "exact"), hint)


def _shares_a_topic(one: str, other: str, common: frozenset[str], evidence: Evidence) -> bool:
    first, second = _topics(one, common), _topics(other, common)
    if not first or not second or _scripts(one).isdisjoint(_scripts(other)):
        return True  # nothing to compare
    if not first.isdisjoint(second) or any(_is_one_word(each, word) for each in first for word in second):
        return True
    bodies = (Name(body.name, body.acronym or "") for body in evidence.organisations.values())
    return any(is_named(body, one) and is_named(body, other) for body in bodies)


def _opposed(statement: str, account: str, words: Lexicon, common: frozenset[str]) -> str:
    """The negation that parts an account from a statement which it says else; empty where none does."""
    topics = _topics(statement, common)
    negations = any_of(tuple(word for word in words.negators if word in words.reversing))
    if len(topics) < FEWEST_TOPICS:
        return ""
    stated = negations.search(statement)
    for clause in re.split(r"[,;:.!?…]", account):
        own = _topics(clause, common)
        shared = sum(any(_is_one_word(topic, word) or topic == word for word in own) for topic in topics)
        found = negations.search(clause)
        if shared >= SAID_AGAIN * len(topics) and bool(found) is not bool(stated):
            negation = found or stated
            return negation.group() if negation else ""
    return ""


@lru_cache(maxsize=256)
def _topics(text: str, common: frozenset[str]) -> frozenset[str]:
    """What a text is about: its names, numbers and longer words, folded."""
    found = set()
    for match in _WORD.finditer(text):
        word = match.group()
        is_name = word[0].isupper() and (match.start() > 0 or word.isupper())
        if _SEPARATE.search(word):
            found |= {word[at : at + 2] for at in range(len(word) - 1)}
        elif word[0].isdigit() or ((is_name or len(word) >= SHORTEST_STEM) and word.lower() not in common):
            found.add(fold_name(word))
    return frozenset(found)


def _is_one_word(one: str, other: str) -> bool:
    """Whether two words are forms of one: the part of it that does not change is the beginning."""
    if one[:SHORTEST_STEM] != other[:SHORTEST_STEM]:
        return False
    longer = max(len(one), len(other))
    shared = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        shared += 1
    return shared >= SHORTEST_STEM and shared >= SHARED_STEM * longer


def _scripts(text: str) -> frozenset[str]:
    """The scripts of the letters of a text, roughly: Latin, Cyrillic, others by their blocks."""
    blocks = ((0x250, "latin"), (0x370, "other"), (0x400, "greek"), (0x530, "cyrillic"))
    return frozenset(
        next((name for end, name in blocks if ord(char) < end), hex(ord(char) >> 8))
        for char in set(text)
        if char.isalpha()
    )
