"""The tags of a crafted page, read as a screen reader would: everything that WeasyPrint's own tags get wrong.

Each test names what a listener is to hear. The page and its printing are in ``crafted.py``, the reading in ``tagtree.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf.generic import NullObject

from c6brief.print.tagging.headers import TableCell, find_headings, place_cells
from tests.support.crafted import picture, print_crafted
from tests.support.tagtree import HEADINGS, Tag, TagTree

STYLED = "<link rel=stylesheet href=crafted.css>"


@pytest.fixture(scope="module", params=["pdf-1.7", "pdf-2"])
def tree(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TagTree:
    return TagTree(print_crafted(tmp_path_factory.mktemp("crafted"), request.param))


def names(tree: TagTree, one: str, other: str) -> str:
    """Of two names for one thing that of the tree's edition of PDF."""
    return one if tree.reader.pdf_header == "%PDF-1.7" else other


@pytest.mark.sample(1)
def test_nothing_printed_is_left_out_and_nothing_is_read_twice(tree: TagTree) -> None:
    assert not any(words.strip() for words in tree.marked.values()), "marked content that is in no tag"
    everything = tree.root.text
    for words in ("A crafted page", "the one before it. 2. Item number 1", "Pale words.", "Floating.", "6241"):
        assert words in everything, words
    assert everything.count("Contents") == 1 and everything.count("Square") == 1
    assert "hidden" not in everything and "Running" not in everything


def test_running_lines_are_artifacts_and_their_links_are_gone(tree: TagTree) -> None:
    for page in range(1, len(tree.reader.pages) + 1):
        assert {"Running", "head"} <= set(tree.artifacts[page]) and str(page) in tree.artifacts[page]
        assert {"Header", "Footer"} <= tree.artifact_kinds(page)
        for annotation in tree.reader.pages[page - 1].get("/Annots", []):
            assert "running" not in str(annotation.get_object())


def content_of(tag: Tag) -> set[tuple[int, int]]:
    """The marked content of a tag: the key in the parent tree of what it is drawn in, and its number there."""
    found = set()
    for kid in (kid.get_object() for kid in tag.entry["/K"]):
        if isinstance(kid, int):
            found.add((tag.entry["/Pg"]["/StructParents"], int(kid)))
        elif "/MCID" in kid:
            found.add((kid.get("/Stm", kid["/Pg"])["/StructParents"], int(kid["/MCID"])))
    return found


def test_the_parent_tree_leads_back_from_everything_read(tree: TagTree) -> None:
    numbers = tree.catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    by_key = dict(zip(numbers[::2], numbers[1::2], strict=True))
    keys = [page["/StructParents"] for page in tree.reader.pages]
    forms = (page["/Resources"].get("/XObject", {}).values() for page in tree.reader.pages)
    keys += {form["/StructParents"] for each in forms for form in each if "/StructParents" in form}
    led_to = []
    for key in keys:
        for mcid, reference in enumerate(by_key[key].get_object()):
            if not isinstance(reference, NullObject):
                assert (key, mcid) in content_of(tree.tag_of(reference))
                led_to.append((key, mcid))
    assert len(keys) > len(tree.reader.pages), "the pale words are drawn in a form of their own"
    assert len(led_to) == len(tree.root.words)
    for page in tree.reader.pages:
        for annotation in page.get("/Annots", []):
            owner = tree.tag_of(by_key[annotation.get_object()["/StructParent"]])
            assert annotation.get_object() in [link.annotation for link in owner.links]


def test_languages(tree: TagTree) -> None:
    assert tree.catalog["/Lang"] == "en"
    paragraph = tree.root.one("P", "English")
    assert [(tag.text, tag.entry.get("/Lang")) for tag in paragraph.all("Span")] == [("по-русски", "ru"), ("WHO", None)]
    german = tree.root.one("P", "Ein Absatz")
    assert german.parent is not None and german.parent.entry["/Lang"] == "de"
    assert tree.root.one("Span", "WHO").entry["/E"] == "World Health Organization"


