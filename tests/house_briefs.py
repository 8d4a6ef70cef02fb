"""The briefs of this repository, printed once for all processes of a test run."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

NAMES = sorted(path.stem for path in (REPOSITORY / "briefs").glob("*.yaml"))

TEMPLATES = sorted(path.parent.name for path in (REPOSITORY / "templates").glob("*/brief.html.j2"))


def in_template(factory: pytest.TempPathFactory, template: str, paper: str) -> dict[str, Path]:
    """The briefs in one template on one paper, without a flaw; printed once for all processes of a test run."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"briefs-{template}-{paper}"
    folder.mkdir(exist_ok=True)
    specs = [f"briefs/{name}.yaml" for name in NAMES]
    command = [sys.executable, "-m", "c6brief", "render", *specs, "-o", str(folder), "--template", template, "--strict"]
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "said").exists():
            command += ["--set", f"options.paper={paper}"]
            done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
            (folder / "said").write_text(f"{done.returncode}\n{done.stderr}", encoding="utf-8")
    assert (folder / "said").read_text(encoding="utf-8") == "0\n"
    return {name: folder / f"{name}.pdf" for name in NAMES}
