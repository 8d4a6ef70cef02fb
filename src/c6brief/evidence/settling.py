"""The evidence base as it is printed: words in marks in all its fields verified, terms and titles set in marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from c6brief.evidence.base import BRAND, Evidence
from c6brief.evidence.marked_words import MarkedWords
from c6brief.evidence.models import EvidenceEntry, Image, Person, sources_of
from c6brief.evidence.named_words import NamedWords
from c6brief.evidence.table_models import Table

E = TypeVar("E", bound=EvidenceEntry)

Sources = Mapping[str, tuple[str, ...]]
"""The ids of the sources whose data each chart shows, by its id."""


def settle_evidence(
    evidence: Evidence, marked: MarkedWords, chart_sources: Sources, brand_names: Sequence[NamedWords] = ()
) -> Evidence:
    """``evidence`` with words in marks in its fields verified against the sources of their entries.

    ``brand_names`` are the terms and titles of the brand file, which every brief prints. Problems: those of
    :class:`~c6brief.evidence.marked_words.MarkedWords`.
    """
    names: dict[str, tuple[NamedWords, ...]] = {BRAND: tuple(brand_names)} if brand_names else {}

    def settle(entries: Mapping[str, E], sources: Sources | None = None) -> Mapping[str, E]:
        settled = {}
        for id, entry in entries.items():
            own = sources.get(id) if sources is not None else _sources_of(entry)
            if own is None:  # a chart that cannot be drawn, as is reported already
                settled[id] = entry
                continue
            found: list[NamedWords] = []
            settled[id] = marked.settle(entry, own, found)
            if found:
                names[id] = (*names.get(id, ()), *found)
        return MappingProxyType(settled)

    return replace(
        evidence,
        sources=settle(evidence.sources),
        people=settle(evidence.people),
        organisations=settle(evidence.organisations),
        scopes=settle(evidence.scopes),
        quotes=settle(evidence.quotes),
        events=settle(evidence.events),
        claims=settle(evidence.claims),
        images=settle(evidence.images),
        tables=settle(evidence.tables),
        charts=settle(evidence.charts, chart_sources),
        sections=settle(evidence.sections),
        chart_rows=settle(evidence.chart_rows, chart_sources),
        names=MappingProxyType(names),
    )


def _sources_of(entry: EvidenceEntry) -> tuple[str, ...]:
    """The sources that the fields of ``entry`` are verified against."""
    if isinstance(entry, (Table, Person, Image)):
        return (entry.source,) if entry.source else ()
    return sources_of(entry)
