"""Rules on how a text is built: its length, and its headings."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.review.brief import BriefUnderReview, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import count_words

MOST_WORDS = 4000
"""Eight pages; four have 2,200 and two 1,000 (docs/good-briefs.md)."""

SECTION = 2
"""The level of a section's title."""


@rule("brief-too-long", chapter="craft")
def brief_too_long(brief: BriefUnderReview) -> Iterator[Finding]:
    """the brief has more than {MOST_WORDS:,} words

    {MOST_WORDS:,} words fill eight pages; a brief of four pages has up to 2,200 and one of two pages up to 1,000. Summary, key
    messages, sections, options and recommendations are counted; annexes, credits, notes, tables and figures are not.
    """
    apart = {id(paragraph) for section in brief.sections if section.is_annex for paragraph in section.paragraphs}
    apart |= {id(paragraph) for paragraph in brief.credits}
    count = sum(count_words(paragraph.text) for paragraph in brief.texts if id(paragraph) not in apart)
    if count > MOST_WORDS:
        message = f"the brief has {count:,} words; more than {MOST_WORDS:,} are no brief"
        place = brief.spec.place("sections", key=True)
        yield Finding(message, place, "leave a section out, or make two briefs of it")


@rule("heading-skipped", chapter="access")
def heading_skipped(prose: ProseUnderReview) -> Iterator[Finding]:
    """a sub-heading goes down more than one level at once

    Who listens moves from heading to heading and takes a missing level for a missing part. The highest sub-heading of a
    text stands right below its section's title, however many # it has; from there on every # counts.
    """
    for section in prose.sections:
        above = SECTION
        for paragraph in section.paragraphs:
            if paragraph.role != "heading":
                continue
            if paragraph.level > above + 1:
                levels = paragraph.level - above
                hint = f"take {levels - 1} # away, or give the part between a heading"
                yield Finding(f"this heading goes down {levels} levels at once", paragraph.place(), hint)
            above = paragraph.level
