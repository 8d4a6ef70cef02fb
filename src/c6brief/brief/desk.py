"""What lies on the desk while one brief is composed, shared by those who write its text and its blocks."""

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
class FigurePlan:
    """What the figures room knows of a chart before drawing it: whose data it shows, and how wide it is."""

    sources: tuple[str, ...]
    width: str
    entries: tuple[str, ...] = ()
    """Ids of the quotations, events and claims that it draws: the brief rests on them."""
    table: DesignedTable | None = None
    """The table that is printed in place of a drawing."""


@dataclass(frozen=True)
class Desk:
    """The evidence, what is planned of its charts, and the books that are kept in reading order."""

    evidence: Evidence
    plans: Mapping[str, FigurePlan]
    problems: Problems
    wording: Wording
    notes: Notes
    recorder: Recorder
