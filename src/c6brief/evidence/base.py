"""The evidence base as one value: every entry by its id, and the text of every source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Never

from c6brief.evidence.image_files import ImageFile
from c6brief.evidence.matching import SourceText
from c6brief.evidence.models import (
    Account,
    Claim,
    Event,
    EvidenceEntry,
    Image,
    Organisation,
    Person,
    Quote,
    Reading,
    Scope,
    Section,
    Source,
    Statement,
)
from c6brief.evidence.named_words import NamedWords
from c6brief.evidence.names import Name, is_named
from c6brief.evidence.table_models import Chart, DesignedTable, Table
from c6brief.evidence.written import WrittenSeeds

KINDS = (
    *("sources", "people", "organisations", "scopes", "quotes", "events", "claims"),
    *("images", "tables", "charts", "sections"),
)
"""Every kind of entry, by the name of its file or folder below ``seeds/``."""

BRAND = "_brand.yml"
"""Stands for the brand file where names are kept by the ids of entries; no id begins so."""


def _empty() -> Mapping[str, Never]:
    return MappingProxyType({})


def name_of(speaker: Person | Organisation) -> Name:
    """The name of a person or an organisation, to look for in texts."""
    if isinstance(speaker, Organisation):
        return Name(speaker.name, speaker.acronym or "", is_body=True)
    return Name(speaker.name)


@dataclass(frozen=True)
class Evidence:
    """Everything in ``seeds/`` that was read without problems. Ids are unique over all kinds."""

    sources: Mapping[str, Source] = field(default_factory=_empty)
    people: Mapping[str, Person] = field(default_factory=_empty)
    organisations: Mapping[str, Organisation] = field(default_factory=_empty)
    scopes: Mapping[str, Scope] = field(default_factory=_empty)
    quotes: Mapping[str, Quote] = field(default_factory=_empty)
    events: Mapping[str, Event] = field(default_factory=_empty)
    claims: Mapping[str, Claim] = field(default_factory=_empty)
    images: Mapping[str, Image] = field(default_factory=_empty)
    tables: Mapping[str, DesignedTable] = field(default_factory=_empty)
    charts: Mapping[str, Chart] = field(default_factory=_empty)
    sections: Mapping[str, Section] = field(default_factory=_empty)
    chart_rows: Mapping[str, Table] = field(default_factory=_empty)
    """By chart id: the rows of charts that bring their own."""
    image_files: Mapping[str, ImageFile] = field(default_factory=_empty)
    """By the id of an image, or of a chart of the kind ``image``: its file, which was looked at and not decoded."""
    texts: Mapping[str, SourceText] = field(default_factory=_empty)
    """By source id; a source without its text is missing here."""
    with_data: frozenset[str] = frozenset()
    """The sources of which data files are held, which count as their texts."""
    names: Mapping[str, tuple[NamedWords, ...]] = field(default_factory=_empty)
    """By the id of an entry: the terms and titles in its fields, as they were written."""
    aliases: Mapping[str, str] = field(default_factory=_empty)
    """The ids of sources by their citation-keys, where these differ."""
    readings: Mapping[str, Reading] = field(default_factory=_empty)
    """By source id: what ``readings.yaml`` says of it; it stands in the source too."""
    broken: frozenset[str] = frozenset()
    """Ids of entries that have problems of their own."""
    unread: frozenset[str] = frozenset()
    """Kinds of which a file, or an entry's id, could not be read."""
    likeness: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What makes two sources look like one voice, by their ids (:func:`c6brief.evidence.alike_sources.pair_of`)."""
    written: WrittenSeeds | None = None
    """Every entry as written, those with problems too; ``None`` for evidence that was made in memory."""

    @cached_property
    def _by_kind(self) -> Mapping[str, Mapping[str, EvidenceEntry]]:
        return {
            "sources": self.sources,
            "people": self.people,
            "organisations": self.organisations,
            "scopes": self.scopes,
            "quotes": self.quotes,
            "events": self.events,
            "claims": self.claims,
            "images": self.images,
            "tables": self.tables,
            "charts": self.charts,
            "sections": self.sections,
        }

    @cached_property
    def numbers_of_data(self) -> dict[str, Any]:
        """By source id: what :func:`c6brief.evidence.source_data.numbers_of_data` has read."""
        return {}

    def kind(self, name: str) -> Mapping[str, EvidenceEntry]:
        """The entries of one of :data:`KINDS`, by their ids. Raises ``KeyError`` for another name."""
        return self._by_kind[name]

    def entry(self, id: str) -> EvidenceEntry | None:
        """The entry of that id, or the source of that citation-key, of whichever kind."""
        id = self.aliases.get(id, id)
        return next((entries[id] for entries in self._by_kind.values() if id in entries), None)

    def statements(self) -> Iterator[Statement]:
        """All events, and then all claims."""
        yield from self.events.values()
        yield from self.claims.values()

    def table_drawn_by(self, chart: Chart) -> Table | None:
        """The table that a chart names, or its own rows; ``None`` where it draws something else."""
        return self.tables.get(str((chart.model_extra or {}).get("table"))) or self.chart_rows.get(chart.id)

    def is_held(self, source: str) -> bool:
        """Whether the text of a source is named, or data of it are held, so that something can be compared with it."""
        return self.sources[source].has_text or source in self.with_data

    def speaker(self, id: str) -> Person | Organisation | None:
        """The person or the organisation of that id."""
        return self.people.get(id) or self.organisations.get(id)

    def voice_of(self, source: str) -> str:
        """The voice of the source of that id: a person's or an organisation's id; empty where none is stated."""
        entry = self.sources.get(source)
        return self._known(entry.custom.voice) if entry else ""

    def voice_of_account(self, account: Account) -> str:
        """Whose word an account is: its own voice, else that of its source; empty where none is stated.

        A voice that the source does not name does not take the place of the source's own: nobody could see who speaks there.
        """
        if account.voice and not self.is_foreign_voice(account):
            return self._known(account.voice)
        return self.voice_of(account.source)

    def is_foreign_voice(self, account: Account) -> bool:
        """Whether an account has a voice that its source, which has one of its own, does not name."""
        own = self.voice_of(account.source)
        return bool(account.voice and own and not self.names_voice(account.source, account.voice))

    def names_voice(self, source: str, voice: str) -> bool:
        """Whether a source names the person or body that a ``voice`` is, in its text or as its author or publisher.

        A body is named by anybody who belongs to it, too. A source without its text, and a voice that is not known, have
        problems of their own.
        """
        entry, text, speaker = self.sources.get(source), self.texts.get(source), self.speaker(voice)
        if entry is None or text is None or speaker is None or voice == entry.custom.voice:
            return True
        written = (*map(str, entry.author), entry.publisher, entry.container_title, entry.title, text.text)
        read = "\n\n".join(each for each in written if each)
        members = (each for each in self.people.values() if each.organisation in (speaker.id, speaker.name))
        speaking = (speaker, *(members if isinstance(speaker, Organisation) else ()))
        return any(is_named(name_of(each), read) for each in speaking)

    def voice_of_quote(self, quote: Quote) -> str:
        """Whose word a quotation is: its voice, else its speaker."""
        return self._known(quote.voice or quote.speaker)

    def _known(self, voice: str | None) -> str:
        return voice if voice and self.speaker(voice) else ""

    def voice_name(self, voice: str) -> str:
        """The name of the person or organisation that a voice is; empty for none."""
        speaker = self.speaker(voice)
        return speaker.name if speaker else ""

    def excuses(self, id: str, *kinds: str) -> bool:
        """Whether an ``id`` may be missing among ``kinds`` only because of problems that are reported already."""
        return id in self.broken or not self.unread.isdisjoint(kinds)
