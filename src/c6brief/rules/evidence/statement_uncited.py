"""A paragraph or key message cites nothing."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.sentences import count_words
from c6brief.rules.subject import Subject

FEWEST_WORDS = 12
"""Shorter ones lead over to something ("Two points stand out.") and state nothing."""


def _check(subject: Subject) -> Iterator[Finding]:
    for paragraph in subject.statements:
        text = paragraph.text.rstrip()
        if paragraph.citations or count_words(text) < FEWEST_WORDS or text.endswith(":"):
            continue
        what = "key message" if paragraph.role == "key message" else "paragraph"
        yield Finding(f"this {what} cites nothing", paragraph.place(), "end it with what it rests on: [@claim-id]")


register(
    Rule(
        name="statement-uncited",
        severity="warning",
        about="prose",
        line="a paragraph or key message cites nothing",
        why=(
            "What a brief states it can show. Left alone are headings, what ends with a colon, and texts of fewer than "
            f"{FEWEST_WORDS} words, which lead over from one thing to the next."
        ),
        check=_check,
    )
)
