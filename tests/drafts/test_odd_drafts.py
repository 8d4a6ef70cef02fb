"""Drafts that other programs write: Pandoc's DOCX and ODT, LibreOffice's, Zotero's marks in OpenDocument."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
import yaml

from c6brief.documents.pandoc import run_pandoc
from tests.support.project import Folder
from tests.support.word_drafts import docx, field, item, paragraph, run, zotero_code

QUOTED = "“Every station will have a lift by 2030”"

ODD = {
    "no heading": f"{QUOTED}\n\nMore.",
    "one heading, no words": f"# Only\n\n## Sub\n\n{QUOTED}",
    "levels skipped": f"# A\n\n#### B\n\n{QUOTED}\n\n# C\n\nw",
    "heading last": f"{QUOTED}\n\n# A",
    "nested lists": f"# A\n\n1. x\n    - {QUOTED}\n        1. deep\n\n2. y",
    "list goes on": f"# A\n\n3. x\n4. y\n\n{QUOTED}",
    "quotation in a table": f"# A\n\n| a | b |\n|---|---|\n| {QUOTED} | 2 |",
    "quotation in a note": f"# A\n\nw[^1]\n\n[^1]: {QUOTED}\n\n    Second paragraph.",
    "block quotation": "# A\n\n> Every station will have a lift by 2030.\n\nw",
    "over a line break": "# A\n\n“Every station will  \nhave a lift by 2030”",
    "emphasis within": "# A\n\n“Every *station* will have **a lift** by 2030”",
    "link within": "# A\n\n“Every [station](https://example.org) will have a lift by 2030”",
    "definition list": f"# A\n\nLift\n:   {QUOTED}",
    "code": f"# A\n\n    indented\n\n```\nfenced\n```\n\n{QUOTED}",
    "metadata": f"---\ntitle: T\nsubtitle: S\nauthor: [A, B]\ndate: 2026-03-02\nabstract: Words.\n---\n\n# A\n\n{QUOTED}",
    "formula": f"# A\n\n$x^2$ and $$y$$\n\n{QUOTED}",
    "right to left": f"# א\n\nשלום\n\n{QUOTED}",
    "long words": f"# {'A' * 300}\n\n{'b' * 3000}\n\n{QUOTED}",
    "table without head": f"# A\n\n---- ----\n a    b\n c    d\n---- ----\n\n{QUOTED}",
    "striking and small": f"# A\n\n~~gone~~ H~2~O x^2^ [Small]{{.smallcaps}}\n\n{QUOTED}",
    "line block": f"# A\n\n| {QUOTED}\n| second line\n",
}


@pytest.mark.sample(3)
@pytest.mark.parametrize("form", ["docx", "odt"])
@pytest.mark.parametrize("case", ODD)
def test_an_odd_draft_becomes_a_specification(folder: Folder, case: str, form: str) -> None:
    name = f"draft.{form}"
    folder.write(name, run_pandoc(["-f", "markdown-smart", "-t", form, "-s", "-o", "-"], ODD[case].encode()))
    result = folder.run("import", name)
    assert (result.status, result.err) == (0, "")
    assert "1 quotation: 1 found" in result.out, result.out
    spec = yaml.safe_load((folder.root / "briefs/draft.yaml").read_text(encoding="utf-8"))
    assert spec["title"] and all(section["text"].strip() for section in spec["sections"])
    folder.write("briefs/draft.yaml", yaml.safe_dump({**spec, "date": "2026-03-02"}, allow_unicode=True))
    checked = folder.run("check", "briefs/draft.yaml")
    assert not {"wrong-type", "unknown-key", "missing-key", "bad-yaml", "internal"}.intersection(checked.errors), (
        checked.err
    )


TRANSIT = item("", title="Getting on board", issued={"date-parts": [["2024"]]}, locator="2", label="paragraph")


def zotero_odt(words: str, code: str, shown: str) -> bytes:
    """An ODT of one paragraph that cites as Zotero does in LibreOffice: between reference marks."""
    name = quoteattr(f"{code.strip()} RND5hG7")
    marked = f"<text:reference-mark-start text:name={name}/>{shown}<text:reference-mark-end text:name={name}/>"
    made = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(run_pandoc(["-t", "odt", "-o", "-"], f"{words} HERE.".encode())))
    with zipfile.ZipFile(made, "w") as archive:
        for each in source.namelist():
            part = source.read(each)
            archive.writestr(each, part.replace(b"HERE", marked.encode()) if each == "content.xml" else part)
    return made.getvalue()


def test_zoteros_reference_marks_in_opendocument(folder: Folder) -> None:
    code = zotero_code(TRANSIT, start="ZOTERO_ITEM CSL_CITATION ")
    folder.write("draft.odt", zotero_odt("So it is", code, "(<text:span>City</text:span> 2024)"))
    result = folder.run("import", "draft.odt", "--format", "json")
    assert json.loads(result.out)["citations"][0] | {"missing": []} == {
        "words": "(City 2024)", "manager": "Zotero", "sources": ["transit-2024"], "missing": [],
    }  # fmt: skip
    text = (folder.root / "briefs/draft.yaml").read_text(encoding="utf-8")
    assert "So it is [@transit-2024, para. 2]." in text


def test_a_mark_that_cannot_be_read_leaves_its_words(folder: Folder) -> None:
    folder.write("draft.odt", zotero_odt("So it is", "ZOTERO_ITEM CSL_CITATION {broken", "(City 2024)"))
    result = folder.run("import", "draft.odt")
    assert "told    citation by Zotero that cannot be read: (City 2024)" in result.out
    assert "So it is (City 2024)." in (folder.root / "briefs/draft.yaml").read_text(encoding="utf-8")


@pytest.mark.rest
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_draft_that_libreoffice_has_saved(folder: Folder, form: str, tmp_path: Path) -> None:
    body = paragraph(run(f"Ada Line: {QUOTED}"), field(zotero_code(TRANSIT), "(City Transit 2024)"), run("."))
    source = tmp_path / "made" / "draft.docx"
    source.parent.mkdir()
    source.write_bytes(docx(paragraph(run("Said"), style="Heading1"), body))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120)
    folder.write(f"draft.{form}", (tmp_path / f"draft.{form}").read_bytes())
    result = folder.run("import", f"draft.{form}")
    assert result.status == 0 and "1 quotation: 1 found" in result.out, result.out
    text = (folder.root / "briefs/draft.yaml").read_text(encoding="utf-8")
    assert "[@transit-2024, para. 2]." in text
