"""Rendering again after every save, in one process, which keeps what it has loaded.

WeasyPrint, Matplotlib and the fonts are loaded once, and only pages that a change reaches are laid out again
(:mod:`c6brief.print.layout_cache`). The evidence of a project is kept while only specifications, style sheets and pages
of templates change, from which it is not made; after any other save it is read again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from c6brief.build.inputs import Inputs
from c6brief.build.internal_error import problem_of
from c6brief.build.jobs import render_job, write_result
from c6brief.build.limits import active_limits, begin_brief, memory_loss
from c6brief.build.options import RenderOptions
from c6brief.build.plan import plan_jobs
from c6brief.build.project_state import ProjectState
from c6brief.build.render import RenderedFile, file_of
from c6brief.documents.files import display_name
from c6brief.documents.folders import MOST_FILES, MOST_FOLDERS
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project, find_project
from c6brief.evidence.matching import SourceText
from c6brief.pages.search import shipped_templates
from c6brief.print.layout_cache import LayoutCache

PAGE_ENDINGS = frozenset((".css", ".j2"))
"""Endings of files of templates from which no evidence is made. There may be fonts and data beside them."""


@dataclass
class WarmResult:
    """The result of one render of some briefs."""

    problems: Problems = field(default_factory=Problems)
    files: list[RenderedFile] = field(default_factory=list)
    rests_on: dict[Path, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """The ids of the entries that notes and figures of what was printed rest on, by their anchors, by the brief."""
    texts: Mapping[str, SourceText] | None = None
    """The texts of the sources, by id; ``None`` where they are those of the result before."""
    changed: list[Path] = field(default_factory=list)
    """The files whose change was the reason for it; none for the first render."""
    seconds: float = 0.0
    """How long it took."""

    @property
    def written_files(self) -> dict[Path, Path]:
        """The files that were written, by their briefs."""
        return {file.brief: file.target for file in self.files if file.is_written}


@dataclass
class WarmRenderer:
    """Renders the briefs at ``paths`` again and again, and keeps the ``states`` of their projects."""

    paths: list[Path]
    options: RenderOptions
    states: dict[Project, ProjectState] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known_texts: Mapping[str, SourceText] = {}
        self._layouts = {os.path.abspath(path): LayoutCache() for path in self.paths}

    def render(self, changed: Iterable[Path] = ()) -> WarmResult:
        """Render after these files have ``changed``, and write the files of briefs without errors.

        An error that nobody has foreseen becomes a problem too (:func:`problem_of`): it ends this render only.
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
            result, place = WarmResult(changed=changed), Place(display_name(self.paths[0]))
            is_limit = isinstance(error, MemoryError)
            result.problems.add(memory_loss(active_limits()).at(place) if is_limit else problem_of(error, place))
        result.seconds = time.perf_counter() - started
        return result

    def _render(self, result: WarmResult) -> None:
        for job in plan_jobs(self.paths, self.options, (), None, result.problems):
            begin_brief(job.brief)
            outcome, printed = render_job(job, self.states, self._layouts[str(job.brief)])
            if printed is not None:
                result.rests_on[job.brief] = printed.rests_on
            result.problems.add_all(outcome.problems)
            if write_result(job, outcome, result.problems):
                result.files.append(file_of(job, outcome))
        texts = {id: text for state in self.states.values() for id, text in state.evidence.texts.items()}
        if list(map(id, texts.values())) != list(map(id, self._known_texts.values())):
            result.texts = self._known_texts = texts

    def _keeps_evidence(self, path: Path) -> bool:
        """Whether the evidence stays the same when ``path`` changes."""
        if path in {Path(os.path.abspath(each)) for each in self.paths}:
            return all(project.seeds not in path.parents for project in self.states)
        homes = [shipped_templates(), *(project.templates for project in self.states)]
        return path.suffix in PAGE_ENDINGS and any(path.is_relative_to(os.path.abspath(home)) for home in homes)


def inputs_of(paths: Sequence[Path], options: RenderOptions, problems: Problems) -> Inputs | None:
    """The files to watch; ``None`` after the problem ``no-project``, where a brief lies in no project."""
    projects = [find_project(path, problems) for path in paths]
    if problems.errors:
        return None
    brand = [options.brand.parent] if options.brand else []
    roots = [project.root for project in projects if project]
    return Inputs([*roots, shipped_templates()], brand, [project.output for project in projects if project])


class Renderer(Protocol):
    """What :func:`render_on_changes` renders with."""

    def render(self, changed: Iterable[Path] = ()) -> WarmResult:
        """Render after these files have ``changed``."""


def render_on_changes(
    renderer: Renderer, inputs: Inputs, begin: Callable[[], None] = lambda: None
) -> Iterator[WarmResult]:
    """Render at once and after each burst of saves; ``begin`` is called before each render. Yields each result.

    Problem, besides those of the renderer: ``not-all-watched``.
    """
    changes = inputs.changes()
    changed: list[Path] = []
    while True:
        begin()
        result = renderer.render(changed)
        if inputs.is_cut_short:
            message = f"there are more files than are watched: at most {MOST_FILES:,} in {MOST_FOLDERS:,} folders"
            hint = "a save of another file is not seen: move out of the project's folder what does not belong to it"
            result.problems.warning("not-all-watched", message, Place(display_name(inputs.top)), hint)
        yield result
        changed = next(changes)
