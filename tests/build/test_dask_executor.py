"""``--scheduler``: a Dask cluster of two worker processes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from c6brief.build import dask_executor
from c6brief.build.jobs import JobResult, RenderJob
from c6brief.build.options import RenderOptions
from c6brief.documents.problems import Place, Problems
from tests.support.batches import briefs, deadly, pdfs
from tests.support.process import until
from tests.support.project import Folder


@contextmanager
def cluster(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Iterator[str]:
    """The address of a cluster of two processes that work in another folder than ours."""
    from distributed import LocalCluster

    for name in ("PYTHONPATH", "DEADLY", "DEADLY_ONCE"):
        if name in environment:
            monkeypatch.setenv(name, environment[name])
    with LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=":0", silence_logs=60) as local:
        yield local.scheduler_address


@pytest.mark.rest
def test_a_worker_killed_in_the_middle_costs_no_brief(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paths = briefs(folder, "one", "two", "three", "four", "five")
    for path in paths:
        assert folder.run("render", path).status == 0
    alone = pdfs(folder)
    killed = tmp_path / "killed"
    with cluster(monkeypatch, deadly(folder, "three.yaml", killed)) as address:
        result = folder.run("render", *paths, "--scheduler", address, "-o", "spread")
        assert killed.exists()
        assert (result.status, result.err) == (0, "")
        lines = [line.split()[0] for line in result.out.splitlines() if line.startswith("spread/")]
        assert lines == [f"spread/{name}.pdf" for name in ("one", "two", "three", "four", "five")]
        assert {path.name: path.read_bytes() for path in (folder.root / "spread").iterdir()} == alone
        # Workers that live on see what changed since.
        folder.change("seeds/sections/lifts.md", "The works began", "All works began")
        assert folder.run("render", paths[0], "--scheduler", address).status == 0
        assert pdfs(folder)["one.pdf"] != alone["one.pdf"]
        # And problems name files as they are called here.
        folder.change(paths[1], "use: lifts", "use: lift")
        result = folder.run("render", *paths[:2], "--scheduler", address)
        assert (result.status, result.rules) == (1, ["unknown-id"])
        assert "\nbriefs/two.yaml:" in f"\n{result.err}"


@pytest.mark.rest
def test_a_brief_that_kills_every_worker_is_named_and_the_others_come_out(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = briefs(folder, "one", "two", "three")
    with cluster(monkeypatch, deadly(folder, "two.yaml")) as address:
        result = folder.run("render", *paths, "--scheduler", address)
    assert (result.status, result.rules) == (1, ["worker-lost"])
    assert "briefs/two.yaml:1:1: error[worker-lost]" in result.err
    assert folder.written == ["one.pdf", "three.pdf"]


def test_without_dask_it_is_said_how_to_install_it(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = folder.render("briefs/lifts.yaml", "--scheduler", "tcp://127.0.0.1:1")
    assert (result.status, result.rules) == (1, ["no-dask"])
    assert "pip install 'c6brief[cluster]'" in result.err
    assert folder.written == []


@pytest.mark.rest
@pytest.mark.sample(1)
@pytest.mark.rest_sample(2)
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x", "\x1b"])
def test_no_scheduler(folder: Folder, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr("c6brief.build.dask_executor.PATIENCE", "2s")
    result = folder.render("briefs/lifts.yaml", "--scheduler", address)
    assert (result.status, result.rules) == (1, ["no-scheduler"])
    assert "\x1b" not in result.err


@pytest.mark.rest
def test_a_scheduler_without_workers(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("c6brief.build.dask_executor.PATIENCE", "2s")
    with LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=60) as local:
        result = folder.render("briefs/lifts.yaml", "--scheduler", local.scheduler_address)
    assert (result.status, result.rules) == (1, ["no-workers"])


def flip(job: RenderJob, kind: str) -> dask_executor.HashedResult:
    """What a worker returns whose memory, disk, code or will is bad."""
    if kind == "breaks":
        raise RuntimeError("no such \x1b function")
    if kind == "writes elsewhere":  # and hashes it as it should
        made = JobResult({job.target.parent.parent / "seeds/sources.yaml": b"x"})
        data = dask_executor.pickle.dumps(made)
        return honest(job)._replace(data=data, digest=dask_executor._digest(job, data))
    got = honest(job)
    at = len(got.data) // 2
    return got._replace(
        **{
            "damaged bytes": {"data": got.data[:at] + bytes([got.data[at] ^ 1]) + got.data[at + 1 :]},
            "cut bytes": {"data": got.data[:-100]},
            "no bytes": {"data": b""},
            "other code": {"versions": "c6brief 0.0"},
            "of another job": {"digest": dask_executor._digest(job, got.data + b"x")},
        }[kind]
    )


honest = dask_executor.run_hashed_job


def make_bad(kind: str) -> None:
    """Let the worker that calls this be a bad one."""
    dask_executor.run_hashed_job = lambda job: flip(job, kind)


@pytest.fixture
def two_workers() -> Iterator[Any]:
    """A scheduler and two workers, threads of this process: each test chooses what they run."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=60
    ) as local:
        yield local


