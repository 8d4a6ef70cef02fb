"""Shares that sum exactly: a whole divided into whole numbers, by largest remainder."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from babel import Locale
from babel.numbers import format_percent

Number = int | float


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


def percent(share: int, locale: Locale) -> str:
    """A whole number of hundredths as ``locale`` writes it: 45%, 45 %."""
    return format_percent(share / 100, "#,##0%" if locale.language == "en" else None, locale=locale)
