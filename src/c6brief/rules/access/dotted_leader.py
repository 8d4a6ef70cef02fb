"""A template fills lines with dots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.design import Design
from c6brief.rules.rule import Finding, Rule, register

_LEADER = re.compile(r"leader\(\s*(?:['\"][^'\"]*['\"]|dotted|solid|space)\s*\)")


def _check(design: Design) -> Iterator[Finding]:
    for each in design.declarations:
        if each.name == "content" and (match := _LEADER.search(each.value)):
            hint = "set the page's number right behind the title, or at the right without dots"
            yield Finding(f"every sign of '{match[0]}' is read out", each.place, hint)


register(
    Rule(
        name="dotted-leader",
        severity="warning",
        about="template",
        line="a style sheet fills a line with `leader()`",
        why="WeasyPrint prints each dot as text, and in a list of contents as part of the link: a hundred dots to listen to.",
        check=_check,
    )
)
