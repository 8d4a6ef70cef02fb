"""Lines and areas: where the data are, with gaps where there are none, readable whatever the data."""

import re
import textwrap
import time
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c6brief.documents.colours import contrast, mix
from c6brief.documents.contrast import with_contrast
from c6brief.documents.problems import Problems
from c6brief.evidence.table_models import ChartRows, TableField
from c6brief.figures import STYLE, check_chart, known_kinds, sources_of
from c6brief.figures.charts import data_of
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.palette import quiet_colour, tones
from c6brief.figures.drawing.scale import scale_of
from c6brief.figures.kinds import DrawContext
from c6brief.figures.time.plot import thin_line
from c6brief.figures.words import FigureWords
from tests.support.charts import (
    LANGUAGES,
    assert_prints_as_it_did,
    assert_readable,
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
from tests.support.line_charts import SVG, assert_plot_readable, dots, lines, paths
from tests.support.sampling import examples

TABLES = {
    "wide": """
        title: Freight by state
        source: beta
        fields:
          - {name: year, type: year}
          - {name: kz, type: number, title: Kazakhstan, unit: million tonnes}
          - {name: uz, type: number, title: Uzbekistan, unit: million tonnes}
          - {name: tm, type: number, title: Turkmenistan, unit: million tonnes}
          - {name: share, type: number, unit: "%"}
          - {name: doubt, type: boolean}
          - {name: words, type: string}
          - {name: number, type: number}
          - {name: month, type: date}
        rows:
          - [2010, 20, 52, 31, 0, false, Q1 2020, 1.5, 2020-01-01]
          - [2011, 26, 44, 33, 0, false, Q2 2020, 2, 2020-02-01]
          - [2012, 30, 47, 34, 0, false, Q3 2020, 9, 2020-03-01]
          - [2015, 40, 50, 40, 0, true, Q4 2020, 10, 2020-04-01]
          - [2016, 55, 42, 41, 0, true, Q1 2021, 11, 2020-05-01]
          - [2020, 60, 40, 50, 0, false, Q2 2021, 12, 2020-06-01]
        """,
    "long": """
        title: Freight by state, with gaps
        fields:
          - {name: year, type: year}
          - {name: state, type: string}
          - {name: tonnes, type: number, unit: tonnes}
        rows:
          - [2010, A, 10]
          - [2011, A, 20]
          - [2012, A, null]
          - [2013, A, 40]
          - [2014, A, null]
          - [2015, A, 60]
          - [2016, A, 70]
          - [2010, B, 5]
          - [2011, B, 5]
          - [2013, B, 5]
          - [2014, B, 5]
        """,
}
HEAD = """
    kind: {kind}
    title: Freight has grown
    subtitle: Freight by state, million tonnes
    alt: Chart of freight & its growth.
    """
LINE = HEAD.format(kind="line") + "table: wide\n    x: year\n    y: [kz, uz, tm]\n    "
ONE = HEAD.format(kind="line") + "table: wide\n    x: year\n    y: kz\n    "
GAPS = HEAD.format(kind="line") + "table: long\n    x: year\n    y: tonnes\n    series: state\n    "
FULL = LINE + "highlight: [Kazakhstan]\n    uncertain: doubt\n    references: [{value: 45, label: Target}]\n    "
FULL += "notes: [{x: 2011, label: Port opened}, {x: 2014, label: Second port opened on the other shore}]\n    "
AREA = LINE.replace("kind: line", "kind: area")
ONE_AREA = ONE.replace("kind: line", "kind: area")
INLINE = """fields: [{{name: year, type: year}}, {{name: a, type: number}}, {{name: b, type: number}}]
    x: year
    y: {y}
    rows: {rows}
    """


def inline(kind, y, rows):
    return HEAD.format(kind=kind) + INLINE.format(y=y, rows=rows)


CHARTS = {
    "line": FULL,
    "plain": LINE,
    "one": ONE,
    "gaps": GAPS,
    "log": LINE + "log: true\n",
    "zero": LINE + "zero: true\n",
    "doubt": ONE + "uncertain: doubt\n",
    "words": LINE.replace("x: year", "x: words"),
    "numbers": LINE.replace("x: year", "x: number"),
    "dates": LINE.replace("x: year", "x: month"),
    "area": AREA,
    "area-share": AREA + "share: true\n    highlight: [Kazakhstan]\n",
    "area-one": ONE_AREA + "uncertain: doubt\n",
    "area-doubt": AREA + "uncertain: doubt\n",
    "area-gaps": inline("area", "a", "[[2010, 1, 0], [2011, 2, 0], [2012, null, 0], [2013, 4, 0], [2014, null, 0]]"),
}


def project(folder, problems=None, **charts):
    (folder / "seeds/tables").mkdir(parents=True)
    for name, text in TABLES.items():
        (folder / f"seeds/tables/{name}.yaml").write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
    return base(folder, problems, **charts)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return project(tmp_path_factory.mktemp("project"), **CHARTS)


# What is shown --------------------------------------------------------------------------------------------------


def proportional(places, values, tolerance=0.02):
    """That ``places`` are ``values`` times one number plus another."""
    (p0, v0), (p1, v1) = (places[0], values[0]), max(zip(places, values, strict=True), key=lambda pair: pair[1])
    factor = (p1 - p0) / (v1 - v0)
    for place, value in zip(places, values, strict=True):
        assert place == pytest.approx(p0 + (value - v0) * factor, abs=tolerance)


def test_a_line_goes_through_its_values(evidence):
    [points] = lines(drawn(evidence, "one", 118), STYLE.brand)
    proportional([x for x, _ in points], [2010, 2011, 2012, 2015, 2016, 2020])
    proportional([-y for _, y in points], [20, 26, 30, 40, 55, 60])


def test_all_lines_share_one_scale(evidence):
    from c6brief.figures.drawing.palette import series_styles

    svg = drawn(evidence, "plain", 118)
    found = [points for look in series_styles(3, STYLE) for points in lines(svg, look.colour)]
    assert len(found) == 3
    values = [20, 26, 30, 40, 55, 60, 52, 44, 47, 50, 42, 40, 31, 33, 34, 40, 41, 50]
    proportional([-y for points in found for _, y in points], values)


def test_words_stand_one_step_apart_and_numbers_where_they_belong(evidence):
    [words, *_] = lines(drawn(evidence, "words", 118), STYLE.brand)
    proportional([x for x, _ in words], [0, 1, 2, 3, 4, 5])
    [numbers, *_] = lines(drawn(evidence, "numbers", 118), STYLE.brand)
    proportional([x for x, _ in numbers], [1.5, 2, 9, 10, 11, 12])
    [dates, *_] = lines(drawn(evidence, "dates", 118), STYLE.brand)
    proportional([x for x, _ in dates], [0, 31, 60, 91, 121, 152])
    assert {"Jan", "2020", "Jun"} <= set(texts(drawn(evidence, "dates", 118)))
    assert {"Q1 2020", "Q2 2021"} <= set(texts(drawn(evidence, "words", 118)))


def test_equal_ratios_are_equal_distances_on_a_log_scale(evidence):
    from math import log

    [points, *_] = lines(drawn(evidence, "log", 118), STYLE.brand)
    proportional([-y for _, y in points], [log(value) for value in (20, 26, 30, 40, 55, 60)])


def test_the_scale_starts_at_zero_only_where_asked(evidence):
    assert "0" in texts(drawn(evidence, "zero", 118)) and "0" not in texts(drawn(evidence, "plain", 118))


def test_a_missing_value_is_a_gap_and_a_lone_value_a_dot(evidence):
    svg = drawn(evidence, "gaps", 118)
    found = lines(svg, STYLE.brand)
    assert [len(points) for points in found] == [2, 2], "2010-2011 and 2015-2016"
    lone = [dot for dot in dots(svg) if dot[2] == STYLE.brand]
    assert len(lone) == 2, "2013, and the last point"
    step = (found[1][0][0] - found[0][0][0]) / 5
    assert min(x for x, *_ in lone) == pytest.approx(found[0][0][0] + 3 * step, abs=0.05)


def test_a_year_that_one_series_lacks_is_missing_there(evidence):
    from c6brief.figures.drawing.palette import series_styles

    assert [len(points) for points in lines(drawn(evidence, "gaps", 118), series_styles(2, STYLE)[1].colour)] == [2, 2]


def test_the_end_of_a_line_says_its_name_its_last_value_and_when_that_is_not_now(evidence):
    words = texts(drawn(evidence, "gaps", 118))
    assert "B" in words and "5 (2014)" in words and "70" in words
    assert {"Kazakhstan", "60"} <= set(texts(drawn(evidence, "plain", 118)))
    words = texts(drawn(evidence, "one", 118))
    assert "60" in words and "Kazakhstan" not in words, "the only line needs no name: the subtitle has it"


def test_what_is_uncertain_is_dashed_with_open_dots_and_a_key(evidence):
    svg = drawn(evidence, "doubt", 118)
    assert texts(svg).count("uncertain") == 1 and "uncertain" not in texts(drawn(evidence, "one", 118))
    found = {
        (len(points), attributes.get("stroke-dasharray") is not None)
        for points, attributes in paths(svg)
        if attributes.get("stroke") == STYLE.brand
    }
    assert found == {(3, False), (4, True)}, "2010 to 2012 are certain; 2012 to 2020 begin or end in doubt"
    assert sum(fill == STYLE.paper and stroke == STYLE.brand for *_, fill, stroke in dots(svg)) == 2
    assert "неточно" in texts(drawn(evidence, "doubt", 118, "ru"))


def test_dashes_mean_doubt_where_there_is_any(evidence, tmp_path):
    mixed = project(tmp_path, mixed=LINE + "uncertain: doubt\n    ")
    dashed = {a["stroke-dasharray"] for _, a in paths(drawn(mixed, "mixed", 118)) if a.get("stroke-dasharray")}
    assert len(dashed) == 1
    assert any(a.get("stroke-dasharray") for _, a in paths(drawn(evidence, "plain", 118))), "else they tell lines apart"


def test_highlighted_lines_have_colour_and_weight_all_others_are_grey(evidence):
    svg = drawn(evidence, "line", 170)
    assert len(lines(svg, quiet_colour(STYLE))) >= 2 and lines(svg, STYLE.brand, 1.7)
    every = ElementTree.fromstring(svg).iter(f"{SVG}text")
    bold = [e.text for e in every if any("600" in e.get(key, "") for key in ("font", "font-weight"))]
    assert bold == ["Kazakhstan"]


def test_references_and_notes_stand_where_they_belong(evidence):
    svg = drawn(evidence, "line", 170)
    assert {"Target", "45", "Port opened"} <= set(texts(svg))
    solid = [points for points, a in paths(svg) if a.get("stroke") == STYLE.brand and len(points) == 3]
    [data] = solid  # 2010, 2011, 2012
    poles = sorted(
        points[0][0]
        for points, a in paths(svg)
        if len(points) == 2 and points[0][0] == points[1][0] and abs(points[1][1] - points[0][1]) > 60
    )
    year = data[1][0] - data[0][0]
    assert poles == pytest.approx([data[1][0], data[0][0] + 4 * year], abs=0.05)
    level = next(p for p, a in paths(svg) if a.get("stroke") == STYLE.grey and a.get("stroke-width") == "0.9")
    per_unit = (data[2][1] - data[0][1]) / 10
    assert level[0][1] == pytest.approx(data[0][1] + 25 * per_unit, abs=0.1)


def test_bands_are_as_high_as_their_numbers_from_zero(evidence):
    svg = drawn(evidence, "area", 118)
    bands = [points for tone in tones(3, STYLE) for points, a in paths(svg) if a.get("fill") == tone]
    assert len(bands) == 3
    heights = []
    for points in bands:
        half = len(points) // 2
        top, bottom = points[:half], points[half : 2 * half][::-1]
        assert [x for x, _ in top] == pytest.approx([x for x, _ in bottom], abs=0.03)
        heights += [below - above for (_, above), (_, below) in zip(top, bottom, strict=True)]
    values = [20, 26, 30, 40, 55, 60, 52, 44, 47, 50, 42, 40, 31, 33, 34, 40, 41, 50]
    assert [h / heights[5] for h in heights] == pytest.approx([v / 60 for v in values], abs=2e-3)
    for lower, upper in pairwise(bands):
        assert lower[0][1] == pytest.approx(upper[11][1], abs=0.02), "a band stands on the one below"
    assert "0" in texts(svg)


def test_shares_add_up_to_a_hundred(evidence):
    svg = drawn(evidence, "area-share", 118)
    fills = {STYLE.brand, quiet_colour(STYLE), mix(STYLE.grey, STYLE.paper, 0.26)}
    bands = [points for points, a in paths(svg) if a.get("fill") in fills and len(points) >= 12]
    tops = [min(y for _, y in points) for points in bands]
    highest = next(points for points in bands if min(y for _, y in points) == min(tops))
    assert len({round(y, 1) for _, y in highest[:6]}) == 1, "the whole is level"
    assert {"%", "100", "40%", "27%", "33%"} <= set(texts(svg))
    assert data_of(evidence.charts["area-share"], checked(evidence, "area-share"), evidence).rows[0] == (
        "2010", 20, 52, 31,
    )  # fmt: skip


def test_names_stand_inside_bands_where_they_fit(evidence):
    svg = drawn(evidence, "area", 118)
    places = {e.text: float(e.get("x").split()[0]) for e in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    assert len({round(places[name], 1) for name in ("Kazakhstan", "Uzbekistan", "Turkmenistan")}) == 1
    assert places["Kazakhstan"] < 200
    narrow = drawn(evidence, "area", 42)
    assert {"60", "40", "50"} <= set(texts(narrow))


def test_a_single_area_has_gaps_and_lone_values(evidence):
    svg = drawn(evidence, "area-gaps", 118)
    fill = mix(STYLE.brand, STYLE.paper, 0.34)
    [area] = [points for points, a in paths(svg) if a.get("fill") == fill]
    assert area[0][1] - area[2][1] == pytest.approx((area[1][1] - area[2][1]) / 2, abs=0.02), "from zero"
    assert len(dots(svg)) >= 1 and "4 (2013)" in texts(svg)


def test_uncertain_areas_are_stroked_with_a_key(evidence):
    for name in ("area-one", "area-doubt"):
        svg = drawn(evidence, name, 118)
        assert "uncertain" in texts(svg)
        strokes = [
            e.get("d")
            for e in ElementTree.fromstring(svg).iter(f"{SVG}path")
            if e.get("stroke") == STYLE.paper and e.get("stroke-width") == "0.9"
        ]
        marked = [float(x) for x in re.findall(r"M(\S+) ", max(strokes, key=len))]
        years = {e.text: e.get("x").split() for e in ElementTree.fromstring(svg).iter(f"{SVG}text")}
        assert min(marked) > float(years["2012"][-1]) and max(marked) < float(years["2020"][0])


def test_the_shared_scale_of_panels_is_honoured(evidence):
    for name in ("one", "area-one"):
        options = checked(evidence, name)
        context = DrawContext(evidence, {}, 118.0, FigureWords("en"), STYLE, extent=(-40, 180))
        with drawing_settings("test"):
            canvas = known_kinds()[options.kind].draw(options, context)
        shown = {words for words, *_ in boxes(canvas)}
        assert {"−50", "200"} <= shown


def test_sources_and_data(evidence):
    assert sources_of(evidence.charts["line"], checked(evidence, "line"), evidence) == ("beta",)
    data = data_of(evidence.charts["line"], checked(evidence, "line"), evidence)
    assert data.columns[:2] == ("year", "kz (million tonnes)") and data.rows[3] == ("2015", 40, 50, 40, "true")


@pytest.mark.parametrize("name", CHARTS)
def test_same_input_same_bytes(evidence, name):
    svg = drawn(evidence, name, 118)
    assert svg == drawn(evidence, name, 118)
    assert "opacity" not in svg and "clip-path" not in svg


def test_letters_in_the_colour_of_a_line_can_be_read():
    for colour in (
        STYLE.brand,
        mix(STYLE.second, STYLE.paper, 0.72),
        "#ffffff",
        "#000000",
        mix(STYLE.brand, "#ffffff", 0.4),
    ):
        assert contrast(with_contrast(colour, STYLE.paper, 4.5), STYLE.paper) >= 4.5


# What can be read -----------------------------------------------------------------------------------------------


def made(evidence, kind, x_type, xs, series, doubt=False, **more):
    """Options of ``kind`` for these values, and an evidence base that holds them: ``series`` by name, in order of xs."""
    fields = [TableField(name="x", type=x_type)]
    fields += [
        TableField(name=f"y{n}", title=name, type="number", unit=more.get("unit")) for n, name in enumerate(series)
    ]
    fields.append(TableField(name="doubt", type="boolean"))
    rows = tuple(
        (x, *(values[turn] for values in series.values()), doubt and turn % 3 == 1) for turn, x in enumerate(xs)
    )
    table = ChartRows(id="made", title="Made", fields=tuple(fields), rows=rows)
    update = {
        "id": "made", "table": None, "rows": rows, "fields": tuple(fields), "x": "x",
        "y": tuple(f"y{n}" for n in range(len(series))), "uncertain": "doubt" if doubt else None, "highlight": (),
    }  # fmt: skip
    update |= {key: value for key, value in more.items() if key != "unit"}
    options = checked(evidence, {"line": "plain", "area": "area"}[kind]).model_copy(update=update)
    return options, replace(evidence, chart_rows={"made": table})


LETTERS = "abcdefghij klmno pqrst WÄƏқ$%_"
NAMES = (
    st.text(st.sampled_from(LETTERS), min_size=1, max_size=60).map(lambda words: " ".join(words.split())).filter(bool)
)
EXTREMES = [0, 1e12, -1e12, 0.0003, 123456789012345.6, 1.7e308, -1.7e308, 5e-324]
VALUES = random_values(EXTREMES)
XS = {
    "year": st.lists(st.integers(1, 2600), min_size=2, max_size=40, unique=True).map(sorted),
    "number": st.lists(st.one_of(st.integers(-50, 50), st.floats(-1e9, 1e9)), min_size=2, max_size=40, unique=True),
    "string": st.lists(NAMES.map(lambda name: " ".join(name.split())), min_size=2, max_size=40, unique=True),
    "date": st.lists(st.dates(), min_size=2, max_size=40, unique=True).map(lambda d: [day.isoformat() for day in d]),
}


@st.composite
def charts(draw, values, most):
    x_type = draw(st.sampled_from(sorted(XS)))
    xs = draw(XS[x_type])
    names = draw(st.lists(NAMES, min_size=1, max_size=most, unique=True))
    series = {}
    for name in names:
        row = draw(st.lists(values, min_size=len(xs), max_size=len(xs)))
        row[0], row[-1] = (3 if row[0] is None else row[0]), (1 if draw(st.booleans()) else row[-1])
        row[1] = 7 if row[1] is None else row[1]
        series[name] = row
    return x_type, xs, series


HYPOTHESIS = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}
WIDTHS = st.sampled_from([170.0, 118.0, 42.0])


@pytest.mark.thorough
@settings(max_examples=examples(40), **HYPOTHESIS)
@given(
    chart=charts(VALUES, 12),
    width=WIDTHS,
    language=st.sampled_from(LANGUAGES),
    doubt=st.booleans(),
    more=st.integers(0, 3),
)
def test_any_lines_can_be_read(evidence, chart, width, language, doubt, more):
    x_type, xs, series = chart
    names = list(series)
    options = {"highlight": tuple(names[:more]) if more or len(names) > 6 else (), "unit": "tonnes a year"}
    if len(names) > 6:
        options["highlight"] = tuple(names[: max(1, more)])
    full = checked(evidence, "line")
    if more:
        options["references"] = full.references
        note = full.notes[0]
        places = [str(x) for x in xs]
        options["notes"] = tuple(
            note.model_copy(update={"x": x, "label": f"{x} " * n}) for n, x in enumerate(places[:3], 1)
        )
    options, other = made(evidence, "line", x_type, xs, series, doubt, **options)
    assert_plot_readable(canvas_of(options, other, width, language))


@pytest.mark.thorough
@settings(max_examples=examples(30), **HYPOTHESIS)
@given(
    chart=charts(st.one_of(st.integers(0, 200), st.floats(0, 1e6), st.sampled_from([0, 1e12, 0.0003, 1e307])), 8),
    width=WIDTHS, language=st.sampled_from(LANGUAGES), doubt=st.booleans(), share=st.booleans(),
)  # fmt: skip
def test_any_areas_can_be_read(evidence, chart, width, language, doubt, share):
    x_type, xs, series = chart
    first = next(iter(series))
    series[first] = [value + 1 for value in series[first]]  # the whole is never nothing
    options, other = made(evidence, "area", x_type, xs, series, doubt, share=share and len(series) > 1)
    assert_readable(canvas_of(options, other, width, language))


@pytest.mark.sample(15)
@pytest.mark.parametrize("width", [170.0, 118.0, 42.0])
@pytest.mark.parametrize("name", CHARTS)
def test_the_charts_of_this_file_can_be_read(evidence, name, width):
    check = assert_readable if "area" in name else assert_plot_readable
    for language in ("en", "ru"):
        check(canvas_of(checked(evidence, name), evidence, width, language))


@pytest.mark.parametrize("width", [170.0, 42.0])
def test_special_lines_can_be_read(evidence, width):
    long = "The Ministry of Transport and Communications of Turkmenistan {}"
    for series in (
        {long.format(n): [n, 1.0] for n in range(12)},
        {f"Same {n}": [5, 5] for n in range(12)},
        {f"Far {n}": [10.0**n, 10.0 ** (300 - n)] for n in range(6)},
        {"x" * 90: [1, 2]},
    ):
        strong = tuple(series)[:1]
        options, other = made(evidence, "line", "year", [1990, 2020], series, highlight=strong)
        assert_plot_readable(canvas_of(options, other, width))


def test_years_are_labelled_at_round_years_or_where_the_data_are(evidence):
    def years(xs, width=118.0):
        options, other = made(evidence, "line", "year", xs, {"A": [1.0] * len(xs), "B": [2.0] * len(xs)})
        return [words for words, *_ in boxes(canvas_of(options, other, width)) if re.fullmatch(r"\d{4}", words)]

    assert years(range(1991, 2025)) == ["1995", "2000", "2005", "2010", "2015", "2020"]
    assert years([1952, 1957, 1962]) == ["1952", "1957", "1962"]
    assert years(range(1952, 2008, 5), 42.0)[0] == "1952" and years(range(1952, 2008, 5), 42.0)[-1] == "2007"


def test_ten_thousand_points_are_drawn_in_few_and_look_the_same(evidence):
    from math import sin

    values = [sin(n / 40) * 50 + (n * 7919 % 101) / 10 for n in range(10_000)]
    values[5000] = 400
    options, other = made(evidence, "line", "number", list(range(10_000)), {"A": values})
    start = time.perf_counter()
    canvas = canvas_of(options, other, 118.0)
    assert time.perf_counter() - start < 2
    longest = max((layer.path.vertices for layer in canvas.layers if hasattr(layer, "path")), key=len)
    assert len(longest) < 6000
    plot_top = longest[:, 1].min()
    assert (longest[:, 1] == plot_top).sum() == 1, "the one peak is still there"


def test_thinning_keeps_what_can_be_seen():
    import numpy as np

    few = np.array([(x, x % 3) for x in range(50)], dtype=float)
    assert thin_line(few) is few
    many = np.column_stack([np.linspace(0, 10, 5000), np.sin(np.arange(5000.0) * 1.7)])
    thin = thin_line(many)
    assert len(thin) <= 4 * 41 and thin[0].tolist() == many[0].tolist() and thin[-1].tolist() == many[-1].tolist()
    for column in range(40):
        inside, kept = ([p[1] for p in points if column <= p[0] * 4 < column + 1] for points in (many, thin))
        assert min(inside) == min(kept) and max(inside) == max(kept)


@pytest.mark.parametrize("values", [[5e-324, 0], [1.7e308], [-1.7e308, 1.7e308], [1e15, 1e15 + 1], [0, 0], [-4, -4]])
@pytest.mark.parametrize("zero", [True, False])
def test_a_scale_holds_any_numbers(values, zero):
    scale = scale_of(values, 100, 0, zero=zero)
    assert all(-0.01 <= scale.at(value) <= 100.01 for value in values)
    assert scale.low < scale.high and len(set(scale.ticks)) == len(scale.ticks)
    assert scale_of([650, 660], 100, 0, log=True).ticks, "less than a decade"


# What goes wrong ------------------------------------------------------------------------------------------------

SEVEN = "[" + ", ".join(f"[{year}, s{n}, {n}]" for year in (2010, 2011) for n in range(7)) + "]"
THIRTEEN = "[" + ", ".join(f"[{year}, s{n}, {n}]" for year in (2010, 2011) for n in range(13)) + "]"


def of_series(kind, rows):
    return (
        HEAD.format(kind=kind)
        + "fields: [{name: year, type: year}, {name: state}, {name: n, type: number}]\n"
        + f"    x: year\n    y: n\n    series: state\n    rows: {rows}\n    "
    )


DATES = (
    HEAD.format(kind="line")
    + "fields: [{name: day, type: date}, {name: n, type: number}]\n    x: day\n    y: n\n"
    + "    rows: [[2020-01-31, 1], [DAY, 2]]\n    "
)

BAD = {
    "unknown table": (LINE.replace("table: wide", "table: wdie"), "unknown-id", "wdie", "wide"),
    "unknown x": (LINE.replace("x: year", "x: yaer"), "unknown-value", "yaer", "year"),
    "unknown y": (LINE.replace("y: [kz,", "y: [kzz,"), "unknown-value", "kzz", "kz"),
    "y is words": (LINE.replace("y: [kz,", "y: [words,"), "bad-value", "words", "number"),
    "x is true or false": (LINE.replace("x: year", "x: doubt"), "bad-value", "doubt", "year"),
    "two units": (LINE.replace("y: [kz, uz, tm]", "y: [kz, share]"), "two-units", "share", "small multiples"),
    "two units in an area": (AREA.replace("y: [kz, uz, tm]", "y: [kz, share]"), "two-units", "share", "one scale"),
    "two units in a slope": (
        HEAD.format(kind="slope") + "table: wide\n    x: year\n    y: [kz, share]\n", "two-units", "share", "one scale"
    ),
    "two fields of one title": (
        inline("line", "[a, b]", "[[2010, 1, 2], [2011, 3, 4]]").replace("{name: b,", "{name: b, title: a,"),
        "bad-value",
        "b",
        "own",
    ),
    "one time": (inline("line", "a", "[[2010, 1, 2]]"), "bad-value", "year", "one"),
    "one point": (inline("line", "[a, b]", "[[2010, 1, 2], [2011, 3, null]]"), "bad-value", "2", "leave"),
    "no point": (inline("line", "[a, b]", "[[2010, 1, null], [2011, 3, null]]"), "bad-value", "null", "leave"),
    "no rows": (inline("line", "a", "[]"), "bad-value", "rows", ""),
    "seven lines": (of_series("line", SEVEN), "bad-value", "state", "highlight"),
    "thirteen lines": (of_series("line", THIRTEEN) + "highlight: [s1]\n", "bad-value", "state", "13"),
    "seven highlights": (
        of_series("line", SEVEN) + "highlight: [s0, s1, s2, s3, s4, s5, s6]\n", "bad-value",
        "[s0, s1, s2, s3, s4, s5, s6]", "about",
    ),
    "highlight a year": (LINE + "highlight: [2010]\n", "unknown-value", "2010", "Kazakhstan"),
    "twice": (inline("line", "a", "[[2010, 1, 2], [2010, 3, 4], [2011, 1, 1]]"), "bad-value", "2010", "own"),
    "no x": (inline("line", "a", "[[null, 1, 2], [2011, 3, 4], [2012, 1, 1]]"), "bad-value", "null", "name"),
    "infinite": (inline("line", "a", "[[2010, .inf, 2], [2011, 3, 4]]"), "bad-table", ".inf", "null"),
    "back in time": (
        inline("line", "a", "[[2025-Q1, 1, 2], [2024-Q4, 3, 4]]").replace("type: year", "type: string"), "bad-value",
        "2024-Q4", "order of time",
    ),
    "text": (inline("line", "a", "[[2010, many, 2], [2011, 3, 4]]"), "bad-table", "many", ""),
    "log of zero": (inline("line", "a", "[[2010, 0, 2], [2011, 3, 4]]") + "log: true\n", "bad-value", "0", "log"),
    "log of a reference": (LINE + "log: true\n    references: [{value: -3, label: no}]\n", "bad-value", "-3", "log"),
    "log and zero": (LINE + "log: true\n    zero: true\n", "bad-value", "zero", "remove"),
    "reference without label": (LINE + "references: [{value: 3}]\n", "missing-key", "{value: 3}", "label"),
    "reference without end": (LINE + "references: [{value: .inf, label: a}]\n", "bad-value", ".inf", ""),
    "note elsewhere": (LINE + "notes: [{x: 1999, label: a}]\n", "bad-value", "1999", "2010 to 2020"),
    "note at words": (LINE + "notes: [{x: never, label: a}]\n", "bad-value", "never", ""),
    "note at no word": (
        LINE.replace("x: year", "x: words") + "notes: [{x: Q9 2020, label: a}]\n", "unknown-value", "Q9 2020", "Q"
    ),
    "no date": (DATES.replace("DAY", "2020-02-30"), "bad-table", "2020-02-30", "2024-05-06"),
    "wrong key": (LINE + "hihglight: [Kazakhstan]\n", "unknown-key", "hihglight", "highlight"),
    "second axis": (LINE + "y2: share\n", "refused-figure", "y2", "small-multiples"),
    "negative part": (inline("area", "[a, b]", "[[2010, 1, -2], [2011, 3, 4]]"), "bad-value", "-2", "line"),
    "missing part": (inline("area", "[a, b]", "[[2010, 1, null], [2011, 3, 4]]"), "bad-value", "null", "leave"),
    "part without row": (of_series("area", "[[2010, A, 1], [2010, B, 1], [2011, A, 1]]"), "bad-value", "2011", "leave"),
    "share of one": (ONE_AREA + "share: true\n", "bad-value", "share", "more parts"),
    "share of nothing": (
        inline("area", "[a, b]", "[[2010, 0, 0], [2011, 3, 4]]") + "share: true\n", "bad-value", "2010", "leave"
    ),
    "endless whole": (inline("area", "[a, b]", "[[2010, 1.5e308, 1.5e308], [2011, 3, 4]]"), "bad-value", "2010", ""),
    "nine parts": (of_series("area", THIRTEEN), "bad-value", "state", "13"),
    "one time of an area": (inline("area", "a", "[[2010, 1, 2]]"), "bad-value", "year", "one"),
    "area of notes": (AREA + "notes: [{x: 2011, label: a}]\n", "unknown-key", "notes", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


def test_more_than_ten_thousand_points_are_refused(tmp_path):
    rows = "[" + ", ".join(f"[{n}, {n}, 1]" for n in range(5001)) + "]"
    [problem] = problems_of(project, tmp_path, inline("line", "[a, b]", rows).replace("type: year", "type: integer"))
    assert_told(problem, "bad-value", "[a, b]", "10,002")


def test_one_unit_may_be_on_all(evidence):
    problems = Problems()
    assert check_chart(evidence.charts["plain"], evidence, problems) and not len(problems)


# As printed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "width"), [("line", 170), ("area", 118), ("area-share", 118)])
def test_prints_as_it_did(evidence, name, width, tmp_path):
    assert_prints_as_it_did(drawn(evidence, name, width), name, tmp_path, words=["Kazakhstan", "2020"])


def test_checking_is_light(tmp_path):
    import subprocess
    import sys

    script = "import c6brief.figures.line.kind, c6brief.figures.area.kind, c6brief.figures.slope.kind, sys\n"
    script += "print([m for m in ('matplotlib', 'numpy', 'shapely') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.strip() == "[]"
