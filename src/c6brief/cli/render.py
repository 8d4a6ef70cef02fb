"""``c6brief render``: from left to right through the house."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from c6brief.brief import compose
from c6brief.brief.model import Brief, Figure
from c6brief.brief.spec import BriefSpec
from c6brief.cli.base import Base, load_base, open_brief
from c6brief.documents.files import display_name, write_all_beside
from c6brief.documents.problems import Place, Problems, Span
from c6brief.documents.project import Project
from c6brief.evidence.base import KINDS, Evidence
from c6brief.figures import draw_chart
from c6brief.figures.cache import FigureCache
from c6brief.figures.palette import tint
from c6brief.pages.house import House, house_of
from c6brief.pages.page import BASE, Page, render_page
from c6brief.print.packing import pack
from c6brief.print.pdf import Printed, typeset
from c6brief.print.proofing.excerpt import excerpts, is_excerpt
from c6brief.print.standards import DEFAULT, STANDARDS
from c6brief.rules import strictly

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
    brand: Path | None = None
    figures: Path | None = None
    """Where figures alone go; no PDF is written then."""
    standard: str = DEFAULT.name
    strict: bool = False
    """Whether warnings keep a brief from being written."""
    proof: Path | None = None
    """Where excerpts of the flaws of pages go."""

    @property
    def told_only(self) -> tuple[str, ...]:
        return UNVERIFIED if self.draft else ()


def render_briefs(paths: list[Path], wanted: Wanted) -> int:
    """Render every brief; print problems and what was written. Returns the exit status.

    Problems: those of every room, and ``not-writable``.
    """
    if wanted.figures is not None:
        from c6brief.cli.figures import write_figures

        return write_figures(paths, wanted, wanted.figures)
    run = rendered(paths, wanted, {})
    return told(run.problems, run.lines, run.written)


@dataclass
class Run:
    """What rendering some briefs came to."""

    problems: Problems = field(default_factory=Problems)
    lines: list[str] = field(default_factory=list)
    """What was written, to be told."""
    files: dict[Path, Path] = field(default_factory=dict)
    """The PDF that was written, by its brief."""
    printed: dict[Path, Printed] = field(default_factory=dict)
    """What was typeset, by its brief, whether it was written or not."""

    @property
    def written(self) -> int:
        return len(self.files)


def rendered(paths: list[Path], wanted: Wanted, bases: dict[Project, Base]) -> Run:
    """Render every brief and write what has no errors; nothing is told yet.

    Projects that ``bases`` holds are not read again, and those that are read are put there.
    """
    run = Run()
    for path in paths:
        own = Problems(wanted.told_only)
        printed = _print_brief(path, wanted, bases, own)
        if wanted.strict:
            own = strictly(own)
        if printed is not None:
            project, run.printed[path] = printed
            run.lines += _written(path, *printed, wanted, len(paths) > 1, own)
            if not own.errors:
                run.files[path] = target_of(path, project, wanted)
        for problem in own:
            run.problems.add(problem)
    return run


def target_of(path: Path, project: Project, wanted: Wanted) -> Path:
    """Where the PDF of the brief at ``path`` goes."""
    name = f"{path.stem}-draft.pdf" if wanted.draft else f"{path.stem}.pdf"
    return (wanted.output or project.output) / name


def told(problems: Problems, lines: list[str], written: int | None = None) -> int:
    """Print the problems, and in ``lines`` what was written. Returns the exit status.

    ``written`` is the number of files, where that is not the number of ``lines``.
    """
    for problem in problems:
        print(problem, file=sys.stderr)
    for line in lines:
        print(line)
    if len(problems):
        print(_summary(problems, len(lines) if written is None else written), file=sys.stderr)
    return 1 if problems.errors else 0


def _written(
    path: Path, project: Project, printed: Printed, wanted: Wanted, several: bool, problems: Problems
) -> list[str]:
    """Write the file, unless there are errors, and excerpts of its flaws where they are wanted. What was done, in lines.

    Excerpts are written of a file that is refused for its flaws too, since that is when one looks at them. Where
    ``several`` briefs are rendered, each has a folder of its own for them.
    """
    target = target_of(path, project, wanted)
    files = {} if problems.errors else {target: printed.data}
    lines = []
    if files:
        lines.append(f"{display_name(target)}  {_pages(printed)}")
        if printed.mended:
            lines.append(f"mended: {'; '.join(printed.mended)}")
    folder = (wanted.proof / path.stem if several else wanted.proof) if wanted.proof else None
    if folder:
        files |= {folder / name: image for name, image in excerpts(printed.data, printed.found).items()}
        if printed.found:
            lines.append(f"{display_name(folder)}  {_counted(len(printed.found), 'excerpt')}")
    try:
        write_all_beside(files)
        for old in folder.iterdir() if folder and folder.is_dir() else ():
            if is_excerpt(old.name) and old not in files:
                old.unlink()
    except OSError as reason:
        places = " or ".join(f"'{display_name(place)}'" for place in (target, folder) if place)
        message = f"{places} cannot be written: {reason.strerror}"
        problems.error("not-writable", message, Place(display_name(target)), "choose another folder with -o")
        return []
    return lines


@dataclass(frozen=True)
class Composed:
    """A brief composed and verified, before its figures are drawn: with its project and its house style."""

    spec: BriefSpec
    base: Base
    parts: compose.Composed
    template: str
    house: House

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


def composed_brief(path: Path, wanted: Wanted, bases: dict[Project, Base], problems: Problems) -> Composed | None:
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
    parts = compose.compose_brief(spec, path, base.evidence, base.passages, base.plans, base.settings, problems)
    if parts is None or problems.errors:
        return None
    name = wanted.template or spec.template or base.settings.template
    # Figures are drawn in the style of the page, and which page that is, its template says.
    plain = _page(parts.brief, name, spec, base, problems)
    return Composed(spec, base, parts, name, house_of(plain)) if plain else None


def _page(brief: Brief, template: str, spec: BriefSpec, base: Base, problems: Problems) -> Page | None:
    at = spec.place("template", key=True)
    option_at = partial(spec.place, "options", key=True)
    return render_page(brief, template, base.project.templates, problems, at, base.brand, option_at)


def _print_brief(
    path: Path, wanted: Wanted, bases: dict[Project, Base], problems: Problems
) -> tuple[Project, Printed] | None:
    """One brief typeset, with its project; ``None`` after problems."""
    composed = composed_brief(path, wanted, bases, problems)
    if composed is None:
        return None
    spec, base, project = composed.spec, composed.base, composed.base.project
    brief = _drawn(composed, problems)
    page = composed.page(brief, problems) if brief else None
    if brief is None or page is None:
        return None
    fonts = [project.brand.parent / font.path for font in base.brand.fonts]
    parts = replace(composed.parts, brief=brief)
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
        else pack(
            parts, spec, wanted.settings, project, base.evidence, base.data, composed.template, page.folders, fonts
        ),
        brief.words["draft_stamp"] if wanted.draft else "",
        page.brand_css,
        STANDARDS[wanted.standard],
        base.settings.rules,
    )
    return (project, replace(printed, rests_on=_rests_on(parts))) if printed else None


def _rests_on(parts: compose.Composed) -> dict[str, tuple[str, ...]]:
    """Ids of the entries that notes and figures rest on, by their anchors on the page."""
    drawn = {f"figure-{figure}": plan.entries for figure, plan in parts.plans.items()}
    return {**drawn, **parts.cited}


def _drawn(composed: Composed, problems: Problems) -> Brief | None:
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


def _pages(printed: Printed) -> str:
    return _counted(printed.pages, "page")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _summary(problems: Problems, written: int) -> str:
    errors, total = len(problems.errors), len(problems)
    counted = [(errors, "error"), (total - errors, "warning")]
    told = " and ".join(_counted(count, noun) for count, noun in counted if count)
    return told + ("" if written else "; nothing was written")
