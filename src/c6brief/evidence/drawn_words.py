"""Words in marks in the texts of drawings that were made elsewhere, held against their sources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from c6brief.documents.problems import Place
from c6brief.evidence.base import Evidence
from c6brief.evidence.marked_words import MarkedWords

_HINT = "words in marks in a drawing stand in the text of its source: name it under 'source'"


def check_drawn_words(evidence: Evidence, marked: MarkedWords, chart_sources: Mapping[str, tuple[str, ...]]) -> None:
    """Hold words in marks in the texts of drawings against the source of the image or chart.

    Words that are drawn as outlines, or stand in pixels, cannot be read. Problems: those of
    :class:`~c6brief.evidence.marked_words.MarkedWords`.
    """
    for id, file in evidence.image_files.items():
        entry = evidence.images.get(id) or evidence.charts.get(id)
        if entry is None or not file.facts.words:
            continue
        own = (entry.source,) if entry.source else ()
        place = entry.place("file")
        marked.line("\n".join(file.facts.words), chart_sources.get(id, own), partial(_always, place), hint=_HINT)


def _always(place: Place, _: str) -> Place:
    return place