def bad_at(address: str, kind: str) -> Callable[[RenderJob], dask_executor.HashedResult]:
    """What workers run of whom that at ``address`` is bad (every one where it is empty)."""

    def run(job: RenderJob) -> dask_executor.HashedResult:
        from distributed import get_worker

        return flip(job, kind) if address in ("", get_worker().address) else honest(job)

    return run


KINDS = ("damaged bytes", "cut bytes", "no bytes", "other code", "of another job", "writes elsewhere")


@pytest.mark.rest
@pytest.mark.sample(1)
@pytest.mark.rest_sample(2)
@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_worker_is_named_and_others_print_its_briefs(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, two_workers: Any, kind: str
) -> None:
    paths = briefs(folder, "one", "two", "three", "four")
    bad = two_workers.workers[0].address
    monkeypatch.setattr(dask_executor, "run_hashed_job", bad_at(bad, kind))
    sources = (folder.root / "seeds/sources.yaml").read_bytes()
    result = folder.run("render", *paths, "--scheduler", two_workers.scheduler_address)
    assert (result.status, result.rules) == (0, ["worker-damaged"]), result.err
    assert f"the worker {bad} " in result.err
    spread = pdfs(folder)
    assert sorted(spread) == ["four.pdf", "one.pdf", "three.pdf", "two.pdf"]
    assert folder.run("render", paths[0], "-o", "alone").status == 0
    assert (folder.root / "alone/one.pdf").read_bytes() == spread["one.pdf"]
    assert (folder.root / "seeds/sources.yaml").read_bytes() == sources


@pytest.mark.rest
@pytest.mark.sample(1)
@pytest.mark.rest_sample(2)
@pytest.mark.parametrize("kind", [*KINDS, "breaks"])
def test_where_no_worker_is_good_nothing_is_written(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, two_workers: Any, kind: str
) -> None:
    monkeypatch.setattr(dask_executor, "run_hashed_job", bad_at("", kind))
    result = folder.run("render", "briefs/lifts.yaml", "--scheduler", two_workers.scheduler_address)
    assert result.status == 1
    assert "briefs/lifts.yaml:1:1: error[worker-" in result.err
    assert ("worker-lost" if kind == "breaks" else "worker-damaged") in result.rules
    assert "\x1b" not in result.err
    assert folder.written == []


class PretendedFuture:
    """A future of Dask whose end the test decides."""

    def __init__(self) -> None:
        self.value: Any = None
        self.is_cancelled = False
        self._call: Callable[[Any], None] = lambda done: None

    def add_done_callback(self, call: Callable[[Any], None]) -> None:
        self._call = call

    def end(self, value: dask_executor.HashedResult) -> None:
        self.value = value
        self._call(self)

    def cancel(self) -> None:
        self.is_cancelled = True
        self._call(self)

    def cancelled(self) -> bool:
        return self.is_cancelled

    def done(self) -> bool:
        return self.is_cancelled or self.value is not None

    def result(self) -> dask_executor.HashedResult:
        return self.value

    def release(self) -> None:
        pass


