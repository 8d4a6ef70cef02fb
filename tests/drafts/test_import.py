"""``import`` makes a specification of a draft; nothing that it cannot hold is lost in silence, nothing is overwritten."""

from __future__ import annotations

import base64

import pytest
import yaml

from c6brief.brief.markdown_syntax import make_parser
from c6brief.documents.pandoc import run_pandoc
from tests.support.project import Folder, Result
from tests.support.word_drafts import docx, field, footnote, item, paragraph, picture, run, table, zotero_code

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TRANSIT = {"title": "Getting on board", "issued": {"date-parts": [["2024", 5, 6]]}}
TRAMS = {
    "title": "Trams: a history",
    "author": [{"family": "Rivera", "given": "Lo"}],
    "issued": {"date-parts": [["2021"]]},
    "publisher": "Tramway Press",
    "abstract": "Private words.",
    "custom": {"text": "texts/transit.txt"},
}


def imported(folder: Folder, content: bytes | str, name: str = "draft.docx") -> Result:
    folder.write(name, content)
    result = folder.run("import", name)
    assert (result.status, result.err) == (0, ""), result.err
    return result


def specification(folder: Folder) -> dict:
    return yaml.safe_load((folder.root / "briefs/draft.yaml").read_text(encoding="utf-8"))


def prose(folder: Folder, *body: str, notes: tuple[str, ...] = ()) -> str:
    """The text that paragraphs of a Word draft become."""
    imported(folder, docx(paragraph(run("Heading"), style="Heading1"), *body, notes=notes))
    return str(specification(folder)["sections"][0]["text"]).rstrip("\n")


def test_a_word_draft_with_zotero_becomes_a_brief_that_checks(folder: Folder) -> None:
    body = [
        paragraph(run("Lifts for all"), style="Title"),
        paragraph(run("What is said"), style="Heading1"),
        paragraph(
            run("Ada Line said: “Every station will have a lift by 2030”"),
            field(zotero_code(item("AAAA1111", locator="2", label="paragraph", **TRANSIT)), "(City Transit 2024)"),
            run(". Some stations are "), run("step-free", "<w:b/>"), run("."),
        ),
        paragraph(run("buses"), list_=True),
        paragraph(run("trams"), list_=True),
        paragraph(run("Deeper"), style="Heading2"),
        paragraph(run("The works began."), footnote(1), run(" They go on.")),
        paragraph(run("References"), style="Heading1"),
        paragraph(field(" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ", "City Transit. Getting on board.")),
    ]  # fmt: skip
    note = paragraph(run(" "), field(zotero_code(item("AAAA1111", **TRANSIT)), "City Transit, Getting on board."))
    result = imported(folder, docx(*body, notes=[note]))
    assert specification(folder) == {
        "title": "Lifts for all",
        "sections": [
            {
                "title": "What is said",
                "text": "Ada Line said: “Every station will have a lift by 2030” [@transit-2024, para. 2]. Some stations are "
                "**step-free**.\n\n- buses\n- trams\n\n### Deeper\n\nThe works began. [@transit-2024] They go on.\n",
            }
        ],
    }
    assert "told    bibliography: City Transit. Getting on board." in result.out
    assert "told    heading without text: References (left out)" in result.out
    assert not (folder.root / "proposals").exists()
    folder.change("briefs/draft.yaml", "# date: ", "date: ")
    checked = folder.run("check", "briefs/draft.yaml")
    assert checked.errors == [], checked.err


