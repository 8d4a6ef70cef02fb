"""Waffles: as many squares as the shares ask for, names beside them, and what has no square in words."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.evidence.base import Evidence
from c6brief.figures import STYLE, sources_of, width_of
from c6brief.figures.charts import data_of
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.numbers import whole_shares
from c6brief.figures.kinds import DrawContext
from c6brief.figures.waffle.parts import WafflePart
from c6brief.figures.words import FigureWords
from tests.support.bar_charts import HEAD, LANGUAGES, NAMES, UNITS, project, rectangles
from tests.support.charts import (
    assert_prints_as_it_did,
    assert_readable,
    assert_told,
    boxes,
    checked,
    drawn,
    problems_of,
    texts,
)
from tests.support.sampling import examples

HEAD = HEAD.replace("kind: bar", "kind: waffle")
WAFFLE = (
    HEAD
    + """fields: [{name: mode}, {name: tonnes, type: number, unit: thousand tonnes}, {name: estimated, type: boolean}]
    rows:
      - [Rail, 455, false]
      - [Road, 303, true]
      - [Sea and inland waterways together, 152, false]
      - [Air, 0, false]
      - [Pipelines, null, false]
    x: mode
    y: tonnes
    """
)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {"waffle": WAFFLE + "uncertain: estimated\n", "plain": WAFFLE, "loud": WAFFLE + "highlight: [Road]\n"}
    charts["fifty"] = WAFFLE + "squares: 50\n    sort: value\n"
    charts["table"] = HEAD + "table: modes\n    x: state\n    y: rail\n"
    return project(tmp_path_factory.mktemp("project"), **charts)


def squares(svg):
    """The colours of the squares of the grid, row by row; the swatches beside the names are smaller."""
    found = [bar for bar in rectangles(svg) if bar[1] - bar[0] > 8]
    found.sort(key=lambda bar: (round(bar[2], 1), bar[0]))
    return [bar[4] for bar in found]


def test_there_are_a_hundred_squares_and_each_part_has_its_share(evidence):
    colours = squares(drawn(evidence, "plain", 118))
    counts = [colours.count(colour) for colour in dict.fromkeys(colours)]
    assert counts == [50, 33, 17], "of 910: 50.0, 33.3 and 16.7"
    assert colours == sorted(colours, key=list(dict.fromkeys(colours)).index), "parts stand one after the other"
    fifty = squares(drawn(evidence, "fifty", 118))
    assert [fifty.count(colour) for colour in dict.fromkeys(fifty)] == [25, 17, 8]


def test_parts_are_named_beside_their_squares_with_per_cent_and_number(evidence):
    svg = drawn(evidence, "plain", 118)
    words = texts(svg)
    assert {"50%", "33%", "17%", "Rail", "455", "Road", "303", "152"} <= set(words)
    assert sum(int(word[:-1]) for word in words if re.fullmatch(r"\d+%", word)) == 100
    assert "no square: Air (0)" in words and "no data: Pipelines (shares of the parts with data)" in words
    assert "one square: about 9.1 thousand tonnes" not in words, "910 / 100 is exact"
    assert "one square: 9.1 thousand tonnes" in words
    assert {"50 %", "один квадрат: 9,1 thousand tonnes"} <= {
        word.replace("\u00a0", " ") for word in texts(drawn(evidence, "plain", 118, "ru"))
    }


def test_parts_differ_printed_grey_and_highlights_in_colour(evidence):
    def grey(colour):
        r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * r + 0.587 * g + 0.114 * b

    tones = [grey(colour) for colour in dict.fromkeys(squares(drawn(evidence, "plain", 118)))]
    assert all(two - one > 25 for one, two in pairwise(tones))
    loud = squares(drawn(evidence, "loud", 118))
    assert loud.count(STYLE.brand) == 33


def test_uncertain_parts_are_striped(evidence):
    svg = drawn(evidence, "waffle", 118)
    assert squares(svg).count(STYLE.paper) == 33 and "uncertain" in texts(svg)
    assert "uncertain" not in texts(drawn(evidence, "plain", 118))


def test_data_and_sources(evidence):
    data = data_of(evidence.charts["fifty"], checked(evidence, "fifty"), evidence)
    assert data.columns == ("mode", "tonnes (thousand tonnes)", "squares of 50")
    assert [row[2] for row in data.rows] == [25, 17, 8, 0, 0] and data.rows[-1][1] is None
    assert sources_of(evidence.charts["table"], checked(evidence, "table"), evidence) == ("beta",)
    assert width_of(evidence.charts["plain"]) == "column"


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "waffle", 118) == drawn(evidence, "waffle", 118)


def canvas_of(parts, squares=100, unit="", width_mm=118.0, language="en"):
    from c6brief.figures.waffle.drawing import WaffleDrawing

    values = [value or 0 for _, value, *_ in parts]
    counts = zip(whole_shares(values, squares), whole_shares(values), strict=True)
    shares = [WafflePart(part[0], part[1], *count, *part[2:]) for part, count in zip(parts, counts, strict=True)]
    with drawing_settings("test"):
        return WaffleDrawing(
            shares, squares, unit, DrawContext(Evidence(), {}, width_mm, FigureWords(language), STYLE)
        ).canvas


AMOUNTS = st.one_of(st.none(), st.integers(0, 200), st.floats(0, 1e6), st.sampled_from([0, 1e12, 3e-4, 1e308, 5e-324]))
PARTS = st.lists(st.tuples(NAMES, AMOUNTS, st.booleans(), st.booleans()), min_size=2, max_size=5).filter(
    lambda parts: any(part[1] for part in parts)
)


@pytest.mark.thorough
@settings(max_examples=examples(30), deadline=None, derandomize=True)
@given(PARTS, st.sampled_from([10, 37, 100, 101, 400]), UNITS, st.sampled_from([42.0, 118.0, 170.0]), LANGUAGES)
def test_any_waffle_can_be_read(parts, squares, unit, width_mm, language):
    canvas = canvas_of(parts, squares, unit, width_mm, language)
    assert_readable(canvas, with_marks=True)
    assert len(boxes(canvas)) >= 2


MANY = ", ".join(f"[s{n}, {n}]" for n in range(6))
PLAIN = HEAD + "fields: [{name: mode}, {name: tonnes, type: number}]\n    rows: [[Rail, 4], [Road, 5]]\n    "
PLAIN += "x: mode\n    y: tonnes\n    "

BAD = {
    "six parts": (PLAIN.replace("[[Rail, 4], [Road, 5]]", f"[{MANY}]"), "bad-value", "rows", "kind: bar"),
    "one part": (PLAIN.replace(", [Road, 5]", ""), "bad-value", "rows", "1 rows"),
    "no parts": (PLAIN.replace("[[Rail, 4], [Road, 5]]", "[]"), "bad-value", "rows", ""),
    "negative": (PLAIN.replace("5]", "-5]"), "bad-value", "-5", "kind: bar"),
    "nothing to divide": (PLAIN.replace("4]", "0]").replace("5]", "null]"), "bad-value", "tonnes", "zero or missing"),
    "text in numbers": (PLAIN.replace("5]", "many]"), "bad-table", "many", ""),
    "infinite": (PLAIN.replace("5]", ".inf]"), "bad-table", ".inf", "null"),
    "twice": (PLAIN.replace("Road, 5", "Rail, 5"), "bad-value", "Rail", "own"),
    "no name": (PLAIN.replace("Road, 5", "null, 5"), "bad-value", "null", "name"),
    "unknown x": (PLAIN.replace("x: mode", "x: mod"), "unknown-value", "mod", "mode"),
    "y not numeric": (PLAIN.replace("y: tonnes", "y: mode"), "bad-value", "mode", "number"),
    "several y": (PLAIN.replace("y: tonnes", "y: [tonnes]"), "wrong-type", "[tonnes]", ""),
    "uncertain, but a number": (PLAIN + "uncertain: tonnes\n", "bad-value", "tonnes", "boolean"),
    "highlight elsewhere": (PLAIN + "highlight: [Sea]\n", "unknown-value", "Sea", "Rail"),
    "three squares": (PLAIN + "squares: 3\n", "bad-value", "3", ""),
    "half squares": (PLAIN + "squares: 10.5\n", "wrong-type", "10.5", ""),
    "wrong key": (PLAIN + "square: 50\n", "unknown-key", "square", "squares"),
    "unknown table": (HEAD + "table: frieght\n    x: state\n    y: tonnes\n", "unknown-id", "frieght", "freight"),
}


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


def test_prints_as_it_did(evidence, tmp_path):
    assert_prints_as_it_did(drawn(evidence, "waffle", 118), "waffle", tmp_path, words=("Rail", "33%", "no data"))
