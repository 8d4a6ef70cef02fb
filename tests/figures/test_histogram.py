"""Histograms: every value in one bin, bars from zero, edges at round numbers, exact about mistakes."""

import re
import textwrap
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.evidence.base import Evidence
from c6brief.figures import STYLE, sources_of
from c6brief.figures.charts import data_of
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.palette import quiet_colour
from c6brief.figures.histogram.bins import MOST, count_values, edges_of, raw_width
from c6brief.figures.histogram.drawing import HistogramDrawing
from c6brief.figures.histogram.kind import Histogram
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
    checked,
    drawn,
    problems_of,
    random_names,
    texts,
)
from tests.support.sampling import examples

VALUES = [3, 12, 14, 15, 18, 21, 22, 22.5, 24, 29, 30, 31, 36, 38, 47, 58]

TABLE = f"""
    title: Minutes on the way
    source: beta
    fields: [{{name: place}}, {{name: minutes, type: number, title: Way to work, unit: minutes}}, {{name: few, type: number}}]
    rows: [{", ".join(f"[p{n}, {value}, {value if n < 4 else 'null'}]" for n, value in enumerate(VALUES))}, [x, null, null], [y, null, null]]
    """
HEAD = """
    kind: histogram
    title: Most ways are shorter than half an hour
    subtitle: Places by minutes on the way
    alt: Histogram of sixteen places.
    table: ways
    x: minutes
    """
FULL = (
    HEAD
    + "bins: 6\n    things: places\n    highlight: {to: 30}\n    median: true\n    mark: [{value: 45, label: Goal}]\n    "
)


def project(folder, problems=None, **charts):
    (folder / "seeds/tables").mkdir(parents=True)
    (folder / "seeds/tables/ways.yaml").write_text(textwrap.dedent(TABLE).strip() + "\n", encoding="utf-8")
    return base(folder, problems, **charts)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {
        "plain": HEAD,
        "full": FULL,
        "edges": HEAD + "bins: [0, 15, 30, 45, 60]\n",
        "many": HEAD + "bins: 30\n",
    }
    return project(tmp_path_factory.mktemp("project"), **charts)


