"""Numbers in words, as a language writes them: in the cells of tables and at the marks of figures."""

from __future__ import annotations

import math
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_scientific

Number = int | float

MINUS = "\u2212"
LARGEST, SMALLEST = 1e15, 1e-6
"""Beyond these a number is written with a power of ten."""


def number(value: Number | None, locale: Locale) -> str:
    """``value`` as ``locale`` writes it: three decimals, or three digits where it is small. Empty for ``None``."""
    if value is None:
        return ""
    size: Number = abs(value)
    if size >= LARGEST or 0 < size < SMALLEST:
        rounded = Decimal(f"{Decimal(value):.2e}")  # a whole number may be beyond all floats
        words = format_scientific(rounded, locale=locale, decimal_quantization=False)
    else:
        decimals = 3 if size >= 0.1 or not size else 2 - math.floor(math.log10(size))
        near = round(value, decimals)
        words = format_decimal(int(near) if near == int(near) else near, locale=locale, decimal_quantization=False)
    return words.replace("-", MINUS)
