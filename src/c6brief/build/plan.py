"""The jobs of a run: briefs times their variants, each with a file of its own, checked before any is rendered.

What a matrix or a table asks for wrongly (a key, a value, an option of a template) stops the run before it starts; what
the evidence does not back is found while rendering, job by job.
"""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from c6brief.brief.settings import Settings, read_settings
from c6brief.brief.spec import BriefSpec, spec_of
from c6brief.build.jobs import RenderJob
from c6brief.build.options import RenderOptions
from c6brief.build.variants import STANDARD, Variant, read_editions, read_matrix
from c6brief.documents.catalogue import languages
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project, find_project
from c6brief.documents.yamltext import read_yaml
from c6brief.pages.options import TemplateFile, read_template_files, resolve_options
from c6brief.pages.search import template_names


def plan_jobs(
    paths: Sequence[Path], options: RenderOptions, matrix: Sequence[str], table: Path | None, problems: Problems
) -> list[RenderJob]:
    """The jobs that render the briefs at ``paths``, in order.

    Problems: those of reading the matrix and the table, of their values in the briefs, and ``same-file``.
    """
    axes = read_matrix(matrix, problems)
    if table is not None:
        axes.insert(0, read_editions(table, problems))
    _check_keys(axes, options, problems)
    run, here = uuid.uuid4().hex, os.getcwd()
    claimed: dict[str, RenderJob] = {}
    for path in dict.fromkeys(Path(os.path.abspath(path)) for path in paths):
        project = find_project(path, Problems())
        if project and options.brand:
            project = replace(project, brand_file=options.brand)
        checker = _VariantChecker(path, project) if axes else None
        folder = Path(os.path.abspath(options.output)) if options.output else (project or Project(path.parent)).output
        several = len(paths) > 1 or bool(axes)
        for variants in itertools.product(*axes):
            name = _name(path, variants)
            own = _own_options(options, variants)
            if checker is not None:
                checker.check(own, problems)
            job = RenderJob(
                brief=path,
                options=own,
                target=folder / f"{name}{options.ending}",
                excerpts=_excerpts_folder(options, name, several),
                place=next((each.place for each in variants), Place(display_name(path))),
                folder=here,
                run=run,
            )
            _claim(job, claimed, problems)
    return list(claimed.values())


def _check_keys(axes: list[list[Variant]], options: RenderOptions, problems: Problems) -> None:
    """Nothing is set twice: by two axes, or by an axis and ``--template``."""
    seen: dict[str, str] = {"template": "--template"} if options.template else {}
    for axis in axes:
        places = {setting.key: setting.key_place for variant in axis for setting in variant.settings}
        for key, place in places.items():
            if key in seen:
                problems.error("bad-setting", f"'{key}' is set by {seen[key]} too", place, "leave one of them out")
        seen |= {key: place.file for key, place in places.items()}


def _name(path: Path, variants: Sequence[Variant]) -> str:
    """BRIEF--VALUE--VALUE; a row that names its file takes the place of BRIEF."""
    first = next((each.name for each in variants if each.whole), path.stem)
    return "--".join([first, *(each.name for each in variants if not each.whole)])


def _own_options(options: RenderOptions, variants: Sequence[Variant]) -> RenderOptions:
    """The options of one edition, with absolute paths."""
    settings = [setting for variant in variants for setting in variant.settings if setting.key != STANDARD]
    standards = [variant.standard for variant in variants if variant.standard]
    return replace(
        options,
        output=None,
        proof=None,
        brand=Path(os.path.abspath(options.brand)) if options.brand else None,
        settings=(*options.settings, *settings),
        standard=standards[-1] if standards else options.standard,
    )


def _excerpts_folder(options: RenderOptions, name: str, several: bool) -> Path | None:
    """Where excerpts go; of ``several`` editions, each has a folder of its own for them."""
    if options.proof is None:
        return None
    folder = Path(os.path.abspath(options.proof))
    return folder / name if several else folder


def _claim(job: RenderJob, claimed: dict[str, RenderJob], problems: Problems) -> None:
    """Take the target of ``job``: each has a file of its own, also where large and small letters are one."""
    key = str(job.target).casefold()
    if key not in claimed:
        claimed[key] = job
        return
    first = claimed[key].place
    where = f"line {first.span.line}" if first.file == job.place.file else first.file
    message = f"{display_name(job.target)} would be written twice"
    problems.error("same-file", message, job.place, f"the other one: {where}")


class _VariantChecker:
    """A brief read once, to look over many variants of it."""

    def __init__(self, path: Path, project: Project | None) -> None:
        self.document = read_yaml(path, Problems(), what="brief")
        self.project = project
        self.settings = read_settings(project, Problems()) if project else Settings()
        self.known = template_names(project.templates) if project else ()
        self.languages = languages()
        self.templates: dict[str, list[TemplateFile] | None] = {}
        own = Problems()
        # What is wrong with the brief itself is reported when it is rendered, and fails alone.
        self.is_sound = bool(project and self.document and spec_of(self.document, own) and not own.errors)

    def check(self, options: RenderOptions, problems: Problems) -> None:
        """Report values that the brief or its template does not take."""
        if not self.is_sound:
            return
        spec = spec_of(self.document, problems, options.settings)
        if spec is None:
            return
        if spec.language and spec.language not in self.languages:
            message = f"no catalogue of words for language '{spec.language}'"
            problems.error("unknown-language", message, spec.place("language"), "known: " + ", ".join(self.languages))
        self._check_template(options.template or spec.template or self.settings.template, spec, problems)

    def _check_template(self, name: str, spec: BriefSpec, problems: Problems) -> None:
        if name not in self.known:
            message = f"no template '{name}'"
            problems.error("unknown-template", message, spec.place("template"), did_you_mean(name, self.known))
            return
        if name not in self.templates:
            self.templates[name] = read_template_files(name, self.project.templates, Problems())
        files = self.templates[name]
        if files is not None:
            known = {option for each in files for option in each.options}
            resolve_options(spec.options, files, lambda key: spec.place("options", key, key=key not in known), problems)
