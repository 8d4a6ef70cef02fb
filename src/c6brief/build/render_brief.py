"""Rendering one brief, from its specification to the bytes of its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from c6brief.brief import compose
from c6brief.brief.model import Brief, FigureBlock
from c6brief.brief.spec import BriefSpec
from c6brief.build.options import RenderOptions
from c6brief.build.page_words import check_words_of
from c6brief.build.pictures import check_pictures, prepare_pictures
from c6brief.build.project_state import ProjectState, open_brief
from c6brief.build.reviewed import compose_reviewed, load_reviewed, problems_for, review_templates
from c6brief.documents.document import Document
from c6brief.documents.files import read_bytes
from c6brief.documents.pandoc import PandocError
from c6brief.documents.problems import Place, Problems, Span
from c6brief.documents.project import Project
from c6brief.evidence.base import KINDS, Evidence
from c6brief.figures import draw_chart
from c6brief.figures.cache import FigureCache
from c6brief.figures.charts import draw_canvas
from c6brief.figures.drawing.palette import tint
from c6brief.figures.kinds import DrawContext
from c6brief.figures.rows.counts import in_words
from c6brief.figures.words import FigureWords
from c6brief.manifest.building import build_package
from c6brief.manifest.package import EvidencePackage
from c6brief.pages.page import BASE, Page, render_page
from c6brief.pages.page_style import PageStyle, page_style_of
from c6brief.pages.standalone import make_standalone
from c6brief.print.comparison.report import PageSource
from c6brief.print.layout_cache import LayoutCache
from c6brief.print.standards import STANDARDS
from c6brief.print.typesetting import PrintedBrief, TypesetInput, typeset


@dataclass(frozen=True)
class RenderInput:
    """A composed and verified brief, with its project and the style of its page, before its figures are drawn."""

    spec: BriefSpec
    state: ProjectState
    composed: compose.ComposedBrief
    template: str
    style: PageStyle

    @property
    def brief(self) -> Brief:
        """The brief, without drawings."""
        return self.composed.brief

    def page(self, brief: Brief, problems: Problems) -> Page | None:
        """``brief``, which is this one with or without drawings, in its template; ``None`` after problems."""
        return _page(replace(self.composed, brief=brief), self.template, self.spec, self.state, problems)

    @property
    def figures(self) -> list[FigureBlock]:
        """The figures of the brief, in order."""
        return [block for section in self.brief.parts() for block in section.blocks if isinstance(block, FigureBlock)]

    @property
    def labels(self) -> dict[str, str]:
        """The labels of sources, S1, S2, …, by id."""
        return {source.id: source.label for source in self.brief.sources}


def prepare_brief(
    path: Path, options: RenderOptions, states: dict[Project, ProjectState], problems: Problems
) -> RenderInput | None:
    """The brief at ``path``, composed and verified; ``None`` after problems.

    ``states`` are those of :func:`~c6brief.build.project_state.open_brief`.
    """
    load_state = partial(load_reviewed, demoted=options.demoted_rules)
    opened = open_brief(path, states, load_state, problems, options.overrides, options.brand)
    if opened is None:
        return None
    spec, state = opened
    if spec is None:
        problems.add_all(state.problems)
        return None
    problems.add_all(problems_for(state, [spec]))
    composed = compose_reviewed(spec, path, state, problems)
    name = options.template or spec.template or state.settings.template
    review_templates([name], state, problems)
    if composed is None or problems.errors:
        return None
    # Figures are drawn in the style of the page, which its template gives: so the page is rendered without them first.
    plain = _page(composed, name, spec, state, problems)
    if plain is None:
        return None
    style = page_style_of(plain)
    check_pictures(composed.brief, state, style, problems)
    return RenderInput(spec, state, composed, name, style)


def _page(
    composed: compose.ComposedBrief, template: str, spec: BriefSpec, state: ProjectState, problems: Problems
) -> Page | None:
    at = spec.place("template", key=True)
    option_at = partial(spec.place, "options", key=True)
    return render_page(
        composed.brief, template, state.project.templates, problems, at, state.brand, option_at, composed.referred
    )


def render_brief(
    path: Path,
    options: RenderOptions,
    states: dict[Project, ProjectState],
    problems: Problems,
    layout_cache: LayoutCache | None = None,
) -> PrintedBrief | None:
    """The brief at ``path`` as a PDF, or as a file without pages (HTML, DOCX, Markdown); ``None`` after problems.

    Projects in ``states`` are not read again; those that are read are added there. ``layout_cache`` keeps layouts from
    one print to the next. Problems: those of reading, composing, drawing, the template and printing.
    """
    prepared = prepare_brief(path, options, states, problems)
    if prepared is None:
        return None
    spec, state = prepared.spec, prepared.state
    brief = _draw_figures(prepared, problems)
    pictures = prepare_pictures(prepared.brief, state, prepared.style, problems)
    page = prepared.page(brief, problems) if brief and not problems.errors else None
    if brief is None or page is None:
        return None
    page = replace(page, pictures=pictures)
    if not check_words_of(page, prepared.template, spec, state, problems) and not options.draft:
        return None
    stamp = brief.words["draft_stamp"] if options.draft else ""
    if options.form in ("docx", "md"):
        return _copy(prepared, brief, pictures, options.form, stamp, problems)
    if options.form == "html":
        return PrintedBrief(make_standalone(page, spec.place(), problems, stamp).encode(), pages=0)
    said = replace(page.said, options=brief.options) if page.said else brief  # with its references as they print
    composed = replace(prepared.composed, brief=said)
    given = TypesetInput(
        html=page.html,
        base_url=BASE,
        resolve=page.resolve,
        styles=page.styles(),
        brief=spec.place(),
        find_character=lambda char: _find_character(char, spec, state.evidence),
        brand_css=page.brand_css,
        picture=page.picture,
        package=None if options.draft else _package(prepared, composed, page, options),
        stamp=stamp,
        standard=STANDARDS[options.standard],
        source=PageSource(page.said, prepared.template, state.project.templates) if page.said else None,
        severities=state.settings.rules,
    )
    printed = typeset(given, problems, layout_cache)
    return replace(printed, rests_on=_entries_by_anchor(composed)) if printed else None


def _copy(
    prepared: RenderInput, brief: Brief, pictures: Mapping[str, bytes], form: str, stamp: str, problems: Problems
) -> PrintedBrief | None:
    """The copy of ``brief`` for Word or in Markdown; ``None`` after problems: ``no-pandoc``, ``pandoc-failed``, and those
    of reading the house's ``reference.docx``.
    """
    from c6brief.build.review_copy import make_copy, with_images  # here: few are made

    settings = prepared.state.settings
    reference = None
    if form == "docx" and settings.reference_doc:
        path = prepared.state.project.brand.parent / settings.reference_doc
        at = settings.place("reference-doc")
        reference = read_bytes(path, problems, what="reference-doc", at=at)
        if reference is not None and not reference.startswith(b"PK"):
            problems.error("bad-draft", f"'{settings.reference_doc}' is no DOCX file", at, "save it as .docx in Word")
        if problems.errors:
            return None
    page = prepared.page(with_images(brief, lambda figure: _png_of(figure, prepared, problems)), problems)
    if page is None or problems.errors:
        return None
    try:
        return PrintedBrief(make_copy(replace(page, pictures=pictures), brief, form, stamp, reference), pages=0)
    except PandocError as reason:
        problems.error(reason.rule, str(reason), prepared.spec.place(), reason.hint)
        return None


def _png_of(figure: FigureBlock, prepared: RenderInput, problems: Problems) -> bytes:
    """A figure as an image of pixels, without its caption; empty after problems."""
    from c6brief.figures.drawing.export import standalone_png  # here: Matplotlib takes its time
    from c6brief.figures.drawing.fonts import drawing_settings

    state, style = prepared.state, prepared.style
    words = FigureWords(prepared.brief.language)
    options = in_words(state.charts[figure.id], words)
    context = DrawContext(state.evidence, prepared.labels, style.widths_mm[figure.width], words, style.style)
    with drawing_settings(figure.id, style.style):
        drawing, _ = draw_canvas(state.evidence.charts[figure.id], options, context, problems)
        return standalone_png(drawing, figure.title, figure.alt) if drawing else b""


def _package(
    prepared: RenderInput, composed: compose.ComposedBrief, page: Page, options: RenderOptions
) -> EvidencePackage:
    """What the file carries. A draft is not verified, and so carries no evidence."""
    state, project = prepared.state, prepared.state.project
    return build_package(
        composed,
        prepared.spec,
        settings=options.overrides,
        project=project,
        evidence=state.evidence,
        data=state.data,
        template=prepared.template,
        folders=page.folders,
        fonts=[project.brand.parent / font.path for font in state.brand.fonts],
    )


def _entries_by_anchor(composed: compose.ComposedBrief) -> dict[str, tuple[str, ...]]:
    """The ids of the entries that notes and figures rest on, by their anchors on the page."""
    drawn = {f"figure-{figure}": spec.entries for figure, spec in composed.figure_specs.items()}
    return {**drawn, **composed.cited}


def _draw_figures(prepared: RenderInput, problems: Problems) -> Brief | None:
    """The brief with its drawings, new or from the cache; ``None`` after problems."""
    state, style = prepared.state, prepared.style
    problems.severities = state.settings.rules
    before = len(problems.errors)
    cache = FigureCache(state.project.cache)
    drawings = {
        figure.id: draw_chart(
            state.evidence.charts[figure.id],
            state.charts[figure.id],
            state.evidence,
            prepared.labels,
            width_mm=style.widths_mm[figure.width],
            language=prepared.brief.language,
            style=style.style,
            problems=problems,
            cache=cache,
        )
        for figure in prepared.figures
    }
    if len(problems.errors) > before:
        return None
    return compose.insert_drawings(prepared.brief, drawings, lambda depth: tint(depth, style.style))


def _find_character(char: str, spec: BriefSpec, evidence: Evidence) -> Place:
    """The first place of the character ``char`` in the specification or the evidence; else the specification's."""
    return next(_character_places(char, spec, evidence), spec.place()) if char else spec.place()


def _character_places(char: str, spec: BriefSpec, evidence: Evidence) -> Iterator[Place]:
    """The first place of ``char`` in each text that a brief may print."""
    documents: dict[Path, Document] = {}
    if spec.document is not None:
        documents[spec.document.path] = spec.document
        for node in spec.document.overridden_texts():
            if char in node.value and node.origin is not None:
                yield node.origin
    for kind in KINDS:
        for entry in evidence.kind(kind).values():
            if entry.document is not None:
                documents.setdefault(entry.document.path, entry.document)
    for document in documents.values():
        for number, line in enumerate(document.text.split("\n"), document.first_line):
            if char in line:
                column = line.index(char) + 1
                yield document.place_of(Span(number, column, number, column + 1))
    for table in (*evidence.tables.values(), *evidence.chart_rows.values()):
        for row, cells in enumerate(table.rows or ()):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and char in cell:
                    yield table.cell_place(row, column)
