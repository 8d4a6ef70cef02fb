"""Designed tables: in print as tables, drawn alone with the same design, exact about what nobody measured."""

import json
import re
import textwrap
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.brief.table_layout import DIGIT, MISSING, POINT, TableWording, lay_out_table
from c6brief.documents.colours import contrast
from c6brief.evidence.base import Evidence
from c6brief.evidence.design import arrangement
from c6brief.evidence.table_models import DesignedTable, SortKey, TableField, TableNote, Total
from c6brief.figures import STYLE, sources_of
from c6brief.figures.charts import data_of, table_of_chart
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face, drawing_settings
from c6brief.figures.drawing.palette import tint
from c6brief.figures.drawing.style import SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.words import FigureWords
from tests.support.charts import (
    LABELS,
    LANGUAGES,
    SVG,
    assert_prints_as_it_did,
    assert_readable,
    assert_told,
    base,
    boxes,
    checked,
    drawn,
    problems_of,
    random_names,
    random_values,
    texts,
)
from tests.support.sampling import examples

FIELDS = """
    fields:
      - {name: country, type: string, title: Country}
      - {name: region, type: string, title: Region}
      - {name: people, type: number, title: Population, unit: million}
      - {name: change, type: number, title: Change, unit: "%"}
      - {name: since, type: year, title: Since}
    """
ROWS = """rows:
      - [Kazakhstan, Central Asia, 18.25, 1.2, 1991]
      - [Azerbaijan, South Caucasus, 10, -0.5, 1991]
      - {country: Uzbekistan, region: Central Asia, people: 33.1, since: 1991}
      - [All three, All, 61.35, 0.7, null]
    """
HEAD = """
    kind: table
    title: Uzbekistan has most people
    subtitle: Population and its change
    alt: Table of three countries & their people.
    """
DESIGN = """group: region
    bars: [people, change]
    heat: [change]
    sort: {by: people, descending: true}
    total: {row: All three}
    notes:
      - {row: Kazakhstan, column: people, text: Counted at the end of the year.}
      - {column: change, text: Against the year before.}
      - {row: Azerbaijan, text: Across the Caspian Sea.}
    """
CHART = HEAD + FIELDS.strip() + "\n    " + ROWS + "source: beta\n    "
FULL = CHART + DESIGN


def project(folder, problems=None, **charts):
    (folder / "seeds/tables").mkdir(parents=True)
    seed = f"title: Countries\nsource: gamma\n{textwrap.dedent(FIELDS).strip()}\n{textwrap.dedent('    ' + ROWS)}"
    design = textwrap.dedent("    " + DESIGN)
    (folder / "seeds/tables/countries.yaml").write_text(f"{seed}\n{design}", encoding="utf-8")
    return base(folder, problems, **charts)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {
        "table": FULL,
        "plain": CHART,
        "seed": HEAD + "table: countries\n",
        "own": HEAD + "table: countries\n    columns: [country, people]\n",
        "summed": CHART.replace("- [All three, All, 61.35, 0.7, null]", "") + "total: {sum: [people]}\n",
    }
    return project(tmp_path_factory.mktemp("project"), **charts)


SAY = TableWording(FigureWords("en").locale, "no data", "Sum, computed")


def laid(evidence, name):
    return lay_out_table(table_of_chart(evidence.charts[name], checked(evidence, name), evidence), SAY)


# The layout -----------------------------------------------------------------------------------------------------


def test_rows_stand_in_their_groups_sorted_with_the_total_last(evidence):
    found = laid(evidence, "table")
    assert [group.title for group in found.groups] == ["Central Asia", "South Caucasus", ""]
    assert [[row.cells[0].text for row in group.rows] for group in found.groups] == [
        ["Uzbekistan", "Kazakhstan"],
        ["Azerbaijan"],
        ["All three"],
    ]
    assert [row.total for group in found.groups for row in group.rows] == [False, False, False, True]
    assert [column.title for column in found.columns] == ["Country", "Population", "Change", "Since"]
    assert found.rows[0] == ("Central Asia", "", "", "") and found.rows[1][0] == "Uzbekistan"


