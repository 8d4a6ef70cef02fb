"""What makes two sources look like one voice: one address, the same authors, the same text, one named in the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from c6brief.evidence.base import Evidence
from c6brief.evidence.folding import fold_name
from c6brief.evidence.lexicon import any_of, lexicon
from c6brief.evidence.models import Source
from c6brief.evidence.names import Name, find_name
from c6brief.evidence.numbers import language_of
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

_BESIDE = re.compile(
    r"\W*(?:(?:a|an|the|its|der|die|das|dem|la|le|les|el|los|l)\W+)?"
    r"(?:(?:report|article|study|paper|story|book)\W+|\w+\W+(?:of|by|from|in)\W+(?:the\W+)?)?",
    re.IGNORECASE,
)
"""What may stand between "according to" and a name: the, a report by, figures of the."""


_ANSWERS = re.compile(r"report(?:s|ed|ing)?\s+(?:directly\s+)?to\b", re.IGNORECASE)
"""Who reports to somebody answers to him, and reports nothing."""


def pair_of(one: str, other: str) -> str:
    """The key of two sources, whichever comes first: their ids, which have no spaces."""
    return " ".join(sorted((one, other)))


def in_order(pair: str, evidence: Evidence) -> list[str]:
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
        one, other = in_order(pair, evidence)
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
    guess = "ru" if re.search("[а-я]", text.text[:200]) else "en"
    languages = [language_of(evidence.sources[one]) or guess]
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
