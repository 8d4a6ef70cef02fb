"""An ISSN that cannot be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    issn = house.settings.issn.strip()
    if not issn:
        return
    place = house.settings.place("issn")
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", issn):
        yield Finding(
            f"'{issn}' is not an ISSN", place, "four digits, a hyphen, three digits and a check digit: 2049-3630"
        )
    elif issn[-1] != (digit := check_digit(issn)):
        yield Finding(
            f"the check digit of {issn} is wrong", place, f"these digits would end in {digit}: is one mistyped?"
        )


def check_digit(issn: str) -> str:
    """The last digit of an ISSN from its first seven, modulo 11 with weights 8 to 2 (ISO 3297, annex A)."""
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), issn.replace("-", ""), strict=False))
    rest = -total % 11
    return "X" if rest == 10 else str(rest)


register(
    Rule(
        name="bad-issn",
        severity="error",
        about="house",
        line="the ISSN in `_brand.yml` is malformed or has a wrong check digit",
        why="The last digit of an ISSN is computed from the others (ISO 3297), so that a mistyped one shows.",
        check=_check,
    )
)
