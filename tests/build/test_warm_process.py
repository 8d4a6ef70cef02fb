"""The process that renders for a preview: another one takes its place before it has grown, and none leaves files behind."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from c6brief.build import warm_process
from c6brief.build.limits import Limits
from c6brief.build.options import RenderOptions
from c6brief.build.warm_process import WarmProcess
from tests.support.process import until
from tests.support.project import Folder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot limit a process")


@pytest.mark.campaign
def test_processes_replace_one_another_and_leave_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(warm_process, "RENDERS_PER_PROCESS", 2)
    spec = folder.root / "briefs/lifts.yaml"
    renderer = WarmProcess([spec], RenderOptions(), Limits())
    processes = []
    for number in range(3):
        processes.append(renderer._process.pid)
        folder.change("briefs/lifts.yaml", "Stations", f"Stations {number}")
        result = renderer.render([spec])
        assert (list(result.written_files), result.problems.errors) == ([spec], [])
    assert processes[0] == processes[1] != processes[2] == renderer._process.pid
    assert not os.path.exists(f"/proc/{processes[0]}")
    assert len(os.listdir(temporary)) == 1  # of the process that there is
    assert list(temporary.glob("*/weasyprint-*/*")), "fonts lie there while it is used"

    # One that is killed is told, and its files go with the next one.
    os.kill(processes[2], signal.SIGKILL)
    until(lambda: not renderer._process.is_alive(), "the end of the process")
    before = os.listdir(temporary)
    assert renderer.render([spec]).written_files
    assert len(os.listdir(temporary)) == 1 and os.listdir(temporary) != before
    renderer._end()
    assert os.listdir(temporary) == []
