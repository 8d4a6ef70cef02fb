"""A figure drawn by code of the project: what the code is given, and what is looked at in what it has drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from c6brief.documents.lookups import report_lookup
from c6brief.documents.problems import Place, Problems
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.marked_words import MarkedWords
from c6brief.evidence.marks import has_marks
from c6brief.evidence.quotation_marks import quotations_in
from c6brief.figures.checks import FIGURE_TEXT
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.palette import MOST_SERIES, series_styles
from c6brief.figures.drawing.style import POINTS_PER_MM, Style
from c6brief.figures.kinds import CannotDraw, DrawContext
from c6brief.figures.matplotlib.code_file import check_trust, read_code
from c6brief.figures.matplotlib.legibility import faults_of
from c6brief.figures.matplotlib.options import MatplotlibOptions
from c6brief.figures.matplotlib.process import run_code
from c6brief.figures.rows.tabular import table_of

MOST_FAULTS = 5
"""Of one figure that are told: a hundred labels upon each other are one mistake."""

PROPORTION = 0.6
"""The height of a figure to its width, where its chart says nothing."""

_NOT_OF_CODE = ("family", "faces", "sea", "land", "coast", "leading")
"""Fields of the style that code is not given by name."""


class CodeCanvas(Canvas):
    """A sheet that code has drawn on. ``said``: its texts whole; ``reads``: other files of the project that the code has read."""

    said: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


def draw_by_code(options: MatplotlibOptions, context: DrawContext) -> CodeCanvas:
    """The drawing that the code of ``options`` makes. Code that is not trusted is not run, whoever asks. Raises ``CannotDraw``."""
    problems = Problems()
    code = read_code(options, options.code, problems)
    if code is None or not check_trust(code, options, problems):
        raise CannotDraw(problems.errors[0])
    drawing = run_code(code, _request(options, context), context.style)
    canvas = CodeCanvas(drawing.canvas.width, drawing.canvas.height, context.style)
    canvas.layers, canvas.said, canvas.reads = drawing.canvas.layers, drawing.said, drawing.reads
    return canvas


def _request(options: MatplotlibOptions, context: DrawContext) -> dict[str, Any]:
    """What the process of the code is given, as plain values."""
    table = table_of(options, context.evidence)
    style = context.style
    height = context.width * PROPORTION if options.height is None else options.height * POINTS_PER_MM
    return {
        "id": options.id,
        "fields": [(field.name, field.type) for field in table.fields],
        "rows": [list(row) for row in table.rows or ()],
        "style": asdict(style),
        "house": {
            "width": context.width,
            "height": height,
            "language": str(context.words.locale).replace("_", "-"),
            "series": _series_colours(style),
            **{name: value for name, value in asdict(style).items() if name not in _NOT_OF_CODE},
        },
    }


def _series_colours(style: Style) -> list[str]:
    return [each.colour for each in series_styles(MOST_SERIES, style)]


def verify_texts(
    options: MatplotlibOptions, canvas: Canvas, context: DrawContext, sources: Sequence[str], problems: Problems
) -> bool:
    """Verify words in marks in the texts of ``canvas`` against the ``sources`` of the chart, and see whether all can be read.

    Returns whether the drawing may be kept: a text with marks is verified each time, what was told is told each time, and
    other files of the project that the code reads may change. Problems: those of
    :class:`~c6brief.evidence.marked_words.MarkedWords`, and ``figure-text``.
    """
    assert isinstance(canvas, CodeCanvas)
    for path in canvas.reads:
        report_lookup(Path(path))
    code = read_code(options, options.code, Problems())

    def find(words: str) -> Place:
        return (code.find(words) if code else None) or options.place("code")

    faults = list(islice(faults_of(canvas), MOST_FAULTS))
    for words, message, hint in faults:
        problems.report(FIGURE_TEXT, message, find(words), hint)
    texts = _texts(canvas)
    if not any(map(has_marks, texts)):
        return not canvas.reads and not faults
    named = tuple(dict.fromkeys((*((options.source,) if options.source else ()), *sources)))
    language = context.words.locale.language
    marked = MarkedWords(Attribution(context.evidence, language), problems, language)
    hint = "" if named else "name the source of this chart (source: ID)"
    for text in _readings(texts, canvas):
        for span in marked.quotations(text):
            marked.quotation(text, span, named, find, hint=hint)
    return False


def _texts(canvas: CodeCanvas) -> list[str]:
    """The texts of ``canvas``: those of several lines whole, and each line."""
    return list(dict.fromkeys((*canvas.said, *(text.words for text in canvas.texts.values()))))


def _readings(texts: Sequence[str], canvas: CodeCanvas) -> Iterator[str]:
    """The texts as a reader may put them together: each, and those that a pair of marks joins, as drawn and as they stand."""
    yield from (text for text in texts if text in canvas.said or not any(text in said for said in canvas.said))
    inside = {text[span.start : span.end] for text in texts for span in quotations_in(text)}
    if any(has_marks(text) and not quotations_in(text) for text in texts):
        standing = sorted(canvas.texts.values(), key=lambda text: (round(text.y), text.x))
        for joined in dict.fromkeys((" ".join(canvas.said), " ".join(text.words for text in standing))):
            if any(joined[span.start : span.end] not in inside for span in quotations_in(joined)):
                yield joined
