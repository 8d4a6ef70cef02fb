"""EDTF dates: checked, compared as intervals, written out for print.

The Library of Congress's Extended Date/Time Format, by the `edtf` package. Its grammar takes longer than reading a whole
evidence base (0.15 s), so what nearly all dates are is read here, to the same days: a year, month or day of the calendar,
with or without a mark of doubt, and two of them with a stroke between. Everything else is the package's.
"""

from __future__ import annotations

import calendar
import re
import time
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pydantic_core import PydanticCustomError

FIRST, LAST = (-9999, 1, 1), (9999, 12, 31)
"""The bounds that stand in for open ends."""

Day = tuple[int, int, int]


@dataclass(frozen=True, order=True)
class Interval:
    """The days that a date allows, first and last included. An approximate date allows its margin too."""

    first: Day
    last: Day

    def meets(self, other: Interval) -> bool:
        """Whether some day is allowed by both."""
        return self.first <= other.last and other.first <= self.last


_PLAIN = re.compile(r"([1-8][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)", re.ASCII)
"""Years whose margins no calendar ends at; months and days are looked at when they are read."""


def _plain(text: str) -> Interval | None:
    """The interval of an ordinary date, or of two with a stroke between; ``None`` for all others."""
    parts = [_plain_date(part) for part in text.split("/")]
    if len(parts) > 2 or None in parts:
        return None
    return Interval(parts[0].first, parts[-1].last)


def _plain_date(text: str) -> Interval | None:
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
        # The package's margins: a year, of a month also a month, of a day also a day; doubly for "%".
        margin = 2 if found[4] == "%" else 1
        months, days = (12 if found[2] is None else 13) * margin, margin if found[3] else 0
        first, end = _moved(first, -months, -days), _moved(end, months, days)
    return Interval((first.year, first.month, first.day), (end.year, end.month, end.day))


def _moved(day: date, months: int, days: int) -> date:
    """``day`` so many months, and then days, later; the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=days)


@lru_cache(maxsize=4096)
def _parsed(text: str):
    from edtf import parse_edtf

    return parse_edtf(text)


def checked_edtf(text: str) -> str:
    """``text`` if it is EDTF. Raises ``PydanticCustomError("bad-date")`` if not."""
    if _plain(text) or (text.isascii() and text.isdigit() and len(text) == 4):
        return text
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        _parsed(text)
    except (EDTFParseException, ValueError, RecursionError) as reason:
        hint = "examples: 2024, 2024-05, 2022~ (about), 2024/2025"
        raise PydanticCustomError("bad-date", f"'{text}' is not an EDTF date", {"hint": hint}) from reason
    return text


@lru_cache(maxsize=4096)
def interval(text: str) -> Interval:
    """The interval of an EDTF string; ``2022~`` reaches a year to either side, as the `edtf` package has it."""
    plain = _plain(text)
    if plain is not None:
        return plain
    found = _parsed(text)
    return Interval(_day(found.lower_fuzzy(), FIRST), _day(found.upper_fuzzy(), LAST))


def _day(moment, otherwise: Day) -> Day:
    if isinstance(moment, time.struct_time):
        return moment.tm_year, moment.tm_mon, moment.tm_mday
    return otherwise


def is_approximate(text: str) -> bool:
    """Whether the date carries EDTF's marks of doubt: ``~`` about, ``?`` uncertain, ``%`` both."""
    return any(mark in text for mark in "~?%")
