"""An alternative text that says what kind of figure there is, and nothing of what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.charts import drawn_numbers
from c6brief.rules.numbers import numbers_in
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for chart in house.evidence.charts.values():
        if chart.alt.strip() and drawn_numbers(chart, house.evidence) and not numbers_in(chart.alt, house.words):
            hint = "say the numbers that matter and where they lead: 'from 48 in 1952 to 71 in 2007'"
            yield Finding("the alternative text of this figure gives none of its data", chart.place("alt"), hint)


register(
    Rule(
        name="alt-without-data",
        severity="warning",
        about="house",
        line="the alternative text of a chart of numbers has no number in it",
        why=(
            "Who cannot see the drawing wants its type, its data and its trend. The finding is made for charts of tables "
            "whose alternative text has not one number, in digits or in words."
        ),
        check=_check,
    )
)