def test_missing_is_shown_as_missing_and_explained(evidence):
    found = laid(evidence, "table")
    assert found.groups[0].rows[0].cells[2].text == MISSING and found.groups[0].rows[0].cells[2].bar_width == ""
    assert (found.notes[-1].sign, found.notes[-1].text) == (MISSING, "no data")
    assert MISSING not in [note.sign for note in laid(evidence, "own").notes]


def test_decimal_points_stand_in_line_and_no_digit_is_added(evidence):
    cells = [row.cells[1] for group in laid(evidence, "table").groups for row in group.rows]
    assert [(cell.text, cell.pad) for cell in cells] == [
        ("33.1", DIGIT),
        ("18.25", ""),
        ("10", POINT + DIGIT * 2),
        ("61.35", ""),
    ]


def test_the_fonts_have_the_spaces_that_bring_numbers_in_line():
    """A space of the width of a digit, and two narrow ones of the width of a point, to 0.1 pt at any size used."""
    for face in (Face(8.6), Face(8.6, SEMIBOLD)):
        assert fonts.width(f"1{DIGIT}1", face) - fonts.width("11", face) == pytest.approx(
            fonts.width("0", face), abs=0.02
        )
    face = Face(8.6)
    assert fonts.width(f"1{POINT}1", face) - fonts.width("11", face) == pytest.approx(fonts.width(".", face), abs=0.1)


def test_bars_start_at_zero_and_are_as_long_as_their_numbers(evidence):
    found = laid(evidence, "table")
    rows = [row.cells for group in found.groups for row in group.rows]
    assert [cells[1].bar_width for cells in rows] == ["100%", "55.1%", "30.2%", ""], "33.1, 18.25, 10; none for a total"
    assert [cells[1].bar_left for cells in rows[:3]] == ["0%"] * 3 and found.columns[1].zero == ""
    by_name = {cells[0].text: cells[2] for cells in rows}
    assert found.columns[2].zero == "29.4%", "0.5 of 1.7 lies left of zero"
    assert (by_name["Azerbaijan"].bar_left, by_name["Azerbaijan"].bar_width) == ("0%", "29.4%")
    assert (by_name["Kazakhstan"].bar_left, by_name["Kazakhstan"].bar_width) == ("29.4%", "70.6%")


def test_tints_follow_the_values_and_can_be_read_on(evidence):
    depths = {row.cells[0].text: row.cells[2].heat for g in laid(evidence, "table").groups for row in g.rows}
    assert depths == {"Uzbekistan": 0, "Kazakhstan": 100, "Azerbaijan": -42, "All three": 0}
    for depth in range(-100, 101, 5):
        behind, ink = tint(depth, STYLE)
        assert contrast(behind, ink) >= 4.5


def test_notes_get_their_letters_in_reading_order(evidence):
    found = laid(evidence, "table")
    assert [(note.sign, note.text[:7]) for note in found.notes[:3]] == [
        ("a", "Against"),
        ("b", "Counted"),
        ("c", "Across "),
    ]
    assert [column.sign for column in found.columns] == ["", "", "a", ""]
    signs = {
        (row.cells[0].text, at): cell.sign for g in found.groups for row in g.rows for at, cell in enumerate(row.cells)
    }
    assert {place: sign for place, sign in signs.items() if sign} == {("Kazakhstan", 1): "b", ("Azerbaijan", 0): "c"}


def test_a_sum_is_exact_and_says_that_it_is_computed(evidence):
    total = laid(evidence, "summed").groups[-1].rows[0]
    assert total.total and [cell.text for cell in total.cells] == ["Sum, computed", "", "61.35", "", ""]
    table = numbers_table([0.1, 0.2, 0.7], total=Total())
    assert list(arrangement(table, table).sums.values()) == [1.0]


