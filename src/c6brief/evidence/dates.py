"""EDTF dates: checked, and compared by the days that they allow.

EDTF is the Library of Congress's Extended Date/Time Format, which the package `edtf` reads. Importing its grammar takes
longer than reading a whole evidence base (0.15 s). So the forms of nearly all dates are read here, to the same days: a
year, a month or a day, with or without a mark of doubt, and two of these with a stroke between. The package reads the
others, with two differences. A date in doubt reaches one unit of its own to either side: May 2024 a month, and not a year and
a month. And a winter, which the package ends with the year, ends with February; "winter 2024" may be that which ends in 2024
too.
"""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from pydantic_core import PydanticCustomError

FIRST, LAST = (-9999, 1, 1), (9999, 12, 31)
"""The days that stand for open ends of intervals."""

Day = tuple[int, int, int]
"""Year, month and day: a tuple, since a date of Python ends with the year 1."""


@dataclass(frozen=True, order=True)
class Interval:
    """The days that a date allows, with the first and the last. An approximate date allows its margin too."""

    first: Day
    last: Day

    def meets(self, other: Interval) -> bool:
        """Whether some day is allowed by both."""
        return self.first <= other.last and other.first <= self.last


_WORDS = re.compile(r"(?!unknown|open)(?<![a-z])[a-df-rvw]", re.I)
"""A letter at a word's beginning that EDTF has not: it has E, S, T, U, X, Y and Z, and the words unknown and open."""

_PLAIN = re.compile(r"([1-8][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)", re.ASCII)
"""Dates in years so far from the ends of Python's calendar that margins do not reach these."""


def _plain_interval(text: str) -> Interval | None:
    """The interval of a date of a usual form, or of two with a stroke between; ``None`` for all others."""
    parts = [_plain_date(part) for part in text.split("/")]
    first, last = parts[0], parts[-1]
    return Interval(first.first, last.last) if first and last and len(parts) <= 2 else None


def _plain_date(text: str) -> Interval | None:
    """The interval of a year, month or day, with or without a mark of doubt; ``None`` for all others."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    last = 12 if found[2] is None else month
    try:
        first = date(year, month, day)
        end = first if found[3] else date(year, last, calendar.monthrange(year, last)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None  # no such day; or a season, which has a number above 12
    if found[4]:
        margin = 2 if found[4] == "%" else 1
        months, days = (12 if found[2] is None else 0 if found[3] else 1) * margin, margin if found[3] else 0
        first, end = _shift(first, -months, -days), _shift(end, months, days)
        if not found[3]:
            end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    return Interval((first.year, first.month, first.day), (end.year, end.month, end.day))


def _shift(day: date, months: int, days: int) -> date:
    """The day so many months after ``day``, and then so many days; the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=days)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Any:
    from edtf import parse_edtf

    return parse_edtf(text)


def check_edtf(text: str) -> str:
    """``text`` if it is EDTF. Raises ``PydanticCustomError("bad-date")`` if not."""
    if _plain_interval(text) or (text.isascii() and text.isdigit() and len(text) == 4):
        return text
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        if _WORDS.search(text) and text not in ("unknown", "open"):
            raise ValueError(text)  # at once: the package takes 12 ms, and libraries have many dates in words
        allowed(text)
    except (EDTFParseException, ValueError, RecursionError) as reason:
        from c6brief.evidence.written_dates import suggest_edtf  # here: a run without problems never needs it

        meant = suggest_edtf(text)
        hint = f"write {' or '.join(meant)}" if meant else "examples: 2024, 2024-05, 2022~ (about), 2024/2025"
        raise PydanticCustomError("bad-date", f"'{text}' is not an EDTF date", {"hint": hint}) from reason
    return text


@lru_cache(maxsize=4096)
def allowed(text: str) -> tuple[Interval, ...]:
    """The days that an EDTF string allows, in stretches: those of each member of a set, of a winter two."""
    plain = _plain_interval(text)
    if plain is not None:
        return (plain,)
    if "/" in text and text.count("/") == 1:
        found = _between(*text.split("/"))
        if found is not None:
            return (found,)
    return _stretches(_parse(text))


def _stretches(date: Any) -> tuple[Interval, ...]:
    from edtf.parser.parser_classes import MultipleDates, OneOfASet, Season

    if isinstance(date, (OneOfASet, MultipleDates)):
        return tuple(stretch for member in date.objects for stretch in _member(member))
    if isinstance(date, Season) and int(date.season) in OVER_NEW_YEAR:
        year = int(date.year)
        begun, ended = (Interval((at, 12, 1), (at + 1, 2, _last_of_february(at + 1))) for at in (year, year - 1))
        return (Interval((year, 1, 1), ended.last), begun)
    return (Interval(_to_day(date.lower_fuzzy(), FIRST), _to_day(date.upper_fuzzy(), LAST)),)


def _member(member: Any) -> tuple[Interval, ...]:
    """The stretches of a member of a set, which the package gives as a date, or as an interval that may be open."""
    text = str(member)
    plain = _plain_interval(text)
    return (plain,) if plain else _stretches(member)


OVER_NEW_YEAR = (24, 28, 30)
"""The seasons of ISO 8601-2 that begin in one year and end in the next: winter, winter of the north, summer of the south."""


def _last_of_february(year: int) -> int:
    return calendar.monthrange(year, 2)[1] if 1 <= year <= 9999 else 28


def _between(first: str, last: str) -> Interval | None:
    """The days from one date to another; ``None`` where one of them is open, and so is none."""
    if not first.strip(".") or not last.strip("."):
        return None
    return Interval(interval(first).first, interval(last).last)


@lru_cache(maxsize=4096)
def interval(text: str) -> Interval:
    """From the first day to the last that an EDTF string allows; of a winter that may be two, the later one."""
    stretches = allowed(text)
    if len(stretches) == 2 and text[-2:] in map(str, OVER_NEW_YEAR):
        return stretches[1]
    return Interval(min(each.first for each in stretches), max(each.last for each in stretches))


def can_all_hold(dates: Iterable[str]) -> bool:
    """Whether some day is allowed by all of these EDTF strings."""
    common: tuple[Interval, ...] = (Interval(FIRST, LAST),)
    for text in dates:
        pairs = ((one, other) for one in common for other in allowed(text) if one.meets(other))
        common = tuple({Interval(max(one.first, other.first), min(one.last, other.last)) for one, other in pairs})
    return bool(common)


def _to_day(moment: object, otherwise: Day) -> Day:
    """The day of a moment of `edtf`; ``otherwise`` for the infinity that stands for an open end."""
    if isinstance(moment, time.struct_time):
        return moment.tm_year, moment.tm_mon, moment.tm_mday
    return otherwise


def is_approximate(text: str) -> bool:
    """Whether the date carries EDTF's marks of doubt: ``~`` about, ``?`` uncertain, ``%`` both."""
    return any(mark in text for mark in "~?%")
