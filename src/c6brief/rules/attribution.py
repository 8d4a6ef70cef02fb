"""Does a paragraph tell its reader whose word it is?

It does if it quotes, if it has a word of attribution or of doubt or says that one voice stands alone
(``words/en.yaml`` lists all these), or if it or the title of its section names a source, speaker or voice that it
cites. Otherwise what it says is stated flat.
"""

from __future__ import annotations

import re

from c6brief.brief.prose import smarten
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Quote, sources_of
from c6brief.rules.language import Words, any_of
from c6brief.rules.sentences import quoted
from c6brief.rules.subject import Paragraph

SHORTEST_NAME = 3
"""Letters. A part of a name that is shorter ("of", "Li") says too little to count as naming somebody."""


def stated_flat(paragraph: Paragraph, evidence: Evidence, words: Words) -> bool:
    """Whether nothing in ``paragraph`` says whose word it is, or that it is in doubt."""
    text = paragraph.text
    if quoted(text) or _telling(words).search(text):
        return False
    names = {name for entry in paragraph.cited for id in sources_of(entry) for name in names_of(id, evidence)}
    speakers = (evidence.voice_name(entry.speaker) for entry in paragraph.cited if isinstance(entry, Quote))
    names |= {name for speaker in speakers for name in _parts(speaker)}
    return not any_of(map(smarten, names)).search(smarten(f"{paragraph.under}\n{text}"))


def names_of(source: str, evidence: Evidence) -> set[str]:
    """What prose may call a source by: its short name, publisher, title, authors, and its voice's name or last name."""
    entry = evidence.sources.get(source)
    if entry is None:
        return set()
    names = {entry.short, entry.title.strip("[]"), entry.publisher or "", *(str(author) for author in entry.author)}
    voice = evidence.people.get(entry.voice) or evidence.organisations.get(entry.voice)
    if voice is not None:
        names |= _parts(voice.name)
        names.add(getattr(voice, "acronym", None) or "")
    return {name for name in names if name}


def _parts(name: str) -> set[str]:
    """A name in full and its last word, which is how prose goes on to call people."""
    last = re.split(r"\s+", name.strip())[-1]
    return {name} | ({last} if len(last) >= SHORTEST_NAME else set())


def _telling(words: Words) -> re.Pattern[str]:
    return any_of((*words.attribution, *words.hedges, *words.one_voice))
