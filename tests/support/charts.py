"""Charts over a small evidence base: checked, drawn, measured, and compared with how they printed before."""

import io
import re
import textwrap
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import strategies as st
from PIL import Image

from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from c6brief.figures import STYLE, check_chart, draw_chart, known_kinds
from c6brief.figures.kinds import DrawContext
from c6brief.figures.words import FigureWords
from tests.support.paths import REFERENCES, REPOSITORY

LABELS = {"alpha": "S1", "beta": "S2", "gamma": "S3"}

SVG = "{http://www.w3.org/2000/svg}"

WIDTHS = [170.0, 118.0, 42.0]
"""mm: of figures over the full width, in the column, in the margin."""

LANGUAGES = ["en", "ru", "az", "kk", "ky", "tg", "tk", "uz"]


def random_names(most, letters="abcdefghij klmno pqrst WÄƏқ$%_"):
    """Names of one to ``most`` characters, in letters of several alphabets, that are not white space alone."""
    return st.text(st.sampled_from(letters), min_size=1, max_size=most).filter(str.strip)


def random_values(extremes):
    """Numbers of usual sizes, the ``extremes``, and ``None`` where there are no data."""
    return st.one_of(st.none(), st.integers(-200, 200), st.floats(-1e6, 1e6), st.sampled_from(extremes))


SEEDS = {
    "sources.yaml": """
        references:
          - {id: alpha, title: Alpha, title-short: Daily Alpha, custom: {text: texts/a.txt, voice: speaker}}
          - {id: beta, title: Beta, title-short: Conference report, custom: {text: texts/a.txt, voice: speaker}}
          - {id: gamma, title: Gamma, title-short: Unsigned article, custom: {text: texts/b.txt, voice: writer}}
        """,
    "people.yaml": "- {id: speaker, name: Anna Karim}\n- {id: writer, name: Unsigned writer}",
    "scopes.yaml": """
        - {id: c6, name: Six, members: [KZ, KG, TJ, TM, UZ, AZ]}
        - {id: nobody, name: Nobody}
        - {id: wrong, name: Wrong, members: [KZ, Kyrgyzstan]}
        """,
    "quotes.yaml": "- {id: word, text: some words, speaker: speaker, source: alpha, themes: [security]}",
    "claims.yaml": "- {id: holds, statement: It holds., themes: [trade], accounts: [{source: gamma, exact: words}]}",
    "events.yaml": """
        - id: launched
          title: Meetings of heads of state launched
          themes: [security]
          accounts: [{source: alpha, date: 2018, exact: words}, {source: beta, date: 2018, exact: words}]
        - id: first-meeting
          title: First meeting of the secretaries of the security councils of all the states of the region
          themes: [security]
          accounts:
            - {source: alpha, date: 2022~, basis: derived, exact: words}
            - {source: beta, date: 2024/2025, exact: words}
        - id: samarkand
          title: Second meeting, in Samarkand
          themes: [security]
          accounts: [{source: alpha, date: 2025, basis: derived, exact: words}]
        - id: exercises
          title: Joint exercises
          themes: [security]
          accounts: [{source: gamma, exact: words}]
        - id: horizon
          title: Horizon of the Strategy for $100 & more
          planned: true
          accounts: [{source: beta, date: 2040, exact: words}]
        - id: conference
          title: Conference in Baku
          accounts: [{source: alpha, date: 2026-02-18, exact: words}, {source: gamma, stance: disputes, exact: words}]
        """,
    "texts/a.txt": "some words",
    "texts/b.txt": "other words",
}


TIMELINE = """
    kind: timeline
    title: Half of the milestones have a firm year
    subtitle: Events, by year
    alt: Dot plot of <six> events & their years.
    events: [launched, first-meeting, samarkand, exercises, horizon, conference]
    """


COVERAGE = """
    kind: coverage
    title: One theme has two voices
    subtitle: Themes by source
    alt: Matrix of themes and sources.
    themes: [security, {theme: trade, label: Trade and transport across the whole of the region}]
    sources: [alpha, beta, gamma]
    """


