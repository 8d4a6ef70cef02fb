"""``c6brief render``: from left to right through the house."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from c6brief.brief.compose import compose_brief, with_drawings
from c6brief.brief.model import Brief, Figure
from c6brief.brief.spec import BriefSpec
from c6brief.cli.base import Base, load_base, open_brief
from c6brief.documents.files import display_name, write_beside
from c6brief.documents.problems import Place, Problems, Span
from c6brief.documents.project import Project
from c6brief.evidence.base import KINDS, Evidence
from c6brief.figures import Style, coloured, draw_chart
from c6brief.pages.page import BASE, render_page
from c6brief.pages.properties import root_colours
from c6brief.print.packing import pack
from c6brief.print.pdf import Printed, typeset

WIDTHS_MM = {"full": 170.0, "column": 118.0}
"""How wide figures are drawn: A4 less its margins, and its text column. Templates keep to these two widths."""


UNVERIFIED = (
    "words-not-found",
    "words-found-twice",
    "not-in-quotation-marks",
    "speaker-not-named",
    "quotation-uncited",
    "missing-source-text",
    "source-text-changed",
)
"""The rules that a draft is printed in spite of: what they name is marked in it, and every page says so."""


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    output: Path | None = None
    template: str | None = None
    settings: tuple[str, ...] = ()
    draft: bool = False

    @property
    def told_only(self) -> tuple[str, ...]:
        return UNVERIFIED if self.draft else ()


def render_briefs(paths: list[Path], wanted: Wanted) -> int:
    """Render every brief; print problems and what was written. Returns the exit status.

    Problems: those of every room, and ``not-writable``.
    """
    problems = Problems()
    bases: dict[Project, Base] = {}
    lines = []
    for path in paths:
        own = Problems(wanted.told_only)
        printed = _print_brief(path, wanted, bases, own)
        if printed is not None:
            name = f"{path.stem}-draft.pdf" if wanted.draft else f"{path.stem}.pdf"
            target = (wanted.output or printed[0].output) / name
            try:
                write_beside(printed[1].data, target)
                lines.append(f"{display_name(target)}  {_pages(printed[1])}")
            except OSError as reason:
                message = f"'{display_name(target)}' cannot be written: {reason.strerror}"
                own.error("not-writable", message, Place(display_name(target)), "choose another folder with -o")
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
    path: Path, wanted: Wanted, bases: dict[Project, Base], problems: Problems
) -> tuple[Project, Printed] | None:
    """One brief typeset, with its project; ``None`` after problems."""
    opened = open_brief(path, bases, lambda project: load_base(project, wanted.told_only), problems, wanted.settings)
    if opened is None:
        return None
    spec, base = opened
    project = base.project
    for problem in base.problems:
        problems.add(problem)
    if spec is None:
        return None
    composed = compose_brief(spec, path, base.evidence, base.passages, base.plans, base.settings, problems)
    if composed is None or problems.errors:
        return None
    name = wanted.template or spec.template or base.settings.template
    at = spec.place("template", key=True)
    option_at = partial(spec.place, "options", key=True)
    plain = render_page(composed.brief, name, project.templates, problems, at, option_at)
    if plain is None:
        return None
    # Figures are drawn in the colours of the page, and which page that is, its template says.
    brief = _drawn(composed.brief, base, coloured(root_colours(plain.styles())))
    page = render_page(brief, name, project.templates, problems, at, option_at)
    if page is None:
        return None
    composed = replace(composed, brief=brief)
    printed = typeset(
        page.html,
        BASE,
        page.resolve,
        page.styles(),
        spec.place(),
        lambda char: _where(char, spec, base.evidence),
        problems,
        # A draft proves nothing, and so carries nothing.
        None
        if wanted.draft
        else pack(composed, spec, wanted.settings, project, base.evidence, base.data, name, page.folders),
        brief.words["draft_stamp"] if wanted.draft else "",
    )
    return (project, printed) if printed else None


def _drawn(brief: Brief, base: Base, style: Style) -> Brief:
    """The brief with its figures drawn in ``style``."""
    labels = {source.id: source.label for source in brief.sources}
    figures = [block for section in brief.sections for block in section.blocks if isinstance(block, Figure)]
    drawings = {
        figure.id: draw_chart(
            base.evidence.charts[figure.id],
            base.charts[figure.id],
            base.evidence,
            labels,
            width_mm=WIDTHS_MM[figure.width],
            language=brief.language,
            style=style,
        )
        for figure in figures
    }
    return with_drawings(brief, drawings)


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
