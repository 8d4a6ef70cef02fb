"""One mutated project or file tried as a user would, and what was wrong with what happened.

The command runs in a child made by ``fork``, with a limit of processor time. What must hold: exit status 0 or 1; no traceback
and no ``internal`` error; nothing written but output and cache, and in output no half file; an end in time; every problem names a file
and a line that exist; a brief without errors prints, or ends in a named problem.
"""

from __future__ import annotations

import hashlib
import os
import re
import resource
import signal
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from c6brief.cli import main
from tests.fuzz.seedbed import BRIEF_PATH, write_files

PROCESSOR = 40
"""Seconds of processor time that a command may take."""

PATIENCE = 240
"""Seconds by the clock after which a command is ended; the machine may be busy."""

PROBLEM = re.compile(
    r"^(?P<file>[^\n]+?):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|note)\[(?P<rule>[\w-]+)\]", re.M
)
BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")


@dataclass
class Trial:
    """What happened with one mutant: the commands, complaints, none where all held, and the rules that were told."""

    commands: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    at_render: list[str] = field(default_factory=list)
    printed: bool = False


def try_project(sandbox: Path, files: dict[str, bytes], render: bool = True) -> Trial:
    """Check the project of these files, and print it where ``check`` finds no error."""
    trial, root = Trial(), sandbox / "project"
    write_files(root, files)
    before = _snapshot(sandbox)
    status, said = run(root, "check", BRIEF_PATH)
    _judge(trial, "check", status, said, root)
    for found in PROBLEM.finditer(said):
        (trial.errors if found["severity"] == "error" else trial.others).append(found["rule"])
    if status == 0 and render and not trial.complaints:
        status, said = run(root, "render", BRIEF_PATH, "--jobs", "1")
        _judge(trial, "render", status, said, root)
        trial.at_render = [found["rule"] for found in PROBLEM.finditer(said)]
        trial.printed = status == 0
        made = sorted(path.relative_to(root).as_posix() for path in (root / "output").rglob("*") if path.is_file())
        files_right = ["output/lifts.pdf"] if status == 0 else []
        if made != files_right:
            trial.complaints.append(f"render: status {status} leaves {made}")
        elif made and not (root / made[0]).read_bytes().rstrip().endswith(b"%%EOF"):
            trial.complaints.append("render: half a file")
    after = _snapshot(sandbox)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if changed:
        trial.complaints.append(f"files changed: {sorted(changed)[:5]}")
    return trial


def try_file(sandbox: Path, data: bytes) -> Trial:
    """Verify a PDF."""
    trial, root = Trial(), sandbox / "project"
    write_files(root, {"sent.pdf": data})
    before = _snapshot(sandbox)
    status, said = run(root, "verify", "sent.pdf")
    _judge(trial, "verify", status, said, None)
    if _snapshot(sandbox) != before:
        trial.complaints.append("verify: files changed")
    return trial


def _judge(trial: Trial, command: str, status: int, said: str, root: Path | None) -> None:
    trial.commands.append(f"{command}: {status}")
    if status not in (0, 1):
        trial.complaints.append(
            f"{command}: " + (f"signal {-status}" if status < 0 else f"status {status}") + f" {said[-300:]}"
        )
    if "Traceback" in said or "error[internal]" in said:
        trial.complaints.append(f"{command}: {said[-600:]}")
    if root is None:
        return
    if status == 1 and not re.search(r"^.*error\[|^\S.*: ", said, re.M):
        trial.complaints.append(f"{command}: status 1 without a problem: {said[-200:]}")
    for found in PROBLEM.finditer(said):
        path, line = root / found["file"], int(found["line"])
        if path.is_dir() or (not path.exists() and line == 1):
            continue
        lines = count_lines(path.read_bytes()) if path.exists() else 0
        if not 1 <= line <= lines:
            trial.complaints.append(f"{command}: {found[0]} names a line of {lines}")


def count_lines(data: bytes) -> int:
    """How many lines a file has, by whatever counts as a break of lines anywhere; an empty file has one."""
    text = data.decode("utf-8", "replace")
    return max(1, len(BREAK.split(text)) - bool(text and BREAK.fullmatch(text[-1])))


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """``c6brief ARGUMENTS`` in ``folder``: the exit status, or a signal as a negative number; and what was printed."""
    said = folder.parent / "said.txt"
    child = os.fork()
    if child == 0:
        _become(folder, said, arguments)
    timer = threading.Timer(PATIENCE, os.kill, (child, signal.SIGKILL))
    timer.start()
    _, status = os.waitpid(child, 0)
    timer.cancel()
    return os.waitstatus_to_exitcode(status), said.read_text(encoding="utf-8", errors="replace")


def _become(folder: Path, said: Path, arguments: tuple[str, ...]) -> None:
    status = 99
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 2))
        file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for number in (1, 2):
            os.dup2(file, number)
        sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
        os.chdir(folder)
        os.environ |= {"HOME": str(folder.parent / "home"), "XDG_CACHE_HOME": str(folder.parent / "cache")}
        os.environ.pop("C6BRIEF_CACHE_DIR", None)
        sys.argv = ["c6brief", *arguments]
        main()
        status = 0
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _snapshot(sandbox: Path) -> dict[str, str]:
    """The SHA-256 of all files, but what is output, cache, or what was said."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in sandbox.rglob("*")
        if not (name := path.relative_to(sandbox).as_posix()).startswith(("project/output", "cache", "said.txt"))
    }
