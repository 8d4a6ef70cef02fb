"""Bar charts: as long as their numbers, readable whatever these are, and exact about mistakes."""

import io
import re
import textwrap
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from test_figures import assert_readable, assert_told, base, boxes, checked, drawn, page, problems_of, texts

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.figures import STYLE, check_chart, known_kinds, sources_of, width_of
from c6brief.figures.data import data_of
from c6brief.figures.kind import Setting
from c6brief.figures.kinds.bar import Bar
from c6brief.figures.style import drawing_settings, mix
from c6brief.figures.words import Words

REFERENCE = Path(__file__).parent / "figures" / "bar.png"

TABLES = {
    "freight": """
        title: Freight by state
        source: beta
        fields:
          - {name: state, type: string, title: State}
          - {name: tonnes, type: number, title: Freight, unit: thousand tonnes}
          - {name: year, type: year}
        rows:
          - [Turkmenistan, 1130, 2019]
          - [Kazakhstan, 5420, 2020]
          - [Joint Committee of the Caspian Sea Ports and Railways, 2810.5, 2021]
          - [Kyrgyzstan, null, 2022]
          - {state: Uzbekistan, tonnes: -640, year: 2023}
          - [Azerbaijan, 0, 2024]
        """,
    "filed": "{title: From a file, data: filed.csv, fields: [{name: state}, {name: tonnes, type: number}]}",
    "hollow": "{title: Nothing, fields: [{name: state}, {name: tonnes, type: number}], rows: []}",
}
HEAD = """
    kind: bar
    title: One state carries half of the freight
    subtitle: Freight by state, thousand tonnes
    alt: Bar chart of six states & their freight.
    """
TABLE = HEAD + "table: freight\n    x: state\n    y: tonnes\n    "
INLINE = (
    HEAD
    + """fields: [{name: state, type: string}, {name: rail, type: integer}, {name: year, type: year}]
    rows:
      - [Kazakhstan, 16, 2023]
      - {state: Uzbekistan, rail: 7, year: 2024}
    x: state
    y: rail
    """
)
FULL = TABLE + "highlight: [Kazakhstan]\n    "


def project(folder, problems=None, **charts):
    """An evidence base with the tables above and these charts."""
    (folder / "seeds/tables").mkdir(parents=True)
    for name, text in TABLES.items():
        (folder / f"seeds/tables/{name}.yaml").write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
    (folder / "seeds/tables/filed.csv").write_text("state,tonnes\nKazakhstan,4\nUzbekistan,\n", encoding="utf-8")
    return base(folder, problems, **charts)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {"bar": FULL, "plain": TABLE, "inline": INLINE, "sorted": TABLE + "sort: value\n"}
    charts["years"] = TABLE.replace("x: state", "x: year") + "highlight: [2020]\n"
    charts["filed"] = TABLE.replace("table: freight", "table: filed")
    return project(tmp_path_factory.mktemp("project"), **charts)


def rectangles(svg):
    """The bars from top to bottom: (left, right, top, bottom, colour), as the SVG draws them."""
    found = []
    for path in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}path"):
        step = re.fullmatch(r"M(\S+) (\S+)l(\S+) 0 0 (\S+) \S+ 0z", path.get("d"))
        if step:
            left, top, width, height = map(float, step.groups())
            found.append((left, left + width, top, top + height, path.get("fill")))
    return sorted(found, key=lambda bar: bar[2])


def _style(element):
    return (value for key, value in element.attrib.items() if key.startswith("font"))


def zero_line(svg):
    """Where the line at zero stands."""
    return float(re.search(r'd="M(\S+) \S+l0 \S+"', svg)[1])


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
    assert set(colours) == {STYLE.brand, mix(STYLE.grey, STYLE.paper, 0.45)}
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


def canvas_of(bars, unit="", width_mm=118.0, language="en"):
    from c6brief.figures.bar_drawing import BarDrawing

    with drawing_settings("test"):
        return BarDrawing(bars, unit, Setting(Evidence(), {}, width_mm, Words(language), STYLE)).canvas


def assert_bars_readable(canvas):
    """No text meets another or a bar; nothing is off the sheet."""
    from matplotlib.patches import PathPatch

    assert_readable(canvas)
    words = boxes(canvas)
    for patch in canvas.figure.findobj(PathPatch):
        extent = patch.get_window_extent()
        assert extent.x0 >= 0 and extent.x1 <= canvas.width and extent.y0 >= 0 and extent.y1 <= canvas.height
        for text, left, bottom, right, top in words:
            across = min(right, extent.x1) - max(left, extent.x0)
            down = min(top, extent.y1) - max(bottom, extent.y0)
            assert across <= 0.5 or down <= 0.5, f"{text!r} meets a bar"


