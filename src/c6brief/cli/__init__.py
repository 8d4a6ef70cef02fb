"""The command line: Typer, and what is printed on the terminal. Other rooms do the work.

The commands are in :mod:`commands <c6brief.cli.commands>`. They are not imported where every result of a command line
is up to date: that would take longer than to find it out.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import TYPE_CHECKING

import c6brief.build  # noqa: F401  (first: it records when this process began to load code)
from c6brief.cli.interrupts import catch_again, catch_once
from c6brief.cli.streams import printing_safely

if TYPE_CHECKING:
    from c6brief.documents.problems import Problem

LIMITED = frozenset(("accept", "add", "check", "diff", "import", "preview", "render", "show", "trust", "verify"))
"""The commands that read files which may be a stranger's."""


def run() -> None:
    """Run the command line as :func:`main` does; what reads a project or a PDF goes on in a child process with limits."""
    main(has_limits=sys.argv[1] in LIMITED if len(sys.argv) > 1 else False)


@printing_safely
def main(*, has_limits: bool = False) -> None:
    """Run the command line. Exit status: 0 done, 1 problems found, 2 wrong usage.

    ``has_limits``: what is not up to date is made in a child process (:mod:`c6brief.build.limited_process`).
    """
    # At its end Python would search all objects for circular garbage, though their memory is freed anyway.
    atexit.register(gc.freeze)
    catch_once()
    try:
        if sys.argv[1:2] in (["render"], ["check"]):
            from c6brief.build.up_to_date import lookup_command

            command = lookup_command(sys.argv[1:])
            if command is not None:
                from c6brief.cli.kept import report_kept

                sys.exit(report_kept(command))
        if has_limits:
            from c6brief.build.limited_process import continue_in_child

            continue_in_child(_report_ended)
        from c6brief.cli.commands import app

        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except MemoryError:
        from c6brief.build.limits import active_limits, memory_loss

        loss = memory_loss(active_limits())
        print(f"c6brief: error[{loss.rule}]: {loss.message}\n      | {loss.hint}", file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("C6BRIEF_TRACEBACK"):
            raise
        from c6brief.build.internal_error import problem_of
        from c6brief.documents.problems import Place

        print(problem_of(error, Place("c6brief")), file=sys.stderr)
        sys.exit(1)


def _report_ended(problem: Problem) -> None:
    from c6brief.cli.ended import report_ended

    report_ended(problem)


catch_again()
