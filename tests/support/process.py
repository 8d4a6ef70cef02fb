"""c6brief as a process of its own, which stays until it is told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE = 90
"""Seconds that anything may take before a test gives up; most take two. Machines may be busy."""


def until(condition: Callable[[], Any], what: str) -> Any:
    """Wait until ``condition`` gives something, and give it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


class Running:
    """``c6brief ARGUMENTS`` in ``folder``, with more in its ``environment``, and what it has printed so far."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self._log = folder.parent / "printed.txt"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "c6brief", *arguments],
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "BROWSER": "true", **environment},
                start_new_session=True,
            )

    @property
    def printed(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def wait_for(self, words: str, times: int = 1) -> str:
        """Wait until ``words`` have been printed so many times; all that was printed."""

        def there() -> str:
            printed = self.printed
            assert self._process.poll() is None, f"ended by itself:\n{printed}"
            return printed if printed.count(words) >= times else ""

        return until(there, f"'{words}' ({times} times) in:\n{self.printed}")

    def interrupt(self) -> int:
        """Ctrl-C, which a terminal sends to all processes, and the exit status. None of them may show a traceback."""
        os.killpg(self._process.pid, signal.SIGINT)
        status = self._process.wait(PATIENCE)
        assert "Traceback" not in self.printed, self.printed
        return status

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def run_c6brief(folder: Path, *arguments: str, **environment: str) -> str:
    """``c6brief ARGUMENTS`` in ``folder``, with more in its environment; what it printed. It must have no error; `render` tells
    warnings of the brief too."""
    done = subprocess.run(
        [sys.executable, "-m", "c6brief", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and "error[" not in done.stderr, done.stderr
    return done.stdout
