"""Dot plots: dots where their values are, ranges through them, readable whatever the numbers, exact about mistakes."""

import re
import textwrap
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.documents.colours import mix
from c6brief.evidence.base import Evidence
from c6brief.figures import STYLE, known_kinds, sources_of
from c6brief.figures.charts import data_of
from c6brief.figures.dot.dots import Dot, DotRow, Dots
from c6brief.figures.dot.drawing import DotDrawing
from c6brief.figures.drawing.export import matplotlib_figure
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.palette import quiet_colour
from c6brief.figures.kinds import DrawContext
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
    title: Years of life
    source: beta
    fields:
      - {name: state, type: string}
      - {name: then, type: number, title: "1990", unit: years}
      - {name: now, type: number, title: "2020", unit: years}
      - {name: low, type: number, unit: years}
      - {name: high, type: number, unit: years}
      - {name: doubtful, type: boolean}
      - {name: year, type: year}
    rows:
      - [Kazakhstan, 64, 72, 60, 70, false, 2001]
      - [Uzbekistan, 66, 71.5, 66, 66, true, 2002]
      - [Kyrgyzstan, null, 71, null, null, false, 2003]
      - [Tajikistan, 58, null, 50, 61.5, false, 2004]
      - [Turkmenistan, null, null, null, null, null, 2005]
    """
HEAD = """
    kind: dot
    title: Lives are longer everywhere
    subtitle: Life expectancy, years
    alt: Dot plot of five states.
    table: lives
    x: state
    """
ONE = HEAD + "y: then\n    "
TWO = HEAD + "y: [then, now]\n    "
RANGED = ONE + "low: low\n    high: high\n    range: 95 % interval\n    "
LONG = """
    kind: dot
    title: Women live longer
    subtitle: Life expectancy, years
    alt: Dot plot of two states.
    fields: [{name: state}, {name: sex}, {name: years, type: number, unit: years}]
    rows: [[Kazakhstan, women, 77], [Kazakhstan, men, 68], [Uzbekistan, women, 75], [Uzbekistan, men, 70]]
    x: state
    y: years
    series: sex
    """


def project(folder, problems=None, **charts):
    (folder / "seeds/tables").mkdir(parents=True)
    (folder / "seeds/tables/lives.yaml").write_text(textwrap.dedent(TABLE).strip() + "\n", encoding="utf-8")
    return base(folder, problems, **charts)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {
        "one": ONE,
        "two": TWO,
        "ranged": RANGED,
        "long": LONG,
        "doubtful": ONE + "uncertain: doubtful\n",
        "strong": ONE + "highlight: [Uzbekistan]\n",
        "series": TWO + "highlight: ['2020']\n",
        "sorted": ONE + "sort: value\n",
        "log": ONE + "log: true\n",
        "full": TWO + "uncertain: doubtful\n",
    }
    return project(tmp_path_factory.mktemp("project"), **charts)


ARC = re.compile(r"M(\S+) (\S+)c")


def paths(svg):
    return list(ElementTree.fromstring(svg).iter(f"{SVG}path"))


def circles(svg):
    """The dots in the order drawn: (x, y, fill, edge); a capsule's path begins at the top of its circle."""
    found = []
    for path in paths(svg):
        begin = ARC.match(path.get("d", ""))
        if begin:
            x, top = map(float, begin.groups())
            found.append((x, top, path.get("fill"), path.get("stroke")))
    return found


def ticks(svg):
    """The scale as the reader has it: value and pt of the numbers in the lowest line of the sheet."""
    found = {}
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        if re.fullmatch(r"−?[\d.,]+", element.text) and element.get("fill") == STYLE.grey:
            found.setdefault(float(element.get("y")), []).append(element.text)
    grid = [path.get("d") for path in paths(svg) if path.get("stroke") == STYLE.hair]
    uprights = [re.fullmatch(r"M(\S+) \S+l0 \S+", line) for line in grid]
    xs = sorted({float(upright[1]) for upright in uprights if upright})
    numbers = [float(words.replace(",", "").replace("−", "-")) for words in found[max(found)]]
    assert len(numbers) == len(xs)
    return list(zip(numbers, xs, strict=True))


def value_at(svg, x):
    """The value that the scale's labels give to a place."""
    (low, left), *_, (high, right) = ticks(svg)
    return low + (x - left) / (right - left) * (high - low)


# What is shown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width_mm", WIDTHS)
def test_dots_stand_where_the_scale_has_their_values(evidence, width_mm):
    svg = drawn(evidence, "one", width_mm)
    assert [value_at(svg, x) for x, *_ in circles(svg)] == pytest.approx([64, 66, 58], abs=0.02)
    assert ticks(svg)[0][0] > 0, "the scale need not begin at zero"


