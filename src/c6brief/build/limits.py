"""Limits of time and memory on a process that runs the files of a project, which may be a stranger's.

A template that loops, a drawing that unfolds without end or an image of a gigapixel must not take the machine. No check of
ours foresees all of them, so the operating system ends the process: memory by ``RLIMIT_AS``, time by an alarm whose signal
nothing in the process handles. :mod:`c6brief.build.limited_process` waits for that process and tells why it ended. The time
is one brief's: :func:`begin_brief` starts it again.

Windows has neither; there nothing is limited.
"""

from __future__ import annotations

import mmap
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from c6brief.documents.problems import Place, Problem

DEFAULT_SECONDS = 600.0
DEFAULT_MEGABYTES = 4_000

LEAST_MEGABYTES = 500
"""Memory that a process needs before it reads the first file: libraries, and room that they reserve."""

_NOTE_SIZE = 4096
"""Bytes of the memory that a limited process shares with the one that waits for it."""


class Limits(NamedTuple):
    """How much a brief may take. 0 is no limit."""

    seconds: float = DEFAULT_SECONDS
    """Seconds of wall clock a brief."""
    megabytes: int = DEFAULT_MEGABYTES
    """Megabytes (10^6 bytes) of memory a process, counted as address space."""


class LimitNote:
    """What a limited process leaves for the one that waits for it: its limits, and the brief that it works on."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _NOTE_SIZE)  # anonymous memory, which a fork shares

    def write(self, limits: Limits, brief: str) -> None:
        """Leave a note. A name that is too long is cut."""
        text = f"{limits.seconds!r}\n{limits.megabytes}\n{brief}".encode("utf-8", "surrogateescape")[: _NOTE_SIZE - 1]
        self._memory[:] = text.ljust(_NOTE_SIZE, b"\0")

    def read(self) -> tuple[Limits, str]:
        """The limits, and the name of the brief; that is empty where no brief had begun."""
        text = self._memory[:].rstrip(b"\0").decode("utf-8", "replace")
        seconds, megabytes, brief = text.split("\n", 2)
        return Limits(float(seconds), int(megabytes)), brief


class _State:
    limits: Limits | None = None
    note: LimitNote | None = None
    brief = ""


_state = _State()


def active_limits() -> Limits | None:
    """The limits of this process; ``None`` where it has none."""
    return _state.limits


def limit_process(limits: Limits, note: LimitNote | None = None) -> None:
    """Limit this process, and those that it starts, to ``limits`` from now on. ``note`` is kept up to date from then on."""
    import resource

    # It reserves memory for each core, and nothing here multiplies matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _state.limits, _state.note = limits, note or _state.note
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = limits.megabytes * 1_000_000 or most
    bound = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))  # the hard limit stays: options are read later
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    begin_brief(_state.brief)


def change_limits(seconds: float | None = None, megabytes: int | None = None) -> None:
    """Change the limits of this process, if it has any, to what options ask for. ``None`` leaves one as it is."""
    if _state.limits is not None and (seconds is not None or megabytes is not None):
        before = _state.limits
        seconds = before.seconds if seconds is None else seconds
        limit_process(Limits(seconds, before.megabytes if megabytes is None else megabytes))


def begin_brief(brief: Path | str) -> None:
    """Begin the time of ``brief`` in this process, if its time is limited."""
    if _state.limits is not None:
        _state.brief = str(brief)
        if _state.note is not None:
            _state.note.write(_state.limits, _state.brief)
        signal.setitimer(signal.ITIMER_REAL, _state.limits.seconds)


def end_brief() -> None:
    """Stop the time: this process waits for others, or for a save."""
    if _state.limits is not None:
        signal.setitimer(signal.ITIMER_REAL, 0)


class Loss(NamedTuple):
    """Why a brief was not made: a problem without its place."""

    rule: str
    message: str
    hint: str

    def at(self, place: Place) -> Problem:
        """The problem, at ``place``."""
        from c6brief.documents.problems import Problem  # here: a command begins with this module

        return Problem(self.rule, self.message, place, self.hint)


def time_loss(limits: Limits) -> Loss:
    """What is told of a brief that took longer than ``limits`` say: ``limit-time``."""
    return Loss(
        "limit-time",
        f"it was not done after {limits.seconds:g} s, and was ended",
        "a template, style sheet, drawing or image that never ends? --limit-time SECONDS allows more if it is only long",
    )


def memory_loss(limits: Limits | None) -> Loss:
    """What is told of a brief that wanted too much memory: ``limit-memory``. Without ``limits`` the system had no more."""
    limit = f"the {limits.megabytes:,} MB that it may take" if limits and limits.megabytes else "what there is"
    return Loss(
        "limit-memory",
        f"it wants more memory than {limit}, and was ended",
        "a template, drawing, image or table that grows without end? --limit-memory MB allows more if it is only large",
    )


_WITHOUT_MEMORY = frozenset(("SIGABRT", "SIGBUS", "SIGKILL", "SIGSEGV", "SIGTRAP"))
"""The signals by which C libraries end a process when they get no memory, and by which the system does."""


def describe_death(number: int, limits: Limits) -> Loss:
    """Why signal ``number`` ended a process with ``limits`` that this one has waited for.

    Problems: ``limit-time``, ``limit-memory``, ``internal``. Whether memory was the reason is not told by the system: it is
    taken to be where a process of ours has held a third of the limit, since much of the address space that the limit
    counts is never held.
    """
    import resource
    import sys

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    name = signal.Signals(number).name if number in signal.valid_signals() and number else ""
    if name == "SIGALRM":
        return time_loss(limits)
    if name in _WITHOUT_MEMORY and limits.megabytes and peak > limits.megabytes * 1_000_000 / 3:
        return memory_loss(limits)
    message = f"the process that did the work {f'was killed by {name}' if name else 'ended too early'}"
    return Loss(
        "internal", message, "if the machine had no memory left, close programs; else this is a mistake of ours"
    )


def has_limits() -> bool:
    """Whether this system can limit a process."""
    return hasattr(os, "fork") and hasattr(signal, "setitimer")
