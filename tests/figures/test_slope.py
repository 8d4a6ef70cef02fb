"""Slopes: two ends of each line where the data are, everybody named at both, readable whatever the data."""

import textwrap
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c6brief.evidence.table_models import ChartRows, TableField
from c6brief.figures import STYLE, known_kinds, sources_of, width_of
from c6brief.figures.charts import data_of
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.palette import quiet_colour
from c6brief.figures.kinds import DrawContext
from c6brief.figures.slope.columns import moments_at
from c6brief.figures.words import FigureWords
from tests.support.charts import (
    assert_prints_as_it_did,
    assert_told,
    base,
    boxes,
    canvas_of,
    checked,
    drawn,
    problems_of,
    random_values,
    texts,
)
from tests.support.line_charts import assert_plot_readable, dots, lines, paths
from tests.support.sampling import examples

TABLE = """
    title: Years of life
    source: beta
    fields:
      - {name: state, type: string}
      - {name: year, type: year}
      - {name: years, type: number, unit: years}
      - {name: words, type: string}
      - {name: doubt, type: boolean}
    rows:
      - [Kazakhstan, 1990, 68.3, few, false]
      - [Kazakhstan, 2020, 71.4, many, false]
      - [Uzbekistan, 1990, 66.5, few, false]
      - [Uzbekistan, 2020, 70.3, many, true]
      - [Tajikistan, 1990, 60.0, few, false]
      - [Tajikistan, 2020, 68.0, many, false]
      - [Turkmenistan, 1990, 62.0, few, false]
      - [Turkmenistan, 2020, null, many, false]
    """
THREE = """
    title: Three moments
    fields: [{name: state}, {name: year, type: year}, {name: n, type: number}]
    rows:
      - [A, 2000, 1]
      - [A, 2010, 2]
      - [A, 2020, 3]
      - [B, 2000, 3]
      - [B, 2010, null]
      - [B, 2020, 1]
      - [C, 2010, 2]
      - [C, 2020, 2.5]
    """
HEAD = """
    kind: slope
    title: All live longer
    subtitle: Life expectancy, years, 1990 and 2020
    alt: Slope chart of life expectancy & its rise.
    """
SLOPE = HEAD + "table: life\n    x: year\n    y: years\n    series: state\n    "
FULL = SLOPE + "highlight: [Tajikistan]\n    uncertain: doubt\n    "
CHARTS = {
    "slope": FULL,
    "plain": SLOPE,
    "three": HEAD + "table: three\n    x: year\n    y: n\n    series: state\n",
    "wide": HEAD + "fields: [{name: when}, {name: a, type: number, title: Ay}, {name: b, type: number}]\n"
    "    rows: [[Before the reform, 1, 5], [After, 4, 2]]\n    x: when\n    y: [a, b]\n",
}  # fmt: skip


def project(folder, problems=None, **charts):
    (folder / "seeds/tables").mkdir(parents=True)
    for name, text in (("life", TABLE), ("three", THREE)):
        (folder / f"seeds/tables/{name}.yaml").write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
    return base(folder, problems, **charts)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return project(tmp_path_factory.mktemp("project"), **CHARTS)


# What is shown --------------------------------------------------------------------------------------------------


def test_lines_join_the_values_of_a_thing(evidence):
    found = lines(drawn(evidence, "plain", 118), STYLE.brand)
    assert [len(points) for points in found] == [2, 2, 2]
    rises = sorted(points[0][1] - points[1][1] for points in found)
    assert [rise / rises[0] for rise in rises] == pytest.approx([1, 3.8 / 3.1, 8 / 3.1], abs=5e-3)
    assert len({round(points[0][0], 1) for points in found}) == 1 == len({round(points[1][0], 1) for points in found})


def test_names_and_values_stand_at_both_ends(evidence):
    words = texts(drawn(evidence, "plain", 118))
    assert all(words.count(name) == 2 for name in ("Kazakhstan", "Uzbekistan", "Tajikistan"))
    assert {"68.3", "71.4", "60.0", "1990", "2020"} <= set(words) and words.count("years") == 1
    narrow = texts(drawn(evidence, "plain", 42))
    assert narrow.count("Kazakhstan") == 1 and {"68.3", "71.4"} <= set(narrow)
    assert {"Ay", "Before the reform", "After"} <= set(texts(drawn(evidence, "wide", 118)))


