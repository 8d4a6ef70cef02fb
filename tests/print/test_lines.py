"""Lines of printed paragraphs: no single word at the end, an even rag, hyphens seldom, names and quotations whole.

Right edges are measured in the PDF, where letters stand.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import pytest

from c6brief.print.fonts import use_bundled_fonts
from tests.support.house_briefs import TEMPLATES, in_template
from tests.support.printed_lines import find_lines
from tests.support.sampling import sampled
from tests.support.tagtree import TagTree

CSS = """
@page { size: 420px 900px; margin: 20px }
html { font: 12px/16px 'Source Serif 4' }
body, p, h2 { margin: 0 }
"""

TEXT = (
    "Some stations are step-free, and whoever waits at one of the others waits for a lift that is late, or for one that "
    "was never built, and reads in the paper that ninety-four of them are done and that the rest will follow in good time. "
    "The municipality has counted the representatives of all those responsible, and characteristically found no one there."
)


def set_lines(body: str, css: str = "", lang: str = "en-GB") -> list[list[str]]:
    """The lines of each paragraph and heading of a page, as they are set."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from c6brief.print.weasyprint_document import get_page_boxes
    from c6brief.print.weasyprint_layouts.layouts import Layouts

    use_bundled_fonts()
    page = HTML(string=f"<html lang={lang}><style>{CSS}{css}</style><body>{body}")
    document = Layouts(page, FontConfiguration()).lay_out()
    found: dict[object, list[str]] = {}
    for sheet in get_page_boxes(document):
        for box in sheet.children[0].descendants():
            if type(box).__name__ == "LineBox":
                text = "".join(getattr(each, "text", "") for each in box.descendants())
                found.setdefault(box.element, []).append(text)
    return list(found.values())


def widths_of_first_lines(lines: list[str], least: float) -> bool:
    longest = max(map(len, lines))
    return all(len(line) >= least * longest for line in lines[:-1])


@pytest.mark.parametrize("measure", range(230, 380, 10))
def test_no_measure_leaves_a_single_word_or_a_wild_rag(measure: int) -> None:
    [lines] = set_lines(f"<p>{TEXT}", f"p {{ width: {measure}px }}")
    assert " ".join(lines) == TEXT
    assert len(lines[-1].split()) > 1
    assert widths_of_first_lines(lines, 0.75), lines


def test_a_hyphen_is_dearer_than_a_ragged_edge_and_never_in_a_name_or_a_quotation() -> None:
    hyphens = "p { hyphens: auto; hyphenate-limit-chars: 6 3 3 }"
    words = "Characteristically Representatives “responsibilities unexceptionally” notwithstanding institutionalised "
    for measure in range(125, 220, 6):
        [lines] = set_lines(f"<p>{words * 3}", f"{hyphens} p {{ width: {measure}px }}")
        broken = [line for line in lines if line.endswith("‐")]
        assert not any(one.endswith("‐") and other.endswith("‐") for one, other in pairwise(lines)), lines
        for line in broken:
            word = line.split()[-1]
            assert word[0].islower() and not word.startswith(("responsib", "unexcep")), line
    [lines] = set_lines(f"<p>{words * 3}", f"{hyphens} p {{ width: 125px }}")
    assert any(line.endswith("‐") for line in lines), "where nothing else helps there are hyphens"


def test_no_heading_is_hyphenated_and_its_lines_are_balanced() -> None:
    heading = "Whoever waits for a lift in a station that has none waits longer than all others do"
    hyphens = "h2 { hyphens: auto; hyphenate-limit-chars: 4 2 2 }"
    smaller = 0
    for measure in range(180, 340, 20):
        [lines] = set_lines(f"<h2>{heading}</h2>", f"{hyphens} h2 {{ width: {measure}px }}")
        assert not any(line.endswith("‐") for line in lines)
        [filled] = set_lines(f"<h2>{heading}</h2>", f"h2 {{ width: {measure}px; --text-wrap: auto }}")
        assert len(lines) == len(filled) and spread(lines) <= spread(filled), (lines, filled)
        smaller += spread(lines) < spread(filled)
        [balanced] = set_lines(f"<p>{heading}", f"p {{ width: {measure}px; --text-wrap: balance }}")
        assert spread(balanced) <= 12, balanced
    assert smaller > 3


def test_german_nouns_are_hyphenated() -> None:
    words = "Die Fernwärmeversorgungsgesellschaft der Donaudampfschifffahrtsgesellschaft prüft Hausanschlussleitungen "
    css = "p { hyphens: auto; hyphenate-limit-chars: 6 3 3; width: 170px }"
    [lines] = set_lines(f"<p>{words * 2}", css, lang="de")
    assert any(line.endswith("‐") for line in lines), lines


def spread(lines: list[str]) -> int:
    """By how many letters lines differ."""
    return max(map(len, lines)) - min(map(len, lines))