MAP = """
    kind: map
    title: Five states and one across the sea
    subtitle: The six states
    alt: Map of six states.
    scope: c6
    highlight: [AZ]
    seas: [{name: Caspian Sea, lon: 50.9, lat: 42.0}]
    places:
      - {name: Baku, lon: 49.87, lat: 40.41, capital: true}
      - {name: Almaty, lon: 76.89, lat: 43.24}
      - {name: Bishkek, lon: 74.59, lat: 42.87, capital: true}
      - {name: Tashkent, lon: 69.24, lat: 41.31, capital: true}
    """


def with_events_as(value):
    """The timeline with another value of ``events``."""
    return re.sub(r"events: .*", f"events: {value}", TIMELINE)


KINDS = {"timeline": TIMELINE, "coverage": COVERAGE, "map": MAP}


def base(folder, problems=None, **charts):
    """An evidence base with these charts, through the public face; ``problems`` takes what is wrong with it."""
    files = SEEDS | {f"charts/{name}.yaml": text for name, text in charts.items()}
    for name, text in files.items():
        path = folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
    found = Problems() if problems is None else problems
    evidence = load_evidence(Project(folder), found)
    assert problems is not None or not found.errors, "\n".join(map(str, found))
    return evidence


def problems_of(make, folder, chart):
    """Everything that reading and checking say of one chart called ``bad``; ``make`` is :func:`base` or one like it."""
    problems = Problems()
    evidence = make(folder, problems, bad=chart)
    if "bad" in evidence.charts:
        assert check_chart(evidence.charts["bad"], evidence, problems) is None
    return list(problems)


def assert_told(problem, rule, words, hint):
    """That the problem is of this rule, at these words of the chart's file, with this in its hint."""
    assert problem.rule == rule and hint in problem.hint, str(problem)
    assert problem.place.file.endswith("charts/bad.yaml"), str(problem)
    if words is not None:
        span = problem.place.span
        assert problem.place.line_text[span.column - 1 : span.end_column - 1] == words, str(problem)


def checked(evidence, name):
    problems = Problems()
    options = check_chart(evidence.charts[name], evidence, problems)
    assert options is not None, "\n".join(map(str, problems))
    return options


def drawn(evidence, name, width_mm=170.0, language="en"):
    chart = evidence.charts[name]
    return draw_chart(chart, checked(evidence, name), evidence, LABELS, width_mm=width_mm, language=language)


def canvas_of(options, evidence, width_mm=170.0, language="en"):

    from c6brief.figures.drawing.fonts import drawing_settings  # here, and below: it imports Matplotlib

    context = DrawContext(evidence, LABELS, width_mm, FigureWords(language), STYLE)
    with drawing_settings("test"):
        return known_kinds()[options.kind].draw(options, context)


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def boxes(canvas):
    """The extents of all texts as Matplotlib measures them: (words, left, bottom, right, top) in pt."""
    from matplotlib.backends.backend_svg import RendererSVG  # measures without hinting, as the page is set
    from matplotlib.text import Text

    from c6brief.figures.drawing.export import matplotlib_figure

    renderer = RendererSVG(canvas.width, canvas.height, io.StringIO())
    found = []
    for text in matplotlib_figure(canvas).findobj(Text):
        if text.get_text():
            extent = text.get_window_extent(renderer)
            slack = extent.height / 8  # the font's line is a third taller than its letters
            found.append((text.get_text(), extent.x0, extent.y0 + slack, extent.x1, extent.y1 - slack))
    return found


