"""``c6brief render``: from left to right through the house."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from c6brief.brief import compose
from c6brief.brief.model import Brief, Figure
from c6brief.brief.override import Override
from c6brief.brief.spec import BriefSpec
from c6brief.cli.base import Base, load_base, open_brief
from c6brief.documents.problems import Place, Problems, Span
from c6brief.documents.project import Project
from c6brief.evidence.base import KINDS, Evidence
from c6brief.figures import draw_chart
from c6brief.figures.cache import FigureCache
from c6brief.figures.palette import tint
from c6brief.manifest.building import build_package
from c6brief.pages.page import BASE, Page, render_page
from c6brief.pages.page_style import PageStyle, page_style_of
from c6brief.pages.standalone import standalone
from c6brief.print.layout_cache import LayoutCache
from c6brief.print.standards import DEFAULT, STANDARDS
from c6brief.print.typesetting import PrintedBrief, TypesetInput, typeset

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
class RenderOptions:
    """What the command line asks for."""

    output: Path | None = None
    template: str | None = None
    settings: tuple[str | Override, ...] = ()
    draft: bool = False
    brand: Path | None = None
    figures: Path | None = None
    """Where figures alone go; no PDF is written then."""
    standard: str = DEFAULT.name
    strict: bool = False
    """Whether warnings keep a brief from being written."""
    proof: Path | None = None
    """Where excerpts of the flaws of pages go."""
    form: Literal["pdf", "html"] = "pdf"
    """What is written: the printed brief, or its page as one HTML file."""

    @property
    def ending(self) -> str:
        """How the names of written files end."""
        return f"-draft.{self.form}" if self.draft else f".{self.form}"

    @property
    def told_only(self) -> tuple[str, ...]:
        return UNVERIFIED if self.draft else ()


@dataclass(frozen=True)
class RenderInput:
    """A brief composed and verified, before its figures are drawn: with its project and its house style."""

    spec: BriefSpec
    base: Base
    parts: compose.RenderInput
    template: str
    house: PageStyle

    @property
    def brief(self) -> Brief:
        return self.parts.brief

    def page(self, brief: Brief, problems: Problems) -> Page | None:
        """``brief``, which is this one or this one with its figures, in its template."""
        return _page(brief, self.template, self.spec, self.base, problems)

    @property
    def figures(self) -> list[Figure]:
        return [block for section in self.brief.sections for block in section.blocks if isinstance(block, Figure)]

    @property
    def labels(self) -> dict[str, str]:
        """The labels of sources: S1, S2."""
        return {source.id: source.label for source in self.brief.sources}


def composed_brief(
    path: Path, wanted: RenderOptions, bases: dict[Project, Base], problems: Problems
) -> RenderInput | None:
    """One brief composed; ``None`` after problems."""
    load = partial(load_base, told_only=wanted.told_only)
    opened = open_brief(path, bases, load, problems, wanted.settings, wanted.brand)
    if opened is None:
        return None
    spec, base = opened
    for problem in base.problems:
        problems.add(problem)
    if spec is None:
        return None
    parts = compose.compose_brief(spec, path, base.evidence, base.passages, base.figure_specs, base.settings, problems)
    if parts is None or problems.errors:
        return None
    name = wanted.template or spec.template or base.settings.template
    # Figures are drawn in the style of the page, and which page that is, its template says.
    plain = _page(parts.brief, name, spec, base, problems)
    return RenderInput(spec, base, parts, name, page_style_of(plain)) if plain else None


def _page(brief: Brief, template: str, spec: BriefSpec, base: Base, problems: Problems) -> Page | None:
    at = spec.place("template", key=True)
    option_at = partial(spec.place, "options", key=True)
    return render_page(brief, template, base.project.templates, problems, at, base.brand, option_at)


def print_brief(
    path: Path, wanted: RenderOptions, bases: dict[Project, Base], problems: Problems, warm: LayoutCache | None = None
) -> PrintedBrief | None:
    """One brief typeset, or its page as one HTML file, which has no pages; ``None`` after problems.

    ``warm`` is what is kept of one print for the next.
    """
    composed = composed_brief(path, wanted, bases, problems)
    if composed is None:
        return None
    spec, base, project = composed.spec, composed.base, composed.base.project
    brief = _drawn(composed, problems)
    page = composed.page(brief, problems) if brief else None
    if brief is None or page is None:
        return None
    stamp = brief.words["draft_stamp"] if wanted.draft else ""
    if wanted.form == "html":
        return PrintedBrief(standalone(page, spec.place(), problems, stamp).encode(), pages=0)
    fonts = [project.brand.parent / font.path for font in base.brand.fonts]
    parts = replace(composed.parts, brief=brief)
    package = None  # a draft proves nothing, and so carries nothing
    if not wanted.draft:
        package = build_package(
            parts,
            spec,
            settings=wanted.settings,
            project=project,
            evidence=base.evidence,
            data=base.data,
            template=composed.template,
            folders=page.folders,
            fonts=fonts,
        )
    given = TypesetInput(
        html=page.html,
        base_url=BASE,
        resolve=page.resolve,
        styles=page.styles(),
        brief=spec.place(),
        find_character=lambda char: _where(char, spec, base.evidence),
        brand_css=page.brand_css,
        package=package,
        stamp=stamp,
        standard=STANDARDS[wanted.standard],
        severities=base.settings.rules,
    )
    printed = typeset(given, problems, warm)
    return replace(printed, rests_on=_rests_on(parts)) if printed else None


def _rests_on(parts: compose.RenderInput) -> dict[str, tuple[str, ...]]:
    """Ids of the entries that notes and figures rest on, by their anchors on the page."""
    drawn = {f"figure-{figure}": plan.entries for figure, plan in parts.figure_specs.items()}
    return {**drawn, **parts.cited}


def _drawn(composed: RenderInput, problems: Problems) -> Brief | None:
    """The brief with its figures, drawn or from the cache; ``None`` after problems."""
    base, house = composed.base, composed.house
    before = len(problems.errors)
    cache = FigureCache(base.project.cache / "figures")
    drawings = {
        figure.id: draw_chart(
            base.evidence.charts[figure.id],
            base.charts[figure.id],
            base.evidence,
            composed.labels,
            width_mm=house.widths_mm[figure.width],
            language=composed.brief.language,
            style=house.style,
            problems=problems,
            cache=cache,
        )
        for figure in composed.figures
    }
    if len(problems.errors) > before:
        return None
    return compose.with_drawings(composed.brief, drawings, lambda depth: tint(depth, house.style))


def _where(char: str, spec: BriefSpec, evidence: Evidence) -> Place:
    """The first place where a character stands: in the specification, else in the evidence; else the brief itself."""
    documents = {spec._document.path: spec._document} if spec._document else {}
    for node in spec._document.given() if char and spec._document else ():
        if char in node.value:
            return node.origin
    for kind in KINDS:
        for entry in evidence.kind(kind).values():
            if entry._document:
                documents.setdefault(entry._document.path, entry._document)
    for document in documents.values() if char else ():
        for number, line in enumerate(document.text.split("\n"), document.first_line):
            if char in line:
                column = line.index(char) + 1
                return document.place_of(Span(number, column, number, column + 1))
    for table in (*evidence.tables.values(), *evidence.chart_rows.values()) if char else ():
        for row, cells in enumerate(table.rows or ()):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and char in cell:
                    return table.cell_place(row, column)
    return spec.place()