def test_missing_is_told_and_no_line_is_drawn(evidence):
    words = texts(drawn(evidence, "plain", 118))
    assert words.count("Turkmenistan") == 1 and "no data: Turkmenistan (2020)" in words
    assert "нет данных: Turkmenistan (2020)" in texts(drawn(evidence, "plain", 118, "ru"))
    svg = drawn(evidence, "three", 118)
    assert sorted(len(points) for points in lines(svg, STYLE.brand)) == [2, 2, 2], "none across what is missing"
    assert "no data: B (2010), C (2000)" in texts(svg) and len(dots(svg)) == 7


def test_highlight_and_doubt(evidence):
    svg = drawn(evidence, "slope", 118)
    assert len(lines(svg, STYLE.brand)) == 1 and len(lines(svg, quiet_colour(STYLE), 0.9)) == 2
    assert "uncertain" in texts(svg) and "uncertain" not in texts(drawn(evidence, "plain", 118))
    dashed = [
        points for points, a in paths(svg) if a.get("stroke-dasharray") and a.get("stroke") == quiet_colour(STYLE)
    ]
    assert len(dashed) == 1
    assert sum(fill == STYLE.paper and stroke == quiet_colour(STYLE) for *_, fill, stroke in dots(svg)) == 1


def test_moments_stand_as_far_apart_as_in_time_but_never_upon_each_other():
    assert moments_at([2000, 2010, 2020], 0, 100) == [0, 50, 100]
    assert moments_at([2000, 2015, 2020], 0, 100) == [0, 75, 100]
    assert moments_at([2000, 2019, 2020], 0, 100) == [0, 75, 100]
    close = moments_at([2000, 2001, 2002, 2020], 0, 90)
    assert close[0] == 0 and close[-1] == 90 and min(b - a for a, b in pairwise(close)) >= 14.9


def test_the_shared_scale_of_panels_is_honoured(evidence):
    def rise(extent):
        context = DrawContext(evidence, {}, 118.0, FigureWords("en"), STYLE, extent=extent)
        with drawing_settings("test"):
            canvas = known_kinds()["slope"].draw(checked(evidence, "plain"), context)
        first = next(layer for layer in canvas.layers if getattr(layer, "edge", "") == STYLE.brand)
        return abs(first.path.vertices[0][1] - first.path.vertices[1][1])

    assert rise((0, 114)) == pytest.approx(rise((60, 71.4)) / 10, rel=0.02)


def test_sources_data_and_width(evidence):
    assert sources_of(evidence.charts["plain"], checked(evidence, "plain"), evidence) == ("beta",)
    data = data_of(evidence.charts["slope"], checked(evidence, "slope"), evidence)
    assert data.columns == ("year", "state", "years (years)", "doubt")
    assert data.rows[-1] == ("2020", "Turkmenistan", None, "false")
    assert width_of(evidence.charts["plain"]) == "column"


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "slope", 118) == drawn(evidence, "slope", 118)


# What can be read -----------------------------------------------------------------------------------------------


def made(evidence, x_type, moments, things, doubt=False, highlight=()):
    fields = (
        TableField(name="x", type=x_type), TableField(name="thing"),
        TableField(name="n", type="number", unit="tonnes"), TableField(name="doubt", type="boolean"),
    )  # fmt: skip
    rows = tuple(
        (moment, name, values[turn], doubt and turn == 1)
        for name, values in things.items()
        for turn, moment in enumerate(moments)
    )
    update = {"id": "made", "table": None, "rows": rows, "fields": fields, "x": "x", "y": ("n",), "series": "thing"}
    update |= {"uncertain": "doubt", "highlight": highlight}
    table = ChartRows(id="made", title="Made", fields=fields, rows=rows)
    return checked(evidence, "plain").model_copy(update=update), replace(evidence, chart_rows={"made": table})


NAMES = st.text(st.sampled_from("abcdefghij klmno pqrst WÄƏқ$%_"), min_size=1, max_size=60).map(
    lambda name: " ".join(name.split())
)
EXTREMES = [0, 1e12, -1e12, 0.0003, 123456789012345.6, 1.7e308, -1.7e308, 5e-324]
VALUES = random_values(EXTREMES)


@st.composite
def slopes(draw):
    moments = draw(st.lists(NAMES.filter(bool), min_size=2, max_size=4, unique=True))
    names = draw(st.lists(NAMES.filter(bool), min_size=1, max_size=30, unique=True))
    things = {name: draw(st.lists(VALUES, min_size=len(moments), max_size=len(moments))) for name in names}
    things[names[0]][:2] = [1, 2.5]
    return moments, things


