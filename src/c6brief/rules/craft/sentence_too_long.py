"""Sentences that a reader loses hold of."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.sentences import count_words, quoted, sentences
from c6brief.rules.subject import Subject

MOST_WORDS = 35
"""Aim at 25, flag above 35 (docs of gov.uk's content design: 25; docs/good-briefs.md)."""


def _check(subject: Subject) -> Iterator[Finding]:
    for paragraph in subject.texts:
        marked = quoted(paragraph.text)
        for start, end in sentences(paragraph.text, subject.words):
            ours = _without(paragraph.text, start, end, marked)
            count = count_words(ours)
            if count > MOST_WORDS:
                message = f"this sentence has {count} words; more than {MOST_WORDS} are hard to follow"
                yield Finding(message, paragraph.place(start, end), "make two of it; aim at 25")


def _without(text: str, start: int, end: int, marked: list[tuple[int, int]]) -> str:
    """The sentence less what it quotes: somebody else's words cannot be cut, and have a limit of their own."""
    kept, at = [], start
    for first, last in marked:
        if start <= first and last <= end:
            kept.append(text[at:first])
            at = last
    return " ".join([*kept, text[at:end]])


register(
    Rule(
        name="sentence-too-long",
        severity="warning",
        about="prose",
        line=f"a sentence has more than {MOST_WORDS} words",
        why=(
            f"Aim at 25 words; above {MOST_WORDS} most readers have to begin again. Words inside marks of quotation "
            "are not counted (see `quotation-too-long`). Sentences do not end after abbreviations (“para. 4”, “e.g.”), "
            "initials or inside numbers."
        ),
        check=_check,
    )
)
