"""What Ctrl-C does to the command.

While the command line is imported it ends the process without a traceback: nobody is there yet to catch it. After that
the first one raises ``KeyboardInterrupt``, and what tidies up is not interrupted by the same Ctrl-C again, which a
process may get twice: from the terminal and from its parent.
"""

from __future__ import annotations

import signal
import threading
import time
from types import FrameType

_SAME = 2.0
"""Interrupts that follow the first one within this time, in s, are taken for the same one."""

_can_set = threading.current_thread() is threading.main_thread()
_before = signal.signal(signal.SIGINT, signal.SIG_DFL) if _can_set else None


def catch_again() -> None:
    """Have Ctrl-C raise ``KeyboardInterrupt`` again, or do what it did before."""
    if _can_set and _before is not None:
        signal.signal(signal.SIGINT, _before)


def catch_once() -> None:
    """Have the first Ctrl-C raise ``KeyboardInterrupt``, and one that comes 2 s later end the process at once.

    Where Ctrl-C is ignored or handled otherwise, that stays.
    """
    if not _can_set or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return
    first: float | None = None

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal first
        now = time.monotonic()
        if first is None:
            first = now
            raise KeyboardInterrupt
        if now - first > _SAME:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGINT, handle)
