"""Bar charts: as long as their numbers, readable whatever these are, and exact about mistakes."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.figures import STYLE, check_chart, known_kinds, sources_of, width_of
from c6brief.figures.bar.bars import Bars, BarValue
from c6brief.figures.bar.colours import BarColours
from c6brief.figures.charts import data_of
from c6brief.figures.drawing.export import matplotlib_figure
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.numbers import share_words, whole_shares
from c6brief.figures.drawing.palette import quiet_colour
from c6brief.figures.kinds import DrawContext
from c6brief.figures.words import FigureWords
from tests.support.bar_charts import (
    FULL,
    HEAD,
    INLINE,
    LANGUAGES,
    MODES,
    NAMES,
    STACKED,
    SURVEY,
    TABLE,
    UNITS,
    VALUES,
    project,
    rectangles,
)
from tests.support.charts import (
    SVG,
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


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {"bar": FULL, "plain": TABLE, "inline": INLINE, "sorted": TABLE + "sort: value\n"}
    charts["years"] = TABLE.replace("x: state", "x: year") + "highlight: [2020]\n"
    charts |= {"grouped": MODES + "uncertain: estimated\n", "beside": MODES, "stacked": STACKED, "diverging": SURVEY}
    charts |= {"share": MODES + "arrange: share\n", "loud": STACKED + "highlight: [Road]\n"}
    charts["long"] = TABLE.replace("table: freight", "table: long") + "series: mode\n"
    charts["signed"] = MODES.replace("[rail, road, sea]", "[rail, change]") + "arrange: diverging\n"
    charts["by-sum"] = STACKED + "sort: value\n"
    charts["filed"] = TABLE.replace("table: freight", "table: filed")
    return project(tmp_path_factory.mktemp("project"), **charts)


def _style(element):
    return (value for key, value in element.attrib.items() if key.startswith("font"))


def zero_line(svg):
    """Where the line at zero stands."""
    return float(re.findall(r'd="M(\S+) \S+l0 \S+"', svg)[-1])


# What is shown --------------------------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_numbers_and_start_at_zero(evidence):
    svg = drawn(evidence, "plain", 118)
    zero = zero_line(svg)
    lengths = []
    for left, right, *_ in rectangles(svg):
        assert min(abs(left - zero), abs(right - zero)) <= 0.02, "a bar does not start at zero"
        lengths.append(left - zero if abs(right - zero) <= 0.02 else right - zero)
    values = [1130, 5420, 2810.5, -640]  # no bar for what is missing, none for zero
    assert len(lengths) == len(values)
    assert [length / lengths[1] for length in lengths] == pytest.approx([v / 5420 for v in values], abs=2e-4)
    assert lengths[-1] < 0, "the negative one reaches to the left"


def test_missing_is_no_zero(evidence):
    svg = drawn(evidence, "plain", 118)
    [missing] = re.findall(r"<text[^>]*>no data</text>", svg)
    assert "italic" in missing and STYLE.grey in missing
    assert texts(svg).count("0") == 1, "of Azerbaijan, whose number is zero"
    assert "нет данных" in texts(drawn(evidence, "plain", 118, "ru"))


def test_numbers_are_written_in_the_language_and_the_unit_once(evidence):
    words = texts(drawn(evidence, "plain", 118))
    assert {"1,130", "5,420", "2,810.5", "−640"} <= set(words) and words.count("thousand tonnes") == 1
    assert {"1.130", "5.420", "2.810,5"} <= set(texts(drawn(evidence, "plain", 118, "de")))


def test_highlighted_bars_are_told_by_colour_tone_and_weight(evidence):
    svg = drawn(evidence, "bar", 118)
    colours = [colour for *_, colour in rectangles(svg)]
    assert colours.count(STYLE.brand) == 1 and colours[1] == STYLE.brand
    assert set(colours) == {STYLE.brand, quiet_colour(STYLE)}
    bold = [element.text for element in ElementTree.fromstring(svg).iter() if "600" in "".join(_style(element))]
    assert bold == ["Kazakhstan", "5,420"]
    assert {colour for *_, colour in rectangles(drawn(evidence, "plain", 118))} == {STYLE.brand}


def test_bars_stand_as_given_or_by_value(evidence):
    given = data_of(evidence.charts["plain"], checked(evidence, "plain"), evidence)
    by_value = data_of(evidence.charts["sorted"], checked(evidence, "sorted"), evidence)
    assert given.columns == ("state", "tonnes (thousand tonnes)")
    assert [row[1] for row in given.rows] == [1130, 5420, 2810.5, None, -640, 0]
    assert [row[1] for row in by_value.rows] == [5420, 2810.5, 1130, 0, -640, None]
    assert b"Kyrgyzstan,\r\n" in given.to_csv()
    words = texts(drawn(evidence, "sorted", 118))
    assert words.index("Kazakhstan") < words.index("Turkmenistan") < words.index("Kyrgyzstan")


def test_rows_in_the_chart_years_and_files(evidence):
    assert {"Kazakhstan", "16", "Uzbekistan", "7"} == set(texts(drawn(evidence, "inline", 118)))
    assert {"2019", "2020", "no data"} <= set(texts(drawn(evidence, "years", 118)))
    assert {"4", "no data"} <= set(texts(drawn(evidence, "filed", 118)))


def test_sources_and_width(evidence):
    for name, found in (("plain", ("beta",)), ("inline", ())):
        assert sources_of(evidence.charts[name], checked(evidence, name), evidence) == found
    assert width_of(evidence.charts["plain"]) == "column" and known_kinds()["bar"].width == "column"


# What can be read -----------------------------------------------------------------------------------------------


def canvas_of(bars, width_mm=118.0, language="en", extent=None):
    from c6brief.figures.bar.drawing import BarDrawing

    context = DrawContext(Evidence(), {}, width_mm, FigureWords(language), STYLE, extent)
    with drawing_settings("test"):
        return BarDrawing(bars, context).canvas


def plain(rows, unit=""):
    """Bars of one series: (name, value, highlighted)."""
    strong = frozenset(index for index, row in enumerate(rows) if row[2:] == (True,))
    return Bars(tuple(r[0] for r in rows), ("",), tuple((BarValue(r[1]),) for r in rows), unit=unit, strong_rows=strong)


def assert_bars_readable(canvas):
    """No text meets another or a bar; nothing is off the sheet."""
    from matplotlib.patches import PathPatch

    assert_readable(canvas)
    words = boxes(canvas)
    for patch in matplotlib_figure(canvas).findobj(PathPatch):
        extent = patch.get_window_extent()
        assert extent.x0 > -0.01 and extent.x1 < canvas.width + 0.01
        assert extent.y0 > -0.01 and extent.y1 < canvas.height + 0.01
        for text, left, bottom, right, top in words:
            across = min(right, extent.x1) - max(left, extent.x0)
            down = min(top, extent.y1) - max(bottom, extent.y0)
            assert across <= 0.5 or down <= 0.5, f"{text!r} meets a bar"


ROWS = st.lists(st.tuples(NAMES, VALUES, st.booleans()), min_size=1, max_size=40)


@pytest.mark.thorough
@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(rows=ROWS, unit=UNITS, width_mm=st.sampled_from([42.0, 118.0, 170.0]), language=LANGUAGES)
def test_any_bars_can_be_read(rows, unit, width_mm, language):
    assert_bars_readable(canvas_of(plain(rows, unit), width_mm, language))


@st.composite
def several(draw):
    """Bars of two to six series, however arranged."""
    arrange = draw(st.sampled_from(["grouped", "stacked", "share", "diverging"]))
    count = draw(st.integers(2, 6))
    rows = draw(st.integers(1, 60 // count if arrange == "grouped" else 30))
    values = VALUES if arrange == "grouped" else VALUES.map(lambda v: v if v is None else min(abs(v), 1e300))
    cells = [tuple(BarValue(draw(values), draw(st.booleans())) for _ in range(count)) for _ in range(rows)]
    short = st.sampled_from(["Rail", "Road", "2019", "Strongly disagree", "Inland waterways"])
    return Bars(
        tuple(draw(NAMES) for _ in range(rows)),
        tuple(draw(st.one_of(short, NAMES)) for _ in range(count)),
        tuple(cells),
        arrange,
        draw(UNITS),
        draw(st.frozensets(st.integers(0, rows - 1), max_size=2)),
        draw(st.frozensets(st.integers(0, count - 1), max_size=2)),
        draw(st.frozensets(st.integers(0, count - 1), max_size=3)) if arrange == "diverging" else frozenset(),
        draw(st.booleans()),
    )


@pytest.mark.thorough
@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(bars=several(), width_mm=st.sampled_from([42.0, 118.0, 170.0]), language=LANGUAGES)
def test_any_series_can_be_read(bars, width_mm, language):
    assert_readable(canvas_of(bars, width_mm, language))


@pytest.mark.sample(4)
@pytest.mark.parametrize("width_mm", [118.0, 170.0])
@pytest.mark.parametrize(
    "name",
    ["Short", "The Ministry of Transport and Communications of Turkmenistan {}", "Long" * 25],
    ids=["short", "long", "one-word"],
)
@pytest.mark.parametrize("count", [1, 40])
def test_special_bars_can_be_read(count, name, width_mm):
    values = [1e12, -1e12, 0.0003, None, 0, -999999999999999.9, 123456789012345.6, -0.0003]
    canvas = canvas_of(plain([(name.format(n), values[n % 8], n == 3) for n in range(count)], "unit"), width_mm)
    assert_bars_readable(canvas)
    words = [words for words, *_ in boxes(canvas)]
    assert sum("Short" in word or "Ministry" in word or "Long" in word for word in words) >= count
    assert all(words.count(word) == count // 8 for word in ("no data", "0", "0.0003") if count == 40)


def test_forty_usual_bars_fit_on_a_page():
    bars = plain([(f"The Ministry of Transport and Communications {n}", n) for n in range(40)])
    assert canvas_of(bars).height < 640


def test_sixty_bars_beside_each_other_fit_on_a_page():
    row = tuple(BarValue(n) for n in (3, 2, 1))
    names = tuple(f"The Ministry of Transport and Communications {n}" for n in range(20))
    canvas = canvas_of(Bars(names, ("2019", "2020", "2021"), (row,) * 20))
    assert_bars_readable(canvas)
    assert canvas.height < 700


@pytest.mark.parametrize("values", [[0, 0], [None, None], [-1, None], [-5, -3]])
def test_bars_without_length_or_all_negative(values):
    assert_bars_readable(canvas_of(plain([(f"Row {n}", value) for n, value in enumerate(values)], "%")))


# Several series -------------------------------------------------------------------------------------------------


def test_bars_beside_each_other_are_as_long_as_their_numbers(evidence):
    svg = drawn(evidence, "beside", 118)
    zero, shapes = zero_line(svg), rectangles(svg)
    lengths = [right - left for left, right, *_ in shapes]
    values = [400, 250, 350, 300, 100, 100, 50, 75, 10, 30]  # no bar for zero, none for what is missing
    assert [length / lengths[0] for length in lengths] == pytest.approx([v / 400 for v in values], abs=2e-4)
    assert all(left == pytest.approx(zero, abs=0.02) for left, *_ in shapes)
    assert all(one[3] < two[2] for one, two in pairwise(shapes)), "bars touch"


def test_series_are_named_at_the_bars_of_the_first_row_and_nowhere_else(evidence):
    svg = drawn(evidence, "beside", 118)
    words = texts(svg)
    assert [words.count(name) for name in ("Rail", "Road", "Sea")] == [1, 1, 1]
    elements = ElementTree.fromstring(svg).iter(f"{SVG}text")
    places = {element.text: float(element.get("y")) for element in elements}
    rows = [bar[3] for bar in rectangles(svg)[:3]]
    for name, bottom in zip(("Rail", "Road", "Sea"), rows, strict=True):
        assert bottom - 4 < places[name] < bottom + 1, f"{name} does not stand at its bar"


def test_a_key_names_series_that_have_no_room_at_their_bars():
    long = ("The railways of the whole region, with their ferries", "Road")
    canvas = canvas_of(
        Bars(("Kazakhstan", "Uzbekistan"), long, ((BarValue(3), BarValue(2)), (BarValue(1), BarValue(0))))
    )
    found = {words: (left, top) for words, left, _, _, top in boxes(canvas)}
    assert found[long[0]][1] > found["Kazakhstan"][1], "the key stands above the rows"
    missing = canvas_of(Bars(("Kazakhstan",), ("Rail", "Road"), ((BarValue(3), BarValue(None)),)))
    assert {"Rail", "Road", "no data"} <= {words for words, *_ in boxes(missing)}


def test_series_differ_printed_grey(evidence):
    def grey(colour):
        r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * r + 0.587 * g + 0.114 * b

    for name in ("beside", "stacked", "share"):
        tones = sorted(
            grey(colour) for colour in {bar[4] for bar in rectangles(drawn(evidence, name, 118))} - {"#ffffff"}
        )
        assert len(tones) == 3 and all(b - a > 25 for a, b in pairwise(tones)), name


def stretches(svg):
    """The parts of stacked bars, by row: (left, right) from left to right."""
    rows = {}
    for left, right, top, *_ in rectangles(svg):
        rows.setdefault(top, []).append((left, right))
    return [sorted(row) for _, row in sorted(rows.items())]


def test_stacked_parts_follow_each_other_and_sum(evidence):
    svg = drawn(evidence, "stacked", 118)
    rows = stretches(svg)
    scale = (rows[0][-1][1] - rows[0][0][0]) / 1000
    for row, values in zip(rows, [[400, 250, 350], [300, 100, 100], [50, 75], [10, 30]], strict=True):
        assert [(right - left) / scale for left, right in row] == pytest.approx(values, abs=0.2)
        assert all(one[1] == pytest.approx(two[0], abs=0.02) for one, two in pairwise(row))
    words = texts(svg)
    assert {"1,000", "500", "125", "no data: Road"} <= set(words)
    assert "40" not in words, "a sum of what is known would pass for the sum of all"
    assert words.count("thousand tonnes") == 1


def test_heads_stand_over_the_parts_of_the_first_row(evidence):
    svg = drawn(evidence, "stacked", 118)
    parts = stretches(svg)[0]
    for name, (left, right) in zip(("Rail", "Road", "Sea"), parts, strict=True):
        [element] = [e for e in ElementTree.fromstring(svg).iter() if e.text == name]
        assert left - 0.1 <= float(element.get("x").split()[0]) < right


def test_heads_that_would_stand_far_from_their_parts_are_a_key():
    series = ("Pakistan", "Turkey", "Iran", "Afghanistan")

    def names_top(first):
        rows = (tuple(map(BarValue, first)), (BarValue(900), BarValue(50), BarValue(30), BarValue(20)))
        canvas = canvas_of(Bars(("1957", "2007"), series, rows, "stacked", "million people"), 60.0)
        assert_readable(canvas)
        found = {words: bottom for words, _, bottom, *_ in boxes(canvas)}
        return found["Afghanistan"] > found["million people"]

    assert names_top((40, 10, 8, 4)), "in a key, above the unit"
    assert not names_top((250, 250, 250, 250)), "over the bar, below the unit"


def test_totals_can_be_left_out(evidence):
    options = checked(evidence, "stacked").model_copy(update={"totals": False})
    words = {
        words
        for words, *_ in boxes(
            known_kinds()["bar"].draw(options, DrawContext(evidence, {}, 118, FigureWords("en"), STYLE))
        )
    }
    assert "1,000" not in words and "400" in words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([99.6, 0.4], [">99%", "<1%"]),
        ([996, 4, 0], [">99%", "<1%", "0%"]),
        ([5, 0], ["100%", "0%"]),
        ([1, 1], ["50%", "50%"]),
    ],
)
def test_a_share_beside_others_is_never_all(values, words):
    assert share_words(values, Locale("en")) == words


def test_shares_sum_to_a_hundred(evidence):
    svg = drawn(evidence, "share", 118)
    rows = stretches(svg)
    ends = {(round(row[0][0], 1), round(row[-1][1], 1)) for row in rows}
    assert len(rows) == 3 and len(ends) == 1, "all are as long as 100%; what lacks a part is not drawn"
    assert {"40%", "25%", "35%", "60%", "20%", "no data: Road"} <= set(texts(svg))
    assert "thousand tonnes" not in texts(svg)
    assert whole_shares([1, 1, 1]) == [34, 33, 33] and whole_shares([0, 0]) == [0, 0]
    assert whole_shares([1e308] * 3, 10) == [4, 3, 3] and whole_shares([0, 5]) == [0, 100]


@pytest.mark.thorough
@settings(max_examples=examples(100), deadline=None, derandomize=True)
@given(st.lists(st.floats(0, 1e308), min_size=1, max_size=6), st.integers(10, 400))
def test_shares_sum_whatever_the_numbers(values, of):
    shares = whole_shares(values, of)
    assert sum(shares) == (of if any(values) else 0) and all(share >= 0 for share in shares)


def test_diverging_bars_stand_left_and_right_of_zero(evidence):
    svg = drawn(evidence, "diverging", 170)
    zero = zero_line(svg)
    first = stretches(svg)[0]
    scale = (first[2][1] - first[2][0]) / 350
    assert first[1][1] == pytest.approx(zero, abs=0.02) and first[2][0] == pytest.approx(zero, abs=0.02)
    assert [(right - left) / scale for left, right in first] == pytest.approx([400, 250, 350], abs=0.5)
    words = texts(svg)
    assert {"650", "350", "400"} <= set(words) and not any("−" in word for word in words)
    signed = texts(drawn(evidence, "signed", 170))
    assert {"−6", "−7", "300"} <= set(signed)


def test_uncertain_values_are_striped_and_the_stripes_explained(evidence):
    svg = drawn(evidence, "grouped", 118)
    white = [bar for bar in rectangles(svg) if bar[4] == STYLE.paper]
    assert len(white) == 4 and texts(svg).count("uncertain") == 1, "three bars of Uzbekistan, one in the key"
    assert "uncertain" not in texts(drawn(evidence, "stacked", 118))
    assert "неточно" in texts(drawn(evidence, "grouped", 118, "ru"))


def test_a_highlighted_series_is_the_only_one_in_colour(evidence):
    colours = [bar[4] for bar in rectangles(drawn(evidence, "loud", 118))]
    assert colours.count(STYLE.brand) == 3  # of four rows; one has no data on it

    def hue(colour):
        channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        return max(channels) - min(channels)

    assert all(hue(colour) < 20 for colour in colours if colour != STYLE.brand)


def test_rows_of_series_come_by_sum_and_long_tables_have_gaps(evidence):
    words = texts(drawn(evidence, "by-sum", 118))
    assert (
        words.index("Kazakhstan") < words.index("Uzbekistan") < words.index("Azerbaijan") < words.index("Turkmenistan")
    )
    words = texts(drawn(evidence, "long", 118))
    assert words.count("no data") == 1 and {"Rail", "Road", "3", "1", "2"} <= set(words)
    assert data_of(evidence.charts["long"], checked(evidence, "long"), evidence).rows[0] == ("Kazakhstan", "Rail", 3)


def test_panels_of_one_extent_have_one_scale():
    def length(values, extent):
        from matplotlib.patches import PathPatch

        canvas = canvas_of(plain([("A", values)]), 60.0, extent=extent)
        return max(patch.get_window_extent().width for patch in matplotlib_figure(canvas).findobj(PathPatch))

    assert length(10, (0, 40)) * 4 == pytest.approx(length(40, (0, 40)), rel=0.001)
    assert length(10, None) == pytest.approx(length(40, None), rel=0.05)


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "bar", 118) == drawn(evidence, "bar", 118)


def test_measured_numbers_keep_their_decimals_and_whole_ones_have_none():
    words = {words for words, *_ in boxes(canvas_of(plain([("A", 58.4), ("B", 73.0), ("C", 12), ("D", 0)])))}
    assert {"58.4", "73.0", "12", "0"} <= words


def test_on_a_narrow_sheet_long_names_stand_over_their_bars_and_numbers_are_short():
    found = boxes(canvas_of(plain([("The railways of Turkmenistan", 1e12), ("Road", -1e12)]), 42.0))
    places = {words: (left, bottom) for words, left, bottom, *_ in found}
    assert {"1T", "−1T"} <= set(places)
    assert places["Road"][0] == pytest.approx(0, abs=0.6) and places["Road"][1] > places["−1T"][1]
    beside = {words: bottom for words, _, bottom, *_ in boxes(canvas_of(plain([("2019", 3), ("2020", 4)]), 42.0))}
    assert beside["2019"] == pytest.approx(beside["3"], abs=1)


def test_series_that_are_times_darken_towards_the_last():
    def tones(series):
        bars = Bars(("A",), series, ((BarValue(1), BarValue(2), BarValue(3)),))
        return [BarColours(bars, STYLE).of(0, index) for index in range(3)]

    assert tones(("1967", "1987", "2007")) == tones(("Rail", "Road", "Sea"))[::-1]
    assert tones(("Rail", "Road", "Sea"))[0] == STYLE.brand


# What goes wrong ------------------------------------------------------------------------------------------------

ROWS = INLINE.index("rows:")
MANY = "rows: [" + ", ".join(f"[s{n}, {n}, 2020]" for n in range(41)) + "]\n    x: state\n    y: rail\n    "

BAD = {
    "unknown table": (TABLE.replace("table: freight", "table: frieght"), "unknown-id", "frieght", "freight"),
    "unknown x": (TABLE.replace("x: state", "x: stat"), "unknown-value", "stat", "state"),
    "unknown y": (INLINE.replace("y: rail", "y: rial"), "unknown-value", "rial", "rail"),
    "y not numeric": (TABLE.replace("y: tonnes", "y: state"), "bad-value", "state", "number"),
    "y a year": (TABLE.replace("y: tonnes", "y: year"), "bad-value", "year", "integer or number"),
    "x a number": (TABLE.replace("x: state", "x: tonnes"), "bad-value", "tonnes", "string"),
    "no x": (TABLE.replace("x: state", ""), "missing-key", None, "categories"),
    "table and rows": (INLINE + "table: freight\n", "bad-value", "rows", "remove"),
    "table and fields": (TABLE + "fields: [{name: state}]\n", "bad-value", "fields", "remove"),
    "neither": (TABLE.replace("table: freight", ""), "missing-key", None, "table"),
    "rows without fields": (re.sub(r"fields: .*", "", INLINE), "missing-key", None, "fields"),
    "no rows": (INLINE[:ROWS] + "rows: []\n    x: state\n    y: rail\n", "bad-value", "rows", ""),
    "table without rows": (TABLE.replace("table: freight", "table: hollow"), "bad-value", "hollow", ""),
    "text in a list": (INLINE.replace(", 16,", ", many,"), "bad-table", "many", ""),
    "text in a map": (INLINE.replace("rail: 7", "rail: few"), "bad-table", "few", ""),
    "half a train": (INLINE.replace("rail: 7", "rail: 7.5"), "bad-table", "7.5", ""),
    "cell too few": (INLINE.replace(", 16,", ","), "bad-table", "[Kazakhstan, 2023]", "state"),
    "unknown field of a map": (INLINE.replace("rail: 7", "rial: 7"), "unknown-key", "rial", "rail"),
    "infinite": (INLINE.replace(", 16,", ", .inf,"), "bad-table", ".inf", "null"),
    "not a number": (INLINE.replace("rail: 7", "rail: .nan"), "bad-table", ".nan", "null"),
    "too many": (INLINE[:ROWS] + MANY, "bad-value", "rows", "41"),
    "bar without a name": (INLINE.replace("[Kazakhstan,", "[null,"), "bad-value", "null", "name"),
    "bar twice": (INLINE.replace("state: Uzbekistan", "state: Kazakhstan"), "bad-value", "Kazakhstan", "own"),
    "highlight elsewhere": (TABLE + "highlight: [Kazakstan]\n", "unknown-value", "Kazakstan", "Kazakhstan"),
    "highlight twice": (TABLE + "highlight: [Kazakhstan, Kazakhstan]\n", "bad-value", "Kazakhstan", "remove one"),
    "unknown sort": (TABLE + "sort: values\n", "unknown-value", "values", "value"),
    "series and several fields": (MODES + "series: state\n", "bad-value", "series", "keep one"),
    "field twice": (MODES.replace("[rail, road,", "[rail, rail,"), "bad-value", "rail", "remove one"),
    "units differ": (MODES.replace("sea]", "share]"), "two-units", "share", "small multiples"),
    "two series of one name": (
        HEAD
        + "fields: [{name: state}, {name: a, title: Rail, type: number}, {name: b, title: Rail, type: number}]\n"
        + "    rows: [[Kazakhstan, 1, 2]]\n    x: state\n    y: [a, b]\n",
        "bad-value",
        "b",
        "title of its own",
    ),
    "unknown arrangement": (MODES + "arrange: staked\n", "unknown-value", "staked", "stacked"),
    "share of one": (TABLE + "arrange: share\n", "bad-value", "share", "several fields"),
    "left, but not diverging": (STACKED + "left: [Rail]\n", "bad-value", "left", "diverging"),
    "left of nothing": (SURVEY.replace("[Rail,", "[Rial,"), "unknown-value", "Rial", "Rail"),
    "left twice": (SURVEY.replace("[Rail, Road]", "[Rail, Rail]"), "bad-value", "Rail", "remove one"),
    "uncertain, but a number": (MODES + "uncertain: rail\n", "bad-value", "rail", "boolean"),
    "totals as text": (STACKED + "totals: some\n", "wrong-type", "some", ""),
    "baseline": (TABLE + "baseline: 1000\n", "bars-not-from-zero", "baseline", "dot"),
    "min": (TABLE + "min: 1000\n", "bars-not-from-zero", "min", "dot"),
    "from": (TABLE + "from: 1000\n", "bars-not-from-zero", "from", "dot"),
    "start": (TABLE + "start: 1000\n", "bars-not-from-zero", "start", "dot"),
    "ymin": (TABLE + "ymin: 1000\n", "bars-not-from-zero", "ymin", "dot"),
    "axis from elsewhere": (TABLE + "axis: {min: 1000}\n", "bars-not-from-zero", "min", "dot"),
    "any axis": (TABLE + "axis: {max: 1000}\n", "unknown-key", "axis", ""),
    "wrong key": (TABLE + "higlight: [Kazakhstan]\n", "unknown-key", "higlight", "highlight"),
}


for arrange in ("stacked", "share"):
    BAD[f"negative, {arrange}"] = (
        HEAD
        + "fields: [{name: state}, {name: rail, type: number}, {name: road, type: number}]\n"
        + f"    rows: [[Kazakhstan, 1, 2], [Uzbekistan, -7, 2]]\n    x: state\n    y: [rail, road]\n    arrange: {arrange}\n",
        "bad-value",
        "-7",
        "diverging",
    )
BAD["negative left of zero"] = (
    BAD["negative, share"][0].replace("arrange: share", "arrange: diverging\n    left: [rail]"),
    "bad-value",
    "-7",
    "without the minus",
)
BAD["sum beyond all floats"] = (
    BAD["negative, stacked"][0].replace("-7, 2", "1.7e+308, 1.7e+308"),
    "bad-value",
    "1.7e+308",
    "smaller units",
)
BAD["seven series"] = (
    HEAD
    + "fields: [{name: state}, {name: mode}, {name: tonnes, type: number}]\n    rows: ["
    + ", ".join(f"[Kazakhstan, m{n}, 1]" for n in range(7))
    + "]\n    x: state\n    y: tonnes\n    series: mode\n",
    "bad-value",
    "mode",
    "there are 7",
)
BAD["too many beside each other"] = (
    HEAD
    + "fields: [{name: state}, {name: a, type: number}, {name: b, type: number}]\n    rows: ["
    + ", ".join(f"[s{n}, 1, 2]" for n in range(31))
    + "]\n    x: state\n    y: [a, b]\n",
    "bad-value",
    "[a, b]",
    "31 × 2",
)


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


def test_too_many_says_how_many_may_be(tmp_path):
    evidence = project(tmp_path, bad=INLINE[:ROWS] + MANY, good=INLINE[:ROWS] + MANY.replace(", [s40, 40, 2020]", ""))
    problems = Problems()
    assert check_chart(evidence.charts["bad"], evidence, problems) is None
    assert [problem.message for problem in problems] == ["too many bars; at most 40"]
    assert checked(evidence, "good")


def test_a_number_beyond_all_floats_is_told_in_its_table(folder):
    folder.write(
        "seeds/tables/endless.yaml",
        "{title: Numbers without end, fields: [{name: state}, {name: tonnes, type: number}], data: endless.csv}",
    )
    folder.write("seeds/tables/endless.csv", "state,tonnes\nKazakhstan,1\nUzbekistan,inf\n")
    assert "wants a number, found 'inf'" in folder.render().err
    folder.write(
        "seeds/tables/endless.yaml",
        "title: Numbers without end\nfields: [{name: state}, {name: tonnes, type: number}]\n"
        "rows: [[Kazakhstan, 1], {state: Uzbekistan, tonnes: .inf}]\n",
    )
    assert "seeds/tables/endless.yaml:3:53: error[bad-table]: field 'tonnes' wants a number" in folder.run("check").err


def test_a_bar_chart_stands_in_a_printed_brief(folder):
    """The whole command: drawn, its table's source counted, its data attached."""
    import pypdf

    folder.write(
        "seeds/charts/access.yaml",
        "{kind: bar, title: Few stations wait, subtitle: Stations by access, alt: Bar chart of two kinds of station.,"
        " table: access, x: access, y: stations, highlight: [Street to train]}\n",
    )
    folder.change("briefs/lifts.yaml", "    tables: [access]", "    charts: [access]")
    result = folder.render()
    assert result.status == 0 and "error" not in result.err, result.err
    pdf = pypdf.PdfReader(next((folder.root / "output").glob("*.pdf")))
    assert "1,061" in " ".join(page.extract_text() for page in pdf.pages)
    attached = b"".join(content for contents in pdf.attachments.values() for content in contents)
    assert b"access,stations (number)\r\nStreet to train,94\r\nStreet to platform,1061\r\n" in attached


# As printed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bar", "grouped", "stacked", "share", "diverging"])
def test_prints_as_it_did(evidence, name, tmp_path):
    words = ("Kazakhstan", "no data") + (("thousand tonnes",) if name != "share" else ())
    reference = name if name == "bar" else f"bar-{name}"
    assert_prints_as_it_did(drawn(evidence, name, 118), reference, tmp_path, words=words)
