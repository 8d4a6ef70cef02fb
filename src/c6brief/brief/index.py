"""The index: the places of a brief at which its sources are used and its people speak.

Places are anchors in its HTML; the numbers of their pages are known after layout.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from c6brief.brief.model import IndexEntry
from c6brief.brief.prose import curl_quotes
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Person


@dataclass
class Index:
    """Collects places in the order of reading, by the ids of sources, people and organisations."""

    sources: dict[str, dict[str, None]] = field(default_factory=dict)
    speakers: dict[str, dict[str, None]] = field(default_factory=dict)

    def add_source(self, source: str, anchor: str) -> None:
        """Add ``anchor``, where a source is used."""
        self.sources.setdefault(source, {}).setdefault(anchor)

    def add_speaker(self, speaker: str, anchor: str) -> None:
        """Add ``anchor``, where a person or an organisation is quoted."""
        self.speakers.setdefault(speaker, {}).setdefault(anchor)

    def entries(self, evidence: Evidence, short: Callable[[str], str]) -> tuple[IndexEntry, ...]:
        """The entries of the index, sources by their short names and speakers by their names, in one alphabet.

        ``short`` gives the short name of a source by its id. The voice of a source speaks wherever that source is used.
        """
        spoken = {speaker: dict(places) for speaker, places in self.speakers.items()}
        for id, places in self.sources.items():
            if voice := evidence.voice_of(id):
                spoken.setdefault(voice, {}).update(places)
        entries = [
            IndexEntry(curl_quotes(short(id)), "source", "", tuple(places)) for id, places in self.sources.items()
        ]
        for id, places in spoken.items():
            speaker = evidence.speaker(id)
            if speaker is not None:
                role = speaker.role if isinstance(speaker, Person) else None
                entries.append(IndexEntry(curl_quotes(speaker.name), "person", curl_quotes(role or ""), tuple(places)))
        return tuple(sorted(entries, key=lambda entry: (entry.name.casefold(), entry.kind)))
