"""Libraries as reference managers export them: read whole, never edited, with our own keys beside them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.util import find_spec

import pytest

from c6brief import load
from c6brief.documents.pandoc import find_pandoc
from c6brief.evidence.models import Reading
from tests.support.project import REPOSITORY, Folder

needs_pandoc = pytest.mark.skipif(not (shutil.which("pandoc") or find_spec("pypandoc")), reason="no Pandoc here")

READINGS = """\
- {id: quay-blog, text: texts/blog.txt, grade: C3, voice: city, archived: "https://archive.example/1"}
- {id: roe2020, text: texts/book.txt, pages: 11}
"""
ITEMS = [
    {"id": "quay-blog", "type": "post-weblog", "title": "Two lifts each", "URL": "https://quay.example/lifts",
     "author": [{"family": "Dell", "given": "Kim"}], "issued": {"date-parts": [["2024", 11, "3"]]}, "abstract": "PRIVATE-1",
     "note": "PRIVATE-2", "annote": "PRIVATE-3", "keyword": "PRIVATE-4", "call-number": "PRIVATE-5"},
    {"id": "http://zotero.org/users/1/items/AB12", "citation-key": "roe2020", "type": "book", "title": "Doors",
     "author": [{"family": "Roe", "given": "Jan"}], "issued": {"date-parts": [[2020]]}},
    {"id": 42, "type": "book", "title": "Old doors", "issued": {"literal": "n.d."}, "note": "Citation Key: old:doors/1"},
]  # fmt: skip


def add_library(
    folder: Folder, items: list[dict] = ITEMS, name: str = "sources.json", readings: str = READINGS
) -> None:
    folder.write(f"seeds/{name}", json.dumps(items, indent="\t"))
    if readings:
        folder.write("seeds/readings.yaml", readings)
    folder.write(
        "seeds/texts/blog.txt",
        "Lifts\n\nEvery station in Delta gets two lifts - or more - this year, as all agree now.\n",
    )
    folder.write("seeds/texts/book.txt", "Preface.\n\fDoors are open to all people.\n\n\fThe last page.\n\f")


def cite(folder: Folder, words: str) -> None:
    folder.change("briefs/lifts.yaml", "Some stations are step-free.", words)


def test_an_export_is_read_with_what_we_say_of_it(folder: Folder) -> None:
    add_library(folder)
    evidence = load(folder.root).evidence
    assert evidence.sources["quay-blog"].custom.grade == "C3"
    assert set(evidence.texts) >= {"quay-blog", "http://zotero.org/users/1/items/AB12"}
    assert evidence.entry("roe2020") is evidence.sources["http://zotero.org/users/1/items/AB12"]
    assert evidence.entry("old:doors/1") is evidence.sources["42"]
    assert folder.run("check").status == 0


@pytest.mark.parametrize("name", ["sources.json", "sources/My Library.json", "sources/x.CSLJSON"])
def test_any_name_will_do(folder: Folder, name: str) -> None:
    add_library(folder, name=name)
    assert "quay-blog" in load(folder.root).evidence.sources


def test_a_byte_order_mark_and_a_map_around_the_list_are_read(folder: Folder) -> None:
    folder.write("seeds/sources.json", b"\xef\xbb\xbf" + json.dumps({"items": ITEMS}).encode())
    assert "quay-blog" in load(folder.root).evidence.sources


def test_ids_of_zotero_can_be_cited_and_a_text_that_is_not_held_is_told(folder: Folder) -> None:
    add_library(folder)
    cite(folder, "All is said [@{http://zotero.org/users/1/items/AB12}, p. 12; @roe2020; @{42}; @old:doors/1].")
    result = folder.run("check")
    assert result.status == 0 and "note[text-not-held]: the text of '42' is not held" in result.err + result.out
    folder.write("_brand.yml", "defaults: {c6brief: {rules: {key-message-count: off, text-not-held: error}}}\n")
    assert folder.run("check").status == 1


def test_words_are_not_quoted_from_a_text_that_is_not_held(folder: Folder) -> None:
    add_library(folder)
    folder.write("seeds/quotes/q.yaml", "id: q\ntext: Doors shall open\nspeaker: ada-line\nsource: old:doors/1\n")
    assert folder.run("check", "briefs/lifts.yaml").status == 0  # no brief uses it
    folder.change("briefs/lifts.yaml", "quotes: [lift-everywhere]", "quotes: [lift-everywhere, q]")
    result = folder.run("check", "briefs/lifts.yaml")
    assert result.errors == ["missing-source-text"] and "seeds/quotes/q.yaml:4:9" in result.err
    cite(folder, 'She said "all of the doors shall open" [@{42}].')
    assert "words-not-found" in folder.run("check", "briefs/lifts.yaml").errors


@pytest.mark.parametrize(
    ("page", "errors"),
    [("p. 12", []), ("pp. 12-13", []), ("p. 13", ["wrong-locator"]), ("p. 99", ["locator-out-of-range"])],
)
def test_pages_are_verified(folder: Folder, page: str, errors: list[str]) -> None:
    add_library(folder)
    cite(folder, f'It says "Doors are open to all people" [@roe2020, {page}].')
    result = folder.run("check")
    assert set(errors) <= set(result.errors) and bool(errors) == bool(result.errors)
    assert ("they stand at p. 12" in result.err) == bool(errors)


def test_a_locator_beside_a_statement_is_verified(folder: Folder) -> None:
    cite(folder, "Some stations are step-free. [@lift-everywhere, para. 3]")
    result = folder.run("check")
    assert result.errors == ["wrong-locator"] and "they stand at para. 2" in result.err


@pytest.mark.parametrize(
    ("files", "rule", "place", "words"),
    [
        ({"readings.yaml": "- {id: roe2021, grade: B2}\n"}, "unknown-id", "seeds/readings.yaml:1:8", "'roe2020'?"),
        ({"readings.yaml": "- {id: roe2020, grad: B2}\n"}, "unknown-key", "seeds/readings.yaml:1:17", "'grade'?"),
        ({"readings.yaml": "- {id: roe2020, archived: x}\n"}, "bad-value", "seeds/readings.yaml:1:27", "https://"),
        ({"readings.yaml": "- {id: roe2020}\n- {id: roe2020}\n"}, "id-twice", "seeds/readings.yaml:2:8", ":1"),
        ({"readings.yaml": "- {id: roe2020, text: texts/no.txt}\n"}, "missing-source-text", "seeds/readings.yaml:1:23", ""),
        ({"sources/again.json": json.dumps(ITEMS[:1])}, "id-twice", "seeds/sources", "first in"),
        ({"My Library.json": json.dumps(ITEMS)}, "unread-library", "seeds/My Library.json:1:1", "seeds/sources.json"),
        ({"sources/x.rdf": "<rdf/>"}, "unread-library", "seeds/sources/x.rdf:1:1", "CSL JSON"),
        ({"sources/x.txt": "TY  - JOUR\n"}, "unread-library", "seeds/sources/x.txt:1:1", "CSL JSON"),
        ({"sources/z.json": '[{"itemType": "book"}]'}, "unread-library", "seeds/sources/z.json:1:3", "CSL JSON"),
        ({"sources/z.json": "[{]"}, "json-syntax", "seeds/sources/z.json:1:3", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(folder: Folder, files: dict[str, str], rule: str, place: str, words: str) -> None:
    add_library(folder, readings="")
    for name, text in files.items():
        folder.write(f"seeds/{name}", text)
    result = folder.run("check")
    told = [each for each in result.err.split("\n") if f"error[{rule}]" in each]
    assert told and told[0].startswith(place), result.err
    assert words in result.err


def test_what_no_brief_uses_blocks_none_and_unknown_variables_are_notes(folder: Folder) -> None:
    bad = [
        {"id": "no-title", "type": "letter"},
        {"id": "bad-month", "type": "book", "title": "x", "issued": {"date-parts": [[2019, 99]]}},
        {"id": "turned", "type": "book", "title": "x \u202e y", "isued": 1, "wibble": 2},
        {"id": "two words", "type": "book", "title": "y"},
        {"id": "named", "type": "book", "title": '"We shall all be there again" and more'},
    ]
    add_library(folder, [*ITEMS, *bad])
    result = folder.run("check")
    assert result.status == 0, result.err
    assert "note[unknown-variable]" in result.err and "did you mean 'issued'?" in result.err
    cite(folder, "See [@bad-month].")
    assert folder.run("check").errors == ["bad-date"]


def test_private_variables_stay_at_home(folder: Folder) -> None:
    from pypdf import PdfReader

    add_library(folder)
    cite(folder, "Lifts are promised [@quay-blog; @roe2020].")
    assert folder.render().status == 0
    reader = PdfReader(folder.root / "output" / "lifts.pdf")
    held = [data for files in reader.attachments.values() for data in files]
    held += [
        bytes(each.get_data())
        for each in map(reader.get_object, range(1, len(reader.xref[0]) + 1))
        if hasattr(each, "get_data")
    ]
    held += [(folder.root / "output" / "lifts.pdf").read_bytes()]
    assert any(b"Two lifts each" in data for data in held)
    assert not [data for data in held if b"PRIVATE" in data]
    assert folder.run("verify", "output/lifts.pdf", "--seeds", "seeds").status == 0


def test_a_note_links_to_its_passage_on_the_web(folder: Folder) -> None:
    add_library(folder)
    folder.write(
        "seeds/claims/two.yaml",
        "id: two\nstatement: Every station in Delta gets two lifts.\naccounts:\n"
        "  - {source: quay-blog, exact: Every station in Delta gets two lifts}\n",
    )
    cite(folder, "Lifts are promised [@two].")
    assert folder.render("briefs/lifts.yaml", "--format", "html").status == 0
    page = (folder.root / "output" / "lifts.html").read_text(encoding="utf-8")
    address = "https://quay.example/lifts#:~:text=Every%20station%20in%20Delta%20gets%20two%20lifts"
    assert f'<a href="{address}">para. 2</a>, <a href="https://archive.example/1">archived' in page.replace(
        "\u00a0", " "
    )


def test_thousands_of_items_are_read(folder: Folder) -> None:
    many = [{"id": f"item{at}", "type": "book", "title": f"Book {at}", "abstract": "word " * 50} for at in range(3_000)]
    add_library(folder, [*ITEMS, *many])
    assert folder.run("check").status == 0


BIB = """\
@article{doe:2019/a, author = {van der Berg, Jan}, title = {On {Quays} and CO$_2$}, journal = {Ports}, volume = 3,
  pages = {1--9}, year = 2019, abstract = {PRIVATE}}
