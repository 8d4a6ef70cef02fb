"""Maps of values: tones by class, limits that part no equal values, countries found or asked for at their cell."""

import re
import textwrap
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.documents.colours import contrast
from c6brief.documents.problems import Problems
from c6brief.figures import STYLE, check_chart, sources_of
from c6brief.figures.atlas import code_for
from c6brief.figures.charts import data_of
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.drawing.palette import text_colour_on, tones
from c6brief.figures.kinds import DrawContext
from c6brief.figures.map.classes import class_of, limits_for, roundest
from c6brief.figures.map.kind import country_values
from c6brief.figures.words import FigureWords
from tests.support.charts import (
    LABELS,
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
from tests.support.sampling import examples

TABLE = """
    title: Density
    source: beta
    fields:
      - {name: code}
      - {name: density, type: number, title: Density, unit: people per km²}
      - {name: year, type: year}
    rows:
      - [KZ, 6.7, 2020]
      - [UZ, 73.7, 2020]
      - [TJ, 63.6, 2020]
      - [TM, 12, 2020]
      - [KG, null, 2020]
      - [AZ, 118.1, 2020]
      - [DE, 230, 2020]
    """
HEAD = """
    kind: map
    title: The west is densest
    subtitle: People per km²
    alt: Choropleth map of density in six countries.
    """
MAP = HEAD + "table: density\n    code: code\n    value: density\n    "
SIX = MAP + "scope: c6\n    "
INLINE = (
    HEAD
    + "fields: [{name: code}, {name: n, type: integer}]\n    rows: [[KZ, 1], [UZ, 2]]\n    code: code\n    value: n\n    "
)


def project(folder, problems=None, **charts):
    (folder / "seeds/tables").mkdir(parents=True)
    (folder / "seeds/tables/density.yaml").write_text(textwrap.dedent(TABLE).strip() + "\n", encoding="utf-8")
    return base(folder, problems, **charts)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {
        "values": SIX + "values: true\n    seas: [{name: Caspian Sea, lon: 50.9, lat: 42.0}]\n",
        "steps": SIX + "steps: [10, 70]\n",
        "own": MAP,
        "inline": INLINE,
    }
    return project(tmp_path_factory.mktemp("project"), **charts)


# Classes --------------------------------------------------------------------------------------------------------


@pytest.mark.thorough
@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(values=st.lists(st.one_of(st.integers(-50, 50), st.floats(-1e12, 1e12)), min_size=1, max_size=40))
def test_classes_hold_equal_values_together_and_none_is_empty(values):
    limits = limits_for(values)
    assert limits == sorted(set(limits)) and len(limits) <= 4
    classes = [class_of(value, limits) for value in values]
    assert set(classes) == set(range(len(limits) + 1)), "a class of the key that no country has"
    pairs = list(zip(values, classes, strict=True))
    assert all(one <= other for value, one in pairs for larger, other in pairs if value <= larger)


def test_classes_are_quantiles_with_round_limits():
    assert limits_for([6.7, 12, 31.8, 49.6, 53.1, 57.4, 63.6, 73.7, 103.7, 118.1]) == [20, 50, 60, 100]
    assert limits_for([5]) == [] and limits_for([5, 5, 5]) == [] and limits_for([1, 2]) == [2]
    assert [class_of(value, [10, 70]) for value in (9.9, 10, 69, 70)] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(47, 64, 50), (53.1, 57.4, 55), (12, 31.8, 20), (-3, 4, 0), (0.012, 0.019, 0.015), (1.1e9, 3e9, 2e9), (7, 7.0001, 7.0001)],
)  # fmt: skip
def test_the_roundest_number_between(low, high, found):
    assert roundest(low, high) == pytest.approx(found)


# What is shown --------------------------------------------------------------------------------------------------


