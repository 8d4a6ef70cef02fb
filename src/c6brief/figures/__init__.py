"""Figures: an SVG drawing for each chart of the evidence base.

A chart's ``kind`` is one file in ``kinds/``. It says which keys it takes, checks them, names the sources whose data it
shows, and draws. :func:`check_chart` reports every mistake at the word that is wrong; :func:`draw_chart` then gives one
``<svg>`` element to stand in a page, at its width as printed.

Where a kind's rows come from, and what kinds check alike, is in ``tabular``, ``series`` and ``counts``. How a drawing is
made: a kind computes where everything stands, in points from the top left, and puts it on a ``Canvas``, a thin layer
over Matplotlib's paths and texts without pyplot and without axes. ``svg`` writes the sheet as an element of a page;
Matplotlib's own backends write it as PDF and PNG. ``fonts`` measures with the very files that the page prints with,
``style`` holds every colour and size, ``palette`` what tells series apart; ``scale``, ``axes`` and ``numbers`` make scales.

What only one family of kinds needs lies beside its likes: ``bars``, ``cells`` (heatmaps, waffles), ``points`` (dots, scatter
plots, histograms), ``lines`` (lines, areas, slopes), ``maps``, ``accounts`` (timelines, coverage, ladders), ``tables``,
``panels`` (small multiples). Those modules import the foundation, never the other way round.

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
