"""A quotation run into the text is longer than one can carry."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.evidence.quotations import quotations_in
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.sentences import count_words
from c6brief.rules.subject import Subject

MOST_WORDS = 40
"""Run in up to 40 words (APA, Publication Manual, 7th ed., 8.26-8.27: block quotations from 40 words)."""


def _check(subject: Subject) -> Iterator[Finding]:
    for paragraph in subject.texts:
        for words in quotations_in(paragraph.text):
            count = count_words(words)
            if count > MOST_WORDS:
                start = paragraph.text.find(words)
                message = f"this quotation has {count} words; more than {MOST_WORDS} do not run on in a sentence"
                place = paragraph.place(start, start + len(words))
                yield Finding(message, place, "shorten it with […], or set it apart with '::: quote ID'")


register(
    Rule(
        name="quotation-too-long",
        severity="warning",
        about="prose",
        line=f"a quotation in running text has more than {MOST_WORDS} words",
        why=f"Up to {MOST_WORDS} words run on in a sentence; longer ones are cut with […], or set apart as quotes.",
        check=_check,
    )
)
