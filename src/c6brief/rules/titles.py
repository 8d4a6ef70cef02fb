"""Rules on the title of a brief. That of a figure is among the rules on figures."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.evidence.named_words import without_markup
from c6brief.rules.review.brief import BriefUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import count_words, is_label

MOST_WORDS = 14
"""docs/good-briefs.md."""


@rule("title-is-a-label", chapter="craft")
def title_is_a_label(brief: BriefUnderReview) -> Iterator[Finding]:
    """the title of the brief names its subject in place of its message

    Many readers see the title alone. “Overview of regional security” tells them nothing; “Six states, one security
    agenda” does. The finding is made for titles of fewer than four words and for those that begin like a label (“The
    role of”, “Challenges”, “Towards”, …).
    """
    if brief.vocabulary and is_label(without_markup(brief.spec.title), brief.vocabulary.label_openings):
        hint = "write the message as a sentence with a verb"
        yield Finding("the title names a subject and not the message", brief.spec.place("title"), hint)


@rule("title-too-long", chapter="craft")
def title_too_long(brief: BriefUnderReview) -> Iterator[Finding]:
    """the title of the brief has more than {MOST_WORDS} words

    A title is read at a glance, in a list of other titles. What does not fit goes to the subtitle.
    """
    count = count_words(without_markup(brief.spec.title))
    if count > MOST_WORDS:
        message = f"the title has {count} words, at most {MOST_WORDS} are read at a glance"
        yield Finding(message, brief.spec.place("title"), "say the message; the rest goes to the subtitle")
