"""``--scheduler ADDRESS``: the same jobs on a Dask cluster (https://distributed.dask.org).

Dask's own executor does all of it: it sends a job to a free worker, and to another one when that worker dies. We
check only that every worker has the code that we have.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from c6brief.build.executors import Executor
from c6brief.build.jobs import run_job
from c6brief.documents.problems import Place, Problems, escape_controls

PACKAGES = ("c6brief", "weasyprint", "matplotlib")
"""What must be the same everywhere for the same bytes to come out."""

PATIENCE = "20s"
"""How long a scheduler may take to answer, and a first worker to come."""


class NoClusterError(Exception):
    """There is no cluster to run jobs on; why has been reported."""


def code_versions() -> str:
    """The versions of what renders, in the process that asks."""
    return ", ".join(f"{package} {version(package)}" for package in PACKAGES)


@contextmanager
def dask_cluster(address: str, problems: Problems) -> Iterator[Executor]:
    """The cluster whose scheduler is at ``address``, as an executor.

    Raises :class:`NoClusterError` after the problems ``no-dask``, ``no-scheduler``, ``no-workers`` and ``other-worker``.
    """
    place = Place(f"--scheduler {address}", line_text=address)
    try:
        from distributed import Client
    except ImportError:
        hint = "pip install 'c6brief[cluster]'"
        problems.error("no-dask", "printing on a cluster wants Dask, which is not installed", place, hint)
        raise NoClusterError from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a worker's end becomes a problem
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        message = f"no scheduler answers at {escape_controls(address)}: {error}"
        hint = "dask scheduler prints its address: tcp://HOST:8786"
        problems.error("no-scheduler", message, place, hint)
        raise NoClusterError from None
    with client:
        _check_workers(client, place, problems)
        executor = client.get_executor(pure=False)
        try:
            # Enough to keep every worker busy while a result travels, also when workers join later.
            threads = sum(client.nthreads().values())
            yield Executor(lambda job: executor.submit(run_job, job), max(32, 4 * threads), _explain_loss)
        finally:
            executor.shutdown(wait=False)


def _explain_loss(error: Exception) -> str | None:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return "every worker of the cluster that printed it died"
    return "the cluster's scheduler is gone" if isinstance(error, CancelledError) else None


def _check_workers(client: Any, place: Place, problems: Problems) -> None:
    """There is a worker, and all that there are have our code."""
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
