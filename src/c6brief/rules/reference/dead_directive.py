"""A directive that is printed in place of what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

_FENCE = re.compile(r":{3,}[ \t]*\w*")


def _check(subject: Subject) -> Iterator[Finding]:
    for paragraph in subject.texts:
        if match := _FENCE.search(paragraph.text):
            where = (
                "on a line of its own, with a blank line before"
                if paragraph.role == "prose"
                else "in the prose of a section"
            )
            place = paragraph.place(match.start(), match.end())
            yield Finding(f"'{match[0].strip()}' prints as it stands", place, f"a directive stands {where}")


register(
    Rule(
        name="dead-directive",
        severity="error",
        about="prose",
        line="a directive (`::: quote ID`) or its end stands where it is not read and prints as it stands",
        why=(
            "A directive begins a line, and ends with a line `:::`. In a key message or an action, in the middle of a "
            "line, or as an end without a beginning it is text. Directives that are misspelt, not closed or name "
            "nothing are told anyway, as `unknown-directive`, `directive` and `unknown-id`."
        ),
        check=_check,
    )
)
