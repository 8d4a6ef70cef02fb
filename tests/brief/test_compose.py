"""From specification to ``Brief``: citations, notes, marks, placing, numbering."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from c6brief.brief.compose import compose_brief
from c6brief.brief.model import Callout, ClaimBox, FigureBlock, Prose, PullQuote, TableBlock
from c6brief.brief.prose import bare_citations, read_prose
from c6brief.brief.settings import Settings
from c6brief.brief.spec import read_spec
from c6brief.brief.wording import Wording
from c6brief.documents.boundary import add_root
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from tests.support.composing import composed
from tests.support.project import BRIEF, Folder


def text_of(html: str) -> str:
    """The words of markup, every space an ordinary one."""
    return re.sub(r"<[^>]+>", "", html).replace("\u00a0", " ")


def prose(folder: Folder, text: str) -> str:
    """``text`` as the only prose of a brief, as HTML."""
    body = "".join(f"      {line}\n" for line in text.split("\n"))
    folder.write("briefs/lifts.yaml", "title: T\ndate: 2026-03-02\nsections:\n  - title: S\n    text: |\n" + body)
    return "".join(block.html for block in composed(folder).sections[0].blocks if isinstance(block, (Prose, Callout)))


def test_the_first_note_on_a_source_is_full_and_the_next_short(folder: Folder) -> None:
    html = prose(folder, "One. [@works-begin]\n\nTwo. [@works-begin]")
    first, second = re.findall(r'role="doc-footnote">(.*?)</span><span class="mark ', html)
    assert (
        text_of(first)
        == "○ One voice (City Transit). City Transit, “Getting on board”, 6 May 2024 (hereafter “Transit”), para. 2."
    )
    assert text_of(second) == "○ One voice. Transit, para. 2."


ROWS = """\
The board published what it calls a plan for all of its stations, and this is all that is in it.
| Station | Lift |
| Market | 2026 |
| Harbour | 2027 |
| Castle | 2028 |