def bars(svg):
    """The bars from left to right: (left, right, top, bottom, colour)."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        step = re.fullmatch(r"M(\S+) (\S+)l(\S+) 0 0 (\S+) \S+ 0z", path.get("d"))
        if step and path.get("fill") != STYLE.paper:
            left, top, width, height = map(float, step.groups())
            found.append((left, left + width, top, top + height, path.get("fill")))
    return sorted(found)


# The bins -------------------------------------------------------------------------------------------------------


def test_the_rule_is_that_of_freedman_and_diaconis():
    wide = raw_width(VALUES)
    quarter, three = np.percentile(VALUES, [25, 75])
    assert wide == pytest.approx(2 * (three - quarter) / len(VALUES) ** (1 / 3))
    spread = np.histogram_bin_edges(VALUES, bins="fd")
    assert len(spread) - 1 == int(np.ceil((max(VALUES) - min(VALUES)) / wide))


ANY = st.lists(
    st.one_of(st.integers(-1000, 1000), st.floats(-1e6, 1e6), st.sampled_from([0, 1e-9, 1e12, -3.5])),
    min_size=5,
    max_size=60,
)


@pytest.mark.thorough
@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(values=ANY, bins=st.one_of(st.none(), st.integers(2, MOST)))
def test_every_value_is_in_one_bin_between_round_edges(values, bins):
    edges = edges_of(values, bins)
    counted = count_values(values, edges)
    assert sum(counted.counts) == len(values)
    slack = 1e-8 * (edges[1] - edges[0])
    assert edges[0] - slack <= min(values) and max(values) <= edges[-1] + slack
    if edges[0] <= min(values) and max(values) <= edges[-1]:
        assert list(counted.counts) == np.histogram(values, bins=edges)[0].tolist()
    assert len(counted.counts) <= 2.6 * MOST
    steps = np.diff(edges)
    assert steps == pytest.approx([steps[0]] * len(steps), rel=1e-4)
    lead = float(f"{steps[0]:.6e}".split("e")[0])
    assert lead == pytest.approx(min((1, 2, 2.5, 5, 10), key=lambda step: abs(step - lead)), rel=1e-4)


def test_edges_follow_the_values():
    assert edges_of([4.9, 7, 7, 8, 12.2], 4) == (4, 6, 8, 10, 12, 14)
    assert edges_of([1, 2, 2, 3, 3, 3, 4, 4, 5]) == (1, 2, 3, 4, 5), "whole numbers have whole edges"
    assert edges_of([0.001, 0.0012, 0.0016, 0.002, 0.0031, 0.0025])[0] == 0.001
    assert edges_of([7.0] * 9) == (7.0, 8.0)
    assert len(edges_of([1.0] * 50 + [2.0, 3.0])) > 2, "where the middle half is one value"
    assert len(edges_of([*range(100), 10**9])) - 1 <= MOST + 1


# What is shown --------------------------------------------------------------------------------------------------


def test_bars_touch_start_at_zero_and_are_as_high_as_their_counts(evidence):
    svg = drawn(evidence, "edges", 118)
    found = bars(svg)
    counts = np.histogram(VALUES, bins=[0, 15, 30, 45, 60])[0]
    assert len(found) == 4 and [bar[3] for bar in found] == pytest.approx([found[0][3]] * 4)
    assert all(one[1] == pytest.approx(two[0], abs=0.02) for one, two in pairwise(found)), "no gaps"
    heights = [bar[3] - bar[2] for bar in found]
    assert [height / max(heights) for height in heights] == pytest.approx(list(counts / counts.max()), abs=1e-3)
    assert {"3", "7", "4", "2"} <= set(texts(svg)) and {"0", "15", "30", "45", "60"} <= set(texts(svg))


def test_a_scale_stands_at_the_left_where_counts_have_no_room(evidence):
    svg = drawn(evidence, "many", 118)
    words = texts(svg)
    assert "0" in words and bars(svg)
    drawing = drawing_of(evidence, "many")
    assert not drawing.written and all(float(tick).is_integer() for tick in drawing.upright.ticks)
    assert drawing.upright.low == 0
    top = {bar[2] for bar in bars(svg)}
    assert min(top) == pytest.approx(drawing.upright.at(max(drawing.histogram.bins.counts)), abs=0.02)


def drawing_of(evidence, name, width_mm=118.0):
    from c6brief.figures.histogram.kind import histogram_of
    from c6brief.figures.rows.tabular import table_of

    options = checked(evidence, name)
    with drawing_settings("test"):
        context = DrawContext(evidence, {}, width_mm, FigureWords("en"), STYLE)
        return HistogramDrawing(histogram_of(options, table_of(options, evidence)), context)


def test_how_many_values_there_are_and_how_many_have_none(evidence):
    assert "n\u00a0=\u00a016, 2 without data" in texts(drawn(evidence, "plain", 118))
    assert "n\u00a0=\u00a016, 2 без данных" in texts(drawn(evidence, "plain", 118, "ru"))
    words = texts(drawn(evidence, "plain", 118))
    assert "Way to work, minutes" in words and "number of values" in words
    assert "places" in texts(drawn(evidence, "full", 118))


def test_highlight_marks_and_median(evidence):
    svg = drawn(evidence, "full", 118)
    edges = edges_of(VALUES, 6)
    strong = sum(edge < 30 for edge in edges)
    fills = [bar[4] for bar in bars(svg)]
    assert fills == [STYLE.brand] * strong + [quiet_colour(STYLE)] * (len(edges) - 1 - strong)
    assert {"Goal", "median 23.25"} <= set(texts(svg))
    level = drawing_of(evidence, "full").level
    dashed = [path for path in ElementTree.fromstring(svg).iter() if path.get("stroke-dasharray")]
    ends = []
    for path in dashed:
        steps = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d"))]
        ends.append(sum(steps[::2]))
    assert sorted(ends) == pytest.approx([level.at(float(np.median(VALUES))), level.at(45)], abs=0.03)


def test_the_data_are_the_bins(evidence):
    data = data_of(evidence.charts["edges"], checked(evidence, "edges"), evidence)
    assert data.columns == ("minutes (minutes) from", "below", "number")
    assert data.rows == ((0, 15, 3), (15, 30, 7), (30, 45, 4), (45, 60, 2), (None, None, 2))
    assert sources_of(evidence.charts["edges"], checked(evidence, "edges"), evidence) == ("beta",)


# What can be read -----------------------------------------------------------------------------------------------

WORDS = random_names(60, "abcdefghij klmno WÄƏқҳ$%_")


@pytest.mark.thorough
@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(
    values=ANY,
    bins=st.one_of(st.none(), st.integers(2, MOST)),
    marks=st.lists(st.tuples(st.floats(0, 1), WORDS), max_size=6),
    words=st.tuples(WORDS, WORDS),
    median=st.booleans(),
    absent=st.sampled_from([0, 1, 98_765]),
    width_mm=st.sampled_from(WIDTHS),
    language=st.sampled_from(LANGUAGES),
)
def test_any_histogram_can_be_read(values, bins, marks, words, median, absent, width_mm, language):
    edges = edges_of(values, bins)
    placed = tuple((edges[0] + share * (edges[-1] - edges[0]), label) for share, label in marks)
    middle = float(np.median(values)) if median else None
    histogram = Histogram(count_values(values, edges), None, placed, middle, words[0], words[1], len(values), absent)
    with drawing_settings("test"):
        assert_readable(
            HistogramDrawing(histogram, DrawContext(Evidence(), {}, width_mm, FigureWords(language), STYLE)).canvas
        )


@pytest.mark.parametrize("width_mm", WIDTHS)
def test_marks_at_one_place_stand_apart(width_mm):
    marks = tuple((30, f"The limit that was set in the year {year}") for year in range(2001, 2007))
    edges = edges_of(VALUES)
    histogram = Histogram(count_values(VALUES, edges), None, marks, 30.0, "x", "", len(VALUES), 0)
    with drawing_settings("test"):
        canvas = HistogramDrawing(histogram, DrawContext(Evidence(), {}, width_mm, FigureWords("en"), STYLE)).canvas
    assert_readable(canvas)


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "full", 118) == drawn(evidence, "full", 118)


# What goes wrong ------------------------------------------------------------------------------------------------

INLINE = """
    kind: histogram
    title: Few
    subtitle: Few
    alt: Histogram of six.
    fields: [{name: n}, {name: a, type: number}]
    rows: [[a, 1], [b, 2], [c, 3], [d, 4], [e, 5], [f, 77]]
    x: a
    """

BAD = {
    "unknown x": (HEAD.replace("x: minutes", "x: minuts"), "unknown-value", "minuts", "minutes"),
    "text": (HEAD.replace("x: minutes", "x: place"), "bad-value", "place", "number"),
    "few values": (HEAD.replace("x: minutes", "x: few"), "bad-value", "few", "a dot plot shows each value"),
    "no rows": (re.sub(r"rows: .*", "rows: []", INLINE), "bad-value", "rows", ""),
    "one bin": (HEAD + "bins: 1\n", "bad-value", "1", "from 2"),
    "many bins": (HEAD + "bins: 99\n", "bad-value", "99", "from 2 to 60"),
    "one edge": (HEAD + "bins: [0, 60]\n", "bad-value", None, "edges"),
    "edges fall": (HEAD + "bins: [0, 30, 20, 60]\n", "bad-value", "20", "lowest"),
    "uneven": (HEAD + "bins: [0, 30, 60, 100]\n", "bad-value", None, "one width"),
    "beyond": (INLINE + "bins: [0, 3, 6, 9]\n", "bad-value", "77", "0 to 9"),
    "highlight within": (HEAD + "bins: [0, 30, 60]\n    highlight: {from: 25}\n", "bad-value", "25", "0, 30, 60"),
    "highlight nothing": (HEAD + "highlight: {}\n", "missing-key", None, "add one"),
    "highlight turned": (HEAD + "bins: [0, 30, 60]\n    highlight: {from: 60, to: 30}\n", "bad-value", "60", "lower"),
    "highlight wrong key": (HEAD + "highlight: {form: 30}\n", "unknown-key", "form", "from"),
    "mark beyond": (HEAD + "mark: [{value: 900, label: Far}]\n", "bad-value", "900", "from 0"),
    "mark without words": (HEAD + "mark: [{value: 30}]\n", "missing-key", None, ""),
    "text in a cell": (INLINE.replace("[b, 2]", "[b, two]"), "bad-table", "two", ""),
    "too large": (INLINE.replace("[b, 2]", "[b, 1.5e+305]"), "bad-value", "1.5e+305", "null"),
    "infinite": (INLINE.replace("[b, 2]", "[b, .inf]"), "bad-table", ".inf", "null"),
    "wrong key": (HEAD + "bin: 4\n", "unknown-key", "bin", "bins"),
    "series": (HEAD + "y: few\n", "unknown-key", "y", ""),
}


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


@pytest.mark.rest
def test_a_hundred_thousand_rows_and_no_more(tmp_path):
    file = tmp_path / "seeds/charts/many.csv"
    file.parent.mkdir(parents=True)
    file.write_text("n,a\n" + "".join(f",{n % 97}\n" for n in range(100_001)), encoding="utf-8")
    [problem] = problems_of(project, tmp_path, re.sub(r"rows: .*", "data: many.csv", INLINE))
    assert problem.message == "too many values; at most 100000"


# As printed -----------------------------------------------------------------------------------------------------


def test_prints_as_it_did(evidence, tmp_path):
    assert_prints_as_it_did(drawn(evidence, "full", 118), "histogram", tmp_path)
