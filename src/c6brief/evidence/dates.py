"""EDTF dates: checked, and compared as intervals.

EDTF is the Library of Congress's Extended Date/Time Format, which the package `edtf` reads. Importing its grammar takes
longer than reading a whole evidence base (0.15 s). So the forms of nearly all dates are read here, to the same days: a
year, a month or a day, with or without a mark of doubt, and two of these with a stroke between. The package reads the
others.
"""

from __future__ import annotations

import calendar
import re
import time
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
        # The package's margins: a year, of a month also a month, of a day also a day; doubly for "%".
        margin = 2 if found[4] == "%" else 1
        months, days = (12 if found[2] is None else 13) * margin, margin if found[3] else 0
        first, end = _shift(first, -months, -days), _shift(end, months, days)
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
        _parse(text)
    except (EDTFParseException, ValueError, RecursionError) as reason:
        hint = "examples: 2024, 2024-05, 2022~ (about), 2024/2025"
        raise PydanticCustomError("bad-date", f"'{text}' is not an EDTF date", {"hint": hint}) from reason
    return text


@lru_cache(maxsize=4096)
def interval(text: str) -> Interval:
    """The interval of an EDTF string; ``2022~`` reaches a year to either side, as the package `edtf` has it."""
    plain = _plain_interval(text)
    if plain is not None:
        return plain
    found = _parse(text)
    return Interval(_to_day(found.lower_fuzzy(), FIRST), _to_day(found.upper_fuzzy(), LAST))


def _to_day(moment: object, otherwise: Day) -> Day:
    """The day of a moment of `edtf`; ``otherwise`` for the infinity that stands for an open end."""
    if isinstance(moment, time.struct_time):
        return moment.tm_year, moment.tm_mon, moment.tm_mday
    return otherwise


def is_approximate(text: str) -> bool:
    """Whether the date carries EDTF's marks of doubt: ``~`` about, ``?`` uncertain, ``%`` both."""
    return any(mark in text for mark in "~?%")
