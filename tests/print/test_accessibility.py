"""Our own briefs and the project about buses, as a screen reader finds them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.support.house_briefs import NAMES, in_template
from tests.support.project import Folder
from tests.support.tagtree import HEADINGS, TagTree


@pytest.fixture(scope="module", params=NAMES)
def brief(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TagTree:
    """One of our briefs."""
    return TagTree(in_template(tmp_path_factory, "policy-brief", "a4")[request.param])


@pytest.fixture
def lifts(folder: Folder) -> TagTree:
    result = folder.render()
    assert (result.status, result.err) == (0, "")
    return TagTree(folder.root / "output" / "lifts.pdf")


def test_the_window_shows_the_title_and_the_language_is_told(brief: TagTree) -> None:
    assert brief.catalog["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert brief.catalog["/MarkInfo"]["/Marked"].value is True
    assert brief.catalog["/Lang"] == "en"
    assert brief.reader.metadata.title == brief.root.one("H1").text
    assert all(page["/Tabs"] == "/S" for page in brief.reader.pages)


def test_headings_go_down_one_by_one(brief: TagTree) -> None:
    levels = [int(tag.kind[1]) for tag in brief.root.all(*HEADINGS)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert len(levels) > 4


def test_everything_is_read_once_and_in_order(brief: TagTree) -> None:
    assert not any(words.strip() for words in brief.marked.values())
    sections = [tag.text for tag in brief.root.all("H2")]
    assert sections[0] == "Key messages" and sections[-2:] == ["Sources", "About this brief"]
    running = brief.root.one("H1").text
    for page in range(2, len(brief.reader.pages) + 1):
        assert running in brief.artifacts[page] and {"Header", "Footer"} <= brief.artifact_kinds(page)
    assert brief.root.text.count(running) <= 2  # the title, and the suggested citation


def test_notes_follow_what_calls_them_and_lead_back(brief: TagTree) -> None:
    calls, notes = brief.root.all("Reference"), brief.root.all("Note")
    assert notes and len(calls) == len(notes)
    for number, (call, note) in enumerate(zip(calls, notes, strict=True), 1):
        assert call.text == note.all("Lbl")[0].text == str(number)
        assert brief.tag_of(note.entry["/Ref"][0]) is call and brief.tag_of(call.entry["/Ref"][0]) is note
        assert len(call.links) == 1 and len(note.all("Lbl")[0].links) == 1
        assert note.parent is not None and note.parent.kind in ("Sect", "LBody")
    assert brief.root.text.count(notes[0].text) == 1


def test_messages_are_a_list_with_their_numbers(brief: TagTree) -> None:
    messages = brief.root.all("L")[0]
    assert messages.parent is not None and messages.parent.text.startswith("Key messages")
    assert messages.attribute("ListNumbering") == "/Decimal"
    for number, item in enumerate(messages.kids, 1):
        assert [kid.kind for kid in item.kids] == ["Lbl", "LBody"]
        assert item.kids[0].text == str(number)


def test_figures_have_words_a_place_and_their_data(brief: TagTree) -> None:
    figures = brief.root.all("Figure")
    assert figures
    for figure in figures:
        left, bottom, right, top = figure.attribute("BBox")
        _, _, width, height = figure.entry["/Pg"]["/MediaBox"]
        assert 0 <= left < right <= width and 0 <= bottom < top <= height
        assert right - left > 300, "in points: a figure is at least as wide as the column"
        assert figure.entry["/Alt"].endswith(".") and len(figure.entry["/Alt"]) > 60
        assert figure.all("Figure") == [figure], "one name, not two"
        [data] = figure.entry["/AF"]
        assert data["/F"].endswith(".csv") and data["/AFRelationship"] == "/Data"
        assert figure.parent is not None and figure.parent.kids[0].text.startswith("Figure ")


def test_tables_have_captions_and_headings_for_every_cell(lifts: TagTree) -> None:
    table = lifts.root.one("Table")
    assert table.kids[0].kind == "Caption" and table.kids[0].text == "Table 1 Stations by access"
    by_id = {tag.entry["/ID"]: tag.text for tag in table.all("TH")}
    cells = {tag.text: [by_id[id] for id in tag.attribute("Headers")] for tag in table.all("TD")}
    assert cells == {"94": ["Street to train", "Stations number"], "1,061": ["Street to platform", "Stations number"]}


def test_marks_are_read_as_words(lifts: TagTree) -> None:
    assert {(tag.text, tag.entry["/Alt"]) for tag in lifts.root.all("Span") if "/Alt" in tag.entry} == {
        ("●", "two voices"),
        ("○", "one voice"),
        ("≠", "accounts differ"),
    }


def test_pull_quotes_are_read_where_they_stand_in_the_source(brief: TagTree) -> None:
    """Their place on the page is another: in the margin, beside the text that follows."""
    quotes = brief.root.all("BlockQuote")
    assert bool(quotes) == (len(brief.reader.pages) > 2)  # the brief of two pages has none
    for quote in quotes:
        aside = quote.parent
        section = aside.parent
        assert aside.kids[0] is quote and "Akramjon Nematov" in aside.kids[1].text
        assert section.kind == "Sect" and section.kids[0].kind == "H2", "in its section, not at the end of its page"
        assert section.kids.index(aside) < len(section.kids) - 1


def test_a_draft_says_so_first_and_once(folder: Folder) -> None:
    folder.change("seeds/quotes.yaml", "will have", "will not have")
    assert folder.render("briefs/lifts.yaml", "--draft").status == 0
    tree = TagTree(folder.root / "output" / "lifts-draft.pdf")
    assert tree.root.text.startswith("DRAFT, unverified")
    assert tree.root.text.count("DRAFT") == 1
    for page in range(1, len(tree.reader.pages) + 1):
        assert "DRAFT, unverified" in " ".join(tree.artifacts[page])


def test_a_logo_is_a_figure_with_the_house_s_name(folder: Folder) -> None:
    folder.write(
        "house.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#1f5a62"/></svg>',
    )
    folder.write("_brand.yml", "logo: house.svg\ndefaults: {c6brief: {publisher: The House}}\n")
    assert folder.render().status == 0
    tree = TagTree(folder.root / "output" / "lifts.pdf")
    assert tree.root.all("Figure")[0].entry["/Alt"] == "The House"
