"""What Ctrl-C does to the command.

While the command line is imported it ends the process without a traceback: nobody is there yet to catch it. After that
the first one raises ``KeyboardInterrupt``, and what tidies up is not interrupted by the same Ctrl-C again, which a
process may get twice: from the terminal and from its parent.
"""

from __future__ import annotations

import atexit
import signal
import threading
from types import FrameType

_can_set = threading.current_thread() is threading.main_thread()
_before = signal.signal(signal.SIGINT, signal.SIG_DFL) if _can_set else None


def catch_again() -> None:
    """Have Ctrl-C raise ``KeyboardInterrupt`` again, or do what it did before."""
    if _can_set and _before is not None:
        signal.signal(signal.SIGINT, _before)


def catch_once() -> None:
    """Have the first Ctrl-C raise ``KeyboardInterrupt``, and those that follow do nothing: Python may come to them seconds
    after they were told, so that nobody knows which is a new one. Ctrl-\\ (SIGQUIT) ends what does not come to an end.

    Where Ctrl-C is ignored or handled otherwise, that stays. While Python ends it would go back to killing the process,
    whose exit status would then not be the one that it has chosen: from there on Ctrl-C is ignored.
    """
    if not _can_set or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return
    is_first = True

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal is_first
        if is_first:
            is_first = False
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, handle)
    atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
