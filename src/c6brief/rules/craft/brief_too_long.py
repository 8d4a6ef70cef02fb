"""The brief is longer than eight pages of reading."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.sentences import count_words
from c6brief.rules.subject import Subject

MOST_WORDS = 4000
"""Eight pages; four have 2,200 and two 1,000 (docs/good-briefs.md)."""


def _check(subject: Subject) -> Iterator[Finding]:
    count = sum(count_words(paragraph.text) for paragraph in subject.texts)
    if count > MOST_WORDS:
        message = f"the brief has {count:,} words; more than {MOST_WORDS:,} are no brief"
        yield Finding(
            message, subject.spec.place("sections", key=True), "leave a section out, or make two briefs of it"
        )


register(
    Rule(
        name="brief-too-long",
        severity="warning",
        about="brief",
        line=f"the brief has more than {MOST_WORDS:,} words",
        why=(
            f"{MOST_WORDS:,} words fill eight pages; a brief of four pages has up to 2,200 and one of two pages up to "
            "1,000. Key messages, sections and recommendations are counted; notes, tables and figures are not."
        ),
        check=_check,
    )
)
