"""Many briefs at once, and workers that are killed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.support.project import BRIEF, Folder

DEADLY = """\
import os, pathlib, signal, sys

def die(event, arguments):
    if event == "open" and str(arguments[0]).endswith(os.environ["DEADLY"]) and "--multiprocessing-fork" in sys.orig_argv:
        once = os.environ.get("DEADLY_ONCE")
        if not once or not pathlib.Path(once).exists():
            if once:
                pathlib.Path(once).touch()
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
"""
"""A ``sitecustomize`` with which a worker is killed, as for want of memory, when it opens a certain file."""


def briefs(folder: Folder, *names: str) -> list[str]:
    """Briefs of those names that differ in their titles."""
    for name in names:
        folder.write(f"briefs/{name}.yaml", BRIEF.replace("Stations wait", f"Stations {name} wait"))
    return [f"briefs/{name}.yaml" for name in names]


def deadly(folder: Folder, name: str, once: Path | None = None) -> dict[str, str]:
    """The environment of a command whose worker dies on the file ``name``."""
    folder.write("deadly/sitecustomize.py", DEADLY)
    environment = {**os.environ, "PYTHONPATH": str(folder.root / "deadly"), "DEADLY": name}
    return environment | ({"DEADLY_ONCE": str(once)} if once else {})


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "c6brief", *arguments]


def pdfs(folder: Folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder.root / "output").glob("*")}
