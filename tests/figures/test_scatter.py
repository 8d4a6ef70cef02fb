"""Scatter plots: points where their numbers are, names that touch nothing, areas in proportion, exact about mistakes."""

import re
import textwrap
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.evidence.base import Evidence
from c6brief.figures import STYLE
from c6brief.figures.charts import data_of
from c6brief.figures.drawing.fonts import Face, drawing_settings
from c6brief.figures.drawing.palette import quiet_colour
from c6brief.figures.drawing.scale import Scale
from c6brief.figures.kinds import DrawContext
from c6brief.figures.scatter.calendar import calendar_ticks
from c6brief.figures.scatter.drawing import ScatterDrawing
from c6brief.figures.scatter.naming import LabelRequest, name_points
from c6brief.figures.scatter.spots import Scatter, Spot
from c6brief.figures.time.times import moment
from c6brief.figures.words import FigureWords
from tests.support.charts import (
    LANGUAGES,
    SVG,
    WIDTHS,
    assert_prints_as_it_did,
    assert_readable,
    assert_told,
    base,
    boxes,
    checked,
    drawn,
    overlap,
    problems_of,
    random_names,
    texts,
)
from tests.support.sampling import examples

TABLE = """
    title: Income and life
    source: beta
    fields:
      - {name: state, type: string}
      - {name: income, type: number, title: Income, unit: dollars}
      - {name: life, type: number, title: Life expectancy, unit: years}
      - {name: people, type: number, title: Population, unit: millions}
      - {name: region, type: string}
      - {name: doubtful, type: boolean}
      - {name: founded, type: date}
      - {name: year, type: year}
    rows:
      - [Kazakhstan, 9000, 72, 20, north, false, 2024-01-10, 1991]
      - [Uzbekistan, 2000, 71.5, 35, south, true, 2024-02-10, 1992]
      - [Kyrgyzstan, 1200, 71, 6.5, south, false, 2024-03-10, 1993]
      - [Tajikistan, 900, 70, null, south, false, 2024-04-10, 1994]
      - [Turkmenistan, null, 68, 6, south, false, 2024-05-10, 1995]
      - [Azerbaijan, 5000, 73, 10, west, false, 2024-06-10, 2001]
    """
HEAD = """
    kind: scatter
    title: Lives are longer where incomes are higher
    subtitle: Income and life expectancy
    alt: Scatter plot of six states.
    table: states
    x: income
    y: life
    """
NAMED = HEAD + "label: state\n    "


def project(folder, problems=None, **charts):
    (folder / "seeds/tables").mkdir(parents=True)
    (folder / "seeds/tables/states.yaml").write_text(textwrap.dedent(TABLE).strip() + "\n", encoding="utf-8")
    return base(folder, problems, **charts)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {
        "plain": HEAD,
        "named": NAMED,
        "log": HEAD + "log: x\n",
        "sized": NAMED + "size: people\n    highlight: [Kazakhstan]\n    uncertain: doubtful\n",
        "grouped": NAMED + "series: region\n    labels: none\n",
        "some": NAMED + "labels: [Kyrgyzstan]\n",
        "dated": NAMED.replace("x: income", "x: founded"),
        "years": NAMED.replace("x: income", "x: year"),
    }
    return project(tmp_path_factory.mktemp("project"), **charts)


def drawing_of(scatter, width_mm=118.0, language="en", **more):
    with drawing_settings("test"):
        return ScatterDrawing(scatter, DrawContext(Evidence(), {}, width_mm, FigureWords(language), STYLE, **more))


def paths(svg):
    return list(ElementTree.fromstring(svg).iter(f"{SVG}path"))


def circles(svg, fill):
    """The dots of a colour: (x, middle y, radius). A capsule's path begins at its top and turns by its radius."""
    found = []
    for path in paths(svg):
        begin = re.match(r"M(\S+) (\S+)c\S+ \S+ (\S+) (\S+) (\S+) (\S+)", path.get("d", ""))
        if begin and path.get("fill") == fill:
            x, top, *_, radius = map(float, begin.groups())
            found.append((x, top + radius, radius))
    return found


