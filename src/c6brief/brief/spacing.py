"""No-break spaces, as a compositor sets them.

They stand between a number and its unit, a day and its month, initials and a name, a reference and its number, and
before a dash. The words are those of English. In another language only dashes are bound.
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
_REFERENCES = r"[Pp]aras?\.?|pp?\.|[Nn]os?\.|[Ff]igs?\.|[Ff]igures?|[Tt]ables?|[Ss]ections?|[Cc]hapters?|[Aa]rticles?|[Vv]ol\.|[Ll]ines?"
_TITLES = r"Mr|Mrs|Ms|Dr|Prof\.|Sen\.|Gen\.|St"

_HYPHENS = re.compile(r"(?<!\w)\w{2,12}://\S*|(?<!-)-{2,3}(?!-)")
"""Two or three hyphens; addresses, which keep theirs, are found first."""

_RANGE = re.compile(r"(?<=\d)–(?=\d)")

_PATTERNS = (
    re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))"),
    re.compile(r"(?<=\d.per) (?=cent(?!\w))"),
    re.compile(rf"(?<=\d) (?=(?:{_MONTHS})(?!\w))"),
    re.compile(rf"(?<!\w)({_REFERENCES}) (?=\d)"),
    re.compile(rf"(?<!\w)({_TITLES}) (?=[A-Z])"),
    re.compile(r"(?<!\w)((?:[A-Z]\.){1,8}) (?=[A-Z])"),
    re.compile(r"(?<=\S) (?=[–—] )"),
)


def bind_spaces(text: str) -> str:
    """``text`` with no-break spaces where a line must not end. Its length stays the same."""
    for pattern in _PATTERNS:
        text = pattern.sub(lambda match: match[0].rstrip(" ") + NBSP, text)
    return text


def set_dashes(text: str) -> str:
    """``text`` with an en dash for ``--`` and an em dash for ``---``. Addresses are left alone."""
    dashes = {"--": "–", "---": "—"}
    return _HYPHENS.sub(lambda match: dashes.get(match[0], match[0]), text)


def join_ranges(text: str) -> str:
    """``text`` with a word joiner after the dash of ranges of numbers (2024–2025), which keeps each on one line."""
    return _RANGE.sub("–" + JOINER, text)
