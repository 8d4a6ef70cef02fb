"""What a run prints: briefs times their variants, each with a file of its own, looked over before any is printed.

What a matrix or a table asks for wrongly (a key, a value, an option of a template) stops the run before it starts; what
the evidence does not back is found while printing, edition by edition.
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
from c6brief.cli.edition import RenderJob
from c6brief.cli.render import RenderOptions
from c6brief.cli.variants import STANDARD, Variant, read_editions, read_matrix
from c6brief.documents.catalogue import languages
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project, find_project
from c6brief.documents.yamltext import read_yaml
from c6brief.pages.options import TemplateFile, read_template_files, resolved
from c6brief.pages.search import template_names


def planned(
    paths: Sequence[Path], wanted: RenderOptions, matrix: Sequence[str], table: Path | None, problems: Problems
) -> list[RenderJob]:
    """The editions of the briefs at ``paths``, in order.

    Problems: those of reading the matrix and the table, of their values in the briefs, and ``same-file``.
    """
    axes = read_matrix(matrix, problems)
    if table is not None:
        axes.insert(0, read_editions(table, problems))
    _check_keys(axes, wanted, problems)
    run, here = uuid.uuid4().hex, os.getcwd()
    made: dict[str, RenderJob] = {}
    for path in dict.fromkeys(Path(os.path.abspath(path)) for path in paths):
        project = find_project(path, Problems())
        if project and wanted.brand:
            project = replace(project, brand_file=wanted.brand)
        reader = _VariantChecker(path, project) if axes else None
        folder = Path(os.path.abspath(wanted.output)) if wanted.output else (project or Project(path.parent)).output
        several = len(paths) > 1 or bool(axes)
        for variants in itertools.product(*axes):
            name = _name(path, variants)
            own = _own(wanted, variants)
            if reader is not None:
                reader.check(own, problems)
            edition = RenderJob(
                brief=path,
                wanted=own,
                target=folder / f"{name}{wanted.ending}",
                proofs=_proofs(wanted, name, several),
                place=next((each.place for each in variants), Place(display_name(path))),
                here=here,
                run=run,
            )
            _claim(edition, made, problems)
    return list(made.values())


def _check_keys(axes: list[list[Variant]], wanted: RenderOptions, problems: Problems) -> None:
    """Nothing is set twice: by two axes, or by an axis and ``--template``."""
    seen: dict[str, str] = {"template": "--template"} if wanted.template else {}
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


def _own(wanted: RenderOptions, variants: Sequence[Variant]) -> RenderOptions:
    """What is wanted of one edition, with absolute paths."""
    settings = [setting for variant in variants for setting in variant.settings if setting.key != STANDARD]
    standards = [variant.standard for variant in variants if variant.standard]
    return replace(
        wanted,
        output=None,
        proof=None,
        brand=Path(os.path.abspath(wanted.brand)) if wanted.brand else None,
        settings=(*wanted.settings, *settings),
        standard=standards[-1] if standards else wanted.standard,
    )


def _proofs(wanted: RenderOptions, name: str, several: bool) -> Path | None:
    """Where excerpts go; of ``several`` editions, each has a folder of its own for them."""
    if wanted.proof is None:
        return None
    folder = Path(os.path.abspath(wanted.proof))
    return folder / name if several else folder


def _claim(edition: RenderJob, made: dict[str, RenderJob], problems: Problems) -> None:
    """Each edition has a file of its own, also where large and small letters are one."""
    key = str(edition.target).casefold()
    if key not in made:
        made[key] = edition
        return
    first = made[key].place
    where = f"line {first.span.line}" if first.file == edition.place.file else first.file
    message = f"{display_name(edition.target)} would be written twice"
    problems.error("same-file", message, edition.place, f"the other one: {where}")


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
        # What is wrong with the brief itself is told when it is printed, and fails alone.
        self.sound = bool(project and self.document and spec_of(self.document, own) and not own.errors)

    def check(self, wanted: RenderOptions, problems: Problems) -> None:
        """Report values that the brief or its template does not take."""
        if not self.sound:
            return
        spec = spec_of(self.document, problems, wanted.settings)
        if spec is None:
            return
        if spec.language and spec.language not in self.languages:
            message = f"no catalogue of words for language '{spec.language}'"
            problems.error("unknown-language", message, spec.place("language"), "known: " + ", ".join(self.languages))
        self._check_template(wanted.template or spec.template or self.settings.template, spec, problems)

    def _check_template(self, name: str, spec: BriefSpec, problems: Problems) -> None:
        if name not in self.known:
            message = f"no template '{name}'"
            problems.error("unknown-template", message, spec.place("template"), did_you_mean(name, self.known))
            return
        if name not in self.templates:
            self.templates[name] = read_template_files(name, self.project.templates, Problems())
        files = self.templates[name]
        if files is not None:
            options = {option for each in files for option in each.options}
            resolved(spec.options, files, lambda key: spec.place("options", key, key=key not in options), problems)
