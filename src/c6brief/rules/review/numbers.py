"""Numbers in running text, as values that can be compared.

``1,140``, ``1 140`` and ``1.14 thousand`` are one value; ``25%`` and ``25 per cent`` are one, and 25 without the
sign is another. ``ninety-four`` is 94. ``2024/25`` is 2024 and 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from c6brief.rules.review.vocabulary import Vocabulary

# Digits that no letter and no sign joins to a word before them: not C6, COVID-19, 3.2.1 or the path of an address.
_DIGITS = re.compile(
    r"(?<![^\W_])(?<![^\W\d_][-‐‑])(?<!\d[.,])(?<!\D/)(?<![@#=_])"
    r"(?:\d{1,3}(?:[,’\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d{1,2}(?!\d)|\.\d+)?)(?!\d|\.\d)"
)
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)(\d\d)[/–-](\d\d)(?![\d/–-])")
"""The second year of 2024/25."""


@dataclass(frozen=True)
class Number:
    """A value, whether it is a percentage, and where it stands in its text."""

    value: Decimal
    percent: bool
    start: int
    end: int
    in_words: bool = False


def numbers_in(text: str, vocabulary: Vocabulary | None) -> list[Number]:
    """The numbers in ``text``, in order. Written out in words they count where the vocabulary is known."""
    text = re.sub(r"\S+", _without_address, text)
    found = [*_in_digits(text, vocabulary), *(_in_words(text, vocabulary) if vocabulary else ())]
    return sorted(found, key=lambda number: number.start)


def _without_address(word: re.Match[str]) -> str:
    return " " * len(word[0]) if "://" in word[0] or word[0].startswith("www.") else word[0]


def _in_digits(text: str, vocabulary: Vocabulary | None) -> Iterator[Number]:
    ordinal, magnitude, percent = _endings(vocabulary)
    magnitudes = vocabulary.magnitudes if vocabulary else {}
    years = {match.start(3): f"{match[1]}{match[3]}" for match in _SHORT_YEAR.finditer(text) if match[3] > match[2]}
    for match in _DIGITS.finditer(text):
        value, end = _value(years.get(match.start(), match[0])), match.end()
        if times := magnitude.match(text, end):
            value, end = value * magnitudes[times[1].lower()], times.end()
        elif ending := ordinal.match(text, end):
            end = ending.end()
        elif text[end : end + 1].isalpha():
            continue  # 1990s, 10km
        share = percent.match(text, end)
        yield Number(value, bool(share), match.start(), share.end() if share else end)


def _value(digits: str) -> Decimal:
    if re.fullmatch(r"\d+,\d{1,2}", digits):  # a decimal comma
        return Decimal(digits.replace(",", "."))
    return Decimal(re.sub(r"[,’\u00a0\u2009\u202f]", "", digits))


def _in_words(text: str, vocabulary: Vocabulary) -> Iterator[Number]:
    _, magnitude, percent = _endings(vocabulary)
    tens, small = vocabulary.tens, vocabulary.small_numbers
    ten, one = _alternatives(tens), _alternatives(small)
    pattern = re.compile(rf"(?<!\w)(?:(?:{ten})(?:[-‐‑ ](?:{one}))?|(?:{one}))(?!\w)", re.I)
    for match in pattern.finditer(text):
        parts = re.split(r"[-‐‑ ]", match[0].lower())
        value, end = Decimal(sum(tens.get(part, small.get(part, 0)) for part in parts)), match.end()
        if times := magnitude.match(text, end):
            value, end = value * vocabulary.magnitudes[times[1].lower()], times.end()
        share = percent.match(text, end)
        yield Number(value, bool(share), match.start(), share.end() if share else end, True)


def is_among(number: Number, others: Iterable[Number]) -> bool:
    """Whether the value stands among ``others``: that of a percentage only as a percentage."""
    return any(other.value == number.value and (other.percent or not number.percent) for other in others)


def dates_as_numbers(edtf: str) -> list[Number]:
    """The numbers of an EDTF date: of ``2026-02-18~`` 2026, 2 and 18."""
    return [Number(Decimal(digits), False, 0, 0) for digits in re.findall(r"\d+", edtf)]


def _endings(vocabulary: Vocabulary | None) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What may follow digits: the ending of an ordinal, a magnitude, a sign of percentage."""
    if vocabulary is None:
        return re.compile(r"(?!)"), re.compile(r"(?!)"), re.compile(r"\s?%")
    ordinal = re.compile(rf"(?:{_alternatives(vocabulary.ordinal_endings)})(?!\w)", re.I)
    magnitude = re.compile(rf"[\s\u00a0-]?({_alternatives(vocabulary.magnitudes)})(?!\w)", re.I)
    return ordinal, magnitude, re.compile(rf"[\s\u00a0]?(?:{_alternatives(vocabulary.percent)})(?!\w)", re.I)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
