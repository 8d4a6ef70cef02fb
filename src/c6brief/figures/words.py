"""The few words that figures bring along, in the brief's language; English where a language is not here yet."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from c6brief.documents.catalogue import figure_words


class FigureWords:
    """The words of one language, as ``words["stated"]``, with plurals, months and countries by CLDR."""

    def __init__(self, language: str) -> None:
        self.locale = _locale(language)
        own = figure_words(self.locale.language)
        self._known = bool(own)
        self._words = own or figure_words("en")

    def __getitem__(self, name: str) -> str:
        return self._words[name]

    def count(self, name: str, number: int) -> str:
        """``2 voices``: the form that the number asks for."""
        plural = self.locale.plural_form(number) if self._known else "one" if number == 1 else "other"
        form = self._words.get(f"{name}-{plural}", self._words[f"{name}-other"])
        return form.format(n=number)

    def month(self, number: int) -> str:
        """The short name of a month, 1 to 12, as it stands alone."""
        return str(self.locale.months["stand-alone"]["abbreviated"][number]).rstrip(".")

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166 code."""
        return str(self.locale.territories.get(code) or _locale("en").territories.get(code, code))


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")


def theme_name(theme: str) -> str:
    """``security-councils`` as ``Security councils``."""
    words = theme.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
