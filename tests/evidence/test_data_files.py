"""Data files: CSV and workbooks give exact rows, or a problem at the very cell; never a traceback."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c6brief.documents.entries import validate
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.documents.yamltext import compose
from c6brief.evidence.fields import check_fields
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.table_models import Table
from tests.support.paths import REPOSITORY
from tests.support.project import Folder
from tests.support.workbooks import workbook

FIELDS = "fields: [{name: access}, {name: stations, type: integer}]"
GOOD = "access,stations\nStreet to train,94\nStreet to platform,1061\n"


def yaml(file: str = "stations.csv", fields: str = FIELDS, more: str = "") -> str:
    return f"title: Stations\nsource: transit-2024\ndata: {file}\n{fields}\n{more}"


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def errors(folder: Folder, file: str, content: str | bytes, fields: str = FIELDS, more: str = "") -> list[str]:
    """What ``check`` says of a table with this data file, one text for each error."""
    folder.write(f"seeds/tables/{file}", content)
    folder.write("seeds/tables/stations.yaml", yaml(file, fields, more))
    found = re.split(r"\n(?=\S+?:\d+:\d+: )", folder.run("check", "briefs/lifts.yaml").err)
    return [problem for problem in found if ": error[" in problem]


def rows(folder: Folder, file: str, content: str | bytes, fields: str = FIELDS, more: str = "") -> list[tuple]:
    """The rows of a table with this data file, which has no problems."""
    return list(table(folder, file, content, fields, more).rows)


def table(folder: Folder, file: str, content: str | bytes, fields: str = FIELDS, more: str = ""):
    folder.write(f"seeds/tables/{file}", content)
    folder.write("seeds/tables/stations.yaml", yaml(file, fields, more))
    problems = Problems()
    evidence = load_evidence(Project(folder.root), problems)
    assert not problems.errors, "\n".join(map(str, problems))
    return evidence.tables["stations"]


# CSV ---------------------------------------------------------------------------------------------------------------

BAD_CSV = {
    "text for a number": (GOOD.replace("94", "many"), ["2:17"], "wants an integer, found 'many'", ""),
    "half a station": (GOOD.replace("94", "9.5"), ["2:17"], "found '9.5'", "'number'"),
    "NaN": (GOOD.replace("94", "NaN"), ["2:17"], "found 'NaN'", "leave the cell empty"),
    "infinity": (GOOD.replace("94", "-inf"), ["2:17"], "found '-inf'", "leave the cell empty"),
    "not available": (GOOD.replace("94", "n/a"), ["2:17"], "found 'n/a'", "missingValues: ['', 'n/a']"),
    "every bad cell": ("access,stations\na,x\nb,2\nc,y\n", ["2:3", "4:3"], "wants an integer", ""),
    "quoted cell": ('access,stations\n"a, b","many ""more"""\n', ["2:8"], "found 'many \"more\"'", ""),
    "after a cell of two lines": ('access,stations\n"a\nb",x\n', ["3:4"], "found 'x'", ""),
    "a cell of two lines": ('stations,access\n"a\nb",x\n', ["2:1"], "found 'a b'", ""),
    "thousands": (GOOD.replace("94", '"1,094"'), ["2:17"], "found '1,094'", "groupChar: ','"),
    "percent": (GOOD.replace("94", "94%"), ["2:17"], "found '94%'", "bareNumber: false"),
    "very long number": (GOOD.replace("94", "9" * 5000), ["2:17"], "found '9999", ""),
    "missing column": ("access,station\na,1\n", ["1:1"], "no column 'stations'", "'station'?"),
    "no known column": ("a;b\nx;1\n", ["1:1", "1:1"], "no column 'access'", "known: a, b"),
    "doubled column": ("access,stations,stations\na,1,2\n", ["1:17"], "'stations' stands twice", "name of its own"),
    "row too short": (GOOD + "a\n", ["4:1"], "1 cell; the heading has 2", "separated by ','"),
    "row too long": (GOOD + "a, b,3\n", ["4:1"], "3 cells; the heading has 2", "quotation marks"),
    "short and bad": (GOOD.replace("94", "x") + "a\n", ["2:17", "4:1"], "", ""),
    "empty row within": ("access,stations\na,1\n\nb,2\n", ["3:1"], "an empty row", "remove it"),
    "blank row within": ("access,stations\na,1\n,\nb,2\n", ["3:1"], "an empty row", "remove it"),
    "quotation mark left open": (GOOD + 'a,"b\nc\n', ["4:3"], "not closed", "double every"),
    "words after quotation marks": (GOOD + 'a,"b" c\n', ["4:6"], "words after", "double every"),
    "empty": ("", ["1:1"], "is empty", ""),
    "blank": (" \n\n", ["1:1"], "is empty", ""),
    "Windows-1251": ("access,stations\nУлица,1\n".encode("cp1251"), ["2:1"], "is not UTF-8", "Windows-1251"),
    "Latin-1": ("access,stations\nCafé,1\n".encode("latin-1"), ["2:4"], "is not UTF-8", "CSV UTF-8"),
    "UTF-16": (GOOD.encode("utf-16"), ["1:1"], "is UTF-16", "CSV UTF-8"),
    "UTF-16 without a mark": (GOOD.encode("utf-16-le"), ["1:2"], "U+0000", "UTF-16"),
    "NUL": (GOOD.replace("train", "tr\0in"), ["2:13"], "U+0000", ""),
    "escape": (GOOD.replace("train", "tr\x1bin"), ["2:13"], "U+001B", "remove it"),
    "a workbook called CSV": (workbook([["access", "stations"]]), ["1:1"], "is a workbook", ".xlsx"),
    "too large": (GOOD + " " * 20_000_000, ["1:1"], "20.0 MB; at most 20 MB", "split"),
}  # fmt: skip


