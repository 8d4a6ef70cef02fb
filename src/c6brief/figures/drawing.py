"""Drawing a checked chart."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems, Span
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Chart
from c6brief.figures.cache import FigureCache
from c6brief.figures.counts import in_words
from c6brief.figures.kind import DrawContext, Options, Width, kind_of
from c6brief.figures.style import STYLE, Style, drawing_settings
from c6brief.figures.tabular import TabularOptions, table_of
from c6brief.figures.words import Words

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas


def draw_chart(
    chart: Chart,
    options: Options,
    evidence: Evidence,
    labels: Mapping[str, str],
    *,
    width_mm: float,
    language: str = "en",
    style: Style = STYLE,
    problems: Problems | None = None,
    cache: FigureCache | None = None,
) -> str:
    """The chart as one ``<svg>`` element to stand in a page: texts as texts, ``alt`` as its title, no outside parts.

    ``options`` come from :func:`~c6brief.figures.checking.check_chart`; ``labels`` are those of the sources (S1);
    ``width_mm`` is the width as printed, at which the sizes of texts hold. The same input gives the same bytes, drawn
    or taken from ``cache``. Problems, for which nothing is kept in the cache: ``missing-glyph``, ``font-format``.
    """
    made = ""

    def draw(setting: DrawContext) -> str | None:
        nonlocal made
        from c6brief.figures.fonts import BadFont  # here: Matplotlib takes its time
        from c6brief.figures.svg import inline_svg

        try:
            with drawing_settings(chart.id, style):
                canvas = kind_of(chart).draw(options, setting)
                made = inline_svg(canvas, f"chart-{chart.id}", chart.alt)
                return None if check_letters(canvas, chart, options, evidence, problems) else made
        except BadFont as font:
            if problems is None:
                raise
            message = f"'{display_name(Path(str(font)))}', a face of figures, is damaged"
            problems.error("font-format", message, chart.place(), "get the font's file again")
            return None

    setting = DrawContext(evidence, labels, width_mm, Words(language), style)
    options = in_words(options, setting.words)
    kept = cache.drawing(options, setting, draw) if cache else draw(setting)
    return kept or made


def check_letters(
    canvas: Canvas, chart: Chart, options: Options, evidence: Evidence, problems: Problems | None
) -> bool:
    """Whether a text of ``canvas`` has characters that its font lacks. Problem: ``missing-glyph``, once for each.

    Must be called within the settings that the canvas was made in.
    """
    from c6brief.figures import fonts

    lacking = {char for text in canvas.letterings.values() for char in fonts.missing(text.words, text.face)}
    for char in sorted(lacking):
        name = unicodedata.name(char, "a character without a name")
        message = f"'{canvas.style.family}', the face of figures, has no U+{ord(char):04X} ({name})"
        hint = "write it otherwise, or give figures a face that has it (`--sans`, or `figures` in _brand.yml)"
        if problems is not None:
            problems.error("missing-glyph", message, _where(char, chart, options, evidence), hint)
    return bool(lacking)


def _where(char: str, chart: Chart, options: Options, evidence: Evidence) -> Place:
    """Where the chart's file or its table says ``char``; the chart itself where it comes from elsewhere."""
    document = chart.document
    if document is not None:
        for number, line in enumerate(document.text.split("\n"), document.first_line):
            if char in line:
                at = line.index(char) + 1
                return document.place_of(Span(number, at, number, at + 1))
    if isinstance(options, TabularOptions):
        table = table_of(options, evidence)
        for row, cells in enumerate(table.rows or ()):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and char in cell:
                    return table.cell_place(row, column)
    return chart.place()


def sources_of(chart: Chart, options: Options, evidence: Evidence) -> tuple[str, ...]:
    """Ids of the sources whose data the chart shows, each once, in the order shown."""
    named = (chart.source,) if chart.source else ()
    return tuple(dict.fromkeys((*named, *kind_of(chart).sources(options, evidence))))


def width_of(chart: Chart) -> Width:
    """How wide it stands on the page: as its specification says, else as its kind does."""
    return chart.width or kind_of(chart).width
