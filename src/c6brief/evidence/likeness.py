"""Voices that look like one: reprints, articles of the same authors, a paper that retells an agency, a minister and his deputy.

Two sources of one voice are one witness, whatever their publishers are called. What makes them look so is found here from
the sources themselves; the analyst who knows better says so at one of them (``independent``), with a reason that is
printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from c6brief.documents.problems import Problems, name_rule
from c6brief.evidence.alike_sources import MOST_CAPITALS, RUN, in_order, pair_of
from c6brief.evidence.base import Evidence
from c6brief.evidence.folding import fold_name
from c6brief.evidence.models import Organisation, Person, Source
from c6brief.evidence.names import SUFFIXES, Name
from c6brief.evidence.offices import is_office

VOICES_ALIKE = name_rule(
    "voices-alike",
    "warning",
    """two voices look like one, and count once

    Two sources are one witness where they have the same URL or DOI, or the same authors and no other, where 30 % of the
    runs of eight words of the shorter text stand in the other, or where one names the other as its source (“X reports”,
    “according to X”, “Source: X”). A person and the organisation that the person belongs to are one voice too, as are
    two people of one organisation and two entries of one name (M. Berg, Mara Berg). Two accounts of one statement that
    have a run of eight words in common, other than a name, count once for it. Give both the same `voice`; or, where
    they are two all the same, say why at one of them: `independent: [{of: ID, because: …}]`. The reason is printed in
    the list of sources. Looked at are sources with different voices, and sources without a voice that support one
    statement. """,
)


_ARTICLE = re.compile(r"^(?:the|der|die|das|la|le|les|el|los)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Witness:
    """Somebody's word in a source. ``voice`` is a person's or an organisation's id, empty where none is stated.

    ``words`` are what the source says there; empty where that does not matter.
    """

    voice: str
    source: str
    words: str = ""


def independent_voices(witnesses: Iterable[Witness], evidence: Evidence) -> tuple[str, ...]:
    """The stated voices of ``witnesses``, of those that look like one the first alone."""
    groups: list[list[Witness]] = []
    for witness in dict.fromkeys(witnesses):
        same = [group for group in groups if any(why_alike(witness, other, evidence) for other in group)]
        merged = [*(other for group in same for other in group), witness]
        groups = [group for group in groups if group not in same] + [merged]
    voices = (next((each.voice for each in group if each.voice), "") for group in groups)
    return tuple(voice for voice in voices if voice)


def why_alike(one: Witness, other: Witness, evidence: Evidence) -> str:
    """Why two witnesses count once; empty where they are two."""
    if one.voice and one.voice == other.voice:
        return "they have one voice"
    if one.source != other.source:
        if is_declared_independent(one.source, other.source, evidence):
            return ""
        if reason := evidence.likeness.get(pair_of(one.source, other.source)):
            return reason
        if shared := _same_words(one.words, other.words):
            return f"both say “{shared}”"
    else:
        voices = dict.fromkeys(each.voice for each in (one, other) if each.voice)
        unnamed = [voice for voice in voices if len(voices) > 1 and not evidence.names_voice(one.source, voice)]
        if unnamed:
            return f"'{one.source}' does not name '{unnamed[0]}'"
    bodies = [_body_of(each.voice, evidence) for each in (one, other)]
    if one.voice and other.voice and bodies[0] and bodies[0] == bodies[1]:
        person, body = (one.voice, other.voice) if one.voice in evidence.people else (other.voice, one.voice)
        if body in evidence.organisations:
            return f"'{person}' belongs to '{body}'"
        return f"'{one.voice}' and '{other.voice}' belong to one organisation"
    if one.voice and other.voice and _same_name(evidence.speaker(one.voice), evidence.speaker(other.voice)):
        return f"'{one.voice}' and '{other.voice}' have one name"
    return ""


def _same_name(one: Person | Organisation | None, other: Person | Organisation | None) -> bool:
    """Whether two entries name one person, or one body: by initials, by family name first, by an acronym."""
    if isinstance(one, Person) and isinstance(other, Person):
        first, second = _untitled(one.name), _untitled(other.name)
        return min(len(first.tokens), len(second.tokens)) > 1 and first.may_be(second)
    if isinstance(one, Organisation) and isinstance(other, Organisation):
        return not _names_of_body(one).isdisjoint(_names_of_body(other))
    return False


def _names_of_body(body: Organisation) -> set[str]:
    """The name and the acronym of a body, folded, without articles."""
    return {_fold_body(each) for each in (body.name, body.acronym) if each}


def _fold_body(name: str) -> str:
    return fold_name(_ARTICLE.sub("", name))


def _untitled(name: str) -> Name:
    """A person's name in the order given name, family name, without titles: Dr Mara Berg; Berg, Mara."""
    family, comma, given = name.partition(",")
    name = f"{given.strip()} {family}" if comma and fold_name(given) not in SUFFIXES else name
    words = name.split()
    while len(words) > 2 and is_office(fold_name(words[0].rstrip("."))):
        words.pop(0)
    return Name(" ".join(words))