CLUSTERS = {
    "page": ([item("AAAA1111", locator="12", **TRANSIT)], "[@transit-2024, p. 12]"),
    "pages": ([item("AAAA1111", locator="12-14", label="page", **TRANSIT)], "[@transit-2024, pp. 12-14]"),
    "chapter": ([item("", locator="3", label="chapter", **TRANSIT)], "[@transit-2024, chap. 3]"),
    "typed term": ([item("", locator="p. 3", **TRANSIT)], "[@transit-2024, p. 3]"),
    "prefix, suffix": (
        [item("", locator="2", label="paragraph", prefix="see", suffix=", with care", **TRANSIT)],
        "[see @transit-2024, para. 2, with care]",
    ),
    "author left out": ([item("", **{"suppress-author": True}, **TRANSIT)], "[-@transit-2024]"),
    "two": (
        [item("", **TRANSIT), item("", title="Waiting for the lift", issued={"date-parts": [[2024]]})],
        "[@transit-2024; @riders-2024]",
    ),
    "by title with markup": (
        [item("", title="Getting <i>on</i> Board", issued={"raw": "6 May 2024"})], "[@transit-2024]",
    ),
    "signs": ([item("", suffix="[sic]; x", **TRANSIT)], "[@transit-2024, (sic), x]"),
}  # fmt: skip


@pytest.mark.sample(3)
@pytest.mark.parametrize("case", CLUSTERS)
def test_what_a_citation_says_of_its_items(folder: Folder, case: str) -> None:
    items, expected = CLUSTERS[case]
    assert (
        prose(folder, paragraph(run("So it is"), field(zotero_code(*items), "(x)"), run(".")))
        == f"So it is {expected}."
    )


MATCHES = {
    "citation key": {"citation-key": "riders-2024", "title": "Another title"},
    "DOI": {"DOI": "https://doi.org/10.1234/ABC.5", "title": "Another title"},
    "title and year": {"title": "WAITING for the lift!", "issued": {"date-parts": [["2024", "3"]]}},
    "key of the item": {"title": "Another title"},
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("case", MATCHES)
def test_items_are_matched_with_the_library(folder: Folder, case: str) -> None:
    folder.change("seeds/sources.yaml", "publisher: Riders' Union", "publisher: Riders' Union\n    DOI: 10.1234/abc.5")
    given = item("RIDERS99" if case == "key of the item" else "", **MATCHES[case])
    cited = "riders-2024"
    if case == "key of the item":
        cited = "x:items/RIDERS99".replace("x:items/", "")
        for name in ("sources", "events", "claims"):
            path = folder.root / f"seeds/{name}.yaml"
            path.write_text(path.read_text().replace("riders-2024", cited))
    assert prose(folder, paragraph(field(zotero_code(given), "(x)"))) == f"[@{cited}]"


def test_an_item_of_another_year_is_not_the_same(folder: Folder) -> None:
    given = item("", title="Waiting for the lift", issued={"date-parts": [[2019]]})
    assert prose(folder, paragraph(field(zotero_code(given), "(x)"))) == "[@waiting-for-the-2019]"


def test_what_has_no_match_is_proposed_with_its_csl(folder: Folder) -> None:
    given = field(zotero_code(item("BBBB2222", locator="7", **TRAMS)), "(Rivera 2021, 7)")
    again = field(zotero_code(item("BBBB2222", **TRAMS)), "(Rivera 2021)")
    assert prose(folder, paragraph(given, run(" and "), again)) == "[@rivera-2021, p. 7] and [@rivera-2021]"
    proposed = yaml.safe_load((folder.root / "proposals/draft.yaml").read_text(encoding="utf-8"))
    assert proposed == {
        "sources": [
            {
                "accept": True, "id": "rivera-2021", "type": "report", "title": "Trams: a history",
                "author": [{"family": "Rivera", "given": "Lo"}], "issued": {"date-parts": [["2021"]]},
                "publisher": "Tramway Press",
            }
        ]
    }  # fmt: skip


def test_fields_of_every_form(folder: Folder) -> None:
    code = zotero_code(item("", **TRANSIT))
    simple = (
        f'<w:fldSimple w:instr="{code.replace("&", "&amp;").replace(chr(34), "&quot;")}">{run("(x)")}</w:fldSimple>'
    )
    in_one_run = (
        '<w:r><w:t xml:space="preserve">Before </w:t><w:fldChar w:fldCharType="begin"/><w:instrText xml:space="preserve">'
        f'{code}</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>(x)</w:t><w:fldChar w:fldCharType="end"/></w:r>'
    )
    nested = field(' HYPERLINK "https://example.org" ', "x").replace(run("x"), field(code, "(x)", 9))
    inner = field(code, "(x)").replace(run("(x)"), field(' HYPERLINK "https://example.org" ', "(x)"))
    mendeley = field(code.replace("ZOTERO_ITEM ", ""), "(x)")
    json_ = code[code.index("{") :]
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{base64.b64encode(json_.encode()).decode()}"/></w:sdtPr>'
        f"<w:sdtContent>{run('(x)')}</w:sdtContent></w:sdt>"
    )
    forms = [simple, in_one_run, nested, inner, mendeley, control]
    got = prose(folder, *(paragraph(run("So"), form, run(".")) for form in forms)).split("\n\n")
    cited = "[@transit-2024]"
    assert got[0] == f"So {cited}." and got[1] == f"SoBefore {cited}."
    assert cited in got[2] and got[3:] == [f"So {cited}."] * 3


