"""Words in marks in the texts of drawings that were made elsewhere, held against their sources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from c6brief.documents.boundary import read_page_text
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Span
from c6brief.evidence.base import Evidence
from c6brief.evidence.image_files import ImageFile
from c6brief.evidence.marked_words import MarkedWords

_HINT = "words in marks in a drawing stand in the text of its source: name it under 'source'"


def check_drawn_words(evidence: Evidence, marked: MarkedWords, chart_sources: Mapping[str, tuple[str, ...]]) -> None:
    """Hold words in marks in the texts of drawings against the source of the image or chart.

    ``chart_sources`` are those of charts, by their ids. Words that are drawn as outlines, or stand in pixels, cannot be read.
    Problems: those of :class:`~c6brief.evidence.marked_words.MarkedWords`, at the line of the drawing.
    """
    for id, file in evidence.image_files.items():
        entry = evidence.images.get(id) or evidence.charts.get(id)
        if entry is not None and file.facts.words:
            own = (entry.source,) if entry.source else ()
            find = partial(_find, file, entry.place("file"))
            marked.line("\n".join(file.facts.words), chart_sources.get(id, own), find, hint=_HINT)


def _find(file: ImageFile, otherwise: Place, words: str) -> Place:
    """Where the drawing says ``words``, in one line; else the place where the drawing is named."""
    for number, line in enumerate(read_page_text(file.path).split("\n"), 1):
        if words and (at := line.find(words)) >= 0:
            return Place(display_name(file.path), Span(number, at + 1, number, at + 1 + len(words)), line)
    return otherwise
