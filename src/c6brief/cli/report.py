"""What commands print at their end: problems, files, and how many there are. It imports nothing that takes long."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from c6brief.documents.files import display_name
from c6brief.documents.problems import Problem, Severity, escape_controls

UNCHANGED = "nothing changed"
"""What is printed of a result that is up to date."""


def report(problems: Iterable[Problem], lines: Iterable[str], written: int | None = None) -> int:
    """Print ``problems``, and ``lines`` about what was written. Returns the exit status.

    ``written`` is the number of files written, where that is not the number of ``lines``.
    """
    problems, lines = list(problems), list(lines)
    for problem in problems:
        print(problem, file=sys.stderr)
    for line in lines:
        print(escape_controls(line, keeps=""))  # a name with a line feed makes no second line
    if problems:
        print(summarize(problems, len(lines) if written is None else written), file=sys.stderr)
    return 1 if count_errors(problems) else 0


def describe_file(target: Path, pages: int, mended: Sequence[str], *, is_up_to_date: bool = False) -> list[str]:
    """The lines about a file that was written or is up to date: its name, its pages, and what was mended on them."""
    name = display_name(target) + (f"  {count(pages, 'page')}" if pages else "")
    lines = [f"{name}, {UNCHANGED}" if is_up_to_date else name]
    return [*lines, f"mended: {'; '.join(mended)}"] if mended else lines


def count(number: int, noun: str) -> str:
    """A count in words: ``1 page``, ``8 pages``."""
    return f"{number} {noun}{'s' * (number != 1)}"


def count_errors(problems: Iterable[Problem]) -> int:
    """How many of ``problems`` are errors."""
    return sum(problem.severity == "error" for problem in problems)


def count_severities(problems: Iterable[Problem]) -> list[str]:
    """How many problems there are of each severity, those of which there are none left out: ``2 errors``, ``1 note``."""
    numbers = Counter(problem.severity for problem in problems)
    severities: tuple[Severity, ...] = ("error", "warning", "note")
    return [count(numbers[severity], severity) for severity in severities if numbers[severity]]


def summarize(problems: Sequence[Problem], written: int) -> str:
    """How many problems there are: ``2 errors and 1 warning``, and whether no file was ``written``."""
    *counts, last = count_severities(problems)
    return (f"{', '.join(counts)} and {last}" if counts else last) + ("" if written else "; nothing was written")
