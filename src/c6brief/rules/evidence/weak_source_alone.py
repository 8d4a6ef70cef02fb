"""A weak source carries a statement alone, and the prose does not say whose word it is."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Claim, Event, Source, sources_of
from c6brief.rules.attribution import stated_flat
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

WEAK_SOURCES, WEAK_INFORMATION = "EF", "56"
"""The two lowest grades of each half of the Admiralty code: unreliable or not to be judged; improbable or not to be
judged (UK Joint Doctrine Publication 2-00, "Understanding and Intelligence Support to Joint Operations", 2011)."""


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.words is None:
        return
    for paragraph in subject.statements:
        if not paragraph.cited or not stated_flat(paragraph, subject.evidence, subject.words):
            continue
        weak = [(entry, grades) for entry in paragraph.cited if _all_weak(grades := _grades(entry, subject.evidence))]
        if weak:
            ids = " and ".join(f"'{entry.id}'" for entry, _ in weak)
            named = " and ".join(
                dict.fromkeys(f"'{id}' ({grade})" for _, grades in weak for id, grade in grades.items())
            )
            rests = "rests" if len(weak) == 1 else "rest"
            message = f"{ids} {rests} on {named} alone, and this paragraph does not say whose word it is"
            yield Finding(
                message, paragraph.citation_of(weak[0][0]), "attribute it in the text, or find a better source"
            )


def _all_weak(grades: dict[str, str]) -> bool:
    return bool(grades) and all(grade[0] in WEAK_SOURCES or grade[1] in WEAK_INFORMATION for grade in grades.values())


def _grades(entry: Source | Claim | Event, evidence: Evidence) -> dict[str, str]:
    """The grades of the sources that support ``entry``; none at all where one of them has no grade."""
    if isinstance(entry, (Claim, Event)):
        ids = dict.fromkeys(account.source for account in entry.accounts if account.stance == "supports")
    else:
        ids = dict.fromkeys(sources_of(entry))
    grades = {id: evidence.sources[id].custom.grade for id in ids if id in evidence.sources}
    return {} if None in grades.values() else grades


register(
    Rule(
        name="weak-source-alone",
        severity="warning",
        about="prose",
        line="a statement rests on sources graded E, F, 5 or 6 alone, and the prose does not attribute it",
        why=(
            "A source that is unreliable or cannot be judged (E, F), or information that is improbable or cannot be "
            "judged (5, 6 of the Admiralty code), may be printed as somebody's word, never as a fact. The finding is "
            "made where every source that supports what is cited has such a grade, and the paragraph has no quotation, "
            "no word of attribution or doubt and no name of a source or speaker that it cites. Sources without a grade "
            "are left alone."
        ),
        check=_check,
    )
)
