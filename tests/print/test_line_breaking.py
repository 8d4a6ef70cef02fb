"""Lines that are chosen for a whole paragraph, compared with every other way to break it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.print.line_breaking import Opportunities, break_lines, fill_lines

LETTER, SPACE = 5.0, 3.0


def set_words(text: str, forced: frozenset[int] = frozenset()) -> Opportunities:
    """``text`` in type whose letters are all 5 px wide; ``|`` in a word is where a hyphen may be set."""
    found = Opportunities()
    at = letters = words = 0
    place = 0.0
    tokens = text.split()
    for number, token in enumerate(tokens):
        parts = token.split("|")
        for index, part in enumerate(parts):
            place += LETTER * len(part)
            letters += len(part)
            at += 1
            is_last = index == len(parts) - 1
            if not is_last:
                found.add(place + LETTER, place, 0.0, True, "", "", letters, words)
            elif number < len(tokens) - 1:
                words, letters = words + 1, letters + 1
                head = tokens[number + 1].replace("|", "")
                found.add(place, place + SPACE, 0.0, False, token, head, letters, words, number in forced)
                place += SPACE
            else:
                found.add(place, 0.0, 0.0, False, token, "", letters, words)
    return found


def widths(text: Opportunities, lines: list[int]) -> list[float]:
    return [text.ends[to] - text.starts[since] for since, to in pairwise([0, *lines])]


WORDS = st.lists(
    st.sampled_from(["a", "of", "lift", "station", "step|free", "municip|ality", "works"]), min_size=1, max_size=60
)


@given(WORDS, st.floats(60, 400), st.floats(0, 30), st.sampled_from(["pretty", "balance", "justify"]))
@settings(max_examples=150, deadline=None)
def test_all_of_it_is_set_in_lines_that_fit(words: list[str], measure: float, indent: float, wrap: str) -> None:
    text = set_words(" ".join(words))
    lines = break_lines(text, 0, measure - indent, measure, wrap)
    assert lines[-1] == len(text) - 1 and lines == sorted(set(lines))
    found = widths(text, lines)
    for number, width in enumerate(found):
        since = [0, *lines][number]
        is_one_word = text.words[lines[number]] - text.words[since] <= 1 or lines[number] - since == 1
        assert width <= (measure - indent if number == 0 else measure) + 0.02 or is_one_word


def is_runt(text: Opportunities, since: int) -> bool:
    return text.words[since] == text.words[-1] or text.letters[-1] - text.letters[since] < 8


@given(WORDS, st.floats(150, 400))
@settings(max_examples=150, deadline=None)
def test_no_line_is_added_unless_that_mends_a_runt(words: list[str], measure: float) -> None:
    text = set_words(" ".join(words))
    lines, greedy = break_lines(text, 0, measure, measure), fill_lines(text, 0, measure, measure)
    ladder = any(text.hyphens[one] and text.hyphens[other] for one, other in pairwise(greedy))
    assert len(lines) <= len(greedy) or ladder or is_runt(text, greedy[-2])


@given(WORDS, st.floats(120, 400))
@settings(max_examples=100, deadline=None)
def test_two_hyphens_never_follow_one_another_where_that_can_be(words: list[str], measure: float) -> None:
    text = set_words(" ".join(words))
    lines = break_lines(text, 0, measure, measure)
    assert not any(text.hyphens[one] and text.hyphens[other] for one, other in pairwise(lines))


def rag(text: Opportunities, lines: list[int], measure: float) -> float:
    """The squares of what all lines but the last lack."""
    return sum((1 - width / measure) ** 2 for width in widths(text, lines)[:-1])


def every_way(text: Opportunities, measure: float, since: int = 0) -> list[list[int]]:
    last = len(text) - 1
    if since == last:
        return [[]]
    ways = []
    for to in range(since + 1, last + 1):
        if text.ends[to] - text.starts[since] > measure:
            break
        ways += [[to, *rest] for rest in every_way(text, measure, to)]
    return ways


@pytest.mark.parametrize("measure", [90, 100, 110, 120, 130, 140])
def test_of_every_way_none_has_a_better_rag(measure: int) -> None:
    """Of those with as many lines whose last line is long enough, and no line below 80 % of the measure."""
    text = set_words("stations wait for their lifts and whoever waits at one of them waits for long in the rain")
    chosen = break_lines(text, 0, measure, measure)
    ways = [
        way
        for way in every_way(text, measure)
        if len(way) == len(chosen)
        and widths(text, way)[-1] >= measure / 3
        and text.words[-1] - text.words[way[-2]] > 0
        and min(widths(text, way)[:-1]) >= 0.8 * measure
    ]
    if ways:
        assert rag(text, chosen, measure) <= min(rag(text, way, measure) for way in ways) + 1e-9


def test_a_single_word_gets_company() -> None:
    text = set_words("stations wait for their lifts and whoever waits at one of them waits for ever")
    measure = widths(text, [len(text) - 2])[0]  # all but the last word
    assert fill_lines(text, 0, measure, measure)[-2] == len(text) - 2
    lines = break_lines(text, 0, measure, measure)
    assert len(lines) == 2 and text.words[-1] - text.words[lines[0]] >= 2 and widths(text, lines)[0] >= 0.75 * measure


def test_a_line_ends_where_the_author_ends_it() -> None:
    text = set_words("one two three four five six seven eight nine ten", frozenset({1, 4}))
    for wrap in ("pretty", "balance", "justify"):
        assert {2, 5} <= set(break_lines(text, 0, 200, 200, wrap))


def test_balanced_lines_are_of_one_length_and_no_more_than_needed() -> None:
    text = set_words("where the texts on stations and their lifts part company for good")
    for measure in (180, 220, 260):
        lines = break_lines(text, 0, measure, measure, "balance")
        found = widths(text, lines)
        assert len(lines) == len(fill_lines(text, 0, measure, measure))
        assert max(found) - min(found) < 60, found


def test_a_word_that_fits_nowhere_has_a_line_of_its_own() -> None:
    text = set_words("a " + "x" * 100 + " b")
    assert break_lines(text, 0, 100, 100) == [1, 2, 3]


def test_lines_that_begin_with_one_word_are_avoided() -> None:
    text = set_words("the lift is late the lift is here the lift is gone the lift was never there at all you know")
    greedy, chosen = fill_lines(text, 0, 82, 82), break_lines(text, 0, 82, 82)

    def same(lines: list[int]) -> int:
        return sum(text.heads[one] == text.heads[other] for one, other in pairwise(lines[:-1]))

    assert same(chosen) <= same(greedy)
