"""The briefs of this repository, printed once for all processes of a test run."""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import sys
from pathlib import Path

import pytest

from c6brief.cli import main
from tests.support.paths import REPOSITORY

NAMES = sorted(path.stem for path in (REPOSITORY / "briefs").glob("*.yaml"))

TEMPLATES = sorted(path.parent.name for path in (REPOSITORY / "templates").glob("*/brief.html.j2"))


def in_template(factory: pytest.TempPathFactory, template: str, paper: str) -> dict[str, Path]:
    """The briefs in one template on one paper, without a flaw; printed once for all processes of a test run."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"briefs-{template}-{paper}"
    folder.mkdir(exist_ok=True)
    specs = [f"briefs/{name}.yaml" for name in NAMES]
    arguments = ["render", *specs, "-o", str(folder), "--template", template, "--strict"]
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "said").exists():
            status, said = run_in(REPOSITORY, *arguments, "--set", f"options.paper={paper}")
            (folder / "said").write_text(f"{status}\n{said}", encoding="utf-8")
    assert (folder / "said").read_text(encoding="utf-8") == "0\n"
    return {name: folder / f"{name}.pdf" for name in NAMES}


def run_in(folder: Path, *arguments: str) -> tuple[int, str]:
    """``c6brief ARGUMENTS`` in ``folder``: the exit status, and what was said of problems.

    In this process and no other, as so many tests run at once as there are cores.
    """
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stderr(said):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["c6brief", *arguments, "--jobs", "1"])
        try:
            main()
        except SystemExit as stop:
            return int(stop.code or 0), said.getvalue()
    return 0, said.getvalue()
