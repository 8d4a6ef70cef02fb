"""Numbers in running text, as values that can be compared: one reader for the rules and for the manifest.

``1,140``, ``1 140`` and ``1.14 thousand`` are one value; ``25%`` and ``25 per cent`` are one, and 25 without the sign is
another. ``ninety-four`` is 94. ``2024/25`` is 2024 and 2025. Whether ``3.480`` is three or three thousand is told by the
language of the text; where that is not known it may be both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml

from c6brief.evidence.models import Source

POINT = frozenset(("en", "zh", "ja", "ko", "th", "he", "hi", "ur", "ms", "ga", "cy", "mt", "sw"))
"""Languages whose decimals follow a point (CLDR); those of the others follow a comma."""

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""What a number is at least and at most to be a year."""

# Digits that no letter and no sign joins to a word before them: not C6, COVID-19, 3.2.1 or the path of an address.
_DIGITS = re.compile(
    r"(?<![^\W_])(?<![^\W\d_][-‐‑])(?<!\d[.,])(?<!\D/)(?<![@#=_])"
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}(?!\d))+|\d{1,3}(?:[’']\d{3}(?!\d))+|\d{1,3}(?:,\d{2,3}(?!\d))*,\d{3}(?!\d)"
    r"|\d{1,3}(?:\.\d{3}(?!\d))+|\d+)(?:[.,]\d+)?(?!\d|[.]\d)"
)
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)(\d\d)[/–-](\d\d)(?![\d/–-])")
"""The second year of 2024/25."""

_IDENTIFIER = re.compile(
    r"(?<!\w)(?:(?:ISO|IEC|IEEE|EN|DIN|GOST|ГОСТ|RFC|ISBN|ISSN|DOI)(?:[ /](?:ISO|IEC|EN))*[ :\u00a0]?"
    r"|(?:Regulation|Directive|Resolution|Decision|Decree|Law|Act)[ \u00a0](?:\([A-Z]{2,}\)[ \u00a0])?(?:No\.?[ \u00a0])?"
    r"|(?:[Aa]rticles?|[Aa]rt\.|[Ss]ection|[Cc]lause|[Aa]nnex|[Vv]ersion|[Nn]o\.|[Tt]el\.|[Pp]hone)[ \u00a0]|(?:№|§§?)[ \u00a0]?"
    r"|(?:at|by|from|until)[ \u00a0](?=\d?\d:\d\d(?!\d)))"
    r"\d[\d./:()–-]*(?![ \u00a0]?(?:%|per\b))"
)
"""Numbers that count nothing: of norms, laws and their parts, versions, telephones; the time of day."""

_SPACES = re.compile(r"[ \u00a0\u2009\u202f’']")
_FILE = Path(__file__).parent / "words" / "numbers.yaml"


@dataclass(frozen=True)
class NumberWords:
    """How one language writes numbers in words, and what stands at digits, in small letters."""

    small_numbers: Mapping[str, int]
    tens: Mapping[str, int]
    magnitudes: Mapping[str, int]
    ordinal_endings: tuple[str, ...]
    percent: tuple[str, ...]
    months: Mapping[str, int]


@dataclass(frozen=True)
class Number:
    """A number, and where it stands in its text. ``values`` are those that it may have, the likeliest first."""

    values: tuple[Decimal, ...]
    percent: bool
    start: int
    end: int
    in_words: bool = False
    parts: tuple[Decimal, ...] = ()
    """Where a plain space parts its digits: the numbers that they may be as well."""
    is_dated: bool = False
    """Whether it stands beside the name of a month: 6 May."""
    is_day: bool = False
    """Whether it is the day or the month of a date of the base, which says nothing of other numbers."""

    @property
    def value(self) -> Decimal:
        """The likeliest of its values."""
        return self.values[0]


@lru_cache(maxsize=1)
def _file() -> Mapping[str, Mapping[str, object]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Mapping[str, Mapping[str, object]] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=loader)
    return found


