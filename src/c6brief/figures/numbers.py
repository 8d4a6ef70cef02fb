"""Numbers in words: as the brief's language writes them, at the end of a mark and along a scale."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, format_scientific

Number = int | float

MINUS = "\u2212"
COMPACT_FROM = 1e6
"""Scales that reach this far are labelled 5M, 10M; the numbers at marks are written out up to ``LARGEST``."""
_FRACTION = re.compile(r"[.,٫](\d{1,3})(?!\d)")
LARGEST, SMALLEST = 1e15, 1e-6
"""Beyond these a number is written with a power of ten."""


def number(value: Number | None, locale: Locale) -> str:
    """``value`` as ``locale`` writes it: three decimals, or three digits where it is small. Empty for ``None``."""
    if value is None:
        return ""
    size = abs(value)
    if size >= LARGEST or 0 < size < SMALLEST:
        return _power(value, locale)
    decimals = 3 if size >= 0.1 or not size else 2 - math.floor(math.log10(size))
    rounded = round(value, decimals)
    rounded = int(rounded) if rounded == int(rounded) else rounded
    return format_decimal(rounded, locale=locale, decimal_quantization=False).replace("-", MINUS)


def alike(values: Sequence[Number | None], locale: Locale) -> list[str]:
    """Numbers that are read beside each other, as :func:`number`, but 71.0 beside 71.8; empty for ``None``.

    Where the finest asks for more than two decimals, or one is too large or small to be written out, each is
    written by itself.
    """
    known = [value for value in values if value is not None]
    exponents = (Decimal(str(value)).normalize().as_tuple().exponent for value in known)
    decimals = max((-int(exponent) for exponent in exponents if int(exponent) < 0), default=0)
    if decimals > 2 or any(abs(value) >= COMPACT_FROM * 10 ** (3 - decimals) for value in known):
        return [number(value, locale) for value in values]
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    words = ("" if value is None else format_decimal(value, pattern, locale=locale) for value in values)
    return [word.replace("-", MINUS) for word in words]


def numbers(values: Sequence[Number], locale: Locale) -> list[str]:
    """The labels of a scale: all with as many decimals as the finest of them needs, large ones in short (5M)."""
    largest = max(map(abs, values), default=0)
    if largest >= LARGEST or 0 < largest < SMALLEST:
        return [_power(value, locale) if value else number(0, locale) for value in values]
    if largest >= COMPACT_FROM:
        thousandths = [found[1] for value in values if (found := _FRACTION.search(_short(value, 3, locale)))]
        digits = max((len(fraction.rstrip("0")) for fraction in thousandths), default=0)
        return [_short(value, digits if value else 0, locale) for value in values]
    decimals = max((_decimals(value) for value in values), default=0)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return [format_decimal(value, pattern if value else "0", locale=locale).replace("-", MINUS) for value in values]


def _power(value: Number, locale: Locale) -> str:
    """Three digits and a power of ten."""
    words = format_scientific(float(f"{value:.2e}"), locale=locale, decimal_quantization=False)
    return words.replace("-", MINUS)


def _short(value: Number, digits: int, locale: Locale) -> str:
    words = format_compact_decimal(value, format_type="short", fraction_digits=digits, locale=locale)
    return words.replace("-", MINUS)


def _decimals(value: Number) -> int:
    """How many decimals the steps of a scale need: 0.25 two; errors of binary fractions none."""
    exponent = Decimal(f"{value:.6g}").normalize().as_tuple().exponent
    return max(0, -int(exponent))
