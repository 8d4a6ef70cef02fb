"""The command line: the one room that sees all others."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Print policy briefs that can be checked against their sources.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from c6brief import __version__

        typer.echo(f"c6brief {__version__}")
        raise typer.Exit


@app.callback()
def _c6brief(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Print policy briefs that can be checked against their sources."""


@app.command(epilog="Example: c6brief render briefs/security.yaml -o output")
def render(
    briefs: Annotated[list[Path], typer.Argument(metavar="BRIEF...", help="Brief specifications, briefs/NAME.yaml.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help="Folder for the PDF; the project's output/ by default.")] = None,
    template: Annotated[str | None, typer.Option(metavar="NAME", help="A folder of templates/, in place of the one the brief names.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change a value of the specification, e.g. title='Another title' or options.KEY=VALUE. Repeatable.")] = None,
) -> None:
    """Verify, draw and typeset briefs: one PDF each."""
    from c6brief.cli.render import render_briefs

    raise typer.Exit(render_briefs(briefs, output, template, tuple(set_ or ())))


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 problems found, 2 wrong usage."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as reason:
        if os.environ.get("C6BRIEF_TRACEBACK"):
            raise
        where = reason.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else "?"
        print(f"c6brief: error[internal]: {type(reason).__name__}: {reason} ({place})", file=sys.stderr)
        print("      | this is a mistake of ours; C6BRIEF_TRACEBACK=1 shows where it happened", file=sys.stderr)
        sys.exit(1)