@book{roe2021, title={Doors}, editor={Roe, Jan}, publisher={Quill}, address={Oslo}, year={2020}, edition={2}}
"""
RIS = "TY  - JOUR\nAU  - Hale, John\nTI  - Plugs\nJO  - Ports\nPY  - 2019\nVL  - 1\nER  - \n"


@needs_pandoc
def test_bibtex_and_ris_go_through_pandoc(folder: Folder) -> None:
    folder.write("seeds/sources.bib", BIB)
    folder.write("seeds/sources/more.ris", RIS)
    sources = load(folder.root).evidence.sources
    assert sources["doe:2019/a"].text("volume") == "3" and sources["doe:2019/a"].title == "On Quays and CO2"
    assert sources["roe2021"].place("title").span.line == 3
    assert any(source.title == "Plugs" for source in sources.values())


def test_without_pandoc_it_is_said_what_to_install(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("c6brief.evidence.converted_library.find_pandoc", lambda: None)
    folder.write("seeds/sources.bib", BIB)
    result = folder.run("check")
    assert result.errors == ["no-pandoc"] and "c6brief[pandoc]" in result.err and "CSL JSON" in result.err


def test_the_page_on_sources_names_every_key_and_its_example_is_read(folder: Folder) -> None:
    page = (REPOSITORY / "docs" / "sources.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0].replace("  sha256: …", "# sha256: …")
    add_library(folder, [{**ITEMS[1], "id": "odell2024"}], readings=example.replace("odell2024.txt", "book.txt"))
    result = folder.run("check")
    assert result.status == 0, result.err
    custom = load(folder.root).evidence.sources["odell2024"].custom
    assert (custom.grade, custom.pages, custom.first_page) == ("B3", 11, 11)
    assert set(re.findall("`([a-z0-9]+)`", page.split("Keys: ")[1].split("\n")[0])) == set(Reading.model_fields)


@needs_pandoc
@pytest.mark.parametrize(
    ("form", "name"), [("csljson", "sources.json"), ("markdown", "sources.yaml"), ("biblatex", "sources.bib")]
)
def test_what_pandoc_writes_is_read_alike(folder: Folder, form: str, name: str) -> None:
    pandoc = find_pandoc()
    assert pandoc is not None
    command = [pandoc, "--sandbox", "--from=bibtex", f"--to={form}", "--standalone"]
    written = subprocess.run(command, input=BIB.encode(), capture_output=True, check=True).stdout.decode()
    if form == "markdown":
        written = written.strip().removeprefix("---").removesuffix("---").replace("nocite: ", "# nocite: ")
    folder.write(f"seeds/{name}", written)
    sources = load(folder.root).evidence.sources
    assert str(sources["doe:2019/a"].author[0]).endswith("van der Berg")
    assert (sources["roe2021"].text("edition"), sources["roe2021"].text("publisher-place")) == ("2", "Oslo")
