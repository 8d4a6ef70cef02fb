"""Rendering briefs: jobs are planned, run by an executor where they are not up to date, and their files written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from c6brief.build.executors import Executor, count_cores, process_pool, run_jobs, this_process
from c6brief.build.jobs import JobResult, RenderJob, write_result
from c6brief.build.limits import Limits, active_limits, end_brief, has_limits
from c6brief.build.options import BatchOptions, RenderOptions, as_paths
from c6brief.build.plan import plan_jobs
from c6brief.build.up_to_date import CacheKey, Report, keep, lookup
from c6brief.documents.problems import Problem, Problems
from c6brief.print.signing import Signer, load_signer


@dataclass(frozen=True)
class RenderedFile:
    """The file of one job, and what is to be reported of its pages."""

    brief: Path
    target: Path
    is_written: bool = True
    """Whether the file was written, now or, if it ``is_up_to_date``, before."""
    is_up_to_date: bool = False
    """Whether it was not rendered, since nothing that it is made of has changed."""
    pages: int = 0
    """How many pages it has; 0 for HTML."""
    mended: tuple[str, ...] = ()
    """What was mended on its pages, in words."""
    excerpts: Path | None = None
    """The folder of images of the flaws of its pages."""
    flaws: int = 0
    """How many such images there are."""


@dataclass(frozen=True)
class RenderResult:
    """The files of a render in the order in which they were asked for, and every problem in file order."""

    files: tuple[RenderedFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    keys: tuple[CacheKey, ...] = ()
    """The keys under which the results are kept; none where not all of them are kept."""

    @property
    def written_count(self) -> int:
        """How many files were written, or are up to date."""
        return sum(file.is_written for file in self.files)

    @property
    def is_successful(self) -> bool:
        """Whether there is no error among the problems."""
        return not any(problem.severity == "error" for problem in self.problems)


class RenderInterrupted(KeyboardInterrupt):
    """Ctrl-C while rendering. ``result`` is that until then, ``planned`` how many files were asked for."""

    def __init__(self, result: RenderResult, planned: int) -> None:
        super().__init__()
        self.result, self.planned = result, planned


Progress = Callable[[int], AbstractContextManager[Callable[[JobResult], None]]]
"""Given the number of jobs, opens a function that is called with the result of each."""


def render(
    briefs: Sequence[Path | str] | Path | str,
    options: RenderOptions = RenderOptions(),
    batch: BatchOptions = BatchOptions(),
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> RenderResult:
    """Verify, draw and typeset ``briefs``, and write each to its file.

    ``briefs`` are paths of specifications (``briefs/NAME.yaml``). The file of a brief with an error is not written; the
    others are. A brief is not rendered again while nothing that it is made of has changed. ``progress`` gets every
    result.

    Templates, style sheets, drawings, images and fonts of a project are run and drawn in this process, unless there are
    several briefs and several cores. With ``limits`` that is always done by processes of their own, each of which may take
    so much time a brief and so much memory: for projects that come from a stranger. Without it nothing is limited: a
    library that starts processes unasked would surprise a program that has threads or a ``__main__`` without a guard.

    With ``options.sign`` every PDF is signed when it is written, and rendered even if it is up to date.

    What is wrong in a project raises nothing: it is in ``problems`` of the result. Raises :class:`RenderInterrupted`
    after Ctrl-C.
    """
    problems = Problems()
    jobs = plan_jobs(as_paths(briefs), options, batch.matrix, batch.editions, problems)
    if problems.errors:
        return RenderResult(problems=tuple(problems))
    signer = load_signer(options.sign, problems) if options.sign else None
    if problems.errors:
        return RenderResult(problems=tuple(problems))
    if batch.is_plain and options.proof is None and signer is None:  # a folder of excerpts may hold anything
        jobs = [replace(job, records_reads=True) for job in jobs]
    run = _Run(jobs, problems, signer, limits)
    waiting = [job for job in jobs if not run.is_up_to_date(job)]
    waiting = [replace(job, is_one_of_many=len(waiting) > 1) for job in waiting]
    try:
        run.finish(waiting, batch, progress)
    except KeyboardInterrupt:
        raise RenderInterrupted(run.result(), len(jobs)) from None
    keys = tuple(job.key for job in jobs) if all(job.records_reads for job in jobs) else ()
    return run.result(() if problems.errors else keys)


@dataclass
class _Run:
    """One render: its jobs, and what became of them."""

    jobs: list[RenderJob]
    problems: Problems
    signer: Signer | None = None
    limits: Limits | None = None
    files: dict[Path, RenderedFile] = field(default_factory=dict)

    def result(self, keys: tuple[CacheKey, ...] = ()) -> RenderResult:
        """The result, with files in the order of the jobs."""
        files = tuple(self.files[job.target] for job in self.jobs if job.target in self.files)
        return RenderResult(files, tuple(self.problems), keys)

    def is_up_to_date(self, job: RenderJob) -> bool:
        """Whether the result of ``job`` is up to date; then it is added to this one."""
        report = lookup(job.key) if job.records_reads else None
        if report is None:
            return False
        self.problems.add_all(report.problems)
        self.files[job.target] = up_to_date_file(report, job.brief)
        return True

    def finish(self, jobs: list[RenderJob], batch: BatchOptions, progress: Progress | None) -> None:
        """Run ``jobs``, and write the files of each when it ends."""
        if batch.scheduler:
            from c6brief.build.dask_executor import NoClusterError, dask_cluster

            end_brief()
            with suppress(NoClusterError):
                self._run(jobs, partial(dask_cluster, batch.scheduler, self.problems), progress)
        else:
            processes = min(batch.jobs or count_cores(), len(jobs))
            if processes > 1 or self._wants_a_process(len(jobs)):
                end_brief()
                self._run(jobs, partial(process_pool, max(processes, 1), self.limits or active_limits()), progress)
            else:
                self._run(jobs, this_process, progress)

    def _wants_a_process(self, jobs: int) -> bool:
        """Whether a limit must not end this process: of several ``jobs`` it shall cost one only."""
        return (self.limits is not None and has_limits()) or (active_limits() is not None and jobs > 1)

    def _run(
        self,
        jobs: list[RenderJob],
        open_executor: Callable[[], AbstractContextManager[Executor]],
        progress: Progress | None,
    ) -> None:
        with (progress or _no_progress)(len(jobs)) as advance, closing(run_jobs(jobs, open_executor)) as results:
            for job, result in results:
                result = self._sign(job, result)
                is_written = write_result(job, result, self.problems)
                self.problems.add_all(result.problems)
                if is_written:
                    self._take(job, result)
                advance(result)

    def _sign(self, job: RenderJob, result: JobResult) -> JobResult:
        """``result`` with its PDF signed, or without it after a problem."""
        if self.signer is None or job.target not in result.files:
            return result
        signed = self.signer.sign(result.files[job.target], self.problems)
        files = {path: data for path, data in result.files.items() if path != job.target}
        return replace(result, files=files if signed is None else {**files, job.target: signed})

    def _take(self, job: RenderJob, result: JobResult) -> None:
        if result.reads:
            written = {str(path): data for path, data in result.files.items()}
            keep(job.key, result.reads, written, Report(result.problems, str(job.target), result.pages, result.mended))
        self.files[job.target] = file_of(job, result)


def file_of(job: RenderJob, result: JobResult) -> RenderedFile:
    """The file of ``job``, whose ``result`` is written."""
    return RenderedFile(
        job.brief,
        job.target,
        is_written=job.target in result.files,
        pages=result.pages,
        mended=result.mended,
        excerpts=job.excerpts,
        flaws=result.flaws,
    )


def up_to_date_file(report: Report, brief: Path) -> RenderedFile:
    """The file of ``brief`` that a kept ``report`` is about."""
    return RenderedFile(brief, Path(report.target), is_up_to_date=True, pages=report.pages, mended=report.mended)


@contextmanager
def _no_progress(jobs: int) -> Iterator[Callable[[JobResult], None]]:
    yield lambda result: None