def test_contents_refer_to_their_places(tree: TagTree) -> None:
    outer, inner = tree.root.all("TOC")
    assert [tag.text for tag in outer.all("TOCI")] == ["1. One", "2. Two 1. Three", "1. Three"]
    assert inner.parent is outer.all("TOCI")[1]
    for entry in outer.all("TOCI"):
        assert [kid.kind for kid in entry.kids if isinstance(kid, Tag)][:2] == ["Lbl", "Reference"]
        assert len(entry.kids[1].all("Link")) == 1
    if names(tree, "1", "2") == "2":
        targets = [tree.tag_of(entry.entry["/Ref"][0]) for entry in outer.all("TOCI")]
        assert [(tag.kind, tag.text[:5]) for tag in targets] == [("Sect", "One E"), ("Sect", "Two B"), ("H3", "Three")]


def test_links_say_where_they_lead_and_stand_in_one_tag(tree: TagTree) -> None:
    paragraph = tree.root.one("P", "Read")
    said = [(tag.text, {str(link.annotation["/Contents"]) for link in tag.links}) for tag in paragraph.all("Link")]
    assert said == [
        ("the whole report", {"the whole report (https://example.org/report)"}),
        ("us@example.org", {"us@example.org"}),
        ("part two", {"part two"}),
    ]
    assert all(link.annotation["/F"] == 4 for link in tree.root.links)
    assert not [link for link in paragraph.all("Link") if link.all("Link") != [link]], "a link within a link"


def test_notes_are_read_after_their_paragraph_and_lead_both_ways(tree: TagTree) -> None:
    kind = names(tree, "Note", "FENote")
    paragraph = tree.root.one("P", "Words with a note")
    assert paragraph.text == "Words with a note 1 and more words 2 after it."
    section = paragraph.parent
    assert section is not None
    at = section.kids.index(paragraph)
    notes = section.kids[at + 1 : at + 3]
    assert [(note.kind, note.text) for note in notes] == [
        (kind, "1. The first note, stressed ."),
        (kind, "2. The second note."),
    ]
    calls = paragraph.all("Reference")
    assert [note.entry["/ID"] for note in notes] == ["note-1", "note-2"]
    for number, (call, note) in enumerate(zip(calls, notes, strict=True), 1):
        assert tree.tag_of(note.entry["/Ref"][0]) is call and tree.tag_of(call.entry["/Ref"][0]) is note
        assert note.kids[0].kind == "Lbl"
        [there], [back] = call.links, note.kids[0].links
        assert there.annotation["/Contents"] == f"Note {number}"
        assert back.annotation["/Contents"] == f"Back to the call of note {number}"
        for link, target in ((there, note), (back, call)):
            destination = link.annotation.get("/Dest") or link.annotation["/A"]["/D"]
            assert destination[0].get_object() == tree.reader.pages[link.page - 1]
            left, bottom, right, top = target.links[0].annotation["/Rect"]
            assert left - 1 <= destination[2] <= right and bottom <= destination[3] <= top + 1
            if "/A" in link.annotation:
                assert tree.tag_of(link.annotation["/A"].raw_get("/SD")[0]) is target


def test_pictures(tree: TagTree) -> None:
    page = tree.reader.pages[0].mediabox
    figures = tree.root.all("Figure")
    assert [tag.entry["/Alt"] for tag in figures] == ["A green field.", "A wrapped drawing."]
    for figure in figures:
        left, bottom, right, top = figure.attribute("BBox")
        assert 0 <= left < right <= page.width and 0 <= bottom < top <= page.height
        assert (right - left, top - bottom) == pytest.approx((30, 15), abs=0.01)  # 40 by 20 CSS pixels, in points
        assert (left, bottom, right, top) == pytest.approx(figure.words[0].bounds, abs=0.1), "where it is drawn"
    assert tree.root.one("Span", "•").entry["/Alt"] == "star"
    images = [each for each in tree.reader.pages[0]["/Resources"]["/XObject"].values() if each["/Subtype"] == "/Image"]
    assert images and not any(each["/Interpolate"].value for each in images)


