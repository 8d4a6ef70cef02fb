"""Data files count as the texts of their sources: numbers are traced to cells, and the record names file, hash, sheet and cell."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pypdf import PdfReader

from c6brief.manifest.model import Manifest
from tests.support.project import Folder

BOOK = (Path(__file__).with_name("odd_files") / "openpyxl-range.xlsx").read_bytes()
TABLE = """\
title: Exports
source: office-2025
data: {file: exports.xlsx, sheet: Data, range: B4:D6}
fields:
  - {name: state, title: State}
  - {name: '2024', type: number, title: Exports in 2024, unit: thousand tonnes}
"""
PROSE = "Some stations are step-free. [@step-free]"


@pytest.fixture
def with_data(folder: Folder) -> Folder:
    """The project about buses with a source of which nothing but a workbook is held."""
    folder.write("seeds/tables/exports.xlsx", BOOK)
    folder.write("seeds/tables/exports.yaml", TABLE)
    sources = (folder.root / "seeds/sources.yaml").read_text(encoding="utf-8")
    added = (
        "  - {id: office-2025, type: dataset, title: Exports by state, publisher: Office of Freight, issued: 2025}\n"
    )
    folder.write("seeds/sources.yaml", sources.rstrip("\n") + "\n" + added)
    return folder


def told(folder: Folder, words: str) -> list[str]:
    (folder.root / "briefs/lifts.yaml").write_text(
        (folder.root / "briefs/lifts.yaml").read_text(encoding="utf-8").replace(PROSE, words), encoding="utf-8"
    )
    return folder.run("check", "briefs/lifts.yaml").rules


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("It exports 6 thousand tonnes. [@office-2025]", []),
        ("It exports 6,000 tonnes. [@office-2025]", []),
        ("It exports 7,000 tonnes. [@office-2025]", ["untraced-number"]),
        ("It exports 6,000 tonnes. [@riders-2024]", ["untraced-number"]),
        ("It exports 99 tonnes, which stands beside the range. [@office-2025]", ["untraced-number"]),
    ],
)
def test_numbers_in_prose_are_traced_to_cells(with_data: Folder, words: str, rules: list[str]) -> None:
    assert told(with_data, words) == rules


def test_rows_written_out_are_traced_to_the_data_of_their_source(with_data: Folder) -> None:
    rows = "title: Two\nsource: office-2025\nfields: [{name: s, title: S}, {name: n, type: number, title: N}]\nrows: [[a, 6], [b, 77]]\n"
    with_data.write("seeds/tables/two.yaml", rows)
    with_data.change("briefs/lifts.yaml", "tables: [access]", "tables: [access, two]")
    result = with_data.run("check", "briefs/lifts.yaml")
    assert result.rules == ["unsourced-number"] and "'77' does not stand in 'office-2025'" in result.err


@pytest.mark.rest
def test_the_printed_file_names_the_cells_and_is_verified(with_data: Folder) -> None:
    with_data.change("briefs/lifts.yaml", PROSE, "It exports 6,000 tonnes. [@office-2025]")
    with_data.change("briefs/lifts.yaml", "tables: [access]", "tables: [access, exports]")
    result = with_data.render()
    assert result.status == 0, result.err
    pdf = with_data.root / "output/lifts.pdf"
    manifest = Manifest.model_validate_json(PdfReader(pdf).attachments["manifest.json"][0])
    [source] = [each for each in manifest.record.sources if each.id == "office-2025"]
    [data] = source.data
    assert (data.file, data.sha256, data.sheet, data.cells, data.table) == (
        "seeds/tables/exports.xlsx", hashlib.sha256(BOOK).hexdigest(), "Data", "Data!B5:D6", "exports",
    )  # fmt: skip
    [number] = [each for each in manifest.record.numbers if each.text == "6,000"]
    assert (number.verdict, number.cells) == ("in-source-data", ("seeds/tables/exports.xlsx, Data!D5",))
    verified = with_data.run("verify", "output/lifts.pdf", "--seeds", "seeds")
    assert verified.status == 0, verified.out + verified.err
    with_data.write("seeds/tables/exports.xlsx", BOOK + b"\0")
    assert "source-data-changed" in with_data.run("verify", "output/lifts.pdf", "--seeds", "seeds").err


def test_a_chart_names_a_range_in_the_map_of_its_data(with_data: Folder) -> None:
    """``range`` beside ``data`` is a key of the chart's kind; in the map it is that of cells."""
    with_data.write("seeds/charts/exports.xlsx", BOOK)
    with_data.write(
        "seeds/charts/exports.yaml",
        "kind: dot\ntitle: Exports grew in 2024\nsubtitle: Exports, 2024, tonnes\nalt: Dot plot.\nsource: office-2025\n"
        "data: {file: exports.xlsx, sheet: Data, range: B4:D6}\nx: state\ny: '2024'\n",
    )
    with_data.change("briefs/lifts.yaml", "charts: [lifts]", "charts: [lifts, exports]")
    result = with_data.run("check", "briefs/lifts.yaml")
    assert result.errors == [], result.err
    with_data.change("seeds/charts/exports.yaml", "B4:D6", "B4-D6")
    assert "exports.yaml:6:48: error[bad-value]: range: 'B4-D6'" in with_data.run("check", "briefs/lifts.yaml").err
