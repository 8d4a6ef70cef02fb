"""Finding entries of the evidence base by kind, theme and words, with their computed strength."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from c6brief.build.project_state import ProjectState
from c6brief.evidence.base import Evidence
from c6brief.evidence.locators import locator_of
from c6brief.evidence.models import (
    Claim,
    Event,
    EventAccount,
    EvidenceEntry,
    Image,
    Organisation,
    Person,
    Quote,
    Scope,
    Section,
    Source,
    Statement,
)
from c6brief.evidence.strength import Strength, strength
from c6brief.evidence.table_models import Chart, Table
from c6brief.evidence.verify import Passage, Passages


def find_entries(
    state: ProjectState, kind: str, theme: str | None = None, words: str | None = None
) -> list[dict[str, Any]]:
    """The entries of a ``kind`` (``claims``) that have ``theme`` and hold all ``words``, as plain values for JSON."""
    wanted = (words or "").casefold().split()
    rows = []
    for entry in state.evidence.kind(kind).values():
        row = _row(entry, state.evidence, state.passages)
        if theme and theme not in _themes_of(entry):
            continue
        if all(word in " ".join(_texts(row)).casefold() for word in wanted):
            rows.append(row)
    return rows


def describe_strength(found: Strength) -> list[str]:
    """The strength of a statement as words: ``single voice``, ``conflicting dates``."""
    named = {
        found.backing: True,
        "contested": found.contested,
        "conflicting dates": found.conflict,
        "qualified": found.qualified,
        "undated": found.undated,
        "derived date": found.derived,
    }
    return [word for word, holds in named.items() if holds]


def _themes_of(entry: EvidenceEntry) -> tuple[str, ...]:
    return entry.themes if isinstance(entry, (Quote, Event, Claim, Table, Section)) else ()


def _row(entry: EvidenceEntry, evidence: Evidence, passages: Passages) -> dict[str, Any]:
    """An entry as plain values, with its strength and the paragraphs of its words."""
    row: dict[str, Any] = {"id": entry.id, "text": _text(entry), "themes": list(_themes_of(entry))}
    if isinstance(entry, Statement):
        found = strength(entry, evidence)
        row |= {"scope": entry.scope, "strength": describe_strength(found), "voices": list(found.voices)}
        row["accounts"] = [
            {
                "source": account.source,
                "stance": account.stance,
                "date": account.date if isinstance(account, EventAccount) else None,
                **_located(passages.get((entry.id, index)), evidence),
                "exact": account.exact,
            }
            for index, account in enumerate(entry.accounts)
        ]
    elif isinstance(entry, Quote):
        row |= {"speaker": entry.speaker, "source": entry.source}
        row |= _located(passages.get((entry.id, 0)), evidence)
    elif isinstance(entry, Source):
        row |= {"grade": entry.custom.grade, "voice": evidence.voice_of(entry.id) or None, "note": entry.custom.note}
    return row


def _located(passage: Passage | None, evidence: Evidence) -> dict[str, Any]:
    """Where the words of an entry stand: paragraph, and first and last line where its lines count; else ``None``."""
    if passage is None:
        return {"paragraph": None, "lines": None}
    found = locator_of(evidence.texts[passage.source], passage.match)
    return {"paragraph": found.paragraph, "lines": list(found.lines) if found.lines else None}


def _text(entry: EvidenceEntry) -> str:
    """The words that an entry is shown by."""
    if isinstance(entry, Statement):
        return entry.words
    if isinstance(entry, Quote):
        return entry.text
    if isinstance(entry, (Source, Table, Chart, Section)):
        return entry.title
    if isinstance(entry, Image):
        return f"{entry.file}: {entry.alt}"
    return entry.name if isinstance(entry, (Person, Organisation, Scope)) else ""


def _texts(value: object) -> Iterator[str]:
    """All texts in a plain value."""
    if isinstance(value, str):
        yield value
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(below)
