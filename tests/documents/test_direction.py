"""Text whose order on the page is another than in the file is refused, wherever a project holds it."""

from __future__ import annotations

import pytest

from c6brief.documents.direction import find_turning
from tests.support.project import BRIEF, SEEDS, Folder
from tests.support.workbooks import workbook

CSV = SEEDS["seeds/tables/access.yaml"].split("rows:")[0]

FILES: dict[str, tuple[dict[str, str], str]] = {
    "brief, escaped": ({"briefs/lifts.yaml": BRIEF.replace("series: Transit", 'series: "\\u202eTransit"  #')}, "lifts.yaml:3:9"),
    "brief, raw": ({"briefs/lifts.yaml": BRIEF.replace("Some stations", "Some \u202estations")}, "lifts.yaml:15:7"),
    "seeds": ({"seeds/tables/access.yaml": SEEDS["seeds/tables/access.yaml"].replace("train,", "train\u2067,")}, "access.yaml:6:9"),
    "prose": ({"seeds/sections/lifts.md": SEEDS["seeds/sections/lifts.md"].replace("in 2018", "in \u200f2018")}, "lifts.md:5:1"),
    "cells": (
        {"seeds/tables/access.yaml": f"{CSV}data: a.csv\n", "seeds/tables/a.csv": "access,stations\nStreet \u202d,94\n"},
        "a.csv:2:1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_is_told_where_it_stands(name: str, folder: Folder) -> None:
    files, where = FILES[name]
    for path, text in files.items():
        folder.write(path, text)
    result = folder.run("check", "briefs/lifts.yaml")
    assert result.status == 1
    assert f"{where}: error[text-direction]: U+20" in (result.out + result.err)
    assert "remove it" in (result.out + result.err)


def test_a_cell_of_a_workbook_too(folder: Folder) -> None:
    folder.write("seeds/tables/access.yaml", f"{CSV}data: a.xlsx\n")
    (folder.root / "seeds/tables/a.xlsx").write_bytes(workbook([["access", "stations"], ["Street \u202e", 94]]))
    assert "U+202E (right-to-left override) shows what follows in another order" in folder.run("check").err


def test_a_control_character_in_prose_is_told(folder: Folder) -> None:
    folder.change("seeds/sections/lifts.md", "The works", "The \x08works")
    assert "seeds/sections/lifts.md:5:5: error[control-character]: control character U+0008" in folder.run("check").err


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\u202eb", "\u202e"),
        ("א\u202dב", "\u202d"),
        ("\u200f2019–2021\u200f", "\u200f"),
        ("\u202b1–2\u202c", "\u202b"),
        ("\u200fالجزيرة\u200f 2019", None),
        ("Al Jazeera (\u2067الجزيرة\u2069)", None),
        ("left\u200e \u2066to\u2069 right\u202c \u200b\u2060", None),
        ("Ünicode", None),
        ("", None),
    ],
)
def test_marks_beside_arabic_and_hebrew_are_needed(text: str, found: str | None) -> None:
    assert find_turning(text) == found
