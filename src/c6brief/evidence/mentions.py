"""The people and bodies that a text names, in order: those of the evidence base, and others that look like names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from c6brief.evidence.folding import fold_name
from c6brief.evidence.names import PARTICLES, Name, find_name
from c6brief.evidence.offices import TITLES

WORD = re.compile(r"\w+(?:['’‘ʻʼ-]\w+)*")

_WORD_BEFORE = re.compile(r"(?<![\w-])(\w+(?:-\w+)*)[ \u00a0]\Z")

LONGEST_OFFICE = 40
"""Characters of a word before a name in which an office is looked for."""

SHORTEST_OFFICE = 5
"""Letters of an office in small letters that is not in the list."""


@dataclass(frozen=True)
class Mention:
    """A name in a text: where it stands, and whose it is. ``id`` is empty for somebody who is not in the base.

    ``is_whole``: the whole name stands there, not the family name alone.
    """

    start: int
    end: int
    id: str
    name: Name
    is_whole: bool = True


def find_mentions(
    text: str, names: Iterable[tuple[str, Name]], no_names: frozenset[str] = frozenset()
) -> list[Mention]:
    """The names in a text, in order. Where several may be meant by the same words, all of them.

    ``no_names`` are words with which no name begins (As Hale put it).

    A whole name of the base comes before a longer run of capitalised words (Finance Minister Aigul Sadykova); a family
    name of the base does not, unless it may be the same person (John Hale is not Mary Hale).
    """
    names = tuple(names)
    known = [Mention(start, end, id, name, whole) for id, name in names for start, end, whole in find_name(name, text)]
    offices = find_offices(text, known)
    unknown = [
        Mention(start, end, "", Name(text[start:end], offices=offices)) for start, end in _unknown_names(text, no_names)
    ]
    starts = [each.start for each in unknown]
    known = [each for each in known if not (each.name.is_body and _is_part(each, unknown, starts))]
    taken = bytearray(len(text) + 1)
    kept = list(_longest([each for each in known if each.is_whole], taken))
    parts = sorted((each for each in known if not each.is_whole), key=lambda each: each.start)
    kept += _longest(_identified(unknown, parts), taken)
    kept += _longest(parts, taken)
    return _narrowed(sorted(kept, key=lambda mention: mention.start))


def find_offices(text: str, mentions: Iterable[Mention]) -> frozenset[str]:
    """The words, folded, that stand directly before whole names of people in a text: Harbourmaster Emil Brandt.

    Before a family name alone they are no given names, then. A part of another's name, and a short word in small letters
    (said Emil Brandt), are none.
    """
    people = [each for each in mentions if each.is_whole and not each.name.is_body and len(each.name.tokens) > 1]
    parts = {token for each in people for token in each.name.tokens}
    found = set[str]()
    for each in people:
        end = each.start
        while (word := _WORD_BEFORE.search(text, max(0, end - LONGEST_OFFICE), end)) is not None:
            if not word[1][:1].isupper() and len(word[1]) < SHORTEST_OFFICE:
                break
            found.add(fold_name(word[1]))
            end = word.start()
    return frozenset(found - parts)


def _is_part(mention: Mention, runs: Sequence[Mention], starts: Sequence[int]) -> bool:
    """Whether a mention is a part of a longer run of capitalised words: Estmark of the Estmark Daily."""
    at = bisect_right(starts, mention.start) - 1
    return at >= 0 and mention.end <= runs[at].end and (mention.start, mention.end) != (runs[at].start, runs[at].end)


def _longest(mentions: Sequence[Mention], taken: bytearray) -> Iterator[Mention]:
    """The longer of those that overlap, where nothing is ``taken`` yet; all of those that stand at the same place."""
    last: tuple[int, int] | None = None
    for mention in sorted(mentions, key=lambda each: (each.start - each.end, each.start)):
        span = mention.start, mention.end
        if span == last or not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            last = span
            yield mention


def _identified(unknown: Sequence[Mention], parts: Sequence[Mention]) -> list[Mention]:
    """Unknown names; those that hold the family name of somebody of the base and may be that person are."""
    inside: dict[int, list[Mention]] = defaultdict(list)
    for part in parts:
        inside[part.end].append(part)
    found = []
    for each in unknown:
        same = [part for part in inside[each.end] if part.start >= each.start and part.name.may_be(each.name)]
        found += [Mention(each.start, each.end, part.id, part.name, is_whole=False) for part in same] or [each]
    return found


def _narrowed(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions without those of people who are named nowhere in full, where others of that family name are."""
    whole = {mention.id for mention in mentions if mention.is_whole and mention.id}
    by_span: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_span[mention.start, mention.end].append(mention)
    kept: list[Mention] = []
    for same in by_span.values():
        better = [each for each in same if each.id in whole]
        kept += better if better and len(same) > 1 else same
    return kept


def _unknown_names(text: str, no_names: frozenset[str]) -> list[tuple[int, int]]:
    """Runs of two and more capitalised words, particles among them: names that the base may not know."""
    found: list[tuple[int, int]] = []
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and (
            _is_capitalised(words[end].group()) or (end > at and _is_particle(words[end].group()))
        ):
            between = text[words[end - 1].end() : words[end].start()] if end > at else ""
            if (
                end > at
                and not re.fullmatch(r"[^\S\n]|\n", between)
                and not _is_initial(words[end - 1].group(), between)
            ):
                break
            end += 1
        last = end
        while end > at and _is_particle(words[end - 1].group()):
            end -= 1
        while at < end and words[at].group().lower() in no_names:
            at += 1
        if end - at >= 2:
            found.append((words[at].start(), words[end - 1].end()))
        at = max(last, at + 1)
    return found


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and (len(word) == 1 or not word.isupper())


def _is_initial(word: str, between: str) -> bool:
    """Whether a full stop between two words of a name ends an initial or a title: J. Hale, Dr. Hale."""
    return between in (". ", ".", ".\u00a0") and (len(word) == 1 or fold_name(word) in TITLES)


def _is_particle(word: str) -> bool:
    return fold_name(word) in PARTICLES and word[:1].islower()
