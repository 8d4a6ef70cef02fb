"""Python's collector of circular garbage, run seldom while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collect_seldom() -> Iterator[None]:
    """Raise the collector's threshold to 50,000 new objects while this is open; Python's own is 700.

    Imports, evidence and layouts make millions of objects that stay: looking through them took an eighth of a render and
    a tenth of a check. The same garbage is found later, at the price of 5 MB.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
