"""An alternative text that does not say what kind of figure there is."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.language import any_of
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for chart in house.evidence.charts.values():
        if house.words and chart.alt.strip() and not any_of(house.words.chart_types).search(chart.alt):
            hint = "begin with the type: 'Timeline of …', 'Bar chart of …'"
            yield Finding("the alternative text does not say what kind of figure this is", chart.place("alt"), hint)


register(
    Rule(
        name="alt-without-type",
        severity="warning",
        about="house",
        line="the alternative text of a chart does not name the type of figure",
        why="A map, a timeline and a matrix are listened to in different ways. One word, best the first, says which.",
        check=_check,
    )
)
