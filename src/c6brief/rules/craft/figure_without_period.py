"""A figure of numbers whose subtitle does not say of when they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.charts import drawn_numbers
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview

_YEAR = re.compile(r"(?<!\d)(1[5-9]|20|21)\d\d(?!\d)")
_SAID = re.compile(r"(?<!\w)(latest|undated|no year)(?!\w)", re.IGNORECASE)
"""That the source gives no year is a period too, if it is said."""


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for chart in house.evidence.charts.values():
        if (
            chart.subtitle.strip()
            and drawn_numbers(chart, house.evidence)
            and not (_YEAR.search(chart.subtitle) or _SAID.search(chart.subtitle))
        ):
            hint = "add the year, the years or the day that the numbers are of"
            yield Finding("the subtitle of this figure names no period", chart.place("subtitle"), hint)


register(
    Rule(
        name="figure-without-period",
        severity="warning",
        about="house",
        line="the subtitle of a chart of numbers does not say of when they are",
        why=(
            "Numbers grow old. The subtitle says of which year, years or day they are; the finding is made where no "
            "year with four digits stands in it, nor that it is the latest figure, or undated."
        ),
        check=_check,
    )
)