def grid(svg):
    """The grid as the reader has it: value and pt of the level lines and of the uprights, by their numbers."""
    numbers = {}
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        if re.fullmatch(r"[\d,.]+", element.text) and element.get("fill") == STYLE.grey:
            xs = list(map(float, element.get("x").split()))
            numbers[float(element.text.replace(",", "")), round(float(element.get("y")), 1)] = xs[0]
    foot = max(y for _, y in numbers)
    lines = [re.fullmatch(r"M(\S+) (\S+)l(\S+) (\S+)", p.get("d")) for p in paths(svg) if p.get("stroke") == STYLE.hair]
    across = sorted(float(line[1]) for line in lines if line and float(line[3]) == 0)
    down = sorted((float(line[2]) for line in lines if line and float(line[4]) == 0), reverse=True)
    under = sorted(value for value, y in numbers if y == foot)
    beside = sorted(value for value, y in numbers if y != foot)
    return list(zip(under, across, strict=True)), list(zip(beside, down, strict=True))


def read(places, pt):
    (low, start), *_, (high, end) = places
    return low + (pt - start) / (end - start) * (high - low)


# What is shown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width_mm", WIDTHS)
def test_points_stand_where_the_scales_have_their_numbers(evidence, width_mm):
    svg = drawn(evidence, "plain", width_mm)
    under, beside = grid(svg)
    found = sorted((read(under, x), read(beside, y)) for x, y, _ in circles(svg, STYLE.brand))
    wanted = sorted([(9000, 72), (2000, 71.5), (1200, 71), (900, 70), (5000, 73)])
    assert len(found) == 5
    for (x, y), (right_x, right_y) in zip(found, wanted, strict=True):
        assert x == pytest.approx(right_x, abs=40) and y == pytest.approx(right_y, abs=0.03)


def test_equal_ratios_are_equal_steps_on_a_logarithmic_scale():
    spots = tuple(Spot("", value, 1.0 + value, None, 0, False, False) for value in (1.0, 10.0, 100.0))
    places = drawing_of(Scatter(spots, (), (), frozenset(), "x", "y", "", True, True, None)).places
    assert places[1, 0] - places[0, 0] == pytest.approx(places[2, 0] - places[1, 0])
    heights = -np.diff(places[:, 1])
    assert heights[0] / heights[1] == pytest.approx(np.log(11 / 2) / np.log(101 / 11))


def test_titles_stand_at_their_scales_with_units(evidence):
    found = {words: (left, bottom) for words, left, bottom, *_ in boxes(canvas_for(evidence, "plain"))}
    assert found["Life expectancy, years"][0] < 2
    right = {words: right for words, _, _, right, _ in boxes(canvas_for(evidence, "plain"))}
    width = canvas_for(evidence, "plain").width
    assert right["Income, dollars"] == pytest.approx(width, abs=1)
    assert found["Income, dollars"][1] < found["Life expectancy, years"][1]


def canvas_for(evidence, name, width_mm=118.0):
    from tests.support.charts import canvas_of

    return canvas_of(checked(evidence, name), evidence, width_mm)


def test_areas_are_in_proportion_and_explained(evidence):
    svg = drawn(evidence, "sized", 170)
    [(_, _, large)] = circles(svg, STYLE.brand)
    greys = sorted(radius for *_, radius in circles(svg, quiet_colour(STYLE)))
    assert len(greys) == 2
    assert (large / greys[1]) ** 2 == pytest.approx(20 / 10, rel=0.03)
    assert (large / greys[0]) ** 2 == pytest.approx(20 / 6.5, rel=0.03)
    words = texts(svg)
    assert {"2", "20", "Population, millions", "Population, millions: no data", "uncertain"} <= set(words)
    key = [radius + 0.3 for _, y, radius in circles(svg, STYLE.paper) if radius not in greys][1:3]
    assert (max(key) / min(key)) ** 2 == pytest.approx(10, rel=0.1)


