"""Render jobs: a job is one brief with its options, and the file that it becomes.

A job is small, and can be sent to another process or another machine. :func:`run_job` runs it everywhere. It writes no
file: its result holds the bytes, and the process that asked for it writes them (:func:`write_result`). So a worker that
dies leaves nothing half-written, and no file is written twice.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from c6brief.build.garbage import collect_seldom
from c6brief.build.internal_error import problem_of
from c6brief.build.limits import active_limits, begin_brief, memory_loss
from c6brief.build.options import RenderOptions
from c6brief.build.project_state import ProjectState
from c6brief.build.reads import Reads, ReadsRecorder
from c6brief.build.render_brief import render_brief
from c6brief.build.up_to_date import CacheKey
from c6brief.documents.boundary import OutsideProject
from c6brief.documents.files import display_name, name_files_from, report_outside
from c6brief.documents.problems import Place, Problem, Problems
from c6brief.documents.project import Project
from c6brief.documents.writing import delete_files, write_all_beside
from c6brief.print.layout_cache import LayoutCache
from c6brief.print.preflight.excerpts import excerpts, is_excerpt
from c6brief.print.typesetting import PrintedBrief


@dataclass(frozen=True)
class RenderJob:
    """What to render, and the file to write. All paths are absolute, so that they mean the same in every process."""

    brief: Path
    options: RenderOptions
    """How to render it; the values of this edition are among the ``overrides``."""
    target: Path
    """The file to write."""
    excerpts: Path | None
    """The folder for images of the flaws of its pages; ``None``: none are made."""
    place: Place
    """The place that asks for it: the brief, or a row of a table of editions."""
    folder: str
    """The working directory of the user, from which messages name files."""
    run: str
    """The id of the run that it belongs to. A process reads a project once in a run."""
    records_reads: bool = False
    """Whether its result says what was read for it, so that it can be kept until that changes."""
    is_one_of_many: bool = False
    """Whether other jobs of its run follow, for which layouts are kept."""

    @property
    def key(self) -> CacheKey:
        """The key under which its result is kept."""
        return CacheKey(str(self.brief), repr(replace(self, run="", is_one_of_many=False)))


@dataclass(frozen=True)
class JobResult:
    """The result of a job: the files to write, and what is to be reported of them."""

    files: Mapping[Path, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    """How many pages the file has; 0 for HTML."""
    mended: tuple[str, ...] = ()
    """What was mended on its pages, in words."""
    flaws: int = 0
    """How many images of flaws there are."""
    is_proofed: bool = False
    """Whether its pages were made and proofed."""
    reads: Reads | None = None
    """What was read for it; ``None`` where that is not recorded or not certain."""

    @property
    def has_failed(self) -> bool:
        """Whether there is an error among its problems, so that its file is not written."""
        return any(problem.severity == "error" for problem in self.problems)


class _ProcessCache:
    """What a process keeps from one job of a run to the next: projects, layouts, and what it has read."""

    def __init__(self) -> None:
        self.run = ""

    def enter(self, run: str) -> None:
        """Forget what was kept of another run than ``run``."""
        if run != self.run:
            self.run = run
            self.states: dict[Project, ProjectState] = {}
            self.layouts = LayoutCache()
            self.reads: ReadsRecorder | None = None


_process_cache = _ProcessCache()
_one_at_a_time = threading.Lock()
"""Matplotlib's settings and WeasyPrint's log belong to the whole process: its threads render in turn."""


def forget_layouts() -> None:
    """Forget the layouts that are kept in this process."""
    _process_cache.layouts = LayoutCache()


def free_layouts() -> None:
    """Forget the layouts that are kept in this process, and free them with the temporary files of their fonts."""
    forget_layouts()
    gc.collect()


def run_job(job: RenderJob) -> JobResult:
    """Run ``job``. An error in c6brief is in its result too, and does not end the run.

    Problems of the result: those of rendering, ``limit-memory``, ``too-deep``, and ``internal`` for an error in c6brief.
    """
    with _one_at_a_time, name_files_from(job.folder):
        begin_brief(job.brief)
        try:
            return _run_and_record(job)
        except MemoryError:
            return JobResult(problems=(memory_loss(active_limits()).at(job.place),))
        except Exception as error:
            if os.environ.get("C6BRIEF_TRACEBACK"):
                raise
            return JobResult(problems=(problem_of(error, job.place),))


def _run_and_record(job: RenderJob) -> JobResult:
    _process_cache.enter(job.run)
    layouts = _process_cache.layouts if job.is_one_of_many else None
    if not job.records_reads:
        return render_job(job, _process_cache.states, layouts)[0]
    recorder = _process_cache.reads = _process_cache.reads or ReadsRecorder()
    with recorder.record_reads([str(job.brief)]):
        result, _ = render_job(job, _process_cache.states, layouts)
    return result if result.has_failed else replace(result, reads=recorder.reads_of([str(job.brief)]))


def render_job(
    job: RenderJob, states: dict[Project, ProjectState], layouts: LayoutCache | None = None
) -> tuple[JobResult, PrintedBrief | None]:
    """Render ``job``. Returns its result, and the printed brief, which is ``None`` after problems.

    Projects in ``states`` are not read again, and those read are added there. ``layouts`` keeps layouts for the next
    print.
    """
    options = job.options
    problems = Problems(options.demoted_rules)
    with collect_seldom():
        printed = render_brief(job.brief, options, states, problems, layouts)
    if options.strict:
        problems = problems.as_errors()
    if printed is None:
        return JobResult(problems=tuple(problems)), None
    # Excerpts are also made of a brief that is not written: its flaws may be the reason.
    files = {} if problems.errors else {job.target: printed.data}
    if job.excerpts:
        files |= {job.excerpts / name: image for name, image in excerpts(printed.data, printed.found).items()}
    result = JobResult(
        files,
        tuple(problems),
        printed.pages,
        printed.mended,
        len(printed.found) if job.excerpts else 0,
        is_proofed=True,
    )
    return result, printed


def write_result(job: RenderJob, result: JobResult, problems: Problems) -> bool:
    """Write the files of ``result``, all or none, and delete images of flaws that are gone.

    Returns ``False`` after the problem ``not-writable`` or ``outside-project``.
    """
    try:
        write_all_beside(result.files)
        if result.is_proofed and job.excerpts and job.excerpts.is_dir():
            kept = {path.name for path in result.files if path.parent == job.excerpts}
            delete_files(job.excerpts, lambda name: is_excerpt(name) and name not in kept)
    except OutsideProject as reason:
        report_outside(Path(reason.filename), problems)
        return False
    except OSError as reason:
        target = display_name(job.target)
        places = " or ".join(f"'{display_name(place)}'" for place in (job.target, job.excerpts) if place)
        message = f"{places} cannot be written: {reason.strerror}"
        problems.error("not-writable", message, Place(target), "choose another folder with -o")
        return False
    return True