@lru_cache
def number_words(language: str) -> NumberWords:
    """The words of ``language``, without its region; of one that has none the sign of percentage alone."""
    given = _file().get(language.split("-")[0].lower(), {})

    def numbers(key: str) -> Mapping[str, int]:
        value = given.get(key, {})
        return {str(word): int(number) for word, number in value.items()} if isinstance(value, dict) else {}

    def words(key: str, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = given.get(key, otherwise)
        return tuple(map(str, value)) if isinstance(value, (list, tuple)) else otherwise

    return NumberWords(
        small_numbers=numbers("small_numbers"),
        tens=numbers("tens"),
        magnitudes=numbers("magnitudes"),
        ordinal_endings=words("ordinal_endings"),
        percent=words("percent", ("%",)),
        months=numbers("months"),
    )


def language_of(source: Source) -> str | None:
    """The language that a source says it is in; ``None`` where it does not."""
    language = (source.model_extra or {}).get("language")
    return language if isinstance(language, str) and language else None


@lru_cache(maxsize=4096)
def numbers_in(text: str, language: str | None) -> tuple[Number, ...]:
    """The numbers in ``text``, in order. Of a text whose ``language`` is not known, words are read as English."""
    text = re.sub(r"\S+", _without_address, text)
    text = _IDENTIFIER.sub(lambda found: " " * len(found[0]), text)
    words = number_words(language or "en")
    found = [*_in_digits(text, language, words), *_in_words(text, words)]
    return tuple(sorted(found, key=lambda number: number.start))


def _without_address(word: re.Match[str]) -> str:
    return " " * len(word[0]) if "://" in word[0] or word[0].startswith("www.") else word[0]


def _in_digits(text: str, language: str | None, words: NumberWords) -> Iterator[Number]:
    ordinal, magnitude, percent, before_month, after_month = _patterns(words)
    years = {match.start(3): f"{match[1]}{match[3]}" for match in _SHORT_YEAR.finditer(text) if match[3] > match[2]}
    for match in _DIGITS.finditer(text):
        digits, end = years.get(match.start(), match[0]), match.end()
        values, times, is_ordinal = _values(digits, language), magnitude.match(text, end), ordinal.match(text, end)
        if times:
            values = tuple(value * words.magnitudes[times[1].lower()] for value in values)
            end = times.end()
        elif is_ordinal:
            end = is_ordinal.end()
        elif text[end : end + 1].isalpha():
            continue  # 1990s, 10km
        share = percent.match(text, end)
        is_dated = bool(
            after_month.match(text, end) or before_month.search(text, max(0, match.start() - 20), match.start())
        )
        parts = tuple(map(Decimal, digits.split())) if " " in digits else ()
        yield Number(values, bool(share), match.start(), share.end() if share else end, False, parts, is_dated)


def _values(digits: str, language: str | None) -> tuple[Decimal, ...]:
    """The values of digits with points, commas, spaces and apostrophes among them."""
    bare = _SPACES.sub("", digits)
    signs = [char for char in bare if char in ".,"]
    if not signs:
        return (Decimal(bare),)
    last = signs[-1]
    whole, _, rest = bare.rpartition(last)
    grouped, decimal = Decimal(re.sub("[.,]", "", bare)), Decimal(f"{re.sub('[.,]', '', whole)}.{rest}")
    if len(set(signs)) > 1 or bare != digits:
        return (decimal,)
    if len(signs) > 1:
        return (grouped,)
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        return (decimal,)
    has_point = (language or "en").split("-")[0].lower() in POINT
    likely = decimal if (last == ".") is has_point else grouped
    return (likely,) if language else (likely, grouped if likely is decimal else decimal)


def _in_words(text: str, words: NumberWords) -> Iterator[Number]:
    pattern = _word_pattern(words)
    if pattern is None:
        return
    _, magnitude, percent, _, _ = _patterns(words)
    tens, small = words.tens, words.small_numbers
    for match in pattern.finditer(text):
        parts = re.split(r"[-‐‑ ]", match[0].lower())
        value, end = Decimal(sum(tens.get(part, small.get(part, 0)) for part in parts)), match.end()
        if times := magnitude.match(text, end):
            value, end = value * words.magnitudes[times[1].lower()], times.end()
        share = percent.match(text, end)
        yield Number((value,), bool(share), match.start(), share.end() if share else end, True)


def is_among(number: Number, others: Iterable[Number]) -> bool:
    """Whether a number stands among ``others``: a percentage only as a percentage, a day of a month only as such a day."""
    known = [other for other in others if other.percent or not number.percent]
    values = {value for other in known for value in (*other.values, *other.parts)}
    return any(value in values for value in number.values) or (
        bool(number.parts) and all(part in values for part in number.parts)
    )


def dates_as_numbers(edtf: str, *, with_days: bool = False) -> list[Number]:
    """The years of an EDTF date as numbers; ``with_days`` the months and the days too, which count in dates alone."""
    values = [Decimal(digits) for digits in re.findall(r"\d+", edtf)]
    found = [Number((value,), False, 0, 0, is_day=not FIRST_YEAR <= value <= LAST_YEAR) for value in values]
    return [number for number in found if with_days or not number.is_day]


Patterns = tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]


def _patterns(words: NumberWords) -> Patterns:
    """What may follow digits (the ending of an ordinal, a magnitude, a sign of percentage) and months around them."""
    return _compiled(words.ordinal_endings, tuple(words.magnitudes), words.percent, tuple(words.months))


@lru_cache
def _compiled(
    endings: tuple[str, ...], magnitudes: tuple[str, ...], percent: tuple[str, ...], months: tuple[str, ...]
) -> Patterns:
    any_month = _alternatives([*months, *(month[:3] for month in months)])
    return (
        re.compile(rf"(?:{_alternatives(endings)})(?!\w)", re.I),
        re.compile(rf"[\s\u00a0-]?({_alternatives(magnitudes)})(?!\w)", re.I),
        re.compile(rf"[\s\u00a0]?(?:{_alternatives(percent)})(?!\w)", re.I),
        re.compile(rf"(?<!\w)(?:{any_month})\.?\s+$", re.I),
        re.compile(rf"(?:st|nd|rd|th)?\.?\s+(?:of\s+|de\s+)?(?:{any_month})(?!\w)", re.I),
    )


def _word_pattern(words: NumberWords) -> re.Pattern[str] | None:
    return _words_compiled(tuple(words.tens), tuple(words.small_numbers)) if words.small_numbers else None


@lru_cache
def _words_compiled(tens: tuple[str, ...], small: tuple[str, ...]) -> re.Pattern[str]:
    ten, one = _alternatives(tens), _alternatives(small)
    return re.compile(rf"(?<!\w)(?:(?:{ten})(?:[-‐‑ ](?:{one}))?|(?:{one}))(?!\w)", re.I)


def _alternatives(words: Iterable[str]) -> str:
    """Any of ``words``, the longest first; of none, what is nowhere."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
