"""Faults of printed pages that were seen on the way: numbers of notes, words that ran together, what did not fit or mirror."""

from __future__ import annotations

import re

import pypdf
import pytest

from c6brief.brief.prose import curl_quotes
from c6brief.brief.spacing import NBSP
from tests.support.composing import composed
from tests.support.project import Folder
from tests.support.tagtree import TagTree

TITLE = "Stations that wait for their lifts are told of in two texts that agree on little " * 6


@pytest.mark.rest
@pytest.mark.parametrize("length", [300, *(pytest.param(length, marks=pytest.mark.rest) for length in (148, 450))])
def test_a_report_with_a_long_title_and_eighty_authors(folder: Folder, length: int) -> None:
    """All of it fits on the cover, and the first note has number 1 though the imprint is set as a note."""
    authors = "".join(f"  - {{name: Author Number {number}, role: Analyst of stations}}\n" for number in range(80))
    folder.change("briefs/lifts.yaml", "authors: [{name: An Author, role: Analyst}]\n", f"authors:\n{authors}")
    folder.change("briefs/lifts.yaml", "Stations wait for their lifts", TITLE[:length].strip())
    result = folder.render("briefs/lifts.yaml", "--template", "report")
    assert result.status == 0, result.err
    assert "outside-box" not in result.rules
    path = folder.root / "output/lifts.pdf"
    cover = pypdf.PdfReader(path).pages[0].extract_text()
    assert "Author Number 11 and others" in re.sub(r"\s+", " ", cover)
    tree = TagTree(path)
    assert len(re.findall(r"Author Number 79 ?, Analyst of stations\.", tree.root.text)) == 1
    notes = [re.match(r"\d+", tag.text) for tag in tree.root.all("Note")]
    assert [note[0] for note in notes if note][:3] == ["1", "2", "3"]


def test_a_memo_on_both_sides(folder: Folder) -> None:
    """Its running title stands at the fold, its folio outside; labels of terms have a colon, that of the check a full stop."""
    folder.change("briefs/lifts.yaml", "Some stations are step-free.", "Some stations are step-free. " * 100)
    result = folder.render("briefs/lifts.yaml", "--template", "memo", "--set", "options.duplex=true")
    assert result.status == 0, result.err
    path = folder.root / "output/lifts.pdf"
    found: dict[str, float] = {}
    for number, page in enumerate(pypdf.PdfReader(path).pages[1:3], 2):
        words: list[tuple[str, float, float]] = []
        page.extract_text(
            visitor_text=lambda text, cm, tm, *_, words=words: words.append((text.strip(), tm[4] + cm[4], tm[5]))
        )
        for text, left, _ in words:
            if text == "Stations wait for their lifts" or text == str(number):
                found[f"{number} {text}"] = left
    middle = 595 / 2
    assert found["2 2"] < middle < found["3 3"]
    assert found["2 Stations wait for their lifts"] > middle > found["3 Stations wait for their lifts"]
    text = TagTree(path).root.text
    assert "To: City Transit · By: 2027 · Owner: Riders" in text
    assert re.search(r"How this brief was checked\. \d+ passages were found", text)


def test_a_count_of_one_has_its_verb(folder: Folder) -> None:
    folder.write(
        "briefs/lifts.yaml",
        "title: One\ndate: 2026-03-02\nsections: [{title: One, text: 'It began. [@works-begin]'}]\n",
    )
    sentence = composed(folder).check.sentence
    assert sentence.startswith(
        "1 passage was found word for word in the texts of 1 source, which carry 1 independent voice."
    )


def test_signs_keep_to_their_words(folder: Folder) -> None:
    brief = composed(folder)
    assert f">●{NBSP}Two voices.</span>" in brief.key_messages[0]
    assert all(sign + " " not in str(brief.key_messages[0]) for sign in "●○≠")


def test_source_lines_are_in_the_order_of_the_list(folder: Folder) -> None:
    """Whatever draws them, and in whatever order: that of the list is by first use."""
    folder.change("briefs/lifts.yaml", "[@step-free]\nsections", "[@riders-2024]\nsections")
    figure = next(block for block in composed(folder).sections[0].blocks if block.kind == "figure")
    assert figure.source_line.startswith("Sources: S1 Riders’ Union, S2 Transit.")


@pytest.mark.parametrize(("straight", "curled"), [
    ("Riders' Union", "Riders’ Union"), ("O'zbekiston", "O’zbekiston"), ("it's of '24", "it’s of ’24"),
    ('the "so-called" plan', "the “so-called” plan"), ("*as* [typed] \\n", "*as* [typed] \\n"),
])  # fmt: skip
def test_straight_marks(straight: str, curled: str) -> None:
    from c6brief.figures.drawing.fonts import tidy

    assert curl_quotes(straight) == tidy(straight) == curled
