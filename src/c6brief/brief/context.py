"""What the writers of text and blocks share while one brief is composed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from c6brief.brief.cross_references import CrossReferences
from c6brief.brief.notes import Notes
from c6brief.brief.recorder import Recorder
from c6brief.brief.wording import Wording
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.marked_words import MarkedWords
from c6brief.evidence.table_models import DesignedTable


@dataclass(frozen=True)
class FigureSpec:
    """What is known of a chart before it is drawn."""

    sources: tuple[str, ...]
    """Ids of the sources whose data it shows, in the order shown."""
    width: str
    """``full``, ``column`` or ``margin``."""
    entries: tuple[str, ...] = ()
    """Ids of the quotations, events and claims that it draws; the brief rests on them."""
    table: DesignedTable | None = None
    """The table that is printed in place of a drawing."""
    files: tuple[Path, ...] = ()
    """The files of the project that it is drawn by, beside those of its data."""
    annotations: tuple[tuple[tuple[str | int, ...], str], ...] = ()
    """The words that its author wrote into the drawing, each with its way in the chart's file."""


@dataclass(frozen=True)
class ComposeContext:
    """The evidence, what is known of its charts, and the notes and the record, written in the order of reading."""

    evidence: Evidence
    marked: MarkedWords
    figure_specs: Mapping[str, FigureSpec]
    problems: Problems
    wording: Wording
    notes: Notes
    recorder: Recorder
    references: CrossReferences