def fills(evidence, name, width_mm=170.0):
    """The tone of each country, as drawn."""
    from c6brief.figures.map.choropleth import ChoroplethDrawing
    from c6brief.figures.map.kind import country_values, shown_countries, value_field

    options = checked(evidence, name)
    context = DrawContext(evidence, LABELS, width_mm, FigureWords("en"), STYLE)
    with drawing_settings("test"):
        drawing = ChoroplethDrawing(
            options,
            shown_countries(options, evidence),
            country_values(options, evidence),
            value_field(options, evidence),
            context,
        )
    return drawing, {code: drawing._fill(code) for code in drawing.codes}


def test_the_larger_the_darker(evidence):
    _, found = fills(evidence, "values")
    order = ["KZ", "TM", "TJ", "UZ", "AZ"]
    assert [found[code] for code in order] == tones(5, STYLE)[::-1]
    lightness = [contrast(found[code], "#000000") for code in order]
    assert lightness == sorted(lightness, reverse=True)
    assert found["KG"] not in tones(5, STYLE), "no value is no tone"
    svg = drawn(evidence, "values")
    assert all(svg.count(f'fill="{tone}"') == 2 for tone in tones(5, STYLE)), "once on the map, once in the key"


def test_tones_can_be_told_in_grey_and_read_on():
    for count in range(2, 6):
        steps = [contrast(tone, "#000000") for tone in tones(count, STYLE)]
        assert all(other / one > 1.2 for one, other in pairwise(steps))
    assert all(
        contrast(tone, text_colour_on(tone, STYLE)) >= 4.0 for count in range(1, 6) for tone in tones(count, STYLE)
    )


def test_the_key_has_the_limits_and_the_extremes(evidence):
    words = texts(drawn(evidence, "values"))
    assert {"Density, people per km²", "6.7", "118.1", "no data"} <= set(words)
    drawing, _ = fills(evidence, "values")
    assert {f"{limit:g}" for limit in drawing.limits} <= set(words)
    assert {"10", "70"} <= set(texts(drawn(evidence, "steps")))
    assert {"нет данных", "118,1"} <= set(texts(drawn(evidence, "values", language="ru")))


def test_the_key_stands_directly_under_the_map_at_every_width(evidence):
    for width in (170.0, 118.0, 42.0):
        drawing, _ = fills(evidence, "values", width)
        assert drawing.canvas.height - drawing.view.height < (65 if width > 42 else 150)
        assert_readable(drawing.canvas)


def test_values_stand_below_names_where_asked(evidence):
    words = [words for words, *_ in boxes(canvas_of(checked(evidence, "values"), evidence))]
    assert words.count("6.7") == 2 and words.count("no data") == 2, "on the map and in the key"
    plain = [words for words, *_ in boxes(canvas_of(checked(evidence, "steps"), evidence))]
    assert plain.count("6.7") == 1


def test_no_name_stands_on_another_country_that_is_shown(evidence):
    import shapely

    for width in (170.0, 118.0):
        drawing, _ = fills(evidence, "values", width)
        for name in drawing.lettering.countries:
            box = shapely.box(*name.box)
            for code, shapes in drawing.shapes.items():
                if code != name.of:
                    assert shapely.area(shapely.intersection(shapes, box)).sum() < 0.2 * box.area, (name.of, code)


def test_the_countries_are_those_of_the_table_or_of_a_group(evidence):
    assert {"Germany", "Kazakhstan"} <= set(texts(drawn(evidence, "own")))
    assert "Germany" not in texts(drawn(evidence, "values"))
    data = data_of(evidence.charts["values"], checked(evidence, "values"), evidence)
    assert data.columns == ("code", "name", "density (people per km²)")
    assert data.rows[:2] == (("KZ", "Kazakhstan", 6.7), ("KG", "Kyrgyzstan", None)) and len(data.rows) == 6
    assert sources_of(evidence.charts["values"], checked(evidence, "values"), evidence) == ("beta",)


