"""What is printed where a limit ended a command, in the form that it was asked for."""

from __future__ import annotations

import json
import sys

from c6brief.cli.check import report_check
from c6brief.cli.report import report
from c6brief.documents.problems import Problem


def report_ended(problem: Problem) -> None:
    """Print the ``problem`` that ended the command of this process."""
    command = sys.argv[1]
    forms = [form for form in ("json", "github") if f"--format={form}" in sys.argv or _follows("--format", form)]
    if command == "check":
        report_check([problem], forms[0] if forms else "text", 0)
    elif "json" in forms and command in ("verify", "diff"):
        from c6brief.cli.verify import problem_as_json

        print(json.dumps({"problems": [problem_as_json(problem)]}, ensure_ascii=False, indent=2))
    else:
        report([problem], [], written=0 if command == "render" else 1)


def _follows(option: str, value: str) -> bool:
    return (option, value) in zip(sys.argv, sys.argv[1:], strict=False)
