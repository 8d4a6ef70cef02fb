"""The brief's title does not fit on a cover or in a head."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.sentences import count_words
from c6brief.rules.subject import Subject

MOST_WORDS = 14
"""docs/good-briefs.md."""


def _check(subject: Subject) -> Iterator[Finding]:
    count = count_words(subject.spec.title)
    if count > MOST_WORDS:
        hint = "say the message; the rest goes to the subtitle"
        yield Finding(
            f"the title has {count} words, at most {MOST_WORDS} are read at a glance", subject.spec.place("title"), hint
        )


register(
    Rule(
        name="title-too-long",
        severity="warning",
        about="brief",
        line=f"the title of the brief has more than {MOST_WORDS} words",
        why="A title is read at a glance, in a list of other titles. What does not fit goes to the subtitle.",
        check=_check,
    )
)
