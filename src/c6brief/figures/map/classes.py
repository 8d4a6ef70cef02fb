"""Classes of values for maps: few enough to be told apart, with round limits that part no two equal values."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

MOST = 5
"""Classes that are computed at most: as many tones as can be told apart on a page printed in grey."""


def class_of(value: float, limits: Sequence[float]) -> int:
    """The class of ``value``, from 0: a value at a limit belongs to the class above it."""
    return bisect_right(limits, value)


def limits_for(values: Sequence[float], most: int = MOST) -> list[float]:
    """The limits between at most ``most`` classes that hold about as many ``values`` each (quantiles).

    A limit is the roundest number between the two values that it parts, so that the classes are those of exact
    quantiles and the numbers in the key can be remembered. Fewer distinct values than classes have a class each.
    """
    known = sorted(values)
    count = min(most, len(set(known)))
    limits: list[float] = []
    for number in range(1, count):
        at = round(number * len(known) / count)
        after = at
        while after < len(known) and known[after] == known[at - 1]:
            after += 1
        if after == len(known):
            break
        limit = roundest(known[after - 1], known[after])
        if not limits or limit > limits[-1]:
            limits.append(limit)
    return limits


def roundest(low: float, high: float) -> float:
    """The number above ``low`` and not above ``high`` that is written with the fewest digits: 50 between 47 and 64."""
    if low < 0 <= high:
        return 0.0
    power = math.floor(math.log10(max(abs(low), abs(high))))
    for exponent in range(power + 1, power - 16, -1):
        for digit in (5.0, 2.0, 1.0, 2.5):
            if not -300 < exponent < 307:  # steps beyond what a float can hold
                continue
            step = digit * 10.0**exponent
            found = float(f"{(math.floor(low / step) + 1) * step:.15g}")
            if low < found <= high:
                return found
    return high
