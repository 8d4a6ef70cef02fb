"""A DOI or address of a source that prints as a dead link, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import ProjectUnderReview


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for source in house.evidence.sources.values():
        if source.DOI and not re.fullmatch(r"10\.\d{4,9}/\S+", source.DOI):
            bare = re.sub(r"(?i)\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", source.DOI)
            hint = f"write it as '{bare}'" if bare.startswith("10.") else "a DOI begins with '10.'"
            yield Finding("this DOI would print as a dead link", source.place("DOI"), hint)
        if source.URL and not re.match(r"https?://[^\s/]+\.[^\s/]+", source.URL):
            yield Finding("this address is not printed: it is none", source.place("URL"), "begin with https://")


register(
    Rule(
        name="bad-link",
        severity="error",
        about="house",
        line="the DOI or URL of a source would not lead anywhere",
        why="A DOI is kept bare (`10.1000/182`) and printed as https://doi.org/10.1000/182; a URL begins with https://.",
        check=_check,
    )
)
