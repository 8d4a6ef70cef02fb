"""A contested statement is told as if nobody disputed it."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.evidence.strength import strength
from c6brief.rules.attribution import stated_flat
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.words is None:
        return
    for paragraph in subject.statements:
        if not paragraph.statements or not stated_flat(paragraph, subject.evidence, subject.words):
            continue
        strengths = [(entry, strength(entry, subject.evidence)) for entry in paragraph.statements]
        differing = [(entry, found) for entry, found in strengths if found.differs]
        if differing:
            told = " and ".join(
                f"'{entry.id}' {'is disputed' if found.contested else 'has dates that cannot all hold'}"
                for entry, found in differing
            )
            message = f"{told}, and this paragraph does not say so"
            hint = "say whose account it is, or that accounts differ"
            yield Finding(message, paragraph.citation_of(differing[0][0]), hint)


register(
    Rule(
        name="contested-stated-flat",
        severity="warning",
        about="prose",
        line="a claim or event whose accounts differ is stated without a word of attribution or doubt",
        why=(
            "The mark ≠ in the note is not enough: a reader who skips notes must see that it is one side's word. The "
            "finding is made where a paragraph cites a claim that an account disputes, or an event whose dates cannot "
            "all hold, and has no quotation, no word of attribution (says, reported, according to, claims, …), no word "
            "of doubt (may, whether, differs, …) and no name of a source or speaker that it cites."
        ),
        check=_check,
    )
)
