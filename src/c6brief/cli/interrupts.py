"""Ctrl-C while the command line is imported ends the process without a traceback: nobody is there yet to catch it."""

from __future__ import annotations

import signal
import threading

_can_set = threading.current_thread() is threading.main_thread()
_before = signal.signal(signal.SIGINT, signal.SIG_DFL) if _can_set else None


def catch_again() -> None:
    """Have Ctrl-C raise ``KeyboardInterrupt`` again, or do what it did before."""
    if _can_set and _before is not None:
        signal.signal(signal.SIGINT, _before)
