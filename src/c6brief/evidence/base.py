"""The evidence base as one value: every entry by id, and the text of every source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from c6brief.documents.entries import Entry
from c6brief.evidence.matching import SourceText
from c6brief.evidence.models import Chart, Claim, Event, Organisation, Person, Quote, Scope, Section, Source, Table


def _none() -> Mapping:
    return field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Evidence:
    """Everything in ``seeds/`` that was read without problems. Ids are unique over all kinds."""

    sources: Mapping[str, Source] = _none()
    people: Mapping[str, Person] = _none()
    organisations: Mapping[str, Organisation] = _none()
    scopes: Mapping[str, Scope] = _none()
    quotes: Mapping[str, Quote] = _none()
    events: Mapping[str, Event] = _none()
    claims: Mapping[str, Claim] = _none()
    tables: Mapping[str, Table] = _none()
    charts: Mapping[str, Chart] = _none()
    sections: Mapping[str, Section] = _none()
    chart_rows: Mapping[str, Table] = _none()
    """By chart id: the rows of charts that bring their own."""
    texts: Mapping[str, SourceText] = _none()
    """By source id; a source without its text is missing here."""
    broken: frozenset[str] = frozenset()
    """Ids of entries that have problems of their own."""
    unread: frozenset[str] = frozenset()
    """Kinds of which a file, or an entry's id, could not be read."""

    def kind(self, name: str) -> Mapping[str, Entry]:
        """The entries of one kind, by the name of its file: ``quotes``."""
        return getattr(self, name)

    def entry(self, id: str) -> Entry | None:
        """The entry of that id, of whichever kind."""
        return next((self.kind(kind)[id] for kind in KINDS if id in self.kind(kind)), None)

    def excuses(self, id: str, *kinds: str) -> bool:
        """Whether an ``id`` that is missing among ``kinds`` may be missing only because of problems told already."""
        return id in self.broken or not self.unread.isdisjoint(kinds)

    def ids(self) -> Iterator[str]:
        """All ids."""
        for kind in KINDS:
            yield from self.kind(kind)

    def voice_name(self, voice: str) -> str:
        """A voice as a name: the person's or organisation's of that id, else the words of the id."""
        named = self.people.get(voice) or self.organisations.get(voice)
        return named.name if named else voice.replace("-", " ")


KINDS = ("sources", "people", "organisations", "scopes", "quotes", "events", "claims", "tables", "charts", "sections")
"""Every kind of entry, named as its file or folder below ``seeds/``."""