def test_lists(tree: TagTree) -> None:
    bullets, within, drawn, terms, items = tree.root.all("L")
    assert bullets.shape == (
        "L",
        [
            ("LI", [("Lbl", ["…"]), ("LBody", [("P", ["…"]), within.shape])]),
            ("LI", [("Lbl", ["…"]), ("LBody", ["…"])]),
        ],
    )
    assert bullets.attribute("ListNumbering") == "/Disc"
    assert [(tag.kind, tag.text) for tag in drawn.all("Lbl", "LBody")] == [("Lbl", "1"), ("LBody", "Drawn")]
    assert [tag.text for tag in terms.all("LI")] == ["Term Meaning Second meaning", "Other Sense"]
    assert [tag.text for tag in terms.all("Lbl")] == ["Term", "Other"]
    assert items.attribute("ListNumbering") == "/Decimal"
    assert len(items.kids) == 30 and len(items.pages) > 1


def test_the_order_of_reading_is_that_of_the_source(tree: TagTree) -> None:
    wanted = [
        "Before the aside.",
        "In the margin.",
        "After the aside.",
        "Floating.",
        "Beside the float.",
        "Pale words.",
    ]
    paragraphs = [tag.text for tag in tree.root.all("P")]
    assert paragraphs[paragraphs.index(wanted[0]) :][: len(wanted)] == wanted
    order = ["A crafted page", "Contents", "One", "Two", "Three"]
    assert [tag.text for tag in tree.root.all("H1", "H2", "H3")] == order


def test_one_element_for_what_runs_over_pages(tree: TagTree) -> None:
    long = tree.root.one("P", "A line of words that fills")
    assert len(long.pages) > 1
    assert long.text.count("A line of words") == 60
    table = tree.root.all("Table")[1]
    assert len(table.pages) > 1
    assert [kid.kind for kid in table.kids] == ["Caption", "THead", "TBody"]
    assert len(table.all("TR")) == 81
    pages = sorted(table.pages)
    assert "Square" not in tree.artifacts[pages[0]]
    assert all("Square" in tree.artifacts[page] for page in pages[1:]), "the head is printed on each page"


OF_CELLS = {
    "Q1": {"First half"},
    "Q2": {"First half"},
    "11": {"North", "First half", "Q1"},
    "12": {"North", "First half", "Q2"},
    "21": {"North", "First half", "Q1"},
    "22": {"North", "South", "First half", "Q2"},
    "late": {"North", "Note"},
    "31": {"South", "First half", "Q1"},
    "none": {"South", "Note"},
    "half": {"West", "First half", "Q1", "Q2"},
    "end": {"West", "Note"},
    "": {"North", "Note"},
}
"""For each cell of the table of trips what HTML says its headings are."""


def test_every_cell_knows_its_headings(tree: TagTree) -> None:
    table = tree.root.all("Table")[0]
    assert [tag.text for tag in table.all("Caption")] == ["Trips by quarter"]
    by_id = {tag.entry["/ID"]: tag for tag in table.all("TH")}
    said = {tag.text: {by_id[id].text for id in tag.attribute("Headers") or ()} for tag in table.all("TD", "TH")}
    assert {cell: said[cell] for cell in OF_CELLS} == OF_CELLS
    scopes = {tag.text: tag.attribute("Scope") for tag in table.all("TH")}
    assert [scopes[text] for text in ("Line", "First half", "Q1", "North", "South")] == [
        "/Column",
        "/Column",
        "/Column",
        "/Row",
        "/Row",
    ]
    spans = {tag.text: (tag.attribute("RowSpan"), tag.attribute("ColSpan")) for tag in table.all("TD", "TH")}
    assert (spans["Line"], spans["First half"], spans["22"], spans["half"], spans["11"]) == (
        (2, None),
        (None, 2),
        (2, None),
        (None, 2),
        (None, None),
    )


def headings_of(*rows: str) -> dict[str, set[str]]:
    """The headings of each cell of a table of one group. Cells are parted by spaces: ``R:x`` is a row's heading, ``C:x`` a
    column's, ``x`` a cell."""
    scopes = {"R": "row", "C": "column"}
    names: dict[TableCell, str] = {}
    group = []
    for row in rows:
        cells = []
        for written in row.split():
            kind, _, name = written.rpartition(":")
            cells.append(TableCell(is_heading=bool(kind), scope=scopes.get(kind, "")))
            names[cells[-1]] = name
        group.append(cells)
    found = find_headings(place_cells([group]))
    return {names[cell]: {names[heading] for heading in headings} for cell, headings in found.items()}


