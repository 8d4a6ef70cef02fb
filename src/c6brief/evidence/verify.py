"""Locating every quotation and every account in its source's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from c6brief.documents.problems import Place, Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.matching import Match, SourceText


@dataclass(frozen=True)
class Passage:
    """Words that were found once in their source."""

    source: str
    words: str
    match: Match


Passages = Mapping[tuple[str, int], Passage]
"""Where every account and quotation was found, by the entry's id and the account's position (0 for a quotation)."""


def locate_all(evidence: Evidence, problems: Problems) -> Passages:
    """Locate every quotation and every ``exact`` of the evidence base; problems as of :func:`locate`."""
    found: dict[tuple[str, int], Passage] = {}
    for quote in evidence.quotes.values():
        passage = locate(evidence, quote.source, quote.text, quote.place("text"), problems, quote.prefix, quote.suffix)
        if passage:
            found[quote.id, 0] = passage
    for kind in ("events", "claims"):
        for entry in evidence.kind(kind).values():
            for index, account in enumerate(entry.accounts):
                place = entry.place("accounts", index, "exact")
                words = account.exact
                passage = locate(evidence, account.source, words, place, problems, account.prefix, account.suffix)
                if passage:
                    found[entry.id, index] = passage
    return found


def locate(
    evidence: Evidence,
    source: str,
    words: str,
    place: Place,
    problems: Problems,
    prefix: str | None = None,
    suffix: str | None = None,
) -> Passage | None:
    """The one passage of ``source`` that ``words`` match; ``None`` after a problem.

    Problems: ``words-not-found``, ``words-found-twice``. A source without text has been reported already.
    """
    text = evidence.texts.get(source)
    if text is None:
        return None
    found = text.find(words, prefix, suffix)
    if len(found) == 1:
        return Passage(source, words, found[0])
    if found:
        paragraphs = ", ".join(str(match.paragraph) for match in found[:5])
        message = f"these words stand {len(found)} times in '{source}' (paragraphs {paragraphs})"
        problems.error("words-found-twice", message, place, "add prefix: or suffix: with the words beside them")
    else:
        message = f"these words do not stand in '{source}'"
        problems.error("words-not-found", message, place, nearest(words, text))
    return None


def locate_among(
    evidence: Evidence, sources: Sequence[str], words: str, cited: Sequence[Passage], place: Place, problems: Problems
) -> Passage | None:
    """The passage that a quotation in running prose matches, in one of the ``sources`` that its paragraph cites.

    Words that stand more than once in a source are told apart by the passages ``cited``: the one inside of them is
    meant. ``None`` after a problem, as of :func:`locate`.
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
        problems.error("words-not-found", message, place, max((nearest(words, text) for text in texts.values()), key=len))
    return None


def nearest(words: str, text: SourceText) -> str:
    """The passage most like ``words``, as a hint. It suggests; it never passes."""
    from rapidfuzz import fuzz

    best, found = 0.0, ""
    for paragraph in text.paragraphs:
        match = fuzz.partial_ratio_alignment(words, paragraph.text)
        if match and match.score > best:
            best, found = match.score, f"paragraph {paragraph.number} has: {_whole_words(paragraph.text, match.dest_start, match.dest_end)}"
    return found if best >= 60 else "nothing in the source comes near"


def _whole_words(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return " ".join(text[start:end].split())
