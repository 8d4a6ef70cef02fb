"""``c6brief render``: files, problems and progress printed, once or after every save."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

from c6brief.build import export_figures as figures
from c6brief.build.jobs import JobResult
from c6brief.build.options import BatchOptions, RenderOptions
from c6brief.build.render import RenderedFile, RenderInterrupted, RenderResult
from c6brief.build.render import render as render_briefs
from c6brief.build.up_to_date import keep_command
from c6brief.build.warm_process import warm_renderer
from c6brief.build.watch import WarmResult, inputs_of, render_on_changes
from c6brief.cli.report import count, describe_file, report
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problems
from c6brief.print.signing import SigningOptions

PASSWORD = "C6BRIEF_SIGN_PASSWORD"
"""The variable of the environment with the passphrase of a key."""


def render(paths: list[Path], options: RenderOptions, batch: BatchOptions) -> int:
    """Render briefs, or editions of them, and print problems and files. Returns the exit status."""
    try:
        result = render_briefs(paths, options, batch, progress=_progress)
    except RenderInterrupted as interrupted:
        _report(interrupted.result)
        print(f"stopped: {len(interrupted.result.files)} of {interrupted.planned} came out", file=sys.stderr)
        raise
    if result.keys:
        keep_command(sys.argv[1:], result.keys)
    return _report(result)


def ask_for_signing(key: Path, timestamp: str) -> SigningOptions:
    """How to sign with ``key``. The passphrase is that of the environment, or typed without being shown."""
    passphrase = os.environ.get(PASSWORD)
    if passphrase is None:
        passphrase = getpass(f"passphrase of {display_name(key)}: ") if sys.stdin.isatty() else ""
    return SigningOptions(key, passphrase, timestamp)


def export_figures(paths: list[Path], options: RenderOptions, folder: Path) -> int:
    """Write the figures of briefs, and print problems and files. Returns the exit status."""
    result = figures.export_figures(paths, options, folder)
    lines = [
        f"{display_name(files[0])}  and {', '.join(path.suffix for path in files[1:])}" for files in result.figures
    ]
    if not result.figures and not any(problem.severity == "error" for problem in result.problems):
        lines = ["no figures: nothing was written"]
    return report(result.problems, lines)


def watch(paths: list[Path], options: RenderOptions) -> int:
    """Render ``paths``, and again after every save until Ctrl-C. Returns the exit status."""
    renderer = warm_renderer(paths, options)
    problems = Problems()
    inputs = inputs_of(paths, options, problems)
    if inputs is None:
        return report(problems, [])
    try:
        for result in render_on_changes(renderer, inputs):
            report_warm(result)
            if not result.changed:
                print(f"watching {inputs.count} files; Ctrl-C ends it", flush=True)
    except KeyboardInterrupt:
        print("\nended", flush=True)
    return 0


def report_warm(result: WarmResult) -> None:
    """Print the result of one render while watching."""
    if result.changed:
        print(f"\n{time.strftime('%H:%M:%S')}  {_summarize_changes(result.changed)}", flush=True)
    report(result.problems, [line for file in result.files for line in _describe(file)], len(result.written_files))
    sys.stderr.flush()
    if result.written_files:
        print(f"in {result.seconds:.1f} s", flush=True)
    elif result.changed:
        print("the last good file stays as it is", flush=True)


def _summarize_changes(changed: list[Path]) -> str:
    """The names of the files that changed, three at most, and how many more there are."""
    names = [display_name(path) for path in changed[:3]]
    more = len(changed) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _report(result: RenderResult) -> int:
    return report(result.problems, [line for file in result.files for line in _describe(file)], result.written_count)


def _describe(file: RenderedFile) -> list[str]:
    """The lines about a file and about the images of its flaws."""
    lines = []
    if file.is_written:
        lines += describe_file(file.target, file.pages, file.mended, is_up_to_date=file.is_up_to_date)
    if file.excerpts and file.flaws:
        lines.append(f"{display_name(file.excerpts)}  {count(file.flaws, 'excerpt')}")
    return lines


@contextmanager
def _progress(jobs: int) -> Iterator[Callable[[JobResult], None]]:
    """For several jobs on a terminal, show counts and the time left. Yields what is called with each result."""
    if jobs < 2 or not sys.stderr.isatty():
        yield lambda result: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = ("printed", BarColumn(), MofNCompleteColumn(), "{task.fields[failed]}", TimeRemainingColumn(), "left")
    bars = (TextColumn(each) if isinstance(each, str) else each for each in columns)
    with Progress(*bars, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=jobs, failed="")
        failed = 0

        def advance(result: JobResult) -> None:
            nonlocal failed
            failed += result.has_failed
            progress.update(task, advance=1, failed=f"({failed} failed)" if failed else "")

        yield advance
