"""``c6brief check``: problems printed for people, for programs, or for GitHub Actions.

Printing a kept result imports nothing that takes long.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from c6brief.cli.report import UNCHANGED, count, count_errors, count_severities
from c6brief.documents.problems import Problem


def check(paths: list[Path], form: str, strict: bool, brand: Path | None = None) -> int:
    """Check the briefs at ``paths``, or the whole project of the working directory. Returns the exit status.

    ``form`` is text, json or github; ``brand`` is a brand file in place of the project's own.
    """
    from c6brief.build import check as build
    from c6brief.build.up_to_date import keep_command

    result = build.check(paths, strict=strict, brand=brand, form=form)
    if result.key is not None:
        keep_command(sys.argv[1:], [result.key], form, result.briefs)
    return report_check(result.problems, form, result.briefs)


def list_rules() -> int:
    """Print every rule with its severity here and its summary, and what is wrong with those of other packages. Returns
    the exit status."""
    from c6brief.build.check import rules_with_severities
    from c6brief.rules import extension_problems

    rules = rules_with_severities()
    widest = max(len(rule.name) for rule, _ in rules)
    for rule, severity in rules:
        print(f"{rule.name:<{widest}}  {severity:<7}  {rule.summary}")
    problems = extension_problems()
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def report_check(problems: Sequence[Problem], form: str, briefs: int, *, is_up_to_date: bool = False) -> int:
    """Print the problems of a check of so many ``briefs``. Returns the exit status.

    ``form`` is text, json or github. ``is_up_to_date``: the problems are those of a kept result.
    """
    problems = sorted(problems, key=lambda problem: problem.sort_key)
    errors = count_errors(problems)
    if form == "json":
        print(json.dumps([_record(problem) for problem in problems], indent=2, ensure_ascii=False))
    elif form == "github":
        for problem in problems:
            print(_workflow_command(problem))
    else:
        for problem in problems:
            print(problem, file=sys.stderr)
        counts = ", ".join(count_severities(problems)) or "no problems"
        checked = f"{count(briefs, 'brief')} checked{f', {UNCHANGED}' if is_up_to_date else ''}"
        print(f"{checked}: {counts}", file=sys.stderr if problems else sys.stdout)
    return 1 if errors else 0


def _record(problem: Problem) -> dict[str, str | int]:
    """A problem as plain values for JSON. ``end_column`` is the column after the last character."""
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


_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}


def _workflow_command(problem: Problem) -> str:
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
    properties = ",".join(f"{key}={_escape(str(value), property_=True)}" for key, value in given.items())
    text = "\n".join(part for part in (problem.message, problem.hint) if part)
    return f"::{_GITHUB[problem.severity]} {properties}::{_escape(text)}"


def _escape(text: str, *, property_: bool = False) -> str:
    """``text`` escaped as GitHub's runner unescapes it: ``%``, line ends, in properties also ``:`` and ``,``."""
    marks = {"%": "%25", "\r": "%0D", "\n": "%0A"} | ({":": "%3A", ",": "%2C"} if property_ else {})
    return "".join(marks.get(char, char) for char in text)
