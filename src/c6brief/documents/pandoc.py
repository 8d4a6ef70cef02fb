"""Pandoc, the converter of documents (https://pandoc.org): found, and run within limits.

It comes with the extra ``pandoc`` (the package pypandoc_binary, whose file is run), or is one on the PATH. It runs without a
shell, in its sandbox: it reads its standard input and what is named in its arguments, and no network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

LONGEST_RUN = 120.0
"""Seconds. A draft of a hundred pages takes one."""

MOST_MEMORY = "1500M"
"""What Pandoc's heap may hold (https://pandoc.org/MANUAL.html#a-note-on-security)."""

HOW_TO_INSTALL = "pip install 'c6brief[pandoc]', or install Pandoc (https://pandoc.org)"


class PandocError(Exception):
    """Pandoc is missing, or cannot do what it was asked. ``rule``, ``str()`` and ``hint`` are those of the problem to report,
    ``said`` is what Pandoc has said of its input; empty where it said nothing, or did not end.
    """

    def __init__(self, rule: str, message: str, hint: str = "", said: str = "") -> None:
        super().__init__(message)
        self.rule, self.hint, self.said = rule, hint, said


@lru_cache(maxsize=1)
def find_pandoc() -> str | None:
    """The path of the program: that of the package pypandoc_binary, else of one on the PATH; ``None`` where there is none."""
    package = find_spec("pypandoc")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for name in ("pandoc", "pandoc.exe"):
            program = Path(folder, "files", name)
            if program.is_file():
                return str(program)
    found = shutil.which("pandoc")
    return found if found and os.path.isabs(found) else None  # never one that lies in the folder at hand


def run_pandoc(arguments: Sequence[str], data: bytes) -> bytes:
    """What Pandoc writes, given ``data`` on its standard input.

    Raises :class:`PandocError`: ``no-pandoc``, ``pandoc-failed``.
    """
    program = find_pandoc()
    if program is None:
        raise PandocError("no-pandoc", "this needs Pandoc, which is not installed", HOW_TO_INSTALL)
    command = [program, "+RTS", f"-M{MOST_MEMORY}", "-RTS", "--sandbox", *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=LONGEST_RUN, check=False)
    except subprocess.TimeoutExpired as reason:
        raise PandocError("pandoc-failed", f"Pandoc took more than {LONGEST_RUN:.0f} s") from reason
    except OSError as reason:
        raise PandocError("no-pandoc", f"Pandoc cannot be started: {reason.strerror}", HOW_TO_INSTALL) from reason
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        short = " ".join(said.split())[:200] or "it says nothing"
        raise PandocError("pandoc-failed", f"Pandoc cannot read it: {short}", said=said)
    return done.stdout