NAMES = st.text(st.sampled_from("abcdefghij klmno pqrst WÄƏқ$%_"), min_size=1, max_size=110).filter(str.strip)
EXTREMES = [0, 0.0, 1e12, -1e12, 0.0003, -0.0003, 123456789012345.6, -999999999999999, 1e308, -1e308, 5e-324]
VALUES = st.one_of(st.none(), st.integers(-200, 200), st.floats(-1e6, 1e6), st.sampled_from(EXTREMES))
BARS = st.lists(st.builds(Bar, NAMES, VALUES, st.booleans()), min_size=1, max_size=40)
UNITS = st.sampled_from(["", "%", "thousand tonnes", "tonnes of oil equivalent a year at the prices of 2015 " * 2])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(bars=BARS, unit=UNITS, width_mm=st.sampled_from([118.0, 170.0]), language=st.sampled_from(["en", "ru", "sv"]))
def test_any_bars_can_be_read(bars, unit, width_mm, language):
    assert_bars_readable(canvas_of(bars, unit, width_mm, language))


@pytest.mark.parametrize("width_mm", [118.0, 170.0])
@pytest.mark.parametrize(
    "name",
    ["Short", "The Ministry of Transport and Communications of Turkmenistan {}", "Long" * 25],
    ids=["short", "long", "one-word"],
)
@pytest.mark.parametrize("count", [1, 40])
def test_special_bars_can_be_read(count, name, width_mm):
    values = [1e12, -1e12, 0.0003, None, 0, -999999999999999.9, 123456789012345.6, -0.0003]
    canvas = canvas_of([Bar(name.format(n), values[n % 8], n == 3) for n in range(count)], "unit", width_mm)
    assert_bars_readable(canvas)
    words = [words for words, *_ in boxes(canvas)]
    assert sum("Short" in word or "Ministry" in word or "Long" in word for word in words) >= count
    assert all(words.count(word) == count // 8 for word in ("no data", "0", "0.0003") if count == 40)


def test_forty_usual_bars_fit_on_a_page():
    bars = [Bar(f"The Ministry of Transport and Communications {n}", n) for n in range(40)]
    assert canvas_of(bars).height < 640


@pytest.mark.parametrize("values", [[0, 0], [None, None], [-1, None], [-5, -3]])
def test_bars_without_length_or_all_negative(values):
    assert_bars_readable(canvas_of([Bar(f"Row {n}", value) for n, value in enumerate(values)], "%"))


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "bar", 118) == drawn(evidence, "bar", 118)


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
    "series": (TABLE + "series: year\n", "unknown-key", "series", ""),
    "wrong key": (TABLE + "higlight: [Kazakhstan]\n", "unknown-key", "higlight", "highlight"),
}


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
    assert "seeds/tables/endless.yaml:3:53: error[bad-table]: field 'tonnes' wants a number" in folder.render().err


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


def test_prints_as_it_did(evidence, tmp_path):
    """Compared with ``tests/figures/bar.png``. To accept a new look: delete the file and run the test twice."""
    import pypdf
    import pypdfium2
    import weasyprint

    pdf = weasyprint.HTML(string=page(drawn(evidence, "bar", 118))).write_pdf()
    fonts = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    assert all("Brief-Sans" in str(font.get_object()["/BaseFont"]) for font in fonts)
    document = pypdfium2.PdfDocument(pdf)
    extracted = " ".join(document[0].get_textpage().get_text_range().split())
    assert "Kazakhstan" in extracted and "no data" in extracted and "thousand tonnes" in extracted

    image = document[0].render(scale=110 / 72).to_pil().convert("RGB")
    if not REFERENCE.exists():
        image.save(REFERENCE, optimize=True)
        pytest.fail(f"{REFERENCE} did not exist; it was written: look at it, then run again")
    expected = Image.open(REFERENCE).convert("RGB")
    assert image.size == expected.size
    difference = np.abs(np.asarray(image, dtype=int) - np.asarray(expected, dtype=int)).max(axis=2)
    changed = int((difference > 64).sum())
    if changed > 120:  # pixels; other machines smooth edges a little otherwise
        image.save(tmp_path / "bar.png")
        pytest.fail(f"{changed} pixels changed: see {tmp_path / 'bar.png'} beside {REFERENCE}")
