"""Rules on whose word it is: what is disputed, weakly backed or said by one voice alone must be told as that.

A paragraph tells its reader whose word it is if it quotes, if it has a word of attribution or of doubt or says that one
voice stands alone (``words/en.yaml`` lists all these), or if it or the title of its section names a source, speaker or
voice that it cites. Otherwise what it says is stated flat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.brief.prose import smarten
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Claim, Event, Quote, Source, sources_of
from c6brief.evidence.strength import strength
from c6brief.rules.review.brief import Citable, Paragraph, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import quoted_ranges
from c6brief.rules.review.vocabulary import Vocabulary, any_of

FEWEST_STATEMENTS = 3
"""Fewer citations than this are a remark, not a section carried by a voice."""

WEAK_SOURCES, WEAK_INFORMATION = "EF", "56"
"""The two lowest grades of each half of the Admiralty code: unreliable or not to be judged; improbable or not to be
judged (UK Joint Doctrine Publication 2-00, "Understanding and Intelligence Support to Joint Operations", 2011)."""

SHORTEST_NAME = 3
"""Letters. A part of a name that is shorter ("of", "Li") says too little to count as naming somebody."""


@rule("contested-stated-flat", chapter="evidence")
def contested_stated_flat(prose: ProseUnderReview) -> Iterator[Finding]:
    """a claim or event whose accounts differ is stated without a word of attribution or doubt

    The mark ≠ in the note is not enough: a reader who skips notes must see that it is one side's word. The finding is
    made where a paragraph cites a claim that an account disputes, or an event whose dates cannot all hold, and has no
    quotation, no word of attribution (says, reported, according to, claims, …), no word of doubt (may, whether,
    differs, …) and no name of a source or speaker that it cites.
    """
    for paragraph in _stated_flat(prose):
        strengths = [(entry, strength(entry, prose.evidence)) for entry in paragraph.statements]
        differing = [(entry, found) for entry, found in strengths if found.differs]
        if differing:
            what = " and ".join(
                f"'{entry.id}' {'is disputed' if found.contested else 'has dates that cannot all hold'}"
                for entry, found in differing
            )
            message = f"{what}, and this paragraph does not say so"
            hint = "say whose account it is, or that accounts differ"
            yield Finding(message, paragraph.citation_of(differing[0][0]), hint)


@rule("weak-source-alone", chapter="evidence")
def weak_source_alone(prose: ProseUnderReview) -> Iterator[Finding]:
    """a statement rests on sources graded E, F, 5 or 6 alone, and the prose does not attribute it

    A source that is unreliable or cannot be judged (E, F), or information that is improbable or cannot be judged (5, 6
    of the Admiralty code), may be printed as somebody's word, never as a fact. The finding is made where every source
    that supports what is cited has such a grade, and the paragraph has no quotation, no word of attribution or doubt
    and no name of a source or speaker that it cites. Sources without a grade are left alone.
    """
    for paragraph in _stated_flat(prose):
        weak = [(entry, grades) for entry in paragraph.cited if _are_weak(grades := _grades(entry, prose.evidence))]
        if weak:
            ids = " and ".join(f"'{entry.id}'" for entry, _ in weak)
            graded = dict.fromkeys(f"'{id}' ({grade})" for _, grades in weak for id, grade in grades.items())
            rests = "rests" if len(weak) == 1 else "rest"
            message = f"{ids} {rests} on {' and '.join(graded)} alone, and this paragraph does not say whose word it is"
            hint = "attribute it in the text, or find a better source"
            yield Finding(message, paragraph.citation_of(weak[0][0]), hint)


def _are_weak(grades: dict[str, str]) -> bool:
    return bool(grades) and all(grade[0] in WEAK_SOURCES or grade[1] in WEAK_INFORMATION for grade in grades.values())


def _grades(entry: Citable, evidence: Evidence) -> dict[str, str]:
    """The grades of the sources that support ``entry``; none at all where one of them has no grade."""
    if isinstance(entry, (Claim, Event)):
        ids = dict.fromkeys(account.source for account in entry.accounts if account.stance == "supports")
    else:
        ids = dict.fromkeys(sources_of(entry))
    given = {id: evidence.sources[id].custom.grade for id in ids if id in evidence.sources}
    grades = {id: grade for id, grade in given.items() if grade is not None}
    return grades if len(grades) == len(given) else {}


@rule("one-voice-section", chapter="evidence")
def one_voice_section(prose: ProseUnderReview) -> Iterator[Finding]:
    """everything that a section cites is one voice's word, and the section does not say so

    Two reports of one speaker are one witness, however many notes they fill. The finding is made where
    {FEWEST_STATEMENTS} or more entries cited in a section are supported by one and the same voice, and neither its
    title nor its text names that voice or a source of it, or says “one report”, “alone”, “a single speaker” and the
    like.
    """
    if prose.vocabulary is None:
        return
    evidence = prose.evidence
    for section in prose.sections:
        stating = [paragraph for paragraph in section.paragraphs if paragraph.role == "prose"]
        cited = {entry.id: entry for paragraph in stating for entry in paragraph.cited}
        voices = {voice for entry in cited.values() for voice in _voices(entry, evidence)}
        if (
            len(cited) < FEWEST_STATEMENTS
            or len(voices) != 1
            or "" in voices
            or any(each.cites_unknown for each in stating)
        ):
            continue
        text = "\n".join([section.title, *(paragraph.text for paragraph in section.paragraphs)])
        sources = {id for entry in cited.values() for id in sources_of(entry)}
        names = {name for id in sources for name in names_of(id, evidence)}
        if any_of((*prose.vocabulary.one_voice, *map(smarten, names))).search(smarten(text)):
            continue
        voice = evidence.voice_name(*voices)
        message = f"everything in this section is the word of {voice}, and the section does not say so"
        yield Finding(message, section.place, "name the voice in the text, or bring in another one")


def _voices(entry: Citable, evidence: Evidence) -> tuple[str, ...]:
    if isinstance(entry, Source):
        return (evidence.voice_of(entry.id),)
    return strength(entry, evidence).voices or ("",)


def _stated_flat(prose: ProseUnderReview) -> list[Paragraph]:
    """The paragraphs that cite something and do not say whose word it is; none where the language is not known."""
    if prose.vocabulary is None:
        return []
    return [each for each in prose.statements if each.cited and is_stated_flat(each, prose.evidence, prose.vocabulary)]


def is_stated_flat(paragraph: Paragraph, evidence: Evidence, vocabulary: Vocabulary) -> bool:
    """Whether nothing in ``paragraph`` says whose word it is, or that it is in doubt."""
    text = paragraph.text
    if quoted_ranges(text) or any(not _is_month(word, vocabulary) for word in _attributing(vocabulary).finditer(text)):
        return False
    names = {name for entry in paragraph.cited for id in sources_of(entry) for name in names_of(id, evidence)}
    speakers = (evidence.voice_name(entry.speaker) for entry in paragraph.cited if isinstance(entry, Quote))
    names |= {name for speaker in speakers for name in _parts(speaker)}
    return not any_of(map(smarten, names)).search(smarten(f"{paragraph.section_title}\n{text}"))


def names_of(source: str, evidence: Evidence) -> set[str]:
    """What prose may call a source by: its short name, publisher, title, authors, and its voice's name or last name."""
    entry = evidence.sources.get(source)
    if entry is None:
        return set()
    names = {entry.short, entry.title.strip("[]"), entry.publisher or "", *(str(author) for author in entry.author)}
    voice = evidence.speaker(evidence.voice_of(source))
    if voice is not None:
        names |= _parts(voice.name)
        names.add(getattr(voice, "acronym", None) or "")
    return {name for name in names if name}


def _parts(name: str) -> set[str]:
    """A name in full and its last word, which is how prose goes on to call people."""
    last = re.split(r"\s+", name.strip())[-1]
    return {name} | ({last} if len(last) >= SHORTEST_NAME else set())


def _is_month(word: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether a word of doubt is the name of a month: May, inside a sentence or before a number."""
    if word[0].lower() not in vocabulary.months or not word[0][:1].isupper():
        return False
    before = word.string[: word.start()].rstrip()
    return bool(before) and (before[-1] not in ".!?:\n" or bool(re.match(r"\s+\d", word.string[word.end() :])))


def _attributing(vocabulary: Vocabulary) -> re.Pattern[str]:
    return any_of((*vocabulary.attribution, *vocabulary.hedges, *vocabulary.one_voice))
