"""An alternative text that a listener cannot skim."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview

MOST_CHARACTERS = 250
"""Twice the 125 characters that docs/good-briefs.md aims at: beyond, it is a description for the text."""


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for chart in house.evidence.charts.values():
        count = len(" ".join(chart.alt.split()))
        if count > MOST_CHARACTERS:
            message = f"the alternative text has {count} characters, at most {MOST_CHARACTERS} are listened to"
            yield Finding(message, chart.place("alt"), "type, data and trend; the rest goes to the text")


register(
    Rule(
        name="alt-too-long",
        severity="warning",
        about="house",
        line=f"the alternative text of a chart has more than {MOST_CHARACTERS} characters",
        why="It cannot be skimmed, paused or searched by ear. Aim at 125 characters; details belong in the prose.",
        check=_check,
    )
)
