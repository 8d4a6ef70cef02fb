"""A figure of numbers whose subtitle does not say what they are counted in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.charts import drawn_numbers
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for chart in house.evidence.charts.values():
        if chart.kind == "table":
            continue  # its headings name them
        units = {field.unit.strip() for field in drawn_numbers(chart, house.evidence) if field.unit}
        keys = chart.model_extra or {}
        if units and (keys.get("share") is True or keys.get("arrange") == "share"):
            units = {"%"}  # whatever is counted, shares of it are drawn
        missing = sorted(unit for unit in units if not _says(chart.subtitle, unit))
        if missing and chart.subtitle.strip():
            hint = f"add the unit to the subtitle: {', '.join(missing)}"
            yield Finding("the subtitle of this figure does not name the unit", chart.place("subtitle"), hint)


def _says(subtitle: str, unit: str) -> bool:
    """Whether each word of the unit stands in the subtitle, in any form: "tonnes" in "tonne", "%" in "per cent"."""
    words = subtitle.lower()
    if unit == "%":
        return any(form in words for form in ("%", "per cent", "percent", "share"))
    stems = [word[: max(3, len(word) - 2)] for word in re.findall(r"\w+", unit.lower())]
    return all(stem in words for stem in stems) if stems else unit.lower() in words


register(
    Rule(
        name="figure-without-unit",
        severity="warning",
        about="house",
        line="the subtitle of a chart of numbers does not name their unit",
        why=(
            "A number without its unit is no fact. Fields of tables carry a `unit`; every word of it should stand in the "
            "subtitle, where it is read before the drawing."
        ),
        check=_check,
    )
)
