"""More recommendations than anybody will act on."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

MOST = 5
"""docs/good-briefs.md."""


def _check(subject: Subject) -> Iterator[Finding]:
    count = len(subject.spec.recommendations)
    if count > MOST:
        place = subject.spec.place("recommendations", MOST, "action")
        yield Finding(f"{count} recommendations, at most {MOST} are acted on", place, "keep those that matter most")


register(
    Rule(
        name="too-many-recommendations",
        severity="warning",
        about="brief",
        line=f"the brief has more than {MOST} recommendations",
        why="The finding stands at the first one too many.",
        check=_check,
    )
)
