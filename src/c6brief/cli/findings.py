"""How ``c6brief check`` tells what it has found: to people, programs, or GitHub Actions. Imports nothing that takes time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from c6brief.cli.telling import UNCHANGED, counted
from c6brief.documents.problems import Problem, Problems, visible


def tell_found(problems: Problems, form: str, briefs: int, *, unchanged: bool = False) -> int:
    """Print the problems of so many ``briefs`` in the ``form`` wanted: text, json or github. Returns the exit status.

    People are told where everything was ``unchanged``, and these are the problems of the last time.
    """
    if form == "json":
        print(json.dumps([_record(problem) for problem in problems], indent=2, ensure_ascii=False))
    elif form == "github":
        for problem in problems:
            print(_command(problem))
    else:
        for problem in problems:
            print(problem, file=sys.stderr)
        checked = f"{counted(briefs, 'brief')} checked{f', {UNCHANGED}' if unchanged else ''}"
        found = ", ".join(_counts(problems)) or "no problems"
        print(f"{checked}: {found}", file=sys.stderr if len(problems) else sys.stdout)
    return 1 if problems.errors else 0


def _counts(problems: Problems) -> Iterator[str]:
    errors = len(problems.errors)
    for count, noun in ((errors, "error"), (len(problems) - errors, "warning")):
        if count:
            yield counted(count, noun)


def _record(problem: Problem) -> dict[str, str | int]:
    """A problem for programs. ``end_column`` is the column after the last character."""
    span = problem.place.span
    return {
        "file": problem.place.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }


def _command(problem: Problem) -> str:
    """A problem as a workflow command of GitHub Actions: an annotation at its place.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    span = problem.place.span
    given = {
        "file": problem.place.file,
        "line": span.line,
        "col": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "title": problem.rule,
    }
    properties = ",".join(f"{key}={_escaped(str(value), property_=True)}" for key, value in given.items())
    said = "\n".join(part for part in (problem.message, problem.hint) if part)
    return f"::{problem.severity} {properties}::{_escaped(said)}"


def _escaped(text: str, *, property_: bool = False) -> str:
    """Text as GitHub's runner unescapes it: ``%``, line ends, and in properties also ``:`` and ``,``."""
    marks = {"%": "%25", "\r": "%0D", "\n": "%0A"} | ({":": "%3A", ",": "%2C"} if property_ else {})
    return "".join(marks.get(char) or visible(char) for char in text)
