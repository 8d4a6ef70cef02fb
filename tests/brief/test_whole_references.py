"""References come out whole: every variable that a type has, markup, names, dates, and short forms that never coincide."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from markupsafe import Markup

from c6brief.brief.references import full_note, full_reference
from c6brief.brief.short_names import distinct_names
from c6brief.brief.styled_text import to_html
from c6brief.brief.wording import Wording
from c6brief.documents.document import Document
from c6brief.documents.jsontext import compose_json
from c6brief.documents.problems import Problems
from c6brief.evidence.models import Source
from tests.support.project import Folder

EN = Wording("en")


def source(**variables: object) -> Source:
    return Source.model_validate({"id": "a", "type": "book", "title": "Quays", **variables})


def printed(**variables: object) -> tuple[str, str]:
    """The note and the entry in the list, with plain spaces and without word joiners."""
    item = source(**variables)
    both = str(to_html(full_note(item, EN, item.short))), str(full_reference(item, EN))
    note, listed = (each.replace("\u00a0", " ").replace("\u2060", "") for each in both)
    return note, listed


NAME = {"family": "Roe", "given": "Jan"}


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"title": "A study of <i>Quercus</i> and CO<sub>2</sub>"}, "<i>Quercus</i> and CO<sub>2</sub>"),
        ({"title": 'On <span class="nocase">pH</span> and x<sup>2</sup>'}, "On pH and x<sup>2</sup>"),
        ({"title": "A <b>bold</b> quay"}, "A <b>bold</b> quay"),
        ({"title": 'The <span style="font-variant:small-caps;">un</span>'}, "font-variant-caps: small-caps"),
        ({"title": "if a <b and c> d <i>"}, "if a &lt;b and c&gt; d &lt;i&gt;"),
        ({"title": '<a href="x">y</a> <script>'}, "&lt;script&gt;"),
        ({"author": [{"family": "Beek", "given": "Ada", "non-dropping-particle": "van der"}]}, "Ada van der Beek"),
        ({"author": [{"family": "Humboldt", "given": "Al", "dropping-particle": "von"}]}, "Al von Humboldt"),
        ({"author": [{"family": "Hale", "given": "John", "suffix": "Jr."}]}, "John Hale Jr."),
        ({"author": [{"literal": "Quay Bank"}, NAME]}, "Quay Bank and Jan Roe"),
        ({"author": [{"family": "王", "given": "小明"}]}, "王小明"),
        ({"author": [NAME] * 25}, "and 5 others"),
        ({"editor": [NAME], "edition": "2"}, "ed. by Jan Roe, 2nd edition"),
        ({"edition": "11"}, "11th edition"),
        ({"edition": "Revised"}, "Revised edition"),
        ({"edition": "rev. ed."}, "rev. ed."),
        ({"translator": [NAME]}, "trans. by Jan Roe"),
        ({"interviewer": [NAME]}, "interviewed by Jan Roe"),
        ({"type": "article-journal", "container-title": "Ports", "volume": 12, "issue": "3"}, "Ports, vol. 12, no. 3"),
        ({"page": "101-119"}, "pp. 101–119"),
        ({"page": "7"}, "p. 7"),
        ({"type": "chapter", "container-title": "Handbook"}, "andbook"),
        ({"type": "thesis", "genre": "PhD thesis", "author": [NAME], "publisher": "Delta University"}, "PhD thesis, Delta Univ"),
        ({"type": "report", "genre": "Working paper", "number": 45}, "orking paper no. 45"),
        ({"type": "report", "number": "A/RES/70/1"}, "A/RES/70/1"),
        ({"publisher": "Quill Press", "publisher-place": "Oslo"}, "Oslo: Quill Press"),
        ({"collection-title": "Harbours", "collection-number": 7}, "Harbours 7"),
        ({"event-title": "Ports Day", "event-place": "Bergen"}, "Ports Day, Bergen"),
        ({"archive": "Delta Archive", "archive_location": "Box 3"}, "Delta Archive, Box 3"),
        ({"original-date": {"date-parts": [[1890]]}}, "first published 1890"),
        ({"reviewed-title": "Doors", "reviewed-author": [NAME]}, "eview of Doors by Jan Roe"),
        ({"number-of-volumes": "3", "version": "2.1", "chapter-number": "4"}, "ch. 4, version 2.1, 3 vols"),
        ({"issued": {"date-parts": [["2019", "4"]]}}, "April 2019"),
        ({"issued": {"date-parts": [[2017]], "season": "3"}}, "utumn 2017"),
        ({"issued": {"date-parts": [[2017, 15]]}}, "utumn 2017"),
        ({"issued": {"date-parts": [[1850]], "circa": True}}, "c. 1850"),
        ({"issued": {"date-parts": [[-43]]}}, "43 BC"),
        ({"issued": {"date-parts": [[-1]]}}, "1 BC"),
        ({"issued": {"date-parts": [[-44, 3, 15]]}}, "15 March 44 BC"),
        ({"issued": {"date-parts": [[800]]}}, "800"),
        ({"issued": {"literal": "n.d."}}, "n.d."),
        ({"issued": {"raw": "Easter 1916"}}, "Easter 1916"),
        ({"issued": "forthcoming"}, "orthcoming"),
        ({"issued": {"date-parts": [[2019, 1], [2019, 2]]}}, "January 2019 – February 2019"),
    ],
)  # fmt: skip
def test_note_and_list_say_it(variables: dict[str, object], words: str) -> None:
    note, listed = printed(**variables)
    listed = listed.replace('<i style="font-style: normal">', "<i>")
    assert words in note
    assert words.casefold() in listed.casefold()  # a sentence of the list begins with a capital


@pytest.mark.parametrize("title", ["Who pays?", "Who pays!", "Who pays.", "Who pays"])
@pytest.mark.parametrize("issued", [{"literal": "n.d."}, {"date-parts": [[2019]]}, None])
@pytest.mark.parametrize("author", [[], [{"family": "Hale", "given": "John", "suffix": "Jr."}]])
def test_no_stop_stands_behind_another(title: str, issued: object, author: list[dict[str, str]]) -> None:
    for each in printed(title=title, issued=issued, author=author):
        plain = Markup(each).striptags()
        assert not any(double in plain for double in ("?.", "!.", "..", " ,", ",,"))


def test_addresses_are_links_and_mended() -> None:
    _, listed = printed(DOI="https://doi.org/https://doi.org/10.1000/182", URL="https://dx.doi.org/10.1000/182")
    assert listed.count("<a ") == 1 and '<a href="https://doi.org/10.1000/182">' in listed
    _, listed = printed(URL="https://example.org/p?a=1&b=2", accessed={"date-parts": [[2025, 1, 2]]})
    assert 'href="https://example.org/p?a=1&amp;b=2"' in listed and "accessed 2 January 2025" in listed


def test_short_forms_never_coincide() -> None:
    bank = [{"literal": "Quay Bank"}]
    made = [
        source(id="d", title="Annual report", author=bank, issued=2024),
        source(id="e", title="Second annual report", author=bank, issued=2024),
        source(id="f", title="Annual report", author=bank, issued=2024),
        source(id="g", title="Other", author=[NAME], issued=2020),
        source(id="h", title="Another", author=[NAME], issued=2021),
        source(id="i", title="Roe 2020"),
    ]
    names = distinct_names(made)
    every = [names.get(each.id, each.short).casefold() for each in made]
    assert len(set(every)) == len(every)
    assert distinct_names(made[:2]) == {"d": "Quay Bank, Annual report", "e": "Quay Bank, Second annual report"}
    assert distinct_names(made[3:5]) == {"g": "Roe 2020", "h": "Roe 2021"}
    assert distinct_names([made[0], made[3]]) == {}


def test_the_short_forms_of_a_brief_are_those_of_its_notes(folder: Folder) -> None:
    items = [
        {
            "id": id,
            "type": "report",
            "title": title,
            "author": [{"literal": "Quay Bank"}],
            "issued": {"date-parts": [[2024]]},
        }
        for id, title in (("d", "Annual report"), ("e", "Second annual report"))
    ]
    folder.write("seeds/sources.json", json.dumps(items))
    folder.change("briefs/lifts.yaml", "Some stations are step-free.", "It is so [@d; @e]. And again [@e, p. 2; @d].")
    assert folder.render("briefs/lifts.yaml", "--format", "html").status == 0
    page = (folder.root / "output" / "lifts.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert (
        "Quay Bank, Second annual report, p. 2, text not held; Quay Bank, Annual report, text not held.</span>" in page
    )


def test_an_item_that_a_program_wrote_is_read_from_json() -> None:
    document = compose_json('[{"id": 1, "type": "book", "title": "X", "volume": 3}]', Path("x.json"), Problems())
    assert isinstance(document, Document)
    assert Source.model_validate(document.root.to_plain()[0]).text("volume") == "3"