def test_headings_of_rows_are_not_those_of_headings_of_columns() -> None:
    """A heading of columns beside one of its row, as in a table that has its title or a unit in the first column."""
    found = headings_of("C:Line C:Year C:2024", "R:Trips C:Quarter C:Q1", "R:North 11 12")
    assert found["Quarter"] == {"Year"} and found["Q1"] == {"2024"}
    assert found["11"] == {"North", "Year", "Quarter"} and found["12"] == {"North", "2024", "Q1"}
    assert found["Trips"] == {"Line"} and found["North"] == {"Line"}


def test_headings_of_columns_are_not_those_of_cells_above_them() -> None:
    found = headings_of("C:A C:B", "1 2", "C:D C:E", "3 4")
    assert found["1"] == {"A"} and found["3"] == {"A", "D"} and found["E"] == {"B"}


def test_ids_are_known_to_the_root(tree: TagTree) -> None:
    known = tree.catalog["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert known[::2] == sorted(known[::2])
    assert {id: tree.tag_of(ref).entry["/ID"] for id, ref in zip(known[::2], known[1::2], strict=True)} == {
        id: id for id in known[::2]
    }
    assert {tag.entry["/ID"] for tag in tree.root.below() if "/ID" in tag.entry} == set(known[::2])


@pytest.mark.sample(1)
@pytest.mark.parametrize("markup", ["<img src='{}'>", "<svg width='9' height='9' xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_picture_without_words_is_refused(tmp_path: Path, markup: str) -> None:
    template = f"<html lang=en><title>x</title><p>{markup.replace('{}', picture())}"
    with pytest.raises(AssertionError, match=r"error\[(missing-alt|picture-without-alt)\]: "):
        print_crafted(tmp_path, "pdf-1.7", template=template)


def test_no_heading_skips_a_level_and_the_first_is_the_highest(tmp_path: Path) -> None:
    template = "<html lang=en><title>x</title><h2>A</h2><h5>B</h5><h3>C</h3><h4>D</h4><h2>E</h2><h6>F</h6>"
    tree = TagTree(print_crafted(tmp_path, "pdf-1.7", template=template + STYLED))
    headings = [(tag.kind, tag.text) for tag in tree.root.all(*HEADINGS)]
    assert headings == [("H1", "A"), ("H2", "B"), ("H3", "C"), ("H4", "D"), ("H2", "E"), ("H3", "F")]


def test_links_without_words_and_hidden_ones(tmp_path: Path) -> None:
    body = "<p>One <a href='https://a.example'><img src='{}' alt=''></a> two.</p><p aria-hidden=true>Three "
    body += "<a href='https://b.example'>four</a>.</p>"
    template = "<html lang=en><title>x</title>" + body.replace("{}", picture())
    tree = TagTree(print_crafted(tmp_path, "pdf-1.7", template=template + STYLED))
    assert [link.annotation["/Contents"] for link in tree.root.links] == ["https://a.example"] * 2
    assert len(tree.reader.pages[0]["/Annots"]) == 2
    assert tree.root.text == "One two."


@pytest.mark.sample(1)
@pytest.mark.parametrize("lacking", ["call", "marker"])
def test_a_note_without_its_call_or_its_marker_is_still_read(tmp_path: Path, lacking: str) -> None:
    template = f"<html lang=en><title>x</title><style>.note::footnote-{lacking} {{ content: none }}</style>"
    template += "<p>Words<span class=note>The note.</span> and more.</p>"
    tree = TagTree(print_crafted(tmp_path, "pdf-1.7", template=template + STYLED))
    assert [(tag.kind, tag.text.removeprefix("1. ")) for tag in tree.root.all("P", "Note")][1:] == [
        ("Note", "The note.")
    ]
    assert tree.root.links == []
