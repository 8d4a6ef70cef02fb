"""Planning the jobs of a run: every variant of every brief, each with a file of its own.

A mistake in a matrix or a table (a key, a value, an option of a template) stops the run before its first job. What is
wrong with a brief or its evidence is found by each job.
"""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from c6brief.brief.settings import read_settings
from c6brief.brief.spec import BriefSpec, spec_of
from c6brief.build.jobs import RenderJob
from c6brief.build.options import RenderOptions
from c6brief.build.variants import STANDARD, Variant, read_editions, read_matrix
from c6brief.documents.boundary import add_root
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
    for named in filter(None, (options.output, options.proof)):
        add_root(named)  # the user has named it: it may lie anywhere
    run, here = uuid.uuid4().hex, os.getcwd()
    claimed: dict[str, RenderJob] = {}
    for path in dict.fromkeys(Path(os.path.abspath(path)) for path in paths):
        project = find_project(path, Problems())
        if project and options.brand:
            project = replace(project, brand_file=options.brand)
        checker = _VariantChecker(path, project) if axes and project else None
        output = options.output or (project.output if project else path.parent / "output")
        folder = Path(os.path.abspath(output))
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
    """Report keys that are set twice: by two axes, or by an axis and ``--template``. Problem: ``bad-setting``."""
    seen: dict[str, str] = {"template": "--template"} if options.template else {}
    for axis in axes:
        places = {override.key: override.key_place for variant in axis for override in variant.overrides}
        for key, place in places.items():
            if key in seen:
                problems.error("bad-setting", f"'{key}' is set by {seen[key]} too", place, "leave one of them out")
        seen |= {key: place.file for key, place in places.items()}


def _name(path: Path, variants: Sequence[Variant]) -> str:
    """The name of an edition's file, BRIEF--VALUE--VALUE. The name that a row gives its file replaces BRIEF."""
    first = next((each.name for each in variants if each.is_whole_name), path.stem)
    return "--".join([first, *(each.name for each in variants if not each.is_whole_name)])


def _own_options(options: RenderOptions, variants: Sequence[Variant]) -> RenderOptions:
    """The options of one edition, with absolute paths."""
    overrides = [override for variant in variants for override in variant.overrides if override.key != STANDARD]
    standards = [variant.standard for variant in variants if variant.standard]
    return replace(
        options,
        output=None,
        proof=None,
        sign=None,  # the process that writes the file signs it: a key is sent to no other
        brand=Path(os.path.abspath(options.brand)) if options.brand else None,
        overrides=(*options.overrides, *overrides),
        standard=standards[-1] if standards else options.standard,
    )


def _excerpts_folder(options: RenderOptions, name: str, several: bool) -> Path | None:
    """The folder for images of flaws; of ``several`` editions, each has its own."""
    if options.proof is None:
        return None
    folder = Path(os.path.abspath(options.proof))
    return folder / name if several else folder


def _claim(job: RenderJob, claimed: dict[str, RenderJob], problems: Problems) -> None:
    """Add ``job`` to those ``claimed``, by their targets, which must differ in more than the case of letters.

    Problem: ``same-file``.
    """
    key = str(job.target).casefold()
    if key not in claimed:
        claimed[key] = job
        return
    first = claimed[key].place
    where = f"line {first.span.line}" if first.file == job.place.file else first.file
    message = f"{display_name(job.target)} would be written twice"
    problems.error("same-file", message, job.place, f"the other one: {where}")


class _VariantChecker:
    """Checks the variants of a brief, which it reads once."""

    def __init__(self, path: Path, project: Project) -> None:
        self.project = project
        self.settings = read_settings(project, Problems())
        self.known = template_names(project.templates)
        self.languages = languages()
        self.templates: dict[str, list[TemplateFile] | None] = {}
        own = Problems()
        document = read_yaml(path, Problems(), what="brief")
        is_sound = document is not None and spec_of(document, own) is not None and not own.errors
        self.document = document if is_sound else None
        """The specification; ``None`` where it has problems of its own, which its job reports."""

    def check(self, options: RenderOptions, problems: Problems) -> None:
        """Report values that the brief or its template does not take."""
        spec = spec_of(self.document, problems, options.overrides) if self.document else None
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
