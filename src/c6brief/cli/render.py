"""``c6brief render``: from left to right through the house."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from c6brief.brief.compose import Composed, FigurePlan, compose_with_record, with_drawings
from c6brief.brief.model import Figure
from c6brief.brief.settings import Settings, read_settings
from c6brief.brief.spec import BriefSpec, read_spec
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problem, Problems, Span
from c6brief.documents.project import Project, find_project
from c6brief.evidence.base import KINDS, Evidence
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.verify import Passages, locate_all
from c6brief.figures import Options, check_chart, draw_chart, sources_of, width_of
from c6brief.figures.data import Data, data_of
from c6brief.pages.page import BASE, render_page
from c6brief.print.packing import pack
from c6brief.print.pdf import Printed, typeset, write_beside

WIDTHS_MM = {"full": 170.0, "column": 118.0}
"""How wide figures are drawn: A4 less its margins, and its text column. Templates keep to these two widths."""


@dataclass(frozen=True)
class Base:
    """What the briefs of one project share."""

    project: Project
    settings: Settings
    evidence: Evidence
    passages: Passages
    charts: Mapping[str, Options]
    """The charts that can be drawn, with the keys of their kinds."""
    data: Mapping[str, Data]
    """What they draw, as rows."""
    problems: tuple[Problem, ...]


def render_briefs(paths: list[Path], output: Path | None, template: str | None, settings: tuple[str, ...]) -> int:
    """Render every brief; print problems and what was written. Returns the exit status."""
    problems = Problems()
    bases: dict[Project, Base] = {}
    lines = []
    for path in paths:
        own = Problems()
        printed = _print_brief(path, template, settings, bases, own)
        if printed is not None:
            target = (output or printed[0].output) / f"{path.stem}.pdf"
            if write_beside(printed[1].data, target, own):
                lines.append(f"{display_name(target)}  {_pages(printed[1])}")
        for problem in own:
            problems.add(problem)
    for problem in problems:
        print(problem, file=sys.stderr)
    for line in lines:
        print(line)
    if len(problems):
        print(_summary(problems, len(lines)), file=sys.stderr)
    return 1 if problems.errors else 0


def _print_brief(
    path: Path, template: str | None, settings: tuple[str, ...], bases: dict[Project, Base], problems: Problems
) -> tuple[Project, Printed] | None:
    """One brief typeset, with its project; ``None`` after problems."""
    spec = read_spec(path, problems, settings)
    if spec is None and not path.is_file():
        return None  # nothing to look for a project around
    project = find_project(path, problems)
    if project is None:
        return None
    if project not in bases:
        bases[project] = _load_base(project)
    base = bases[project]
    for problem in base.problems:
        problems.add(problem)
    if spec is None:
        return None
    composed = _compose(spec, path, base, problems)
    if composed is None or problems.errors:
        return None
    name = template or spec.template or base.settings.template
    page = render_page(composed.brief, name, project.templates, problems, spec.place("template", key=True))
    if page is None:
        return None
    parcel = pack(composed, spec, settings, project, base.evidence, base.data, name, page.folders)
    printed = typeset(
        page.html,
        BASE,
        page.resolve,
        page.styles(),
        spec.place(),
        lambda char: _where(char, spec, base.evidence),
        problems,
        parcel,
    )
    return (project, printed) if printed else None


def _load_base(project: Project) -> Base:
    """Everything the briefs of ``project`` share, read and verified once a run."""
    problems = Problems()
    settings = read_settings(project, problems)
    evidence = load_evidence(project, problems)
    passages = locate_all(evidence, problems)
    checked = {id: check_chart(chart, evidence, problems) for id, chart in evidence.charts.items()}
    charts = {id: options for id, options in checked.items() if options is not None}
    data = {id: rows for id, options in charts.items() if (rows := data_of(evidence.charts[id], options, evidence))}
    return Base(project, settings, evidence, passages, charts, data, tuple(problems))


def _compose(spec: BriefSpec, path: Path, base: Base, problems: Problems) -> Composed | None:
    """The brief with its figures drawn, and its record."""
    charts = base.evidence.charts
    plans = {
        id: FigurePlan(
            sources_of(charts[id], options, base.evidence),
            width_of(charts[id]),
            base.data[id].entries if id in base.data else (),
        )
        for id, options in base.charts.items()
    }
    composed = compose_with_record(spec, path, base.evidence, base.passages, plans, base.settings, problems)
    if composed is None or problems.errors:
        return None
    brief = composed.brief
    labels = {source.id: source.label for source in brief.sources}
    figures = [block for section in brief.sections for block in section.blocks if isinstance(block, Figure)]
    drawings = {
        figure.id: draw_chart(
            charts[figure.id],
            base.charts[figure.id],
            base.evidence,
            labels,
            width_mm=WIDTHS_MM[figure.width],
            language=brief.language,
        )
        for figure in figures
    }
    return replace(composed, brief=with_drawings(brief, drawings))


def _where(char: str, spec: BriefSpec, evidence: Evidence) -> Place:
    """The first place where a character stands: in the specification, else in the evidence; else the brief itself."""
    documents = {spec._document.path: spec._document} if spec._document else {}
    for kind in KINDS:
        for entry in evidence.kind(kind).values():
            if entry._document:
                documents.setdefault(entry._document.path, entry._document)
    for document in documents.values() if char else ():
        for number, line in enumerate(document.text.split("\n"), document.first_line):
            if char in line:
                column = line.index(char) + 1
                return document.place_of(Span(number, column, number, column + 1))
    return spec.place()


def _pages(printed: Printed) -> str:
    return "1 page" if printed.pages == 1 else f"{printed.pages} pages"


def _summary(problems: Problems, written: int) -> str:
    errors, total = len(problems.errors), len(problems)
    counted = [(errors, "error"), (total - errors, "warning")]
    told = " and ".join(f"{count} {noun}{'s' * (count != 1)}" for count, noun in counted if count)
    return told + ("" if written else "; nothing was written")
