"""A brief that nobody signs."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Finding]:
    if not any(author.name.strip() for author in subject.spec.authors):
        place = subject.spec.place("authors", key=True)
        yield Finding("nobody signs this brief", place, "authors: [{name: …, role: …}]")


register(
    Rule(
        name="no-author",
        severity="warning",
        about="brief",
        line="the brief names no author",
        why="A reader has to know whom to ask. A desk or a house may sign in place of a person.",
        check=_check,
    )
)
