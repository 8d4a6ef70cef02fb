"""An alternative text that does not end."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview

ENDS = (".", "!", "?", "…", ".”", '."', "。")


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for chart in house.evidence.charts.values():
        if not chart.alt.rstrip().endswith(ENDS):
            yield Finding(
                "the alternative text does not end with a full stop", chart.place("alt"), "end it with a full stop"
            )


register(
    Rule(
        name="alt-unfinished",
        severity="warning",
        about="house",
        line="the alternative text of a chart does not end with a full stop",
        why="A screen reader runs it into the next paragraph otherwise.",
        check=_check,
    )
)
