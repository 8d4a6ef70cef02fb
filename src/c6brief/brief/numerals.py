"""Numbers as a language writes them, in the cells of tables and at the marks of figures."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeGuard

from babel import Locale
from babel.numbers import format_decimal, format_scientific

Number = int | float

MINUS = "\u2212"
LARGEST, SMALLEST = 1e15, 1e-6
"""Larger and smaller numbers are written with a power of ten."""
SHORT_FROM = 1e6
"""Numbers from this size on are read without their decimals, and scales that reach it are labelled 5M, 10M."""


def number(value: Number | None, locale: Locale, least: int = 0) -> str:
    """``value`` as ``locale`` writes it; empty for ``None``.

    It has up to three decimals, or three digits where it is small. ``least`` is the least number of decimals
    (:func:`common_decimals`); whole numbers have none.
    """
    if value is None:
        return ""
    size: Number = abs(value)
    if size >= LARGEST or 0 < size < SMALLEST:
        return power(value, locale)
    decimals = 3 if size >= 0.1 or not size else 2 - math.floor(math.log10(size))
    near: Number = round(value, decimals)
    near = int(near) if near == int(near) else near
    if least and _is_measured(value):
        words = format_decimal(near, "#,##0." + "0" * least + "#" * max(0, 3 - least), locale=locale)
    else:
        words = format_decimal(near, locale=locale, decimal_quantization=False)
    return words.replace("-", MINUS)


def power(value: Number, locale: Locale) -> str:
    """``value`` with three digits and a power of ten, as ``locale`` writes it: 1.23E18."""
    rounded = Decimal(f"{Decimal(value):.2e}")  # a whole number may be beyond all floats
    return format_scientific(rounded, locale=locale, decimal_quantization=False).replace("-", MINUS)


def common_decimals(values: Iterable[Number | None]) -> int:
    """The most decimals of the measured ``values``, three at most: beside 58.4, 73.0 is not written 73."""
    exponents = (
        Decimal(str(round(value, 3))).normalize().as_tuple().exponent for value in values if _is_measured(value)
    )
    return max((-int(exponent) for exponent in exponents if int(exponent) < 0), default=0)


def _is_measured(value: Number | None) -> TypeGuard[float]:
    """Whether a number is a float, and of a size that is written with decimals."""
    return isinstance(value, float) and 0.1 <= abs(value) < SHORT_FROM