def test_groups_are_told_by_shape_and_tone_and_named(evidence):
    svg = drawn(evidence, "grouped", 118)
    assert {"north", "south", "west"} <= set(texts(svg))
    shapes = {
        path.get("fill"): len(path.get("d").split())
        for path in paths(svg)
        if path.get("fill") not in ("none", None, STYLE.paper)
    }
    assert len(shapes) == 3 and len(set(shapes.values())) >= 2


def test_groups_apart_are_named_among_their_points():
    def spots(middle, group):
        return [Spot("", middle + dx, middle + dy, None, group, False, False) for dx in (0, 1, 2) for dy in (0, 1, 2)]

    def scatter(*groups):
        return Scatter(
            tuple(s for g in groups for s in g),
            (),
            ("low ones", "high ones"),
            frozenset(),
            "x",
            "y",
            "",
            False,
            False,
            None,
        )

    apart = drawing_of(scatter(spots(0, 0), spots(20, 1)))
    assert apart.group_boxes and not apart.key
    for number, box in enumerate(apart.group_boxes):
        near = np.argmin(
            np.hypot(apart.places[:, 0] - (box[0] + box[2]) / 2, apart.places[:, 1] - (box[1] + box[3]) / 2)
        )
        assert apart.scatter.spots[near].group == number
    mixed = drawing_of(scatter(spots(0, 0), spots(0.5, 1)))
    assert mixed.group_boxes is None and len(mixed.key) == 2


def test_what_cannot_be_drawn_is_said(evidence):
    assert "no data: Turkmenistan" in texts(drawn(evidence, "named", 118))
    assert "1 without data" in texts(drawn(evidence, "plain", 118))
    assert "1 без данных" in texts(drawn(evidence, "plain", 118, "ru"))


def test_which_points_are_named(evidence):
    states = {"Kazakhstan", "Uzbekistan", "Kyrgyzstan", "Tajikistan", "Azerbaijan"}
    assert states <= set(texts(drawn(evidence, "named", 118))), "all of a few"
    assert set(texts(drawn(evidence, "some", 118))) & states == {"Kyrgyzstan"}
    assert not set(texts(drawn(evidence, "grouped", 118))) & states


def test_of_many_points_the_highlighted_and_the_extreme_are_named(tmp_path):
    rows = ", ".join(f"[p{number}, {number}, {(number * 7) % 40}]" for number in range(40))
    chart = f"""
        kind: scatter
        title: Many
        subtitle: Many
        alt: Scatter plot of forty points.
        fields: [{{name: n}}, {{name: a, type: number}}, {{name: b, type: number}}]
        rows: [{rows}]
        x: a
        y: b
        label: n
        highlight: [p11]
        """
    evidence = project(tmp_path, many=chart)
    named = {words for words in texts(drawn(evidence, "many", 170)) if words.startswith("p")}
    assert named == {"p0", "p39", "p17", "p11"}  # 17 × 7 is 39 more than 80


def test_times_stand_on_a_calendar(evidence):
    assert {"Feb 2024", "Apr 2024", "Jun 2024"} <= set(texts(drawn(evidence, "dated", 118)))
    assert {"1992", "2000"} <= set(texts(drawn(evidence, "years", 170)))

    def words(first, last):
        scale = Scale(moment(first, "date"), moment(last, "date"), 0, 300)
        return calendar_ticks(scale, 6, FigureWords("en"))[1]

    assert words("2024-02-27", "2024-03-02") == ["Feb 27", "Feb 28", "Feb 29", "Mar 1", "Mar 2"]
    assert words("1990-01-01", "2030-01-01") == ["1990", "2000", "2010", "2020", "2030"]
    assert all(
        scale.low <= tick <= scale.high
        for scale in [calendar_ticks(Scale(2024.1, 2024.9, 0, 1), 5, FigureWords("en"))[0]]
        for tick in scale.ticks
    )


def test_the_data_carry_every_row(evidence):
    data = data_of(evidence.charts["sized"], checked(evidence, "sized"), evidence)
    assert data.columns == ("state", "income (dollars)", "life (years)", "people (millions)", "doubtful")
    assert len(data.rows) == 6 and data.rows[4][1] is None


