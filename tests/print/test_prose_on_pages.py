"""The section of docs/prose.md on printed pages, in every template: tags, outline, and that the file verifies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

import c6brief
from tests.support.house_briefs import TEMPLATES, run_in
from tests.support.paths import REPOSITORY
from tests.support.project import BRIEF, SEEDS
from tests.support.tagtree import Tag, TagTree
from tests.support.verapdf import FLAVOURS, need_java, validate

SECTION = re.search(r"```markdown\n(.*?)```", (REPOSITORY / "docs/prose.md").read_text(encoding="utf-8"), re.S)
MESSAGE = "Ninety-four stations are step-free, as @fig:lifts and @tbl:access show. [@step-free]"


def write(root: Path) -> Path:
    assert SECTION is not None
    text = "".join(f"      {line}\n" if line else "\n" for line in SECTION[1].rstrip().split("\n"))
    brief = BRIEF.replace("      Some stations are step-free. [@step-free]\n", text)
    brief = brief.replace("- Ninety-four stations are step-free. [@step-free]", f'- "{MESSAGE}"')
    for name, content in {**SEEDS, "briefs/lifts.yaml": brief}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The brief in the template `policy-brief`, which has nothing to say of it."""
    root = write(tmp_path_factory.mktemp("prose"))
    status, said = run_in(root, "render", "briefs/lifts.yaml", "--strict")
    assert (status, said) == (0, "")
    return root / "output/lifts.pdf"


@pytest.fixture(scope="module")
def tree(printed: Path) -> TagTree:
    return TagTree(printed)


def test_it_verifies(printed: Path) -> None:
    result = c6brief.verify(printed, seeds=printed.parent.parent / "seeds")
    assert result.is_whole and not result.problems, result.problems


def test_references_are_links_with_the_numbers_that_are_printed(tree: TagTree) -> None:
    paragraph = tree.root.one("P", "Some stations are step-free.")
    said = paragraph.text.replace("\u00a0", " ").replace(" ,", ",").replace(" .", ".")
    assert "See Figure 1, Table 1 and Table 2 and Section What follows." in said
    assert [tag.text for tag in paragraph.all("Link") if tag.links][1:5] == [
        "Figure 1", "Table 1", "Table 2", "Section What follows",
    ]  # fmt: skip
    captions = [tag.text for tag in tree.root.all("Caption")]
    assert [each.split()[:2] for each in captions if each.startswith("Table")] == [["Table", "1"], ["Table", "2"]]


def test_a_table_in_prose_has_headings(tree: TagTree) -> None:
    table = next(tag for tag in tree.root.all("Table") if "Ready" in tag.text)
    assert [tag.text for tag in table.all("TH")] == [
        "Access",
        "Stations",
        "Ready",
        "Street to train",
        "Street to platform",
    ]
    assert [tag.attribute("Scope") for tag in table.all("TH")] == ["/Column"] * 3 + ["/Row"] * 2
    assert [tag.text for tag in table.all("TD")] == ["94", "yes", "1,061", "no"]


def test_lists_keep_their_numbers_and_are_nested(tree: TagTree) -> None:
    labels = [tag.text for tag in tree.root.all("Lbl") if re.fullmatch(r"\d\.|–", tag.text)]
    assert labels == ["1.", "–", "–", "2.", "3."]
    outer = next(tag for tag in tree.root.all("L") if "Count the stations" in tag.text)
    assert len(outer.all("L")) == 2


def test_headings_go_down_and_stand_in_the_outline_without_notes(printed: Path, tree: TagTree) -> None:
    below = [(tag.kind, tag.text) for tag in tree.root.all("H3", "H4")]
    assert ("H3", "What follows") in below and ("H4", "And then") in below
    assert "\u2060" not in str(PdfReader(printed).outline)


def test_plain_notes_are_notes(tree: TagTree) -> None:
    notes = [tag for tag in tree.root.all("Note") if "words of our own" in tag.text or "As the union did" in tag.text]
    assert [re.sub(r"^\d+ ?", "", tag.text) for tag in notes] == [
        "A plain note, in words of our own.", "As the union did (Riders’ Union).",
    ]  # fmt: skip


def test_a_block_quotation_a_sidebar_and_a_definition(tree: TagTree) -> None:
    assert "Ninety-four stations" in tree.root.one("BlockQuote", "from street to train").text
    for words, title in (("and not when it is announced", "How a lift is counted"), ("Without a stair", "Step-free")):
        holder: Tag | None = tree.root.one("P", words).parent
        while holder is not None and holder.kind not in ("Aside", "Sect", "Div", "Part"):
            holder = holder.parent
        assert holder is not None and title in holder.text


def test_what_is_copied_is_what_was_typed(printed: Path) -> None:
    text = " ".join(page.extract_text() for page in PdfReader(printed).pages)
    flat = re.sub(r"\s+", " ", text.replace("\u2060", ""))
    assert "small capitals" in flat and re.search(r"CO ?2", flat) and "note to ourselves" not in flat


@pytest.mark.rest
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_prints_it_and_verapdf_has_nothing_to_say(tmp_path: Path, template: str) -> None:
    root = write(tmp_path)
    status, said = run_in(
        root, "render", "briefs/lifts.yaml", "--template", template, *["--strict"][template == "factsheet" :]
    )
    told = ["reference-unprinted"] if template == "factsheet" else []
    assert (status, re.findall(r"\[([a-z-]+)\]: ", said)) == (0, told), said
    assert c6brief.verify(root / "output/lifts.pdf").is_whole
    need_java()
    verdicts = validate({root / "output/lifts.pdf": FLAVOURS["pdf-1.7"]})
    assert [each.failed for each in verdicts if each.failed] == []
