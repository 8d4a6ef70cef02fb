"""Dates in running text, as EDTF: days, months, seasons, years and spans of years, and those counted from the source's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from c6brief.evidence.lexicon import units
from c6brief.evidence.written_dates import LANGUAGES, suggest_edtf

FIRST_YEAR, LAST_YEAR = 1500, 2199
"""Bare numbers of four digits between them may be years."""

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_YEAR = r"(?:1[5-9]|2[01])\d\d"
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th|\.|º)?"
_AHEAD = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|of|to|before|after|during|between|and|early|mid|late|late-|mid-|around|about|circa|for|year"
    r"|im|seit|bis|ab|von|jahr|jahre|vor|nach|en|depuis|avant|jusqu’en|l’an|de|desde|hasta|в|с|до|к|от|после|году|tarix)|[,(—–|:-])"
    r"[ \t\n\u00a0]*\Z",
    re.I,
)
_BEHIND = re.compile(r"[ \t\n\u00a0]*(?:г\.|года|году|год|yil|жыл|il\b)")
_RELATIVE = re.compile(
    r"\b(?:(?P<about>about |around |some |nearly |almost |roughly )?(?P<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
    r" years? ago|(?P<which>last|this|next) (?P<unit>year|month)|(?P<day>yesterday|tomorrow))\b",
    re.I,
)


@dataclass(frozen=True)
class FoundDate:
    """A date, where it stands, and what it is counted from if it is not stated whole. ``edtf`` is empty where nobody can count."""

    start: int
    end: int
    edtf: str
    counted: str = ""


@lru_cache(maxsize=1)
def month_names() -> str:
    """The names of months in all languages that are known, as alternatives of an expression."""
    from babel import Locale

    names: set[str] = set()
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                names |= {name.rstrip(".") for name in Locale(language).months[context][width].values()}
    return "|".join(sorted((re.escape(name) for name in names if len(name) > 2), key=len, reverse=True))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = rf"(?:{month_names()})\b\.?"
    return (
        re.compile(
            rf"(?<!\w)(?P<whole>{_ORDINAL}[ \u00a0]+(?:de[ \u00a0]+)?{month},?[ \u00a0]+(?:de[ \u00a0]+)?{_YEAR})(?!\d)",
            re.I,
        ),
        re.compile(rf"(?<!\w)(?P<whole>{month}[ \u00a0]+{_ORDINAL},?[ \u00a0]+{_YEAR})(?!\d)", re.I),
        re.compile(rf"(?<!\w)(?P<whole>{month},?[ \u00a0]+(?:de[ \u00a0]+)?{_YEAR})(?!\d)", re.I),
        re.compile(rf"(?<![\w.-])(?P<whole>{_YEAR}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.{_YEAR})(?![\w-])"),
        re.compile(
            rf"\b(?P<season>spring|summer|autumn|fall|winter)(?: of)? (?P<year>{_YEAR})(?:[/–-]\d\d)?(?!\d)", re.I
        ),
        re.compile(rf"(?<![\w.,/-])(?P<first>{_YEAR})[ ]?[-–—/][ ]?(?P<last>{_YEAR}|\d\d)(?![\w%/-])"),
        re.compile(rf"(?<![\w.,/€$£#-])(?P<plain>{_YEAR})(?![\w%/]|[.,]\d|-\d)"),
        re.compile(
            rf"(?<!\w)(?P<noyear>{_ORDINAL}[ \u00a0]+{month}|{month}[ \u00a0]+{_ORDINAL})(?![\w,]*[ \u00a0,]*\d)", re.I
        ),
    )


def dates_in(text: str, issued: str) -> list[FoundDate]:
    """The dates of a sentence, in order. ``issued`` is the source's own date, from which others may be counted, or empty."""
    found: list[FoundDate] = []
    for number, pattern in enumerate(_patterns()):
        for match in pattern.finditer(text):
            if any(match.start() < each.end and each.start < match.end() for each in found):
                continue
            edtf, counted = _read(number, match, text, issued)
            if edtf:
                found.append(FoundDate(match.start(), match.end(), edtf, counted))
    found += [
        each for each in _relative(text, issued) if not any(o.start < each.end and each.start < o.end for o in found)
    ]
    return sorted(found, key=lambda each: each.start)


def _read(number: int, match: re.Match[str], text: str, issued: str) -> tuple[str, str]:
    groups = match.groupdict()
    if "whole" in groups:
        meant = suggest_edtf(re.sub(r"[\u00a0]", " ", match["whole"]))
        return (
            (meant[0], "")
            if len(meant) == 1
            else (match["whole"], "")
            if re.fullmatch(r"\d{4}-\d\d-\d\d", match["whole"])
            else ("", "")
        )
    if "season" in groups:
        return f"{match['year']}-{_SEASONS[match['season'].lower()]}", ""
    if "first" in groups:
        first, last = match["first"], match["last"]
        last = first[:2] + last if len(last) == 2 else last
        return (f"{first}/{last}", "") if first < last else ("", "")
    if "plain" in groups:
        return (match["plain"], "") if _is_year(text, match) else ("", "")
    year = issued[:4]
    if not year.isdigit():
        return "", ""
    meant = suggest_edtf(f"{match['noyear'].rstrip('.')} {year}")
    return (meant[0], f"the year is that of the source's date, {issued}") if len(meant) == 1 else ("", "")


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Whether a number of four digits is a year: it stands behind a word of time, and before no noun that it could count."""
    if _BEHIND.match(text, match.end()):
        return True
    if text[max(0, match.start() - 2) : match.start()].strip() in ("€", "$", "£", "©", "№"):
        return False
    ahead = _AHEAD.search(text[max(0, match.start() - 14) : match.start()])
    if ahead is None and match.start() > 0:
        return False
    following = re.match(r"[ \u00a0]+([^\W\d_]+)", text[match.end() :])
    return not (following and following[1].lower() in units())


def _relative(text: str, issued: str) -> Iterator[FoundDate]:
    for match in _RELATIVE.finditer(text):
        counted = f"counted from '{match.group().strip()}' and the source's date, {issued}"
        edtf = _counted(match, issued)
        yield FoundDate(
            match.start(),
            match.end(),
            edtf,
            counted if edtf else f"'{match.group()}' counts from a date that the source does not give",
        )


def _counted(match: re.Match[str], issued: str) -> str:
    try:
        year, month = int(issued[:4]), int(issued[5:7] or 0)
    except ValueError:
        return ""
    if match["count"]:
        count = match["count"].lower()
        return f"{year - (int(count) if count.isdigit() else _NUMBERS[count])}~"
    if match["unit"]:
        step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
        if match["unit"].lower() == "year":
            return str(year + step)
        if not month:
            return ""
        moved = year * 12 + month - 1 + step
        return f"{moved // 12}-{moved % 12 + 1:02d}"
    try:
        day = date.fromisoformat(issued[:10])
    except ValueError:
        return ""
    return (day + timedelta(days={"yesterday": -1, "tomorrow": 1}[match["day"].lower()])).isoformat()
