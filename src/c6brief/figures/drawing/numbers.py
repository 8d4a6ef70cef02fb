"""Numbers in words, as the brief's language writes them at a mark and along a scale; shares as whole numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from c6brief.brief.numerals import LARGEST, MINUS, SHORT_FROM, SMALLEST, Number, common_decimals, number, power

__all__ = [
    "LARGEST", "MINUS", "SMALLEST", "Number", "common_decimals", "comparable_numbers", "number", "numbers", "percent",
    "share_words", "short_numbers", "whole_shares",
]  # fmt: skip

MOST_DECIMALS = 12
"""Beyond these the steps of a scale are written each as it is: 0, 1, 5E-324."""
_FRACTION = re.compile(r"[.,٫](\d{1,3})(?!\d)")


def comparable_numbers(values: Sequence[Number | None], locale: Locale) -> list[str]:
    """Numbers that are read beside each other, as :func:`number`, but 71.0 beside 71.8; empty for ``None``.

    Where the finest asks for more than two decimals, or one is too large or small to be written out, each is
    written by itself.
    """
    known = [value for value in values if value is not None]
    exponents = (Decimal(str(value)).normalize().as_tuple().exponent for value in known)
    decimals = max((-int(exponent) for exponent in exponents if int(exponent) < 0), default=0)
    if decimals > 2 or any(abs(value) >= SHORT_FROM * 10 ** (3 - decimals) for value in known):
        return [number(value, locale) for value in values]
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    words = ("" if value is None else format_decimal(value, pattern, locale=locale) for value in values)
    return [word.replace("-", MINUS) for word in words]


def numbers(values: Sequence[Number], locale: Locale) -> list[str]:
    """The labels of a scale: all with as many decimals as the finest of them needs, large ones in short (5M)."""
    largest = max(map(abs, values), default=0)
    if largest >= LARGEST or 0 < largest < SMALLEST:
        return [power(value, locale) if value else number(0, locale) for value in values]
    if largest >= SHORT_FROM:
        thousandths = [found[1] for value in values if (found := _FRACTION.search(_short(value, 3, locale)))]
        digits = max((len(fraction.rstrip("0")) for fraction in thousandths), default=0)
        return [_short(value, digits if value else 0, locale) for value in values]
    decimals = max((_decimals(value) for value in values), default=0)
    if decimals > MOST_DECIMALS:
        return [number(value, locale) for value in values]
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return [format_decimal(value, pattern if value else "0", locale=locale).replace("-", MINUS) for value in values]


def short_numbers(values: Sequence[Number], step: float, locale: Locale) -> list[str]:
    """Numbers to stand beside a scale with steps of ``step``: whole, or to a hundredth of a step and two digits.

    What is finer cannot be seen on the plot; the attached data have it all. Large numbers are written in short (1.32B).
    """
    rounded = [_coarse(value, step) for value in values]
    if max(map(abs, rounded), default=0) >= SHORT_FROM:
        return [word for value in rounded for word in numbers([value], locale)]
    if max(map(_decimals, rounded), default=0) > 3:  # one is tiny: its zeros are not for all
        return [number(value, locale) for value in rounded]
    return numbers(rounded, locale)


def _short(value: Number, digits: int, locale: Locale) -> str:
    words = format_compact_decimal(value, format_type="short", fraction_digits=digits, locale=locale)
    return str(words).replace("-", MINUS)


def _decimals(value: Number) -> int:
    """How many decimals the steps of a scale need: 0.25 two; errors of binary fractions none."""
    exponent = Decimal(f"{value:.6g}").normalize().as_tuple().exponent
    return max(0, -int(exponent))


def _coarse(value: Number, step: float) -> float:
    if value == int(value) and abs(value) < SHORT_FROM:
        return float(value)
    exponent = math.floor(math.log10(abs(value)))
    finest = math.ceil(math.log10(step) - 2 - 1e-9) if step > 0 else exponent - 2
    return float(f"{value:.{min(15, max(1, exponent - finest))}e}")


def whole_shares(values: Sequence[Number], of: int = 100) -> list[int]:
    """How many of ``of`` belong to each of ``values`` (finite, none below zero), so that they sum to ``of``.

    Each gets its share rounded down; what is left goes to the largest remainders, of equal ones to the first (the
    method of Hamilton). All zero where all values are.
    """
    exact = [Fraction(value) for value in values]  # no float can hold the sum of the largest ones
    whole = sum(exact)
    if not whole:
        return [0] * len(exact)
    quotas = [value * of / whole for value in exact]
    shares = [int(quota) for quota in quotas]
    order = sorted(range(len(quotas)), key=lambda index: (shares[index] - quotas[index], index))
    for index in order[: of - sum(shares)]:
        shares[index] += 1
    return shares


def share_words(values: Sequence[Number], locale: Locale) -> list[str]:
    """The shares of ``values`` in whole per cent: ``<1%`` for a part that would be 0, ``>99%`` for one that is not all."""
    parts = sum(value != 0 for value in values)
    return [
        f"<{percent(1, locale)}"
        if share < 1 and value
        else f">{percent(99, locale)}"
        if share == 100 and parts > 1
        else percent(share, locale)
        for share, value in zip(whole_shares(values), values, strict=True)
    ]


def percent(share: int, locale: Locale) -> str:
    """A whole number of hundredths as ``locale`` writes it: 45%, 45 %."""
    return format_percent(share / 100, "#,##0%" if locale.language == "en" else None, locale=locale)
