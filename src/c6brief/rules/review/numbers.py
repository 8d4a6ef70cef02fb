"""Numbers of a text that want a source, and those of the passages and sources that may back them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from c6brief.documents.problems import Place
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import EvidenceEntry, Quote, Statement
from c6brief.evidence.numbers import Number, dates_as_numbers, is_among, language_of, numbers_in
from c6brief.evidence.quotation_marks import quotations_in
from c6brief.evidence.source_data import numbers_of_data
from c6brief.rules.review.rule import Finding
from c6brief.rules.review.sentences import lies_within
from c6brief.rules.review.vocabulary import Vocabulary, any_of

SMALL = 20
"""Numbers in words up to here count things ("three texts", "the two documents") rather than report a figure."""

LONGEST_PART = 20
"""Characters before a number that are looked at for "Table" and the like."""

CITE = "cite the passage that it comes from"


def untraced(
    text: str,
    figures: list[Number],
    backed: list[Number],
    place: Callable[[int, int], Place],
    why: str,
    hint: str = CITE,
) -> Iterator[Finding]:
    """A finding for each of the ``figures`` of ``text`` that is not among those ``backed``.

    Days and months of dates are among ``backed``; they back no other number.
    """
    days = [number for number in backed if not number.is_day]
    for number in figures:
        if not is_among(number, backed if number.is_dated else days):
            yield Finding(f"'{text[number.start : number.end]}': {why}", place(number.start, number.end), hint)


def figures_in(text: str, language: str | None, vocabulary: Vocabulary | None) -> Iterator[Number]:
    """The numbers that want a source: no small ones in words, no ``Table 2``, nothing quoted."""
    numbers = numbers_in(text, language)
    if not numbers:
        return
    parts = any_of(vocabulary.counted_parts if vocabulary else ())
    quotations = [(span.start, span.end) for span in quotations_in(text)]  # compared with their sources already
    for number in numbers:
        if number.in_words and number.value <= SMALL and not number.percent:
            continue
        before = text[max(0, number.start - LONGEST_PART) : number.start].rstrip()
        counts_a_part = any(part.end() == len(before) for part in parts.finditer(before))
        if not counts_a_part and not lies_within(number.start, quotations):
            yield number


def passages_of(entry: Statement | Quote | EvidenceEntry) -> list[tuple[str, str]]:
    """The words of a quotation, or those of the accounts of a statement, each with the id of its source."""
    if isinstance(entry, Quote):
        return [(entry.source, entry.text)]
    return [(account.source, account.exact) for account in entry.accounts] if isinstance(entry, Statement) else []


def numbers_of_source(id: str, evidence: Evidence) -> Iterator[Number]:
    """The numbers in the text of a source and in its data files, and those of its date."""
    source, held = evidence.sources.get(id), evidence.texts.get(id)
    if source is not None:
        yield from dates_as_numbers(source.issued or "", with_days=True)
        yield from numbers_in(held.text if held else "", language_of(source))
        yield from (each.number for each in numbers_of_data(id, evidence))


def language_of_passage(source: str, evidence: Evidence) -> str | None:
    """The language that the numbers of a source's words are read in; ``None`` where there is no such source."""
    return language_of(evidence.sources[source]) if source in evidence.sources else None


def place_in(find: Callable[..., Place], text: str, key: str | tuple[str | int, ...], start: int, end: int) -> Place:
    """Where the characters from ``start`` to ``end`` of the text at ``key``, or at the end of a way, stand."""
    return find(text[start:end], *((key,) if isinstance(key, str) else key))
