"""Figures: an SVG drawing for each chart of the evidence base.

A chart's ``kind`` (timeline, coverage, map, bar) is one file in ``kinds/``. It says which keys it takes, checks them,
names the sources whose data it shows, and draws. :func:`check_chart` reports every mistake at the word that is
wrong; :func:`draw_chart` then gives one ``<svg>`` element to stand in a page, at its width as printed.

How a drawing is made: a kind computes where everything stands, in points from the top left, and puts it on a
``Canvas`` (a thin layer over Matplotlib's artists, without pyplot and without axes). ``svg`` turns Matplotlib's file
into an element that can stand beside others. ``fonts`` measures with the very files that the page prints with;
``style`` holds every colour and size. For maps, ``atlas`` reads the outlines of countries, ``projection`` flattens
them, ``placement`` finds room for names.

Nothing here imports Matplotlib before something is drawn.
"""

from c6brief.figures.checking import check_chart
from c6brief.figures.drawing import draw_chart, sources_of, width_of
from c6brief.figures.kind import Options, known_kinds
from c6brief.figures.style import STYLE, Style, coloured

__all__ = [
    "STYLE",
    "Options",
    "Style",
    "check_chart",
    "coloured",
    "draw_chart",
    "known_kinds",
    "sources_of",
    "width_of",
]
