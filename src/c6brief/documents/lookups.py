"""Reports of the files that a run looks for, missing ones too.

A room calls :func:`report_lookup` for every path that may be missing without an error. :mod:`c6brief.build.reads`
listens: a kept result is out of date once such a file exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_listener: Callable[[str], None] | None = None


def report_lookup(path: Path) -> Path:
    """Report that ``path``, which may be missing, is about to be looked for. Returns ``path``."""
    if _listener is not None:
        _listener(str(path))
    return path


@contextmanager
def listen_to_lookups(listener: Callable[[str], None]) -> Iterator[None]:
    """While open, call ``listener`` with every path that is reported."""
    global _listener
    before, _listener = _listener, listener
    try:
        yield
    finally:
        _listener = before
