"""Drawing a checked chart."""

from __future__ import annotations

from collections.abc import Mapping

from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Chart
from c6brief.figures.counts import in_words
from c6brief.figures.kind import Options, Setting, Width, known_kinds
from c6brief.figures.style import STYLE, Style, drawing_settings
from c6brief.figures.words import Words


def draw_chart(
    chart: Chart,
    options: Options,
    evidence: Evidence,
    labels: Mapping[str, str],
    *,
    width_mm: float,
    language: str = "en",
    style: Style = STYLE,
) -> str:
    """The chart as one ``<svg>`` element to stand in a page: texts as texts, ``alt`` as its title, no outside parts.

    ``options`` come from :func:`~c6brief.figures.checking.check_chart`; ``labels`` are those of the sources (S1);
    ``width_mm`` is the width as printed, at which the sizes of texts hold. The same input gives the same bytes.
    """
    from c6brief.figures.svg import inline_svg  # here: Matplotlib costs half a second

    setting = Setting(evidence, labels, width_mm, Words(language), style)
    options = in_words(options, setting.words)
    with drawing_settings(chart.id):
        return inline_svg(known_kinds()[chart.kind].draw(options, setting), f"chart-{chart.id}", chart.alt)


def sources_of(chart: Chart, options: Options, evidence: Evidence) -> tuple[str, ...]:
    """Ids of the sources whose data the chart shows, each once, in the order shown."""
    named = (chart.source,) if chart.source else ()
    return tuple(dict.fromkeys((*named, *known_kinds()[chart.kind].sources(options, evidence))))


def width_of(chart: Chart) -> Width:
    """How wide it stands on the page: as its specification says, else as its kind does."""
    return chart.width or known_kinds()[chart.kind].width
