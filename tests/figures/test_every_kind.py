"""Every kind of chart, drawn from the gallery: readable in eight languages, at every width, in grey; and its data travel."""

from __future__ import annotations

import csv
import io
import re

import pytest

from c6brief.build.project_state import ProjectState, load_project
from c6brief.documents.contrast import LIGHTNESS_STEP, lightness
from c6brief.documents.project import Project
from c6brief.figures import STYLE, draw_chart, known_kinds, sources_of, width_of
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.kinds import DrawContext
from c6brief.figures.rows.counts import in_words
from c6brief.figures.words import FigureWords
from c6brief.pages.page_style import WIDTHS_MM
from tests.support.charts import LANGUAGES, assert_readable
from tests.support.paths import REPOSITORY

BASES = [load_project(Project(REPOSITORY / "docs" / "gallery")), load_project(Project(REPOSITORY))]
EVERY = {id: base for base in BASES for id in base.charts}
CHARTS = {id: base for id, base in EVERY.items() if base.evidence.charts[id].kind != "matplotlib"}
"""All but those drawn by code, which is a reader's own (``tests/figures/test_own_code.py``)."""
LETTERED = [id for id, base in CHARTS.items() if base.evidence.charts[id].kind != "image"]
"""Charts whose letters we set: those in pixels that were made elsewhere have none to measure."""


def canvas(base: ProjectState, id: str, width_mm: float, language: str):
    chart, words = base.evidence.charts[id], FigureWords(language)
    options = in_words(base.charts[id], words)
    labels = {source: f"S{number}" for number, source in enumerate(sources_of(chart, options, base.evidence), 1)}
    context = DrawContext(base.evidence, labels, width_mm, words, STYLE)
    with drawing_settings(id, STYLE):
        return known_kinds()[chart.kind].draw(options, context)


def test_every_kind_is_here() -> None:
    assert {base.evidence.charts[id].kind for id, base in EVERY.items()} == set(known_kinds())


@pytest.mark.sample(8)
@pytest.mark.parametrize("id", LETTERED)
def test_it_can_be_read_in_every_language_and_at_every_width(id: str) -> None:
    base = CHARTS[id]
    own = WIDTHS_MM[width_of(base.evidence.charts[id])]
    for language in LANGUAGES:
        assert_readable(canvas(base, id, own, language))
    for width_mm in set(WIDTHS_MM.values()) - {own}:
        if width_mm > 100 or base.evidence.charts[id].kind not in NOT_IN_THE_MARGIN:
            assert_readable(canvas(base, id, width_mm, "en"))


NOT_IN_THE_MARGIN = ("timeline", "coverage", "map")
"""Kinds that need more than 42 mm."""


@pytest.mark.parametrize("id", CHARTS)
def test_letters_stand_out_from_paper_in_grey(id: str) -> None:
    """Text is never told by a faint colour: printed in grey every letter is far from the paper, or paper on dark."""
    base = CHARTS[id]
    svg = draw_chart(base.evidence.charts[id], base.charts[id], base.evidence, {}, width_mm=170)
    for colour in set(re.findall(r'<text [^>]*fill="(#[0-9a-f]{6})"', svg)):
        apart = abs(lightness(STYLE.paper) - lightness(colour))
        assert apart > 4 * LIGHTNESS_STEP or colour in (STYLE.paper, "#ffffff"), colour


@pytest.mark.parametrize("id", CHARTS)
def test_the_data_travel_as_csv(id: str) -> None:
    data = CHARTS[id].data[id]
    rows = list(csv.reader(io.StringIO(data.to_csv().decode())))
    assert rows[0] == list(data.columns) and len(rows) == len(data.rows) + 1 > 1
    assert all(len(row) == len(data.columns) for row in rows)
