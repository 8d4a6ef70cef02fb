"""Rendering again after every save, from a process that keeps what it has loaded.

WeasyPrint, Matplotlib and the fonts are loaded once, and a page is made anew only where a change reaches it
(:mod:`c6brief.print.layout_cache`). A project's evidence is kept from one render to the next where nothing changed but a
specification, a style sheet or a page of a template, which it is not made of; after any other save all of it is read anew.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from c6brief.build.inputs import Inputs
from c6brief.build.jobs import render_job, write_result
from c6brief.build.options import RenderOptions
from c6brief.build.plan import plan_jobs
from c6brief.build.project_state import ProjectState
from c6brief.build.render import RenderedFile, file_of
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project, find_project
from c6brief.pages.search import shipped_templates
from c6brief.print.layout_cache import LayoutCache
from c6brief.print.typesetting import PrintedBrief

PAGE_ENDINGS = frozenset((".css", ".j2"))
"""Endings of a template's files that evidence is never made of. Fonts and data may lie beside them."""


@dataclass
class WarmResult:
    """What one render of some briefs came to."""

    problems: Problems = field(default_factory=Problems)
    files: list[RenderedFile] = field(default_factory=list)
    printed: dict[Path, PrintedBrief] = field(default_factory=dict)
    """What was typeset, by its brief, whether it was written or not."""
    changed: list[Path] = field(default_factory=list)
    """The files whose change was the reason; none for the first time."""
    seconds: float = 0.0
    """How long it took."""

    @property
    def written(self) -> dict[Path, Path]:
        """The files that were written, by their briefs."""
        return {file.brief: file.target for file in self.files if file.is_written}


@dataclass
class WarmRenderer:
    """Renders the briefs at ``paths`` as often as it is asked to. ``states``: the projects that it keeps, by project."""

    paths: list[Path]
    options: RenderOptions
    states: dict[Project, ProjectState] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._layouts = {os.path.abspath(path): LayoutCache() for path in self.paths}

    def render(self, changed: Iterable[Path] = ()) -> WarmResult:
        """Render once more, after these files ``changed``, and write what has no errors.

        A mistake of our own becomes the problem ``internal``: it ends one render, and not the watching.
        """
        changed = list(changed)
        started = time.perf_counter()
        if not all(self._keeps_evidence(path) for path in changed):
            self.states.clear()
        result = WarmResult(changed=changed)
        try:
            self._render(result)
        except Exception as error:
            self.states.clear()
            result = WarmResult(changed=changed)
            message = f"{type(error).__name__}: {error}"
            hint = "this is a mistake of ours; C6BRIEF_TRACEBACK=1 c6brief render shows where it happened"
            result.problems.error("internal", message, Place(display_name(self.paths[0])), hint)
        result.seconds = time.perf_counter() - started
        return result

    def _render(self, result: WarmResult) -> None:
        for job in plan_jobs(self.paths, self.options, (), None, result.problems):
            outcome, printed = render_job(job, self.states, self._layouts[str(job.brief)])
            if printed is not None:
                result.printed[job.brief] = printed
            result.problems.add_all(outcome.problems)
            if write_result(job, outcome, result.problems):
                result.files.append(file_of(job, outcome))

    def inputs(self, problems: Problems) -> Inputs | None:
        """What to watch; ``None`` after ``no-project``, where a brief lies in no project."""
        projects = [find_project(path, problems) for path in self.paths]
        if problems.errors:
            return None
        brand = [self.options.brand.parent] if self.options.brand else []
        roots = [project.root for project in projects if project]
        return Inputs([*roots, shipped_templates()], brand, [project.output for project in projects if project])

    def _keeps_evidence(self, path: Path) -> bool:
        """Whether evidence stays as it is when ``path`` changes."""
        if path in {Path(os.path.abspath(each)) for each in self.paths}:
            return all(project.seeds not in path.parents for project in self.states)
        homes = [shipped_templates(), *(project.templates for project in self.states)]
        return path.suffix in PAGE_ENDINGS and any(path.is_relative_to(os.path.abspath(home)) for home in homes)


def render_on_changes(
    renderer: WarmRenderer, inputs: Inputs, begin: Callable[[], None] = lambda: None
) -> Iterator[WarmResult]:
    """One render at once and one after each burst of saves; ``begin`` is called before each."""
    changes = inputs.changes()
    changed: list[Path] = []
    while True:
        begin()
        yield renderer.render(changed)
        changed = next(changes)
