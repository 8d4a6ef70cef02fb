"""Heatmaps and matrices: every cell where it belongs, toned as its number asks, readable on its tone."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.documents.colours import contrast
from c6brief.evidence.base import Evidence
from c6brief.figures import STYLE, sources_of, width_of
from c6brief.figures.charts import data_of
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.palette import heat_colour, text_colour_on
from c6brief.figures.heatmap.matrix import Matrix
from c6brief.figures.heatmap.tones import tone_scale
from c6brief.figures.kinds import DrawContext
from c6brief.figures.words import FigureWords
from tests.support.bar_charts import HEAD, LANGUAGES, NAMES, UNITS, VALUES, project
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

HEAD = HEAD.replace("kind: bar", "kind: heatmap")
LONG = (
    HEAD
    + """fields: [{name: state}, {name: year, type: year}, {name: rate, type: number, unit: "%"}, {name: soft, type: boolean}]
    rows:
      - [Kazakhstan, 2021, 4, false]
      - [Kazakhstan, 2020, -2.5, false]
      - [The Kyrgyz Republic, 2020, null, false]
      - [The Kyrgyz Republic, 2021, 5.5, true]
      - [Uzbekistan, 2021, 0.0, false]
    x: year
    y: state
    value: rate
    """
)
WIDE = HEAD + "table: modes\n    y: state\n    value: [rail, road, sea]\n    "
WORDS = (
    HEAD.replace("kind: heatmap", "kind: matrix")
    + """fields: [{name: body}, {name: kz, title: Kazakhstan}, {name: tm, title: Turkmenistan}, {name: az, title: Azerbaijan}]
    rows:
      - [Organization of Turkic States, member, observer, member]
      - [Shanghai Cooperation Organisation, member, null, partner]
    y: body
    value: [kz, tm, az]
    """
)
LEVELS = WORDS + "order: [observer, partner, member]\n    "


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {"heatmap": LONG + "uncertain: soft\n    highlight: [Uzbekistan]\n", "wide": WIDE, "words": WORDS}
    charts |= {"diverging": LONG + "diverging: true\n", "tones": WIDE + "numbers: false\n", "levels": LEVELS}
    charts["signs"] = LONG + "diverging: true\n    numbers: false\n"
    return project(tmp_path_factory.mktemp("project"), **charts)


def cells(svg):
    """The filled cells from top to bottom, left to right: (left, top, colour)."""
    found = []
    for path in re.findall(r"<path [^>]*>", svg):
        data, fill = re.search(r' d="([^"]*)"', path)[1], re.search(r' fill="(#\w+)"', path)
        x = y = 0.0
        for token in re.findall(r"M(\S+) (\S+?)l(\S+) 0 0 (\S+?) (\S+?) 0z", data) if fill else ():
            x, y, width, height = map(float, token[:4])
            found.append((round(y, 1), x, width, height, fill[1]))
    return [(left, top, colour) for top, left, _, height, colour in sorted(found) if height > 7]


def test_cells_are_toned_by_their_numbers(evidence):
    colours = [colour for *_, colour in cells(drawn(evidence, "wide", 118))]
    values = [400, 250, 350, 300, 100, 100, 50, 75, 0, 10, 30]
    assert colours == [heat_colour(value / 400, STYLE) for value in values]
    assert len(set(colours)) == len(set(values))


def test_numbers_stand_in_their_cells_and_missing_ones_are_hatched(evidence):
    svg = drawn(evidence, "heatmap", 118)
    words = texts(svg)
    assert {"−2.5", "4.0", "5.5", "2020", "2021", "%"} <= set(words)
    assert words.index("2020") < words.index("2021"), "columns of years come by year, however the rows come"
    assert words.count("no data") == 1 and words.count("uncertain") == 1
    assert len(cells(svg)) == 4, "two of six are missing: one is null, one has no row"
    assert words.count("0") == 1, "zero is not missing"
    assert "no data" not in texts(drawn(evidence, "levels", 118).replace("no data", "", 1))


def test_a_diverging_scale_turns_at_zero(evidence):
    colours = {colour for *_, colour in cells(drawn(evidence, "diverging", 118))}
    assert colours == {heat_colour(share, STYLE) for share in (-2.5 / 5.5, 4 / 5.5, 1, 0)}
    signs = [colour for *_, colour in cells(drawn(evidence, "signs", 118))]
    assert heat_colour(0.0, STYLE) in signs, "zero is on neither side"


def test_without_numbers_a_scale_explains_the_tones(evidence):
    svg = drawn(evidence, "tones", 118)
    words = texts(svg)
    assert {"0", "100", "200", "300", "400"} <= set(words) and not {"250", "350", "75"} & set(words)
    tones = re.findall(r'fill="(#\w+)"', svg)
    scale = tone_scale([0, 400], None, STYLE, diverging=False, steps=True)
    assert scale.bounds == (0, 100, 200, 300, 400) and set(scale.tones()) <= set(tones)
    assert [scale.colour(value) for value in (0, 99, 100, 400)] == [scale.tones()[step] for step in (0, 0, 1, 3)]
    assert all(contrast(one, other) > 1.15 for one, other in pairwise(scale.tones()))
    shared = tone_scale([0, 10], (0, 400), STYLE, diverging=False, steps=False)
    assert shared.colour(10) == heat_colour(10 / 400, STYLE), "panels share a scale"


def test_words_are_written_and_toned_by_level(evidence):
    svg = drawn(evidence, "words", 118)
    assert not cells(svg) and texts(svg).count("member") == 3
    colours = [colour for *_, colour in cells(drawn(evidence, "levels", 118))]
    member, observer, partner = colours[0], colours[1], colours[4]
    assert colours == [member, observer, member, member, partner]
    assert contrast(observer, STYLE.paper) < contrast(partner, STYLE.paper) < contrast(member, STYLE.paper)


def test_words_that_look_like_numbers_are_words_and_dates_are_in_order(tmp_path):
    text = WORDS.replace("[Organization of Turkic States, member, observer, member]", "[Union, 5, true, 2020-01-01]")
    dates = LONG.replace("type: year", "type: date").replace("2021", "2021-02-01").replace("2020", "2020-12-31")
    other = project(tmp_path, words=text, dates=dates)
    assert {"5", "true", "2020-01-01", "partner"} <= set(texts(drawn(other, "words", 118)))
    words = texts(drawn(other, "dates", 118))
    assert words.index("2020-12-31") < words.index("2021-02-01")


def test_heads_without_room_become_numbers_with_a_foot(evidence):
    words = texts(drawn(evidence, "levels", 42))
    assert {"1", "2", "3", "a", "c"} <= set(words)
    foot = " ".join(words).replace("\u00a0", " ")
    assert "2 Turkmenistan" in foot and "a observer" in foot and "c member" in foot
    assert {"Kazakhstan", "Turkmenistan", "member"} <= set(texts(drawn(evidence, "levels", 170)))


def test_text_can_be_read_on_every_tone():
    for step in range(-20, 21):
        colour = heat_colour(step / 20, STYLE)
        assert contrast(text_colour_on(colour, STYLE), colour) > 3.9, f"at {step / 20}"


def test_data_and_sources(evidence):
    data = data_of(evidence.charts["heatmap"], checked(evidence, "heatmap"), evidence)
    assert data.columns == ("state", "2020 (%)", "2021 (%)")
    assert data.rows == (("Kazakhstan", -2.5, 4), ("The Kyrgyz Republic", None, 5.5), ("Uzbekistan", None, 0.0))
    assert sources_of(evidence.charts["wide"], checked(evidence, "wide"), evidence) == ("beta",)
    assert width_of(evidence.charts["words"]) == "column"


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "heatmap", 118) == drawn(evidence, "heatmap", 118)


def canvas_of(matrix, width_mm=118.0, language="en", extent=None):
    from c6brief.figures.heatmap.drawing import HeatmapDrawing

    context = DrawContext(Evidence(), {}, width_mm, FigureWords(language), STYLE, extent)
    with drawing_settings("test"):
        return HeatmapDrawing(matrix, context).canvas


WORD = st.one_of(st.none(), st.sampled_from(["member", "observer", "full participant since 2025", "–"]), NAMES)


@st.composite
def matrices(draw):
    words = draw(st.booleans())
    rows, columns = draw(st.integers(1, 40)), draw(st.integers(1, 12 if words else 24))
    if rows * columns > 90:
        rows = max(1, 90 // columns)
    heads = NAMES if draw(st.booleans()) else st.sampled_from(["2019", "2020", "2021", "Trade", "Security councils"])
    cell = WORD if words else VALUES
    return Matrix(
        tuple(draw(NAMES) for _ in range(rows)),
        tuple(draw(heads) for _ in range(columns)),
        tuple(tuple(draw(cell) for _ in range(columns)) for _ in range(rows)),
        draw(UNITS),
        draw(st.booleans()) and not words,
        draw(st.booleans()),
        (),
        draw(st.booleans()),
        words,
        frozenset({(0, 0)}) if draw(st.booleans()) else frozenset(),
        draw(st.frozensets(st.integers(0, rows - 1), max_size=1)),
        draw(st.frozensets(st.integers(0, columns - 1), max_size=1)),
    )


@pytest.mark.thorough
@settings(max_examples=examples(30), deadline=None, derandomize=True)
@given(matrices(), st.sampled_from([42.0, 118.0, 170.0]), LANGUAGES)
def test_any_matrix_can_be_read(matrix, width_mm, language):
    assert_readable(canvas_of(matrix, width_mm, language))


@pytest.mark.sample(2)
@pytest.mark.parametrize("width_mm", [42.0, 118.0, 170.0])
@pytest.mark.parametrize("times", [True, False])
def test_the_largest_matrix_fits_on_a_page(width_mm, times):
    columns = tuple(str(year) for year in range(2000, 2024))
    rows = tuple(f"State {row}" for row in range(40))
    matrix = Matrix(rows, columns, (tuple(range(24)),) * 40, "years", times=times)
    canvas = canvas_of(matrix, width_mm)
    assert canvas.height < 700
    found = [words for words, *_ in boxes(canvas)]
    assert width_mm < 100 or found.count("7") >= 40, "numbers are written where there is room"
    assert all(row in found for row in rows)


@pytest.mark.parametrize("cells", [((None,),), ((0,),), ((3, 3),), ((1e308, -1e308),), ((None, 5e-324),)])
@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("diverging", [True, False])
def test_special_matrices_can_be_read(cells, written, diverging):
    columns = ("A", "B")[: len(cells[0])]
    assert_readable(canvas_of(Matrix(("Row",), columns, cells, "%", diverging, written)))


def rows_of(count, columns=("2020",)):
    return "[" + ", ".join(f"[s{n}, {column}, {n}, true]" for n in range(count) for column in columns) + "]"


def with_rows(rows):
    return re.sub(r"rows:\n(      - .*\n)+", f"rows: {rows}\n", LONG)


BAD = {
    "no columns": (LONG.replace("x: year", ""), "bad-value", "value", "x:"),
    "columns twice": (WIDE + "x: state\n", "bad-value", "x", "keep one"),
    "no rows named": (LONG.replace("y: state", ""), "missing-key", None, "names the rows"),
    "unknown x": (LONG.replace("x: year", "x: yaer"), "unknown-value", "yaer", "year"),
    "unknown value": (LONG.replace("value: rate", "value: rat"), "unknown-value", "rat", "rate"),
    "value a year": (LONG.replace("value: rate", "value: year"), "bad-value", "year", "integer or number"),
    "y a number": (LONG.replace("y: state", "y: rate"), "bad-value", "rate", "string"),
    "cell twice": (LONG.replace("Kazakhstan, 2020", "Kazakhstan, 2021"), "bad-value", "Kazakhstan", "own"),
    "row without a name": (LONG.replace("[Uzbekistan,", "[null,"), "bad-value", "null", "name"),
    "column without a name": (LONG.replace("[Uzbekistan, 2021", "[Uzbekistan, null"), "bad-value", "null", "name"),
    "text in numbers": (LONG.replace("5.5", "much"), "bad-table", "much", ""),
    "not a number": (LONG.replace("5.5", ".nan"), "bad-table", ".nan", "null"),
    "units differ": (WIDE.replace("sea]", "share]"), "bad-value", "share", "a figure each"),
    "numbers and words": (WIDE.replace("[rail,", "[state, rail,"), "bad-value", "rail", "a figure each"),
    "field twice": (WIDE.replace("[rail, road,", "[rail, rail,"), "bad-value", "rail", "remove one"),
    "two columns of one name": (
        WORDS.replace("title: Turkmenistan", "title: Kazakhstan"),
        "bad-value",
        "tm",
        "title of its own",
    ),
    "diverging words": (WORDS + "diverging: true\n", "bad-value", "diverging", "order"),
    "order of numbers": (WIDE + "order: [few, many]\n", "bad-value", "order", "remove it"),
    "word of no level": (LEVELS.replace("partner]", "partnr]", 1), "unknown-value", "partnr", "partner"),
    "level twice": (
        LEVELS.replace("partner, member]\n    ", "partner, partner, member]\n"),
        "bad-value",
        "partner",
        "one",
    ),
    "uncertain, but a number": (LONG + "uncertain: rate\n", "bad-value", "rate", "boolean"),
    "highlight elsewhere": (LONG + "highlight: [2022]\n", "unknown-value", "2022", "202"),
    "41 rows": (with_rows(rows_of(41)), "bad-value", "state", "there are 41"),
    "25 columns": (with_rows(rows_of(2, range(2000, 2025))), "bad-value", "year", "there are 25"),
    "no cells": (with_rows("[]"), "bad-value", "rows", ""),
    "ten thousand rows": (with_rows(rows_of(100, range(1900, 2000))), "bad-value", "rows", "10000"),
    "wrong key": (LONG + "highligth: [2021]\n", "unknown-key", "highligth", "highlight"),
    "numbers as text": (LONG + "numbers: few\n", "wrong-type", "few", ""),
}


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


@pytest.mark.parametrize("name", ["heatmap", "tones", "levels"])
def test_prints_as_it_did(evidence, name, tmp_path):
    reference = {"tones": "heatmap-tones", "levels": "matrix"}.get(name, name)
    assert_prints_as_it_did(drawn(evidence, name, 118), reference, tmp_path, words=("no data",))
