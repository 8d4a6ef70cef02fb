"""Rules on abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.evidence.base import Evidence
from c6brief.rules.review.brief import ProseUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import lies_within, quoted_ranges

_ABBREVIATION = re.compile(r"(?<![\w’'./@-])([A-ZÀ-ÖØ-ÞА-ЯЁ]{2,8})(?:s|['’]s)?(?![\w@/])")
_ROMAN = re.compile(r"(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")


@rule("abbreviation-unexplained", chapter="craft")
def abbreviation_unexplained(prose: ProseUnderReview) -> Iterator[Finding]:
    """an abbreviation is not explained where it is first used

    Key messages come first, then sections, then recommendations: what is explained in a section is not yet known in a
    key message. Explained is “Collective Security Treaty Organization (CSTO)”, “CSTO (the treaty organisation)”, “CSTO,
    the Collective …”, or the full name that `seeds/organisations.yaml` gives, in the same paragraph or before. Left
    alone are abbreviations that every reader of policy briefs knows (EU, UN, GDP, …), Roman numerals, and whatever
    stands inside marks of quotation. Titles are not looked at.
    """
    if prose.vocabulary is None:
        return
    done = set(prose.vocabulary.known_abbreviations)
    before = ""
    for paragraph in prose.texts:
        if paragraph.text.isupper():
            continue  # no abbreviation can be told from a word there
        before += " " + paragraph.text
        quotations = quoted_ranges(paragraph.text)
        for match in _ABBREVIATION.finditer(paragraph.text):
            short = match[1]
            if short in done or _ROMAN.match(short) or lies_within(match.start(), quotations):
                continue
            done.add(short)
            full = _full_name(short, prose.evidence)
            if not _is_explained(short, paragraph.text) and not (full and full.lower() in before.lower()):
                hint = f"write it out the first time: {full or 'Name in Full'} ({short})"
                place = paragraph.place(match.start(), match.end(1))
                yield Finding(f"'{short}' is not explained at its first use", place, hint)


def _is_explained(short: str, text: str) -> bool:
    """``Full Name (ABC)``, ``ABC (full name)``, ``ABC, short for full name`` or ``ABC, the Full Name``."""
    word = re.escape(short)
    ways = (
        rf"\w[”’\"']?\s+\((?:the\s+)?[“\"']?{word}s?[”\"']?[,;)]",
        rf"(?<!\w){word}s?\s+\((?!{word})\w+[\s-]+\w",
        rf"(?<!\w){word}s?,?\s+(?:(?:which\s+)?stands for|standing for|short for|that is)",
        rf"(?<!\w){word}s?,?\s+the\s+[A-ZÀ-Þ]\w+\s+[\w\s]*[A-ZÀ-Þ]\w+",
        rf"(?:abbreviated|known as|called|hereafter)\s+(?:as\s+|to\s+)?(?:the\s+)?[“\"']?{word}(?!\w)",
    )
    return any(re.search(way, text) for way in ways)


def _full_name(short: str, evidence: Evidence) -> str:
    return next((house.name for house in evidence.organisations.values() if house.acronym == short), "")