@pytest.mark.sample(11)
@pytest.mark.parametrize("case", BAD_CSV)
def test_a_bad_csv_file_is_told_at_the_cell(folder: Folder, case: str) -> None:
    content, places, message, hint = BAD_CSV[case]
    found = errors(folder, "stations.csv", content)
    assert [re.match(r"seeds/tables/stations\.csv:(\d+:\d+): ", each)[1] for each in found] == places, found
    assert message in found[0] and hint in found[0], found[0]


def test_the_cell_is_shown_and_underlined(folder: Folder) -> None:
    [problem] = errors(folder, "stations.csv", 'access,stations\n"Street, train",many\n')
    assert problem.startswith(
        "seeds/tables/stations.csv:2:17: error[bad-table]: field 'stations' wants an integer, found 'many'\n"
        '    2 | "Street, train",many\n'
        "      |                 ^^^^"
    )


def test_twenty_bad_cells_are_told_and_the_others_counted(folder: Folder) -> None:
    found = errors(folder, "stations.csv", "access,stations\n" + "a,x\n" * 10_000)
    assert len(found) == 21
    assert "seeds/tables/stations.csv:22:3: error[bad-table]: and 9,980 more problems from here on" in found[-1]


def test_one_bad_cell_more_than_twenty_is_counted(folder: Folder) -> None:
    found = errors(folder, "stations.csv", "access,stations\n" + "a,x\n" * 21)
    assert len(found) == 21 and "22:3: error[bad-table]: and 1 more problem from here on" in found[-1]
    assert len(errors(folder, "stations.csv", "access,stations\n" + "a,x\n" * 20)) == 20


def test_rendering_stops_at_a_bad_cell_and_writes_nothing(folder: Folder) -> None:
    errors(folder, "stations.csv", GOOD.replace("94", "many"))
    result = folder.render()
    assert (result.status, result.rules, folder.written) == (1, ["bad-table"], [])


GOOD_CSV = {
    "as it is": GOOD,
    "with a byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "CRLF": GOOD.replace("\n", "\r\n"),
    "semicolons": GOOD.replace(",", ";"),
    "tabs": GOOD.replace(",", "\t"),
    "quoted": 'access,"stations"\n"Street to train","94"\n"Street to platform",1061\n',
    "other order and more columns": "a,stations,,access\nx,94,,Street to train\ny,1061,,Street to platform\n",
    "empty columns and rows at the end": "access,stations,,\nStreet to train,94,,\nStreet to platform,1061,,\n,,,\n\n\n",
    "no line end": GOOD.rstrip("\n"),
    "spaces": GOOD.replace("94", " 94 "),
}


@pytest.mark.parametrize("case", GOOD_CSV)
def test_the_usual_forms_of_csv_give_the_same_rows(folder: Folder, case: str) -> None:
    assert rows(folder, "stations.csv", GOOD_CSV[case]) == [("Street to train", 94), ("Street to platform", 1061)]


