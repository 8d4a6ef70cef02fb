"""Running jobs in this process, in a pool of processes, or on a cluster, each with the function ``run_job``.

An executor takes a job and returns a future of its result. :func:`run_jobs` submits no more jobs than the executor has
capacity for, and so holds few results at a time: a hundred thousand PDFs do not fit into memory.
"""

from __future__ import annotations

import atexit
import gc
import math
import os
import signal
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from c6brief.build.jobs import JobResult, RenderJob, forget_layouts, free_layouts, run_job
from c6brief.build.limits import Limits, Loss, limit_process, time_loss
from c6brief.documents.temporary_folder import use_own_folder

MOST_RESTARTS = 3
"""How often in a row a pool is started again that broke before any job was done, as it does when its workers die at once."""

PATIENCE = 2.0
"""Seconds between two looks whether an executor is still alive."""

JOBS_PER_PROCESS = 100
"""How many jobs a process of a pool runs before another process replaces it. WeasyPrint keeps about a megabyte of
memory for each job, and starting a process takes a second."""


def worker_loss(why: str) -> Loss:
    """What is told of a job whose process or worker died: ``worker-lost``."""
    hint = "if memory ran out, fewer --jobs need less of it; else print it alone to see what it does"
    return Loss("worker-lost", why, hint)


@dataclass(frozen=True)
class Executor:
    """What runs jobs."""

    submit: Callable[[RenderJob], Future[JobResult]]
    capacity: int
    """How many jobs are submitted at a time."""
    explain_loss: Callable[[Exception], Loss | None] = lambda error: None
    """Why a job was lost, given what its future raised; ``None`` where the job itself raised it."""
    is_alive: Callable[[], bool] = lambda: True
    """Whether what was submitted is still worked at. A broken executor may leave futures that never end."""


def count_cores() -> int:
    """How many cores this process may use, by its affinity and by the limit of its container."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return max(1, min(bound, math.ceil(int(quota) / int(period))))
    except (OSError, ValueError):  # no such limit, or "max"
        return max(1, bound)


def run_jobs(
    jobs: Iterable[RenderJob], open_executor: Callable[[], AbstractContextManager[Executor]]
) -> Generator[tuple[RenderJob, JobResult], None, None]:
    """Run ``jobs`` on an executor that ``open_executor`` opens. Yields each job with its result when it ends.

    Closing the generator stops the executor.

    A result has the problem ``worker-lost`` where the process that ran the job died, and ``limit-time`` where it took
    longer than its limit.
    """
    waiting = list(jobs)
    in_vain = 0
    while waiting and in_vain <= MOST_RESTARTS:
        returned: list[RenderJob] = []
        with open_executor() as executor:
            yield from _run_through(executor, waiting, returned)
        in_vain = in_vain + 1 if len(returned) == len(waiting) else 0
        waiting = returned
    for job in waiting:
        yield job, _lost_result(job, worker_loss("no process stays alive long enough to print it"))


def _run_through(
    executor: Executor, jobs: list[RenderJob], returned: list[RenderJob]
) -> Iterator[tuple[RenderJob, JobResult]]:
    """Run ``jobs``. Those that a broken executor did not run are added to ``returned``."""
    rest = iter(jobs)
    running: dict[Future[JobResult], RenderJob] = {}
    is_broken = False
    while True:
        for job in islice(rest, 0 if is_broken else executor.capacity - len(running)):
            try:
                running[executor.submit(job)] = job
            except RuntimeError:  # it has broken
                is_broken = True
                returned.append(job)
                break
        if not running:
            break
        was_alive = not is_broken and executor.is_alive()
        done = wait(running, timeout=PATIENCE, return_when=FIRST_COMPLETED).done
        if not done and not was_alive:
            is_broken = True
            returned.extend(running.values())
            break
        for future in done:
            job = running.pop(future)
            try:
                yield job, future.result()
            except BrokenExecutor:
                is_broken = True
                returned.append(job)
            except Exception as error:
                loss = executor.explain_loss(error)
                if loss is None:
                    raise  # run_job raises errors only where C6BRIEF_TRACEBACK asks for them
                yield job, _lost_result(job, loss)
    returned.extend(rest)


def _describe_end(code: int | None) -> str:
    """How a process with that exit code ended, in words."""
    if code is None or code >= 0:
        return f"ended with status {code}"
    try:
        return f"was killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"was killed by signal {-code}"


def _lost_result(job: RenderJob, loss: Loss) -> JobResult:
    return JobResult(problems=(loss.at(job.place),))


@contextmanager
def this_process() -> Iterator[Executor]:
    """An executor that runs one job after another in this process."""
    keeps_layouts = False

    def submit(job: RenderJob) -> Future[JobResult]:
        nonlocal keeps_layouts
        keeps_layouts |= job.is_one_of_many
        future: Future[JobResult] = Future()
        future.set_result(run_job(job))
        return future

    try:
        yield Executor(submit, 1)
    finally:
        if keeps_layouts:
            free_layouts()


@contextmanager
def process_pool(jobs: int, limits: Limits | None = None) -> Iterator[Executor]:
    """An executor of as many processes, which import code and read a project once each. All end with the block.

    Their temporary files are deleted with the block, even those of a process that is killed.
    Each process may hold as much memory as ``limits`` say, and is ended where one job takes longer than they say.
    """
    from multiprocessing import get_context

    from pebble import ProcessExpired, ProcessPool

    spawn = get_context("spawn")  # a fork would copy our threads' locks
    temporary = tempfile.TemporaryDirectory(prefix="c6brief-")
    start = (limits, temporary.name)
    workers: Any = ProcessPool(
        jobs, max_tasks=JOBS_PER_PROCESS, initializer=_begin_process, initargs=start, context=spawn
    )

    timeout = limits.seconds or None if limits else None

    def submit(job: RenderJob) -> Future[JobResult]:
        with interrupts_blocked():  # the first job starts the processes
            future: Future[JobResult] = workers.schedule(run_job, args=(job,), timeout=timeout)
        return future

    def explain_loss(error: Exception) -> Loss | None:
        if isinstance(error, ProcessExpired):
            return worker_loss(f"the process that printed it {_describe_end(error.exitcode)}")
        if isinstance(error, TimeoutError) and limits:
            return time_loss(limits)
        return None

    try:
        yield Executor(submit, 2 * jobs, explain_loss, lambda: bool(workers.active))
        workers.close()
    except BaseException:
        workers.stop()
        raise
    finally:
        workers.join()
        temporary.cleanup()


def _begin_process(limits: Limits | None, temporary: str) -> None:
    """Runs in a process before its first job. Importing this module for it imports all that a job needs.

    A process that dies between taking a job and reporting so loses the job. With the imports done, that takes no time.
    The time of ``limits`` is kept by the process that gives the jobs. Temporary files go to a folder of its own in the
    folder ``temporary``: of a thousand processes that take turns, only those that live have any.
    """
    tempfile.tempdir = temporary
    use_own_folder()
    atexit.register(forget_layouts)  # Python would free them when the modules are gone that their end needs
    atexit.register(gc.freeze)  # and would end by SIGSEGV in freeing what of Pango a hundred briefs have left
    if limits is not None:
        limit_process(limits._replace(seconds=0))


@contextmanager
def interrupts_blocked() -> Iterator[None]:
    """While open, start processes that do not get Ctrl-C from the terminal: this process stops them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it starts with the first process, and would unblock the signal before that
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