def _same_words(one: str, other: str) -> str:
    """Words that two accounts have in common and nobody writes by chance: a run of :data:`RUN`, and no long name."""
    runs = [
        {
            tuple(word.casefold() for word in run): " ".join(run)
            for run in zip(*(words[at:] for at in range(RUN)), strict=False)
            if sum(word[:1].isupper() for word in run) <= MOST_CAPITALS
        }
        for words in (re.findall(r"\w+", one), re.findall(r"\w+", other))
    ]
    return next((written for run, written in runs[0].items() if run in runs[1]), "")


def is_declared_independent(one: str, other: str, evidence: Evidence) -> bool:
    """Whether a source of these two ids says that it is independent of the other."""
    pairs = ((one, other), (other, one))
    return any(
        each.of == of for id, of in pairs if id in evidence.sources for each in evidence.sources[id].custom.independent
    )


def _body_of(voice: str, evidence: Evidence) -> str:
    """The organisation that a voice is or belongs to: its id, or its folded name where it is not in the base; empty for none."""
    if voice in evidence.organisations:
        return voice
    person = evidence.people.get(voice)
    if person is None or not person.organisation:
        return ""
    name = _fold_body(person.organisation)
    for id, body in evidence.organisations.items():
        if person.organisation == id or name in _names_of_body(body):
            return id
    return name


def check_voices(evidence: Evidence, problems: Problems) -> None:
    """Warn of voices that look like one. Problem, which a project may switch off: ``voices-alike``."""
    for pair, reason in evidence.likeness.items():
        first, second = in_order(pair, evidence)
        if not is_declared_independent(first, second, evidence):
            _report(evidence.sources[second], first, reason, problems)
    told: set[frozenset[str]] = set()
    for entry in evidence.statements():
        witnesses = [
            (index, Witness(evidence.voice_of_account(account), account.source, account.exact))
            for index, account in enumerate(entry.accounts)
            if account.stance == "supports"
        ]
        for (_, one), (index, other) in combinations(witnesses, 2):
            voices, pair = frozenset((one.voice, other.voice)), pair_of(one.source, other.source)
            if len(voices) < 2 or "" in voices or voices in told or pair in evidence.likeness:
                continue
            if reason := why_alike(one, other, evidence):
                told.add(voices)
                message = f"the voices of '{one.source}' and '{other.source}' count once: {reason}"
                hint = f"if they are two, say so at '{other.source}': independent: [{{of: {one.source}, because: …}}]"
                if one.source == other.source:
                    message = f"two voices of '{one.source}' count once: {reason}"
                    hint = "give them one voice, or cite another source for one of them"
                problems.report(VOICES_ALIKE, message, entry.place("accounts", index, "source"), hint)


def _report(source: Source, first: str, reason: str, problems: Problems) -> None:
    message = f"'{first}' and '{source.id}' count as one voice: {reason}"
    hint = f"give both the same voice; or, if they are two, independent: [{{of: {first}, because: …}}]"
    place = source.place("custom", "voice") if source.custom.voice else source.place("id")
    problems.report(VOICES_ALIKE, message, place, hint)