def test_a_chart_takes_the_design_of_its_table_unless_it_has_one(evidence):
    assert len(laid(evidence, "seed").groups) == 3
    own = laid(evidence, "own")
    assert [column.title for column in own.columns] == ["Country", "Population"] and len(own.groups) == 1
    assert sources_of(evidence.charts["seed"], checked(evidence, "seed"), evidence) == ("gamma",)


def test_the_data_are_the_rows_in_the_order_printed(evidence):
    data = data_of(evidence.charts["table"], checked(evidence, "table"), evidence)
    assert data.columns == ("region", "country", "people (million)", "change (%)", "since")
    assert data.rows[0] == ("Central Asia", "Uzbekistan", 33.1, None, 1991) and data.rows[-1][1] == "All three"
    assert b"Sum" not in data_of(evidence.charts["summed"], checked(evidence, "summed"), evidence).to_csv()


# Drawn ----------------------------------------------------------------------------------------------------------


def rectangles(svg):
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        step = re.fullmatch(r"M(\S+) (\S+)l(\S+) 0 0 (\S+) \S+ 0z", path.get("d"))
        if step:
            found.append((*map(float, step.groups()), path.get("fill")))
    return found


def test_drawn_bars_are_to_scale_and_tints_those_of_the_page(evidence):
    svg = drawn(evidence, "table")
    bars = [width for _, _, width, _, colour in rectangles(svg) if colour == STYLE.brand]
    people, change = [bars[0], bars[1], bars[3]], [bars[2], bars[4]]  # Uzbekistan has no change
    assert [width / people[0] for width in people] == pytest.approx([1, 18.25 / 33.1, 10 / 33.1], abs=2e-3)
    assert change[1] / change[0] == pytest.approx(0.5 / 1.2, abs=4e-3)
    tints = [colour for *_, colour in rectangles(svg) if colour not in (STYLE.brand, STYLE.paper)]
    assert tints == [tint(100, STYLE)[0], tint(-42, STYLE)[0]]


def test_drawn_decimal_points_stand_in_line(evidence):
    """Measured: where the point of each number stands, or would stand."""
    places = {}
    for element in ElementTree.fromstring(drawn(evidence, "plain")).iter(f"{SVG}text"):
        if re.fullmatch(r"[\d.]+", element.text) and element.get("font-weight") != "600":
            whole = element.text.partition(".")[0]
            places[element.text] = float(element.get("x")) + fonts.width(whole, Face(STYLE.text))
    assert places["18.25"] == pytest.approx(places["33.1"], abs=0.15)
    assert places["10"] == pytest.approx(places["18.25"], abs=0.15)


def test_words_of_a_drawn_table(evidence):
    words = texts(drawn(evidence, "table"))
    assert words.count("million") == 1 and "−0.5" in words and MISSING in words and "no data" in words
    assert "−0,5" in texts(drawn(evidence, "table", language="ru")) and "нет данных" in texts(
        drawn(evidence, "table", language="ru")
    )
    assert {"Population, million", "Uzbekistan", "33.1"} <= set(texts(drawn(evidence, "table", 42)))


def canvas_of(table, width_mm, language="en"):
    from c6brief.figures.table.drawing import TableDrawing

    words = FigureWords(language)
    with drawing_settings("test"):
        say = TableWording(words.locale, words["no-data"], words["table-sum"])
        return TableDrawing(lay_out_table(table, say), DrawContext(Evidence(), LABELS, width_mm, words, STYLE)).canvas


def numbers_table(values, **design):
    fields = (TableField(name="name"), TableField(name="n", type="number", unit="km"))
    rows = tuple((f"Row {index}", value) for index, value in enumerate(values))
    return DesignedTable(id="t", title="T", fields=fields, rows=rows, **design)


