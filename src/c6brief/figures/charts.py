"""What other rooms ask of a chart: check it, draw it, its sources, its width, its data, its table."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from c6brief.documents.entries import validate_as
from c6brief.documents.files import display_name
from c6brief.documents.images.facts import BadImage
from c6brief.documents.problems import Place, Problems, Span, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.table_models import Chart, DesignedTable
from c6brief.figures.annotations.rules import CROWDED_WORDS
from c6brief.figures.cache import FigureCache
from c6brief.figures.data import ChartData
from c6brief.figures.drawing.style import POINTS_PER_MM, STYLE, Style
from c6brief.figures.kinds import CannotDraw, ChartOptions, DrawContext, Width
from c6brief.figures.refusals import REFUSED_KEYS, refused_kind
from c6brief.figures.registry import extension_problems, is_built_in, kind_named, kind_of, known_kinds
from c6brief.figures.rows.counts import CountedOptions, entries_of, in_words
from c6brief.figures.rows.tabular import TabularOptions, table_of
from c6brief.figures.words import FigureWords

if TYPE_CHECKING:  # the canvas imports Matplotlib, which no check pays for
    from c6brief.figures.drawing.canvas import Canvas


def check_chart(chart: Chart, evidence: Evidence, problems: Problems) -> ChartOptions | None:
    """The chart with the keys of its kind; ``None`` where a problem keeps it from being drawn.

    Problems: ``unknown-value`` (kind, country), ``unknown-id`` (event, source, scope, theme), ``refused-figure`` (what
    :mod:`c6brief.figures.refusals` names), ``broken-extension`` (a package that may bring the kind but cannot be
    imported), and those of :func:`c6brief.documents.entries.validate` and of the kind.
    """
    kind = kind_named(chart.kind)
    if kind is None or not is_built_in(kind):
        problems.add_all(extension_problems())
    refusal = refused_kind(chart.kind) if kind is None else None
    if refusal is not None:
        problems.error(refusal.rule, f"no '{chart.kind}' here: {refusal.reason}", chart.place("kind"), refusal.hint)
        return None
    if kind is None:
        hint = did_you_mean(chart.kind, known_kinds())
        problems.error("unknown-value", f"no kind of chart is called '{chart.kind}'", chart.place("kind"), hint)
        return None
    refused = {**REFUSED_KEYS, **kind.options.refused}
    options: ChartOptions | None = validate_as(kind.options, chart, problems, given={"id": chart.id}, refused=refused)
    if options is None:
        return None
    return options if kind.check(options, evidence, problems) else None


def sources_of(chart: Chart, options: ChartOptions, evidence: Evidence) -> tuple[str, ...]:
    """Ids of the sources whose data the chart shows, each once, in the order shown."""
    named = (chart.source,) if chart.source else ()
    return tuple(dict.fromkeys((*named, *kind_of(chart).sources(options, evidence))))


def width_of(chart: Chart) -> Width:
    """How wide it stands on the page: as its specification says, else as its kind does."""
    return chart.width or kind_of(chart).width


def files_of(chart: Chart, options: ChartOptions) -> tuple[Path, ...]:
    """The files of the project that the chart is drawn by, beside those of its data."""
    return kind_of(chart).files(options)


def data_of(chart: Chart, options: ChartOptions, evidence: Evidence) -> ChartData | None:
    """The data that ``chart`` draws; ``None`` if its kind has none to give. What was counted is among its entries."""
    found = kind_of(chart).data(options, evidence)
    if found is not None and isinstance(options, CountedOptions) and options.counts:
        found = replace(found, entries=tuple(entry.id for entry in entries_of(options, evidence)))
    return found


def table_of_chart(chart: Chart, options: ChartOptions, evidence: Evidence) -> DesignedTable | None:
    """The table that is printed in place of a drawing; ``None`` for charts that are drawn."""
    return kind_of(chart).table(options, evidence)


def draw_chart(
    chart: Chart,
    options: ChartOptions,
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

    ``options`` come from :func:`check_chart`; ``labels`` are those of the sources (S1); ``width_mm`` is the width as
    printed, at which the sizes of texts hold. The same input gives the same bytes, drawn or taken from ``cache``.
    Problems, for which nothing is kept in the cache: ``missing-glyph``, ``font-format``, ``crowded-words``, and those of the
    kind's ``permit``, ``draw`` and ``verify``. Without ``problems``, ``BadFont`` and ``CannotDraw`` are raised.
    """
    svg = ""

    def draw(context: DrawContext) -> str | None:
        nonlocal svg
        from c6brief.figures.drawing.fonts import drawing_settings  # here: Matplotlib takes its time
        from c6brief.figures.drawing.svg import inline_svg

        with drawing_settings(chart.id, style):
            canvas, may_be_kept = draw_canvas(chart, options, context, problems)
            if canvas is not None:
                svg = inline_svg(canvas, f"chart-{chart.id}", chart.alt)
            return svg if may_be_kept else None

    context = DrawContext(evidence, labels, width_mm, FigureWords(language), style)
    options = in_words(options, context.words)
    if not kind_of(chart).permit(options, Problems() if problems is None else problems):
        cache = None
    kept = cache.drawing(options, context, draw) if cache else draw(context)
    return kept or svg