def test_panels_share_an_extent():
    spots = tuple(Spot("", float(n), float(n), None, 0, False, False) for n in range(3))
    upright = drawing_of(
        Scatter(spots, (), (), frozenset(), "x", "y", "", False, False, None), extent=(-50, 90)
    ).upright
    assert upright.low <= -50 and upright.high >= 90


# Names ----------------------------------------------------------------------------------------------------------


def placed_names(points, names, frame=(0, 0, 400, 250), radius=2.3):
    marks = np.array([(x, y, radius) for x, y in points])
    wanted = [LabelRequest(name, x, y, radius, Face(7.0)) for name, (x, y) in zip(names, points, strict=False)]
    return marks, name_points(wanted, marks, frame)


POINTS = st.lists(st.tuples(st.floats(4, 396), st.floats(4, 246)), min_size=1, max_size=60)


@pytest.mark.thorough
@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(points=POINTS, count=st.integers(1, 25))
def test_names_touch_neither_each_other_nor_marks_nor_lines(points, count):
    names = [f"Republic of Place {number}" for number in range(min(count, len(points)))]
    marks, placed = placed_names(points, names)
    stands = [name for name in placed if name]
    for one, two in combinations(stands, 2):
        assert not overlap(one.box, two.box, 0)
    for name in stands:
        left, top, right, bottom = name.box
        assert left >= 0 and top >= 0 and right <= 400 and bottom <= 250
        away = np.hypot(
            np.maximum(np.maximum(left - marks[:, 0], marks[:, 0] - right), 0),
            np.maximum(np.maximum(top - marks[:, 1], marks[:, 1] - bottom), 0),
        )
        assert (away > marks[:, 2]).all()
        for other in stands:
            if other is not name and other.lead:
                along = np.linspace(*map(np.array, other.lead), 60)
                inside = (along[:, 0] > left) & (along[:, 0] < right) & (along[:, 1] > top) & (along[:, 1] < bottom)
                assert not inside.any()
    if len(points) <= 25:
        assert len(stands) >= 0.9 * len(names)


def test_names_stand_beside_points_that_have_room():
    _, placed = placed_names([(100, 50), (100, 150), (300, 100)], ["One", "Two", "Three"])
    assert all(name.lead is None for name in placed)
    assert [name.x > x for name, x in zip(placed, (100, 100, 300), strict=True)] == [True] * 3, (
        "at the right, by choice"
    )


