"""One voice carries a whole section, and the section does not say so."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.brief.prose import smarten
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Claim, Event, Source, sources_of
from c6brief.evidence.strength import strength
from c6brief.rules.attribution import names_of
from c6brief.rules.language import any_of
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

FEWEST_STATEMENTS = 3
"""Fewer citations than this are a remark, not a section carried by a voice."""


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.words is None:
        return
    evidence = subject.evidence
    for part in subject.parts:
        stating = [paragraph for paragraph in part.paragraphs if paragraph.role == "prose"]
        cited = {entry.id: entry for paragraph in stating for entry in paragraph.cited}
        voices = {voice for entry in cited.values() for voice in _voices(entry, evidence)}
        if len(cited) < FEWEST_STATEMENTS or len(voices) != 1 or any(paragraph.lost for paragraph in stating):
            continue
        text = "\n".join([part.title, *(paragraph.text for paragraph in part.paragraphs)])
        sources = {id for entry in cited.values() for id in sources_of(entry)}
        names = {name for id in sources for name in names_of(id, evidence)}
        if any_of((*subject.words.one_voice, *map(smarten, names))).search(smarten(text)):
            continue
        voice = evidence.voice_name(*voices)
        message = f"everything in this section is the word of {voice}, and the section does not say so"
        yield Finding(message, part.place, "name the voice in the text, or bring in another one")


def _voices(entry: Source | Claim | Event, evidence: Evidence) -> tuple[str, ...]:
    if isinstance(entry, (Claim, Event)):
        return strength(entry, evidence).voices
    return tuple(evidence.sources[id].voice for id in sources_of(entry) if id in evidence.sources)


register(
    Rule(
        name="one-voice-section",
        severity="warning",
        about="prose",
        line="everything that a section cites is one voice's word, and the section does not say so",
        why=(
            "Two reports of one speaker are one witness, however many notes they fill. The finding is made where "
            f"{FEWEST_STATEMENTS} or more entries cited in a section are supported by one and the same voice, and "
            "neither its title nor its text names that voice or a source of it, or says “one report”, “alone”, “a "
            "single speaker” and the like."
        ),
        check=_check,
    )
)
