"""A key message is too long to be taken away."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.sentences import count_words
from c6brief.rules.subject import Subject

MOST_WORDS = 30
"""docs/good-briefs.md."""


def _check(subject: Subject) -> Iterator[Finding]:
    for message in subject.key_messages:
        count = count_words(message.text)
        if count > MOST_WORDS:
            told = f"this key message has {count} words, at most {MOST_WORDS} are taken away"
            yield Finding(told, message.place(), "keep the finding; leave the reasons to the sections")


register(
    Rule(
        name="key-message-too-long",
        severity="warning",
        about="brief",
        line=f"a key message has more than {MOST_WORDS} words",
        why="Citations are not counted.",
        check=_check,
    )
)
