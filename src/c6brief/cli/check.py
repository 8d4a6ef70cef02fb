"""``c6brief check``: every problem at once, and nothing written.

What ``render`` would report before it draws, and what the rules find. Matplotlib, WeasyPrint and the like are never
imported: a check takes as long as reading does.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from c6brief.brief.compose import compose_brief
from c6brief.brief.settings import Settings, read_settings
from c6brief.brief.spec import BriefSpec, SectionSpec
from c6brief.cli.base import Base, load_base, open_brief, this_project
from c6brief.cli.findings import tell_found
from c6brief.cli.reading import Reading
from c6brief.cli.stamps import CacheKey, Report, keep, keep_command
from c6brief.documents.catalogue import languages
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.pages.gather import template_files
from c6brief.pages.options import check_template
from c6brief.pages.palettes import palettes_of
from c6brief.pages.search import template_names
from c6brief.rules import (
    ProjectUnderReview,
    check_settings,
    extension_problems,
    read_for_review,
    read_template,
    run_review,
    severity_of,
    warnings_as_errors,
)

SOME_DAY = "2000-01-01"
"""The date of a section that no brief uses; no rule that is run on it asks for one."""


def check_briefs(paths: list[Path], form: str, strict: bool, brand: Path | None = None) -> int:
    """Check ``paths``, or the whole project of the working directory. Returns the exit status.

    ``form`` is text, json or github; ``brand`` is a brand file in place of the project's own.
    """
    briefs = [os.path.abspath(path) for path in paths or ["briefs/*"]]
    reading = Reading()
    with reading.noting(briefs, whole=not paths):
        problems, count = _found(paths, brand)
    if strict:
        problems = warnings_as_errors(problems)
    reads = None if problems.errors else reading.made_of(briefs)
    if reads is not None:
        asked = CacheKey(briefs[0], repr(("check", os.getcwd(), briefs, form, strict, brand)))
        keep(asked, reads, {}, Report(tuple(problems)))
        keep_command(sys.argv[1:], [asked], form, count)
    return tell_found(problems, form, count)


def _found(paths: list[Path], brand: Path | None) -> tuple[Problems, int]:
    """The problems of ``paths``, or of the whole project, and how many briefs were checked."""
    problems = Problems()
    whole = not paths
    bases: dict[Project, Base] = {}
    if whole:
        project = this_project(problems)
        if project is not None:
            project = replace(project, brand_file=brand)
            bases[project] = _load(project)
            paths = sorted(path for ending in ("*.yaml", "*.yml") for path in (project.root / "briefs").glob(ending))
    used: set[str] = set()
    templates: set[tuple[Project, str]] = set()
    for path in paths:
        spec, project = _check(path, bases, problems, brand)
        if spec is not None and project is not None:
            used |= {section.use for section in spec.sections if section.use}
            templates.add((project, spec.template or bases[project].settings.template))
    for base in bases.values():
        for problem in base.problems:
            problems.add(problem)
        named = {name for project, name in templates if project == base.project}
        if whole:
            _check_sections(base, used, problems)
            named |= {folder.name for folder in base.project.templates.glob("*/")}
        for name in sorted(named & set(template_names(base.project.templates))):
            run_review(read_template(name, base.settings, *template_files(name, base.project.templates)), problems)
    return problems, len(paths)


def list_rules() -> int:
    """Print every rule with its severity here and its summary. Returns the exit status."""
    from c6brief.print.preflight import all_rules  # here: only who names rules needs all of them

    project = this_project(Problems())
    settings = read_settings(project, Problems()) if project else Settings()
    rules = all_rules()
    widest = max(len(name) for name in rules)
    for rule in rules.values():
        print(f"{rule.name:<{widest}}  {severity_of(rule, settings):<7}  {rule.summary}")
    broken = extension_problems()
    for problem in broken:
        print(problem, file=sys.stderr)
    return 1 if broken else 0


def _check(
    path: Path, bases: dict[Project, Base], problems: Problems, brand: Path | None
) -> tuple[BriefSpec | None, Project | None]:
    """Check one brief; its specification where it could be read, and its project."""
    opened = open_brief(path, bases, _load, problems, brand=brand)
    if opened is None:
        return None, None
    spec, base = opened
    if spec is not None:
        _compose_and_check(spec, path, base, problems)
    return spec, base.project


def _load(project: Project) -> Base:
    """The project, with what the rules find in its evidence base and settings among its problems."""
    base = load_base(project)
    problems = Problems()
    for problem in base.problems:
        problems.add(problem)
    if base.settings.rules:
        from c6brief.print.preflight import all_rules  # here: only who names rules needs all of them

        check_settings(base.settings, all_rules(), problems)
    palettes = palettes_of(project, base.settings, base.brand)
    run_review(ProjectUnderReview(base.evidence, base.settings, palettes), problems)
    return replace(base, problems=tuple(problems))


def _compose_and_check(spec: BriefSpec, path: Path, base: Base, problems: Problems, *, whole: bool = True) -> None:
    composed = compose_brief(spec, path, base.evidence, base.passages, base.figure_specs, base.settings, problems)
    brief = composed.brief if composed else None
    if brief is not None and whole:
        name = spec.template or base.settings.template
        at = spec.place("template", key=True)
        option_at = partial(spec.place, "options", key=True)
        check_template(brief, name, base.project.templates, problems, at, option_at)
    specs = base.figure_specs
    run_review(read_for_review(spec, base.evidence, base.passages, base.settings, brief, specs, whole=whole), problems)


def _check_sections(base: Base, used: set[str], problems: Problems) -> None:
    """Check the sections of the evidence base that no brief uses, each as if it were a brief."""
    if base.settings.language not in languages():
        return
    for section in base.evidence.sections.values():
        if section.id not in used:
            spec = BriefSpec(title=section.title, date=SOME_DAY, sections=(SectionSpec(use=section.id),))
            _compose_and_check(spec, Path(section.id), base, problems, whole=False)