NAMES = random_names(90)
EXTREMES = [0, 1e12, -1e12, 0.0003, -0.0003, 123456789012345.6, 1e308, -1e308, 5e-324, 10**18]
VALUES = random_values(EXTREMES)


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 6))
    fields = [TableField(name="name", title=draw(NAMES)), TableField(name="group")]
    types = draw(st.lists(st.sampled_from(["number", "number", "string"]), min_size=columns, max_size=columns))
    for index, type_ in enumerate(types):
        fields.append(
            TableField(
                name=f"f{index}", type=type_, title=draw(NAMES), unit=draw(st.sampled_from(["", "km², per head"]))
            )
        )
    count = draw(st.integers(1, 40))
    rows = [
        (f"{draw(NAMES)} {row}", draw(st.sampled_from(["One", "Other group of rows"])),
         *(draw(VALUES if type_ == "number" else st.one_of(st.none(), NAMES)) for type_ in types))
        for row in range(count)
    ]  # fmt: skip
    numeric = [field.name for field in fields if field.type == "number"]
    notes = [TableNote(column="name", text=draw(NAMES)), TableNote(row=rows[0][0], column="f0", text=draw(NAMES))]
    return DesignedTable(
        id="t", title="T", fields=tuple(fields), rows=tuple(rows),
        group=draw(st.sampled_from([None, "group"])), bars=tuple(draw(st.lists(st.sampled_from(numeric), unique=True)) if numeric else ()),
        heat=tuple(draw(st.lists(st.sampled_from(numeric), unique=True)) if numeric else ()),
        sort=draw(st.sampled_from([None, SortKey(by="f0"), SortKey(by="name", descending=True)])),
        notes=tuple(notes if draw(st.booleans()) else ()),
    )  # fmt: skip


@pytest.mark.thorough
@settings(max_examples=examples(20), deadline=None, derandomize=True)
@given(table=tables(), width_mm=st.sampled_from([170.0, 118.0, 42.0]), language=st.sampled_from(LANGUAGES))
def test_any_table_can_be_read(table, width_mm, language):
    assert_readable(canvas_of(table, width_mm, language))


@pytest.mark.sample(6)
@pytest.mark.parametrize("width_mm", [170.0, 118.0, 42.0])
@pytest.mark.parametrize("values", [[None], [0, 0], [-5, -3], [1e308, -1e308], [5e-324], list(range(100))])
def test_special_tables_can_be_read(values, width_mm):
    canvas = canvas_of(numbers_table(values, bars=("n",), heat=("n",)), width_mm)
    assert_readable(canvas)
    words = [words for words, *_ in boxes(canvas)]
    assert sum(word.startswith("Row ") for word in words) == len(values)


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "table") == drawn(evidence, "table")


def test_prints_as_it_did(evidence, tmp_path):
    assert_prints_as_it_did(
        drawn(evidence, "table"), "table", tmp_path, words=("Uzbekistan", "South Caucasus", "million")
    )


# In print -------------------------------------------------------------------------------------------------------


def in_brief(folder, chart, kind="charts"):
    """A brief that prints the table: its HTML-made PDF and the manifest."""
    import pypdf

    text = textwrap.dedent(chart).replace("source: beta", "source: transit-2024").strip() + "\n"
    folder.write(f"seeds/{kind}/people.yaml", text)
    folder.change("briefs/lifts.yaml", "    tables: [access]", f"    {kind}: [people]")
    result = folder.render()
    assert result.status == 0 and "error" not in result.err, result.err
    pdf = pypdf.PdfReader(next((folder.root / "output").glob("*.pdf")))
    return pdf, json.loads(pdf.attachments["manifest.json"][0])


