"""A template draws a line of dots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.design import Design
from c6brief.rules.rule import Finding, Rule, register


def _check(design: Design) -> Iterator[Finding]:
    for each in design.declarations:
        if each.name.startswith(("border", "outline", "column-rule")) and re.search(r"\bdotted\b", each.value):
            message = f"'{each.name}: {each.value}' draws every dot by itself"
            yield Finding(message, each.place, "a solid hairline in a lighter colour")


register(
    Rule(
        name="dotted-border",
        severity="warning",
        about="template",
        line="a style sheet draws a dotted border",
        why="Each dot is a drawing of its own: hundreds on a page, which swell the file and print unevenly.",
        check=_check,
    )
)
