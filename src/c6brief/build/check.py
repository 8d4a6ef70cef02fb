"""Checking briefs: every problem at once, and no file is written.

A check finds what ``render`` reports before it draws, and what the rules find. It imports neither Matplotlib nor
WeasyPrint, so that it takes no longer than reading the project.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from c6brief.brief.settings import Settings, read_settings
from c6brief.brief.spec import BriefSpec, SectionSpec
from c6brief.build.internal_error import problem_of
from c6brief.build.limits import begin_brief
from c6brief.build.options import as_paths
from c6brief.build.project_state import ProjectState, find_current_project, open_brief
from c6brief.build.reads import ReadsRecorder
from c6brief.build.reviewed import (
    check_template_of,
    compose_reviewed,
    load_reviewed,
    problems_for,
    review_templates,
)
from c6brief.build.up_to_date import CacheKey, Report, keep
from c6brief.documents.catalogue import languages
from c6brief.documents.folders import names_in
from c6brief.documents.problems import NamedRule, Place, Problem, Problems, RuleSeverity, named_rules
from c6brief.documents.project import Project
from c6brief.rules import (
    Rule,
    severity_of,
)

ANY_DATE = "2000-01-01"
"""The date of a brief that is made to check a section. No rule that is run on it reads the date."""


@dataclass(frozen=True)
class CheckResult:
    """The problems that a check found, in file order, and how many briefs it checked."""

    problems: tuple[Problem, ...] = ()
    briefs: int = 0
    key: CacheKey | None = None
    """The key under which the result is kept; ``None`` where it is not."""

    @property
    def is_successful(self) -> bool:
        """Whether there is no error among the problems."""
        return not any(problem.severity == "error" for problem in self.problems)


def check(
    briefs: Sequence[Path | str] | Path | str = (), *, strict: bool = False, brand: Path | None = None, form: str = ""
) -> CheckResult:
    """Find every problem of ``briefs``; without any, of the whole project of the working directory.

    ``briefs`` are paths of specifications (``briefs/NAME.yaml``). ``strict``: warnings count as errors. ``brand`` is a
    brand file in place of the project's own. ``form`` is the form in which the caller prints the result, which is kept
    for each form. No file is written but the cache. What is wrong in a project raises nothing: it is in the result.
    """
    paths = as_paths(briefs)
    whole = not paths
    named = [os.path.abspath(path) for path in paths or [Path("briefs/*")]]
    recorder = ReadsRecorder()
    with recorder.record_reads(named, whole=whole):
        problems = Problems()
        try:
            count = _find_problems(paths, brand, problems)
        except OSError as error:  # nobody has foreseen it: what was found until then is told all the same
            if os.environ.get("C6BRIEF_TRACEBACK"):
                raise
            problems.add(problem_of(error, Place("c6brief")))
            count = len(paths)
    if strict:
        problems = problems.as_errors()
    reads = None if problems.errors else recorder.reads_of(named)
    key = None
    if reads is not None:
        key = CacheKey(named[0], repr(("check", os.getcwd(), named, form, strict, brand)))
        keep(key, reads, {}, Report(tuple(problems)))
    return CheckResult(tuple(problems), count, key)


def _find_problems(paths: list[Path], brand: Path | None, problems: Problems) -> int:
    """Report the problems of the briefs at ``paths``, or of the whole project. Returns how many briefs were checked."""
    whole = not paths
    states: dict[Project, ProjectState] = {}
    if whole:
        project = find_current_project(problems)
        if project is not None:
            project = replace(project, brand_file=brand)
            begin_brief(project.seeds)
            states[project] = load_reviewed(project)
            folder = project.root / "briefs"
            paths = [folder / name for name in names_in(folder) if name.endswith((".yaml", ".yml"))]
    used: set[str] = set()
    templates: set[tuple[Project, str]] = set()
    read: list[tuple[Project, BriefSpec | None]] = []
    for path in paths:
        spec, project = _check(path, states, problems, brand)
        if project is not None:
            read.append((project, spec))
        if spec is not None and project is not None:
            used |= {section.use for _, _, section in spec.parts() if section.use}
            templates.add((project, spec.template or states[project].settings.template))
    for state in states.values():
        specs = [spec for project, spec in read if project == state.project]
        problems.add_all(problems_for(state, filter(None, specs), whole=whole))
        named = {name for project, name in templates if project == state.project}
        if whole:
            _check_sections(state, used, problems)
            named |= set(names_in(state.project.templates))
        review_templates(named, state, problems)
    return len(paths)


def rules_with_severities() -> list[tuple[Rule | NamedRule, RuleSeverity]]:
    """Every rule, those on pages too, with the severity that it has in the project of the working directory."""
    from c6brief.print.preflight import all_rules  # here: only who names rules needs all of them

    project = find_current_project(Problems())
    settings = read_settings(project, Problems()) if project else Settings()
    rules: list[Rule | NamedRule] = [*named_rules().values(), *all_rules().values()]
    return [(rule, severity_of(rule, settings)) for rule in rules]


def _check(
    path: Path, states: dict[Project, ProjectState], problems: Problems, brand: Path | None
) -> tuple[BriefSpec | None, Project | None]:
    """Check one brief. Returns its specification and its project, each where it could be read."""
    begin_brief(path)
    opened = open_brief(path, states, load_reviewed, problems, brand=brand)
    if opened is None:
        return None, None
    spec, state = opened
    if spec is not None:
        composed = compose_reviewed(spec, path, state, problems)
        if composed is not None:
            check_template_of(spec, composed, state, problems)
    return spec, state.project


def _check_sections(state: ProjectState, used: set[str], problems: Problems) -> None:
    """Check the sections of the evidence base that are not among those ``used``, each as a brief of its own."""
    if state.settings.language not in languages():
        return
    begin_brief(state.project.seeds)
    for section in state.evidence.sections.values():
        if section.id not in used:
            spec = BriefSpec(title=section.title, date=ANY_DATE, sections=(SectionSpec(use=section.id),))
            compose_reviewed(spec, Path(section.id), state, problems, whole=False)
