"""Modifier letters that look like marks of quotation, and are some or are letters."""

from __future__ import annotations

import pytest

from c6brief.evidence.quotation_marks import quotations_in

SAID = "Nobody will ever get heat from us"


@pytest.mark.parametrize("marks", ["ʻʻ|ʼʼ", "ʻ|ʼ", "ʽʽ|ʼʼ", "ˋˋ|ˊˊ", "ˋ|ˊ", "ˈˈ|ˈˈ", "ˈ|ˈ", "¨|¨", "ʼ|ʼ", "“|ʼʼ"])
@pytest.mark.parametrize("behind", [", said Holm.", " (Holm).", "", "."])
def test_they_are_marks_where_one_opens_and_one_closes(marks: str, behind: str) -> None:
    opening, closing = marks.split("|")
    text = f"In May {opening}{SAID}{closing}{behind}"
    assert [text[span.start : span.end].rstrip(".") for span in quotations_in(text)] == [SAID]


@pytest.mark.parametrize(
    "text",
    [
        "Oʻzbekiston va Toʻlqin are names of a land and of a place in it that all know",
        "The ʻokina of Hawaiʻi is a letter, and ʻaʻā is a word that begins with one",
        "The Qurʼān was read in the teachersʼ room by all who were there in the morning",
        "Rock ʼnʼ roll was played, and nobody in the hall went home before the end",
    ],
)
def test_they_are_letters_in_words(text: str) -> None:
    assert quotations_in(text) == []


def test_many_of_them_take_no_time() -> None:
    assert quotations_in("ʻa " * 20_000) == [] and quotations_in("aʼ " * 20_000) == []
