"""Running the code of a figure in a process of its own, and telling of what went wrong there at the line of the code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from c6brief.documents.problems import Problem
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.style import Style
from c6brief.figures.kinds import CannotDraw
from c6brief.figures.matplotlib.child import CODE_NAME, packages_of_python
from c6brief.figures.matplotlib.code_file import CodeFile
from c6brief.figures.matplotlib.transfer import canvas_from_json

SECONDS = 60.0
"""How long the code of one figure may take, beside the limit of its brief."""

HIGHEST = 600
"""pt. What is higher does not fit on a page with its caption."""

_LARGEST_ANSWER = 50_000_000
"""Bytes of a drawing."""

_SECRETS = ("C6BRIEF_SIGN_PASSWORD",)
"""Variables of the environment that the code is not given."""

_LINE = re.compile(rf'File "{re.escape(CODE_NAME)}", line (\d+)')


@dataclass(frozen=True)
class CodeDrawing:
    """What the code of a figure has drawn, what its texts say, and which other files of the project it has read."""

    canvas: Canvas
    said: tuple[str, ...]
    reads: tuple[str, ...]


def run_code(code: CodeFile, request: Mapping[str, Any], style: Style) -> CodeDrawing:
    """The drawing that ``code`` makes of ``request``, which are plain values for its process. What it prints goes to standard error.

    The caller has asked whether the code is trusted. Raises ``CannotDraw``: problems ``figure-code``, ``limit-time``,
    ``limit-memory``.
    """
    root = str(code.root)
    whole = {
        **request,
        "code": code.text,
        "path": str(code.path),
        "root": root,
        "packages": [path for path in packages_of_python() if not _holds_seeds(path, root)],
        "seconds": SECONDS,
        "highest": HIGHEST,
    }
    output, status = _run(json.dumps(whole).encode())
    try:
        answer = json.loads(output)
    except ValueError:
        raise CannotDraw(_lost(code, output, status)) from None
    for line in str(answer.get("printed", "")).splitlines():
        print(f"{code.name}: {line}", file=sys.stderr)
    if "drawing" not in answer:
        raise CannotDraw(_told(code, answer))
    try:
        canvas = canvas_from_json(answer["drawing"], style)
        return CodeDrawing(canvas, tuple(map(str, answer["said"])), tuple(map(str, answer["reads"])))
    except (ValueError, KeyError, TypeError) as reason:
        raise CannotDraw(Problem("figure-code", "the code has made no drawing", code.place(1))) from reason


def _holds_seeds(path: str, root: str) -> bool:
    """Whether a folder of packages is the project's, its seeds, or lies in these: code there is not trusted."""
    real, project = os.path.realpath(path), os.path.realpath(root)
    return real == project or os.path.join(real, "").startswith(os.path.join(project, "seeds", ""))


def _run(request: bytes) -> tuple[bytes, int]:
    """What the process answers, and its exit status. It ends with this one, or after its time."""
    path = [os.path.abspath(each) for each in sys.path if each]
    environment = {
        **{name: value for name, value in os.environ.items() if name not in _SECRETS},
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONHASHSEED": "0",
        "PYTHONWARNINGS": "ignore",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "module://c6brief.figures.drawing.canvas_backend",
    }
    command = [sys.executable, "-P", "-m", "c6brief.figures.matplotlib.child"]
    if os.name != "posix":
        return _finish(subprocess.Popen(command, **_pipes(environment)), request)
    lifeline, ours = os.pipe()  # closed by the system when this process ends, however that comes about
    try:
        with_line = [*command, str(lifeline)]
        child = subprocess.Popen(
            with_line, **_pipes(environment), cwd="/", pass_fds=(lifeline,), start_new_session=True
        )
        return _finish(child, request)
    finally:
        os.close(lifeline)
        os.close(ours)


def _pipes(environment: Mapping[str, str]) -> dict[str, Any]:
    return {
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.DEVNULL,  # tracebacks of threads, and warnings of libraries
        "env": environment,
    }


def _finish(child: subprocess.Popen[bytes], request: bytes) -> tuple[bytes, int]:
    with child:
        try:
            output, _ = child.communicate(request, timeout=SECONDS + 5)
        except subprocess.TimeoutExpired:  # it has done away with its own clock
            child.kill()
            return b"", child.wait()
        except BaseException:
            child.kill()
            raise
    return output[:_LARGEST_ANSWER], child.returncode


def _told(code: CodeFile, answer: Mapping[str, Any]) -> Problem:
    """The problem that the process tells of."""
    if "memory" in answer:
        hint = "draw less at once; --limit-memory MB allows more"
        return Problem("limit-memory", "the code of the figure wants more memory than it may take", code.place(1), hint)
    error = answer["error"]
    place = code.place(1)
    if error["place"]:
        line, column, end = error["place"]
        text = code.text.split("\n")[line - 1].encode()
        start = len(text[:column].decode(errors="replace")) + 1
        place = code.place(line, start, len(text[:end].decode(errors="replace")) + 1 if end else 0)
    elif error.get("words"):
        place = code.find(error["words"]) or place
    return Problem("figure-code", str(error["message"]), place, str(error["hint"]))


def _lost(code: CodeFile, output: bytes, status: int) -> Problem:
    """The problem of a process that has told nothing: its time was up, or it was ended."""
    text = output.decode(errors="replace")
    if text.startswith("Timeout") or (not output and status < 0 and -status == 9):
        line = _LINE.search(text)
        message = f"the code of the figure was not done after {SECONDS:g} s, and was ended"
        hint = "a loop that never ends? compute what takes long beforehand, and draw from its table"
        return Problem("limit-time", message, code.place(int(line[1]) if line else 1), hint)
    from signal import Signals

    how = f"was ended by {Signals(-status).name}" if status < 0 else f"ended with status {status}"
    return Problem("figure-code", f"the process that ran the code {how}, and has drawn nothing", code.place(1))
