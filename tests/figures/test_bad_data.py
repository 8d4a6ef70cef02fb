"""Bad data under a chart, in YAML, CSV and XLSX: a named problem at the cell or key, and no drawing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import pypdf
import pytest

from c6brief.build.project_state import load_project
from c6brief.documents.project import Project
from c6brief.figures import draw_chart
from tests.support.project import Folder
from tests.support.workbooks import workbook

FIELDS = "fields: [{name: state}, {name: tonnes, type: number}]"
CHART = (
    "kind: bar\ntitle: One state carries half\nsubtitle: Freight by state, tonnes\nalt: Bar chart of freight.\n"
    "source: transit-2024\ntable: freight\nx: state\ny: tonnes\n"
)
ROWS = [["Kazakhstan", 5], ["Uzbekistan", 7]]
FORMS = ("yaml", "csv", "xlsx")


def write(
    folder: Folder, form: str, rows: Sequence[Sequence[Any]], heading: Sequence[str] = ("state", "tonnes")
) -> None:
    """The table ``freight`` with these rows in one of three forms, and a bar chart of it that the brief prints."""
    origin = f"data: freight.{form}\n"
    if form == "yaml":
        origin = (
            "rows:\n" + "".join(f"  - [{', '.join(map(_scalar, row))}]\n" for row in rows) if rows else "rows: []\n"
        )
    elif form == "csv":
        lines = [heading, *rows]
        folder.write("seeds/tables/freight.csv", "".join(",".join(map(str, row)) + "\n" for row in lines))
    else:
        folder.write("seeds/tables/freight.xlsx", workbook([list(heading), *map(list, rows)]))
    folder.write("seeds/tables/freight.yaml", f"title: Freight\nsource: transit-2024\n{FIELDS}\n{origin}")
    folder.write("seeds/charts/freight.yaml", CHART)
    folder.change("briefs/lifts.yaml", "charts: [lifts]", "charts: [lifts, freight]")


def _scalar(cell: Any) -> str:
    return {"nan": ".nan", "inf": ".inf", "": "null"}.get(str(cell), str(cell))


def cell_of(form: str, row: int, column: int) -> str:
    """The beginning of a problem at a cell of the rows, both from 0; in YAML columns depend on the words."""
    if form == "yaml":
        return f"seeds/tables/freight.yaml:{row + 5}:"
    return f"seeds/tables/freight.{form}:{row + 2}:" + ("" if form == "csv" else f"{column + 1}: ")


BAD_ROWS = {
    "text in a numeric column": (
        [["Kazakhstan", "many"], ROWS[1]],
        "bad-table",
        (0, 1),
        "wants a number, found 'many'",
    ),
    "NaN": ([ROWS[0], ["Uzbekistan", "nan"]], "bad-table", (1, 1), "wants a number, found 'nan'"),
    "infinity": ([ROWS[0], ["Uzbekistan", "inf"]], "bad-table", (1, 1), "wants a number, found 'inf'"),
    "a name twice": ([*ROWS, ["Kazakhstan", 6]], "bad-value", (2, 0), "'Kazakhstan' stands twice"),
    "no name": ([ROWS[0], ["", 6]], "bad-value", (1, 0), "row 2 has no 'state'"),
}


@pytest.mark.sample(5)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_bad_cell_under_a_chart(folder: Folder, case: str, form: str) -> None:
    rows, rule, place, message = BAD_ROWS[case]
    write(folder, form, rows)
    for result in (folder.run("check", "briefs/lifts.yaml"), folder.render()):
        found = [line for line in result.err.split("\n") if ": error[" in line]
        assert len(found) == 1 and found[0].startswith(cell_of(form, *place)), result.err
        assert f"error[{rule}]" in found[0] and message in found[0], found[0]
        assert result.status == 1
    assert folder.written == []


@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rows_is_told_at_the_chart(folder: Folder, form: str) -> None:
    write(folder, form, [])
    result = folder.render()
    assert "seeds/charts/freight.yaml:6:8: error[bad-value]: table 'freight' has no rows" in result.err
    assert (result.status, folder.written) == (1, [])


@pytest.mark.sample(1)
@pytest.mark.parametrize("form", FORMS)
def test_ten_thousand_rows_are_too_many_bars(folder: Folder, form: str) -> None:
    write(folder, form, [[f"s{number}", number] for number in range(10_000)])
    result = folder.render()
    assert "seeds/charts/freight.yaml:6:8: error[bad-value]: too many bars; at most 40" in result.err
    assert (result.errors, result.status, folder.written) == (["bad-value"], 1, [])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rows", [ROWS[:1], ROWS, [["Kazakhstan", ""], ["Uzbekistan", 7.25]]])
def test_one_row_and_missing_values_can_be_drawn(folder: Folder, form: str, rows: list) -> None:
    write(folder, form, rows)
    base = load_project(Project(folder.root))
    assert base.problems == ()
    attached = "state,tonnes\r\n" + "".join(f"{name},{number}\r\n" for name, number in rows)
    assert base.data["freight"].to_csv().decode() == attached
    drawing = draw_chart(base.evidence.charts["freight"], base.charts["freight"], base.evidence, {}, width_mm=118)
    assert ("no data" in drawing) == (rows[0][1] == "") and all(name in drawing for name, _ in rows)


def test_a_chart_of_a_workbook_is_printed(folder: Folder) -> None:
    write(folder, "xlsx", ROWS)
    assert folder.render().errors == []
    pdf = pypdf.PdfReader(folder.root / "output/lifts.pdf")
    attached = next(data for name, [data] in pdf.attachments.items() if name.endswith("freight.csv"))
    assert attached == b"state,tonnes\r\nKazakhstan,5\r\nUzbekistan,7\r\n"
    manifest = json.loads(pdf.attachments["manifest.json"][0])
    inputs = {each["path"]: each["sha256"] for each in manifest["inputs"]}
    workbook_read = (folder.root / "seeds/tables/freight.xlsx").read_bytes()
    assert inputs["seeds/tables/freight.xlsx"] == hashlib.sha256(workbook_read).hexdigest()


@pytest.mark.parametrize("form", FORMS)
def test_a_field_that_the_file_does_not_have(folder: Folder, form: str) -> None:
    write(folder, form, ROWS, ("state", "tones"))
    if form == "yaml":
        folder.change("seeds/charts/freight.yaml", "y: tonnes", "y: tones")
        expected = "seeds/charts/freight.yaml:8:4: error[unknown-value]: y: no field 'tones'"
    else:
        name = "" if form == "csv" else "Sheet1!A1: "
        expected = f"seeds/tables/freight.{form}:1:1: error[bad-table]: {name}no column 'tonnes'"
    result = folder.render()
    assert expected in result.err and "did you mean 'ton" in result.err and len(result.errors) == 1, result.err


def test_problems_of_data_in_json_name_file_line_and_column(folder: Folder) -> None:
    write(folder, "xlsx", [["Kazakhstan", "many"]])
    [problem] = [
        each for each in json.loads(folder.run("check", "--format", "json").out) if each["severity"] == "error"
    ]
    assert {key: problem[key] for key in ("file", "line", "column", "end_column", "rule")} == {
        "file": "seeds/tables/freight.xlsx",
        "line": 2,
        "column": 2,
        "end_column": 3,
        "rule": "bad-table",
    }
    assert problem["message"].startswith("Sheet1!B2: ")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_beside_a_chart(folder: Folder, form: str) -> None:
    """A chart may bring its own file, with fields or without."""
    write(folder, form, ROWS)
    (folder.root / f"seeds/tables/freight.{form}").rename(folder.root / f"seeds/charts/freight.{form}")
    (folder.root / "seeds/tables/freight.yaml").unlink()
    folder.change("seeds/charts/freight.yaml", "table: freight", f"data: freight.{form}")
    assert folder.render().errors == []
    folder.change("seeds/charts/freight.yaml", "y: tonnes", "y: tons")
    assert "seeds/charts/freight.yaml:8:4: error[unknown-value]: y: no field 'tons'" in folder.render().err


def test_a_sheet_of_a_table_that_the_chart_only_names(folder: Folder) -> None:
    write(folder, "xlsx", ROWS)
    folder.change("seeds/charts/freight.yaml", "table: freight\n", "table: freight\nsheet: Sheet1\n")
    assert "freight.yaml:7:1: error[bad-value]: a bar chart has either 'table' or 'sheet'" in folder.render().err


def test_an_unknown_country_is_told_at_its_code(folder: Folder) -> None:
    folder.write(
        "seeds/charts/where.yaml",
        "kind: map\ntitle: Two states\nsubtitle: Countries\nalt: Map of two states.\ncountries: [KZ, UX]\n",
    )
    result = folder.run("check")
    assert "seeds/charts/where.yaml:5:17: error[unknown-value]: no country has the code 'UX'" in result.err


def test_a_character_without_a_glyph_is_told_at_its_cell(folder: Folder) -> None:
    write(folder, "csv", [["Kazakhstan", 1], ["中国", 2]])
    result = folder.render()
    assert "seeds/tables/freight.csv:3:1: error[missing-glyph]: 'Brief Sans', the face of figures" in result.err, (
        result.err
    )
    assert set(result.errors) == {"missing-glyph"} and folder.written == []
