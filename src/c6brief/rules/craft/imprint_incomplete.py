"""The house signs its briefs and leaves out what the colophon owes the reader."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview

OWED = {"licence": "under which the brief may be passed on", "contact": "whom a reader can ask"}


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    if not house.settings.publisher.strip():
        return
    for key, what in OWED.items():
        if not getattr(house.settings, key).strip():
            place = house.settings.place("publisher", key=True)
            yield Finding(f"the imprint has a publisher and no {key}", place, f"add '{key}: …', {what}")


register(
    Rule(
        name="imprint-incomplete",
        severity="warning",
        about="house",
        line="`_brand.yml` names a publisher, and no licence or no contact",
        why="Licence and contact stand in the colophon of every brief. Projects without a publisher are left alone.",
        check=_check,
    )
)