def test_a_field_over_paragraphs_leaves_no_words(folder: Folder) -> None:
    start, end = field(" ADDIN ZOTERO_BIBL {} ", "FIRST").split(run("FIRST"))
    body = (paragraph(start, run("Entry one.")), paragraph(run("Entry two.")), paragraph(run("Entry three."), end))
    assert prose(folder, paragraph(run("Words.")), *body, paragraph(run("After."))) == "Words.\n\nAfter."


def test_a_note_with_words_stays_a_note_and_cites(folder: Folder) -> None:
    note = paragraph(run("The union differs, see "), field(zotero_code(item("", **TRANSIT)), "City Transit"))
    got = prose(folder, paragraph(run("It opened."), footnote(1)), notes=(note,))
    assert got == "It opened.[^1]\n\n[^1]: The union differs, see [@transit-2024]"


def test_tables_images_and_emphasis(folder: Folder) -> None:
    draft = docx(
        paragraph(run("Heading"), style="Heading1"),
        paragraph(run("A "), run("bold", "<w:b/>"), run(" and "), run("slanted", "<w:i/>"), run(" word, H"),
                  run("2", '<w:vertAlign w:val="subscript"/>'), run("O, "), run("line", '<w:u w:val="single"/>')),
        table(("Access", "Stations"), ("Street | train", "94")),
        paragraph(picture("A lift")),
        image=PNG,
    )  # fmt: skip
    result = imported(folder, draft)
    text = specification(folder)["sections"][0]["text"]
    assert text.startswith("A **bold** and *slanted* word, H~2~O, line\n\n| Access ")
    assert "| Street \\| train | 94 " in text and text.endswith("::: image draft-image-1\n:::\n")
    assert (folder.root / "seeds/images/draft-image-1.png").read_bytes() == PNG
    [proposed] = yaml.safe_load((folder.root / "proposals/draft.yaml").read_text())["images"]
    assert proposed["alt"] == "A lift" and proposed["file"] == "images/draft-image-1.png"
    assert "told    underlined words: line (now plain words)" in result.out


def test_merged_cells_and_odd_structure_are_told(folder: Folder) -> None:
    html = """<h1>Heading</h1><p>Words.</p>
    <table><tr><th colspan="2">Wide</th></tr><tr><td rowspan="2">Tall</td><td>1</td></tr><tr><td>2</td></tr></table>
    <h2>Two</h2><p>w</p><h3>Three</h3><p>w</p><h4>Four</h4><p>w</p><h5>Five</h5><p>w</p>"""
    result = imported(folder, run_pandoc(["-f", "html", "-t", "odt", "-o", "-"], html.encode()), "draft.odt")
    told = "\n".join(line for line in result.out.splitlines() if line.startswith("told"))
    for kind in ("merged cells: Tall", "heading of a deep level: Five"):
        assert kind in told, told
    rows = specification(folder)["sections"][0]["text"].splitlines()[2:]
    assert [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if "-" not in row] == [
        ["Wide", ""], ["Tall", "1"], ["", "2"],
    ]  # fmt: skip


