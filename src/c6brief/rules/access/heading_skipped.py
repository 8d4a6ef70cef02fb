"""A sub-heading stands deeper than the one above it by more than one level."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

SECTION = 2
"""The level of a section's title."""


def _check(subject: Subject) -> Iterator[Finding]:
    for part in subject.parts:
        above = SECTION
        for paragraph in part.paragraphs:
            if paragraph.role != "heading":
                continue
            if paragraph.level > above + 1:
                levels = paragraph.level - above
                hint = f"take {levels - 1} # away, or give the part between a heading"
                yield Finding(f"this heading goes down {levels} levels at once", paragraph.place(), hint)
            above = paragraph.level


register(
    Rule(
        name="heading-skipped",
        severity="warning",
        about="prose",
        line="a sub-heading goes down more than one level at once",
        why=(
            "Who listens moves from heading to heading and takes a missing level for a missing part. The highest "
            "sub-heading of a text stands right below its section's title, however many # it has; from there on every # "
            "counts."
        ),
        check=_check,
    )
)
