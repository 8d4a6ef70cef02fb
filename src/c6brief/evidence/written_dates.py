"""Dates as people write them (3.5.2024, 3 May 2024), for hints: what they would be in EDTF."""

from __future__ import annotations

import re
from datetime import date

LANGUAGES = ("en", "de", "fr", "es", "ru", "az", "kk", "ky", "tg", "tk", "tr", "uz")
"""Languages whose names of months are known, by CLDR."""

_ABOUT = re.compile(r"(?:c(?:irca|a)?\.?|about|approx\.?|around|um|vers) (\S.*)", re.I)
_NUMBERS = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})(?:\s*\2\s*(\d{1,4}))?\.?")
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+)?(?:de\s+)?([^\W\d]+)\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?,?\s+(?:de\s+)?(\d{4})\b.*"
)
_YEARS = re.compile(r"(\d{4})\s*(?:[-–—]|to|bis|–)\s*(\d{4})")
_LONGEST = 40


def suggest_edtf(text: str) -> list[str]:
    """What a date that is not EDTF may mean, in EDTF: two where day and month may be either; none where nobody knows."""
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return []
    about = _ABOUT.fullmatch(text)
    if about or text.endswith(("?", "?)")):
        inner = about[1] if about else text.rstrip(" (?)")
        return [f"{each}~" for each in ([inner] if re.fullmatch(r"\d{4}", inner) else suggest_edtf(inner))]
    if years := _YEARS.fullmatch(text):
        return [f"{years[1]}/{years[2]}"]
    if numbers := _NUMBERS.fullmatch(text):
        return _from_numbers(numbers[1], numbers[2], numbers[3], numbers[4])
    if words := _WORDS.fullmatch(text):
        month, day = _months().get(words[2].casefold(), 0), words[1] or words[3]
        return _valid([(int(words[4]), month, int(day))] if day else [(int(words[4]), month)]) if month else []
    return []


def _from_numbers(first: str, sign: str, second: str, third: str | None) -> list[str]:
    if third is None:
        return _valid([(int(first), int(second))]) if len(first) == 4 else []
    if len(first) == 4:
        return _valid([(int(first), int(second), int(third))])
    if len(third) != 4:
        return []
    year, one, other = int(third), int(first), int(second)
    if sign == ".":  # with full stops the day comes first everywhere
        return _valid([(year, other, one)])
    return _valid([(year, other, one), (year, one, other)])


def _valid(found: list[tuple[int, ...]]) -> list[str]:
    """Those that are in the calendar, as EDTF."""
    shown = []
    for parts in dict.fromkeys(found):
        try:
            date(*(*parts, 1, 1)[:3])
        except ValueError:
            continue
        shown.append("-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])]))
    return shown


def _months() -> dict[str, int]:
    """The numbers of months by their names, long and short, in small letters."""
    from babel import Locale

    names = {}
    for language in reversed(LANGUAGES):
        for context in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                for number, name in Locale(language).months[context][width].items():
                    names[name.casefold().rstrip(".")] = number
    return names
