"""A recommendation is made to nobody in particular."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Finding]:
    vague = subject.words.vague_addressees if subject.words else frozenset()
    for index, each in enumerate(subject.spec.recommendations):
        place = subject.spec.place("recommendations", index, "addressee")
        hint = "name the office that can do it"
        if not each.addressee.strip():
            yield Finding("this recommendation is made to nobody", place, hint)
        elif each.addressee.strip().rstrip(".").lower() in vague:
            yield Finding(f"'{each.addressee.strip()}' is nobody in particular", place, hint)


register(
    Rule(
        name="no-addressee",
        severity="warning",
        about="brief",
        line="a recommendation has no addressee, or one that is nobody in particular",
        why="“Stakeholders”, “governments” or “the international community” will not read that they are meant.",
        check=_check,
    )
)
