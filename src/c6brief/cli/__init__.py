"""The command line: the one room that sees all others.

The commands themselves are in :mod:`commands <c6brief.cli.commands>`. What was made before and has not changed is told
again before they are even imported, since that takes longer than to look.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import time

STARTED = time.time()
"""When this process began to import what it is made of."""


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 problems found, 2 wrong usage."""
    # Before it ends Python looks through all that was made for circular garbage, though all of it goes anyway.
    atexit.register(gc.freeze)
    try:
        if sys.argv[1:2] in (["render"], ["check"]):
            from c6brief.cli.stamps import lookup_command

            known = lookup_command(sys.argv[1:])
            if known is not None:
                from c6brief.cli.telling import told_again

                sys.exit(told_again(known))
        from c6brief.cli.commands import app

        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as reason:
        if os.environ.get("C6BRIEF_TRACEBACK"):
            raise
        from c6brief.cli.mistakes import told_internal

        message, hint = told_internal(reason)
        print(f"c6brief: error[internal]: {message}", file=sys.stderr)
        print(f"      | {hint}", file=sys.stderr)
        sys.exit(1)
