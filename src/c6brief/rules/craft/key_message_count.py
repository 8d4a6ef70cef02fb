"""The brief has no key messages, or too few or too many to be remembered."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

FEWEST, MOST = 3, 6
"""On page one; docs/good-briefs.md."""


def _check(subject: Subject) -> Iterator[Finding]:
    count = len(subject.spec.key_messages)
    if not FEWEST <= count <= MOST:
        found = "no key messages" if count == 0 else "one key message" if count == 1 else f"{count} key messages"
        hint = "key_messages: what a reader must take away, one sentence or two each"
        yield Finding(f"{found}; {FEWEST} to {MOST} are remembered", subject.spec.place("key_messages", key=True), hint)


register(
    Rule(
        name="key-message-count",
        severity="warning",
        about="brief",
        line=f"the brief has fewer than {FEWEST} or more than {MOST} key messages",
        why="Page one has to carry the brief for those who read nothing else.",
        check=_check,
    )
)
