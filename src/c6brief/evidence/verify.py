"""Verifying the evidence base: every quotation and every account is located in the text of its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from c6brief.documents.problems import NamedRule, Place, Problems
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import Evidence
from c6brief.evidence.lexicon import lexicon
from c6brief.evidence.locators import locator_of
from c6brief.evidence.matching import Match, SourceText
from c6brief.evidence.models import EvidenceEntry, Statement
from c6brief.evidence.nearest import find_nearest
from c6brief.evidence.passage_cache import PassageCache
from c6brief.evidence.sense import ADDITION_NEGATES, OMISSION_NEGATES, QUESTION_CUT, OwnWords, sense_changes


@dataclass(frozen=True)
class Passage:
    """Words that were found once, and only once, in the text of their source."""

    source: str
    """The source's id."""
    words: str
    """The words as they were looked for."""
    match: Match


Passages = Mapping[tuple[str, int], Passage]
"""Where accounts and quotations were found, by the entry's id and the account's position, from 0; a quotation has 0."""


def passages_of(entry: EvidenceEntry, passages: Passages) -> list[Passage]:
    """Where the words of a quotation, or those of the accounts of a statement, were found."""
    count = len(entry.accounts) if isinstance(entry, Statement) else 1
    return [passages[entry.id, index] for index in range(count) if (entry.id, index) in passages]


def locate_all(
    evidence: Evidence, problems: Problems, cache: PassageCache | None = None, attribution: Attribution | None = None
) -> Passages:
    """Where every quotation and every ``exact`` of the evidence base stands.

    Words in ``cache`` are not searched for again; what is found is kept there. Problems: those of :func:`locate`,
    :func:`check_sense` and :meth:`Attribution.check <c6brief.evidence.attribution.Attribution.check>`.
    """
    cache = cache or PassageCache()
    attribution = attribution or Attribution(evidence)
    found: dict[tuple[str, int], Passage] = {}
    for quote in evidence.quotes.values():
        place = quote.place("text")
        passage = locate(evidence, quote.source, quote.text, place, problems, quote.prefix, quote.suffix, cache)
        speaker = evidence.speaker(quote.speaker)
        if passage is None or speaker is None:  # reported as an unknown id
            continue
        check_sense(passage, attribution, place, problems)
        if attribution.check(quote.source, passage.match, speaker, problems, place, quote.place("speaker")):
            found[quote.id, 0] = passage
    for entry in evidence.statements():
        for index, account in enumerate(entry.accounts):
            place = entry.place("accounts", index, "exact")
            around = account.prefix, account.suffix
            passage = locate(evidence, account.source, account.exact, place, problems, *around, cache)
            if passage:
                check_sense(passage, attribution, place, problems)
                found[entry.id, index] = passage
    cache.save()
    return found


def locate(
    evidence: Evidence,
    source: str,
    words: str,
    place: Place,
    problems: Problems,
    prefix: str | None = None,
    suffix: str | None = None,
    cache: PassageCache | None = None,
) -> Passage | None:
    """The one passage of the source with the id ``source`` that ``words`` match; ``None`` after a problem.

    ``prefix`` and ``suffix`` are the words just before and after it. Problems, at ``place``: ``words-not-found``,
    ``words-found-twice``. A source without text has been reported already.
    """
    text = evidence.texts.get(source)
    if text is None:
        return None
    cached = cache.lookup(text, words, prefix, suffix) if cache else None
    found = (cached,) if cached else text.find(words, prefix, suffix)
    if len(found) == 1:
        if cache and not cached:
            cache.keep(text, words, prefix, suffix, found[0])
        return Passage(source, words, found[0])
    if found:
        places = ", ".join(str(locator_of(text, match)) for match in found[:5])
        message = f"these words stand {len(found)} times in '{source}' (paragraphs {places})"
        problems.error("words-found-twice", message, place, "add prefix: or suffix: with the words beside them")
    else:
        message = f"these words do not stand in '{source}'"
        problems.error("words-not-found", message, place, text.explain(words) or _suggestion(words, [text]))
    return None


def locate_among(
    evidence: Evidence, sources: Sequence[str], words: str, cited: Sequence[Passage], place: Place, problems: Problems
) -> Passage | None:
    """The passage that a quotation in running prose matches, in one of the ``sources`` that its paragraph cites.

    ``sources`` are ids. Where the words stand more than once in a source, the place inside a passage that is ``cited``
    is meant. ``None`` after a problem at ``place``, as of :func:`locate`.
    """
    texts = {id: evidence.texts[id] for id in dict.fromkeys(sources) if id in evidence.texts}
    several = 0
    for id, text in texts.items():
        found = text.find(words)
        if len(found) > 1:
            several = max(several, len(found))
            spans = [passage.match for passage in cited if passage.source == id]
            found = tuple(m for m in found if any(span.start <= m.start and m.end <= span.end for span in spans))
        if len(found) == 1:
            return Passage(id, words, found[0])
    named = ", ".join(f"'{id}'" for id in texts)
    if several:
        message = f"this quotation stands {several} times in the sources cited here ({named})"
        problems.error("words-found-twice", message, place, "cite the quotation, event or claim that holds it")
    elif texts:
        message = f"this quotation does not stand in the sources cited here ({named})"
        reasons = (reason for text in texts.values() if (reason := text.explain(words)))
        problems.error("words-not-found", message, place, next(reasons, "") or _suggestion(words, texts.values()))
    return None


def check_sense(
    passage: Passage, attribution: Attribution, place: Place, problems: Problems, own: OwnWords | None = None
) -> None:
    """Warn of words that a quotation leaves out, adds or cuts, and that turn its sense.

    ``own`` are the words of our own around a quotation in prose. Problems, which a project may switch off:
    ``omission-negates``, ``addition-negates``, ``question-cut``.
    """
    evidence = attribution.evidence
    words = lexicon(attribution.languages(evidence.sources[passage.source]))
    for change in sense_changes(evidence.texts[passage.source], passage.words, passage.match, words, own):
        rule, message = _SENSE_MESSAGES[change.rule]
        problems.report(rule, message.format(word=change.word), place, f"the source says: “{change.passage}”")


_SENSE_MESSAGES: dict[str, tuple[NamedRule, str]] = {
    "omission-negates": (OMISSION_NEGATES, "'{word}' is left out, which may turn the sense"),
    "addition-negates": (ADDITION_NEGATES, "'{word}' is added, which may turn the sense"),
    "question-cut": (QUESTION_CUT, "these words are part of a question"),
}


def _suggestion(words: str, texts: Iterable[SourceText]) -> str:
    """The passage of all ``texts`` that is nearest to ``words``, with the differences, as a hint."""
    found = [near for text in texts if (near := find_nearest(words, text))]
    best = min(found, key=lambda near: near.changed + near.dropped + near.inserted, default=None)
    return str(best) if best else "nothing in the source comes near"