class PretendedClient:
    """A scheduler whose ``workers`` come and go as the test says."""

    status = "running"

    def __init__(self, *workers: str) -> None:
        self.workers = workers
        self.sent: list[tuple[PretendedFuture, list[str] | None]] = []

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        return {"workers": dict.fromkeys(self.workers)}

    def submit(self, run: object, job: RenderJob, pure: bool, workers: list[str] | None = None) -> PretendedFuture:
        self.sent.append((PretendedFuture(), workers))
        return self.sent[-1][0]


def test_a_brief_does_not_wait_for_workers_that_have_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printed again by the others because of one bad worker, it goes to a new one when all those others have left."""
    monkeypatch.setattr(dask_executor, "LOOK_AFTER", 0.02)
    client, problems = PretendedClient("bad", "good"), Problems()
    cluster = dask_executor._Cluster(client, Place("--scheduler x"), problems)
    job = RenderJob(Path("/p/briefs/a.yaml"), RenderOptions(), Path("/p/output/a.pdf"), None, Place("a"), "/p", "run")
    data = dask_executor.pickle.dumps(JobResult({job.target: b"%PDF"}))
    made = dask_executor.HashedResult(data, dask_executor._digest(job, data), dask_executor.code_versions(), "bad")
    future = cluster.submit(job)
    client.sent[0][0].end(made._replace(data=data + b"x"))
    assert [workers for _, workers in client.sent] == [None, ["good"]]
    client.workers = ("bad", "new")
    until(lambda: len(client.sent) == 3, "a third try")
    assert client.sent[2][1] == ["new"]
    client.sent[2][0].end(made)
    assert future.result(10).files == {job.target: b"%PDF"}
    cluster.report()
    assert [problem.message for problem in problems] == ["the worker bad returned a damaged result"]


@pytest.mark.campaign
@pytest.mark.rest
def test_workers_join_leave_and_are_bad_while_it_runs(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One worker begins; two join, of which one damages what it makes; then the first is killed."""
    from distributed import Client, LocalCluster

    paths = briefs(folder, *(f"number-{number}" for number in range(80)))
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0", silence_logs=60) as local,
        Client(local.scheduler_address, set_as_default=False) as client,
    ):
        events: list[str] = []

        def disturb() -> None:
            output = folder.root / "output"
            until(lambda: output.is_dir() and len(list(output.glob("*.pdf"))) >= 3, "the first files")
            (first,) = client.scheduler_info(n_workers=-1)["workers"]
            local.scale(3)
            until(lambda: len(client.scheduler_info(n_workers=-1)["workers"]) == 3, "workers that join")
            joined = [each for each in client.scheduler_info(n_workers=-1)["workers"] if each != first]
            client.run(make_bad, "damaged bytes", workers=joined[:1])
            events.append(joined[0])
            before = len(list(output.glob("*.pdf")))
            until(lambda: len(list(output.glob("*.pdf"))) > before + 6, "more files")
            os.kill(client.run(os.getpid, workers=[first])[first], signal.SIGKILL)
            events.append("killed")

        disturbing = threading.Thread(target=disturb)
        disturbing.start()
        result = folder.run("render", *paths, "--scheduler", local.scheduler_address)
        disturbing.join()
    assert events[1:] == ["killed"]
    assert (result.status, result.rules) == (0, ["worker-damaged"]), result.err
    assert events[0] in result.err
    spread = pdfs(folder)
    assert len(spread) == 80
    assert folder.run("render", *paths[::40], "--jobs", "1", "-o", "alone").status == 0
    for path in (folder.root / "alone").iterdir():
        assert path.read_bytes() == spread[path.name]
