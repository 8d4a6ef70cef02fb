"""The tool's own words, and numbers, dates and lists, in the language of a brief."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal

from c6brief.documents.catalogue import words

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")
_SEASON = re.compile(r"(\d{4})-(2[1-9]|3[0-2])\Z")
_SEASONS = ("winter", "spring", "summer", "autumn")
"""By the number of a season in EDTF, modulo 4."""
_YEAR = re.compile(r"\d{4}\Z")
_BEFORE_CHRIST = re.compile(r"-?(\d{4})((?:-\d\d){0,2})")


class Wording:
    """The words of one language, and how it writes numbers, dates and lists, by Babel."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = words(language)

    def __call__(self, key: str, **values: object) -> str:
        """The words of that ``key``, with ``values`` in the place of their ``{placeholders}``."""
        return self.words[key].format(**values) if values else self.words[key]

    def day(self, iso: str) -> str:
        """A day of the form 2026-03-02 as ``2 March 2026``."""
        return self._format(datetime.date.fromisoformat(iso), "d MMMM y")

    def date(self, edtf: str) -> str:
        """An EDTF date in words: ``about 2022``, ``2024–2025``. A form for which there are no words stays EDTF."""
        if "/" in edtf:
            first, last = edtf.split("/", 1)
            if first in ("", ".."):
                return self("date_until", date=self.date(last))
            if last in ("", ".."):
                return self("date_from", date=self.date(first))
            joined = "–" if _YEAR.match(first) and _YEAR.match(last) else " – "
            return self.date(first) + joined + self.date(last)
        if edtf[0] in "[{" and ".." not in edtf:
            dates = [self.date(each.strip()) for each in edtf[1:-1].split(",")]
            return self.join_list(dates, "or" if edtf[0] == "[" else "standard")
        if season := _SEASON.match(edtf):
            return self(f"season_{_SEASONS[int(season[2]) % 4]}", year=season[1])
        if edtf[:1] == "-" or edtf[:4] == "0000":
            return self._date_before_christ(edtf)
        if edtf[-1:] in "~%":
            return self("date_about", date=self.date(edtf[:-1]))
        if edtf[-1:] == "?":
            return self("date_perhaps", date=self.date(edtf[:-1]))
        if _DAY.match(edtf):
            return self.day(edtf)
        if month := _MONTH.match(edtf):
            return self._format(datetime.date(int(month[1]), int(month[2]), 1), "LLLL y")
        return edtf.lstrip("0") if _YEAR.match(edtf) else edtf

    def _date_before_christ(self, edtf: str) -> str:
        """A date before the year 1: EDTF's year 0000 is 1 BC, -0042 is 43 BC (ISO 8601)."""
        found = _BEFORE_CHRIST.fullmatch(edtf)
        if found is None:
            return edtf
        year, rest = int(found[1]) + 1, found[2]
        dated = self.date(f"2000{rest}") if rest else ""  # any year that has the day: its number is left out
        words = dated.replace("2000", "").strip() if rest else ""
        return self("date_bc", date=f"{words} {year}".strip())

    def date_of_source(self, edtf: str) -> str:
        """The date of a source in words, as :meth:`date`, but ``c. 1850`` where it is about that year; one that is not EDTF as
        it is written.
        """
        if edtf[-1:] in "~%" and "/" not in edtf:
            return self("date_circa", date=self.date_of_source(edtf[:-1]))
        return self.date(edtf)

    def number(self, value: int | float) -> str:
        """A number as the language writes it: 1,140."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.language.replace("-", "_"))

    def count(self, key: str, count: int) -> str:
        """A count in words: ``1 source``, ``3 sources``, as :meth:`plural`."""
        return self.plural(key, count, count=self.number(count))

    def plural(self, key: str, number: int, /, **values: object) -> str:
        """The words of ``key`` for so many: those of KEY_one, KEY_few, KEY_many or KEY_other.

        Which of them is CLDR's rule of the language (https://cldr.unicode.org/index/cldr-spec/plural-rules), by Babel. A
        form that the catalogue does not have is KEY_other.
        """
        from babel import Locale

        form = Locale.parse(self.language, sep="-").plural_form(number)
        return self(f"{key}_{form}" if f"{key}_{form}" in self.words else f"{key}_other", **values)

    def letter(self, index: int) -> str:
        """The letter of an annex: A for 0, Z for 25, then AA."""
        first, last = divmod(index, 26)
        return (self.letter(first - 1) if first else "") + chr(ord("A") + last)

    def join_list(self, items: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
        """A list in words: ``a, b and c``; ``a, b or c``."""
        from babel.lists import format_list

        return format_list(list(items), style=style, locale=self.language.replace("-", "_"))

    def _format(self, date: datetime.date, pattern: str) -> str:
        from babel.dates import format_date

        return format_date(date, pattern, locale=self.language.replace("-", "_"))
