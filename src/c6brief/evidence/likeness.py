"""Voices that look like one: reprints, articles of the same authors, a paper that retells an agency, a minister and his deputy.

Two sources of one voice are one witness, whatever their publishers are called. What makes them look so is found here from
the sources themselves; the analyst who knows better says so at one of them (``independent``), with a reason that is
printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from c6brief.documents.problems import Problems, name_rule
from c6brief.evidence.base import Evidence
from c6brief.evidence.lexicon import any_of, lexicon
from c6brief.evidence.models import Organisation, Person, Source
from c6brief.evidence.names import SUFFIXES, TITLES, Name, find_name, fold_name
from c6brief.evidence.topic_words import crediting_words

RUN = 8
"""Words of a run that is compared. Two people who write of one thing share many words, but hardly eight in a row."""

MOST_CAPITALS = 2
"""Capitalised words of such a run; more make a name, which anybody writes in the same words."""

SHARED = 0.3
"""Of the runs of the shorter text, the part in the other one from which on it is a reprint."""

FEWEST_RUNS = 5
"""A text of fewer runs is too short to be compared so, unless it is in the other one whole."""

SHORT_TEXT = 1500
"""Words up to which a text is read whole for the source that it names as its own; a longer one, at both ends."""

VOICES_ALIKE = name_rule(
    "voices-alike",
    "warning",
    """two voices look like one, and count once

    Two sources are one witness where they have the same URL or DOI, or the same authors and no other, where 30 % of the runs of eight
    words of the shorter text stand in the other, or where one names the other as its source (“X reports”, “according to X”,
    “Source: X”). A person and the organisation that the person belongs to are one voice too, as are two people of one
    organisation and two entries of one name (M. Berg, Mara Berg). Two accounts of one statement that have a run of eight words in common, other than a name, count
    once for it. Give both the same `voice`; or, where they are two all the same, say why at one of them:
    `independent: [{of: ID, because: …}]`. The reason is printed in the list of sources. Looked at are sources with different
    voices, and sources without a voice that support one statement.
    """,
)


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
        names = [
            {fold_name(_ARTICLE.sub("", each)) for each in (body.name, body.acronym) if each} for body in (one, other)
        ]
        return not names[0].isdisjoint(names[1])
    return False


def _untitled(name: str) -> Name:
    """A person's name in the order given name, family name, without titles: Dr Mara Berg; Berg, Mara."""
    family, comma, given = name.partition(",")
    name = f"{given.strip()} {family}" if comma and fold_name(given) not in SUFFIXES else name
    words = name.split()
    while len(words) > 2 and fold_name(words[0].rstrip(".")) in TITLES:
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
    name = fold_name(_ARTICLE.sub("", person.organisation))
    for id, body in evidence.organisations.items():
        names = (fold_name(_ARTICLE.sub("", each)) for each in (body.name, body.acronym) if each)
        if person.organisation == id or name in names:
            return id
    return name


def check_voices(evidence: Evidence, problems: Problems) -> None:
    """Warn of voices that look like one. Problem, which a project may switch off: ``voices-alike``."""
    for pair, reason in evidence.likeness.items():
        first, second = _in_order(pair, evidence)
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


_ARTICLE = re.compile(r"^(?:the|der|die|das|la|le|les|el|los)\s+", re.IGNORECASE)
_BESIDE = re.compile(
    r"\W*(?:(?:a|an|the|its|der|die|das|dem|la|le|les|el|los|l)\W+)?"
    r"(?:(?:report|article|study|paper|story|book)\W+|\w+\W+(?:of|by|from|in)\W+(?:the\W+)?)?",
    re.IGNORECASE,
)
"""What may stand between "according to" and a name: the, a report by, figures of the."""


_ANSWERS = re.compile(r"report(?:s|ed|ing)?\s+(?:directly\s+)?to\b", re.IGNORECASE)
"""Who reports to somebody answers to him, and reports nothing."""


# What makes sources look alike -----------------------------------------------------------------------------------


def pair_of(one: str, other: str) -> str:
    """The key of two sources, whichever comes first: their ids, which have no spaces."""
    return " ".join(sorted((one, other)))


def _in_order(pair: str, evidence: Evidence) -> list[str]:
    """The ids of a pair in the order of the evidence base."""
    ids = pair.split()
    return [id for id in evidence.sources if id in ids]


def alike_sources(evidence: Evidence) -> Mapping[str, str]:
    """What makes sources look like one voice, by pairs (:func:`pair_of`), in the order of the evidence base.

    Looked at are those of different voices, and those that support one statement and do not all state a voice.
    """
    sources = evidence.sources
    pairs = dict.fromkeys(_pairs_to_compare(evidence))
    texts = _shared_runs(evidence, {id for pair in pairs for id in pair.split()}) if pairs else {}
    found: dict[str, str] = {}
    for pair in pairs:
        one, other = _in_order(pair, evidence)
        reason = (
            _same_address(sources[one], sources[other])
            or _same_author(sources[one], sources[other])
            or texts.get(pair, "")
            or _names_as_source(one, other, evidence)
            or _names_as_source(other, one, evidence)
        )
        if reason:
            found[pair] = reason
    return MappingProxyType(found)


def _pairs_to_compare(evidence: Evidence) -> Iterator[str]:
    voices = {id: evidence.voice_of(id) for id in evidence.sources}
    stated = [id for id, voice in voices.items() if voice]
    yield from (pair_of(one, other) for one, other in combinations(stated, 2) if voices[one] != voices[other])
    for entry in evidence.statements():
        supporting = dict.fromkeys(account.source for account in entry.accounts if account.stance == "supports")
        for one, other in combinations((id for id in supporting if id in voices), 2):
            if not voices[one] or voices[one] != voices[other]:
                yield pair_of(one, other)


