"""The brief's title names a subject and says nothing of it."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.labels import is_label
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.words and is_label(subject.spec.title, subject.words.label_openings):
        hint = "write the message as a sentence with a verb"
        yield Finding("the title names a subject and not the message", subject.spec.place("title"), hint)


register(
    Rule(
        name="title-is-a-label",
        severity="warning",
        about="brief",
        line="the title of the brief names its subject in place of its message",
        why=(
            "Many readers see the title alone. “Overview of regional security” tells them nothing; “Six states, one "
            "security agenda” does. The finding is made for titles of fewer than four words and for those that begin "
            "like a label (“The role of”, “Challenges”, “Towards”, …)."
        ),
        check=_check,
    )
)
