"""What the parts of composing share while one brief is composed: text, blocks, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from c6brief.brief.notes import Notes
from c6brief.brief.recorder import Recorder
from c6brief.brief.wording import Wording
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import DesignedTable


@dataclass(frozen=True)
class FigureSpec:
    """What the figures room knows of a chart before drawing it: whose data it shows, and how wide it is."""

    sources: tuple[str, ...]
    width: str
    entries: tuple[str, ...] = ()
    """Ids of the quotations, events and claims that it draws: the brief rests on them."""
    table: DesignedTable | None = None
    """The table that is printed in place of a drawing."""


@dataclass(frozen=True)
class ComposeContext:
    """The evidence, what is known of its charts, and the notes and records that are kept in reading order."""

    evidence: Evidence
    figure_specs: Mapping[str, FigureSpec]
    problems: Problems
    wording: Wording
    notes: Notes
    recorder: Recorder
