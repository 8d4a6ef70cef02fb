"""Spaces that must not break, put in by rule: what a compositor binds and no author should have to.

A number and its unit, a day and its month, initials and the name after them, a reference and its number, a dash and
the word before it. The words are those of English; of another language nothing but the dashes is bound.
"""

from __future__ import annotations

import re

NBSP = "\u00a0"
JOINER = "\u2060"

_UNITS = (
    r"per\s?cent|percent|thousand|million|billion|trillion|km²?|m²|m|mm|cm|kg|g|t|tonnes?|tons?|ha|hectares?|MW|GW|TW|kW|"
    r"kWh|MWh|GWh|TWh|°C|pt|px|ms|s|hours?|days?|weeks?|months?|years?|pages?|people|dollars|euros|USD|EUR|GBP"
)
_MONTHS = r"January|February|March|April|May|June|July|August|September|October|November|December"
_REFERENCES = (
    r"[Pp]aras?\.?|pp?\.|[Nn]os?\.|[Ff]igs?\.|[Ff]igures?|[Tt]ables?|[Ss]ections?|[Cc]hapters?|[Aa]rticles?|[Vv]ol\."
)
_TITLES = r"Mr|Mrs|Ms|Dr|Prof\.|Sen\.|Gen\.|St"

_RANGE = re.compile(r"(?<=\d)–(?=\d)")

_BOUND = (
    re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))"),
    re.compile(r"(?<=\d.per) (?=cent(?!\w))"),
    re.compile(rf"(?<=\d) (?=(?:{_MONTHS})(?!\w))"),
    re.compile(rf"(?<!\w)({_REFERENCES}) (?=\d)"),
    re.compile(rf"(?<!\w)({_TITLES}) (?=[A-Z])"),
    re.compile(r"(?<!\w)((?:[A-Z]\.)+) (?=[A-Z])"),
    re.compile(r"(?<=\S) (?=[–—] )"),
)


def bound(text: str) -> str:
    """``text`` with no-break spaces where a line must not end. No character is added or taken away."""
    for pattern in _BOUND:
        text = pattern.sub(lambda match: match[0].rstrip(" ") + NBSP, text)
    return text


def joined(text: str) -> str:
    """``text`` with its ranges of numbers kept on one line: a word joiner after the dash of 2024–2025."""
    return _RANGE.sub("–" + JOINER, text)