def test_pairs_are_joined_and_named_once(evidence):
    svg = drawn(evidence, "two", 118)
    pairs = [value_at(svg, x) for x, *_ in circles(svg)]
    assert sorted(pairs) == pytest.approx([58, 64, 66, 71, 71.5, 72], abs=0.02)
    joined = [path for path in paths(svg) if path.get("stroke-width") == "2.2"]
    assert len(joined) == 2, "two states have both values"
    words = texts(svg)
    assert words.count("1990") == words.count("2020") == words.count("years") == 1
    assert {"64.0", "66.0", "71.5", "72.0"} <= set(words), "with decimals alike"
    found = ElementTree.fromstring(svg).iter(f"{SVG}text")
    left = {element.text: float(element.get("x").split()[0]) for element in found}
    assert left["1990"] < left["2020"]


def test_what_is_missing_is_said_and_not_drawn(evidence):
    words = texts(drawn(evidence, "two", 118))
    assert "1990: no data" in words and "2020: no data" in words and words.count("no data") == 1
    assert len(circles(drawn(evidence, "one", 118))) == 3
    assert texts(drawn(evidence, "one", 118)).count("no data") == 2
    assert "1990: нет данных" in texts(drawn(evidence, "two", 118, "ru"))


def test_ranges_go_from_low_to_high_and_say_what_they_are(evidence):
    svg = drawn(evidence, "ranged", 118)
    tint = mix(STYLE.brand, STYLE.paper, 0.5)
    bars = [
        re.fullmatch(r"M(\S+) \S+l(\S+) 0 0 \S+ \S+ 0z", path.get("d"))
        for path in paths(svg)
        if path.get("fill") == tint
    ]
    spans = [(float(bar[1]), float(bar[1]) + float(bar[2])) for bar in bars if bar][1:]  # the first stands in the key
    assert len(spans) == 3
    assert [value_at(svg, x) for x in spans[0]] == pytest.approx([60, 70], abs=0.03)
    assert [value_at(svg, x) for x in spans[2]] == pytest.approx([50, 61.5], abs=0.03)
    assert spans[1][1] - spans[1][0] == pytest.approx(0.6, abs=0.02), "a range without length is still seen"
    assert "95 % interval" in texts(svg) and "64.0 (60.0–70.0)" in texts(svg)


def test_uncertain_dots_are_open_and_explained(evidence):
    svg = drawn(evidence, "doubtful", 118)
    open_ = [circle for circle in circles(svg) if circle[2] == STYLE.paper]
    assert len(open_) == 2 and "uncertain" in texts(svg)  # one of them in the key
    assert value_at(svg, open_[1][0]) == pytest.approx(66, abs=0.02) and open_[1][3] == STYLE.brand
    assert "uncertain" not in texts(drawn(evidence, "one", 118))


def test_highlighted_rows_and_series_stand_out(evidence):
    fills = [fill for _, _, fill, _ in circles(drawn(evidence, "strong", 118))]
    assert fills == [quiet_colour(STYLE), STYLE.brand, quiet_colour(STYLE)]
    fills = [fill for _, _, fill, _ in circles(drawn(evidence, "series", 118))]
    assert set(fills) == {STYLE.brand, quiet_colour(STYLE)} and fills.count(STYLE.brand) == 3


def test_two_quiet_series_are_told_by_their_tone():
    rows = (DotRow("A", (Dot(1), Dot(2)), True), DotRow("B", (Dot(1), Dot(2))))
    drawing = DotDrawing(Dots(rows, ("a", "b")), DrawContext(Evidence(), {}, 118, FigureWords("en"), STYLE))
    assert len({drawing._colour(row, index) for row in rows for index in (0, 1)}) == 4


def test_rows_stand_as_given_or_by_value(evidence):
    order = ["Kazakhstan", "Uzbekistan", "Kyrgyzstan", "Tajikistan", "Turkmenistan"]
    assert [words for words in texts(drawn(evidence, "one")) if words in order] == order
    by_value = ["Uzbekistan", "Kazakhstan", "Tajikistan", "Kyrgyzstan", "Turkmenistan"]
    assert [words for words in texts(drawn(evidence, "sorted")) if words in order] == by_value
    data = data_of(evidence.charts["sorted"], checked(evidence, "sorted"), evidence)
    assert [row[0] for row in data.rows] == by_value and data.columns == ("state", "then (years)")


def test_the_data_carry_ranges_and_doubts(evidence):
    data = data_of(evidence.charts["ranged"], checked(evidence, "ranged"), evidence)
    assert data.columns == ("state", "then (years)", "low (years)", "high (years)")
    assert data.rows[0] == ("Kazakhstan", 64, 60, 70)
    data = data_of(evidence.charts["doubtful"], checked(evidence, "doubtful"), evidence)
    assert [row[2] for row in data.rows] == ["false", "true", "false", "false", None]
    assert sources_of(evidence.charts["one"], checked(evidence, "one"), evidence) == ("beta",)
    assert known_kinds()["dot"].width == "column"


