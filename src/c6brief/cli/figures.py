"""``c6brief render --figures DIR``: the figures of briefs alone, verified as for print; no PDF of the brief."""

from __future__ import annotations

from pathlib import Path

from c6brief.brief.model import Figure, Table
from c6brief.brief.prose import typographic
from c6brief.cli.base import Base
from c6brief.cli.render import RenderInput, RenderOptions, composed_brief
from c6brief.cli.telling import told
from c6brief.documents.files import display_name, write_all_beside
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project
from c6brief.figures.counts import in_words
from c6brief.figures.drawing import check_letters
from c6brief.figures.kind import DrawContext, kind_of
from c6brief.figures.style import drawing_settings
from c6brief.figures.words import Words


def write_figures(paths: list[Path], wanted: RenderOptions, folder: Path) -> int:
    """Write every figure of the briefs to ``folder``; all of them, or after an error none. Returns the exit status.

    Files are called after the figure: ``ID.svg``, ``ID.pdf``, ``ID.png``, and ``ID.csv`` with its data. A figure that two
    briefs share is written once, as the first of them has it. Problems: those of every room, and ``not-writable``.
    """
    problems = Problems()
    bases: dict[Project, Base] = {}
    files: dict[str, dict[Path, bytes]] = {}
    for path in paths:
        composed = composed_brief(path, wanted, bases, problems)
        for figure in _charts(composed) if composed else ():
            if figure.id not in files:
                files[figure.id] = _files(figure, composed, folder, problems)
    lines: list[str] = []
    if not problems.errors:
        try:
            write_all_beside({path: data for each in files.values() for path, data in each.items()})
            lines = [_line(list(each)) for each in files.values()]
        except OSError as reason:
            message = f"'{display_name(folder)}' cannot be written: {reason.strerror}"
            problems.error("not-writable", message, Place(display_name(folder)), "choose another folder")
    if not files and not len(problems):
        lines = ["no figures: nothing was written"]
    return told(problems, lines)


def _charts(composed: RenderInput) -> list[Figure | Table]:
    """The charts of a brief in order: those that are drawn, and those that the page prints as tables."""
    blocks = [block for section in composed.brief.sections for block in section.blocks]
    return [each for each in blocks if isinstance(each, Figure) or (isinstance(each, Table) and each.chart)]


def _files(figure: Figure | Table, composed: RenderInput, folder: Path, problems: Problems) -> dict[Path, bytes]:
    """The files of one chart; the width of a column where the brief has it in the margin, which no slide has."""
    from c6brief.figures.export import Caption, framed, lone_files  # here: Matplotlib takes its time

    base, house = composed.base, composed.house
    chart = base.evidence.charts[figure.id]
    words = Words(composed.brief.language)
    options = in_words(base.charts[figure.id], words)
    width = house.widths_mm["full" if figure.width == "full" else "column"]
    setting = DrawContext(base.evidence, composed.labels, width, words, house.style)
    with drawing_settings(figure.id, house.style):
        drawing = kind_of(chart).draw(options, setting)
        sheet = framed(drawing, Caption(figure.title, figure.subtitle, figure.note, figure.source_line))
        if check_letters(sheet, chart, options, base.evidence, problems):
            return {}
        made = lone_files(sheet, f"chart-{figure.id}", figure.title, typographic(chart.alt))
    if figure.id in base.data:
        made[".csv"] = base.data[figure.id].to_csv()
    name = figure.id.replace(":", "-")
    return {folder / f"{name}{ending}": data for ending, data in made.items()}


def _line(paths: list[Path]) -> str:
    return f"{display_name(paths[0])}  and {', '.join(path.suffix for path in paths[1:])}"
