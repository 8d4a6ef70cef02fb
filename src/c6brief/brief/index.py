"""The index: on which places of a brief its sources are used and its people speak.

Places are anchors of the page; which pages they fall on is known when it has been laid out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from c6brief.brief.model import IndexEntry
from c6brief.evidence.base import Evidence


@dataclass
class Index:
    """Gathers places in reading order, by the ids of sources, people and organisations."""

    sources: dict[str, dict[str, None]] = field(default_factory=dict)
    speakers: dict[str, dict[str, None]] = field(default_factory=dict)

    def uses(self, source: str, anchor: str) -> None:
        """A source is used at ``anchor``."""
        self.sources.setdefault(source, {}).setdefault(anchor)

    def speaks(self, speaker: str, anchor: str) -> None:
        """A person or an organisation is quoted at ``anchor``."""
        self.speakers.setdefault(speaker, {}).setdefault(anchor)

    def entries(self, evidence: Evidence) -> tuple[IndexEntry, ...]:
        """Sources by their short names and people by their names, in one alphabet.

        Whoever is the voice of a source speaks wherever that source is used.
        """
        said = {speaker: dict(places) for speaker, places in self.speakers.items()}
        for id, places in self.sources.items():
            voice = evidence.sources[id].voice
            if voice in evidence.people or voice in evidence.organisations:
                said.setdefault(voice, {}).update(places)
        entries = [
            IndexEntry(evidence.sources[id].short, "source", "", tuple(places)) for id, places in self.sources.items()
        ]
        for speaker, places in said.items():
            known = evidence.people.get(speaker) or evidence.organisations.get(speaker)
            if known is not None:
                entries.append(IndexEntry(known.name, "person", getattr(known, "role", None) or "", tuple(places)))
        return tuple(sorted(entries, key=lambda entry: (entry.name.casefold(), entry.kind)))
