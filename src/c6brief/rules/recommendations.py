"""Rules on recommendations: to whom, by when, on what evidence, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.documents.problems import Place
from c6brief.rules.review.brief import BriefUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.vocabulary import Vocabulary

MOST = 5
"""Recommendations; docs/good-briefs.md."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_WRITTEN = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([^\W\d_]+)\s+(\d{4})\Z")


@rule("too-many-recommendations", chapter="craft")
def too_many_recommendations(brief: BriefUnderReview) -> Iterator[Finding]:
    """the brief has more than {MOST} recommendations

    The finding stands at the first one too many.
    """
    count = len(brief.spec.recommendations)
    if count > MOST:
        place = brief.spec.place("recommendations", MOST, "action")
        yield Finding(f"{count} recommendations, at most {MOST} are acted on", place, "keep those that matter most")


@rule("no-addressee", chapter="craft")
def no_addressee(brief: BriefUnderReview) -> Iterator[Finding]:
    """a recommendation has no addressee, or one that is nobody in particular

    “Stakeholders”, “governments” or “the international community” will not read that they are meant.
    """
    vague = brief.vocabulary.vague_addressees if brief.vocabulary else frozenset()
    for index, each in enumerate(brief.spec.recommendations):
        place = brief.spec.place("recommendations", index, "addressee")
        hint = "name the office that can do it"
        if not each.addressee.strip():
            yield Finding("this recommendation is made to nobody", place, hint)
        elif each.addressee.strip().rstrip(".").lower() in vague:
            yield Finding(f"'{each.addressee.strip()}' is nobody in particular", place, hint)


@rule("no-deadline", chapter="craft")
def no_deadline(brief: BriefUnderReview) -> Iterator[Finding]:
    """a recommendation has no deadline, or a vague one

    “Soon” and “in due course” cannot be held against anybody. A date or a dated occasion can.
    """
    vague = brief.vocabulary.vague_deadlines if brief.vocabulary else frozenset()
    for index, each in enumerate(brief.spec.recommendations):
        place, hint = _place_of("by", index, brief), "by: a date or an occasion that has one"
        if not each.by.strip():
            yield Finding("this recommendation has no deadline", place, hint)
        elif each.by.strip().rstrip(".").lower() in vague:
            yield Finding(f"'{each.by.strip()}' is no deadline", place, hint)


def _place_of(key: str, index: int, brief: BriefUnderReview) -> Place:
    """Where a recommendation says ``key``; its action where it says nothing of it."""
    said = key in brief.spec.recommendations[index].model_fields_set
    return brief.spec.place("recommendations", index, key if said else "action")


@rule("deadline-passed", chapter="craft")
def deadline_passed(brief: BriefUnderReview) -> Iterator[Finding]:
    """the deadline of a recommendation lies before the date of the brief

    Read are ISO dates (2027, 2027-06, 2027-06-30) and dates such as “30 June 2027”; others are left alone.
    """
    published = brief.spec.date
    for index, each in enumerate(brief.spec.recommendations):
        last = _last_day(each.by.strip(), brief.vocabulary)
        if last and last < published:
            place = brief.spec.place("recommendations", index, "by")
            message = f"'{each.by.strip()}' lies before the brief's own date"
            yield Finding(message, place, f"the brief is of {published}")


def _last_day(text: str, vocabulary: Vocabulary | None) -> str:
    """The last day that a deadline allows, as ISO 8601; empty where it is not plainly a date.

    ``2027`` allows all of 2027. Days of a month are not counted: ``31`` stands for its end.
    """
    if match := _ISO.match(text):
        return f"{match[1]}-{match[2] or '12'}-{match[3] or '31'}"
    if (match := _WRITTEN.match(text)) and vocabulary and (month := vocabulary.months.get(match[2].lower())):
        return f"{match[3]}-{month:02d}-{int(match[1] or 31):02d}"
    return ""


@rule("no-evidence", chapter="craft")
def no_evidence(brief: BriefUnderReview) -> Iterator[Finding]:
    """a recommendation names no evidence

    What a house recommends follows from what the brief shows; `evidence` lists the claims that it rests on.
    """
    for index, (each, action) in enumerate(zip(brief.spec.recommendations, brief.actions, strict=True)):
        if not each.evidence and not action.citations:
            place = _place_of("evidence", index, brief)
            yield Finding("this recommendation names no evidence", place, "evidence: [the claims it rests on]")


@rule("no-owner", chapter="craft")
def no_owner(brief: BriefUnderReview) -> Iterator[Finding]:
    """a recommendation has no owner

    The addressee should act; the owner sees to it that it is not forgotten, and answers for it.
    """
    for index, each in enumerate(brief.spec.recommendations):
        if not each.owner.strip():
            place = _place_of("owner", index, brief)
            yield Finding("nobody sees to this recommendation", place, "owner: who follows it up")
