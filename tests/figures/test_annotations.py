"""Annotations: words with arrows, bands and lines on every kind of chart with axes, in values of its data."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c6brief.build.project_state import load_project
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.figures import check_chart, draw_chart
from c6brief.figures.annotations.drawing import DOTS, SHORT_OF, band_colour
from c6brief.figures.annotations.options import PLAIN
from c6brief.figures.annotations.room import FreeRoom
from c6brief.figures.document import EXAMPLE
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas, PathLayer
from c6brief.figures.drawing.fonts import Face, drawing_settings
from c6brief.figures.drawing.style import STYLE
from tests.support.charts import (
    LABELS,
    WIDTHS,
    assert_readable,
    assert_told,
    base,
    canvas_of,
    checked,
    drawn,
    problems_of,
    random_names,
    texts,
)
from tests.support.paths import REPOSITORY
from tests.support.sampling import examples

HEAD = """
    kind: {kind}
    title: Freight has grown
    subtitle: Freight by state, million tonnes
    alt: Chart of freight and its growth.
    """
YEARS = """fields:
      - {name: year, type: year}
      - {name: a, type: number, title: Aktau, unit: tonnes}
      - {name: b, type: number, title: Baku, unit: tonnes}
    rows: [[2010, 20, 60], [2012, 30, 50], [2014, 26, 44], [2016, 41, 40], [2018, 52, 38], [2020, 60, 41]]
    x: year
    y: [a, b]
    """
PORTS = """fields: [{name: port}, {name: tonnes, type: number, unit: tonnes}]
    rows: [[Aktau, 70], [Baku, 45], [Turkmenbashi, 20], [Poti, 62], [Batumi, 33]]
    x: port
    y: tonnes
    """
POINTS = """fields: [{name: port}, {name: roads, type: number, unit: km}, {name: freight, type: number, unit: tonnes}]
    rows: [[A, 1, 2], [B, 2, 3], [C, 3, 2.5], [D, 4, 6], [E, 5, 7], [F, 6, 6.5], [G, 2.5, 5], [H, 7, 3]]
    x: roads
    y: freight
    label: port
    """
AGES = """fields: [{name: age, type: number, unit: years}]
    rows: [[1], [2], [3], [4], [4], [5], [5], [6], [6], [6], [7], [7], [8], [9], [12], [15], [21]]
    x: age
    median: true
    """
ALONG_TIME = """annotate:
      - {x: 2011, text: Port opened}
      - {x: 2014, y: 30, text: "Rails under sand, for half a year", to: {x: 2014, y: 26}}
      - {x: 2018, y: 60, text: no arrow}
    periods: [{from: 2013, to: 2015, label: Drought}, {from: 2019, to: 2020, label: Since the war}]
    references: [{value: 47, label: Average}]
    """
ALONG_NUMBERS = """annotate:
      - {x: Turkmenbashi, y: 50, text: The smallest of all ports, to: {x: Turkmenbashi, y: 20}}
      - {x: Baku, y: 60, text: no arrow}
    periods: [{from: 30, to: 40, label: Usual range}]
    references: [{value: 50, label: Target}, {value: 75, label: What is planned}]
    """
SERIES = HEAD.format(kind="line") + YEARS
ANNOTATED = {
    "line": SERIES + ALONG_TIME.replace("periods: [", "periods: [{axis: y, from: 30, to: 36, label: Planned}, "),
    "area": HEAD.format(kind="area") + YEARS + ALONG_TIME,
    "single": HEAD.format(kind="area") + YEARS.replace("y: [a, b]", "y: a") + ALONG_TIME,
    "bar": HEAD.format(kind="bar") + PORTS + ALONG_NUMBERS,
    "dot": HEAD.format(kind="dot") + PORTS + ALONG_NUMBERS,
    "scatter": HEAD.format(kind="scatter") + POINTS + """annotate:
      - {x: 4.5, y: 3, text: Many roads and little freight, to: {x: 7, y: 3}}
      - {x: 5, text: Limit of the law}
    periods: [{from: 2, to: 3.5, label: Usual}, {axis: y, from: 5.5, to: 6.5, label: Wanted}]
    references: [{value: 4, label: Average of all}]
    """,
    "histogram": HEAD.format(kind="histogram") + AGES + """annotate:
      - {x: 15, y: 4, text: A long tail of the old, to: {x: 13, y: 1}}
      - {x: 10, text: Law of 2010}
    periods: [{from: 2, to: 5, label: School}]
    references: [{value: 18, label: Of age}]
    """,
    "panels": """
    kind: small-multiples
    panel: line
    facet: state
    title: Freight has grown
    subtitle: Freight by state, million tonnes
    alt: Chart of freight and its growth.
    fields: [{name: state}, {name: year, type: year}, {name: tonnes, type: number}]
    rows: [[A, 2010, 2], [A, 2014, 3], [A, 2018, 9], [B, 2010, 5], [B, 2014, 4], [B, 2018, 6]]
    x: year
    y: tonnes
    periods: [{from: 2014, to: 2018, label: War}]
    references: [{value: 5, label: Target}]
    """,
}  # fmt: skip
"""A chart of every kind that takes annotations, with all that it takes."""


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return base(tmp_path_factory.mktemp("annotations"), **ANNOTATED)


def without(options):
    """The chart without its annotations."""
    return options.model_copy(update={"annotate": (), "periods": (), "references": ()})


def own_words(options):
    return [words for _, words in options.written()]


def boxes_of(canvas, words):
    """The boxes of texts on ``canvas`` whose words are among ``words``."""
    found = []
    for text in canvas.texts.values():
        if text.words in words:
            size = text.face.size
            right = text.x + fonts.width(text.words, text.face)
            found.append((text.x, text.y - fonts.ASCENT * size, right, text.y + fonts.DESCENT * size))
    return found


def data_in(canvas, box):
    """Whether a line or shape of the data lies within ``box``: measured point by point, without our own room."""
    left, top, right, bottom = box[0] + 0.5, box[1] + 0.5, box[2] - 0.5, box[3] - 0.5
    for layer in canvas.layers:
        data = isinstance(layer, PathLayer) and not {layer.fill, layer.edge} & {STYLE.paper, STYLE.hair, STYLE.ink}
        if not data or layer.fill == band_colour(STYLE) or layer.dashes == DOTS:
            continue
        points = np.asarray(layer.path.vertices)
        for one, two in itertools.pairwise(points):
            way = one + (two - one) * np.linspace(0, 1, 200)[:, None]
            if ((way[:, 0] > left) & (way[:, 0] < right) & (way[:, 1] > top) & (way[:, 1] < bottom)).any():
                return True
    return False


# What is drawn


@pytest.mark.parametrize("name", ANNOTATED)
def test_all_words_stand_there_once_and_overlap_nothing(evidence, name):
    options = checked(evidence, name)
    for width in WIDTHS[:2]:
        canvas = canvas_of(options, evidence, width)
        assert not canvas.crowded
        assert_readable(canvas)
        written = " ".join(" ".join(text.words for text in canvas.texts.values()).split())
        for words in own_words(options):
            assert words in written or all(word in written for word in words.split()), words


@pytest.mark.parametrize("name", [name for name in ANNOTATED if name != "panels"])
@pytest.mark.parametrize("width", [170.0, 118.0])
def test_words_on_the_plot_stand_on_no_data(evidence, name, width):
    options = checked(evidence, name)
    canvas = canvas_of(options, evidence, width)
    on_plot = [each.text for each in options.annotate if each.y is not None]
    lines = {line for words in on_plot for line in _pieces(words)}
    found = boxes_of(canvas, lines)
    assert len(found) >= len(on_plot)
    assert not any(data_in(canvas, box) for box in found)


def _pieces(words):
    """Every run of words, as a line may hold it."""
    parts = words.split()
    return {" ".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)}


def test_an_arrow_ends_at_its_point_and_begins_at_its_words(evidence):
    canvas = canvas_of(checked(evidence, "line"), evidence)
    head = next(layer for layer in canvas.layers if isinstance(layer, PathLayer) and layer.fill == STYLE.ink)
    tip = np.asarray(head.path.vertices)[0]
    line = next(layer for layer in canvas.layers if getattr(layer, "edge", "") == STYLE.brand)
    point = np.asarray(line.path.vertices)[2]  # 2014
    assert np.hypot(*(tip - point)) == pytest.approx(SHORT_OF, abs=0.05)


def test_bands_and_lines_stand_at_their_values(evidence):
    canvas = canvas_of(checked(evidence, "line"), evidence)
    points = {}
    for layer in canvas.layers:
        if getattr(layer, "edge", "") == STYLE.brand and len(layer.path.vertices) == 6:
            points = dict(zip(range(2010, 2022, 2), np.asarray(layer.path.vertices), strict=True))
    (x0, y0), (x1, y1) = points[2010], points[2020]
    at_x = lambda year: x0 + (year - 2010) / 10 * (x1 - x0)  # noqa: E731
    at_y = lambda value: y0 + (value - 20) / 40 * (y1 - y0)  # noqa: E731
    boxes = [
        (*np.min(layer.path.vertices, axis=0), *np.max(layer.path.vertices, axis=0))
        for layer in canvas.layers
        if getattr(layer, "fill", "") == band_colour(STYLE) and len(layer.path.vertices) == 5
    ]
    across = sorted((box[0], box[2]) for box in boxes)
    assert any(np.allclose(pair, (at_x(2013), at_x(2015)), atol=0.05) for pair in across)
    assert any(np.allclose((box[1], box[3]), (at_y(36), at_y(30)), atol=0.05) for box in boxes)
    [level] = [layer for layer in canvas.layers if getattr(layer, "dashes", None) == DOTS]
    assert np.asarray(level.path.vertices)[0, 1] == pytest.approx(at_y(47), abs=0.05)


@pytest.mark.parametrize("name", ["bar", "dot"])
def test_values_to_compare_with_are_written_above_and_held_by_the_scale(evidence, name):
    svg = drawn(evidence, name, 118)
    assert {"Target 50", "What is planned 75", "Usual range"} <= set(texts(svg))
    canvas = canvas_of(checked(evidence, name), evidence, 118.0)
    dotted = {float(layer.path.vertices[0][0]) for layer in canvas.layers if getattr(layer, "dashes", None) == DOTS}
    assert len(dotted) == 2 and max(dotted) <= canvas.width


@pytest.mark.parametrize("name", [name for name in ANNOTATED if name != "panels"])
def test_a_chart_without_annotations_has_none_of_it(evidence, name):
    canvas = canvas_of(without(checked(evidence, name)), evidence, 118.0)
    assert band_colour(STYLE) not in {getattr(layer, "fill", "") for layer in canvas.layers}
    assert DOTS not in {getattr(layer, "dashes", None) for layer in canvas.layers}


def test_notes_of_a_line_chart_are_annotations_as_they_were_written_before(tmp_path):
    found = Problems()
    old = SERIES + "notes: [{x: 2011, label: Port opened}, {x: 2016, label: New rails}]\n"
    new = SERIES + "annotate: [{x: 2011, text: Port opened}, {x: 2016, text: New rails}]\n"
    ev = base(tmp_path, None, old=old, new=new)
    assert check_chart(ev.charts["old"], ev, found) is not None
    [told] = found
    assert (told.rule, told.severity, told.place.line_text.split(":")[0].strip()) == ("old-key", "note", "notes")
    assert drawn(ev, "old").replace("chart-old", "") == drawn(ev, "new").replace("chart-new", "")


def test_the_example_of_the_docs_is_drawn(tmp_path):
    ev = base(tmp_path, example=EXAMPLE)
    for width in WIDTHS[:2]:
        canvas = canvas_of(checked(ev, "example"), ev, width)
        assert not canvas.crowded
        assert_readable(canvas)


def test_a_value_on_the_other_side_of_zero_has_its_room(tmp_path):
    signed = PORTS.replace("[Batumi, 33]", "[Batumi, -12]")
    lines = "references: [{value: -40, label: Worst year}]\n    annotate: [{x: Batumi, y: -30, text: A loss}]\n"
    ev = base(tmp_path, bar=HEAD.format(kind="bar") + PORTS + lines, signed=HEAD.format(kind="bar") + signed + lines)
    problems = Problems()
    assert check_chart(ev.charts["bar"], ev, problems) is not None
    for name in ("bar", "signed"):
        assert_readable(canvas_of(checked(ev, name), ev, 118.0))


def test_composing_knows_the_words_of_every_annotation_and_where_they_stand(evidence):
    assert own_words(checked(evidence, "panels")) == ["War", "Target"]
    state = load_project(Project(REPOSITORY / "docs" / "gallery"))
    written = dict(state.figure_specs["line-annotated"].annotations)
    assert written["annotate", 0, "text"] == "The peak, 11,889 dollars"
    assert set(written) > {("annotate", 1, "text"), ("periods", 0, "label"), ("references", 0, "label")}
    assert not state.figure_specs["bar"].annotations


# What cannot be placed


CROWDED = "annotate:\n      - {x: 2014, y: 30, text: " + " ".join(["Incomprehensibilities"] * 4) + "}\n"


def test_words_without_room_are_told_where_they_are_written(tmp_path):
    ev = base(tmp_path, tight=SERIES + CROWDED)
    chart, problems = ev.charts["tight"], Problems()
    draw_chart(chart, checked(ev, "tight"), ev, LABELS, width_mm=30.0, problems=problems)
    [told] = problems
    assert (told.rule, told.severity) == ("crowded-words", "warning") and "30 mm" in told.message
    span = told.place.span
    assert told.place.line_text[span.column - 1 :].startswith("Incomprehensibilities")
    problems = Problems()
    draw_chart(chart, checked(ev, "tight"), ev, LABELS, width_mm=170.0, problems=problems)
    assert not list(problems)


def test_words_that_would_have_to_stand_far_off_are_told_unless_an_arrow_says_what_is_meant():
    from c6brief.figures.annotations.drawing import Words, write_words
    from c6brief.figures.drawing.axes import Plot

    with drawing_settings("test"):
        for to, far in ((None, True), ((40.0, 40.0), False)):
            canvas = Canvas(300, 200, STYLE)
            canvas.rectangle(0, 0, 200, 200, STYLE.brand)
            write_words(canvas, Plot(0, 0, 300, 200), [Words("Far", 50, 100, ("annotate", 0, "text"), to)])
            assert bool(canvas.crowded) == far
            [box] = boxes_of(canvas, {"Far"})
            assert box[0] >= 200


def test_room_is_what_letters_lines_and_shapes_leave():
    with drawing_settings("test"):
        canvas = Canvas(100, 60, STYLE)
        canvas.line([(0, 30), (100, 30)], STYLE.brand, 1.0)
        canvas.line([(0, 10), (100, 10)], STYLE.hair, 0.4)
        canvas.text(2, 55, "here", Face(8.0), STYLE.ink)
        room = FreeRoom(canvas, (0, 0, 100, 60), {STYLE.hair, STYLE.paper})
        corners, upon = room.places(20, 8)
    assert len(corners) and not upon.any()
    tops, lefts = corners[:, 1], corners[:, 0]
    assert not ((tops > 21) & (tops < 30)).any(), "none upon the line"
    assert ((tops < 10) & (tops + 8 > 10)).any(), "a grid line is no obstacle"
    assert not ((lefts < 15) & (tops > 42)).any(), "none upon the words"


# Problems


def one(key, entry, chart=SERIES):
    return f"{chart}{key}: [{entry}]\n"


BARS, DOTTED = HEAD.format(kind="bar") + PORTS, HEAD.format(kind="dot") + PORTS
AREA, HIST = HEAD.format(kind="area") + YEARS, HEAD.format(kind="histogram") + AGES
SPOTS = HEAD.format(kind="scatter") + POINTS
LONG = "a word " * 20
BAD = {
    "x before": (one("annotate", "{x: 1999, y: 30, text: a}"), "bad-value", "1999", "2010 to 2020"),
    "x of a pole": (one("annotate", "{x: 2031, text: a}"), "bad-value", "2031", "2010 to 2020"),
    "no year": (one("annotate", "{x: never, y: 30, text: a}"), "bad-value", "never", ""),
    "no date": (
        one("annotate", "{x: 2024-02-31, text: a}",
            SERIES.replace("type: year", "type: date").replace("[2010,", "[2010-01-01,").replace("[2012,", "[2012-01-01,")
            .replace("[2014,", "[2014-01-01,").replace("[2016,", "[2016-01-01,").replace("[2018,", "[2018-01-01,")
            .replace("[2020,", "[2024-12-31,")),
        "bad-value", "2024-02-31", "2026-03-02",
    ),
    "y far above": (one("annotate", "{x: 2014, y: 600, text: a}"), "bad-value", "600", "20 to 60"),
    "y far below": (one("annotate", "{x: 2014, y: -99, text: a}"), "bad-value", "-99", "20 to 60"),
    "y without end": (one("annotate", "{x: 2014, y: .inf, text: a}"), "bad-value", ".inf", ""),
    "y is a word": (one("annotate", "{x: 2014, y: high, text: a}"), "wrong-type", "high", ""),
    "arrow beyond": (one("annotate", "{x: 2014, y: 30, text: a, to: {x: 2014, y: 61}}"), "bad-value", "61", "20 to 60"),
    "arrow to no year": (
        one("annotate", "{x: 2014, y: 30, text: a, to: {x: 2009, y: 40}}"), "bad-value", "2009", "2010"
    ),
    "arrow to itself": (one("annotate", "{x: 2014, y: 30, text: a, to: {x: 2014, y: 30}}"), "bad-value", "to", "beside"),
    "arrow of half a place": (one("annotate", "{x: 2014, y: 30, text: a, to: {x: 2014}}"), "missing-key", None, "y"),
    "arrow of a pole": (one("annotate", "{x: 2014, text: a, to: {x: 2014, y: 40}}"), "missing-key", None, "y"),
    "no words": (one("annotate", '{x: 2014, y: 30, text: "  "}'), "bad-value", None, "say what"),
    "many words": (one("annotate", f"{{x: 2014, y: 30, text: {LONG}}}"), "bad-value", LONG.strip(), "note"),
    "nine of them": (one("annotate", ", ".join(["{x: 2014, y: 30, text: a}"] * 9)), "bad-value", None, ""),
    "period backwards": (one("periods", "{from: 2015, to: 2013, label: a}"), "bad-value", "2013", "from"),
    "period of nothing": (one("periods", "{from: 2015, to: 2015, label: a}"), "bad-value", "2015", "from"),
    "period outside": (one("periods", "{from: 2015, to: 2050, label: a}"), "bad-value", "2050", "2010 to 2020"),
    "period without name": (one("periods", "{from: 2015, to: 2016}"), "missing-key", None, "label"),
    "period of an area": (one("periods", "{axis: y, from: 30, to: 40, label: a}", AREA), "bad-value", "y", "references"),
    "period of bars": (one("periods", "{axis: x, from: Baku, to: Poti, label: a}", BARS), "bad-value", "x", "axis: y"),
    "period of counts": (one("periods", "{axis: y, from: 1, to: 2, label: a}", HIST), "bad-value", "y", "axis: x"),
    "no such bar": (one("annotate", "{x: Akatu, y: 30, text: a}", BARS), "unknown-value", "Akatu", "Aktau"),
    "arrow to no bar": (
        one("annotate", "{x: Baku, y: 60, text: a, to: {x: Bakoo, y: 30}}", BARS), "unknown-value", "Bakoo", "Baku"
    ),
    "bar without y": (one("annotate", "{x: Baku, text: a}", BARS), "missing-key", None, "y"),
    "no such row": (one("annotate", "{x: Bakuu, y: 30, text: a}", DOTTED), "unknown-value", "Bakuu", "Baku"),
    "beyond the bins": (one("references", "{value: 99, label: a}", HIST), "bad-value", "99", "to"),
    "beyond the counts": (one("annotate", "{x: 5, y: 99, text: a}", HIST), "bad-value", "99", ""),
    "beyond the points": (one("annotate", "{x: 99, y: 3, text: a}", SPOTS), "bad-value", "99", "1 to 7"),
    "log": (
        one("annotate", "{x: 2014, y: -1, text: a}", SERIES + "log: true\n    "), "bad-value", "-1", "above zero"
    ),
    "more than all of an area": (
        one("references", "{value: 120, label: a}", AREA + "share: true\n    "), "bad-value", "120", "0 to 100"
    ),
    "more than all of a bar": (
        one("references", "{value: 120, label: a}", HEAD.format(kind="bar") + YEARS + "arrange: share\n    "),
        "bad-value", "120", "0 to 100",
    ),
    "misspelt": (one("annotate", "{x: 2014, y: 30, txt: a}"), "unknown-key", "txt", "text"),
    "kind without axes": (
        one("annotate", "{x: 2014, y: 30, text: a}", HEAD.format(kind="slope") + YEARS), "unknown-key", "annotate", ""
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(base, tmp_path, text)
    assert_told(problem, rule, words, hint)


def test_all_that_is_wrong_is_told_in_one_run(tmp_path):
    text = one("annotate", "{x: 1999, y: 900, text: a}, {x: 2014, y: 30, text: a, to: {x: 1, y: 2}}")
    found = problems_of(base, tmp_path, text + "    periods: [{from: 1, to: 3000, label: a}]\n")
    assert len(found) == 6 and {problem.rule for problem in found} == {"bad-value"}


# Whatever is written


@pytest.mark.rest
@settings(max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(["line", "area", "single", "bar", "dot", "scatter", "histogram"]),
    width=st.sampled_from(WIDTHS),
    words=st.lists(random_names(60), min_size=1, max_size=5),
    share=st.floats(0, 1),
)
def test_any_words_can_be_read_or_are_told(evidence, name, width, words, share):
    options = checked(evidence, name)
    kept = [each for each in options.annotate if each.y is not None]
    more = tuple(
        kept[turn % len(kept)].model_copy(update={"text": text, "to": kept[0].to if turn % 2 else None})
        for turn, text in enumerate(words)
    )
    canvas = canvas_of(options.model_copy(update={"annotate": more}), evidence, width)
    if not canvas.crowded:
        assert_readable(canvas)


def test_plain_has_nothing():
    assert not PLAIN.heights and not PLAIN.on_poles and not list(PLAIN.written())