def test_a_heading_alone_is_a_table_without_rows(folder: Folder) -> None:
    assert rows(folder, "stations.csv", "access,stations\n") == []


def test_a_semicolon_inside_a_comma_file_separates_nothing(folder: Folder) -> None:
    assert rows(folder, "stations.csv", 'access,stations\n"a;b",1\nc;d,2\n') == [("a;b", 1), ("c;d", 2)]


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("access,stations,a;b", "x,1,"),
        ("access,stations,a\tb", "x,1,"),
        ("access;stations;a\tb", "x;1;"),
        ('access;stations;"a,b"', "x;1;"),
        ("access\tstations", "x\t1"),
    ],
)
def test_the_comma_comes_before_the_semicolon_and_both_before_the_tab(folder: Folder, heading: str, row: str) -> None:
    assert rows(folder, "stations.csv", f"{heading}\n{row}\n") == [("x", 1)]


NUMBERS = {
    "decimal comma": ("decimalChar: ','", "'1,5'", 1.5),
    "decimal comma and grouped": ("decimalChar: ',', groupChar: ' '", "'1 234 567,25'", 1234567.25),
    "grouped by commas": ("groupChar: ','", "'1,234.5'", 1234.5),
    "grouped by narrow spaces": ("groupChar: ' '", "'1\u202f234'", 1234),
    "not grouped all the same": ("groupChar: ','", "1234", 1234),
    "currency": ("bareNumber: false", "€ 12.5", 12.5),
    "percent": ("bareNumber: false", "-12 %", -12),
    "power": ("", "1.5e3", 1500.0),
    "whole": ("", "7", 7),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_numbers_are_read_as_the_field_says(folder: Folder, case: str) -> None:
    keys, written, value = NUMBERS[case]
    fields = f"fields: [{{name: share, type: number{', ' + keys if keys else ''}}}]"
    cell = '"' + written.strip("'") + '"'
    assert rows(folder, "stations.csv", f"share\n{cell}\n", fields) == [(value,)]


@pytest.mark.parametrize("written", ["1,5", "12,34", "1,2345", "1.234,5", ",5"])
def test_a_comma_that_may_be_decimal_is_never_taken_for_a_group(folder: Folder, written: str) -> None:
    fields = "fields: [{name: share, type: number, groupChar: ','}]"
    assert len(errors(folder, "stations.csv", f'share\n"{written}"\n', fields)) == 1


GERMAN = "place;price\nx;{}\ny;{}\n"


@pytest.mark.parametrize("keys", ["fields: [{name: place}, {name: price, type: number}]", "",
                                  "fields: [{name: place}, {name: price, type: integer}]"])  # fmt: skip
@pytest.mark.parametrize("written", ["1.980", "12.345", "-1.980"])
def test_a_point_that_may_group_thousands_is_not_taken_for_a_decimal(folder: Folder, keys: str, written: str) -> None:
    told = errors(folder, "stations.csv", GERMAN.format("7", written), keys)
    assert len(told) == 1 and "may have a decimal point or groups" in told[0], told


@pytest.mark.parametrize(("keys", "one", "other", "values"), [
    ("decimalChar: '.'", "1.980", "7", [1.98, 7]),
    ("groupChar: '.', decimalChar: ','", "1.980", "7,5", [1980, 7.5]),
    ("", "1.980", "12.5", [1.98, 12.5]),
    ("", "0.980", "1.980", [0.98, 1.98]),
    ("", "1.9801", "7", [1.9801, 7]),
])  # fmt: skip
def test_a_point_whose_sense_is_said_or_shown(
    folder: Folder, keys: str, one: str, other: str, values: list[float]
) -> None:
    fields = f"fields: [{{name: place}}, {{name: price, type: number{', ' + keys if keys else ''}}}]"
    found = rows(folder, "stations.csv", GERMAN.format(one, other), fields)
    assert [price for _, price in found] == values


def test_a_point_between_commas_is_a_decimal_point(folder: Folder) -> None:
    assert rows(folder, "stations.csv", "place,price\nx,1.980\n", "") == [("x", 1.98)]


# Workbooks ---------------------------------------------------------------------------------------------------------

HEADS = ["access", "stations"]
SHEET = [HEADS, ["Street to train", 94], ["Street to platform", 1061]]


def _formula(value: Any) -> Callable[[Any, Any], None]:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEADS)
        sheet.write(1, 0, "a")
        sheet.write_formula(1, 1, "=1+1", None, value)

    return fill


