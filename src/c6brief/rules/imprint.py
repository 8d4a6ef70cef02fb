"""Rules on the imprint: who signs, whom a reader can ask, and the numbers that libraries keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.review.brief import BriefUnderReview, ProjectUnderReview
from c6brief.rules.review.rule import Finding, rule

OWED = {"licence": "under which the brief may be passed on", "contact": "whom a reader can ask"}
"""What the colophon owes a reader where the house signs its briefs."""


@rule("imprint-incomplete", chapter="craft")
def imprint_incomplete(project: ProjectUnderReview) -> Iterator[Finding]:
    """`_brand.yml` names a publisher, and no licence or no contact

    Licence and contact stand in the colophon of every brief. Projects without a publisher are left alone.
    """
    if not project.settings.publisher.strip():
        return
    for key, what in OWED.items():
        if not getattr(project.settings, key).strip():
            place = project.settings.place("publisher", key=True)
            yield Finding(f"the imprint has a publisher and no {key}", place, f"add '{key}: …', {what}")


@rule("no-author", chapter="craft")
def no_author(brief: BriefUnderReview) -> Iterator[Finding]:
    """the brief names no author

    A reader has to know whom to ask. A desk or a house may sign in place of a person.
    """
    if not any(author.name.strip() for author in brief.spec.authors):
        place = brief.spec.place("authors", key=True)
        yield Finding("nobody signs this brief", place, "authors: [{name: …, role: …}]")


@rule("bad-issn", chapter="reference", severity="error")
def bad_issn(project: ProjectUnderReview) -> Iterator[Finding]:
    """the ISSN in `_brand.yml` is malformed or has a wrong check digit

    The last digit of an ISSN is computed from the others (ISO 3297), so that a mistyped one shows.
    """
    issn = project.settings.issn.strip()
    if not issn:
        return
    place = project.settings.place("issn")
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", issn):
        hint = "four digits, a hyphen, three digits and a check digit: 2049-3630"
        yield Finding(f"'{issn}' is not an ISSN", place, hint)
    elif issn[-1] != (digit := _check_digit(issn)):
        hint = f"these digits would end in {digit}: is one mistyped?"
        yield Finding(f"the check digit of {issn} is wrong", place, hint)


def _check_digit(issn: str) -> str:
    """The last digit of an ISSN from its first seven, modulo 11 with weights 8 to 2 (ISO 3297, annex A)."""
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), issn.replace("-", ""), strict=False))
    rest = -total % 11
    return "X" if rest == 10 else str(rest)
