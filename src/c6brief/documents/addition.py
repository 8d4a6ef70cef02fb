"""Numbers added one after the other, with the same result on every Python.

Since Python 3.12 the built-in ``sum`` corrects the rounding of floating-point numbers as it adds, so that its last digit
may differ from that of Python 3.11: a page would be laid out otherwise by a hair, and the file have other bytes. This
package adds such numbers by :func:`total`; packages of others that lay out and compute colours are given it too.
``tests/house/test_same_bytes.py`` reads the code for sums that are not of whole numbers.

- Why: the same bytes on every Python (https://docs.python.org/3/whatsnew/3.12.html, "sum()").
- Uses: that a module's own name ``sum`` goes before the built-in one. Nothing is done where the
  built-in one corrects nothing.
- Known version: any; no name of these packages is used.
- With another version: the same.
- Test: ``tests/house/test_same_bytes.py``.
- Upstream: none asked for.
"""

from __future__ import annotations

import functools
import operator
import sys
from collections.abc import Iterable
from typing import Any, TypeVar

Number = TypeVar("Number", bound=float)


def total(values: Iterable[Number], start: Any = 0) -> Number:
    """The sum of ``values``, added to ``start`` from the first to the last."""
    found: Number = functools.reduce(operator.add, values, start)
    return found


def add_in_order(package: str) -> None:
    """Have the modules of ``package`` that are imported by now add as Python 3.11 does."""
    if sum([1.0, 1e100, 1.0, -1e100]) == 0:  # 2 where rounding is corrected
        return
    for name, module in list(sys.modules.items()):
        if module is not None and (name == package or name.startswith(f"{package}.")):
            module.__dict__.setdefault("sum", total)