@pytest.mark.thorough
@settings(max_examples=examples(40), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    chart=slopes(), width=st.sampled_from([170.0, 118.0, 42.0]), doubt=st.booleans(), strong=st.integers(0, 6),
    language=st.sampled_from(["en", "ru", "az", "kk", "ky", "tg", "tk", "uz"]),
)  # fmt: skip
def test_any_slopes_can_be_read(evidence, chart, width, doubt, strong, language):
    moments, things = chart
    options, other = made(evidence, "string", moments, things, doubt, tuple(things)[:strong])
    assert_plot_readable(canvas_of(options, other, width, language))


@pytest.mark.parametrize("width", [170.0, 118.0, 42.0])
def test_special_slopes_can_be_read(evidence, width):
    long = "The Ministry of Transport and Communications of Turkmenistan {}"
    for moments, things in (
        ([1990, 2020], {long.format(n): [n, 30 - n] for n in range(30)}),
        ([1990, 2020], {f"Same {n}": [5, 5] for n in range(30)}),
        ([1990, 1991, 1992, 2020], {"A": [1, 2, 3, 4], "B": [None, None, 3, None]}),
        ([1990, 2020], {"x" * 90: [999_999.125, -999_999.125]}),
    ):
        options, other = made(evidence, "year", moments, things)
        canvas = canvas_of(options, other, width)
        assert_plot_readable(canvas)
        assert {str(moment) for moment in moments} <= {words for words, *_ in boxes(canvas)}


@pytest.mark.parametrize("width", [170.0, 118.0, 42.0])
@pytest.mark.parametrize("name", CHARTS)
def test_the_charts_of_this_file_can_be_read(evidence, name, width):
    for language in ("en", "ru"):
        assert_plot_readable(canvas_of(checked(evidence, name), evidence, width, language))


# What goes wrong ------------------------------------------------------------------------------------------------


def of_rows(rows):
    return (
        HEAD + "fields: [{name: state}, {name: year, type: year}, {name: n, type: number}]\n"
        f"    rows: {rows}\n    x: year\n    y: n\n    series: state\n    "
    )


def many(things, moments):
    return "[" + ", ".join(f"[s{n}, {2000 + m}, {n}]" for n in range(things) for m in range(moments)) + "]"


BAD = {
    "words before and after": (SLOPE.replace("y: years", "y: words"), "bad-value", "words", "number"),
    "one moment": (of_rows("[[A, 2000, 1], [B, 2000, 2]]"), "bad-value", "year", "bar"),
    "five moments": (of_rows(many(2, 5)), "bad-value", "year", "line chart"),
    "thirty-one things": (of_rows(many(31, 2)), "bad-value", "state", "31"),
    "no two values": (of_rows("[[A, 2000, 1], [B, 2010, 2]]"), "bad-value", "n", "series"),
    "all missing": (of_rows("[[A, 2000, null], [A, 2010, null]]"), "bad-value", "n", "two values"),
    "no rows": (of_rows("[]"), "bad-value", "rows", ""),
    "x a number": (SLOPE.replace("x: year", "x: years"), "bad-value", "years", "year"),
    "thing twice": (of_rows("[[A, 2000, 1], [A, 2000, 2], [A, 2010, 2]]"), "bad-value", "2000", "own"),
    "no name": (of_rows("[[null, 2000, 1], [A, 2000, 2], [A, 2010, 2]]"), "bad-value", "null", "name"),
    "highlight a moment": (SLOPE + "highlight: [2020]\n", "unknown-value", "2020", "Kazakhstan"),
    "seven highlights": (
        of_rows(many(8, 2)) + "highlight: [s0, s1, s2, s3, s4, s5, s6]\n", "bad-value",
        "[s0, s1, s2, s3, s4, s5, s6]", "about",
    ),
    "wrong key": (SLOPE + "log: true\n", "unknown-key", "log", ""),
    "far too many rows": (of_rows(many(601, 2)), "bad-value", "rows", "1202"),
    "not a number": (of_rows("[[A, 2000, .nan], [A, 2010, 2]]"), "bad-table", ".nan", "null"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


# As printed -----------------------------------------------------------------------------------------------------


def test_prints_as_it_did(evidence, tmp_path):
    assert_prints_as_it_did(drawn(evidence, "slope", 118), "slope", tmp_path, words=["Kazakhstan", "71.4", "uncertain"])