def test_long_tables_are_the_same_chart(evidence):
    svg = drawn(evidence, "long", 118)
    assert sorted(value_at(svg, x) for x, *_ in circles(svg)) == pytest.approx([68, 70, 75, 77], abs=0.02)
    assert texts(svg).count("women") == texts(svg).count("men") == 1


def test_equal_ratios_are_equal_steps_on_a_logarithmic_scale():
    dots = Dots(tuple(DotRow(f"R{value}", (Dot(value),)) for value in (1, 10, 100)), ("",), log=True)
    layout = DotDrawing(dots, DrawContext(Evidence(), {}, 118, FigureWords("en"), STYLE)).layout
    one, ten, hundred = (layout.scale.at(value) for value in (1, 10, 100))
    assert ten - one == pytest.approx(hundred - ten)


def test_panels_share_an_extent():
    dots = Dots((DotRow("A", (Dot(5),)),), ("",))
    scale = DotDrawing(dots, DrawContext(Evidence(), {}, 60, FigureWords("en"), STYLE, extent=(-10, 200))).layout.scale
    assert scale.low <= -10 and scale.high >= 200


def test_dots_of_one_value_stand_side_by_side():
    drawing = canvas_of(
        Dots((DotRow("A", (Dot(5), Dot(5), Dot(5))), DotRow("B", (Dot(1), Dot(3), Dot(9)))), ("a", "b", "c"))
    )
    offsets = drawing.layout.offsets
    assert len(set(offsets[0])) == 3 and set(offsets[1]) == {0.0}


# What can be read -----------------------------------------------------------------------------------------------


def canvas_of(dots, width_mm=118.0, language="en"):
    with drawing_settings("test"):
        return DotDrawing(dots, DrawContext(Evidence(), {}, width_mm, FigureWords(language), STYLE))


def assert_dots_readable(dots, width_mm=118.0, language="en"):
    drawing = canvas_of(dots, width_mm, language)
    assert_readable(drawing.canvas)
    canvas = drawing.canvas
    from matplotlib.patches import PathPatch

    shapes = []
    for patch in matplotlib_figure(canvas).findobj(PathPatch):
        extent = patch.get_window_extent()
        if len(patch.get_path().vertices) > 4 and patch.get_facecolor()[:3] != (1, 1, 1) and extent.height < 9:
            shapes.append((extent.x0, extent.y0, extent.x1, extent.y1))
    for words, *box in boxes(canvas):
        for shape in shapes:
            assert not overlap(box, shape, 1.0), f"{words!r} overlaps a mark: {box}, {shape}"
    return drawing


NAMES = random_names(70, "abcdefghij klmno WÄƏқҳ$%_")
NUMBERS = st.one_of(
    st.none(),
    st.sampled_from([0, 1e15, -1e15, 1e-9, 3.7e8]),
    st.integers(-1000, 1000),
    st.floats(-100, 100).map(lambda value: round(value, 2)),
)


@st.composite
def charts(draw):
    count = draw(st.sampled_from([1, 1, 2, 2, 3, 6]))
    ranged = draw(st.booleans())

    def dot():
        value = draw(NUMBERS)
        reach = draw(st.integers(0, 50)) if ranged and value is not None else None
        ends = (value - reach, value + reach) if reach is not None else (None, None)
        return Dot(value, *ends, draw(st.booleans()))

    names = draw(st.lists(NAMES, min_size=1, max_size=12))
    rows = tuple(DotRow(name, tuple(dot() for _ in range(count)), draw(st.booleans())) for name in names)
    series = tuple(f"{draw(NAMES)[:24]}{number}" for number in range(count)) if count > 1 else ("",)
    return Dots(
        rows,
        series,
        draw(st.sampled_from(["", "years", "thousand tonnes of oil equivalent"])),
        range="95 % interval" * ranged,
    )


@pytest.mark.thorough
@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(dots=charts(), width_mm=st.sampled_from(WIDTHS), language=st.sampled_from(LANGUAGES))
def test_any_dot_plot_can_be_read(dots, width_mm, language):
    assert_dots_readable(dots, width_mm, language)


@pytest.mark.sample(6)
@pytest.mark.parametrize("width_mm", WIDTHS)
@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize(
    "name", ["Short {}", "Ministry of Transport and Communications of Turkmenistan {}", "Long" * 25]
)
def test_special_dot_plots_can_be_read(count, name, width_mm):
    values = [1e12, -1e12, 0.0003, None, 0, -999999999999999.9, 123456789012345.6, -0.0003]
    rows = tuple(DotRow(name.format(number), (Dot(values[number % 8]),), number == 3) for number in range(count))
    assert_dots_readable(Dots(rows, ("",), "unit"), width_mm)