def test_a_chart_of_kind_table_is_printed_as_a_table(folder):
    pdf, manifest = in_brief(folder, FULL)
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Table 1" in text and "Figure 1 " in text and "Figure 2" not in text
    assert "Source: S2 Transit." in text or "Source: S1 Transit." in text
    [printed] = manifest["tables"]
    assert printed["chart"] and printed["source"] == "transit-2024" and printed["data"] == "table-1-people.csv"
    assert ["Central Asia", "", "", ""] in printed["rows"] and ["Kazakhstan", "18.25", "1.2", "1991"] in printed["rows"]
    assert b"Central Asia,Uzbekistan,33.1,,1991\r\n" in pdf.attachments["table-1-people.csv"][0]
    assert {figure["id"] for figure in manifest["figures"]} == {"lifts"}


@pytest.mark.rest
def test_a_table_changed_since_printing_is_told(folder):
    in_brief(folder, FULL)
    file = next((folder.root / "output").glob("*.pdf")).relative_to(folder.root).as_posix()
    assert "table-changed" not in folder.run("verify", file, "--seeds", "seeds").rules
    folder.change("seeds/charts/people.yaml", "18.25", "18.26")
    assert folder.run("verify", file, "--seeds", "seeds").rules == ["table-changed"]


def html_of(evidence, tmp_path, name="table"):
    """The table's own HTML, in the shipped template."""
    from c6brief.brief.model import BriefSection
    from c6brief.brief.tables import printed_table, tint_cells
    from c6brief.brief.wording import Wording
    from c6brief.documents.problems import Place, Problems
    from c6brief.pages.page import render_page
    from tests.support.sample_brief import BARE

    table = table_of_chart(evidence.charts[name], checked(evidence, name), evidence)
    block = tint_cells(printed_table(table, 1, None, "Source: S1.", Wording("en")), lambda depth: tint(depth, STYLE))
    from dataclasses import replace

    brief = replace(BARE, sections=(BriefSection("s", "Section", (block,)),))
    problems = Problems()
    page = render_page(brief, "policy-brief", None, problems, Place("brief"))
    assert page is not None, "\n".join(map(str, problems))
    return re.search(r"<table.*?</table>", page.html, re.DOTALL)[0]


def test_html_says_what_heads_what(evidence, tmp_path):
    html = html_of(evidence, tmp_path)
    assert html.count('scope="col"') == 4 and html.count('scope="row"') == 4
    assert html.count('scope="rowgroup"') == 2 and html.count("<tbody>") == 3 and html.count("<thead>") == 1
    assert re.search(r'scope="rowgroup" colspan="4">Central Asia</th>', html)
    assert html.count('class="track" aria-hidden="true"') == 8, "bars are not read aloud"
    assert re.search(r'class="bar" style="margin-left: 29.4%; width: 70.6%"></span>', html)
    assert f"background-color: {tint(100, STYLE)[0]}; color: {tint(100, STYLE)[1]}" in html
    assert 'Change<sup class="tie">a</sup>' in html and f"10{POINT}{DIGIT}{DIGIT}<span" in html
    assert ">−<" not in html and html.count("million") == 1


def test_a_table_of_one_column_and_a_hostile_cell(tmp_path):
    chart = HEAD + "fields: [{name: a, title: <b>A</b>}]\n    rows: [['<script>x</script>'], [null]]\n"
    html = html_of(base(tmp_path, table=chart), tmp_path)
    assert "&lt;script&gt;" in html and "<script>" not in html and "<b>A" not in html


# What goes wrong ------------------------------------------------------------------------------------------------

