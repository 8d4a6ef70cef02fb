"""What stands around the text: summary, big numbers, options, annexes, credits, identifiers, keywords."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from textwrap import dedent

import pytest
from pydantic_core import PydanticCustomError
from pypdf import PdfReader

from c6brief import verify
from c6brief.brief.model import ClaimBox
from c6brief.documents.identifiers import check_doi, check_isbn, check_orcid
from tests.support.composing import composed
from tests.support.pictures import drawing, picture, saved
from tests.support.project import REPOSITORY, Folder
from tests.support.tagtree import TagTree
from tests.support.verapdf import FLAVOURS, validate

DOCS = (REPOSITORY / "docs" / "around-the-text.md").read_text(encoding="utf-8")
AROUND = dedent(DOCS.split("    # briefs/lifts.yaml\n")[1].split("\n\n## ")[0])
"""The example of the documentation."""


@pytest.fixture
def around(folder: Folder) -> Folder:
    """The project about buses, whose brief has every part around its text."""
    author = "{name: An Author, role: Analyst, orcid: 0000-0002-1825-0097, bio: Has counted stations.}"
    folder.change("briefs/lifts.yaml", "{name: An Author, role: Analyst}", author)
    text = (folder.root / "briefs/lifts.yaml").read_text(encoding="utf-8")
    folder.write("briefs/lifts.yaml", text + AROUND)
    return folder


def test_the_whole_brief_is_without_problems(around: Folder) -> None:
    assert around.run("check", "briefs/lifts.yaml", "--strict").err == ""


def test_what_templates_are_given(around: Folder) -> None:
    brief = composed(around)
    assert (brief.doi, brief.isbn) == ("10.1234/lifts.7", "978-3-16-148410-0")
    assert brief.keywords == ("lifts", "stations, step-free", "access & riders")
    assert brief.summary.count("<p>") == 2 and 'class="note' in brief.summary
    assert [number.value for number in brief.numbers] == ["94", "Ninety-four", "2", "2"]
    assert [str(number.label) for number in brief.numbers[2:]] == [
        "sources cited",
        "claims and events whose accounts differ",
    ]
    assert all('class="note' in number.label for number in brief.numbers[:2])
    assert ['class="note' in option.option for option in brief.options_considered] == [True, False]
    assert [(annex.letter, annex.title) for annex in brief.annexes] == [
        ("A", "How it was counted"),
        ("B", "The evidence"),
    ]
    assert [funder.name for funder in brief.funders] == ["Fund for Public Ways", "City Foundation"]
    assert (brief.authors[0].orcid, str(brief.authors[0].bio)) == ("0000-0002-1825-0097", "Has counted stations.")
    assert brief.citation.endswith("https://doi.org/10.1234/lifts.7")


def test_the_annex_of_evidence_has_every_statement_that_is_cited(around: Folder) -> None:
    brief = composed(around)
    boxes = [block for block in brief.annexes[1].blocks if isinstance(block, ClaimBox)]
    assert {box.id for box in boxes} == {"step-free", "first-lift", "plan-2030", "works-begin"}
    assert len(boxes) == brief.check.statements
    lift = next(box for box in boxes if box.id == "first-lift")
    assert (lift.mark.name, lift.anchor) == ("accounts-differ", "evidence-first-lift")
    assert [(account.stance, account.words) for account in lift.accounts] == [
        ("says so: 2019", "The first lift opened in 2019."),
        ("says so: 2021", "The first lift opened in 2021."),
    ]


def test_it_lists_what_stands_after_it_too(around: Folder) -> None:
    around.change("briefs/lifts.yaml", "  - {use: evidence}\n", "")
    around.change("briefs/lifts.yaml", "annexes:\n", "annexes:\n  - {use: evidence}\n")
    around.change("briefs/lifts.yaml", "The authors thank the riders.", "Thanks are due. [@works-begin]")
    around.change("seeds/sections/lifts.md", " [@works-begin]", "")
    brief = composed(around)
    assert [annex.letter for annex in brief.annexes] == ["A", "B"]
    assert "works-begin" in [getattr(block, "id", "") for block in brief.annexes[0].blocks]


FORMS = [
    (
        'value: "94", label: stations are step-free, evidence: [step-free]',
        'value: "94", label: of them, evidence: []',
        "missing-key",
    ),
    ("value: Ninety-four, label: stations are step-free", "value: Ninety-four", "missing-key"),
    ("{count: sources}", "{count: stations}", "unknown-value"),
    ("{count: differing}", "{count: differing, label: continents agree}", "bad-value"),
    ("978-3-16-148410-0", "978-3-16-148410-1", "bad-isbn"),
    ("https://doi.org/10.1234/lifts.7", "lifts.7", "bad-doi"),
    ("0000-0002-1825-0097", "0000-0002-1825-0098", "bad-orcid"),
    ("https://ways.example", "ways.example", "bad-link"),
]
"""What a specification cannot have."""

WORDS = [
    ('value: "94", label: stations', 'value: "95", label: stations', "untraced-number"),
    ("value: Ninety-four, label: stations are", "value: Twelve, label: stations of 300 are", "untraced-number"),
    ("  - {count: sources}", "  - {value: 94, label: per cent of stations, evidence: [step-free]}", "untraced-number"),
    ("  - {count: differing}", "  - {value: 94, label: stations, evidence: [step-fre]}", "unknown-id"),
    ("Riders know what comes in 2030", "It saves 40 million", "untraced-number"),
    ("Ninety-four stations are step-free, and", "Ninety-five stations are step-free, and", "untraced-number"),
    ("cost: None, evidence: [plan-2030]", "cost: None, evidence: [plan-2031]", "unknown-id"),
    ("Nobody has seen a plan", "Everybody has seen a plan", "words-not-found"),
    ("  - {use: evidence}", "  - {use: evidence}\n  - {use: evidence, title: Again}", "placed-twice"),
    ("annexes:\n", "annexes:\n  - {use: evidenc}\n", "unknown-id"),
    (
        "acknowledgements: The authors",
        "acknowledgements: |\n  ::: callout Aside\n  So.\n  :::\n\n  The authors",
        "directive",
    ),
    ("The views are the authors’ own.", "TODO", "placeholder-left"),
    ("bio: Has counted stations.", "bio: 'Said “we shall count on for ever”.'", "quotation-uncited"),
    ("[lifts, ", "['[@step-free]', ", "citation-unread"),
]
"""What is told of what it says."""


@pytest.mark.parametrize("changes", [FORMS, WORDS])
def test_what_is_wrong_is_told_at_its_place(around: Folder, changes: list[tuple[str, str, str]]) -> None:
    for old, new, _ in changes:
        around.change("briefs/lifts.yaml", old, new)
    result = around.run("check", "briefs/lifts.yaml")
    lines = (around.root / "briefs/lifts.yaml").read_text(encoding="utf-8").split("\n")
    told = [
        (lines[int(line) - 1], rule) for line, rule in re.findall(r"lifts\.yaml:(\d+):\d+: \w+\[([\w-]+)\]", result.err)
    ]
    for _, new, rule in changes:
        shown = new.strip().split("\n")[1 if "\n" in new.strip() else 0]
        assert any(shown.strip() in line and each == rule for line, each in told), f"{rule} at {shown}:\n{result.err}"
    assert sorted(set(result.rules) - {rule for _, _, rule in changes}) in ([], ["markup-left"]), result.err


@pytest.mark.parametrize(("check", "right", "wrong"), [
    (check_isbn, ["978-3-16-148410-0", "9783161484100", "0-306-40615-2", "080442957X", "979-10-90636-07-1"],
     ["978-3-16-148410-1", "978-3-16-1484", "0-306-40615-3", "977-3-16-148410-0"]),
    (check_orcid, ["0000-0002-1825-0097", "0000-0002-1694-233X"], ["0000-0002-1694-2330", "0000-0002-1825", "٠٠٠٠-0002-1825-0097"]),
    (check_doi, ["10.1000/182", "10.1234/a(b)c"], ["10.1/x", "doi", "10.1234/a b"]),
])  # fmt: skip
def test_identifiers(check: Callable[[str], str], right: list[str], wrong: list[str]) -> None:
    for each in right:
        assert check(each) == each
    for each in wrong:
        with pytest.raises(PydanticCustomError):
            check(each)
    assert check_orcid("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097"
    assert check_isbn("ISBN 080442957X") == "080442957X"
    assert check_doi("https://doi.org/https://doi.org/10.1/x".replace("10.1/", "10.1000/")) == "10.1000/x"


def test_an_annex_that_lists_nothing_is_told(folder: Folder) -> None:
    folder.write(
        "briefs/bare.yaml",
        "title: A plan\ndate: 2026-03-02\nsections: [{title: One, text: Two.}]\nannexes: [{use: evidence}]\n",
    )
    assert "annex-empty" in folder.run("check", "briefs/bare.yaml").rules


def test_annexes_are_not_counted_among_the_words_of_a_brief(around: Folder) -> None:
    around.change("briefs/lifts.yaml", "Stations were counted", "Stations were counted " + "and counted " * 2_000)
    assert "brief-too-long" not in around.run("check", "briefs/lifts.yaml").rules


def test_the_printed_file_has_all_of_it(around: Folder) -> None:
    result = around.render("briefs/lifts.yaml", "--strict")
    assert result.status == 0, result.err
    path = around.root / "output/lifts.pdf"
    assert verify(path).is_whole
    reader, tree = PdfReader(path), TagTree(path)
    text = re.sub(r"\s+", " ", tree.root.text)
    for words in ("94 stations are step-free", "Annex B The evidence", "DOI: 10.1234/lifts.7", "ISBN: 978-3-16-148410-0",
                  "Keywords: lifts; stations, step-free; access & riders.", "Funded by", "ORCID: 0000-0002-1825-0097",
                  "Benefits, risks and costs are the authors’ judgement."):  # fmt: skip
        assert words in text, words
    rows = tree.root.one("Table", "Benefit").all("TR")
    assert [[cell.kind for cell in row.kids] for row in rows] == [["TH"] * 4, ["TH", *["TD"] * 3], ["TH", *["TD"] * 3]]
    assert [str(cell.entry["/A"]["/Scope"]) for cell in rows[1].kids[:1]] == ["/Row"]
    items = [item.text for list_ in tree.root.all("L") for item in list_.all("LI")]
    assert any(item.startswith("94 stations") for item in items) and "2 sources cited" in items
    headings = [tag.text for tag in tree.root.all("H2")]
    assert [each for each in headings if "nnex" in each or "Option" in each or "Summary" in each] == [
        "Summary", "Options considered", "Annex A How it was counted", "Annex B The evidence"
    ]  # fmt: skip
    links = {
        str(each.get_object()["/A"].get("/URI"))
        for page in reader.pages
        for each in page.get("/Annots", [])
        if "/A" in each.get_object()
    }
    assert {"https://orcid.org/0000-0002-1825-0097", "https://doi.org/10.1234/lifts.7", "https://ways.example"} <= links
    manifest = json.loads(reader.attachments["manifest.json"][0])
    blocks = {block["block"] for block in manifest["prose"]}
    assert {
        "summary",
        "numbers",
        "options considered",
        "authors",
        "acknowledgements",
        "funders",
        "disclaimer",
    } <= blocks
    numbers = {(each["where"], each["text"]): each["verdict"] for each in manifest["record"]["numbers"]}
    assert numbers["number 1", "94"] == "in-cited-words"
    assert numbers["option 1", "2030"] == "in-cited-words"
    packet = reader.xmp_metadata
    assert packet is not None
    assert packet.dc_subject == ["lifts", "stations, step-free", "access & riders"]
    assert packet.pdf_keywords == reader.metadata["/Keywords"] == "lifts; stations, step-free; access & riders"  # type: ignore[index]
    assert packet.dc_identifier == "https://doi.org/10.1234/lifts.7"
    assert (
        b"<rdf:li>urn:isbn:978-3-16-148410-0</rdf:li>" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    )  # type: ignore[index]


@pytest.fixture
def pictured(around: Folder) -> Folder:
    """The same with a portrait and the logo of a funder."""
    around.write("seeds/images/face.jpg", saved(picture((400, 500))))
    around.write("seeds/images/fund.svg", drawing())
    around.write(
        "seeds/images.yaml",
        "- {id: face, file: images/face.jpg, alt: The author by a lift, credit: 'Photograph: Ada Line'}\n"
        "- {id: fund, file: images/fund.svg, alt: A square, credit: Drawn by the fund}\n",
    )
    around.change("briefs/lifts.yaml", "orcid: ", "portrait: face, orcid: ")
    around.change("briefs/lifts.yaml", "name: City Foundation", "name: City Foundation, logo: fund")
    return around


TEMPLATES = ("policy-brief", "report", "memo", "factsheet")


@pytest.mark.sample(1)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_prints_portraits_logos_and_all_the_rest(pictured: Folder, template: str) -> None:
    result = pictured.render("briefs/lifts.yaml", "--template", template)
    assert result.status == 0, result.err
    assert not {"outside-box", "printed-otherwise"} & set(result.rules), result.err
    path = pictured.root / "output/lifts.pdf"
    assert verify(path).is_whole
    tree = TagTree(path)
    assert {"The author by a lift", "A square"} <= {str(tag.entry.get("/Alt")) for tag in tree.root.all("Figure")}
    words = [
        "Photograph: Ada Line",
        "Drawn by the fund",
        "94 stations are step-free",
        "Publish the plan",
        "The views are",
    ]
    assert [each for each in words if each not in tree.root.text] == []
    assert ("The evidence" in tree.root.text) == (template != "factsheet")


@pytest.mark.rest
def test_verapdf_has_nothing_to_say_of_them(pictured: Folder) -> None:
    wanted = {}
    for template in TEMPLATES:
        for standard, flavours in FLAVOURS.items():
            folder = f"output-{template}-{standard}"
            result = pictured.render("briefs/lifts.yaml", "--template", template, "--standard", standard, "-o", folder)
            assert result.status == 0, result.err
            wanted[pictured.root / folder / "lifts.pdf"] = flavours
    assert [(verdict.file.parent.name, verdict.failed) for verdict in validate(wanted) if verdict.failed] == []
