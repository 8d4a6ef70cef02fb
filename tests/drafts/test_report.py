"""``import --report``: every quotation of a draft is found, near or nowhere, and no citation of it is lost in silence."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

import pytest

from tests.support.project import Folder
from tests.support.word_drafts import (
    docx,
    field,
    footnote,
    item,
    paragraph,
    run,
    zotero_code,
)

TRANSIT = item("AAAA1111", title="Getting on board", issued={"date-parts": [["2024", 5, 6]]}, locator="2")


def reported(folder: Folder, name: str, content: str | bytes) -> dict[str, Any]:
    folder.write(name, content)
    result = folder.run("import", name, "--report", "--format", "json")
    assert (result.status, result.err) == (0, "")
    return dict(json.loads(result.out))


def told(folder: Folder, draft: bytes | str, name: str = "draft.docx") -> list[tuple[str, str]]:
    return [(each["kind"], each["words"]) for each in reported(folder, name, draft)["remarks"]]


MARKS = ["“{}”", "»{}«", "«{}»", "„{}“", "”{}”", '"{}"', "‹{}›", "「{}」", "‘{}’"]


def test_found_near_and_nowhere_in_a_word_draft(folder: Folder) -> None:
    draft = docx(
        paragraph(run("Lifts"), style="Heading1"),
        paragraph(run("Ada Line: “Every station will have "), run("a lift", "<w:b/>"), run(" by 2030.”"), footnote(1)),
        paragraph(
            run("The union: “Nobody has ever seen a plan for 2030.”"), field(zotero_code(TRANSIT), "(Transit 2024)")
        ),
        paragraph(run("A mayor: “We shall paint all trams green before summer.” A “soft corridor”.")),
        notes=[paragraph(run("So too “Ninety-four stations are step-free, and the union counted them”."))],
    )
    got = reported(folder, "draft.docx", draft)
    assert got["counts"] == {"found": 2, "near": 1, "nowhere": 1}
    first, note, near, nowhere = got["quotations"]
    assert first["places"] == [{"source": "transit-2024", "locator": "para. 2"}]
    assert (first["paragraph"], first["heading"]) == (2, "Lifts")
    assert (note["kind"], note["places"][0]["source"]) == ("note", "riders-2024")
    assert "{+ever+}" in near["differs"] and near["places"][0]["source"] == "riders-2024"
    assert near["cited"] == ["transit-2024"] and near["cited_elsewhere"]
    assert nowhere["places"] == []
    assert got["short"] == ["soft corridor"]


def test_every_style_of_marks_and_block_quotations(folder: Folder) -> None:
    words = "Every station will have a lift by 2030"
    draft = "\n\n".join(mark.format(words) for mark in MARKS) + f"\n\n> {words}.\n"
    got = reported(folder, "draft.md", draft)
    assert got["counts"] == {"found": len(MARKS) + 1, "near": 0, "nowhere": 0}


def test_a_negated_sentence_is_near_and_not_found(folder: Folder) -> None:
    got = reported(folder, "draft.md", "She said “Not every station will have a lift by 2030.”\n")
    assert got["counts"] == {"found": 0, "near": 1, "nowhere": 0}


def test_the_list_for_people(folder: Folder) -> None:
    folder.write("draft.md", "“Every station will have a lift by 2030” and “No bus will ever run here again”.\n")
    result = folder.run("import", "draft.md", "--report")
    assert result.status == 0
    assert result.out.splitlines() == [
        "found   draft.md, paragraph 1: “Every station will have a lift by 2030”",
        "          transit-2024, para. 2",
        "nowhere draft.md, paragraph 1: “No bus will ever run here again”",
        "2 quotations: 1 found, 0 near, 1 nowhere",
    ]
    assert folder.written == []


def test_a_project_without_briefs_or_texts(folder: Folder) -> None:
    (folder.root / "briefs" / "lifts.yaml").unlink()
    for name in (
        "sources.yaml",
        "quotes.yaml",
        "events.yaml",
        "claims.yaml",
        "tables/access.yaml",
        "charts/lifts.yaml",
    ):
        (folder.root / "seeds" / name).unlink()
    folder.write("draft.md", "“Every station will have a lift by 2030”\n")
    result = folder.run("import", "draft.md", "--report")
    assert result.status == 0 and "holds no text to look in" in result.out


CITED = [
    pytest.param(paragraph(run("It is so (Smith 2020).")), ("typed citation", "(Smith 2020)"), id="typed"),
    pytest.param(paragraph(run("As Smith and Jones (2019, p. 4) say.")), ("typed citation", "Smith and Jones (2019, p. 4)"),
                 id="typed name"),
    pytest.param(paragraph(run("It is so [12, 14].")), ("typed citation", "[12, 14]"), id="typed number"),
    pytest.param(paragraph(field(" ADDIN EN.CITE <EndNote><Cite><Author>A</Author></Cite></EndNote>", "(A, 2001)")),
                 ("citation by EndNote", "(A, 2001)"), id="EndNote"),
    pytest.param(paragraph(field(" CITATION Smi20 \\l 1033 ", "(Lee, 2003)")), ("citation by Word", "(Lee, 2003)"), id="Word"),
    pytest.param(paragraph(field(" ADDIN ZOTERO_ITEM CSL_CITATION {broken", "(B 2002)")),
                 ("citation by Zotero that cannot be read", "(B 2002)"), id="broken"),
    pytest.param(paragraph(field(" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ", "A. Title. 2001.")),
                 ("bibliography", "A. Title. 2001."), id="bibliography"),
    pytest.param(paragraph('<w:bookmarkStart w:id="1" w:name="ZOTERO_BREF_abc"/>', run("(C 2003)"), '<w:bookmarkEnd w:id="1"/>'),
                 ("citations by Zotero kept as bookmarks", "1 of them"), id="bookmarks"),
    pytest.param(paragraph(f"<w:del>{field(zotero_code(TRANSIT), '(D 2004)')}</w:del>", run("Words.")),
                 ("citation in deleted or hidden text", "(D 2004)"), id="deleted"),
]  # fmt: skip


@pytest.mark.sample(4)
@pytest.mark.parametrize(("body", "expected"), CITED)
def test_no_citation_is_lost_in_silence(folder: Folder, body: str, expected: tuple[str, str]) -> None:
    assert expected in told(folder, docx(body))


def test_dates_in_brackets_are_no_citations(folder: Folder) -> None:
    assert (
        told(folder, "It opened (in May 2020), then shut (June 2021), see (Table 2020) and [sic].\n", "draft.md") == []
    )


BROKEN = {
    "draft.docx": [b"PK\x03\x04 half a file", b"", b"\xd0\xcf\x11\xe0" + bytes(600)],
    "draft.odt": [docx(paragraph(run("Words.")))],
    "draft.pdf": [b"%PDF-1.7"],
    "draft": [b"Words."],
    "draft.md": [b"\xff\xfeW\0", b"", b"caf\xe9"],
}


@pytest.mark.sample(4)
@pytest.mark.parametrize(("name", "content"), [(name, each) for name, all_ in BROKEN.items() for each in all_])
def test_what_is_no_draft_is_told(folder: Folder, name: str, content: bytes) -> None:
    folder.write(name, content)
    result = folder.run("import", name, "--report")
    assert result.status == 1 and len(result.errors) == 1, result.err
    assert result.err.startswith(f"{name}:1:")


def test_entities_and_depth_are_refused(folder: Folder) -> None:
    folder.write("draft.docx", docx("<w:p>" * 400 + "</w:p>" * 400))
    assert folder.run("import", "draft.docx", "--report").errors == ["too-deep"]
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa">]><w:styles xmlns:w="x">&a;</w:styles>'
    folder.write("draft.docx", _with_part(docx(paragraph(run("Words."))), "word/styles.xml", bomb))
    assert folder.run("import", "draft.docx", "--report").errors == ["bad-draft"]


def test_a_word_of_thousands_of_letters_takes_no_time(folder: Folder) -> None:
    words = "b" * 20_000 + " " + "A (" * 5_000 + "Smith and " * 5_000 + "1990 " * 5_000
    start = time.process_time()
    assert told(folder, f"{words}\n", "draft.md") == []
    assert time.process_time() - start < 5


def _with_part(data: bytes, name: str, content: str) -> bytes:
    old, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for each in old.namelist():
            archive.writestr(each, content if each == name else old.read(each))
    return file.getvalue()


def test_without_pandoc_it_says_how_to_install_it(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("c6brief.documents.pandoc.find_pandoc", lambda: None)
    folder.write("draft.md", "Words.\n")
    result = folder.run("import", "draft.md", "--report")
    assert result.errors == ["no-pandoc"] and "c6brief[pandoc]" in result.err
