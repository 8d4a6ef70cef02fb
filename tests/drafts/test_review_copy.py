"""``render --format docx`` and ``md``: the content of the brief for other programs, the same bytes each time."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from c6brief.documents.pandoc import run_pandoc
from tests.support.project import Folder


def copy(folder: Folder, form: str, *options: str) -> bytes:
    result = folder.render("briefs/lifts.yaml", "--format", form, *options)
    assert (result.status, result.errors) == (0, []), result.err
    return (folder.root / f"output/lifts.{form}").read_bytes()


def test_a_copy_for_word(folder: Folder) -> None:
    made = copy(folder, "docx")
    parts = zipfile.ZipFile(io.BytesIO(made))
    document, notes = (parts.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
    assert len(re.findall("<w:footnoteReference ", document)) == 5
    assert "One voice (City Transit)." in re.sub("<[^>]+>", "", notes)
    assert 'w:val="Heading1"' in document and 'w:val="Title"' in document and 'w:val="Subtitle"' in document
    assert 'descr="Timeline of two events; the accounts of the first lift conflict."' in document
    assert document.count("<w:tbl>") == 1 and any(name.startswith("word/media/") for name in parts.namelist())
    assert "Pull Quote" in parts.read("word/styles.xml").decode()
    words = re.sub("<[^>]+>", "", document)
    for each in (
        "Transit Brief 1",
        "Stations wait for their lifts",
        "What two sources say",
        "Publish the plan.",
        "1,061",
    ):
        assert words.count(each) >= 1, each
    assert "2026-03-02T00:00:00Z" in parts.read("docProps/core.xml").decode()
    assert copy(folder, "docx") == made


@pytest.mark.rest
def test_what_a_copy_quotes_is_found_again(folder: Folder) -> None:
    copy(folder, "docx")
    result = folder.run("import", "output/lifts.docx", "--report", "--format", "json")
    assert json.loads(result.out)["counts"] == {"found": 3, "near": 0, "nowhere": 0}


@pytest.mark.rest
def test_the_styles_of_the_house(folder: Folder) -> None:
    default = io.BytesIO(run_pandoc(["--print-default-data-file", "reference.docx"], b""))
    changed = io.BytesIO()
    with zipfile.ZipFile(default) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(
                name, source.read(name).replace(b'w:name w:val="Title"', b'w:name w:val="Title" w:rsid="C6"')
            )
    folder.write("house.docx", changed.getvalue())
    settings = "defaults: {c6brief: {reference-doc: NAME, rules: {key-message-count: off}}}\n"

    def styles() -> bytes:
        return zipfile.ZipFile(io.BytesIO(copy(folder, "docx"))).read("word/styles.xml")

    assert b'w:rsid="C6"' not in styles()
    folder.write("_brand.yml", settings.replace("NAME", "house.docx"))
    assert b'w:rsid="C6"' in styles()
    folder.write("_brand.yml", settings.replace("NAME", "missing.docx"))
    assert folder.render("briefs/lifts.yaml", "--format", "docx").errors == ["no-such-file"]
    folder.write("text.docx", "no archive")
    folder.write("_brand.yml", settings.replace("NAME", "text.docx"))
    assert folder.render("briefs/lifts.yaml", "--format", "docx").errors == ["bad-draft"]
    folder.write("_brand.yml", settings.replace("NAME", "../outside.docx"))
    assert folder.render("briefs/lifts.yaml", "--format", "docx").errors == ["outside-project"]


def test_pandocs_markdown(folder: Folder) -> None:
    made = copy(folder, "md").decode()
    text = made[: made.index("data:image/png")].replace("\xa0", " ")
    assert "<" not in text
    assert text.startswith("---\n") and "title: Stations wait for their lifts" in text
    assert "::: pull\n> “Every station will have a lift by 2030.”" in text
    assert "| Street to platform | 1,061 " in text
    assert "The works began in 2018.[^2]" in text and "[^2]: ○ One voice (City Transit). Transit, para. 2." in text
    tree = json.loads(run_pandoc(["-f", "markdown", "-t", "json"], made.encode()))
    kinds = json.dumps(tree)
    assert kinds.count('"t": "Note"') == 5 and kinds.count('"t": "Image"') == 1 and kinds.count('"t": "Table"') == 1
    assert copy(folder, "md").decode() == made


def test_what_is_refused_in_print_is_refused_in_copies(folder: Folder) -> None:
    folder.change("seeds/quotes.yaml", "have a lift", "have two lifts")
    for form in ("docx", "md"):
        result = folder.render("briefs/lifts.yaml", "--format", form)
        assert "words-not-found" in result.errors and folder.written == []


@pytest.mark.rest
def test_a_draft_says_so(folder: Folder) -> None:
    folder.change("seeds/quotes.yaml", "have a lift", "have two lifts")
    assert folder.render("briefs/lifts.yaml", "--format", "md", "--draft").errors == []
    assert "**DRAFT, unverified**" in (folder.root / "output/lifts-draft.md").read_text(encoding="utf-8")


def test_without_pandoc(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("c6brief.documents.pandoc.find_pandoc", lambda: None)
    result = folder.render("briefs/lifts.yaml", "--format", "docx")
    assert result.errors == ["no-pandoc"] and folder.written == []
