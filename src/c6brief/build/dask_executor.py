"""Running jobs on a Dask cluster (https://distributed.dask.org).

Dask's own executor sends a job to a free worker, and to another one when that worker dies. Here is checked that every
worker has the same code as this process, those too that join later, and that a result is what its worker has made of the
job: the worker hashes it, and it is printed again elsewhere where the hash does not hold. That finds faults of machines,
networks and disks. It cannot find a worker that lies: whoever can change its code can hash what he likes, and Dask lets
workers run code in this process.
"""

from __future__ import annotations

import logging
import os
import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from c6brief.build.executors import Executor, worker_loss
from c6brief.build.jobs import JobResult, RenderJob, run_job
from c6brief.build.limits import Loss
from c6brief.documents.problems import Place, Problems, escape_controls
from c6brief.print.preflight.excerpts import is_excerpt

PACKAGES = ("c6brief", "weasyprint", "matplotlib")
"""The packages whose versions must be the same on all workers, so that they make the same bytes."""

PATIENCE = "20s"
"""How long to wait for the scheduler's answer, and for a first worker."""


MOST_TRIES = 3
"""How often a job is run whose result cannot be used."""

LOOK_AFTER = 20.0
"""Seconds after which is looked again whether the workers that a job is meant for are still there."""


class NoClusterError(Exception):
    """There is no cluster to run jobs on. The reason has been reported."""


def code_versions() -> str:
    """The versions of :data:`PACKAGES` in the process that calls this."""
    return ", ".join(f"{package} {version(package)}" for package in PACKAGES)


class HashedResult(NamedTuple):
    """The result of a job as a worker sends it."""

    data: bytes
    """The pickled ``JobResult``."""
    digest: str
    """SHA-256 of the job and of ``data``, in hexadecimal digits."""
    versions: str
    """:func:`code_versions` of the worker."""
    worker: str
    """The worker's address."""


class UnusableResultError(Exception):
    """The result of a job cannot be used, and no other worker gave a better one."""


def run_hashed_job(job: RenderJob) -> HashedResult:
    """Run ``job`` on a worker."""
    from distributed import get_worker

    data = pickle.dumps(run_job(job))
    return HashedResult(data, _digest(job, data), code_versions(), get_worker().address)


def _digest(job: RenderJob, data: bytes) -> str:
    """The hash of ``data``, which is no other job's."""
    return sha256(f"{job.run} {job.target}\n".encode("utf-8", "surrogateescape") + data).hexdigest()


def _open_result(job: RenderJob, got: HashedResult) -> JobResult:
    """The result of ``job``. Raises :class:`UnusableResultError` where it is damaged, or other code has made it."""
    if got.versions != code_versions():
        raise UnusableResultError(f"has not the code that this command has: {escape_controls(str(got.versions))}")
    if got.digest != _digest(job, got.data):
        raise UnusableResultError("returned a damaged result")
    result = pickle.loads(got.data)
    if not isinstance(result, JobResult) or not all(_may_be_written(job, path) for path in result.files):
        raise UnusableResultError("returned files that nobody asked for")
    return result


def _may_be_written(job: RenderJob, path: object) -> bool:
    """Whether ``path`` is that of the brief or of an excerpt."""
    return isinstance(path, Path) and (path == job.target or (path.parent == job.excerpts and is_excerpt(path.name)))


