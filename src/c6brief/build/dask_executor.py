"""Running jobs on a Dask cluster (https://distributed.dask.org).

Dask's own executor sends a job to a free worker, and to another one when that worker dies. Here is checked only that
every worker has the same code as this process.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from c6brief.build.executors import Executor, Loss
from c6brief.build.jobs import run_job
from c6brief.documents.problems import Place, Problems, escape_controls

PACKAGES = ("c6brief", "weasyprint", "matplotlib")
"""The packages whose versions must be the same on all workers, so that they make the same bytes."""

PATIENCE = "20s"
"""How long to wait for the scheduler's answer, and for a first worker."""


class NoClusterError(Exception):
    """There is no cluster to run jobs on. The reason has been reported."""


def code_versions() -> str:
    """The versions of :data:`PACKAGES` in the process that calls this."""
    return ", ".join(f"{package} {version(package)}" for package in PACKAGES)


@contextmanager
def dask_cluster(address: str, problems: Problems) -> Iterator[Executor]:
    """Open the cluster whose scheduler is at ``address`` as an executor.

    Raises :class:`NoClusterError` after the problems ``no-dask``, ``no-scheduler``, ``no-workers`` and
    ``other-worker``.
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
        executor = client.get_executor(pure=False)
        try:
            # Enough jobs to keep every worker busy while results are sent, also when workers join later.
            threads = sum(client.nthreads().values())
            yield Executor(lambda job: executor.submit(run_job, job), max(32, 4 * threads), _explain_loss)
        finally:
            executor.shutdown(wait=False)


def _explain_loss(error: Exception) -> Loss | None:
    """Why a job was lost, given what its future raised; ``None`` where the job itself raised it."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return Loss("every worker of the cluster that printed it died")
    return Loss("the cluster's scheduler is gone") if isinstance(error, CancelledError) else None


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