def test_a_heading_that_begins_with_a_space_is_balanced() -> None:
    """As behind a number that stands elsewhere."""
    number = "<span style='position: absolute'>1</span>"
    [lines] = set_lines(f"<h2>{number} Two documents, known from one report</h2>", "h2 { width: 220px }")
    assert len(lines) == 2 and spread([line.strip() for line in lines]) < 12, lines


def test_what_stands_in_a_paragraph_is_planned_along() -> None:
    """Bold words, numbers of notes, inline blocks, words that stay together and padding."""
    body = TEXT.replace("late", "<b>late</b>").replace("paper", "<i>paper <b>of</b> today</i><sup>12</sup>")
    body = body.replace("stations", "<span style='display: inline-block; padding: 0 4px'>stations</span>")
    body = body.replace("good time", "<span style='white-space: nowrap'>good old time</span>")
    body = body.replace("ninety-four", "<code style='padding: 0 6px; border: 1px solid'>ninety-four</code>")
    for measure in range(220, 380, 16):
        paragraph, *_ = set_lines(f"<p>{body}", f"p {{ width: {measure}px }}")
        assert len(paragraph[-1].split()) > 1, paragraph
        assert not any(line.endswith(("good", "old")) for line in map(str.rstrip, paragraph))


def test_a_line_that_is_full_ends_with_the_space_of_a_box() -> None:
    """The room of a line has its last space in it where a box ends with one; else the word before goes over."""
    body = "<cite>Experts from all cities and lands have discussed lifts</cite><span>. Undated. </span><span>F3</span> "
    rest = "reliability cannot be judged at all; information possibly true. Who speaks: somebody who has no name"
    for measure in range(260, 380, 3):
        css = f"p {{ width: {measure}px }}"
        [planned] = set_lines(f"<p>{body}{rest}", css)
        [filled] = set_lines(f"<p>{body}{rest}", f"{css} p {{ --text-wrap: auto }}")
        assert len(planned) <= len(filled) or len(filled[-1].split()) == 1, (planned, filled)


def test_a_label_that_hangs_before_a_paragraph_takes_its_own_room_alone() -> None:
    label = "<span style='display: inline-block; width: 40px; text-indent: 0'>To</span>"
    for measure in range(90, 200, 6):
        css = f"p {{ width: {measure}px; padding-left: 44px; text-indent: -44px }}"
        text = "Economic analysts and speech writers of all the cities"
        planned = set_lines(f"<p>{label} {text}", css)[0]
        filled = set_lines(f"<p>{label} {text}", f"{css} p {{ --text-wrap: auto }}")[0]
        assert len(planned) <= len(filled) or len(filled[-1].split()) == 1, (planned, filled)


def test_no_line_begins_with_a_dash_or_ends_with_a_number_where_that_can_be() -> None:
    text = "The city said – and said again – that in 2030 trains will stop at 94 stations – no more – of the 212 that it has in use – and"
    for measure in range(180, 360, 12):
        [lines] = set_lines(f"<p>{text} nobody knows where the others are to be found", f"p {{ width: {measure}px }}")
        assert not any(line.startswith("–") for line in lines), lines


PLANNING = ("weasyprint_lines.py", "weasyprint_paragraphs.py", "line_breaking.py", "break_costs.py")


@pytest.mark.parametrize(
    ("tag", "text"),
    [("p", TEXT), ("h2", TEXT), ("p", f"{TEXT} <b>word</b> <i>é</i> ")],
    ids=["text", "heading", "boxes"],
)
def test_a_paragraph_of_twice_the_length_takes_about_twice_the_time(tag: str, text: str) -> None:
    """Counted are the lines of code that run in the modules that plan lines, which no other process makes slower."""
    steps = []
    for number in (60, 120):
        count = 0

        def step(frame: Any, event: str, _: object) -> Any:
            nonlocal count
            count += 1
            return step

        def enter(frame: Any, event: str, _: object) -> Any:
            return step if frame.f_code.co_filename.endswith(PLANNING) else None

        sys.settrace(enter)
        try:
            set_lines(f"<{tag}>{text * number}</{tag}>", "@page { size: 420px 20000px }")
        finally:
            sys.settrace(None)
        steps.append(count)
    assert steps[0] > 1000 and steps[1] < 2.2 * steps[0], steps


def test_a_paragraph_over_two_pages_keeps_its_lines() -> None:
    [whole] = set_lines(f"<p>{TEXT * 2}", "@page { size: 420px 2000px }")
    [parted] = set_lines(f"<p>{TEXT * 2}", "@page { size: 420px 140px }")
    assert whole == parted


def test_beside_a_float_lines_are_planned_in_the_room_that_is_left() -> None:
    float_ = "<div style='float: left; width: 120px; height: 40px'></div>"
    lines = next(each for each in set_lines(f"{float_}<p>{TEXT}") if len(each) > 3)
    assert " ".join(lines) == TEXT and len(lines[-1].split()) > 1
    assert max(map(len, lines[:2])) < 0.8 * max(map(len, lines[3:])), lines


