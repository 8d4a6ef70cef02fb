"""``accept``: what a person has accepted goes into ``seeds/``, if the whole passes ``check`` then; all of it or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from c6brief.build.add import write_files
from c6brief.build.limits import begin_brief
from c6brief.build.project_state import load_project
from c6brief.documents.boundary import add_root, read_file
from c6brief.documents.files import display_name, name_files_from
from c6brief.documents.folders import walk
from c6brief.documents.problems import Place, Problem, Problems
from c6brief.documents.project import Project, find_project
from c6brief.documents.survey import survey_project
from c6brief.documents.writing import write_all_beside
from c6brief.documents.yamltext import read_yaml
from c6brief.ingest.accepting import Acceptance, accept, problem_place


@dataclass(frozen=True)
class Accepted:
    """What was taken over: the files written, how many entries of each kind, and how many were there already."""

    files: tuple[Path, ...] = ()
    counts: dict[str, int] | None = None
    known: int = 0


def accept_proposals(path: Path, problems: Problems) -> Accepted:
    """Take over what the proposals at ``path`` mark with ``accept: true``. Nothing is written after an error.

    Problems: those of reading, ``no-project``, those of :func:`~c6brief.ingest.accepting.accept`, ``not-writable``, and
    those that ``check`` would tell of the evidence base with the new entries, at the lines of the proposals.
    """
    project = find_project(path, problems)
    if project is None:
        return Accepted()
    add_root(path)
    begin_brief(path)
    document = read_yaml(path, problems, what="proposals")
    if document is None or not survey_project(project, problems):
        return Accepted()
    with name_files_from(os.path.abspath(project.root)):
        before = load_project(project)
    acceptance = accept(document, project, before.evidence, problems)
    if problems.errors or not acceptance.files:
        return Accepted((), {}, acceptance.known)
    known = {(each.rule, each.place.file, each.message) for each in before.problems if each.severity == "error"}
    origins = {each.relative_to(project.root).as_posix(): made for each, made in acceptance.files.items()}
    for problem in _problems_with(acceptance, project):
        if problem.severity == "error" and (problem.rule, problem.place.file, problem.message) not in known:
            written = problem_place(problem.place, origins, document)
            place = written or Place(
                display_name(project.root / problem.place.file), problem.place.span, problem.place.line_text
            )
            problems.error(problem.rule, problem.message, place, problem.hint)
    if problems.errors or not write_files(acceptance.data(), problems):
        return Accepted()
    return Accepted(tuple(acceptance.files), acceptance.counts, acceptance.known)


def _problems_with(acceptance: Acceptance, project: Project) -> tuple[Problem, ...]:
    """What is wrong with the evidence base of ``project`` once the changes are in it, which is tried on a copy of it."""
    folder = Path(tempfile.mkdtemp(prefix="accept-"))
    try:
        copied: dict[Path, bytes] = {}
        originals = project.seeds / "originals"
        for found in walk(project.seeds):
            path = Path(found.path)
            if found.kind == "file" and not path.is_relative_to(originals):
                copied[folder / path.relative_to(project.root)] = read_file(path)
        if project.brand.is_file():
            copied[folder / project.brand.name] = read_file(project.brand)
        copied |= {folder / path.relative_to(project.root): data for path, data in acceptance.data().items()}
        add_root(folder)
        write_all_beside(copied)
        with name_files_from(os.path.abspath(folder)):
            return load_project(Project(folder), keeps=False).problems
    finally:
        shutil.rmtree(folder, ignore_errors=True)
