"""``c6brief render --watch``: prints again after every save, from a process that stays warm.

WeasyPrint, Matplotlib and the fonts are loaded once, and a page is made anew only where a change reaches it
(:mod:`c6brief.print.layout_cache`). A project's evidence is kept from one print to the next where
nothing changed but a specification, a style sheet or a page of a template, which it is not made of; after any other
save it is read anew, all of it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from c6brief.cli.base import Base
from c6brief.cli.edition import outcome_of, write_out
from c6brief.cli.inputs import Inputs, said
from c6brief.cli.plan import planned
from c6brief.cli.render import RenderOptions
from c6brief.cli.telling import told
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project, find_project
from c6brief.pages.search import shipped_templates
from c6brief.print.layout_cache import LayoutCache
from c6brief.print.typesetting import PrintedBrief

LOOKS = frozenset((".css", ".j2"))
"""What a template's files end in that evidence is never made of. Fonts and data may lie beside them."""


@dataclass
class Run:
    """What one print of some briefs came to."""

    problems: Problems = field(default_factory=Problems)
    lines: list[str] = field(default_factory=list)
    """What was written, to be told."""
    files: dict[Path, Path] = field(default_factory=dict)
    """The PDF that was written, by its brief."""
    printed: dict[Path, PrintedBrief] = field(default_factory=dict)
    """What was typeset, by its brief, whether it was written or not."""

    @property
    def written(self) -> int:
        return len(self.files)


def rendered(
    paths: list[Path], wanted: RenderOptions, bases: dict[Project, Base], warm: Mapping[Path, LayoutCache]
) -> Run:
    """Render every brief and write what has no errors; nothing is told yet.

    Projects that ``bases`` holds are not read again, and those that are read are put there. ``warm`` is what is kept of each
    brief.
    """
    run = Run()
    editions = planned(paths, wanted, (), None, run.problems)
    for path, edition in zip(paths, editions, strict=False):
        outcome, printed = outcome_of(edition, bases, warm[path])
        if printed is not None:
            run.printed[path] = printed
        for problem in outcome.problems:
            run.problems.add(problem)
        if write_out(edition, outcome, run.problems):
            run.lines += outcome.lines
            if edition.target in outcome.files:
                run.files[path] = edition.target
    return run


@dataclass
class WarmRenderer:
    """The warm process: prints the briefs at ``paths`` as ``wanted``, as often as it is asked to."""

    paths: list[Path]
    wanted: RenderOptions
    bases: dict[Project, Base] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._warm = {path: LayoutCache() for path in self.paths}

    def print(self, changed: Iterable[Path] = ()) -> Run:
        """Print once more, after these files ``changed``.

        A mistake of our own is told as the problem ``internal``: it ends one print, and not the watching.
        """
        if not all(self._keeps_evidence(path) for path in changed):
            self.bases.clear()
        try:
            return rendered(self.paths, self.wanted, self.bases, self._warm)
        except Exception as reason:
            self.bases.clear()
            run = Run()
            message = f"{type(reason).__name__}: {reason}"
            hint = "this is a mistake of ours; C6BRIEF_TRACEBACK=1 c6brief render shows where it happened"
            run.problems.error("internal", message, Place(display_name(self.paths[0])), hint)
            return run

    def inputs(self, problems: Problems) -> Inputs | None:
        """What to watch; ``None`` after ``no-project``, where a brief lies in no project."""
        projects = [find_project(path, problems) for path in self.paths]
        if problems.errors:
            return None
        brand = [self.wanted.brand.parent] if self.wanted.brand else []
        roots = [project.root for project in projects if project]
        return Inputs([*roots, shipped_templates()], brand, [project.output for project in projects if project])

    def _keeps_evidence(self, path: Path) -> bool:
        if path in {Path(os.path.abspath(each)) for each in self.paths}:
            return all(project.seeds not in path.parents for project in self.bases)
        homes = [shipped_templates(), *(project.templates for project in self.bases)]
        return path.suffix in LOOKS and any(path.is_relative_to(os.path.abspath(home)) for home in homes)


def watch_briefs(paths: list[Path], wanted: RenderOptions) -> int:
    """Render ``paths``, and again after every save until Ctrl-C. Returns the exit status.

    Problems: those of rendering, and ``no-project``.
    """
    press = WarmRenderer(paths, wanted)
    problems = Problems()
    inputs = press.inputs(problems)
    if inputs is None:
        return told(problems, [])
    try:
        for run, changed, seconds in prints(press, inputs):
            tell(run, changed, seconds)
            if not changed:
                print(f"watching {inputs.count} files; Ctrl-C ends it", flush=True)
    except KeyboardInterrupt:
        print("\nended", flush=True)
    return 0


def prints(
    press: WarmRenderer, inputs: Inputs, begin: Callable[[], None] = lambda: None
) -> Iterator[tuple[Run, list[Path], float]]:
    """One print at once and one after each burst of saves: what came of it, what was saved, and how long it took.

    ``begin`` is called before each.
    """
    changes = inputs.changes()
    changed: list[Path] = []
    while True:
        begin()
        started = time.perf_counter()
        run = press.print(changed)
        yield run, changed, time.perf_counter() - started
        changed = next(changes)


def tell(run: Run, changed: list[Path], seconds: float) -> None:
    """Tell what came of one print, in the terminal."""
    if changed:
        print(f"\n{time.strftime('%H:%M:%S')}  {said(changed)}", flush=True)
    told(run.problems, run.lines, run.written)
    sys.stderr.flush()
    if run.files:
        print(f"in {seconds:.1f} s", flush=True)
    elif changed:
        print("the last good file stays as it is", flush=True)
