"""Which files were looked for, also in vain: a file that is missing today will be read once it is there.

Rooms report every path that may be missing without an error; :mod:`c6brief.build.reads` listens, so that a result that
was kept is not taken for up to date after such a file was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_listener: Callable[[str], None] | None = None


def report_lookup(path: Path) -> Path:
    """Report ``path``, which is about to be looked for and may be missing, and return it."""
    if _listener is not None:
        _listener(str(path))
    return path


@contextmanager
def listen_to_lookups(listener: Callable[[str], None]) -> Iterator[None]:
    """Call ``listener`` with every path that is looked for while this is open."""
    global _listener
    before, _listener = _listener, listener
    try:
        yield
    finally:
        _listener = before
