"""Rules on key messages: how many, and how long."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.review.brief import BriefUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import count_words

FEWEST, MOST = 3, 6
"""Key messages, on page one; docs/good-briefs.md."""

MOST_WORDS = 30
"""docs/good-briefs.md."""


@rule("key-message-count", chapter="craft")
def key_message_count(brief: BriefUnderReview) -> Iterator[Finding]:
    """the brief has fewer than {FEWEST} or more than {MOST} key messages

    Page one has to carry the brief for those who read nothing else.
    """
    count = len(brief.spec.key_messages)
    if not FEWEST <= count <= MOST:
        found = "no key messages" if count == 0 else "one key message" if count == 1 else f"{count} key messages"
        hint = "key_messages: what a reader must take away, one sentence or two each"
        yield Finding(f"{found}; {FEWEST} to {MOST} are remembered", brief.spec.place("key_messages", key=True), hint)


@rule("key-message-too-long", chapter="craft")
def key_message_too_long(brief: BriefUnderReview) -> Iterator[Finding]:
    """a key message has more than {MOST_WORDS} words

    Citations are not counted.
    """
    for paragraph in brief.key_messages:
        count = count_words(paragraph.text)
        if count > MOST_WORDS:
            message = f"this key message has {count} words, at most {MOST_WORDS} are taken away"
            yield Finding(message, paragraph.place(), "keep the finding; leave the reasons to the sections")
