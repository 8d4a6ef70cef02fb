"""Data files as other programs and statistics offices write them: read whole, or refused at the cell with the key that mends it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from tests.support.paths import REPOSITORY
from tests.support.project import SEEDS

FILES = Path(__file__).with_name("odd_files")
TWO = "fields: [{name: state}, {name: tonnes, type: number}]"


class Read:
    """What became of a table: its fields and rows, and every problem as it is printed."""

    def __init__(self, root: Path, data: str | None, keys: str) -> None:
        for name, content in {**SEEDS, "seeds/tables/odd.yaml": self._table(data, keys)}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        if data is not None:
            (root / "seeds/tables" / data).write_bytes((FILES / data).read_bytes())
        problems = Problems()
        self.table = load_evidence(Project(root), problems).tables.get("odd")
        self.problems = [str(problem) for problem in problems if "/odd" in str(problem) or str(data) in str(problem)]

    @staticmethod
    def _table(data: str | None, keys: str) -> str:
        return f"title: Odd\nsource: transit-2024\n{f'data: {data}' if data else ''}\n{keys}\n"

    @property
    def rows(self) -> list[tuple]:
        assert self.table is not None, "\n".join(self.problems)
        return list(self.table.rows)

    def units(self) -> dict[str, str | None]:
        assert self.table is not None, "\n".join(self.problems)
        return {field.name: field.unit for field in self.table.fields}


LONG = ["time", "value", "flag"]

READ = {
    "percent cells of LibreOffice": ("lo-percent.xlsx", "", [("Kazakhstan", 81.3), ("Uzbekistan", 7)], []),
    "codes with zeros": ("lo-codes.xlsx", "fields: [{name: code}]", [("0101",), ("0007",)], []),
    "scale in the format and in the unit": (
        "lo-codes.xlsx", "fields: [{name: freight, type: number, unit: bn, bareNumber: false}]", [(3.4,), (12,)], []),
    "hidden row and column": ("lo-hidden.xlsx", "", [("Kazakhstan", 5), ("Uzbekistan", 6)],
                              ["warning[hidden-cells]: Data!B1", "warning[hidden-cells]: Data!A3: row 3 is hidden"]),
    "hidden cells asked for": ("lo-hidden.xlsx", "hidden: true",
                               [("Kazakhstan", 1, 5), ("Old total", 2, 99), ("Uzbekistan", 3, 6)], []),
    "hidden cells left out": ("lo-hidden.xlsx", "hidden: false", [("Kazakhstan", 5), ("Uzbekistan", 6)], []),
    "filtered row": ("lo-filtered.xlsx", TWO, [("Kazakhstan", 5), ("Uzbekistan", 6)], ["Data!A3: row 3 is hidden"]),
    "title, two heads, a note": (
        "lo-titled.xlsx", "skipRows: 2\nheaderRows: 2\nfooterRows: 2\nfields: [{name: State}, {name: 2024 road, type: integer}]",
        [("Kazakhstan", 8), ("Uzbekistan", 4)], []),
    "the same as CSV": (
        "lo-titled.csv", "skipRows: 2\nheaderRows: 2\nfooterRows: 2\nfields: [{name: State}, {name: 2024 road, type: integer}]",
        [("Kazakhstan", 8), ("Uzbekistan", 4)], []),
    "a range of a sheet": ("openpyxl-range.xlsx", "sheet: Data\nrange: B4:D6", [("Kazakhstan", 5, 6), ("Uzbekistan", 7, 8)], []),
    "a range of CSV": ("lo-titled.csv", "range: A3:C6\nheaderRows: 2", [("Kazakhstan", 5, 6), ("Uzbekistan", 1, 2)], []),
    "merged cells repeated": (
        "lo-regions.xlsx", "fillMergedCells: true", [("Central", "Kazakhstan", 5), ("Central", "Uzbekistan", 6), ("West", "Azerbaijan", 7)], []),
    "merged index of pandas": (
        "pandas-merged.xlsx", "fillMergedCells: true", [("Central", "Kazakhstan", 5), ("Central", "Uzbekistan", 6), ("West", "Azerbaijan", 7)], []),
    "ages that became dates": ("lo-ages.xlsx", "", [("5-9", 10), ("2025-10-14", 11), ("15-19", 12)],
                               ["warning[text-made-date]: Ages!A3"]),
    "ages that became dates in CSV": ("excel-ages.csv", "", [("5-9", 10), ("14-Oct", 11), ("15-19", 12)],
                                      ["excel-ages.csv:3:1: warning[text-made-date]"]),
    "a first line that names the separator": (
        "excel-sep.csv", "fields: [{name: state}, {name: tonnes, type: number, groupChar: '.', decimalChar: ','}]",
        [("Kazakhstan", 1980), ("Uzbekistan", 2250)], []),
    "units below the heading": ("openpyxl-units-row.xlsx", "headerRows: 2", [("Kazakhstan", 5, 1.5), ("Uzbekistan", 6, 2.5)], []),
    "signs beside numbers": ("signs.csv", "", [("Kazakhstan", -12.5, -8, 81), ("Uzbekistan", 1200, 3, 0.4)],
                             ["note[negative-in-brackets]"]),
    "SDMX-CSV of Eurostat": (
        "eurostat-sdmx.csv", "fields: [{name: geo}, {name: time, type: year}, {name: value, type: number}, {name: flag}]",
        [("AT", 2022, 5.2, None), ("EL", 2022, 12.5, "p"), ("EL", 2023, None, "c")], []),
    "its flags are told where they are left out": (
        "eurostat-sdmx.csv", "fields: [{name: geo}, {name: value, type: number}]\nwhere: {time: 2022}",
        [("AT", 5.2), ("EL", 12.5)], ["3:54: warning[flags-left-out]: 1 of 2 values have flags that are left out (p 1)"]),
    "SDMX-CSV under its own heads": (
        "eurostat-sdmx.csv", "fields: [{name: geo}, {name: OBS_VALUE, type: number}]", [("AT", 5.2), ("EL", 12.5), ("EL", None)], []),
    "TSV of Eurostat": (
        "eurostat.tsv", "", [("A", "MIO_T", "AT", 2021, 5.2, None), ("A", "MIO_T", "AT", 2022, None, None),
                             ("A", "MIO_T", "AT", 2023, 6.1, "p"), ("A", "MIO_T", "EL", 2021, None, "c"),
                             ("A", "MIO_T", "EL", 2022, 7, "b"), ("A", "MIO_T", "EL", 2023, 8, "be")], []),
    "rows of a TSV picked": ("eurostat.tsv", "where: {geo: [EL], time: [2022, 2023]}",
                             [("A", "MIO_T", "EL", 2022, 7, "b"), ("A", "MIO_T", "EL", 2023, 8, "be")], []),
    "SDMX-CSV 2.0 with labels": (
        "oecd-labels.csv", "fields: [{name: REF_AREA}, {name: value, type: number}, {name: flag}]",
        [("AUT: Austria", 5.2, "A: Normal value"), ("GRC: Greece", 12.5, "E: Estimated value")], ["warning[scale-not-named]"]),
    "its scale in the unit": (
        "oecd-labels.csv", "fields: [{name: REF_AREA}, {name: value, type: number, unit: million tonnes}, {name: flag}]",
        [("AUT: Austria", 5.2, "A: Normal value"), ("GRC: Greece", 12.5, "E: Estimated value")], []),
    "CSV of the World Bank": (
        "world-bank.csv", "fields: [{name: Country Name}, {name: time, type: year}, {name: value, type: number}]",
        [("Korea, Rep.", 2021, 1.5), ("Korea, Rep.", 2022, None), ("Kyrgyz Republic", 2021, 2.5), ("Kyrgyz Republic", 2022, 3.5)], []),
    "the same as a workbook": (
        "openpyxl-world-bank.xlsx", "fields: [{name: Country Name}, {name: time, type: year}, {name: value, type: number}]",
        [("Korea, Rep.", 2021, 1.5), ("Korea, Rep.", 2022, None), ("Kyrgyz Republic", 2021, 2.5), ("Kyrgyz Republic", 2022, 3.5)], []),
    "the World Bank's under its own heads": (
        "world-bank.csv", "fields: [{name: Country Code}, {name: '2022', type: number}]", [("KOR", None), ("KGZ", 3.5)], []),
    "DataBank": ("databank.csv", "fields: [{name: Country Code}, {name: time, type: year}, {name: value, type: number}]",
                 [("KAZ", 2021, 18.5), ("KAZ", 2022, None), ("UZB", 2021, 33), ("UZB", 2022, 34)], []),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_it_is_read_and_what_is_odd_is_told(case: str, tmp_path: Path) -> None:
    data, keys, rows, told = READ[case]
    read = Read(tmp_path, data, keys)
    assert read.rows == rows
    assert len(read.problems) == len(told), read.problems
    for words, problem in zip(told, read.problems, strict=True):
        assert words in problem


REFUSED = {
    "a percentage under a plain number": (
        "lo-percent.xlsx", "fields: [{name: share, type: number}]", "Shares!B2", "holds 0.813: unit: '%' in the field reads 81.3; or format"),
    "a percentage in another unit": ("lo-percent.xlsx", "fields: [{name: share, type: number, unit: km}]", "Shares!B2", "unit: '%'"),
    "a scale in the format": ("lo-codes.xlsx", "fields: [{name: freight, type: number}]", "Codes!B2", "unit: 'bn'"),
    "another scale than the unit's": (
        "lo-codes.xlsx", "fields: [{name: freight, type: number, unit: million, bareNumber: false}]", "Codes!B2", "the field's unit is 'million'"),
    "a bound in the format": ("openpyxl-signs.xlsx", "fields: [{name: bound, type: number}]", "Data!B2", "a bound is no value"),
    "a flag in the format": ("openpyxl-signs.xlsx", "fields: [{name: flag, type: number}]", "Data!C2", "looks like a flag"),
    "a title, merged": ("lo-titled.xlsx", "", "'Table 1'!A1", "skipRows: 2 and headerRows: 2"),
    "a title in CSV": ("lo-titled.csv", "", "lo-titled.csv:1:1", "skipRows: 2 and headerRows: 2"),
    "two heads": ("lo-titled.xlsx", "skipRows: 2\nfooterRows: 2", "'Table 1'!C3", "headerRows: 2"),
    "notes below": ("lo-titled.xlsx", "skipRows: 2\nheaderRows: 2", "'Table 1'!A7", "footerRows: 2"),
    "lines above in CSV": ("office-preamble.csv", "", "office-preamble.csv:1:1", "skipRows: 3"),
    "a title without merging": ("openpyxl-title.xlsx", "", "Data!A1", "skipRows: 2"),
    "notes after a row that is empty": ("openpyxl-title.xlsx", "skipRows: 2", "Data!A6", "footerRows: 3"),
    "merged cells": ("lo-regions.xlsx", "", "Data!A3", "fillMergedCells: true"),
    "units below the heading": ("openpyxl-units-row.xlsx", "", "Data!B2", "headerRows: 2"),
    "units below the heading of numbers": ("openpyxl-units-row.xlsx", TWO, "Data!B2", "headerRows: 2"),
    "a serial number in a date field": (
        "openpyxl-serial.xlsx", "fields: [{name: opened, type: date}]", "Data!B2", "the day 2025-01-01"),
    "a serial number among dates": ("openpyxl-serial.xlsx", "", "Data!B2", "the day 2025-01-01"),
    "two scales in one column": ("oecd-scales.csv", "fields: [{name: value, type: number}, {name: flag}]", "3:43", "where: {UNIT_MULT: 6}"),
    "two heads in CSV": ("pandas-two-heads.csv", "", "1:1", "headerRows: 2"),
    "no cells": ("openpyxl-range.xlsx", "range: B4-D6", "odd.yaml:4:8", "B4:F20"),
    "a range that holds nothing": ("openpyxl-range.xlsx", "sheet: Data\nrange: M1:N2", "Data!M1", "which cells"),
    "two keys for one thing": ("openpyxl-range.xlsx", "range: B4:D6\nskipRows: 1", "odd.yaml:5:1", "heading"),
    "a key of sheets for CSV": ("lo-titled.csv", "hidden: true", "odd.yaml:4:1", "remove it"),
    "a value that no row has": ("eurostat.tsv", "where: {geo: GR}", "odd.yaml:4:14", "AT, EL"),
    "a column that is not there": ("eurostat.tsv", "where: {geos: EL}", "odd.yaml:4:9", "'geo'"),
    "more rows skipped than there are": ("signs.csv", "skipRows: 9", "signs.csv:1:1", "which are meant"),
    "a key of files for rows": (None, "skipRows: 1\nfields: [{name: a}]\nrows: [[x]]", "odd.yaml:4:1", "remove it"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_at_the_cell_with_the_key_that_mends_it(case: str, tmp_path: Path) -> None:
    data, keys, place, hint = REFUSED[case]
    read = Read(tmp_path, data, keys)
    errors = [problem for problem in read.problems if ": error[" in problem]
    assert read.table is None and errors, read.problems
    assert place in errors[0] and hint in errors[0], errors


# Single cells ------------------------------------------------------------------------------------------------------

BESIDE = "bareNumber: false"
NUMBERS = {
    "(12.5)": (BESIDE, -12.5), "$(12.5)": (BESIDE, -12.5), "−8 %": (BESIDE, -8), "–8": ("", -8), "-€ 12": (BESIDE, -12),
    "€ -12": (BESIDE, -12), "81 %": ("unit: '%'", 81), "12 per cent": ("unit: '%'", 12), "7%": ("unit: '% of GDP'", 7),
    "1 200": ("", 1200), "1\u00a0200": ("", 1200), "1\u2009200.5": ("", 1200.5), "1 200,5": ("decimalChar: ','", 1200.5),
    "€1.2m": (f"{BESIDE}, unit: € m", 1.2), "USD 5": (f"{BESIDE}, unit: $", 5), "12 km": (f"{BESIDE}, unit: km", 12),
    "1.2 million": (f"{BESIDE}, unit: million", 1.2), "+3": ("", 3), "€ 12.50": (BESIDE, 12.5),
}  # fmt: skip


@pytest.mark.parametrize("cell", NUMBERS)
def test_a_number_keeps_its_sign_and_its_scale(cell: str, tmp_path: Path) -> None:
    keys, value = NUMBERS[cell]
    read = Read(tmp_path, None, f'fields: [{{name: v, type: number, {keys}}}]\nrows: [["{cell}"]]')
    assert read.rows == [(value,)]
    if cell == "−8 %":
        assert read.units() == {"v": "%"}


LOST = {
    "3.4 bn": "the scale would be lost: unit: 'bn'", "€1.2m": "unit: '€ m'", "5k": "unit: 'k'", "3 млн": "unit: 'млн'",
    "<5": "a bound is no value: missingValues: ['', '<5']", "≥ 5": "a bound", "5+": "a bound", "~5": "a bound", "±5": "a bound",
    "up to 5": "a bound", "12*": "footnote", "12¹": "footnote", "12 [1]": "footnote", "12†": "footnote", "5p": "flag", "0.4 e": "flag",
    "12-": "a minus stands before", "5-9": "a range", "12 km": "if 'km' is the unit", ": c": "missingValues", "5 (3)": "footnote",
}  # fmt: skip


@pytest.mark.parametrize("keys", ["", BESIDE, "unit: stations", f"{BESIDE}, unit: stations"])
@pytest.mark.parametrize("cell", LOST)
def test_what_would_be_lost_beside_a_number_is_refused_with_a_way_out(cell: str, keys: str, tmp_path: Path) -> None:
    read = Read(tmp_path, None, f'fields: [{{name: v, type: number, {keys}}}]\nrows: [["{cell}"]]')
    assert read.table is None and len(read.problems) == 1 and LOST[cell] in read.problems[0], read.problems


@pytest.mark.parametrize("keys", ["", "unit: km", f"{BESIDE}, unit: km"])
def test_a_percentage_that_no_field_wants_is_refused_with_both_ways_out(keys: str, tmp_path: Path) -> None:
    read = Read(tmp_path, None, f"fields: [{{name: v, type: number, {keys}}}]\nrows: [[25 %]]")
    assert read.table is None and "unit: '%' in the field reads 25" in read.problems[0] and "0.25" in read.problems[0]


def test_texts_are_what_was_written(tmp_path: Path) -> None:
    read = Read(
        tmp_path, None, "fields: [{name: a}, {name: b}, {name: c}]\nrows: [[0101, 8.10, 1e3], ['0101', 0x1F, 007]]"
    )
    assert read.rows == [("0101", "8.10", "1e3"), ("0101", "0x1F", "007")]


ODD_COLUMNS = {
    "[1.140, 950]": "thousands-or-decimals",
    "[81 %, 4]": "mixed-units",
    "['€ 5', '$ 5']": "mixed-units",
}


@pytest.mark.parametrize("cells", ODD_COLUMNS)
def test_an_odd_column_is_told(cells: str, tmp_path: Path) -> None:
    keys = "" if "%" not in cells else "unit: '%'"
    rows = ", ".join(f"[{cell}]" for cell in cells.strip("[]").split(", "))
    read = Read(tmp_path, None, f"fields: [{{name: v, type: number, {keys or BESIDE}}}]\nrows: [{rows}]")
    assert [re.search(r"\[([a-z-]+)\]", problem)[1] for problem in read.problems] == [ODD_COLUMNS[cells]]


@pytest.mark.parametrize("cells", ["[0.980, 1.140]", "[1.14, 2.500]", "[1140, 950]", "[12 %, 4 %]"])
def test_a_column_that_is_not_odd_is_silent(cells: str, tmp_path: Path) -> None:
    keys = "" if "%" not in cells else "unit: '%'"
    rows = ", ".join(f"[{cell}]" for cell in cells.strip("[]").split(", "))
    assert not Read(tmp_path, None, f"fields: [{{name: v, type: number, {keys}}}]\nrows: [{rows}]").problems


def test_a_country_of_which_nothing_is_known_at_the_end_is_no_note(tmp_path: Path) -> None:
    read = Read(
        tmp_path, None, "fields: [{name: a}, {name: b, type: integer}]\nrows: [[Kazakhstan, 5], [Turkmenistan, null]]"
    )
    assert read.rows[-1] == ("Turkmenistan", None)


def test_the_example_of_the_documentation_is_read(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "data.md").read_text(encoding="utf-8")
    example = page[page.index("    data: rail.tsv") : page.index("### Countries")]
    keys = (
        "\n".join(line[4:] for line in example.split("\n")).replace("data: rail.tsv\n", "").replace("[EL, BG]", "[EL]")
    )
    read = Read(tmp_path, "eurostat.tsv", keys)
    assert read.rows == [("EL", 2021, None, "c"), ("EL", 2022, 7, "b"), ("EL", 2023, 8, "be")] and not read.problems
    assert read.units()["value"] == "million tonnes"


HOSTILE = {
    "a cell beyond all limits below a title": ("Title\n" + "x" * 140_000 + ",y\n", ""),
    "a range to the end of all sheets": ("a,b\n" + "1,2\n" * 1000, "data: {file: odd.csv, range: A1:ZZZ1048576}"),
    "a range beside everything": ("a,b\n1,2\n", "data: {file: odd.csv, range: XFD5:XFD9}"),
    "nothing but line ends": ('a,b\n"\n\n",1\n', ""),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_hurts_ends_in_rows_or_a_problem(case: str, tmp_path: Path) -> None:
    content, data = HOSTILE[case]
    (tmp_path / "seeds/tables").mkdir(parents=True)
    (tmp_path / "seeds/tables/odd.csv").write_text(content, encoding="utf-8")
    read = Read(tmp_path, None, data or "data: odd.csv")
    is_read = case in ("a range to the end of all sheets", "nothing but line ends")
    assert (read.table is not None) is is_read and bool(read.problems) is not is_read, read.problems