def draw_canvas(
    chart: Chart, options: ChartOptions, context: DrawContext, problems: Problems | None
) -> tuple[Canvas | None, bool]:
    """The drawing of ``chart``, ``None`` after problems, and whether it may be kept: nothing was told of it.

    Must be called within the settings of the drawing. Problems are those of :func:`draw_chart`.
    """
    from c6brief.figures.drawing.fonts import BadFont  # here: Matplotlib takes its time

    kind = kind_of(chart)
    try:
        canvas = kind.draw(options, context)
        lacks = report_missing_glyphs(canvas, chart, options, context.evidence, problems)
        may_be_kept = kind.verify(options, canvas, context, Problems() if problems is None else problems)
        crowded = _report_crowded(canvas, chart, problems)
        return canvas, may_be_kept and not lacks and not crowded
    except BadFont as font:
        if problems is None:
            raise
        message = f"'{display_name(Path(str(font)))}', a face of figures, is damaged"
        problems.error("font-format", message, chart.place(), "get the font's file again")
    except CannotDraw as reason:
        if problems is None:
            raise
        problems.add(reason.problem)
    except (BadImage, OSError) as reason:
        if problems is None:
            raise
        rule, hint = (reason.rule, reason.hint) if isinstance(reason, BadImage) else ("not-readable", "")
        problems.error(rule, f"the image cannot be printed: {reason}", chart.place("file"), hint)
    return None, False


def report_missing_glyphs(
    canvas: Canvas, chart: Chart, options: ChartOptions, evidence: Evidence, problems: Problems | None
) -> bool:
    """Whether a text of ``canvas`` has characters that its font lacks. Problem: ``missing-glyph``, once for each.

    Must be called within the settings that the canvas was drawn in.
    """
    from c6brief.figures.drawing import fonts  # here: Matplotlib takes its time

    lacking = {char for text in canvas.texts.values() for char in fonts.missing_characters(text.words, text.face)}
    for char in sorted(lacking):
        name = unicodedata.name(char, "a character without a name")
        message = f"'{canvas.style.family}', the face of figures, has no U+{ord(char):04X} ({name})"
        hint = "write it otherwise, or give figures a face that has it (`--sans`, or `figures` in _brand.yml)"
        if problems is not None:
            place = kind_of(chart).find(options, char) or _place_of(char, chart, options, evidence)
            problems.error("missing-glyph", message, place, hint)
    return bool(lacking)


def _report_crowded(canvas: Canvas, chart: Chart, problems: Problems | None) -> bool:
    """Whether words of ``canvas`` have no room of their own. Problem: ``crowded-words``, at each."""
    for at, words in canvas.crowded:
        message = f"no room near its place for '{words[:40]}' at a width of {canvas.width / POINTS_PER_MM:.0f} mm"
        hint = "fewer words, another place, an arrow ('to'), or a wider figure"
        if problems is not None:
            problems.report(CROWDED_WORDS, message, chart.place(*at), hint)
    return bool(canvas.crowded)


def _place_of(char: str, chart: Chart, options: ChartOptions, evidence: Evidence) -> Place:
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
