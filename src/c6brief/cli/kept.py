"""What a command line printed, printed again from its kept results. It imports nothing that takes long."""

from __future__ import annotations

from pathlib import Path

from c6brief.build.up_to_date import Command
from c6brief.cli.check import report_check
from c6brief.cli.report import describe_file, report


def report_kept(command: Command) -> int:
    """Print again what ``command`` printed, whose results are up to date. Returns the exit status."""
    problems = dict.fromkeys(problem for each in command.reports for problem in each.problems)
    if command.name == "check":
        return report_check(list(problems), command.form, command.briefs, is_up_to_date=True)
    lines = [
        line
        for each in command.reports
        for line in describe_file(Path(each.target), each.pages, each.mended, is_up_to_date=True)
    ]
    return report(sorted(problems, key=lambda problem: problem.sort_key), lines, len(command.reports))
