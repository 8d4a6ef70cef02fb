"""Writing the figures of briefs as files of their own, verified as for print, without the briefs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from c6brief.brief.model import FigureBlock, TableBlock
from c6brief.brief.prose import smarten
from c6brief.build.limits import begin_brief
from c6brief.build.options import RenderOptions
from c6brief.build.project_state import ProjectState
from c6brief.build.render_brief import RenderInput, prepare_brief
from c6brief.documents.boundary import OutsideProject, add_root
from c6brief.documents.files import display_name, read_bytes, report_outside
from c6brief.documents.images.facts import LARGEST_FILE
from c6brief.documents.problems import Place, Problem, Problems
from c6brief.documents.project import Project
from c6brief.documents.writing import write_all_beside
from c6brief.evidence.image_files import IMAGE_KIND
from c6brief.figures.charts import draw_canvas, report_missing_glyphs
from c6brief.figures.kinds import DrawContext
from c6brief.figures.rows.counts import in_words
from c6brief.figures.words import FigureWords


@dataclass(frozen=True)
class ExportResult:
    """The files written for each figure, in order, and every problem. After an error no file is written."""

    figures: tuple[tuple[Path, ...], ...]
    problems: tuple[Problem, ...]


def export_figures(briefs: Sequence[Path], options: RenderOptions, folder: Path) -> ExportResult:
    """Write every figure of ``briefs`` to ``folder``: all of them, or after an error none.

    The files of a figure are ``ID.svg``, ``ID.pdf``, ``ID.png``, and ``ID.csv`` with its data. A figure of several
    briefs is written once, as in the first of them. Problems: those of reading, composing and drawing, and
    ``not-writable``, ``outside-project``.
    """
    problems = Problems()
    states: dict[Project, ProjectState] = {}
    files: dict[str, dict[Path, bytes]] = {}
    for path in briefs:
        begin_brief(path)
        prepared = prepare_brief(path, options, states, problems)
        if prepared is None:
            continue
        problems.severities = prepared.state.settings.rules
        for figure in _charts(prepared):
            if figure.id not in files:
                files[figure.id] = _files(figure, prepared, folder, problems)
    if not problems.errors:
        add_root(folder)  # the user has named it: it may lie anywhere
        try:
            write_all_beside({path: data for each in files.values() for path, data in each.items()})
            return ExportResult(tuple(tuple(each) for each in files.values()), tuple(problems))
        except OutsideProject as reason:
            report_outside(Path(reason.filename), problems)
        except OSError as reason:
            message = f"'{display_name(folder)}' cannot be written: {reason.strerror}"
            problems.error("not-writable", message, Place(display_name(folder)), "choose another folder")
    return ExportResult((), tuple(problems))


def _own_file(
    figure: FigureBlock | TableBlock, prepared: RenderInput, folder: Path, problems: Problems
) -> dict[Path, bytes]:
    """The file of a chart that was made elsewhere, as it came, and its data."""
    state = prepared.state
    path = state.evidence.image_files[figure.id].path
    data = read_bytes(path, problems, what="image", largest=LARGEST_FILE)
    name = figure.id.replace(":", "-")
    rows = {folder / f"{name}.csv": state.data[figure.id].to_csv()} if figure.id in state.data else {}
    return {} if data is None else {folder / f"{name}{path.suffix.lower()}": data, **rows}


def _charts(prepared: RenderInput) -> list[FigureBlock | TableBlock]:
    """The charts of a brief in order: those that are drawn, and those that are printed as tables."""
    blocks = [block for section in prepared.brief.parts() for block in section.blocks]
    return [each for each in blocks if isinstance(each, FigureBlock) or (isinstance(each, TableBlock) and each.chart)]


def _files(
    figure: FigureBlock | TableBlock, prepared: RenderInput, folder: Path, problems: Problems
) -> dict[Path, bytes]:
    """The files of one chart. One that stands in the margin of the brief has the width of the column here."""
    # Here: they import Matplotlib, which takes its time.
    from c6brief.figures.drawing.export import Caption, standalone_files, with_caption
    from c6brief.figures.drawing.fonts import drawing_settings

    state, style = prepared.state, prepared.style
    chart = state.evidence.charts[figure.id]
    if chart.kind == IMAGE_KIND:
        return _own_file(figure, prepared, folder, problems)
    words = FigureWords(prepared.brief.language)
    options = in_words(state.charts[figure.id], words)
    width = style.widths_mm["full" if figure.width == "full" else "column"]
    context = DrawContext(state.evidence, prepared.labels, width, words, style.style)
    with drawing_settings(figure.id, style.style):
        drawing, _ = draw_canvas(chart, options, context, problems)
        if drawing is None:
            return {}
        sheet = with_caption(drawing, Caption(figure.title, figure.subtitle, figure.note, figure.source_line))
        if report_missing_glyphs(sheet, chart, options, state.evidence, problems):
            return {}
        contents = standalone_files(sheet, f"chart-{figure.id}", figure.title, smarten(chart.alt))
    if figure.id in state.data:
        contents[".csv"] = state.data[figure.id].to_csv()
    name = figure.id.replace(":", "-")
    return {folder / f"{name}{ending}": data for ending, data in contents.items()}
