"""Which files were looked for. One that was not there counts too: once it is there, it will be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_listener: Callable[[str], None] | None = None


def sought(path: Path) -> Path:
    """``path``, which is about to be looked for, and may be missing without an error."""
    if _listener is not None:
        _listener(str(path))
    return path


@contextmanager
def heard(listener: Callable[[str], None]) -> Iterator[None]:
    """Have ``listener`` told of every path that is looked for while this is open."""
    global _listener
    before, _listener = _listener, listener
    try:
        yield
    finally:
        _listener = before