def _merged(*ranges: str) -> Callable[[Any, Any], None]:
    def fill(book: Any, sheet: Any) -> None:
        for number, row in enumerate(SHEET):
            sheet.write_row(number, 0, row)
        for each in ranges:
            sheet.merge_range(each, 7 if each != "A1:B1" else "access")

    return fill


def _day(book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, HEADS)
    sheet.write_datetime(1, 1, datetime.datetime(2024, 5, 6), book.add_format({"num_format": "yyyy-mm-dd"}))


def _stray(cell: str) -> Callable[[Any, Any], None]:
    def fill(book: Any, sheet: Any) -> None:
        for number, row in enumerate(SHEET):
            sheet.write_row(number, 0, row)
        sheet.write(cell, "stray")

    return fill


NO_RESULT = changed(
    workbook(_formula(2)), "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb"(</f>)<v>2</v>", rb"\1", xml)
)
EMPTY_RESULT = changed(
    workbook(_formula(2)), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</f><v>2</v>", b"</f><v></v>")
)
PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")

BAD_XLSX = {
    "text for a number": (workbook([*SHEET, ["a", "many"]]), "bad-table", "4:2", "Sheet1!B4: field 'stations' wants an integer, found 'many'", ""),
    "half a station": (workbook([*SHEET, ["a", 9.5]]), "bad-table", "4:2", "found '9.5'", ""),
    "true for a number": (workbook([*SHEET, ["a", True]]), "bad-table", "4:2", "found 'true'", ""),
    "date for a number": (workbook(_day), "bad-table", "2:2", "found '2024-05-06'", "format the cell"),
    "error": (workbook(_formula("#N/A")), "bad-table", "2:2", "holds the error #N/A", "mend it"),
    "formula without result": (NO_RESULT, "bad-table", "2:2", "formula without its result", "save it again"),
    "formula never worked out": (EMPTY_RESULT, "bad-table", "2:2", "formula without its result", "save it again"),
    "nothing but formulas": (changed(workbook(lambda book, sheet: sheet.write_formula(0, 0, "=1", None, 2)), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>2</v>", b"")), "bad-table", "1:1", "the heading holds a formula", ""),
    "an error below all values": (changed(EMPTY_RESULT, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb'<c r="A2".*?</c>', b"", xml)), "bad-table", "2:2", "formula without its result", ""),
    "merged heading": (workbook(_merged("A1:B1")), "bad-table", "1:2", "the heading is merged with others (A1:B1)", "split"),
    "merged cells": (workbook(_merged("B2:B3")), "bad-table", "3:2", "is merged with others (B2:B3)", "split"),
    "missing column": (workbook([["access", "station"], ["a", 1]]), "bad-table", "1:1", "no column 'stations'", "'station'?"),
    "doubled column": (workbook([[*HEADS, "access"], ["a", 1, "b"]]), "bad-table", "1:3", "'access' stands twice", ""),
    "empty row within": (workbook([*SHEET, [], ["Source: us"]]), "bad-table", "4:1", "Sheet1!A4: an empty row", "remove it"),
    "control character": (workbook([*SHEET, ["a\x07b", 1]]), "bad-table", "4:1", "U+0007", "remove it"),
    "empty sheet": (workbook([]), "bad-table", "1:1", "sheet 'Sheet1' is empty", ""),
    "stray value": (workbook(_stray("XFD1048576")), "file-too-large", "1:1", "reaches to XFD1048576", "stray"),
    "password": (PROTECTED, "protected-workbook", "1:1", "wants a password", "without"),
    "old workbook": (PROTECTED[:300], "bad-workbook", "1:1", "no XLSX workbook", ".xlsx"),
    "empty file": (b"", "empty-file", "1:1", "is empty", ""),
    "cut off": (workbook(SHEET)[:3000], "bad-workbook", "1:1", "damaged", "save again"),
    "CSV called XLSX": (GOOD.encode(), "bad-workbook", "1:1", "damaged", ""),
    "no XML": (changed(workbook(SHEET), "xl/workbook.xml", lambda xml: xml[:200]), "bad-workbook", "1:1", "damaged", ""),
    "sheet without end": (changed(workbook(SHEET), "xl/worksheets/sheet1.xml", lambda xml: xml[:-100]), "bad-workbook", "1:1", "damaged", ""),
    "entities": (changed(workbook(SHEET), "xl/sharedStrings.xml", lambda xml: xml.replace(b"<sst", b"<!DOCTYPE x><sst", 1)), "bad-workbook", "1:1", "damaged", ""),
}  # fmt: skip


@pytest.mark.sample(8)
@pytest.mark.parametrize("case", BAD_XLSX)
def test_a_bad_workbook_is_told_at_the_cell(folder: Folder, case: str) -> None:
    content, rule, place, message, hint = BAD_XLSX[case]
    found = errors(folder, "stations.xlsx", content)
    assert found and found[0].startswith(f"seeds/tables/stations.xlsx:{place}: error[{rule}]: "), found
    assert message in found[0] and hint in found[0] and len(found) == 1, found


def test_a_bomb_is_refused_by_its_size_unpacked(folder: Folder) -> None:
    bomb = changed(workbook(SHEET), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 150_000_000)
    assert len(bomb) < 1_000_000
    [problem] = errors(folder, "stations.xlsx", bomb)
    assert "error[file-too-large]: unpacked, the workbook has 150 MB" in problem


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(folder: Folder) -> None:
    bomb = changed(workbook(SHEET), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 150_000_000)
    lying = bomb.replace((150_000_000 + _length(bomb)).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bomb
    [problem] = errors(folder, "stations.xlsx", lying)
    assert "error[bad-workbook]" in problem


def _length(bomb: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        return archive.getinfo("xl/worksheets/sheet1.xml").file_size - 150_000_000


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsb"])
def test_other_workbooks_are_refused_by_name(folder: Folder, ending: str) -> None:
    [problem] = errors(folder, f"stations.{ending}", b"anything")
    assert problem.startswith("seeds/tables/stations.yaml:3:7: error[bad-workbook]") and "save it as .xlsx" in problem


def test_sheets_by_name(folder: Folder) -> None:
    fields = "fields: [{name: lift}]"

    def fill(book: Any, sheet: Any) -> None:
        book.add_worksheet("Lifts 2024").write_column(0, 0, ["lift", "North"])

    book = workbook(fill, ("Access",))
    assert rows(folder, "stations.xlsx", book, fields, "sheet: Lifts 2024\n") == [("North",)]
    [problem] = errors(folder, "stations.xlsx", book, fields, "sheet: Lift 2024\n")
    assert problem.startswith("seeds/tables/stations.yaml:5:8: error[unknown-value]: sheet: no sheet 'Lift 2024'")
    assert "did you mean 'Lifts 2024'?" in problem
    [problem] = errors(folder, "stations.xlsx", book, fields.replace("lift", "life"), "sheet: Lifts 2024\n")
    assert "'Lifts 2024'!A1: no column 'life'" in problem
    [problem] = errors(folder, "stations.csv", GOOD, FIELDS, "sheet: Access\n")
    assert "stations.yaml:5:1: error[bad-value]: sheet: a CSV file has no sheets" in problem


def test_what_a_workbook_holds_is_read_by_type(folder: Folder) -> None:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(3, 2, ["name", "count", "share", "open", "since", "year", "code"])
        sheet.write_row(4, 2, ["North", 12, 0.25, True])
        sheet.write_datetime(4, 6, datetime.datetime(2024, 5, 6), day)
        sheet.write_row(4, 7, [2019, 7])
        sheet.write_string(5, 2, "South")
        sheet.write_string(5, 3, "13")  # a number stored as text
        sheet.write_formula(5, 4, "=E5*2", None, 0.5)
        sheet.write_string(5, 6, "2024-05-07")
        sheet.write_blank("Z90", None, day)  # a format without a value

    fields = (
        "fields: [{name: name}, {name: count, type: integer}, {name: share, type: number}, {name: open, type: boolean},"
        " {name: since, type: date}, {name: year, type: year}, {name: code}]"
    )
    found = table(folder, "stations.xlsx", workbook(fill), fields)
    assert list(found.rows) == [
        ("North", 12, 0.25, True, "2024-05-06", 2019, "7"),
        ("South", 13, 0.5, None, "2024-05-07", None, None),
    ]
    assert [type(cell) for cell in found.rows[0]] == [str, int, float, bool, str, int, str]
    place = found.cell_place(1, 4)
    assert (place.file.rpartition("/")[2], place.span.line, place.span.column, place.name) == (
        "stations.xlsx",
        6,
        7,
        "Sheet1!G6",
    )


def test_hidden_sheets_are_not_the_first(folder: Folder) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "notes")
        other = book.add_worksheet("Shown")
        other.write_column(0, 0, ["lift", "North"])
        other.activate()
        sheet.hide()

    assert rows(folder, "stations.xlsx", workbook(fill), "fields: [{name: lift}]") == [("North",)]


# Fields ------------------------------------------------------------------------------------------------------------


def test_fields_left_out_are_inferred_strictly(folder: Folder) -> None:
    text = (
        "name,count,share,since,year,open,code,mixed,nothing\n"
        "North,1,1,2024-05-06,2019,true,007,1,\nSouth,-2,.5,2024-05-07,2020,false,008,x,\n,,,,,,,,\n"
    )
    found = table(folder, "stations.csv", text, "note: nothing", "")
    types = ["string", "integer", "number", "date", "year", "boolean", "string", "string", "string"]
    assert [field.name for field in found.fields] == text.split("\n")[0].split(",")
    assert [field.type for field in found.fields] == types
    assert found.rows[1] == ("South", -2, 0.5, "2024-05-07", 2020, False, "008", "x", None)


def test_fields_of_a_workbook_are_inferred_too(folder: Folder) -> None:
    found = table(folder, "stations.xlsx", workbook([["name", 2024], ["North", 3], ["South", 2.5]]), "note: nothing")
    assert [(field.name, field.type) for field in found.fields] == [("name", "string"), ("2024", "number")]
    assert found.rows == (("North", 3), ("South", 2.5))


def test_a_column_without_heading_is_told_where_fields_are_inferred(folder: Folder) -> None:
    [problem] = errors(folder, "stations.csv", "access,,stations\na,b,1\n", "note: nothing")
    assert "stations.csv:1:8: error[bad-table]: column 2 has no heading" in problem


def test_a_last_column_without_heading_is_left_out_only_where_it_is_empty(folder: Folder) -> None:
    assert rows(folder, "stations.csv", "access,stations,\na,1,\n", "note: nothing") == [("a", 1)]
    [problem] = errors(folder, "stations.csv", "access,stations,\na,1,b\n", "note: nothing")
    assert "stations.csv:1:17: error[bad-table]: column 3 has no heading" in problem


def test_groups_of_two_digits_are_read_before_one_of_three(folder: Folder) -> None:
    fields = "fields: [{name: value, type: integer, groupChar: ','}]"
    assert rows(folder, "stations.csv", 'value\n"12,34,567"\n"1,234"\n', fields) == [(1234567,), (1234,)]
    [problem] = errors(folder, "stations.csv", 'value\n"1,23"\n', fields)
    assert "found '1,23'" in problem


@pytest.mark.parametrize(("year", "good"), [(9999, True), (10000, False)])
def test_years_of_a_workbook_have_four_digits(folder: Folder, year: int, good: bool) -> None:
    fields = "fields: [{name: value, type: year}]"
    found = errors(folder, "stations.xlsx", workbook([["value"], [year]]), fields)
    assert [("wants a year, found '10000'" in problem) for problem in found] == ([] if good else [True])


def test_missing_values_are_missing(folder: Folder) -> None:
    text = "access,stations\na,..\n-,5\nc,\n"
    assert rows(folder, "stations.csv", text, FIELDS, "missingValues: ['', '..', '-']\n") == [
        ("a", None),
        (None, 5),
        ("c", None),
    ]


def test_booleans_have_words_of_their_own(folder: Folder) -> None:
    fields = "fields: [{name: open, type: boolean, trueValues: [yes, да], falseValues: [no, нет]}]"
    assert rows(folder, "stations.csv", "open\nда\nno\n", fields) == [(True,), (False,)]
    [problem] = errors(folder, "stations.csv", "open\nmaybe\n", fields)
    assert "2:1" in problem and "wants true or false, found 'maybe'" in problem and "one of yes, да, no, нет" in problem


CONSTRAINTS = {
    "required": ("integer", "required: true", "1\n-\n3", "3:1", "is required"),
    "unique": ("integer", "unique: true", "1\n2\n1", "4:1", "'1' stands twice"),
    "minimum": ("number", "minimum: 0", "1\n-0.5", "3:1", "-0.5 is less than 0"),
    "maximum": ("integer", "maximum: 100", "1\n101", "3:1", "101 is more than 100"),
    "minimum of dates": ("date", "minimum: 2024-01-01", "2023-12-31", "2:1", "is less than 2024-01-01"),
    "maximum of years": ("year", "maximum: 2024", "2025", "2:1", "2025 is more than 2024"),
    "enum": ("string", "enum: [rail, road]", "rail\nraod", "3:1", "'raod' is not allowed"),
    "enum of numbers": ("integer", "enum: [1, 2]", "1\n3", "3:1", "'3' is not allowed"),
    "pattern": ("string", "pattern: '[A-Z]{2}'", "KZ\nKAZ", "3:1", "'KAZ' does not fit"),
}


@pytest.mark.parametrize("case", CONSTRAINTS)
def test_constraints_hold_at_the_cell(folder: Folder, case: str) -> None:
    type_, constraint, cells, place, message = CONSTRAINTS[case]
    fields = f"fields: [{{name: value, type: {type_}, constraints: {{{constraint}}}}}]"
    [problem] = errors(folder, "stations.csv", f"value\n{cells}\n", fields, "missingValues: ['', '-']\n")
    assert problem.startswith(f"seeds/tables/stations.csv:{place}: error[bad-table]: ") and message in problem


FITTING = [
    (r"\w+ \d+", "Café 12"),
    (r"[\w-]+", "Ўзбек-istan"),
    (r"\u00e9\S\D[\D]", "éabc"),
    (r"[]\]a\s]+\Z", "] a"),
    (r"(?i)kz|uz", "KZ"),
]


@pytest.mark.parametrize(("pattern", "text"), FITTING)
def test_patterns_mean_what_they_mean_in_python(folder: Folder, pattern: str, text: str) -> None:
    assert re.fullmatch(pattern, text)
    fields = f"fields: [{{name: value, type: string, constraints: {{pattern: '{pattern}'}}}}]"
    assert rows(folder, "stations.csv", f"value\n{text}\n", fields) == [(text,)]


def test_a_pattern_takes_no_longer_than_the_text_is_long(folder: Folder) -> None:
    fields = "fields: [{name: value, type: string, constraints: {pattern: '(a+)+b'}}]"
    [problem] = errors(folder, "stations.csv", f"value\n{'a' * 20_000}\n", fields)
    assert "does not fit" in problem


def test_bounds_are_among_the_values_allowed(folder: Folder) -> None:
    fields = "fields: [{name: value, type: integer, constraints: {minimum: 1, maximum: 3}}]"
    assert rows(folder, "stations.csv", "value\n1\n3\n", fields) == [(1,), (3,)]


def test_a_bad_cell_is_reported_once_also_where_it_is_required(folder: Folder) -> None:
    fields = "fields: [{name: value, type: integer, constraints: {required: true}}]"
    [problem] = errors(folder, "stations.csv", "value\nmany\n", fields)
    assert "wants an integer, found 'many'" in problem


BAD_FIELDS = {
    "bound without order": ("type: string, constraints: {minimum: 1}", "bad-value", "string has no order"),
    "bound of another type": ("type: integer, constraints: {maximum: many}", "bad-value", "'many' is no integer"),
    "enum of another type": ("type: integer, constraints: {enum: [1, x]}", "bad-value", "'x' is no integer"),
    "pattern of numbers": ("type: integer, constraints: {pattern: x}", "bad-value", "only texts"),
    "no pattern": ("constraints: {pattern: '['}", "bad-value", "no regular expression"),
    "pattern that looks ahead": ("constraints: {pattern: 'a(?=b)'}", "bad-value", "write out what the whole text is"),
    "pattern that refers": ("constraints: {pattern: '(a)\\1'}", "bad-value", "write out what the whole text is"),
    "pattern that unfolds": ("constraints: {pattern: '(a{999}){999}'}", "bad-value", "at most 1000 repetitions"),
    "no letters in brackets": ("constraints: {pattern: '[\\W]'}", "bad-value", "cannot stand in brackets"),
    "unknown constraint": ("constraints: {minimun: 1}", "unknown-key", "did you mean 'minimum'?"),
    "unknown type": ("type: integr", "unknown-value", "did you mean 'integer'?"),
    "unknown format": ("type: date, format: any", "unknown-value", "default"),
    "same signs": ("type: number, decimalChar: ',', groupChar: ','", "bad-value", "are the same"),
    "points as groups alone": ("type: number, groupChar: '.'", "bad-value", "add decimalChar: ','"),
    "true and false": ("type: boolean, trueValues: [x], falseValues: [x]", "bad-value", "both true and false"),
    "two fields of a name": ("}, {name: value", "bad-value", "stands twice"),
}


@pytest.mark.parametrize("case", BAD_FIELDS)
def test_fields_that_make_no_sense_are_told_in_the_table(folder: Folder, case: str) -> None:
    keys, rule, words = BAD_FIELDS[case]
    [problem] = errors(folder, "stations.csv", "value\n1\n", f"fields: [{{name: value, {keys.lstrip('}, ')}}}]"
                       if not keys.startswith("}") else "fields: [{name: value}, {name: value}]")  # fmt: skip
    assert re.match(rf"seeds/tables/stations\.yaml:4:\d+: error\[{rule}\]", problem) and words in problem, problem


def test_the_fields_of_the_documentation_are_fields() -> None:
    text = (REPOSITORY / "docs" / "data.md").read_text(encoding="utf-8")
    written = re.findall(r"^ +- (\{name: .*\})", text, re.M)
    for line in written:
        problems = Problems()
        source = f"title: x\ndata: x.csv\nfields:\n  - {line}\n"
        document = compose(source, REPOSITORY / "x.yaml", problems)
        found = validate(Table, document, (), problems, given={"id": "x"})
        assert found is not None and check_fields(found, problems), "\n".join(map(str, problems))
    assert len(written) > 8


# All of it, whatever comes -----------------------------------------------------------------------------------------

BYTES = st.binary(min_size=1, max_size=6) | st.sampled_from(
    [b'"', b",", b"\n", b";", b"\0", b"\xef\xbb\xbf", b"\xff", b"nan", b'""', b"\t", b"1e999", "ə".encode()]
)
MUTATIONS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), BYTES), min_size=1, max_size=5)


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, new in changes:
        at = int(where * len(data))
        data = data[:at] + new + data[at + length :]
    return data


