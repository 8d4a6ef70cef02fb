"""``--scheduler``: a Dask cluster of two worker processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.batches import briefs, deadly, pdfs
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


@pytest.mark.sample(1)
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x", "\x1b"])
def test_no_scheduler(folder: Folder, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr("c6brief.build.dask_executor.PATIENCE", "2s")
    result = folder.render("briefs/lifts.yaml", "--scheduler", address)
    assert (result.status, result.rules) == (1, ["no-scheduler"])
    assert "\x1b" not in result.err


def test_a_scheduler_without_workers(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("c6brief.build.dask_executor.PATIENCE", "2s")
    with LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=60) as local:
        result = folder.render("briefs/lifts.yaml", "--scheduler", local.scheduler_address)
    assert (result.status, result.rules) == (1, ["no-workers"])
