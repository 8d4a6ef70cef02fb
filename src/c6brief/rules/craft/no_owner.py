"""A recommendation that nobody in the house follows up."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Finding]:
    for index, each in enumerate(subject.spec.recommendations):
        if not each.owner.strip():
            key = "owner" if "owner" in each.model_fields_set else "action"
            place = subject.spec.place("recommendations", index, key)
            yield Finding("nobody sees to this recommendation", place, "owner: who follows it up")


register(
    Rule(
        name="no-owner",
        severity="warning",
        about="brief",
        line="a recommendation has no owner",
        why="The addressee should act; the owner sees to it that it is not forgotten, and answers for it.",
        check=_check,
    )
)