@pytest.mark.parametrize(
    "body",
    [
        "<p>", "<p> <br> ", "<p><span></span>", "<p>one<br>two<br><br>three", "<p style='white-space: pre'>a  b\n c</p>",
        "<p style='white-space: pre-line'>one\ntwo three\n\nfour</p>", "<p dir=rtl lang=ar>نص قصير هنا ومعه كلمات أخرى كثيرة جدا في السطر</p>",
        "<p>Between " + "النص العربي هنا " * 5 + "and more words of this that fill the lines of a paragraph " * 3,
        "<p>" + "x" * 300, "<p>a&shy;b c" + "very&shy;long&shy;words " * 30, "<p style='text-align: justify'>" + TEXT,
        "<p style='text-indent: 300px'>" + TEXT, "<p style='font-size: 0'>a b c d", "<p>漢字の文章は単語の間に空白を持たない。" * 9,
        "<p style='letter-spacing: 1px; word-spacing: 3px'>" + TEXT, "<p style='overflow-wrap: anywhere'>" + "y" * 90 + " and " + "z" * 90,
    ],
)  # fmt: skip
def test_every_text_is_set_whole(body: str) -> None:
    css = "p { --text-wrap: auto }"
    letters = ["".join("".join(lines).split()).replace("\u2010", "") for lines in set_lines(body)]
    assert letters == ["".join("".join(lines).split()).replace("\u2010", "") for lines in set_lines(body, css)]


# The pages of the shipped templates ------------------------------------------------------------------------------


TEXT_KINDS = {"P", "LBody", "Note", "FENote", "Span", "Em", "Strong", "Link", "Reference", "Lbl", "Quote", "Code"}
"""What may stand in a paragraph; others stand between several."""


@pytest.mark.parametrize(("template", "paper"), sampled(product(TEMPLATES, ["a4", "letter"]), ("policy-brief", "a4")))
def test_printed_lines(tmp_path_factory: pytest.TempPathFactory, template: str, paper: str) -> None:
    """No paragraph is narrower than its rag, none ends in a single word, no two hyphens follow one another."""
    looked_at = 0
    for path in in_template(tmp_path_factory, template, paper).values():
        tree = TagTree(path)
        tags = [
            tag
            for tag in tree.root.all("P", "LBody", "Note", "FENote")
            if {each.kind for each in tag.below()} <= TEXT_KINDS
        ]
        paragraphs = [lines for tag in tags if (lines := find_lines(tag))]
        edges: dict[float, float] = {}
        for lines in paragraphs:
            left = round(min(line.left for line in lines))
            edges[left] = max([edges.get(left, 0.0), *(line.right for line in lines)])
        for lines in paragraphs:
            left = round(min(line.left for line in lines))
            said = [line.text.strip() for line in lines]
            assert not any(one.endswith("\u2010") and other.endswith("\u2010") for one, other in pairwise(said)), said
            if (
                len(lines) < 3
                or sum(map(len, said[:-1])) < 40 * (len(said) - 1)
                or re.search(r"\w:? {2}\w", " ".join(said))
            ):
                continue  # short, or a narrow column, or labels on lines of their own
            looked_at += 1
            longest = max(line.right for line in lines) - left
            assert longest > 0.8 * (edges[left] - left), (path.name, said)
            assert all(line.right - left > 0.75 * longest for line in lines[:-1]), (path.name, said)
            assert len(said[-1]) >= 8 and " " in said[-1], (path.name, said)
    assert looked_at >= (4 if template == "factsheet" else 10)


def set_cells(*cells: str, css: str = "") -> list[list[str]]:
    css = f"table {{ width: 100%; border-spacing: 0 }} td {{ padding: 0; overflow-wrap: break-word }} {css}"
    return set_lines("<table><tr>" + "".join(f"<td>{cell}" for cell in cells) + "</table>", css)


def test_words_of_cells_stay_whole_and_only_very_long_ones_are_broken() -> None:
    words = ["Kazakhstan", "Middle Corridor", "202 of 5,021", "feasibility study", "construction", "x" * 200]
    lines = [line for cell in set_cells(*words, css="@page { size: 620px 900px }") for line in cell]
    for word in " ".join(words[:-1]).split():
        assert any(word in line.split() for line in lines), lines
    assert "".join(lines[-3:]).endswith("x" * 20)
    narrow = [line for cell in set_cells(*["Kazakhstan"] * 12, css="td { --widest-word: 2 }") for line in cell]
    assert max(map(len, narrow)) < len("Kazakhstan") and "".join(narrow) == "Kazakhstan" * 12


def measure_time(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize("wrap", ["anywhere", "break-word", "normal"])
def test_a_long_text_in_a_cell_takes_time_that_grows_as_it_does(wrap: str) -> None:
    """Not a matter of speed: four times the text took sixteen times as long."""
    css = f"td {{ overflow-wrap: {wrap} }} @page {{ size: 420px 9000px }}"
    set_cells("word " * 50, css=css)  # what is done once
    short, long = (measure_time(lambda many=many: set_cells("word " * many, css=css)) for many in (300, 1800))
    assert long < 15 * short
