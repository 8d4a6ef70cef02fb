"""Rules on sentences: how long they are, what they quote, and words that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.evidence.quotation_marks import quotations_in
from c6brief.rules.review.brief import BriefUnderReview, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import Range, count_words, quoted_ranges, sentences

MOST_WORDS = 35
"""In a sentence. Aim at 25, flag above 35 (docs of gov.uk's content design: 25; docs/good-briefs.md)."""

MOST_QUOTED_WORDS = 40
"""Run in up to 40 words (APA, Publication Manual, 7th ed., 8.26-8.27: block quotations from 40 words)."""

MOST_PULLED_WORDS = 150
"""Two thirds of the margin of a page, where lines have four words."""

_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]{2,})\s+(\1)(?![\w’'-])", re.IGNORECASE)


@rule("sentence-too-long", chapter="craft")
def sentence_too_long(prose: ProseUnderReview) -> Iterator[Finding]:
    """a sentence has more than {MOST_WORDS} words

    Aim at 25 words; above {MOST_WORDS} most readers have to begin again. Words inside marks of quotation are not
    counted (see `quotation-too-long`). Sentences do not end after abbreviations (“para. 4”, “e.g.”), initials or inside
    numbers.
    """
    for paragraph in prose.texts:
        quotations = quoted_ranges(paragraph.text)
        for start, end in sentences(paragraph.text, prose.vocabulary):
            count = count_words(_own_words(paragraph.text, start, end, quotations))
            if count > MOST_WORDS:
                message = f"this sentence has {count} words; more than {MOST_WORDS} are hard to follow"
                yield Finding(message, paragraph.place(start, end), "make two of it; aim at 25")


def _own_words(text: str, start: int, end: int, quotations: list[Range]) -> str:
    """The sentence less what it quotes: somebody else's words cannot be cut, and have a limit of their own."""
    kept, at = [], start
    for first, last in quotations:
        if start <= first and last <= end:
            kept.append(text[at:first])
            at = last
    return " ".join([*kept, text[at:end]])


@rule("quotation-too-long", chapter="craft")
def quotation_too_long(prose: ProseUnderReview) -> Iterator[Finding]:
    """a quotation in running text has more than {MOST_QUOTED_WORDS} words

    Up to {MOST_QUOTED_WORDS} words run on in a sentence; longer ones are cut with […], or set apart as quotes.
    """
    for paragraph in prose.texts:
        for span in quotations_in(paragraph.text):
            count = count_words(paragraph.text[span.start : span.end])
            if count > MOST_QUOTED_WORDS:
                message = f"this quotation has {count} words; more than {MOST_QUOTED_WORDS} do not run on in a sentence"
                place = paragraph.place(span.start, span.end)
                yield Finding(message, place, "shorten it with […], or set it apart with '::: quote ID'")


@rule("pull-quote-too-long", chapter="craft", severity="error")
def pull_quote_too_long(brief: BriefUnderReview) -> Iterator[Finding]:
    """a quotation that is set apart has more than {MOST_PULLED_WORDS} words

    It stands in the margin or in large type, and has to stand on one page whole. Thirty words are read; more than
    {MOST_PULLED_WORDS} may not fit the page.
    """
    for section in brief.sections:
        for id in section.ids("quote"):
            quote = brief.evidence.quotes.get(id)
            count = count_words(quote.text) if quote else 0
            if quote and count > MOST_PULLED_WORDS:
                message = f"quotation '{id}' has {count} words; more than {MOST_PULLED_WORDS} are not set apart"
                yield Finding(message, quote.place("text"), "shorten it with […], or quote it in the text after '> '")


@rule("word-twice", chapter="craft")
def word_twice(prose: ProseUnderReview) -> Iterator[Finding]:
    """the same word stands twice running

    “the the”, most often across a line break. Names (“Baden Baden”) and “had had” are left alone.
    """
    fine = prose.vocabulary.may_double if prose.vocabulary else frozenset()
    for paragraph in prose.texts:
        for match in _TWICE.finditer(paragraph.text):
            name = match[1][0].isupper() and match[2][0].isupper()  # Baden Baden, Bora Bora
            if match[1].lower() not in fine and not name:
                place = paragraph.place(match.start(2), match.end(2))
                yield Finding(f"'{match[2]}' stands twice running", place, "strike one")
