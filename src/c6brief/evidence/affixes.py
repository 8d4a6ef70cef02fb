"""What stands beside a number in its cell: a minus, the unit, a currency; or a scale, a bound or a flag, which would be lost.

Nothing beside a number is left out in silence. What is the unit of the field, or a currency where the field says that signs
stand around its numbers (``bareNumber: false``), may go; all else is refused with the way out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MINUSES = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
"""Characters that are typed for a minus."""

_NUMBER = re.compile(
    r"([^0-9]*?)((?:\.(?=[0-9]))?[0-9](?:[0-9.,'’ \u00a0\u2007\u2009\u202f]*[0-9])?\.?(?:[eE][-+]?[0-9]{1,4}(?![^\W_]))?)([^0-9]*)"
)
_CURRENCY_CODES = {"€": {"EUR"}, "£": {"GBP"}, "¥": {"JPY", "CNY"}, "₽": {"RUB"}, "₸": {"KZT"}, "₺": {"TRY"}, "₹": {"INR"},
                   "₴": {"UAH"}, "₾": {"GEL"}, "₼": {"AZN"}, "US$": {"USD"}, "A$": {"AUD"}, "C$": {"CAD"}, "R$": {"BRL"},
                   "euro": {"EUR"}, "euros": {"EUR"}, "Fr.": {"CHF"}}  # fmt: skip
_DOLLARS = frozenset(("USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "dollar", "dollars", "US$", "A$", "C$", "R$"))

PERCENT_SIGNS = "%٪％﹪"
_PERCENT_WORDS = frozenset(("percent", "pct", "pct.", "per-cent"))

_BOUND = re.compile(r"[<>≤≥⩽⩾~≈≃±∼]|(?<!\w)(?:under|over|about|around|almost|nearly|circa|ca?\.|up to|more than|less than)(?!\w)", re.I)  # fmt: skip
_SCALES = frozenset(
    [
        "k",
        "thousand",
        "thousands",
        "tsd",
        "tsd.",
        "th",
        "m",
        "mn",
        "mln",
        "mio",
        "mio.",
        "million",
        "millions",
        "b",
        "bn",
        "bln",
        "billion",
        "billions",
        "mrd",
        "mrd.",
        "md",
        "milliard",
        "milliards",
        "milliarden",
        "millionen",
        "t",
        "tn",
        "trn",
        "trillion",
        "trillions",
        "lakh",
        "crore",
        "тыс",
        "тыс.",
        "млн",
        "млн.",
        "млрд",
        "млрд.",
        "трлн",
        "mld",
        "mill",
        "mill.",
        "hundred",
    ]
)
_FLAGS = frozenset(["b", "c", "d", "e", "f", "i", "n", "p", "r", "s", "u", "z", "bd", "be", "bp", "ep", "de", "dp", "pe", "pr", "rp", "prov", "prov.", "est", "est.", "(b)", "(c)", "(d)", "(e)", "(f)", "(p)", "(r)", "(s)", "(u)"])  # fmt: skip
_NOTE = re.compile(r"[*†‡§¶#¹²³⁰⁴-⁹ᵃᵇᶜ]|\[[^\]]{0,3}\]?|\([^)]{0,3}\)|\)\s*\Z")


@dataclass(frozen=True)
class CellNumber:
    """A number as a cell has it: its ``digits`` (with groups and decimal sign), and what stands around them.

    The sign is part of ``digits``. ``in_brackets``: whether brackets stand for the minus, as accountants write it.
    """

    digits: str
    beside: tuple[str, ...]
    """The words and signs before and after the number, in their order."""
    in_brackets: bool = False


def take_apart(text: str) -> CellNumber | None:
    """The one number of ``text``; ``None`` where it has none, or several."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    before, digits, after = match.groups()
    opened, closed = before.count("("), after.count(")")
    in_brackets = opened == 1 and closed == 1 and "(" not in after and ")" not in before
    if in_brackets:
        before, after = before.replace("(", " "), after.replace(")", " ")
    sign = ""
    stripped = before.strip()
    if stripped and (stripped[0] in MINUSES or stripped[-1] in MINUSES):
        if sum(char in MINUSES for char in stripped) > 1 or in_brackets:
            return None
        sign, stripped = "-", stripped[1:] if stripped[0] in MINUSES else stripped[:-1]
    elif stripped and (stripped[0] == "+" or stripped[-1] == "+"):
        stripped = stripped[1:] if stripped[0] == "+" else stripped[:-1]
    if in_brackets:
        sign = "-"
    return CellNumber(sign + digits, (*tokens(stripped), *tokens(after)), in_brackets)


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[str, ...]:
    """The words and signs of ``text``: signs of currency and of percentage each by itself."""
    found: list[str] = []
    for word in text.split():
        if _is_currency(word):
            found.append(word)
            continue
        rest = ""
        for char in word:
            if unicodedata.category(char) == "Sc" or char in PERCENT_SIGNS:
                if rest:
                    found.append(rest)
                rest = ""
                found.append("%" if char in PERCENT_SIGNS else char)
            else:
                rest += char
        if rest:
            found.append(rest)
    if [word.casefold() for word in found[-2:]] == ["per", "cent"]:
        found[-2:] = ["%"]
    return tuple("%" if word.casefold() in _PERCENT_WORDS else word for word in found)


