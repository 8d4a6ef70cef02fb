"""A recommendation without a date by which it should be done."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Finding]:
    vague = subject.words.vague_deadlines if subject.words else frozenset()
    for index, each in enumerate(subject.spec.recommendations):
        at, hint = ("recommendations", index), "by: a date or an occasion that has one"
        if not each.by.strip():
            key = "by" if "by" in each.model_fields_set else "action"
            yield Finding("this recommendation has no deadline", subject.spec.place(*at, key), hint)
        elif each.by.strip().rstrip(".").lower() in vague:
            yield Finding(f"'{each.by.strip()}' is no deadline", subject.spec.place(*at, "by"), hint)


register(
    Rule(
        name="no-deadline",
        severity="warning",
        about="brief",
        line="a recommendation has no deadline, or a vague one",
        why="“Soon” and “in due course” cannot be held against anybody. A date or a dated occasion can.",
        check=_check,
    )
)