def test_panels_share_the_classes_of_their_extent(evidence):
    from c6brief.figures import known_kinds

    context = DrawContext(evidence, LABELS, 118.0, FigureWords("en"), STYLE, extent=(0, 400))
    with drawing_settings("test"):
        canvas = known_kinds()["map"].draw(checked(evidence, "steps").model_copy(update={"steps": None}), context)
    assert {"100", "200", "300"} <= {words for words, *_ in boxes(canvas)}


def test_codes_names_and_longer_codes_are_understood():
    assert [code_for(words) for words in ("KZ", "kz", "KAZ", "Kazakhstan", " kyrgyzstan ", "Nowhere")] == [
        "KZ", "KZ", "KZ", "KZ", "KG", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "code"),
    [("EL", "GR"), ("UK", "GB"), ("UZB", "UZ"), ('"Korea, Rep."', "KR"), ("Türkiye", "TR"), ("Swaziland", "SZ"),
     ("Kyrgyz Republic", "KG"), ('"Azerbaijan, Republic of"', "AZ"), ("Узбекистан", "UZ"), ("XKX", "XK")],
)  # fmt: skip
def test_countries_are_read_as_offices_write_them_and_told(tmp_path, written, code):
    evidence = project(tmp_path, bad=INLINE.replace("[UZ,", f"[{written},"))
    problems = Problems()
    spec = check_chart(evidence.charts["bad"], evidence, problems)
    [note] = problems
    assert (note.rule, note.severity) == ("country-alias", "note") and f"is read as {code}" in note.message
    assert list(country_values(spec, evidence)) == ["KZ", code]


# What can be read -----------------------------------------------------------------------------------------------

EXTREMES = [0, 1e12, -1e12, 0.0003, 123456789012345.6, 1e308, -1e308, 5e-324]
VALUES = random_values(EXTREMES)


@pytest.mark.thorough
@settings(max_examples=examples(25), deadline=None, derandomize=True)
@given(
    values=st.lists(VALUES, min_size=6, max_size=6).filter(lambda v: any(x is not None for x in v)),
    unit=st.sampled_from(["%", "people of working age per square kilometre of arable land, estimates"]),
    width_mm=st.sampled_from([170.0, 118.0, 42.0]),
    language=st.sampled_from(["en", "ru", "az", "kk", "ky", "tg", "tk", "uz"]),
)
def test_any_values_can_be_read(evidence, values, unit, width_mm, language):
    from c6brief.evidence.table_models import TableField
    from c6brief.figures.map.choropleth import ChoroplethDrawing

    codes = ("KZ", "KG", "TJ", "TM", "UZ", "AZ")
    context = DrawContext(evidence, LABELS, width_mm, FigureWords(language), STYLE)
    field = TableField(name="n", type="number", title="Number", unit=unit)
    with drawing_settings("test"):
        drawing = ChoroplethDrawing(
            checked(evidence, "values"), codes, dict(zip(codes, values, strict=True)), field, context
        )
    assert_readable(drawing.canvas)
    told = {words for words, *_ in boxes(drawing.canvas)}
    assert (FigureWords(language)["no-data"] in told) == (None in values)


def test_a_locator_with_the_same_ground_is_not_changed_by_a_map_of_values(evidence, tmp_path):
    """Grounds are shared within a process: drawing one map must not touch another."""
    locator = base(tmp_path, locator=HEAD + "scope: c6\n")
    before = drawn(locator, "locator", 118)
    drawn(evidence, "values", 118)
    assert drawn(locator, "locator", 118) == before


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "values") == drawn(evidence, "values")


def test_the_svg_has_no_transparency_and_names_no_font_but_ours(evidence):
    svg = drawn(evidence, "values")
    assert "opacity" not in svg and "clip-path" not in svg and svg.count("font-family") == 1
    assert ElementTree.fromstring(svg) is not None and len(svg) < 250_000


def test_prints_as_it_did(evidence, tmp_path):
    assert_prints_as_it_did(
        drawn(evidence, "values", 118), "choropleth", tmp_path, words=("Kazakhstan", "no data", "118.1")
    )


# What goes wrong ------------------------------------------------------------------------------------------------