MANY = "rows: [" + ", ".join(f"[s{n}, r, {n}, 0, 2000]" for n in range(101)) + "]\n"
BAD = {
    "unknown table": (HEAD + "table: contries\n", "unknown-id", "contries", "countries"),
    "no rows": (CHART.replace(ROWS, "rows: []\n    "), "bad-value", "rows", ""),
    "too many rows": (CHART.replace(ROWS, MANY + "    "), "bad-value", "rows", "101"),
    "unknown group": (CHART + "group: regoin\n", "unknown-value", "regoin", "region"),
    "group missing": (CHART.replace("10, -0.5", "10, -0.5").replace("South Caucasus", "null") + "group: region\n", "bad-value", "null", "group"),
    "unknown column": (CHART + "columns: [country, pepole]\n", "unknown-value", "pepole", "people"),
    "column twice": (CHART + "columns: [country, people, people]\n", "bad-value", "people", "remove one"),
    "bars of words": (CHART + "bars: [country]\n", "bad-value", "country", "integer or number"),
    "bars of years": (CHART + "bars: [since]\n", "bad-value", "since", "integer or number"),
    "heat of an unknown field": (CHART + "heat: [chnge]\n", "unknown-value", "chnge", "change"),
    "bars not printed": (CHART + "columns: [country]\n    bars: [people]\n", "bad-value", "people", "columns"),
    "unknown sort": (CHART + "sort: {by: popel}\n", "unknown-value", "popel", "people"),
    "sort as text": (CHART + "sort: people\n", "wrong-type", "people", ""),
    "note on nothing": (CHART + "notes: [{text: Well}]\n", "missing-key", None, "'note'"),
    "note on an unknown row": (CHART + "notes: [{row: Kazakstan, text: x}]\n", "unknown-value", "Kazakstan", "Kazakhstan"),
    "note on an unknown column": (CHART + "notes: [{column: peple, text: x}]\n", "unknown-value", "peple", "people"),
    "note without text": (CHART + "notes: [{column: people}]\n", "missing-key", None, "text"),
    "note on two rows of a name": (CHART.replace("[Azerbaijan,", "[Kazakhstan,") + "notes: [{row: Kazakhstan, text: x}]\n", "bad-value", "Kazakhstan", ""),
    "bars of the group": (CHART.replace("61.35, 0.7, null", "61.35, 0.7, 1991").replace("name: since, type: year", "name: since, type: integer") + "group: since\n    bars: [since]\n", "bad-value", "since", "columns"),
    "unknown total": (CHART + "total: {row: Everybody}\n", "unknown-value", "Everybody", ""),
    "total both ways": (CHART + "total: {row: All three, sum: [people]}\n", "bad-value", None, ""),
    "sum over a gap": (CHART + "total: {sum: [change]}\n", "bad-value", None, "sum"),
    "sum of words": (CHART + "total: {sum: [region]}\n", "bad-value", "region", "number"),
    "text in a number": (CHART.replace("18.25", "many"), "bad-table", "many", ""),
    "infinite": (CHART.replace("18.25", ".inf"), "bad-table", ".inf", "null"),
    "beyond all floats": (CHART.replace("18.25", "1" + "0" * 400) + "bars: [people]\n", "bad-table", None, "null"),
    "wrong key": (CHART + "heatt: [people]\n", "unknown-key", "heatt", "heat"),
    "neither": (HEAD, "missing-key", None, "table"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


def test_the_design_of_a_table_of_the_evidence_is_checked_too(folder):
    folder.change("seeds/tables/access.yaml", "source: transit-2024\n", "source: transit-2024\nbars: [station]\n")
    result = folder.run("check")
    assert "seeds/tables/access.yaml:3:8: error[unknown-value]: bars: no field 'station'" in result.err
    assert result.rules.count("unknown-value") == 1 and result.status == 1


@pytest.mark.rest
def test_ten_thousand_rows_are_refused_in_a_chart_and_printed_in_a_table(tmp_path):
    rows = "rows: [" + ", ".join(f"[s{n}, r, {n}, 0, 2000]" for n in range(10_000)) + "]\n    "
    [problem] = problems_of(project, tmp_path, CHART.replace(ROWS, rows))
    assert problem.message == "too many rows; at most 100"
    table = numbers_table(range(10_000), sort=SortKey(by="n", descending=True), bars=("n",))
    assert lay_out_table(table, SAY).rows[0] == ("Row 9999", "9,999")
