"""The same word stands twice running."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]{2,})\s+(\1)(?![\w’'-])", re.IGNORECASE)


def _check(subject: Subject) -> Iterator[Finding]:
    fine = subject.words.may_double if subject.words else frozenset()
    for paragraph in subject.texts:
        for match in _TWICE.finditer(paragraph.text):
            name = match[1][0].isupper() and match[2][0].isupper()  # Baden Baden, Bora Bora
            if match[1].lower() not in fine and not name:
                place = paragraph.place(match.start(2), match.end(2))
                yield Finding(f"'{match[2]}' stands twice running", place, "strike one")


register(
    Rule(
        name="word-twice",
        severity="warning",
        about="prose",
        line="the same word stands twice running",
        why="“the the”, most often across a line break. Names (“Baden Baden”) and “had had” are left alone.",
        check=_check,
    )
)
