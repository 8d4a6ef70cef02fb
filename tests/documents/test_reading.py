"""The room that reads files: where problems are shown, what scalars mean, how lines end."""

from __future__ import annotations

from pathlib import Path

import pytest

from c6brief.documents.files import decode
from c6brief.documents.problems import WIDEST_EXCERPT, Place, Problem, Problems, Span
from c6brief.documents.yamltext import Document, compose, core_scalar


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
