"""Quotations in running prose are checked like all others, whatever marks they wear."""

from __future__ import annotations

import pytest

from c6brief.evidence.quotations import is_speech, quotations_in
from c6brief.print.preflight import page_rules
from tests.support.project import Folder

TEXT = "Every station will have a lift by 2030"


def brief(text: str, message: str = "None. [@transit-2024]") -> str:
    return (
        f"title: T\ndate: 2026-03-02\nkey_messages: [{message!r}]\nsections:\n  - title: S\n    text: |\n      {text}\n"
    )


def problems(folder: Folder, text: str, **more: str) -> list[str]:
    folder.write("briefs/lifts.yaml", brief(text, **more))
    result = folder.render()
    assert result.status == (1 if ": error[" in result.err else 0), result.err
    return [rule for rule in result.rules if rule not in page_rules()]


@pytest.mark.parametrize("marks", ["“”", "‘’", "«»", "„“", "„”", '""', "''", "‹›", "»«"])
def test_marks_of_every_style(marks: str) -> None:
    assert quotations_in(f"He said: {marks[0]}it is a first word{marks[1]}, and left.") == ["it is a first word"]


def test_three_words_are_a_term_and_four_a_quotation() -> None:
    assert quotations_in("the “zero-sum game” and “don’t touch” and “a b c d”") == ["a b c d"]
    assert quotations_in("It’s the states’ own and the boys’ and girls’ day, isn’t it") == []


def test_a_quotation_inside_another_is_part_of_it() -> None:
    assert quotations_in("“he called it ‘the best of all worlds’ twice”") == [
        "he called it ‘the best of all worlds’ twice"
    ]


@pytest.mark.parametrize("text", [
    f'She said "{TEXT}". [@transit-2024]',
    f"She said “{TEXT}.” [@lift-everywhere]",
    "She said “Every station … a lift”, or “[E]very”. [@transit-2024]",
    "She said “Every *station* will [soon] have a lift”. [@riders-2024; @plan-2030]",
    "“The first lift opened in 2019” or not. [@first-lift]",
])  # fmt: skip
def test_words_of_a_cited_source_pass(folder: Folder, text: str) -> None:
    assert problems(folder, text) == []


@pytest.mark.parametrize(("text", "rule"), [
    (f'She said "{TEXT.replace("will", "will not")}". [@transit-2024]', "words-not-found"),
    (f'She said "{TEXT.replace("2030", "2031")}". [@transit-2024]', "words-not-found"),
    (f'She said "{TEXT}". [@riders-2024]', "words-not-found"),
    (f'She said "{TEXT}".', "quotation-uncited"),
    ('They said "stations are step-free and counted". [@riders-2024]', "words-not-found"),
    ("“The first lift opened in 2021” or not. [@transit-2024; @lift-everywhere]", "words-not-found"),
])  # fmt: skip
def test_words_of_nobody_stop_the_printing(folder: Folder, text: str, rule: str) -> None:
    assert problems(folder, text) == [rule]


def test_key_messages_and_actions_are_prose_too(folder: Folder) -> None:
    assert problems(folder, "x", message="“Every station will have no lift” [@transit-2024]") == ["words-not-found"]


def test_the_place_is_that_of_the_quotation(folder: Folder) -> None:
    folder.write(
        "briefs/lifts.yaml", brief("Yes. [@transit-2024]\n\n      Or “Every station may have a lift”. [@transit-2024]")
    )
    assert folder.render().err.startswith(
        "briefs/lifts.yaml:9:11: error[words-not-found]: this quotation does not stand"
    )


def test_words_that_stand_twice_are_told_apart_by_what_is_cited(folder: Folder) -> None:
    folder.change("seeds/texts/transit.txt", "Ninety-four", "The first lift opened in 2019. Ninety-four")
    folder.change(
        "seeds/events.yaml",
        "exact: The first lift opened in 2019.",
        'exact: "We began in 2018.\\" The first lift opened in 2019."',
    )
    assert problems(folder, "“The first lift opened in 2019”. [@transit-2024]") == ["words-found-twice"]
    assert problems(folder, "“The first lift opened in 2019”. [@first-lift]") == []


def test_words_that_stand_twice_in_what_is_cited_are_not_told_apart(folder: Folder) -> None:
    twice = "The first lift opened in 2019. The first lift opened in 2019."
    folder.change("seeds/texts/transit.txt", "The first lift opened in 2019.", twice)
    folder.change("seeds/events.yaml", "exact: The first lift opened in 2019.", f"exact: {twice}")
    assert problems(folder, "“The first lift opened in 2019”. [@first-lift]") == ["words-found-twice"]


def test_the_most_places_in_one_source_are_counted(folder: Folder) -> None:
    words = "One lift is not enough."
    folder.change("seeds/texts/transit.txt", "Ninety-four", " ".join([words] * 3) + " Ninety-four")
    folder.change("seeds/texts/riders.txt", "Ninety-four", " ".join([words] * 2) + " Ninety-four")
    folder.write("briefs/lifts.yaml", brief(f"“{words}” [@transit-2024; @riders-2024]"))
    assert "error[words-found-twice]: this quotation stands 3 times in the sources cited here" in folder.render().err


def test_speech_may_be_taken_with_its_marks() -> None:
    text = 'He said: "It works." Then he left.'
    start, end = text.index("It"), text.index(" Then")
    assert is_speech(text, start, end - 1) and is_speech(text, start - 1, end)
    assert not is_speech(text, start - 2, end) and not is_speech(text, start, end + 1)


def test_thousands_of_marks_take_no_time() -> None:
    assert len(quotations_in('"one two three four" ' * 20_000)) == 20_000
    assert quotations_in("“" * 50_000) == quotations_in("'" * 50_000) == []


def test_brackets_without_end_take_no_time(folder: Folder) -> None:
    assert problems(folder, "[" + "@" * 20_000 + " [" * 5_000) == []
