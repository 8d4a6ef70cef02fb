"""Figures: an SVG drawing for each chart of the evidence base.

A kind of chart is one folder: ``bar``, ``line``, ``map`` and so on. Its ``kind.py`` holds one class, registered under
the kind's name: the keys, the checks, the sources and the data of such charts. Its ``drawing.py``, imported when a
chart is drawn, computes where everything stands, in points from the top left, and puts it on a canvas. A folder with a
``kind.py`` is a kind; no list names it. No kind imports another one: small multiples ask the registry for the kind of
their panels.

What kinds share:

- ``charts``: what other rooms ask of a chart. :func:`check_chart` reports every mistake at the word that is wrong;
  :func:`draw_chart` then gives one ``<svg>`` element to stand in a page, at its width as printed.
- ``kinds``, ``registry``: what a kind is, and which there are; beside them ``data``, ``checks``, ``words``, ``cache`` and
  ``refusals``.
- ``rows``: where the rows of a chart come from, and their checks: ``tabular`` (tables), ``series`` (values under names
  over categories or times), ``counts`` (evidence counted).
- ``drawing``: the canvas, which holds Matplotlib's paths and texts in its fonts, without pyplot and without axes; the
  style, palettes, signs, scales, numbers; SVG to stand in a page, and files for slides.
- ``annotations``: words with arrows, bands and reference lines on every plot with axes; their keys, checks and places.
- ``time``: plots along years, dates, numbers or words, for lines, areas and slopes.
- ``atlas``: countries, for maps and ladders.

Imports lead from the kinds to what they share, never back. Nothing imports Matplotlib or NumPy before something is
drawn.
"""

from c6brief.figures.charts import check_chart, data_of, draw_chart, files_of, sources_of, table_of_chart, width_of
from c6brief.figures.data import ChartData
from c6brief.figures.drawing.style import STYLE, Style, style_with_colours
from c6brief.figures.kinds import ChartKind, ChartOptions, DrawContext
from c6brief.figures.registry import chart_kind, known_kinds

__all__ = [
    "STYLE",
    "ChartData",
    "ChartKind",
    "ChartOptions",
    "DrawContext",
    "Style",
    "chart_kind",
    "check_chart",
    "data_of",
    "draw_chart",
    "files_of",
    "known_kinds",
    "sources_of",
    "style_with_colours",
    "table_of_chart",
    "width_of",
]