def test_what_stands_in_lists_is_kept_behind_them(folder: Folder) -> None:
    draft = "# One\n\nWords.\n\n- item\n\n  | A | B |\n  |---|---|\n  | 1 | 2 |\n\n- # Head\n\n- $x^2$ and <b>raw</b>\n\n***\n"
    result = imported(folder, draft, "draft.md")
    text = specification(folder)["sections"][0]["text"]
    assert text.index("**Head**") < text.index("| 1")
    for kind in ("table within a list", "heading within a list or a quotation: Head", "rule"):
        assert f"told    {kind}" in result.out, result.out


HOSTILE = [
    "title: [x", "- a", "# no heading", "'quote' \"double\"", "\u2028line\u2029", "a: b", "{{ jinja }}", "%TAG", "---", "| > &",
    "1. one", "12) twelve", "+ plus", ": a caption", "===", "***", "___", "~~~", "```", "> said", "-", "--", "=", "-----", "    four", "a\\b", "&amp; x",
    "!x", "*", "NO", "1:30", "\ttab", "::: quote x", "[@nobody]", "[^1]", "<script>", "\u200f\u202eabc", "\ufeffmark",
]  # fmt: skip


def test_words_that_are_markup_of_yaml_or_markdown_stay_words(folder: Folder) -> None:
    text = prose(folder, *(paragraph(run(words)) for words in HOSTILE))
    tokens = make_parser().parse(text)
    assert {token.type for token in tokens} == {"paragraph_open", "inline", "paragraph_close"}
    straight = str.maketrans("‘’“”", "''" + '""')
    read = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    expected = [" ".join(words.replace("\ufeff", "").split()) for words in HOSTILE]
    assert [words.translate(straight).replace("\xa0", " ") for words in read] == expected


def test_titles_that_are_markup_of_yaml_stay_words(folder: Folder) -> None:
    title = paragraph(run('Say: "no" # - {x}'), style="Title")
    imported(folder, docx(title, paragraph(run("h: #1"), style="Heading1"), paragraph(run("Words."))))
    assert specification(folder)["title"] == 'Say: "no" # - {x}'
    assert specification(folder)["sections"][0]["title"] == "h: #1"


def test_nothing_is_overwritten_and_nothing_half_written(folder: Folder) -> None:
    draft = docx(paragraph(run("Words "), field(zotero_code(item("", **TRAMS)), "(x)")))
    kept = folder.write("proposals/draft.yaml", "mine")
    folder.write("draft.docx", draft)
    result = folder.run("import", "draft.docx")
    assert result.errors == ["name-exists"] and "--name" in result.err
    assert kept.read_text() == "mine" and not (folder.root / "briefs/draft.yaml").exists()
    assert folder.run("import", "draft.docx", "--name", "other").status == 0
    assert folder.run("import", "draft.docx", "--name", "../out").errors == ["bad-name"]


def test_links_lead_nothing_out_of_the_project(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (folder.root / "proposals").symlink_to(outside)
    folder.write("draft.docx", docx(paragraph(run("Words "), field(zotero_code(item("", **TRAMS)), "(x)"))))
    assert folder.run("import", "draft.docx").errors == ["outside-project"]
    assert list(outside.iterdir()) == [] and not (folder.root / "briefs/draft.yaml").exists()


def test_a_markdown_draft_keeps_its_citations(folder: Folder) -> None:
    draft = (
        "---\ntitle: Lifts\ndate: 2 March 2026\nauthor: [An Author]\n---\n\n# One\n\nIt is so [see @transit-2024, para. 2; "
        "@lift-everywhere].^[[@riders-2024]] As @transit-2024 [para. 1] has it.\n"
    )
    result = imported(folder, draft, "draft.md")
    spec = specification(folder)
    assert str(spec["date"]) == "2026-03-02" and spec["authors"] == [{"name": "An Author"}]
    assert spec["sections"][0]["text"] == (
        "It is so [see @transit-2024, para. 2; @lift-everywhere]. [@riders-2024] As [@transit-2024, para. 1] has it.\n"
    )
    assert "told    citation in running text: @transit-2024 [para. 1]" in result.out