def test_forty_usual_rows_fit_on_a_page():
    rows = tuple(DotRow(f"The Ministry of Transport {number}", (Dot(number),)) for number in range(40))
    assert canvas_of(Dots(rows, ("",), "years")).canvas.height < 640


def test_a_range_in_long_words_stays_on_the_sheet():
    words = "from the lowest to the highest value of any year in which the survey was held in all of the districts"
    assert_dots_readable(Dots((DotRow("A", (Dot(1, 0, 2),)), DotRow("B", (Dot(2, 2, 4),))), ("",), range=words), 42.0)


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "full", 118) == drawn(evidence, "full", 118)


# What goes wrong ------------------------------------------------------------------------------------------------

BAD = {
    "unknown y": (ONE.replace("y: then", "y: than"), "unknown-value", "than", "then"),
    "text as number": (ONE.replace("y: then", "y: state"), "bad-value", "state", "number"),
    "low alone": (ONE + "low: low\n", "missing-key", "low", "high"),
    "no meaning": (ONE + "low: low\n    high: high\n", "missing-key", "low", "range:"),
    "meaning of nothing": (ONE + "range: 95 % interval\n", "missing-key", "range", "low"),
    "unknown low": (RANGED.replace("low: low", "low: lou"), "unknown-value", "lou", "low"),
    "one low for two": (
        RANGED.replace("y: then", "y: [then, now]").replace("high: high", "high: [high, high]"),
        "bad-value",
        "low",
        "each",
    ),
    "unknown highlight": (ONE + "highlight: [Kazakstan]\n", "unknown-value", "Kazakstan", "Kazakhstan"),
    "wrong sort": (ONE + "sort: values\n", "unknown-value", "values", "value"),
    "wrong key": (ONE + "ranges: x\n", "unknown-key", "ranges", "range"),
    "uncertain by a number": (ONE + "uncertain: now\n", "bad-value", "now", "boolean"),
    "series and two fields": (TWO + "series: state\n", "bad-value", "series", "keep one"),
    "negative on a log scale": (LONG.replace("men, 68", "men, -68") + "log: true\n", "bad-value", "-68", "above zero"),
    "twice": (LONG.replace("[Uzbekistan, men", "[Uzbekistan, women"), "bad-value", "Uzbekistan", "own"),
    "no rows": (re.sub(r"rows: .*", "rows: []", LONG), "bad-value", "rows", ""),
    "text in a cell": (LONG.replace("men, 68", "men, many"), "bad-table", "many", ""),
    "infinite": (LONG.replace("men, 68", "men, .inf"), "bad-table", ".inf", "null"),
}


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words if case != "one low for two" else None, hint)


RANGES = """
    kind: dot
    title: Ranges
    subtitle: Ranges
    alt: Dot plot of one state.
    fields: [{name: state}, {name: mid, type: number}, {name: lo, type: number}, {name: hi, type: number}]
    rows: [[Kazakhstan, CELLS]]
    x: state
    y: mid
    low: lo
    high: hi
    range: lowest and highest year
    """


@pytest.mark.parametrize(
    ("cells", "words", "message"),
    [
        ("5, 7, 3", "7", "the range ends (3) below its begin (7)"),
        ("9, 4, 8", "9", "9 lies outside its range, 4 to 8"),
        ("5, null, 8", "null", "a range with one end"),
        ("5, 4, null", "null", "a range with one end"),
    ],
)
def test_ranges_that_cannot_be_are_told_at_the_cell(cells, words, message, tmp_path):
    [problem] = problems_of(project, tmp_path, RANGES.replace("CELLS", cells))
    assert_told(problem, "bad-value", words, "")
    assert problem.message == message


def test_too_many_series_and_categories(tmp_path):
    rows = ", ".join(f"[Kazakhstan, s{number}, {number}]" for number in range(7))
    [problem] = problems_of(project, tmp_path / "a", re.sub(r"rows: .*", f"rows: [{rows}]", LONG))
    assert problem.message == "too many series; at most 6 can be told apart"
    rows = ", ".join(f"[State {number}, s, {number}]" for number in range(41))
    [problem] = problems_of(project, tmp_path / "b", re.sub(r"rows: .*", f"rows: [{rows}]", LONG))
    assert problem.message == "too many categories; at most 40"


# As printed -----------------------------------------------------------------------------------------------------


def test_prints_as_it_did(evidence, tmp_path):
    assert_prints_as_it_did(drawn(evidence, "full", 118), "dot", tmp_path, words=("Kazakhstan", "1990", "years"))


def test_ranges_print_as_they_did(evidence, tmp_path):
    assert_prints_as_it_did(drawn(evidence, "ranged", 118), "dot-ranges", tmp_path)
