"""What ``check`` and ``render`` both report: the problems of a project, and what the rules find in its briefs.

Both run this and nothing else, so that nothing is printed that a check would refuse. What is wrong with an entry of the
evidence base that a brief does not use is told beside this brief as a note, which keeps nothing from being written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from c6brief.brief.compose import ComposedBrief, compose_brief
from c6brief.brief.pictures import has_images
from c6brief.brief.spec import BriefSpec
from c6brief.build.page_words import check_own_template
from c6brief.build.project_state import ProjectState, load_project
from c6brief.documents.problems import Problem, Problems, named_rules
from c6brief.documents.project import Project
from c6brief.evidence.written import names_in
from c6brief.pages.options import check_template
from c6brief.pages.palettes import palettes_of
from c6brief.pages.search import find_template_files, template_names
from c6brief.rules import ProjectUnderReview, check_settings, read_for_review, read_template, run_review


def load_reviewed(project: Project, demoted: Iterable[str] = ()) -> ProjectState:
    """The state of ``project``; what the rules find in its evidence base and settings is among its problems.

    Errors of the rules in ``demoted`` become warnings.
    """
    state = load_project(project, demoted)
    problems = Problems(demoted)
    problems.add_all(state.problems)
    if state.settings.rules:
        from c6brief.print.preflight import all_rules  # here: only who names rules needs all of them

        check_settings(state.settings, {**named_rules(), **all_rules()}, problems)
    palettes = palettes_of(project, state.settings, state.brand)
    run_review(ProjectUnderReview(state.evidence, state.settings, palettes), problems)
    return replace(state, problems=tuple(problems))


def compose_reviewed(
    spec: BriefSpec, path: Path, state: ProjectState, problems: Problems, *, whole: bool = True
) -> ComposedBrief | None:
    """The brief of ``spec``, composed and looked at by the rules; if it is not ``whole``, its sections alone are.

    ``None`` where there is no catalogue of its language. Problems: those of composing, and those of the rules.
    """
    composed = compose_brief(
        spec, path, state.evidence, state.passages, state.figure_specs, state.settings, problems, whole=whole
    )
    brief = composed.brief if composed else None
    specs = state.figure_specs
    material = read_for_review(spec, state.evidence, state.passages, state.settings, brief, specs, whole=whole)
    run_review(material, problems)
    return composed


def check_template_of(spec: BriefSpec, composed: ComposedBrief, state: ProjectState, problems: Problems) -> None:
    """Check the template that ``spec`` names; a page is rendered only in one of the project's own, for its words."""
    name = spec.template or state.settings.template
    at = spec.place("template", key=True)
    option_at = partial(spec.place, "options", key=True)
    if check_template(composed.brief, name, state.project.templates, problems, at, option_at) is not None:
        check_own_template(composed, name, spec, state, problems)
        if has_images(composed.brief):
            from c6brief.build.pictures import check_pictures_in  # here: it makes a page, and Jinja takes its time

            check_pictures_in(composed.brief, name, state, problems, at)


def review_templates(names: Iterable[str], state: ProjectState, problems: Problems) -> None:
    """Run the rules on the templates of these ``names`` that the project has of its own."""
    folder = state.project.templates
    for name in sorted(set(names) & set(template_names(folder))):
        run_review(read_template(name, state.settings, *find_template_files(name, folder)), problems)


def problems_for(state: ProjectState, specs: Iterable[BriefSpec], *, whole: bool = False) -> Iterator[Problem]:
    """The problems of a project as they are told beside the briefs of ``specs``.

    Those of entries that none of them uses are notes, which have no effect. Of the ``whole`` project those of items of a
    library are, which nothing in the project uses: nobody edits an export. The same id twice is an error there all the same.
    """
    written = state.evidence.written
    if not state.problems or written is None:
        yield from state.problems
        return
    roots = (spec.document.root for spec in specs if spec.document is not None)
    names = [name for root in roots for name in names_in(root)]
    used = written.used_by([*names, *written.ids_outside_libraries] if whole else names)
    for problem in state.problems:
        concerned = written.concerned(problem.place)
        is_unused = (
            bool(concerned)
            and not (whole and problem.rule == "id-twice")
            and all(
                entry.id is not None and entry.id not in used and (entry.is_exported or not whole)
                for entry in concerned
            )
        )
        yield replace(problem, severity="note") if is_unused else problem
