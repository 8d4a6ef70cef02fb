"""An alternative text that says what the caption says already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for chart in house.evidence.charts.values():
        alt = _bare(chart.alt)
        captions = {"title": chart.title, "subtitle": chart.subtitle, "note": chart.note or ""}
        captions["title and subtitle"] = f"{chart.title} {chart.subtitle}"
        for name, caption in captions.items():
            if alt and alt == _bare(caption):
                hint = "say the type of figure, its data and its trend"
                yield Finding(f"the alternative text repeats the {name}", chart.place("alt"), hint)
                break


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


register(
    Rule(
        name="alt-repeats-caption",
        severity="warning",
        about="house",
        line="the alternative text of a chart repeats its title, subtitle or note",
        why="Who listens has heard the caption. The alternative text replaces the drawing: its type, data and trend.",
        check=_check,
    )
)
