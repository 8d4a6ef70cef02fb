"""The presses: this process, a pool of processes, or a cluster. Each prints editions with the same function.

A press takes an edition and gives a future of its outcome; :func:`outcomes` keeps it supplied, and never holds more
outcomes than are being made: a hundred thousand PDFs do not fit into memory.
"""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from c6brief.cli.edition import Outcome, RenderJob, print_edition
from c6brief.documents.problems import Problem

MOST_RESTARTS = 3
"""How often a pool is set up anew after it broke as a whole, which a worker does that dies before it begins."""

EDITIONS_EACH = 100
"""How many editions a process of a pool prints before a fresh one takes its place: with each of them WeasyPrint keeps
about a megabyte for good, and a process that starts anew costs a second."""


@dataclass(frozen=True)
class Executor:
    """Where editions are printed."""

    submit: Callable[[RenderJob], Future[Outcome]]
    abreast: int
    """How many editions it is given at a time."""
    why_lost: Callable[[Exception], str | None] = lambda reason: None
    """Why an edition was lost, if what its future raised means that."""


def cores() -> int:
    """The cores that this process may use: those it is bound to, and no more than its container is allowed."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return max(1, min(bound, math.ceil(int(quota) / int(period))))
    except (OSError, ValueError):  # no such limit, or "max"
        return max(1, bound)


def outcomes(
    editions: Iterable[RenderJob], press: Callable[[], AbstractContextManager[Executor]]
) -> Iterator[tuple[RenderJob, Outcome]]:
    """Every edition with its outcome, once, as they come out.

    Problems of an outcome: ``worker-lost`` where the process that printed it died.
    """
    waiting = list(editions)
    for _ in range(MOST_RESTARTS + 1):
        returned: list[RenderJob] = []
        with press() as here:
            yield from _through(here, waiting, returned)
        waiting = returned
        if not waiting:
            return
    for edition in waiting:
        yield edition, _lost(edition, "no process stays alive long enough to print it")


def _through(
    press: Executor, editions: list[RenderJob], returned: list[RenderJob]
) -> Iterator[tuple[RenderJob, Outcome]]:
    """Print ``editions``; those that a broken press gives back, unprinted, go to ``returned``."""
    rest = iter(editions)
    running: dict[Future[Outcome], RenderJob] = {}
    broken = False
    while True:
        for edition in islice(rest, 0 if broken else press.abreast - len(running)):
            try:
                running[press.submit(edition)] = edition
            except RuntimeError:  # it broke since
                broken = True
                returned.append(edition)
                break
        if not running:
            break
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            edition = running.pop(future)
            try:
                yield edition, future.result()
            except BrokenExecutor:
                broken = True
                returned.append(edition)
            except Exception as reason:
                why = press.why_lost(reason)
                if why is None:
                    raise  # print_edition raises nothing, but for us who look for our mistakes
                yield edition, _lost(edition, why)
    returned.extend(rest)


def _ended(code: int | None) -> str:
    if code is None or code >= 0:
        return f"ended with status {code}"
    try:
        return f"was killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"was killed by signal {-code}"


def _lost(edition: RenderJob, why: str) -> Outcome:
    hint = "if memory ran out, fewer --jobs need less of it; else print it alone to see what it does"
    return Outcome(problems=(Problem("worker-lost", why, edition.place, hint),))


@contextmanager
def this_process() -> Iterator[Executor]:
    """One edition after another, here."""

    def submit(edition: RenderJob) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        future.set_result(print_edition(edition))
        return future

    yield Executor(submit, 1)


@contextmanager
def pool(jobs: int) -> Iterator[Executor]:
    """``jobs`` processes, each of which imports, and reads a project, once. None of them outlives the block."""
    from multiprocessing import get_context

    from pebble import ProcessExpired, ProcessPool

    spawn = get_context("spawn")  # a fork would copy our threads' locks
    workers = ProcessPool(jobs, max_tasks=EDITIONS_EACH, initializer=_get_ready, context=spawn)

    def submit(edition: RenderJob) -> Future[Outcome]:
        with _deaf_to_interrupts():  # the first one starts the processes
            return workers.schedule(print_edition, args=(edition,))

    def why_lost(reason: Exception) -> str | None:
        died = isinstance(reason, ProcessExpired)
        return f"the process that printed it {_ended(reason.exitcode)}" if died else None

    try:
        yield Executor(submit, 2 * jobs, why_lost)
        workers.close()
    except BaseException:
        workers.stop()
        raise
    finally:
        workers.join()


def _get_ready() -> None:
    """What a process does before it takes its first edition. Importing this module has read in all that one is made of.

    A process that dies between taking an edition and saying so loses it, and there must be no time for that.
    """


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started within never hear Ctrl-C, which a terminal sends to all: this one stops them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