def test_a_name_far_from_its_point_has_a_line_to_it():
    marks = np.array([(200.0 + 6 * (n % 5), 120.0 + 6 * (n // 5), 2.3) for n in range(25)])
    [inner] = name_points([LabelRequest("Middle of all", 212, 132, 2.3, Face(7.0))], marks, (0, 0, 400, 250))
    assert inner.lead and np.hypot(inner.lead[0][0] - 212, inner.lead[0][1] - 132) == pytest.approx(2.8, abs=0.01)


def test_nobodys_name_is_left_out_rather_than_far_off():
    points = [(200 + 5 * (n % 21), 40 + 5 * (n // 21)) for n in range(21 * 21)]
    marks = np.array([(*p, 2.3) for p in points])
    middle = LabelRequest("Middle", 250, 90, 2.3, Face(7.0))
    assert name_points([replace(middle, optional=True)], marks, (0, 0, 400, 250)) == [None]
    [asked] = name_points([middle], marks, (0, 0, 400, 250))
    assert asked and asked.lead


# What can be read -----------------------------------------------------------------------------------------------


def assert_scatter_readable(drawing):
    assert_readable(drawing.canvas)
    height = drawing.canvas.height
    for words, left, bottom, right, top in boxes(drawing.canvas):
        box_top, box_bottom = height - top, height - bottom
        x, y, radius = drawing.places.T
        across = np.maximum(np.maximum(left - x, x - right), 0)
        down = np.maximum(np.maximum(box_top - y, y - box_bottom), 0)
        assert (np.hypot(across, down) > radius - 1.2).all(), f"{words!r} lies on a point"
    return drawing


NAMES = random_names(40, "abcdefghij klmno WÄƏқҳ$%_")
VALUES = st.one_of(
    st.sampled_from([0.0, 1e15, -1e15, 1e-9, 3.7e8]), st.integers(-1000, 1000).map(float), st.floats(-100, 100)
)


@st.composite
def charts(draw):
    groups = draw(st.sampled_from([0, 0, 1, 3, 6]))
    sized = draw(st.booleans())
    spots = [
        Spot(
            draw(NAMES),
            draw(VALUES),
            draw(VALUES),
            draw(st.one_of(st.none(), st.floats(0, 1e6))) if sized else None,
            draw(st.integers(0, groups - 1)) if groups else 0,
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for _ in range(draw(st.integers(2, 30)))
    ]
    names = tuple(f"{draw(NAMES)}{number}" for number in range(groups))
    absent = tuple(draw(st.lists(NAMES, max_size=9)))
    return Scatter(
        tuple(spots),
        absent,
        names,
        frozenset(),
        draw(NAMES),
        draw(NAMES),
        draw(NAMES) if sized else "",
        False,
        False,
        None,
    )


@pytest.mark.thorough
@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(scatter=charts(), width_mm=st.sampled_from(WIDTHS), language=st.sampled_from(LANGUAGES))
def test_any_scatter_plot_can_be_read(scatter, width_mm, language):
    assert_scatter_readable(drawing_of(scatter, width_mm, language))


@pytest.mark.parametrize("width_mm", WIDTHS)
@pytest.mark.parametrize(
    "values",
    [[5.0] * 4, [1e-12, 2e-12], [1e300, -1e300], [0.0, 0.0], [999999.0, 1000000.0, 1000001.0]],
    ids=["one-place", "tiny", "huge", "zero", "near"],
)
def test_special_scatter_plots_can_be_read(values, width_mm):
    spots = tuple(Spot(f"Point {n}", value, value, None, 0, False, n == 1, True) for n, value in enumerate(values))
    assert_scatter_readable(drawing_of(Scatter(spots, (), (), frozenset(), "x", "y", "", False, False, None), width_mm))


def test_ten_thousand_points_are_one_path_and_still_named(tmp_path):
    turn = np.arange(10_000) * 2.399963
    xs, ys = np.cos(turn) * np.sqrt(turn), np.sin(turn) * np.sqrt(turn)
    spots = tuple(
        Spot(f"P{n}", float(x), float(y), None, 0, False, n == 9_999, n in (9_999, 9_000))
        for n, (x, y) in enumerate(zip(xs, ys, strict=True))
    )
    drawing = assert_scatter_readable(
        drawing_of(Scatter(spots, (), (), frozenset(), "x", "y", "", False, False, None), 170)
    )
    assert {"P9999", "P9000"} <= {words for words, *_ in boxes(drawing.canvas)}
    assert len(drawing.canvas.layers) < 60
    [crowd] = [layer for layer in drawing.canvas.layers if getattr(layer, "cap", "") == "round"]
    places = np.unique(np.round(drawing.places[:-1, :2], 1), axis=0)
    assert len(crowd.path.vertices) == 2 * len(places) > 18_000


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "sized", 118) == drawn(evidence, "sized", 118)


# What goes wrong ------------------------------------------------------------------------------------------------

INLINE = """
    kind: scatter
    title: Few
    subtitle: Few
    alt: Scatter plot of three points.
    fields: [{name: n}, {name: d, type: date}, {name: a, type: number}, {name: b, type: number}, {name: g}]
    rows: [[one, 2024-01-05, 1, 2, g], [two, 2024-02-05, 3, 4, h], [three, 2024-03-05, 5, 6, g]]
    x: a
    y: b
    label: n
    """

BAD = {
    "unknown x": (NAMED.replace("x: income", "x: incme"), "unknown-value", "incme", "income"),
    "x text": (NAMED.replace("x: income", "x: region"), "bad-value", "region", "number"),
    "y a year": (NAMED.replace("y: life", "y: year"), "bad-value", "year", "number"),
    "label a number": (HEAD + "label: life\n", "bad-value", "life", "string"),
    "labels without label": (HEAD + "labels: all\n", "missing-key", "labels", "label"),
    "unknown label": (NAMED + "labels: [Kazakstan]\n", "unknown-value", "Kazakstan", "Kazakhstan"),
    "unknown highlight": (NAMED + "highlight: [Kazakstan]\n", "unknown-value", "Kazakstan", "Kazakhstan"),
    "unknown size": (NAMED + "size: peple\n", "unknown-value", "peple", "people"),
    "wrong log": (NAMED + "log: z\n", "unknown-value", "z", ""),
    "log of a time": (INLINE.replace("x: a", "x: d") + "log: x\n", "bad-value", "x", "log: y"),
    "log of zero": (INLINE.replace("01-05, 1,", "01-05, 0,") + "log: x\n", "bad-value", "0", "above zero"),
    "negative size": (INLINE.replace("01-05, 1,", "01-05, -1,") + "size: a\n", "bad-value", "-1", "zero or more"),
    "name twice": (INLINE.replace("[two", "[one"), "bad-value", "one", "one point"),
    "no group": (INLINE.replace("4, h]", "4, null]") + "series: g\n", "bad-value", "null", "group"),
    "no rows": (re.sub(r"rows: .*", "rows: []", INLINE), "bad-value", "rows", ""),
    "one row": (re.sub(r"rows: .*", "rows: [[one, 2024-01-05, 1, 2, g]]", INLINE), "bad-value", "rows", "1 rows"),
    "text in a cell": (INLINE.replace("01-05, 1,", "01-05, many,"), "bad-table", "many", ""),
    "not a number": (INLINE.replace("01-05, 1,", "01-05, .nan,"), "bad-table", ".nan", "null"),
    "all missing": (INLINE.replace("1, 2,", "1, null,").replace("3, 4,", "3, null,"), "bad-value", "b", "both"),
    "wrong key": (NAMED + "group: region\n", "unknown-key", "group", ""),
}


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


def test_too_many_points_and_groups(tmp_path):
    rows = ", ".join(f"[p{n}, null, {n}, {n}, g{n}]" for n in range(7))
    [problem] = problems_of(project, tmp_path / "a", re.sub(r"rows: .*", f"rows: [{rows}]", INLINE) + "series: g\n")
    assert problem.message == "too many groups; at most 6 can be told apart"
    file = tmp_path / "b/seeds/charts/many.csv"
    file.parent.mkdir(parents=True)
    file.write_text("n,d,a,b,g\n" + "".join(f"p{n},,1,2,g\n" for n in range(10_001)), encoding="utf-8")
    [problem] = problems_of(project, tmp_path / "b", re.sub(r"rows: .*", "data: many.csv", INLINE))
    assert problem.message == "too many points; at most 10000"


# As printed -----------------------------------------------------------------------------------------------------


def test_prints_as_it_did(evidence, tmp_path):
    assert_prints_as_it_did(drawn(evidence, "sized", 118), "scatter", tmp_path, words=("Kazakhstan",))


def test_many_small_dots_are_seen_in_print():
    """Lines without length print as dots."""
    import pypdfium2
    import weasyprint

    from c6brief.figures.drawing.canvas import Canvas
    from c6brief.figures.drawing.svg import inline_svg
    from tests.support.charts import page

    with drawing_settings("test"):
        canvas = Canvas(100, 40, STYLE)
        canvas.dots(np.array([(20.0, 20.0), (60.0, 20.0)]), 3.0, "#000000")
        svg = inline_svg(canvas, "dots", "Two dots.")
    image = (
        pypdfium2.PdfDocument(weasyprint.HTML(string=page(svg)).write_pdf())[0].render(scale=4).to_pil().convert("L")
    )
    dark = np.asarray(image) < 128
    assert dark.sum() == pytest.approx(2 * np.pi * 12**2, rel=0.05)
    columns = np.flatnonzero(dark.any(axis=0))
    assert sum(two - one > 1 for one, two in pairwise(columns)) == 1, "two, apart"
