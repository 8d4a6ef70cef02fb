"""A recommendation that rests on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Finding]:
    for advice in subject.advice:
        each = subject.spec.recommendations[advice.index]
        if not each.evidence and not advice.action.citations:
            key = "evidence" if "evidence" in each.model_fields_set else "action"
            place = subject.spec.place("recommendations", advice.index, key)
            yield Finding("this recommendation names no evidence", place, "evidence: [the claims it rests on]")


register(
    Rule(
        name="no-evidence",
        severity="warning",
        about="brief",
        line="a recommendation names no evidence",
        why="What a house recommends follows from what the brief shows; `evidence` lists the claims that it rests on.",
        check=_check,
    )
)
