"""A citation names a paragraph that its source does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.evidence.models import Source
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Subject

_PARAGRAPHS = re.compile(r"(?i)\b(?:para(?:graph)?s?|абз)\.?\s*([\d\s,–-]+)")


def _check(subject: Subject) -> Iterator[Finding]:
    for paragraph in subject.texts:
        for citation in paragraph.citations:
            match = _PARAGRAPHS.match(citation.locator)
            text = subject.evidence.texts.get(citation.id)
            if not match or text is None or not isinstance(citation.entry, Source):
                continue
            last = len(text.paragraphs)
            for number in map(int, re.findall(r"\d+", match[1])):
                if not 1 <= number <= last:
                    message = f"'{citation.id}' has no paragraph {number}"
                    yield Finding(message, citation.place, f"its text has {last}, parted by blank lines")


register(
    Rule(
        name="locator-out-of-range",
        severity="error",
        about="prose",
        line="a citation names a paragraph (“para. 40”) that the source's text does not have",
        why="Paragraphs of a source's text are parted by blank lines and counted from 1.",
        check=_check,
    )
)