def marks(canvas):
    """The extents of shapes of a mark's size, but for patches of paper, and for what reaches far across a break."""
    from matplotlib.colors import to_hex
    from matplotlib.patches import PathPatch

    from c6brief.figures.drawing.export import matplotlib_figure

    shapes = []
    for patch in matplotlib_figure(canvas).findobj(PathPatch):
        codes = patch.get_path().codes
        drawn = to_hex(patch.get_facecolor()) != STYLE.paper or patch.get_edgecolor()[3] > 0
        extent = patch.get_window_extent()
        if codes is not None and 79 in codes and drawn and extent.height < 12 and extent.width < 100:
            shapes.append((extent.x0, extent.y0, extent.x1, extent.y1))
    return shapes


def overlap(one, two, tolerance=0.8):
    across = min(one[2], two[2]) - max(one[0], two[0])
    down = min(one[3], two[3]) - max(one[1], two[1])
    return across > tolerance and down > tolerance


def assert_readable(canvas, *, with_marks=False):
    found = boxes(canvas)
    assert found
    for words, left, bottom, right, top in found:
        where = f"{words!r}: {left:.1f} to {right:.1f} of {canvas.width}, {bottom:.1f} to {top:.1f} of {canvas.height}"
        assert left >= -0.6 and bottom >= -0.6 and right <= canvas.width + 0.6 and top <= canvas.height + 0.6, where
    for (one, *first), (two, *second) in combinations(found, 2):
        assert not overlap(first, second), f"{one!r} and {two!r} overlap: {first}, {second}"
    shapes = marks(canvas) if with_marks else []
    for words, *box in found:
        for mark in shapes:
            assert not overlap(box, mark), f"{words!r} overlaps a mark: {box}, {mark}"


def page(svg):
    fonts = (REPOSITORY / "src/c6brief/assets/fonts").as_uri()
    faces = "".join(
        f"@font-face {{ font-family: 'Brief Sans'; src: url({fonts}/SourceSans3-{file}.ttf);"
        f" font-weight: {weight}; font-style: {style} }}"
        for file, weight, style in (
            ("Regular", 400, "normal"),
            ("It", 400, "italic"),
            ("Semibold", 600, "normal"),
            ("Bold", 700, "normal"),
        )
    )
    sheet = f"{faces} @page {{ size: 174mm 130mm; margin: 2mm }} body {{ margin: 0 }} svg {{ display: block }}"
    return f"<html lang='en'><style>{sheet}</style>{svg}"


def assert_prints_as_it_did(svg, name, folder, *, words=()):
    """That ``svg`` prints like ``tests/figures/references/NAME.png``, in our fonts, with these words to be found in it.

    To accept a new look: delete the file and run the test twice. On failure ``folder`` holds a difference image.
    """
    import pypdf
    import pypdfium2
    import weasyprint

    from c6brief.print.weasyprint_svg_text import draw_svg_texts_whole

    with draw_svg_texts_whole():
        pdf = weasyprint.HTML(string=page(svg)).write_pdf()
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    names = {str(font.get_object()["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert names and all("Brief-Sans" in font for font in names), f"a font fell back: {names}"
    document = pypdfium2.PdfDocument(pdf)
    extracted = "".join(document[0].get_textpage().get_text_range().split())  # it takes some tables to run downwards
    for wanted in words:
        assert "".join(wanted.split()) in extracted

    image = document[0].render(scale=110 / 72).to_pil().convert("RGB")
    reference = REFERENCES / f"{name}.png"
    if not reference.exists():
        image.save(reference, optimize=True)
        pytest.fail(f"{reference} did not exist; it was written: look at it, then run again")
    expected = Image.open(reference).convert("RGB")
    assert image.size == expected.size
    difference = np.abs(np.asarray(image, dtype=int) - np.asarray(expected, dtype=int)).max(axis=2)
    changed = int((difference > 64).sum())
    if changed > 120:  # pixels; other machines smooth edges a little otherwise
        out = folder / f"{name}-difference.png"
        Image.fromarray((255 - np.minimum(difference * 2, 255)).astype("uint8")).save(out)
        image.save(folder / f"{name}.png")
        pytest.fail(f"{changed} pixels changed: see {out} and {folder / name}.png beside {reference}")