Nobody signed it.
"""


@pytest.mark.parametrize(
    ("accounts", "where"),
    [
        (["Harbour | 2027"], "para. 1, line 4."),
        (["Harbour | 2027", "Castle | 2028"], "para. 1, lines 4, 5."),
        (["Castle | 2028", "Market | 2026 […] Castle", "Harbour"], "para. 1, lines 3–5."),
        (["Nobody signed it"], "para. 2."),
        (["Nobody signed it", "Market | 2026"], "para. 1, line 3 and para. 2."),
    ],
)
def test_a_note_names_lines_where_a_paragraph_is_made_of_them(folder: Folder, accounts: list[str], where: str) -> None:
    folder.write("seeds/texts/transit.txt", ROWS)
    listed = "".join(f'    - {{source: transit-2024, exact: "{exact}"}}\n' for exact in accounts)
    folder.write("seeds/claims.yaml", f"- id: board\n  statement: The board has a plan.\n  accounts:\n{listed}")
    folder.write("seeds/events.yaml", "[]\n")
    folder.write("seeds/quotes.yaml", "[]\n")
    text = text_of(prose(folder, "There is a plan. [@board]")).replace("\u2060", "")
    assert f"(hereafter “Transit”), {where}" in text


def test_a_claim_prints_all_its_accounts(folder: Folder) -> None:
    text = text_of(prose(folder, "Said. [@step-free]"))
    assert "● Two voices." in text
    assert "(hereafter “Transit”), para. 3; Riders’ Union, “Waiting for the lift”, 2024, para. 2." in text


def test_a_conflict_of_dates_prints_both_dates_and_its_mark(folder: Folder) -> None:
    html = prose(folder, "Opened. [@first-lift]")
    assert "≠ Accounts differ." in text_of(html)
    assert "para. 2: 2019" in text_of(html) and "para. 1: 2021" in text_of(html)
    assert '<span class="mark mark--accounts-differ" role="img" aria-label="accounts differ"' in html


def test_who_disputes_is_named(folder: Folder) -> None:
    text = text_of(prose(folder, "Planned. [@plan-2030]"))
    assert "≠ Accounts differ." in text and "disputed by Riders" in text


def test_an_account_that_only_qualifies_is_no_second_voice(folder: Folder) -> None:
    folder.change("seeds/claims.yaml", 'riders-2024, exact: "N', 'riders-2024, stance: qualifies, exact: "N')
    text = text_of(prose(folder, "Said. [@step-free]"))
    assert "○ One voice (City Transit)." in text and "qualified by Riders" in text


def test_two_sources_of_one_voice_are_one_witness(folder: Folder) -> None:
    folder.change("seeds/sources.yaml", "voice: riders-union", "voice: city")
    assert "○ One voice (City Transit)." in text_of(prose(folder, "Said. [@step-free]"))


def test_a_cluster_is_as_strong_as_its_weakest_statement(folder: Folder) -> None:
    assert "○ One voice" in text_of(prose(folder, "Both. [@step-free; @works-begin]"))


def test_a_derived_date_is_marked(folder: Folder) -> None:
    folder.change("seeds/events.yaml", "date: 2018, exact", "date: 2018~, basis: derived, exact")
    html = prose(folder, "Began. [@works-begin]")
    assert "~ Derived date." in text_of(html) and "para. 2: about 2018, derived" in text_of(html)


def test_pandoc_locators_and_prefixes(folder: Folder) -> None:
    text = text_of(prose(folder, "Said [see @transit-2024, p. 7; @{riders-2024}]."))
    assert text.startswith("Said.see City Transit")
    assert "(hereafter “Transit”), p. 7; " in text


@pytest.mark.parametrize(
    "written", ["Said [@works-begin].", "Said. [@works-begin]", "Said.[@works-begin]", "Said\n[@works-begin]."]
)
def test_a_note_follows_the_punctuation(folder: Folder, written: str) -> None:
    assert prose(folder, written).startswith('<p>Said.<span class="note')


def test_raw_html_is_text_and_links_are_safe(folder: Folder) -> None:
    html = prose(folder, "<b>x</b> <script>y</script> [z](javascript:1) [w](https://example.org)")
    assert "<b>" not in html and "<script>" not in html and 'href="javascript' not in html
    assert '<a href="https://example.org">w</a>' in html


def test_quotation_marks_are_set_and_headings_step_down(folder: Folder) -> None:
    html = prose(folder, '# A "word"\n\nIt\'s [here] and a@b.org.\n\n## Below')
    assert "<h3>A “word”</h3>" in html and "It’s [here] and a@b.org." in html and "<h4>Below</h4>" in html


def test_acronyms_are_marked_and_nothing_else(folder: Folder) -> None:
    html = prose(
        folder, "The CIS, IMFs, and *OTS* of the EU, C6, S2 and USD2; COVID-19, McDONALD, «СНГ» & A&BCD, `CIS`"
    )
    marked = re.findall(r'<span class="capitals">(.*?)</span>', html)
    assert marked == ["CIS", "IMF", "OTS", "COVID", "СНГ"]
    assert "IMF</span>s, and" in html and "«<span" in html and "&amp; A&amp;BCD" in html


def test_a_citation_without_brackets_is_told(folder: Folder) -> None:
    folder.write(
        "briefs/lifts.yaml",
        "title: T\ndate: 2026-03-02\nsections: [{title: S, text: 'as [@step-free] @step-free says'}]\n",
    )
    add_root(folder.root)
    problems = Problems()
    spec = read_spec(Path("briefs/lifts.yaml"), problems)
    evidence = load_evidence(Project(folder.root), problems)
    compose_brief(spec, Path("x.yaml"), evidence, {}, {}, Settings(), problems)
    (found,) = problems
    assert (found.rule, found.severity, found.place.span.column) == ("bare-citation", "warning", 46)


@pytest.mark.parametrize("text", ["See [@step-free\n\n# Why\n\nor not].\n", "[a @step-free b.\n"])
def test_brackets_that_make_no_citation_do_not_hide_an_id(text: str) -> None:
    found = bare_citations([token for piece in read_prose(text) for token in piece.tokens])
    assert found == [("step-free", 0)]


def test_directives_place_and_what_is_listed_comes_last(folder: Folder) -> None:
    folder.change(
        "briefs/lifts.yaml",
        "Some stations",
        '::: table access\n      :::\n\n      ::: callout A "word"\n      Mind the gap. [@works-begin]\n      :::\n\n      Some stations',
    )
    brief = composed(folder)
    kinds = [[block.kind for block in section.blocks] for section in brief.sections]
    assert kinds == [["prose", "quote", "figure"], ["table", "callout", "prose", "claim"]]
    callout = brief.sections[1].blocks[1]
    assert isinstance(callout, Callout) and callout.title == "A “word”" and "Mind the gap." in callout.html


def test_numbers_labels_and_sources(folder: Folder) -> None:
    brief = composed(folder)
    figure = next(block for block in brief.sections[0].blocks if isinstance(block, FigureBlock))
    table = next(block for block in brief.sections[1].blocks if isinstance(block, TableBlock))
    assert (figure.number, table.number) == (1, 1)
    assert [(source.label, source.id, source.grade) for source in brief.sources] == [
        ("S1", "transit-2024", "B2"),
        ("S2", "riders-2024", "C3"),
    ]
    assert figure.source_line.startswith("Sources: S1 Transit, S2 Riders")
    assert table.rows == (("Street to train", "94"), ("Street to platform", "1,061"))
    assert table.stamp == ""
    assert table.source_line == "Source: S1 Transit."
    assert "one-voice" in [mark.name for mark in brief.marks], "the key explains every mark"
    quote = next(block for block in brief.sections[0].blocks if isinstance(block, PullQuote))
    assert (quote.speaker, quote.role, quote.source) == ("Ada Line", "Director, City Transit", "Transit, para. 2")
    claim = next(block for block in brief.sections[1].blocks if isinstance(block, ClaimBox))
    assert [account.stance for account in claim.accounts] == ["says so", "disputes it"]
    assert claim.mark.name == "accounts-differ"


def test_a_weak_source_stamps_its_table(folder: Folder) -> None:
    folder.change("seeds/sources.yaml", "grade: B2", "grade: E5")
    table = composed(folder).sections[1].blocks[1]
    assert isinstance(table, TableBlock) and table.stamp == "Claims of one source, graded E5"


def test_tables_from_maps_and_from_csv_are_the_same(folder: Folder) -> None:
    rows = composed(folder).sections[1].blocks[1].rows
    folder.change(
        "seeds/tables/access.yaml",
        "rows: [[Street to train, 94], [Street to platform, 1061]]",
        "rows:\n  - {stations: 94, access: Street to train}\n  - {access: Street to platform, stations: 1061}",
    )
    assert composed(folder).sections[1].blocks[1].rows == rows
    folder.write("seeds/tables/access.csv", "stations,access\n94,Street to train\n1061,Street to platform\n")
    text = (folder.root / "seeds/tables/access.yaml").read_text()
    folder.write("seeds/tables/access.yaml", text.split("rows:")[0] + "data: access.csv\n")
    assert composed(folder).sections[1].blocks[1].rows == rows


def test_a_missing_cell_prints_as_missing(folder: Folder) -> None:
    folder.change("seeds/tables/access.yaml", "94]", "null]")
    assert composed(folder).sections[1].blocks[1].rows[0] == ("Street to train", "–")


def test_a_kind_may_live_in_a_folder_in_any_order(folder: Folder) -> None:
    before = composed(folder)
    text = (folder.root / "seeds/events.yaml").read_text()
    first, second = text.split("- id: works-begin")
    folder.write("seeds/events/z.yaml", first)
    folder.write("seeds/events/a.yaml", "- id: works-begin" + second)
    (folder.root / "seeds/events.yaml").unlink()
    assert composed(folder) == before


@pytest.mark.parametrize(
    "issued",
    [
        "2024-05-06",
        "{year: 2024, month: 5, day: 6}",
        "{date-parts: [[2024, 5, 6]]}",
        "[{year: 2024, month: 5, day: 6}]",
        '{date-parts: [["2024", "05", "06"]]}',
    ],
)
def test_all_shapes_of_csl_dates(folder: Folder, issued: str) -> None:
    folder.change("seeds/sources.yaml", "issued: 2024-05-06", f"issued: {issued}")
    assert "6 May 2024" in text_of(composed(folder).sources[0].reference)


def test_the_checking_sentence_counts_what_was_verified(folder: Folder) -> None:
    check = composed(folder).check
    assert (check.sources, check.voices, check.statements, check.differing) == (2, 2, 4, 2)
    assert check.quotations == 8  # seven accounts of four statements, and the pull quote
    assert check.sentence.startswith("8 passages were found word for word")


def test_brand_settings_reach_the_colophon(folder: Folder) -> None:
    folder.write(
        "_brand.yml",
        "color: {palette: {x: '#fff'}}\ndefaults:\n  c6brief: {publisher: The House, licence: CC BY 4.0, issn: 1234-5679}\n",
    )
    brief = composed(folder)
    assert (brief.publisher.name, brief.publisher.licence, brief.publisher.issn) == (
        "The House",
        "CC BY 4.0",
        "1234-5679",
    )
    assert brief.citation == "An Author (2026). Stations wait for their lifts. Transit Brief 1. The House."


def test_settings_of_the_command_line(folder: Folder) -> None:
    brief = composed(folder, "title=Another", "authors.0.name=Somebody", "options.accent=red", "number=7")
    assert (brief.title, brief.authors[0].name, brief.number, dict(brief.options)) == (
        "Another",
        "Somebody",
        "7",
        {"accent": "red"},
    )


def test_a_brief_is_immutable(folder: Folder) -> None:
    brief = composed(folder)
    with pytest.raises(AttributeError):
        brief.title = "x"
    with pytest.raises(TypeError):
        brief.words["sources"] = "x"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024", "2024"),
        ("2022~", "about 2022"),
        ("2022?", "2022?"),
        ("2024/2025", "2024–2025"),
        ("2024-05", "May 2024"),
        ("2026-02-18", "18 February 2026"),
        ("2026-02-18~", "about 18 February 2026"),
        ("2025/..", "2025 or later"),
        ("../2025", "until 2025"),
        ("198X", "198X"),
    ],
)
def test_dates_in_words(edtf: str, words: str) -> None:
    assert Wording("en").date(edtf) == words


def test_the_whole_brief_is_composed_once_for_all(folder: Folder) -> None:
    assert composed(folder) == composed(folder)
    assert BRIEF.startswith("title: Stations")
