"""The room that reads files: where problems are shown, what scalars mean, how lines end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from c6brief.documents.document import Document
from c6brief.documents.files import decode
from c6brief.documents.problems import WIDEST_EXCERPT, Place, Problem, Problems, Span
from c6brief.documents.yamltext import compose, core_scalar
from tests.support.paths import REPOSITORY


@pytest.mark.parametrize("column", [1, 50, 99, 100, 101, 150, 297])
def test_the_place_is_in_the_excerpt_of_a_long_line(column: int) -> None:
    line = "x" * (column - 1) + "here" + "x" * (300 - column - 3)
    place = Place("a.yaml", Span(1, column, 1, column + 4), line)
    _, excerpt, carets = str(Problem("a-rule", "wrong", place)).split("\n")
    start = carets.index("^")
    assert excerpt[start : start + carets.count("^")] == "here"
    assert len(excerpt.partition(" | ")[2].strip("…")) <= WIDEST_EXCERPT


def document(text: str) -> Document:
    found = compose(text, Path("a.yaml"), Problems())
    assert found is not None
    return found


def test_words_are_found_where_a_text_begins_and_not_in_its_key() -> None:
    found = document("lift: lift and lift\n")
    places = [found.find_in(("lift",), "lift", nth).span for nth in range(3)]
    assert places[:2] == [Span(1, 7, 1, 11), Span(1, 16, 1, 20)]
    assert places[2] == Span(1, 7, 1, 20), "there is no third: the whole text"


def test_words_are_found_as_whole_words() -> None:
    found = document("text: '@trend-2026 and @trend'\n")
    assert found.find_in(("text",), "@trend").span == Span(1, 24, 1, 30)


def test_whole_numbers_of_up_to_eighteen_digits_are_exact() -> None:
    assert core_scalar("1" * 18) == int("1" * 18) and isinstance(core_scalar("1" * 18), int)
    assert isinstance(core_scalar("1" * 19), float)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_one_way(end: str) -> None:
    assert decode(f"one{end}two{end}".encode(), Path("a.txt"), Problems()) == "one\ntwo\n"


def yaml_error(text: str, first_line: int = 1) -> Problem:
    problems = Problems()
    assert compose(text, Path("a.yaml"), problems, first_line=first_line) is None
    (problem,) = problems
    return problem


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("a: 'b\nc: d\n", (1, 4), "the quotation mark that opens here is not closed"),
        ("a: 'b\n...\n", (1, 4), "the quotation mark that opens here is not closed"),
        ("a: [b, 'c\n]\n", (1, 8), "the quotation mark that opens here is not closed"),
        ('a: "b\nc: "d"\ne: f\n', (1, 4), "closed only on line 2"),
        ("a:\n- 'b\n- 'c'\n", (2, 3), "closed only on line 3"),
        ("a: [b\nc: d\n", (1, 4), "the '[' that opens here is not closed"),
        ("a: [b,\n", (1, 4), "the '[' that opens here is not closed"),
        ("a: {b: [c, {d: e\n]\n", (1, 12), "the '{' that opens here is not closed"),
        ("a: {", (1, 4), "the '{' that opens here is not closed"),
    ],
)
def test_what_is_not_closed_is_told_where_it_opens(text: str, at: tuple[int, int], message: str) -> None:
    problem = yaml_error(text)
    assert message in problem.message
    assert (problem.place.span.line, problem.place.span.column) == at
    assert problem.hint and problem.place.line_text


@pytest.mark.parametrize(
    ("text", "at", "hint"),
    [
        ("a: [b, c}\n", (1, 9), "the '[' in column 4"),
        ("a: 'it's'\n", (1, 8), "write ''"),
        ('a: "b"c"\n', (1, 7), 'write \\"'),
        ("a: ['b'}\n", (1, 8), "the '[' in column 4"),
        ("a: b: c\n", (1, 5), "quotes around it"),
        ("a:\n  - b\n c: d\n", (3, 2), "indentation"),
    ],
)
def test_what_is_wrong_on_its_own_line_is_told_there(text: str, at: tuple[int, int], hint: str) -> None:
    problem = yaml_error(text)
    assert (problem.place.span.line, problem.place.span.column) == at
    assert hint in problem.hint


def test_a_mistake_in_front_matter_counts_the_lines_of_the_file() -> None:
    problem = yaml_error('title: "b\nc: "d"\n', first_line=2)
    assert problem.place.span.line == 2 and "closed only on line 3" in problem.message


@pytest.mark.parametrize(
    "text", ["a: b\n%", "a: b\n%\n\n", "k: |\n b\n&", "a: &\n", "a: !\n\n\n", "a\n", "? a\n? b\n:\n\t\n"]
)
@pytest.mark.parametrize("end", ["", "\n", "\n\n", " \n"])
def test_an_error_at_the_end_of_a_file_names_a_line_that_exists(text: str, end: str) -> None:
    problems = Problems()
    compose(text + end, Path("a.yaml"), problems)
    for problem in problems:
        assert 1 <= problem.place.span.line <= len((text + end).splitlines())


def test_a_place_behind_the_last_line_is_the_end_of_that() -> None:
    place = document("a: b\nc: d\n").place_of(Span(3, 1, 3, 2))
    assert (place.span, place.line_text) == (Span(2, 4, 2, 5), "c: d")


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "src/c6brief").glob("*/words/*.yaml")), ids=lambda path: path.name
)
def test_no_list_of_words_has_a_key_twice(path: Path) -> None:
    """Of two, the second would be read, without a word."""
    keys = re.findall(r"(?m)^([\w.-]+):", path.read_text(encoding="utf-8"))
    assert len(keys) == len(set(keys))
