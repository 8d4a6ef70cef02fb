"""``c6brief render``: every edition printed, by whichever press, and what became of it told at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from c6brief.cli.edition import Outcome, RenderJob, write_out
from c6brief.cli.plan import planned
from c6brief.cli.press import Executor, cores, outcomes, pool, this_process
from c6brief.cli.render import RenderOptions
from c6brief.cli.stamps import Report, keep, keep_command, lookup
from c6brief.cli.telling import told, unchanged
from c6brief.documents.problems import Problems


@dataclass(frozen=True)
class Batch:
    """How many are wanted of each brief, and who prints them."""

    matrix: tuple[str, ...] = ()
    """Axes, ``KEY=VALUE,VALUE``."""
    editions: Path | None = None
    """A table of editions."""
    jobs: int | None = None
    """How many processes; by default the cores."""
    scheduler: str | None = None
    """The address of a Dask cluster."""

    @property
    def plain(self) -> bool:
        """Whether every brief is printed once, by this machine."""
        return not (self.matrix or self.editions or self.scheduler)


def render_briefs(paths: list[Path], wanted: RenderOptions, batch: Batch = Batch()) -> int:
    """Render every brief, or every edition of it; print problems and what was written. Returns the exit status.

    Problems: those of every room, of planning and of the presses, and ``not-writable``.
    """
    if wanted.figures is not None:
        from c6brief.cli.figures import write_figures

        return write_figures(paths, wanted, wanted.figures)
    problems = Problems()
    editions = planned(paths, wanted, batch.matrix, batch.editions, problems)
    if problems.errors:
        return told(problems, [], 0)
    lines: dict[Path, tuple[str, ...]] = {}
    if batch.plain and wanted.proof is None:  # a folder of proofs may hold anything
        editions = [replace(edition, noted=True) for edition in editions]
    asked = editions
    editions = [edition for edition in asked if not _recalled(edition, problems, lines)]
    written = len(asked) - len(editions)
    editions = [replace(edition, one_of_many=len(editions) > 1) for edition in editions]
    try:
        if batch.scheduler:
            from c6brief.cli.cluster import NoCluster, cluster

            with suppress(NoCluster):
                written += _print(editions, partial(cluster, batch.scheduler, problems), problems, lines)
        else:
            written += _print(editions, _press(editions, batch), problems, lines)
    except KeyboardInterrupt:
        _tell(problems, asked, lines, len(lines))
        print(f"stopped: {len(lines)} of {len(asked)} came out", file=sys.stderr)
        raise
    if not problems.errors and all(edition.noted for edition in asked):
        keep_command(sys.argv[1:], [edition.asked for edition in asked])
    return _tell(problems, asked, lines, written)


def _tell(problems: Problems, editions: list[RenderJob], lines: dict[Path, tuple[str, ...]], written: int) -> int:
    """Tell of everything in the order in which it was asked for, not in that in which it came out."""
    return told(problems, [line for edition in editions for line in lines.get(edition.target, ())], written)


def _recalled(edition: RenderJob, problems: Problems, lines: dict[Path, tuple[str, ...]]) -> bool:
    """Whether an edition need not be printed, since nothing that it is made of has changed. It is told of again."""
    known = lookup(edition.asked) if edition.noted else None
    if known is None:
        return False
    for problem in known.problems:
        problems.add(problem)
    lines[edition.target] = unchanged(known.lines)
    return True


def _press(editions: Sequence[RenderJob], batch: Batch) -> Callable[[], AbstractContextManager[Executor]]:
    """A pool, unless there is nothing to share out."""
    jobs = min(batch.jobs or cores(), len(editions))
    return partial(pool, jobs) if jobs > 1 else this_process


def _print(
    editions: list[RenderJob],
    press: Callable[[], AbstractContextManager[Executor]],
    problems: Problems,
    lines: dict[Path, tuple[str, ...]],
) -> int:
    """Print ``editions``, and write each when it comes out. How many were written."""
    written = 0
    with _progress(len(editions)) as advance:
        for edition, outcome in outcomes(editions, press):
            done = write_out(edition, outcome, problems)
            for problem in outcome.problems:
                problems.add(problem)
            if done:
                if outcome.reads:
                    files = {str(path): data for path, data in outcome.files.items()}
                    keep(edition.asked, outcome.reads, files, Report(outcome.problems, outcome.lines))
                lines[edition.target] = outcome.lines
                written += edition.target in outcome.files
            advance(outcome)
    return written


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Outcome], None]]:
    """A line with counts and the time left, on a terminal, while there is more than one edition to wait for."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda outcome: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = ("printed", BarColumn(), MofNCompleteColumn(), "{task.fields[failed]}", TimeRemainingColumn(), "left")
    shown = (TextColumn(each) if isinstance(each, str) else each for each in columns)
    with Progress(*shown, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, failed="")
        failed = 0

        def advance(outcome: Outcome) -> None:
            nonlocal failed
            failed += outcome.failed
            progress.update(task, advance=1, failed=f"({failed} failed)" if failed else "")

        yield advance