def assert_read_or_told(folder: Folder, file: str, content: bytes, fields: str) -> None:
    """The table was read, or there is a problem in the data file or its table."""
    folder.write(f"seeds/tables/{file}", content)
    folder.write("seeds/tables/stations.yaml", yaml(file, fields))
    problems = Problems()
    evidence = load_evidence(Project(folder.root), problems)
    found = evidence.tables.get("stations")
    assert (found is None) == bool(problems.errors), list(map(str, problems))
    assert len(problems) <= 42 and all("seeds/tables/" in problem.place.file for problem in problems)
    assert all(str(problem) and len(str(problem)) < 1500 for problem in problems)
    for number, row in enumerate(found.rows if found else ()):
        assert len(row) == len(found.fields)
        assert found.cell_place(number, 0).file.endswith(file)


ANY = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ANY
@given(changes=MUTATIONS, fields=st.sampled_from([FIELDS, "note: none"]))
def test_any_csv_file_is_read_or_told(folder: Folder, changes: list, fields: str) -> None:
    text = GOOD + '"a, ""b""",3\n"two\nlines",-4\n'
    assert_read_or_told(folder, "stations.csv", mutated(text.encode(), changes), fields)


@ANY
@given(changes=MUTATIONS, part=st.sampled_from(["", "xl/worksheets/sheet1.xml", "xl/workbook.xml",
       "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]))  # fmt: skip
def test_any_workbook_is_read_or_told(folder: Folder, changes: list, part: str) -> None:
    """The file itself is changed, or one of its parts within a sound archive."""
    whole = changed(MIXED, part, lambda xml: mutated(xml, changes)) if part else mutated(MIXED, changes)
    assert_read_or_told(folder, "stations.xlsx", whole, FIELDS)


def _mixed(book: Any, sheet: Any) -> None:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, [*HEADS, "day", "open"])
    sheet.write_row(1, 0, ["Street", 5])
    sheet.write_datetime(1, 2, datetime.datetime(2024, 5, 6), day)
    sheet.write_boolean(1, 3, True)
    sheet.write_formula(2, 1, "=1+1", None, 2)
    sheet.write_formula(2, 3, "=NA()", None, "#N/A")
    sheet.merge_range("C5:D5", "merged")


MIXED = workbook(_mixed)
