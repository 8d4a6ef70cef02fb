"""Who runs jobs: this process, a pool of processes, or a cluster, each with the same function, ``run_job``.

An executor takes a job and gives a future of its result; :func:`run_jobs` keeps it supplied, and never holds more results
than are being made: a hundred thousand PDFs do not fit into memory.
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

from c6brief.build.jobs import JobResult, RenderJob, run_job
from c6brief.documents.problems import Problem

MOST_RESTARTS = 3
"""How often a pool is set up anew after it broke as a whole, which a worker does that dies before it begins."""

JOBS_PER_PROCESS = 100
"""How many jobs a process of a pool runs before a fresh one takes its place: with each of them WeasyPrint keeps
about a megabyte for good, and a process that starts anew costs a second."""


@dataclass(frozen=True)
class Executor:
    """Where jobs are run."""

    submit: Callable[[RenderJob], Future[JobResult]]
    capacity: int
    """How many jobs it is given at a time."""
    explain_loss: Callable[[Exception], str | None] = lambda error: None
    """Why a job was lost, if what its future raised means that."""


def count_cores() -> int:
    """The cores that this process may use: those it is bound to, and no more than its container is allowed."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return max(1, min(bound, math.ceil(int(quota) / int(period))))
    except (OSError, ValueError):  # no such limit, or "max"
        return max(1, bound)


def run_jobs(
    jobs: Iterable[RenderJob], open_executor: Callable[[], AbstractContextManager[Executor]]
) -> Iterator[tuple[RenderJob, JobResult]]:
    """Every job with its result, once, in the order in which they end.

    Problems of a result: ``worker-lost`` where the process that ran the job died.
    """
    waiting = list(jobs)
    for _ in range(MOST_RESTARTS + 1):
        returned: list[RenderJob] = []
        with open_executor() as executor:
            yield from _run_through(executor, waiting, returned)
        waiting = returned
        if not waiting:
            return
    for job in waiting:
        yield job, _lost(job, "no process stays alive long enough to print it")


def _run_through(
    executor: Executor, jobs: list[RenderJob], returned: list[RenderJob]
) -> Iterator[tuple[RenderJob, JobResult]]:
    """Run ``jobs``; those that a broken executor gives back, not run, go to ``returned``."""
    rest = iter(jobs)
    running: dict[Future[JobResult], RenderJob] = {}
    is_broken = False
    while True:
        for job in islice(rest, 0 if is_broken else executor.capacity - len(running)):
            try:
                running[executor.submit(job)] = job
            except RuntimeError:  # it broke since
                is_broken = True
                returned.append(job)
                break
        if not running:
            break
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            job = running.pop(future)
            try:
                yield job, future.result()
            except BrokenExecutor:
                is_broken = True
                returned.append(job)
            except Exception as error:
                why = executor.explain_loss(error)
                if why is None:
                    raise  # run_job raises nothing, but for us who look for our mistakes
                yield job, _lost(job, why)
    returned.extend(rest)


def _describe_end(code: int | None) -> str:
    if code is None or code >= 0:
        return f"ended with status {code}"
    try:
        return f"was killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"was killed by signal {-code}"


def _lost(job: RenderJob, why: str) -> JobResult:
    hint = "if memory ran out, fewer --jobs need less of it; else print it alone to see what it does"
    return JobResult(problems=(Problem("worker-lost", why, job.place, hint),))


@contextmanager
def this_process() -> Iterator[Executor]:
    """One job after another, here."""

    def submit(job: RenderJob) -> Future[JobResult]:
        future: Future[JobResult] = Future()
        future.set_result(run_job(job))
        return future

    yield Executor(submit, 1)


@contextmanager
def process_pool(jobs: int) -> Iterator[Executor]:
    """``jobs`` processes, each of which imports, and reads a project, once. None of them outlives the block."""
    from multiprocessing import get_context

    from pebble import ProcessExpired, ProcessPool

    spawn = get_context("spawn")  # a fork would copy our threads' locks
    workers = ProcessPool(jobs, max_tasks=JOBS_PER_PROCESS, initializer=_import_first, context=spawn)

    def submit(job: RenderJob) -> Future[JobResult]:
        with _interrupts_blocked():  # the first job starts the processes
            return workers.schedule(run_job, args=(job,))

    def explain_loss(error: Exception) -> str | None:
        if isinstance(error, ProcessExpired):
            return f"the process that printed it {_describe_end(error.exitcode)}"
        return None

    try:
        yield Executor(submit, 2 * jobs, explain_loss)
        workers.close()
    except BaseException:
        workers.stop()
        raise
    finally:
        workers.join()


def _import_first() -> None:
    """What a process does before it takes its first job: importing this module has imported all that a job needs.

    A process that dies between taking a job and saying so loses it, and there must be no time for that.
    """


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Processes started within never receive Ctrl-C, which a terminal sends to all: this process stops them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
