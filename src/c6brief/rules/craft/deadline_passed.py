"""A recommendation whose deadline lies before the brief's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.language import Words
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_WRITTEN = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([^\W\d_]+)\s+(\d{4})\Z")


def _check(subject: Subject) -> Iterator[Finding]:
    published = subject.spec.date
    for index, each in enumerate(subject.spec.recommendations):
        last = _last_day(each.by.strip(), subject.words)
        if last and last < published:
            place = subject.spec.place("recommendations", index, "by")
            yield Finding(
                f"'{each.by.strip()}' lies before the brief's own date", place, f"the brief is of {published}"
            )


def _last_day(text: str, words: Words | None) -> str:
    """The last day that a deadline allows, as ISO 8601; empty where it is not plainly a date.

    ``2027`` allows all of 2027. Days of a month are not counted: ``31`` stands for its end.
    """
    if match := _ISO.match(text):
        return f"{match[1]}-{match[2] or '12'}-{match[3] or '31'}"
    if (match := _WRITTEN.match(text)) and words and (month := words.months.get(match[2].lower())):
        return f"{match[3]}-{month:02d}-{int(match[1] or 31):02d}"
    return ""


register(
    Rule(
        name="deadline-passed",
        severity="warning",
        about="brief",
        line="the deadline of a recommendation lies before the date of the brief",
        why="Read are ISO dates (2027, 2027-06, 2027-06-30) and dates such as “30 June 2027”; others are left alone.",
        check=_check,
    )
)
