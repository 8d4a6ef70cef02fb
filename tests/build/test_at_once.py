"""Processes that are stopped at any moment, or work on the same project at the same time: whole files, and no litter."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.faults import litter, run_in
from tests.support.project import BRIEF, Folder

STARTING = re.compile(r"/c6brief/((__init__|__main__|about)|(cli|build)/(__init__|interrupts))\.py")
"""Modules that are read before Ctrl-C is caught."""


def start(folder: Folder, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "c6brief", *arguments],
        cwd=folder.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def assert_whole(path: Path) -> None:
    data = path.read_bytes()
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"), path


@pytest.mark.campaign
@pytest.mark.campaign
def test_ctrl_c_at_a_hundred_moments(folder: Folder) -> None:
    """Until the command line is imported, Python may show a traceback of its own."""
    moments = random.Random(15)
    commands = {("check",): 1.0, ("render", "briefs/lifts.yaml"): 4.0, ("show", "events"): 0.8}
    for turn in range(100):
        command, longest = list(commands.items())[turn % 3]
        process = start(folder, *command, *(["--set", f"number={turn}"] if command[0] == "render" else []))
        time.sleep(moments.uniform(0, longest))
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=90)
        ours = [line for line in err.split("\n") if "/c6brief/" in line and not STARTING.search(line)]
        assert not ours and "internal" not in err, err
        assert process.returncode in (0, 130, -signal.SIGINT) or "init_import_site" in err or "runpy" in err, err
        assert not litter(folder.root)
        for name in folder.written:
            assert_whole(folder.root / "output" / name)


@pytest.mark.campaign
def test_two_of_everything_at_once(folder: Folder) -> None:
    """Two renders of one brief, one that fails, and a check, side by side."""
    folder.write("briefs/bad.yaml", BRIEF.replace("use: lifts", "use: lift"))
    commands = [("render", "briefs/lifts.yaml")] * 2 + [("render", "briefs/bad.yaml"), ("check", "briefs/lifts.yaml")]
    processes = [start(folder, *command) for command in commands]
    ended = [process.communicate(timeout=90) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 1, 0], ended
    assert not any("Traceback" in err or "internal" in err for _, err in ended), ended
    assert folder.written == ["lifts.pdf"] and not litter(folder.root)
    first = (folder.root / "output/lifts.pdf").read_bytes()
    assert_whole(folder.root / "output/lifts.pdf")
    assert folder.render("briefs/lifts.yaml", "-o", "alone").status == 0
    assert (folder.root / "alone/lifts.pdf").read_bytes() == first


@pytest.mark.campaign
def test_files_that_change_and_vanish_while_they_are_read(folder: Folder) -> None:
    stop = threading.Event()

    def disturb() -> None:
        turns = random.Random(15)
        while not stop.is_set():
            path = turns.choice([path for path in kept if path.suffix in (".yaml", ".md", ".txt", ".yml")])
            if turns.random() < 0.5:
                path.unlink()
            else:
                path.write_bytes(kept[path][: len(kept[path]) // 2])
            time.sleep(turns.uniform(0, 0.02))
            path.write_bytes(kept[path])

    kept = {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}
    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        statuses = {run_in(folder.root, "check").returncode for _ in range(12)}
        statuses |= {run_in(folder.root, "render", "briefs/lifts.yaml").returncode for _ in range(3)}
    finally:
        stop.set()
        thread.join()
    assert statuses <= {0, 1}
    assert run_in(folder.root, "check").returncode == 0, "what was read of a half file is not kept"
    assert not litter(folder.root)


@pytest.mark.campaign
@pytest.mark.parametrize("delay", [0.0, 0.4, 1.5, 3.0])
def test_where_all_workers_are_killed_every_brief_is_named_and_there_is_no_traceback(
    folder: Folder, delay: float
) -> None:
    process = start(folder, "render", "briefs/lifts.yaml", "--matrix", "number=1,2,3,4", "--jobs", "2")
    killed = 0
    while process.poll() is None and killed < 40:
        workers = _workers(process.pid)
        if workers and killed < 8:
            time.sleep(delay)
        for worker in workers:
            with suppress(ProcessLookupError):  # it has ended meanwhile
                os.kill(worker, signal.SIGKILL)
                killed += 1
        time.sleep(0.02)
    _, err = process.communicate(timeout=180)
    assert "Traceback" not in err and "Exception in" not in err and "internal" not in err, err
    assert len(folder.written) + err.count("error[worker-lost]") == 4
    assert process.returncode == ("worker-lost" in err)
    assert not litter(folder.root)
    for name in folder.written:
        assert_whole(folder.root / "output" / name)


def _workers(parent: int) -> list[int]:
    """The processes that a render has started to print; they are children of the process itself, or of its child."""
    found, waiting = [], [parent]
    while waiting:
        process = waiting.pop()
        for path in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                children = [int(each) for each in path.read_text().split()]
                waiting += children
                found += [each for each in children if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]
            except OSError:  # it has ended
                continue
    return found