def _same_address(one: Source, other: Source) -> str:
    dois = [
        _doi(each.DOI or (each.URL if each.URL and _DOI_HOST.match(each.URL) else "") or "") for each in (one, other)
    ]
    if dois[0] and dois[0] == dois[1]:
        return "they have the same DOI"
    if one.URL and other.URL and _address(one.URL) == _address(other.URL):
        return "they have the same URL"
    return ""


_DOI_HOST = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_ARCHIVES = re.compile(
    r"https?://(?:web\.archive\.org/web/\d+[a-z_]*|archive\.(?:org|today|is|ph|md)/(?:\d+|o/\w+))/(?=https?:|www\.|\w+\.)",
    re.IGNORECASE,
)
_HOST_FORMS = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+|:(?:80|443)$")


def _doi(text: str) -> str:
    return re.sub(r"^doi:\s*", "", _DOI_HOST.sub("", unquote(text.strip()))).lower()


def _address(url: str) -> tuple[str, str, str]:
    """What two addresses of one page have in common: not the scheme, ``www.``, a fragment or what counts visitors.

    A copy in an archive has the address of what was copied.
    """
    url = _ARCHIVES.sub("", url.strip())
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        return "", url.strip(), ""
    query = "&".join(sorted(each for each in parts.query.split("&") if each and not each.startswith("utm_")))
    return _HOST_FORMS.sub("", parts.netloc.lower()), unquote(parts.path).rstrip("/"), query


def _same_author(one: Source, other: Source) -> str:
    """Whether the same people, and nobody else, wrote both, in whatever order."""
    if not one.author or len(one.author) != len(other.author):
        return ""
    left = [Name(str(author)) for author in other.author]
    for author in one.author:
        name = Name(str(author))
        same = next((each for each in left if _is_one_author(name, each)), None)
        if same is None:
            return ""
        left.remove(same)
    if len(one.author) == 1:
        return f"{other.author[0]} is the only author of both"
    return f"{', '.join(map(str, other.author))} are the only authors of both"


def _is_one_author(one: Name, other: Name) -> bool:
    is_whole = min(len(one.tokens), len(other.tokens)) > 1
    return bool(one.tokens) and (one.tokens == other.tokens or (is_whole and one.may_be(other)))


def _shared_runs(evidence: Evidence, ids: set[str]) -> dict[str, str]:
    """Of the texts of sources, which are much the same, by the runs of words that they share."""
    runs = {id: _runs(evidence.texts[id].text) for id in sorted(ids) if id in evidence.texts}
    holders: dict[int, list[str]] = {}
    for id, own in runs.items():
        for run in own:
            holders.setdefault(run, []).append(id)
    shared = Counter(pair for held in holders.values() if len(held) > 1 for pair in combinations(held, 2))
    found: dict[str, str] = {}
    for (one, other), count in shared.items():
        shorter = min(len(runs[one]), len(runs[other]))
        if count >= SHARED * shorter and (shorter >= FEWEST_RUNS or count == shorter):
            found[pair_of(one, other)] = f"{count * 100 // shorter} % of the shorter text stands in the other"
    return found


def _runs(text: str) -> frozenset[int]:
    words = re.findall(r"\w+", text.casefold())
    length = min(RUN, len(words))
    if not words:
        return frozenset()
    return frozenset(hash(tuple(words[at : at + length])) for at in range(len(words) - length + 1))


def _names_as_source(one: str, other: str, evidence: Evidence) -> str:
    """Whether the text of ``one`` names ``other`` as where it has its words from."""
    text = evidence.texts.get(one)
    if text is None:
        return ""
    own = {fold_name(name.text) for name in _published_names(one, evidence)}
    read = text.text
    if len(read.split()) > SHORT_TEXT:
        read = "\n\n".join(each.text for each in (*text.paragraphs[:2], *text.paragraphs[-2:]))
    language = (evidence.sources[one].model_extra or {}).get("language")
    guess = "ru" if re.search("[а-я]", text.text[:200]) else "en"
    languages = [language if isinstance(language, str) and language else guess]
    words, crediting = lexicon(languages), crediting_words(languages)
    before, after = any_of((*words.according, *crediting)), any_of((*words.saying, *crediting))
    for name in _published_names(other, evidence):
        if fold_name(name.text) in own:
            continue
        for start, end, is_whole in find_name(name, read):
            if not is_whole:
                continue  # a family name alone is no name of a publication
            left, right = read[max(0, start - 50) : start], read[end : end + 30].lstrip(" ,’'\u00a0")
            credited = any(_BESIDE.fullmatch(left[found.end() :]) for found in before.finditer(left))
            if credited or (after.match(right) and not _ANSWERS.match(right)):
                return f"'{one}' names {name.text} as its source"
    return ""


def _published_names(id: str, evidence: Evidence) -> list[Name]:
    """The names of a publication: where it appeared, who published it, the body that speaks in it, its title if it is long."""
    source = evidence.sources[id]
    names = [Name(name) for name in (source.publisher, source.container_title) if name]
    voice = evidence.organisations.get(evidence.voice_of(id))
    if voice is not None:
        names.append(Name(voice.name, voice.acronym or ""))
    if len(source.title.split()) > 2 and not source.title.startswith("["):
        names.append(Name(source.title))
    return names
