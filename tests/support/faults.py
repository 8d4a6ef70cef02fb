"""c6brief as a process in surroundings that are broken: without rights, room, home, or somebody who reads what it prints."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

_PR_CAPBSET_DROP = 24
_RIGHTS_OF_ROOT = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: root reads and writes what nobody may


def without_rights() -> None:
    """In a child before it begins: let root have no more rights to files than their modes say."""
    if os.geteuid() == 0:
        for right in _RIGHTS_OF_ROOT:
            if ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, right, 0, 0, 0):
                os._exit(77)


def with_file_size(most: int) -> Callable[[], None]:
    """In a child before it begins: no file may have more than ``most`` bytes, as on a disk that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def run_in(
    folder: Path,
    *arguments: str,
    before: Callable[[], None] | None = None,
    environment: Mapping[str, str | None] | None = None,
    stdout: Any = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """``c6brief ARGUMENTS`` in ``folder``. It must not show a traceback, nor call what is wrong a mistake of ours.

    A variable of the ``environment`` that is ``None`` is left out.
    """
    given = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}
    done = subprocess.run(
        [sys.executable, "-m", "c6brief", *arguments],
        cwd=folder,
        env={name: value for name, value in given.items() if value is not None},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        preexec_fn=before,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip("this system lets root keep its rights")
    assert b"Traceback" not in done.stderr and b"internal" not in done.stderr, done.stderr.decode()
    return done


def litter(folder: Path) -> list[str]:
    """The temporary files of ours that are left below ``folder``."""
    return [path.name for path in folder.rglob(".*") if path.suffix == ".tmp" or path.name.startswith(".lifts.pdf")]
