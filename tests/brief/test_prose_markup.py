"""What prose may hold, as Pandoc writes it: notes, tables, references, lists, raised letters; what is refused, and how."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from c6brief.brief.compose import ComposedBrief, compose_brief
from c6brief.brief.context import FigureSpec
from c6brief.brief.model import Definition, Prose, Sidebar, TableBlock
from c6brief.brief.settings import read_settings
from c6brief.brief.spec import read_spec
from c6brief.documents.problems import Problem, Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.verify import locate_all
from tests.support.project import Folder

HEAD = """\
title: T
date: 2026-03-02
key_messages: ["{message}"]
sections:
  - use: lifts
    charts: [lifts]
  - title: S
    id: second
    tables: [access]
    text: |
"""


def compose(folder: Folder, text: str, message: str = "M. [@step-free]") -> tuple[ComposedBrief | None, list[Problem]]:
    """The brief whose second section has ``text``, and the problems of composing it."""
    body = "".join(f"      {line}\n" if line else "\n" for line in text.split("\n"))
    folder.write("briefs/lifts.yaml", HEAD.replace("{message}", message.replace('"', '\\"')) + body)
    problems = Problems()
    project = Project(folder.root)
    evidence = load_evidence(project, problems)
    path = Path("briefs/lifts.yaml")
    spec = read_spec(path, problems)
    assert spec is not None, "\n".join(map(str, problems))
    figures = {"lifts": FigureSpec(("transit-2024", "riders-2024"), "full")}
    settings, passages = read_settings(project, problems), locate_all(evidence, problems)
    return compose_brief(spec, path, evidence, passages, figures, settings, problems), list(problems)


def blocks(folder: Folder, text: str) -> list[object]:
    """The blocks that ``text`` makes, which has no problem."""
    composed, problems = compose(folder, text)
    assert not problems, "\n".join(map(str, problems))
    assert composed is not None
    return [
        block
        for block in composed.brief.sections[1].blocks
        if not (isinstance(block, TableBlock) and block.id == "access")
    ]


def html(folder: Folder, text: str) -> str:
    found = blocks(folder, text)
    return "".join(str(block.html) for block in found if isinstance(block, (Prose, Sidebar, Definition)))


def words(markup: str) -> str:
    """The words of markup, every space an ordinary one."""
    return " ".join(re.sub(r"<[^>]+>", "", markup).replace("\u00a0", " ").replace("\u2060", "").split())


# Marks inside of a line


@pytest.mark.sample(5)
@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("H~2~O", "H<sub>2</sub>O"),
        ("the 1^st^ lift", "the 1<sup>st</sup> lift"),
        ("~~struck~~ out", "<s>struck</s> out"),
        ("[Lifts]{.smallcaps}", '<span class="smallcaps">Lifts</span>'),
        ("yes -- no --- so", "yes\u00a0– no\u00a0— so"),
        ("lift--stair", "lift–stair"),
        ("<https://example.org/a--b>", ">https://example.org/a--b</a>"),
        ("`a--b ~c~`", "<code>a--b ~c~</code>"),
        ("about ~ten or ~twelve", "about ~ten or ~twelve"),
        ("from $5 to $6, or US$7 and 8$ then", "from $5 to $6, or US$7 and 8$ then"),
        (r"a \$x^2\$ b", "a $x^2$ b"),
        ("one <!-- hidden --> two", "one  two"),
        ("one <!-- hidden\nmore --> two", "one  two"),
        ("`<!-- shown -->`", "<code>&lt;!-- shown --&gt;</code>"),
        ("[annex](annex.pdf) and [x](https://example.org)", 'annex and <a href="https://example.org">x</a>'),
    ],
)
def test_marks_are_set(folder: Folder, written: str, printed: str) -> None:
    assert printed in html(folder, written)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("A.\n\n<!-- a\n\nb -->\n\nB.", "A. B."),
        ("<!-- a\n\nb --> B.", "B."),
        ("A.\n<!-- a\n\nb -->\nB.", "A. B."),
        ("<!-- “Words that nobody has ever said here” -->", ""),
        ("- one\n- <!-- two -->\n- three", "one three"),
        ("<!---->A<!-->B", "AB"),
    ],
)
def test_a_comment_never_prints(folder: Folder, written: str, left: str) -> None:
    assert words(html(folder, written)) == left


def test_a_number_with_a_power_is_not_the_number_without(folder: Folder) -> None:
    composed, _ = compose(folder, "It has 10^61^ and 1,061. [@transit-2024]")
    assert composed is not None
    found = {number.text: number.verdict for number in composed.record.numbers if number.where == "section S"}
    assert found["1,061"] == "in-source-text"
    assert "1061" not in found and found["10"] == "not-found"


# Lists and headings


def test_a_list_keeps_its_first_number(folder: Folder) -> None:
    assert '<ol start="3" style="counter-reset: list-item 2">' in html(folder, "3. third\n4. fourth")
    assert html(folder, "1. one\n2. two").startswith("<ol>\n")
    assert html(folder, "1991. was the year") == "<p>1991. was the year</p>\n"


@pytest.mark.parametrize(
    ("text", "is_told"), [("1. a\n3. b", True), ("1. a\n1. b\n1. c", False), ("7. a\n8. b", False)]
)
def test_numbers_that_would_change_are_told(folder: Folder, text: str, is_told: bool) -> None:
    _, problems = compose(folder, text)
    assert [problem.rule for problem in problems] == ["list-numbers"] * is_told


def test_a_heading_has_an_outline_without_its_note(folder: Folder) -> None:
    found = html(folder, "## One {#sec:one}\n\n### Below[^1] it [@step-free]\n\nText.\n\n[^1]: Note.")
    assert '<h3 id="section-one">One</h3>' in found
    assert '<h4 data-title="Below it">Below<span class="note note--plain"' in found


# Notes


def test_notes_are_numbered_in_one_row_with_citations(folder: Folder) -> None:
    found = html(
        folder,
        "One.[^a] Two. [@step-free] Three^[In *place*.].\n\n[^a]: See *them* [@riders-2024], p. 3 [-@x](https://example.org).",
    )
    numbers = [int(number) for number in re.findall(r'id="note-(\d+)"', found)]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert "See <em>them</em> (Riders’ Union), p.\u00a03" in found
    assert 'Three.<span class="note note--plain"' in found
    assert "note-mark" not in found.split("note--plain")[1].split("</span>")[0]


def test_a_note_that_is_called_twice_prints_twice(folder: Folder) -> None:
    assert html(folder, "One.[^a]\n\nTwo.[^a]\n\n[^a]: Said.").count(">Said.</span>") == 2


@pytest.mark.parametrize(
    ("text", "rule", "at"),
    [
        ("One.[^b]\n\n[^a]: Said.", "unknown-note", "[^b]"),
        ("One.\n\n[^a]: Said.", "unused-note", "[^a]:"),
        ("One.[^a]\n\n[^a]: Said.\n\n[^a]: Again.", "note-twice", "[^a]:"),
        ("One.[^a]\n\n[^a]: Said.^[Within.]", "note-within", "[^a]:"),
        ("One.[^a]\n\n[^a]: - a list", "note-within", "[^a]:"),
    ],
)
def test_notes_that_do_not_fit_their_calls_are_told(folder: Folder, text: str, rule: str, at: str) -> None:
    _, problems = compose(folder, text)
    [problem] = [each for each in problems if each.rule == rule]
    span = problem.place.span
    assert problem.place.line_text[span.column - 1 :].startswith(at), problem


# Tables

TABLE = """\
| Access | Stations | Kind |
|:---|---:|:-:|
| Train | 94 [@transit-2024] | full |
| *Bus* | 12 | see @fig:lifts |
"""


@pytest.mark.parametrize(
    "caption", ["{table}\n: Stations [@step-free] {#tbl:own}", "Table: Stations [@step-free] {#tbl:own}\n\n{table}"]
)
def test_a_table_is_numbered_captioned_and_cites(folder: Folder, caption: str) -> None:
    found = blocks(folder, "See @tbl:own and @tbl:access.\n\n" + caption.replace("{table}", TABLE.rstrip("\n")))
    table = next(block for block in found if isinstance(block, TableBlock))
    assert (table.number, table.title, table.id, table.in_text) == (1, "Stations", "own", True)
    assert 'class="note' in table.caption and [column.numeric for column in table.columns] == [False, True, False]
    assert [column.align for column in table.columns] == ["", "", "center"]
    assert table.rows == (("Train", "94", "full"), ("Bus", "12", "see Figure\u00a01"))
    assert "Figure\u00a01</a>" in table.groups[0].rows[1].cells[2].html
    prose = next(block for block in found if isinstance(block, Prose))
    assert words(prose.html) == "See Table 1 and Table 2."


def test_captions_before_several_tables_are_each_their_own(folder: Folder) -> None:
    table = "| a | b |\n|---|---|\n| c | d |"
    found = blocks(folder, f": First\n\n{table}\n\n: Second\n\n{table}\n\n{table}")
    assert [block.title for block in found if isinstance(block, TableBlock)] == ["First", "Second", ""]
    assert [block.number for block in found if isinstance(block, TableBlock)] == [1, 2, 0]


def test_a_table_stands_between_paragraphs(folder: Folder) -> None:
    for text in ("> | a | b |\n> |---|---|\n> | c | d |", "::: sidebar X\n| a | b |\n|---|---|\n| c | d |\n:::"):
        _, problems = compose(folder, text + "\n\nSaid. [@step-free]")
        assert "table-within" in [problem.rule for problem in problems]


# References


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("See @fig:lifts.", "See Figure 1."),
        ("See [@fig:lifts].", "See Figure 1."),
        ("[see @fig:lifts, left]", "see Figure 1, left"),
        ("[@fig:lifts; @tbl:access]", "Figure 1 and Table 1"),
        ("Number [-@fig:lifts].", "Number 1."),
        ("See @sec:second and @sec:lifts.", "See Section S and Section Lifts."),
        ("## More {#sec:more}\n\nSee @sec:more.", "More See Section More."),
        ("Mail desk@fig:lifts or `@fig:lifts`.", "Mail desk@fig:lifts or @fig:lifts."),
    ],
)
def test_references_print_the_number_that_there_is(folder: Folder, written: str, printed: str) -> None:
    assert words(html(folder, written)) == printed


def test_a_reference_leads_to_what_it_names(folder: Folder) -> None:
    found = html(folder, "@fig:lifts, @tbl:access, @sec:lifts")
    assert re.findall(r'href="([^"]+)"', found) == ["#figure-lifts", "#table-access", "#section-lifts"]


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("written", "rule", "hint"),
    [
        ("@fig:nothing", "unknown-reference", ""),
        ("@fig:lift", "unknown-reference", "did you mean 'lifts'?"),
        ("@tbl:lifts", "unknown-reference", "it is a figure: write @fig:lifts"),
        ("[@fig-lifts]", "unknown-id", "write @fig:lifts"),
        ("see @fig-lifts", "unknown-reference", "write @fig:lifts"),
        ("[@figure:lifts]", "unknown-id", "write @fig:lifts"),
        ("[@fig:lifts; @step-free]", "malformed-citation", "write [@fig:lifts] [@step-free]"),
        ("## A {#one}\n\nText.", "reference-id", "write {#sec:one}"),
        ("## A {#fig:one}\n\nText.", "reference-id", "write {#sec:one}"),
        ("## A {#sec:one}\n\n## B {#sec:one}\n\nText.", "id-twice", ""),
    ],
)
def test_references_that_lead_nowhere_are_told(folder: Folder, written: str, rule: str, hint: str) -> None:
    _, problems = compose(folder, written)
    [problem] = [each for each in problems if each.severity == "error"]
    assert (problem.rule, problem.hint if hint else "") == (rule, hint)
    assert problem.place.span.line > 9


@pytest.mark.parametrize("id", ["fig:lifts", "tbl:a", "sec:b"])
def test_ids_that_begin_as_references_do_are_refused(folder: Folder, id: str) -> None:
    folder.change("seeds/claims.yaml", "- id: step-free", f"- id: {id}")
    _, problems = compose(folder, "Said.")
    assert "reserved-id" in [problem.rule for problem in problems]


# What is refused


@pytest.mark.sample(6)
@pytest.mark.parametrize(
    ("written", "rule", "hint"),
    [
        ("[@step-free @works-begin]", "malformed-citation", "write [@step-free; @works-begin]"),
        ("[@step-free, @works-begin]", "malformed-citation", "write [@step-free; @works-begin]"),
        ("[@transit-2024, para. 2; see also para. 3]", "malformed-citation", "write [@transit-2024, para. 2, para. 3]"),
        ("[@transit-2024, {pp. 3}]", "malformed-citation", "write [@transit-2024, pp. 3]"),
        ("[@transit-2024]{pp. 3}", "malformed-citation", "write [@transit-2024, pp. 3]"),
        ("[the city [@transit-2024]](https://example.org)", "citation-in-link", ""),
        ("[the city[^1] there](https://example.org)\n\n[^1]: Note.", "citation-in-link", ""),
        ("Text <!-- not closed -- > here.", "open-comment", ""),
        ("<!-- not closed\n\nText.", "open-comment", ""),
        ("See [@fig:lifts]{.x}.", "malformed-citation", "write [@fig:lifts]"),
        ("It is $E=mc^2$.", "formula", ""),
        (r"It is $\alpha$ and $x$.", "formula", ""),
        ("It is\n\n$$a + b$$", "formula", ""),
        ("::: callout Why [@step-free]\nText.\n:::", "citation-unread", ""),
        ("::: sidebar Why [@step-free]\nText.\n:::", "citation-unread", ""),
        ("::: definition\nText.\n:::", "directive", ""),
    ],
)
def test_what_would_be_lost_or_raw_is_refused(folder: Folder, written: str, rule: str, hint: str) -> None:
    _, problems = compose(folder, written)
    found = [each for each in problems if each.severity == "error"]
    assert {each.rule for each in found} == {rule}
    assert not hint or found[0].hint == hint
    assert found[0].place.span.line > 9


SAID = "“Every station will have ten lifts by 2050”"


@pytest.mark.sample(9)
@pytest.mark.parametrize(
    "text",
    [
        f"One.[^1] [@transit-2024]\n\n[^1]: It says {SAID} [@transit-2024].",
        f"One.^[It says {SAID}.]",
        f"> {SAID[1:-1]}\n\n[@transit-2024]",
        f"| a | b |\n|---|---|\n| c | {SAID} [@transit-2024] |",
        f"| {SAID} | b |\n|---|---|\n| c | d [@transit-2024] |",
        f"| a | b |\n|---|---|\n| c | d |\n\n: {SAID} [@transit-2024]",
        f"::: sidebar {SAID}\nText. [@transit-2024]\n:::",
        f"::: sidebar Title\n- A list\n    - {SAID} [@transit-2024]\n:::",
        f"::: definition {SAID}\nText. [@transit-2024]\n:::",
        f"::: definition Term\n{SAID} [@transit-2024]\n:::",
        f"#### {SAID} {{#sec:x}}\n\nText. [@transit-2024]",
        f"[see {SAID} @fig:lifts]",
        f"[@fig:lifts, {SAID}] [@transit-2024]",
        f"1. one\n    1. two\n        1. {SAID} [@transit-2024]",
        f"[{SAID}]{{.smallcaps}} [@transit-2024]",
        "“Every station will ~~not~~ have a lift by 2030” [@transit-2024]",
        "“Every station will have a lift by 2030^9^” [@transit-2024]",
        "“Every @fig:lifts will have a lift by 2030” [@transit-2024]",
        "“Every station will <!-- x -->never have a lift by 2030” [@transit-2024]",
        f"[words](https://example.org '{SAID}') [@transit-2024]",
        f"[@transit-2024, {SAID}]",
    ],
)
def test_an_invented_quotation_is_refused_wherever_it_stands(folder: Folder, text: str) -> None:
    _, problems = compose(folder, text)
    found = {problem.rule for problem in problems if problem.severity == "error"}
    assert found & {"words-not-found", "quotation-uncited"}, problems


def test_true_quotations_pass_in_the_same_places(folder: Folder) -> None:
    said = "“Every station will have a lift by 2030,”"
    text = f"One.[^1]\n\n[^1]: Ada Line said: {said} [@transit-2024].\n\n"
    text += f"| a | b |\n|---|---|\n| c | {said} [@transit-2024] |\n\n: Words\n\n"
    text += f"::: sidebar Title\n- {said} [@transit-2024]\n:::\n\n> Ninety-four stations are step-free from street to train. [@transit-2024]"
    composed, problems = compose(folder, text)
    assert [each for each in problems if each.severity == "error"] == [] and composed is not None
    assert sum(each.form == "run-in" for each in composed.printed) == 4


def test_prose_of_notes_and_sidebars_is_in_the_manifest(folder: Folder) -> None:
    from c6brief.manifest.prose import read_prose

    text = (
        "One.[^1] Two.\n\n[^1]: A note of *ours*.\n\n::: sidebar Why\nOf old.\n:::\n\n::: definition Lift\nA box.\n:::"
    )
    text += "\n\n| a | b |\n|---|---|\n| c^[Of *d*.] | |\n\n: All [@step-free]"
    composed, _ = compose(folder, text)
    assert composed is not None
    said = [each.text for each in read_prose(composed.brief) if each.block == "section-second"]
    assert said == [
        "S",
        "One. Two.",
        "A note of ours.",
        "Why",
        "Of old.",
        "Lift",
        "A box.",
        "All",
        "a | b",
        "c |",
        "Of d.",
    ]