BAD = {
    "unknown table": (SIX.replace("table: density", "table: densty"), "unknown-id", "densty", "density"),
    "unknown code field": (SIX.replace("code: code", "code: cod"), "unknown-value", "cod", "code"),
    "unknown value field": (SIX.replace("value: density", "value: densty"), "unknown-value", "densty", "density"),
    "code a number": (SIX.replace("code: code", "code: density"), "bad-value", "density", "string"),
    "value a text": (SIX.replace("value: density", "value: code"), "bad-value", "code", "number"),
    "value a year": (SIX.replace("value: density", "value: year"), "bad-value", "year", "integer or number"),
    "no value": (SIX.replace("value: density", ""), "missing-key", None, "value: FIELD"),
    "no code": (SIX.replace("code: code", ""), "missing-key", None, "code: FIELD"),
    "value without a table": (
        SIX.replace("table: density", "").replace("code: code", ""),
        "missing-key",
        None,
        "table",
    ),
    "unknown country": (INLINE.replace("[UZ,", "[QX,"), "unknown-value", "QX", "two capital letters"),
    "country in small letters": (INLINE.replace("[UZ,", "[uz,"), "unknown-value", "uz", "'UZ'"),
    "country that may be two": (INLINE.replace("[UZ,", "[Korea,"), "unknown-value", "Korea", ""),
    "a state that is no more": (INLINE.replace("[UZ,", "[Soviet Union,"), "unknown-value", "Soviet Union", ""),
    "a group of countries": (INLINE.replace("[UZ,", "[EU27_2020,"), "unknown-value", "EU27_2020", "leave the row out"),
    "one country under two names": (INLINE.replace("[UZ,", "[Kazakhstan,"), "bad-value", "Kazakhstan", "one row"),
    "country misspelt": (INLINE.replace("[UZ,", "[Uzbekstan,"), "unknown-value", "Uzbekstan", "'UZ'"),
    "country twice": (INLINE.replace("[UZ,", "[KZ,"), "bad-value", "KZ", "own"),
    "country missing": (INLINE.replace("[UZ,", "[null,"), "bad-value", "null", "name"),
    "text as number": (INLINE.replace(", 2]", ", two]"), "bad-table", "two", ""),
    "not a number": (INLINE.replace(", 2]", ", .nan]"), "bad-table", ".nan", "null"),
    "nothing known": (INLINE.replace(", 1]", ", null]").replace(", 2]", ", null]"), "bad-value", "n", ""),
    "no rows": (INLINE.replace("[[KZ, 1], [UZ, 2]]", "[]"), "bad-value", "rows", ""),
    "steps that fall": (SIX + "steps: [70, 10]\n", "bad-value", "10", ""),
    "steps as text": (SIX + "steps: [few]\n", "wrong-type", "few", ""),
    "steps without end": (SIX + "steps: [.inf]\n", "bad-value", ".inf", ""),
    "no steps": (SIX + "steps: []\n", "bad-value", "[]", "leave"),
    "too many steps": (SIX + "steps: [1, 2, 3, 4, 5, 6, 7]\n", "bad-value", None, ""),
    "steps of a locator": (HEAD + "scope: c6\n    steps: [10]\n", "missing-key", None, "table"),
    "highlight": (SIX + "highlight: [AZ]\n", "bad-value", None, "remove"),
    "table and rows": (INLINE + "table: density\n", "bad-value", "rows", "remove"),
    "scope and countries": (SIX + "countries: [KZ]\n", "missing-key", None, ""),
    "wrong key": (SIX + "valus: true\n", "unknown-key", "valus", "value"),
}


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


def test_ten_thousand_rows_are_refused(tmp_path):
    rows = ", ".join(f"[KZ, {n}]" for n in range(10_000))
    [problem] = problems_of(project, tmp_path, INLINE.replace("[KZ, 1], [UZ, 2]", rows))
    assert problem.message == "too many countries; at most 260" and re.match("there are 10000", problem.hint)
