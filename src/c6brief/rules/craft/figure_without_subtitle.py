"""A figure does not say what it shows, in which unit, of when."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for chart in house.evidence.charts.values():
        hint = "what is shown, unit, period"
        if not chart.subtitle.strip():
            yield Finding("this figure has no subtitle", chart.place("subtitle"), hint)
        elif chart.subtitle.strip(" .").lower() == chart.title.strip(" .").lower():
            yield Finding("the subtitle of this figure repeats its title", chart.place("subtitle"), hint)


register(
    Rule(
        name="figure-without-subtitle",
        severity="warning",
        about="house",
        line="a chart has an empty subtitle, or one that repeats its title",
        why="The title says what to see. The subtitle says what is shown, its unit and its period.",
        check=_check,
    )
)
