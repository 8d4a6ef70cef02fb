"""An edition: one brief, with the values that it takes, and the file that it becomes. The unit of all work.

It is small and goes to another process, or to another machine, as it is. :func:`print_edition` is the one function
that prints it, here, in a pool or on a cluster. It writes nothing: what comes back holds the bytes, and the command
that asked writes them. So a worker that dies leaves nothing half-written, and no file is written twice.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from c6brief.cli.base import Base
from c6brief.cli.collecting import seldom_collected
from c6brief.cli.mistakes import told_internal
from c6brief.cli.reading import Reading, Reads
from c6brief.cli.render import RenderOptions, print_brief
from c6brief.cli.stamps import CacheKey
from c6brief.cli.telling import counted
from c6brief.documents.files import display_name, shown_from, write_all_beside
from c6brief.documents.problems import Place, Problem, Problems
from c6brief.documents.project import Project
from c6brief.print.layout_cache import LayoutCache
from c6brief.print.pdf import Printed
from c6brief.print.preflight.excerpts import excerpts, is_excerpt
from c6brief.rules import warnings_as_errors


@dataclass(frozen=True)
class RenderJob:
    """What is printed, and where it goes. All paths are absolute, so that it means the same everywhere."""

    brief: Path
    wanted: RenderOptions
    """What the command line asks for, with this edition's own values among its ``settings``."""
    target: Path
    """The file to write."""
    proofs: Path | None
    """Where excerpts of the flaws of its pages go."""
    place: Place
    """Where it was asked for: the brief, or a row of a table."""
    here: str
    """The folder that its user works in, from which files are named."""
    run: str
    """The run that it belongs to. A worker reads a project once in a run, however long it lives."""
    noted: bool = False
    """Whether it is noted what is read for it, so that it need not be printed again while that stays as it is."""
    one_of_many: bool = False
    """Whether others of its run follow in this process, for which it is worth to keep what was learned in printing it."""

    @property
    def asked(self) -> CacheKey:
        """All of it, for a stamp."""
        return CacheKey(str(self.brief), repr(replace(self, run="", one_of_many=False)))


@dataclass(frozen=True)
class Outcome:
    """What became of an edition: the files to write, what to say of them, and its problems."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    proofed: bool = False
    """Whether there were pages to look at."""
    reads: Reads | None = None
    """What was read for it, where that is noted and can be said."""

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


class ProcessCache:
    """The projects that this process has read, of one run, and what it has read at all."""

    def __init__(self) -> None:
        self.run = ""

    def turn_to(self, run: str) -> None:
        """Begin anew, unless this is the run that it was."""
        if run != self.run:
            self.run = run
            self.bases: dict[Project, Base] = {}
            self.warm = LayoutCache()
            self.reading: Reading | None = None


_shelf = ProcessCache()
_one_at_a_time = threading.Lock()
"""Matplotlib's settings and what WeasyPrint logs belong to the whole process: a worker of several threads waits here."""


def print_edition(edition: RenderJob) -> Outcome:
    """Print an edition. Whatever happens is an outcome: one that fails takes no other with it.

    Problems: those of every room, and ``internal`` for a mistake of ours.
    """
    with _one_at_a_time, shown_from(edition.here):
        try:
            return _printed(edition)
        except Exception as reason:
            if os.environ.get("C6BRIEF_TRACEBACK"):
                raise
            message, hint = told_internal(reason)
            return Outcome(problems=(Problem("internal", message, edition.place, hint),))


def _printed(edition: RenderJob) -> Outcome:
    _shelf.turn_to(edition.run)
    warm = _shelf.warm if edition.one_of_many else None
    if not edition.noted:
        return outcome_of(edition, _shelf.bases, warm)[0]
    reading = _shelf.reading = _shelf.reading or Reading()
    with reading.noting([str(edition.brief)]):
        outcome, _ = outcome_of(edition, _shelf.bases, warm)
    return outcome if outcome.failed else replace(outcome, reads=reading.made_of([str(edition.brief)]))


def outcome_of(
    edition: RenderJob, bases: dict[Project, Base], warm: LayoutCache | None = None
) -> tuple[Outcome, Printed | None]:
    """What becomes of an edition, and its pages. Projects that ``bases`` holds are not read again, and ``warm`` is what is
    kept of one print for the next.
    """
    wanted = edition.wanted
    problems = Problems(wanted.told_only)
    with seldom_collected():
        printed = print_brief(edition.brief, wanted, bases, problems, warm)
    if wanted.strict:
        problems = warnings_as_errors(problems)
    if printed is None:
        return Outcome(problems=tuple(problems)), None
    files, lines = _made(edition, printed, refused=bool(problems.errors))
    return Outcome(files, tuple(lines), tuple(problems), proofed=True), printed


def _made(edition: RenderJob, printed: Printed, refused: bool) -> tuple[dict[Path, bytes], list[str]]:
    """The files of an edition, and what to say of them.

    Excerpts are made of a brief that is ``refused`` for its flaws too, since that is when one looks at them.
    """
    files = {} if refused else {edition.target: printed.data}
    lines = []
    if files:
        pages = f"  {counted(printed.pages, 'page')}" if printed.pages else ""
        lines.append(f"{display_name(edition.target)}{pages}")
        if printed.mended:
            lines.append(f"mended: {'; '.join(printed.mended)}")
    if edition.proofs:
        files |= {edition.proofs / name: image for name, image in excerpts(printed.data, printed.found).items()}
        if printed.found:
            lines.append(f"{display_name(edition.proofs)}  {counted(len(printed.found), 'excerpt')}")
    return files, lines


def write_out(edition: RenderJob, outcome: Outcome, problems: Problems) -> bool:
    """Write the files of an outcome, all or none, and take excerpts of flaws away that are no more.

    Whether that could be done. Problem: ``not-writable``.
    """
    try:
        write_all_beside(outcome.files)
        if outcome.proofed and edition.proofs and edition.proofs.is_dir():
            for old in edition.proofs.iterdir():
                if is_excerpt(old.name) and old not in outcome.files:
                    old.unlink()
    except OSError as reason:
        target = display_name(edition.target)
        places = " or ".join(f"'{display_name(place)}'" for place in (edition.target, edition.proofs) if place)
        message = f"{places} cannot be written: {reason.strerror}"
        problems.error("not-writable", message, Place(target), "choose another folder with -o")
        return False
    return True
