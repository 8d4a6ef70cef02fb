"""The few words that figures bring along, in the brief's language; English where a language is not here yet."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError

_WORDS = {
    "en": {
        "stated": "stated",
        "derived": "derived",
        "planned": "planned",
        "about": "about",
        "some-time-in": "some time in",
        "accounts-conflict": "accounts conflict",
        "no-date": "no date in the source",
        "no-date-many": "no date in the sources",
        "no-data": "no data",
        "earlier": "earlier",
        "later": "later",
        "sources": "Sources",
        "quoted": "quoted",
        "reported": "reported",
        "absent": "absent",
        "one-voice-bracket": "one voice",
        "voices-one": "{n} voice",
        "voices-other": "{n} voices",
        "km": "{n} km",
        "disclaimer": "Boundaries and names shown do not imply endorsement. Natural Earth.",
        "two-voices": "two voices",
        "one-voice": "one voice",
        "accounts-differ": "accounts differ",
        "several-years": "over several years",
        "scope-unstated": "not said of whom",
        "unit-events": "events",
        "unit-claims": "claims",
        "uncertain": "uncertain",
        "one-square": "one square",
        "no-square": "no square",
        "shares-of-known": "shares of the parts with data",
        "table-sum": "Sum, computed",
        "not-stated": "the source does not say whom",
        "not-stated-many": "the sources do not say whom",
        "member": "included",
        "no-member": "not included",
        "states-one": "{n} state",
        "states-other": "{n} states",
        "without-data-one": "{n} without data",
        "without-data-other": "{n} without data",
        "median": "median",
        "values": "number of values",
    },
    "ru": {
        "stated": "указано",
        "derived": "выведено",
        "planned": "намечено",
        "about": "около",
        "some-time-in": "в пределах",
        "accounts-conflict": "источники расходятся",
        "no-date": "в источнике нет даты",
        "no-date-many": "в источниках нет даты",
        "no-data": "нет данных",
        "earlier": "раньше",
        "later": "позже",
        "sources": "Источники",
        "quoted": "цитата",
        "reported": "пересказ",
        "absent": "нет",
        "one-voice-bracket": "один голос",
        "voices-one": "{n} голос",
        "voices-few": "{n} голоса",
        "voices-many": "{n} голосов",
        "voices-other": "{n} голоса",
        "km": "{n} км",
        "disclaimer": "Границы и названия на карте не означают их признания. Natural Earth.",
        "two-voices": "два голоса",
        "one-voice": "один голос",
        "accounts-differ": "источники расходятся",
        "several-years": "за несколько лет",
        "scope-unstated": "не сказано о ком",
        "unit-events": "события",
        "unit-claims": "утверждения",
        "uncertain": "неточно",
        "one-square": "один квадрат",
        "no-square": "без квадрата",
        "shares-of-known": "доли частей, о которых есть данные",
        "table-sum": "Сумма, вычислена",
        "not-stated": "источник не говорит, кого",
        "not-stated-many": "источники не говорят, кого",
        "member": "входит",
        "no-member": "не входит",
        "states-one": "{n} государство",
        "states-few": "{n} государства",
        "states-many": "{n} государств",
        "states-other": "{n} государства",
        "without-data-one": "{n} без данных",
        "without-data-few": "{n} без данных",
        "without-data-many": "{n} без данных",
        "without-data-other": "{n} без данных",
        "median": "медиана",
        "values": "число значений",
    },
}


class Words:
    """The words of one language, as ``words["stated"]``, with numbers, months and countries by CLDR."""

    def __init__(self, language: str) -> None:
        self.locale = _locale(language)
        self._words = _WORDS.get(self.locale.language, _WORDS["en"])

    def __getitem__(self, name: str) -> str:
        return self._words[name]

    def count(self, name: str, number: int) -> str:
        """``2 voices``: the form that the number asks for."""
        known = self.locale.language in _WORDS
        plural = self.locale.plural_form(number) if known else "one" if number == 1 else "other"
        form = self._words.get(f"{name}-{plural}", self._words[f"{name}-other"])
        return form.format(n=number)

    def month(self, number: int) -> str:
        """The short name of a month, 1 to 12, as it stands alone."""
        return self.locale.months["stand-alone"]["abbreviated"][number].rstrip(".")

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166 code."""
        return self.locale.territories.get(code) or _locale("en").territories.get(code, code)


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")
