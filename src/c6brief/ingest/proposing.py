"""What a text holds that the evidence base may take: each proposal's words are found in the text, once, or it is left out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from c6brief.documents.problems import Place, Problems
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import Evidence
from c6brief.evidence.lexicon import known_languages, lexicon
from c6brief.evidence.matching import SourceText
from c6brief.evidence.models import Person, Source
from c6brief.ingest.found import Findings, FoundClaim, FoundEvent, FoundQuote
from c6brief.ingest.read_file import Metadata
from c6brief.ingest.speech import find_quotes, turns_of
from c6brief.ingest.statements import date_of_head, events_of_rows, find_claims, find_events
from c6brief.ingest.tables import find_tables

MOST = 400
"""Proposals of a kind, the first of the text. One that holds more is a book: nobody goes through as many, and each is searched
for in all of it."""

FEWEST_KNOWN = 4
"""Small words of a language from which on a text may be in it."""

PREFIX_WORDS = 4

Found = TypeVar("Found", FoundQuote, FoundEvent, FoundClaim)
Stated = TypeVar("Stated", FoundEvent, FoundClaim)


def propose(text: SourceText, metadata: Metadata, evidence: Evidence, *, is_transcript: bool = False) -> Findings:
    """All that is proposed from ``text``, whose file says ``metadata`` of itself. ``evidence`` has the people who are known."""
    metadata = replace(metadata, type=type_of(text, metadata, is_transcript=is_transcript))
    language = metadata.language.split("-")[0].lower() or "en"
    people, quotes = find_quotes(text, evidence, language, is_transcript=is_transcript)
    unique = [each for quote in quotes[:MOST] if (each := _unique(text, quote, quote.text)) is not None]
    quotes = _checked(unique, text, metadata, evidence)
    issued = issued_of(text, metadata)
    starts = {each.start for each in text.paragraphs}
    heads = {
        max(at for at in starts if at <= begin): begin for _, _, begin, _ in turns_of(text, is_transcript=is_transcript)
    }
    events = list(find_events(text, issued, heads))
    tables = []
    for table, segment in find_tables(text):
        tables.append(table)
        events += events_of_rows(table, segment)
    named = {quote.person.name for quote in quotes}
    return Findings(
        tuple(person for person in people if person.name in named)[:MOST],
        tuple(quotes)[:MOST],
        tuple(_all_unique(text, sorted(events, key=lambda each: each.start))),
        tuple(_all_unique(text, list(find_claims(text, language, heads)))),
        tuple(tables)[:MOST],
    )


def issued_of(text: SourceText, metadata: Metadata) -> str:
    """The date of a source, in EDTF: what its file says, else what the head of its text says, else what was guessed."""
    sure = metadata.issued if "issued" not in metadata.unsure else ""
    return sure or date_of_head(text) or metadata.issued


def guess_language(text: SourceText) -> str:
    """The language whose small words a text has most of, where that is not English; empty where it is, or nobody knows."""
    words = Counter(re.findall(r"[^\W\d_]+", text.text[:20_000].casefold()))
    known = {}
    for language in known_languages():
        its = lexicon((language,))
        small = {*its.pronouns, *its.objects, *its.auxiliaries, *its.joining, *its.negators, *its.not_saying}
        known[language] = sum(words[word] for word in small)
    best = max(known, key=lambda language: (known[language], language == "en"))
    return best if known[best] >= FEWEST_KNOWN and 2 * known[best] > 3 * known.get("en", 0) else ""


def type_of(text: SourceText, metadata: Metadata, *, is_transcript: bool) -> str:
    """The CSL type: a text of turns is somebody's speech (``hearing``), whatever the file is."""
    is_spoken = metadata.type == "document" and turns_of(text, is_transcript=is_transcript)
    return "hearing" if is_spoken else metadata.type


def _all_unique(text: SourceText, found: list[Stated]) -> list[Stated]:
    return [each for one in found[:MOST] if (each := _unique(text, one, one.exact)) is not None]


def _unique(text: SourceText, found: Found, words: str) -> Found | None:
    """``found`` with the words before it where its ``words`` stand more than once; ``None`` where they are not to be found."""
    matches = text.find(words)
    if len(matches) == 1:
        return found
    if not matches:
        return None
    paragraph = next((each for each in reversed(text.paragraphs) if each.start <= found.start), None)
    if paragraph is None:
        return None
    before = text.text[paragraph.start : found.start].split()[-PREFIX_WORDS:]
    prefix = " ".join(before).strip('"“”„«» ')
    if prefix and len(text.find(words, prefix)) == 1:
        return replace(found, prefix=prefix)
    return None


def _checked(quotes: list[FoundQuote], text: SourceText, metadata: Metadata, evidence: Evidence) -> list[FoundQuote]:
    """``quotes`` that may be the speaker's, by the rules that quotations are checked with; a warning is a doubt."""
    people = dict(evidence.people)
    ids: dict[str, str] = {}
    for quote in quotes:
        person = quote.person
        if not person.id and person.name not in ids:
            ids[person.name] = f"new-{len(ids)}"
            people[ids[person.name]] = Person(id=ids[person.name], name=person.name)
    source = Source.model_validate(
        {
            "id": "new",
            "type": metadata.type,
            "title": metadata.title or "[untitled]",
            "language": metadata.language or "en",
        }
    )
    base = replace(
        evidence,
        people=MappingProxyType(people),
        sources=MappingProxyType({"new": source}),
        texts=MappingProxyType({"new": text}),
    )
    attribution = Attribution(base)
    kept = []
    for quote in quotes:
        found = text.find(quote.text, quote.prefix or None)
        speaker = base.speaker(quote.person.id or ids[quote.person.name])
        problems = Problems()
        if not found or speaker is None:
            continue
        if not attribution.check("new", found[0], speaker, problems, Place("proposal")):
            continue
        doubt = quote.doubt or next((problem.message.replace("'new'", "the source") for problem in problems), "")
        kept.append(replace(quote, doubt=doubt))
    return kept
