"""What a command says at its end: problems, what was written, and how many of each. Imports nothing that takes time."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from c6brief.cli.stamps import Command
from c6brief.documents.problems import Problems

UNCHANGED = "nothing changed"


def told(problems: Problems, lines: Iterable[str], written: int | None = None) -> int:
    """Print the problems, and in ``lines`` what was written. Returns the exit status.

    ``written`` is the number of files, where that is not the number of ``lines``.
    """
    lines = list(lines)
    for problem in problems:
        print(problem, file=sys.stderr)
    for line in lines:
        print(line)
    if len(problems):
        print(_summary(problems, len(lines) if written is None else written), file=sys.stderr)
    return 1 if problems.errors else 0


def told_again(command: Command) -> int:
    """Tell once more what a command told when it was run. Returns the exit status."""
    problems = Problems()
    for each in command.told:
        for problem in each.problems:
            problems.add(problem)
    if command.name == "check":
        from c6brief.cli.findings import tell_found

        return tell_found(problems, command.form, command.count, unchanged=True)
    return told(problems, [line for each in command.told for line in unchanged(each.lines)], len(command.told))


def unchanged(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines about a brief, of which the first names its file and says that nothing was done."""
    return (f"{lines[0]}, {UNCHANGED}", *lines[1:]) if lines else ()


def counted(count: int, noun: str) -> str:
    """``1 page``, ``8 pages``."""
    return f"{count} {noun}{'s' * (count != 1)}"


def _summary(problems: Problems, written: int) -> str:
    errors, total = len(problems.errors), len(problems)
    found = [(errors, "error"), (total - errors, "warning")]
    said = " and ".join(counted(count, noun) for count, noun in found if count)
    return said + ("" if written else "; nothing was written")
