"""EDTF dates: checked, compared as intervals, written out for print.

The Library of Congress's Extended Date/Time Format, by the `edtf` package. Imported where it is needed: its
grammar costs 100 ms.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
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


@lru_cache(maxsize=4096)
def _parsed(text: str):
    from edtf import parse_edtf

    return parse_edtf(text)


def checked_edtf(text: str) -> str:
    """``text`` if it is EDTF. Raises ``PydanticCustomError("bad-date")`` if not."""
    from edtf.parser.edtf_exceptions import EDTFParseException

    if text.isascii() and text.isdigit() and len(text) == 4:
        return text  # a plain year, nine dates in ten: no grammar needed
    try:
        _parsed(text)
    except (EDTFParseException, ValueError, RecursionError) as reason:
        hint = "examples: 2024, 2024-05, 2022~ (about), 2024/2025"
        raise PydanticCustomError("bad-date", f"'{text}' is not an EDTF date", {"hint": hint}) from reason
    return text


@lru_cache(maxsize=4096)
def interval(text: str) -> Interval:
    """The interval of an EDTF string; ``2022~`` reaches a year to either side, as the `edtf` package has it."""
    date = _parsed(text)
    return Interval(_day(date.lower_fuzzy(), FIRST), _day(date.upper_fuzzy(), LAST))


def _day(moment, otherwise: Day) -> Day:
    if isinstance(moment, time.struct_time):
        return moment.tm_year, moment.tm_mon, moment.tm_mday
    return otherwise


def is_approximate(text: str) -> bool:
    """Whether the date carries EDTF's marks of doubt: ``~`` about, ``?`` uncertain, ``%`` both."""
    return any(mark in text for mark in "~?%")