def is_percent(unit: str | None) -> bool:
    """Whether a unit is per cent, of whatever: ``%``, ``per cent``, ``% of GDP``."""
    words = tokens(unit or "")
    return words[:1] == ("%",) or [word.casefold() for word in words[:2]] == ["per", "cent"]


@lru_cache(maxsize=1)
def _currency_codes() -> frozenset[str]:
    from babel.core import get_global  # here: few tables have currencies beside their numbers

    return frozenset(get_global("all_currencies"))


def _is_currency(word: str) -> bool:
    if word in _CURRENCY_CODES or (len(word) == 1 and unicodedata.category(word) == "Sc"):
        return True
    return len(word) == 3 and word.isupper() and word.isascii() and word in _currency_codes()


def _same_currency(one: str, other: str) -> bool:
    if one == other:
        return True
    if "$" in (one, other):
        return (other if one == "$" else one) in _DOLLARS
    codes = [_CURRENCY_CODES.get(word, {word}) for word in (one, other)]
    return not codes[0].isdisjoint(codes[1])


def may_go(beside: Iterable[str], unit: str | None, *, bare: bool) -> bool:
    """Whether what stands ``beside`` a number says nothing that the field does not say.

    ``bare``: the field says nothing of signs around its numbers, so that a percentage in a field of per cent alone may go.
    """
    beside = tuple(beside)
    if not beside:
        return True
    if beside == ("%",) and is_percent(unit):
        return True
    if bare:
        return False
    of_unit = tokens(unit or "")
    if sorted(beside) == sorted(of_unit):
        return True
    if len(beside) == 1 and _is_currency(beside[0]):
        return not of_unit or any(_same_currency(beside[0], word) for word in of_unit)
    if not of_unit or len(beside) != len(of_unit):
        return False
    pairs = zip(sorted(beside, key=_is_currency), sorted(of_unit, key=_is_currency), strict=True)
    return all(one == other or (_is_currency(one) and _same_currency(one, other)) for one, other in pairs)


def several_hint(text: str) -> str:
    """What to write in place of a cell with several numbers: a range, or a number with that of a footnote."""
    if re.search(r"[0-9]\s*(?:\[[0-9]{1,2}\]|\([0-9]{1,2}\)|[0-9]\))\s*\Z", text):
        return "the number of a footnote: remove it, and write the note under notes: [{row: …, column: …, text: …}]"
    if re.fullmatch(rf"[^0-9]*[0-9.,]+\s*(?:[{MINUSES}]|to|bis|до)\s*[0-9.,]+[^0-9]*", text):
        return "a range is no value: write its ends into two fields, or what lies between them with a note"
    return ""


def lost_hint(text: str, beside: tuple[str, ...], unit: str | None, bare: bool) -> str:
    """What to write in place of a cell whose number has something ``beside`` it that would be lost."""
    words = " ".join(beside)
    also = "" if not bare else " and bareNumber: false"
    in_unit = f", and the field's unit is '{unit}'" if unit else ""
    if beside == ("%",):
        number = text.strip().rstrip(PERCENT_SIGNS + " \u00a0\u202f")
        return f"unit: '%' in the field reads {number} (with bareNumber: false and no unit it is taken from the cells); or write the share as a plain number, 0.25 for 25 %"  # fmt: skip
    if _BOUND.search(text) or (beside[-1:] and beside[-1].startswith("+")):
        return f"a bound is no value: missingValues: ['', '{text.strip()}'] in the table, and say it in notes: [{{row: …, column: …, text: …}}]"  # fmt: skip
    named = next((word for word in beside if word.casefold() in _SCALES), None)
    if named is not None and (len(named) > 1 or named in "kKmMT"):
        return f"the scale would be lost: unit: '{words}'{also} in the field if every cell has it{in_unit}; or write the number out"  # fmt: skip
    if all(word.casefold() in _FLAGS for word in beside):
        return f"'{words}' looks like a flag (p provisional, e estimated, b break): move it to a field of its own, or into notes: [{{row: …, column: …, text: …}}]"  # fmt: skip
    if any(word[:1] in MINUSES for word in beside):
        return "a minus stands before its number; if that is no minus, remove it"
    if _NOTE.search(words):
        return "a sign of a footnote: remove it, and write the note under notes: [{row: …, column: …, text: …}]"
    return f"if '{words}' is the unit: unit: '{words}'{also} in the field{in_unit}; else move it into notes"