class _Cluster:
    """Runs jobs on the workers of ``client``, and again elsewhere where a result cannot be used."""

    def __init__(self, client: Any, place: Place, problems: Problems) -> None:
        self._client, self._place, self._problems = client, place, problems
        self._told: dict[tuple[str, str], None] = {}

    def submit(self, job: RenderJob) -> Future[JobResult]:
        """Run ``job``. The future raises what Dask raises, and :class:`UnusableResultError`."""
        future: Future[JobResult] = Future()
        self._try(job, future, MOST_TRIES, [])
        return future

    def report(self) -> None:
        """Report the workers whose results could not be used. Problem: the warning ``worker-damaged``."""
        for worker, why in self._told:
            message = f"the worker {escape_controls(worker)} {why}"
            hint = "its briefs were printed again; look at that machine's memory, disk and code"
            self._problems.warning("worker-damaged", message, self._place, hint)

    def _try(self, job: RenderJob, future: Future[JobResult], tries: int, bad: list[str]) -> None:
        """Run ``job``, by no worker that is ``bad`` if there are others."""
        good = self._workers().difference(bad) if bad else set()
        # Workers that are only preferred would not do: one that returns damage at once is idle, and is given more to do.
        where = {"workers": sorted(good)} if good else {}
        sent = self._client.submit(run_hashed_job, job, pure=False, **where)
        sent.add_done_callback(lambda done: self._receive(job, future, tries, bad, done))
        if good:
            self._look_later(sent, good)

    def _workers(self) -> set[str]:
        """The addresses of the workers."""
        return set(self._client.scheduler_info(n_workers=-1)["workers"])

    def _look_later(self, sent: Any, good: set[str]) -> None:
        """Cancel ``sent`` once none of the ``good`` workers is there any more, or Dask would wait for one for ever."""

        def look() -> None:
            with suppress(Exception):  # the scheduler is gone, and all futures are cancelled
                if not sent.done():
                    sent.cancel() if good.isdisjoint(self._workers()) else self._look_later(sent, good)

        timer = threading.Timer(LOOK_AFTER, look)
        timer.daemon = True
        timer.start()

    def _receive(self, job: RenderJob, future: Future[JobResult], tries: int, bad: list[str], done: Any) -> None:
        """Set the result of ``future``. Dask calls this in a thread of its own."""
        try:
            if done.cancelled() and bad and tries > 1 and self._client.status == "running":
                return self._try(job, future, tries - 1, bad)
            got = HashedResult(*done.result())
            try:
                future.set_result(_open_result(job, got))
            except UnusableResultError as error:
                self._told[got.worker, str(error)] = None
                if tries <= 1:
                    raise UnusableResultError(f"the worker {escape_controls(got.worker)} {error}") from None
                self._try(job, future, tries - 1, [*bad, got.worker])
        except BaseException as error:  # whoever waits for the future is told
            future.set_exception(error if isinstance(error, Exception) else CancelledError())
        finally:
            with suppress(Exception):
                done.release()  # a result is held once


@contextmanager
def dask_cluster(address: str, problems: Problems) -> Iterator[Executor]:
    """Open the cluster whose scheduler is at ``address`` as an executor.

    Raises :class:`NoClusterError` after the problems ``no-dask``, ``no-scheduler``, ``no-workers`` and
    ``other-worker``. Problem at the end: ``worker-damaged``.
    """
    place = Place(f"--scheduler {address}", line_text=address)
    try:
        from distributed import Client
    except ImportError:
        hint = "pip install 'c6brief[cluster]'"
        problems.error("no-dask", "printing on a cluster wants Dask, which is not installed", place, hint)
        raise NoClusterError from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # the end of a worker is reported as a problem
    try:
        connect: Any = Client  # Dask has no types
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        message = f"no scheduler answers at {escape_controls(address)}: {error}"
        hint = "dask scheduler prints its address: tcp://HOST:8786"
        problems.error("no-scheduler", message, place, hint)
        raise NoClusterError from None
    with client:
        _check_workers(client, place, problems)
        cluster = _Cluster(client, place, problems)
        # Enough jobs to keep every worker busy while results are sent, also when workers join later.
        threads = sum(client.nthreads().values())
        yield Executor(cluster.submit, max(32, 4 * threads), _explain_loss)
        cluster.report()


def _explain_loss(error: Exception) -> Loss | None:
    """Why a job was lost, given what its future raised; ``None`` where the error itself is asked for."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return worker_loss("every worker of the cluster that printed it died")
    if isinstance(error, UnusableResultError):
        return Loss("worker-damaged", str(error), "print it on another cluster, or with --jobs")
    if isinstance(error, CancelledError):
        return worker_loss("the cluster's scheduler is gone")
    if os.environ.get("C6BRIEF_TRACEBACK"):
        return None
    return worker_loss(escape_controls(f"a worker could not run it: {type(error).__name__}: {error}"))


def _check_workers(client: Any, place: Place, problems: Problems) -> None:
    """Check that there is a worker, and that all workers have our code.

    Raises :class:`NoClusterError` after the problems ``no-workers`` and ``other-worker``.
    """
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        problems.error("no-workers", "the scheduler has no workers", place, f"dask worker {place.line_text}")
        raise NoClusterError from None
    before = len(problems.errors)
    ours = code_versions()
    for worker, theirs in sorted(client.run(code_versions, on_error="return").items()):
        if theirs != ours:
            message = f"the worker {worker} has not the code that this command has"
            problems.error("other-worker", message, place, f"here {ours}; there {theirs}")
    if len(problems.errors) > before:
        raise NoClusterError
