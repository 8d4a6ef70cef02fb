"""A figure's title names what is drawn and not what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.labels import is_label
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for chart in house.evidence.charts.values():
        if house.words and is_label(chart.title, house.words.figure_label_openings):
            hint = "say what a reader should see; what is drawn goes to the subtitle"
            yield Finding("the title of this figure is a label, not its takeaway", chart.place("title"), hint)


register(
    Rule(
        name="figure-title-is-a-label",
        severity="warning",
        about="house",
        line="the title of a chart names what is drawn in place of what it shows",
        why=(
            "“Number of stations” makes readers look for the point themselves; “Two stations in three still have "
            "stairs” gives it. The finding is made for titles of fewer than four words and for those that begin like a "
            "label (“Number of”, “Map of”, …)."
        ),
        check=_check,
    )
)
