"""A command goes on in a child process with limits, and this one waits for it.

The fork comes before anything heavy is imported and costs a millisecond. The child has the same files open and does all
the work. The parent passes signals on, ends as the child ends, and where a limit ended the child it prints that as a
problem, with exit status 1, and deletes the temporary files that the child has left. A parent that is killed takes the
child with it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from c6brief.build.limits import (
    LimitNote,
    Limits,
    active_limits,
    describe_death,
    has_limits,
    limit_process,
)

if TYPE_CHECKING:
    from c6brief.documents.problems import Problem

_PASSED_ON = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")

_TOLD = ("SIGALRM", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGKILL", "SIGSEGV", "SIGSYS", "SIGTRAP")
"""Signals that nobody sends to stop a command: what they end is told as a problem."""


def continue_in_child(report: Callable[[Problem], None], limits: Limits = Limits()) -> None:
    """Fork. Returns in the child, which has ``limits``; the parent never returns.

    The parent calls ``report`` with the problem where the child did not end by itself: ``limit-time``, ``limit-memory``,
    ``internal``. Where the system has no fork, this process goes on without limits and says so.
    """
    if not has_limits():
        message = "c6brief: note[no-limits]: this system cannot limit the time and the memory that a project takes"
        print(message, file=sys.stderr)
        return
    note = LimitNote()
    note.write(limits, "")
    lifeline, parents_end = os.pipe()
    watched = {getattr(signal, name) for name in (*_PASSED_ON, "SIGCHLD")}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, watched)  # none is lost between the fork and the wait
    parent, child = os.getpid(), os.fork()
    if child:
        os.close(lifeline)
        os._exit(_end(_wait(child, watched), note, report))
    os.close(parents_end)
    _end_with_parent(parent, lifeline)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    limit_process(limits, note)


def use_own_temporary_folder() -> None:
    """Have the child keep its temporary files in one folder, which the parent deletes where the child cannot."""
    if active_limits() is not None:
        from c6brief.documents.temporary_folder import use_own_folder

        use_own_folder()


def _end_with_parent(parent: int, lifeline: int) -> None:
    """Have the system end this process by SIGIO when the process ``parent`` is gone, which holds the other end of ``lifeline``."""
    import fcntl

    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if os.getppid() != parent:  # it was killed before
        os._exit(1)


def _wait(child: int, watched: set[signal.Signals]) -> int:
    """Wait for ``child`` and pass it the ``watched`` signals. Returns its wait status.

    What the terminal sends it sends to the child too, so only signals of other processes are passed on.
    """
    if hasattr(signal, "sigwaitinfo"):
        while True:
            told = signal.sigwaitinfo(watched)
            if told.si_signo == signal.SIGCHLD:
                ended, status = os.waitpid(child, os.WNOHANG)
                if ended:
                    return status
            elif told.si_code <= 0:  # SI_USER and its like; the system's own codes are above
                os.kill(child, told.si_signo)

    def pass_on(number: int, frame: object) -> None:
        if number != signal.SIGINT or not os.isatty(0):
            os.kill(child, number)

    for number in watched - {signal.SIGCHLD}:
        signal.signal(number, pass_on)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, watched)
    return os.waitpid(child, 0)[1]


def _end(status: int, note: LimitNote, report: Callable[[Problem], None]) -> int:
    """The exit status of the command, whose child ended with ``status``. After a limit ``report`` is called first."""
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    from c6brief.documents.temporary_folder import delete_left_over

    delete_left_over()
    number = os.WTERMSIG(status)
    limits, brief = note.read()
    if signal.Signals(number).name not in _TOLD:  # whoever stopped it knows; end the same way, for a shell that looks
        signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
        os.kill(os.getpid(), number)
        return 128 + number
    death = describe_death(number, limits)
    from pathlib import Path

    from c6brief.documents.files import display_name
    from c6brief.documents.problems import Place

    report(death.at(Place(display_name(Path(brief)) if brief else "c6brief")))
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return 1
