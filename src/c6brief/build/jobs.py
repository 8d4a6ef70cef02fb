"""A render job: one brief, with the values that it takes, and the file that it becomes. The unit of all work.

It is small and goes to another process, or to another machine, as it is. :func:`run_job` is the one function that runs it,
here, in a pool or on a cluster. It writes nothing: its result holds the bytes, and whoever asked writes them
(:func:`write_result`). So a worker that dies leaves nothing half-written, and no file is written twice.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from c6brief.build.garbage import collect_seldom
from c6brief.build.internal_error import describe_internal_error
from c6brief.build.options import RenderOptions
from c6brief.build.project_state import ProjectState
from c6brief.build.reads import Reads, ReadsRecorder
from c6brief.build.render_brief import render_brief
from c6brief.build.up_to_date import CacheKey
from c6brief.documents.files import display_name, name_files_from, write_all_beside
from c6brief.documents.problems import Place, Problem, Problems
from c6brief.documents.project import Project
from c6brief.print.layout_cache import LayoutCache
from c6brief.print.preflight.excerpts import excerpts, is_excerpt
from c6brief.print.typesetting import PrintedBrief


@dataclass(frozen=True)
class RenderJob:
    """What is rendered, and where it goes. All paths are absolute, so that it means the same everywhere."""

    brief: Path
    options: RenderOptions
    """What was asked for, with this edition's own values among its ``settings``."""
    target: Path
    """The file to write."""
    excerpts: Path | None
    """The folder for images of the flaws of its pages."""
    place: Place
    """Where it was asked for: the brief, or a row of a table."""
    folder: str
    """The working directory of its user, from which files are named."""
    run: str
    """The run that it belongs to. A worker reads a project once in a run, however long it lives."""
    records_reads: bool = False
    """Whether its result says what was read for it, so that it need not be rendered again while that stays as it is."""
    one_of_many: bool = False
    """Whether others of its run follow in this process, for which it is worth to keep what was learned in printing it."""

    @property
    def key(self) -> CacheKey:
        """What its result is kept under."""
        return CacheKey(str(self.brief), repr(replace(self, run="", one_of_many=False)))


@dataclass(frozen=True)
class JobResult:
    """What became of a job: the files to write, what there is to say of them, and its problems."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    """0 where there are none, as in HTML."""
    mended: tuple[str, ...] = ()
    """What was mended on the pages, in words."""
    flaws: int = 0
    """How many flaws the excerpts show."""
    proofed: bool = False
    """Whether there were pages to look at."""
    reads: Reads | None = None
    """What was read for it, where that is recorded and known for sure."""

    @property
    def has_failed(self) -> bool:
        """Whether an error kept it from being written."""
        return any(problem.severity == "error" for problem in self.problems)


class _ProcessCache:
    """The projects that this process has read in one run, and the record of all that it has read."""

    def __init__(self) -> None:
        self.run = ""

    def enter(self, run: str) -> None:
        """Begin anew, unless ``run`` is the one that it serves."""
        if run != self.run:
            self.run = run
            self.states: dict[Project, ProjectState] = {}
            self.layouts = LayoutCache()
            self.reads: ReadsRecorder | None = None


_process_cache = _ProcessCache()
_one_at_a_time = threading.Lock()
"""Matplotlib's settings and what WeasyPrint logs belong to the whole process: a worker of several threads waits here."""


def run_job(job: RenderJob) -> JobResult:
    """Render ``job``. Whatever happens is a result: a job that fails takes no other with it.

    Problems: those of every room, and ``internal`` for a mistake of ours.
    """
    with _one_at_a_time, name_files_from(job.folder):
        try:
            return _run_and_record(job)
        except Exception as error:
            if os.environ.get("C6BRIEF_TRACEBACK"):
                raise
            message, hint = describe_internal_error(error)
            return JobResult(problems=(Problem("internal", message, job.place, hint),))


def _run_and_record(job: RenderJob) -> JobResult:
    _process_cache.enter(job.run)
    layouts = _process_cache.layouts if job.one_of_many else None
    if not job.records_reads:
        return render_job(job, _process_cache.states, layouts)[0]
    recorder = _process_cache.reads = _process_cache.reads or ReadsRecorder()
    with recorder.recording([str(job.brief)]):
        result, _ = render_job(job, _process_cache.states, layouts)
    return result if result.has_failed else replace(result, reads=recorder.reads_of([str(job.brief)]))


def render_job(
    job: RenderJob, states: dict[Project, ProjectState], layouts: LayoutCache | None = None
) -> tuple[JobResult, PrintedBrief | None]:
    """What becomes of ``job``, and its pages. Projects in ``states`` are not read again; ``layouts`` serve the next print."""
    options = job.options
    problems = Problems(options.demoted)
    with collect_seldom():
        printed = render_brief(job.brief, options, states, problems, layouts)
    if options.strict:
        problems = problems.as_errors()
    if printed is None:
        return JobResult(problems=tuple(problems)), None
    # Excerpts are made of a brief that is refused for its flaws too, since that is when one looks at them.
    files = {} if problems.errors else {job.target: printed.data}
    if job.excerpts:
        files |= {job.excerpts / name: image for name, image in excerpts(printed.data, printed.found).items()}
    result = JobResult(
        files,
        tuple(problems),
        printed.pages,
        printed.mended,
        len(printed.found) if job.excerpts else 0,
        proofed=True,
    )
    return result, printed


def write_result(job: RenderJob, result: JobResult, problems: Problems) -> bool:
    """Write the files of ``result``, all or none, and delete excerpts of flaws that are no more.

    Returns whether that could be done. Problem: ``not-writable``.
    """
    try:
        write_all_beside(result.files)
        if result.proofed and job.excerpts and job.excerpts.is_dir():
            for old in job.excerpts.iterdir():
                if is_excerpt(old.name) and old not in result.files:
                    old.unlink()
    except OSError as reason:
        target = display_name(job.target)
        places = " or ".join(f"'{display_name(place)}'" for place in (job.target, job.excerpts) if place)
        message = f"{places} cannot be written: {reason.strerror}"
        problems.error("not-writable", message, Place(target), "choose another folder with -o")
        return False
    return True
