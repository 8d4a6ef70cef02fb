"""A dispute on the brief's own themes that the brief does not mention."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.evidence.strength import strength
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject


def _check(subject: Subject) -> Iterator[Finding]:
    carried = {theme: part for part in reversed(subject.parts) for theme in part.themes}
    for kind in ("claims", "events"):
        for entry in subject.evidence.kind(kind).values():
            shared = [theme for theme in entry.themes if theme in carried]
            if shared and entry.id not in subject.used and strength(entry, subject.evidence).differs:
                at = entry.place("id")
                message = (
                    f"'{entry.id}' is disputed, shares the theme '{shared[0]}' with this section, and is nowhere cited"
                )
                yield Finding(message, carried[shared[0]].place, f"see {at.file}:{at.span.line}")


register(
    Rule(
        name="dispute-left-out",
        severity="warning",
        about="brief",
        line="a disputed claim or event on the themes of the brief's sections is nowhere cited in it",
        why=(
            "Leaving out what speaks against one's account is the mistake that readers forgive least. The finding is "
            "made for claims that an account disputes, and for events whose dates cannot all hold, that share a theme "
            "with a section of `seeds/sections` that the brief uses, and that it neither cites nor prints nor draws."
        ),
        check=_check,
    )
)
