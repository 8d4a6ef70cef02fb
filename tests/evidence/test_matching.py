"""The rule of matching: what passes, what does not, and that nothing in between does."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from c6brief.evidence.folding import fold
from c6brief.evidence.matching import Match, SourceText
from c6brief.evidence.nearest import find_nearest

TEXT = """\
Security, he said, is indivisible. “The region is no longer an object—but a collective actor,” he noted.

It is a non-aligned community; trade grew by 25% over 5 years (2020–2025), or 1.5 times. Don't join.

The final eﬃcient   office  is
in Baku. A first-rate office. We met in Baku twice: in Baku and in Almaty.
"""
SOURCE = SourceText(TEXT)

PASS = [
    "The region is no longer an object—but a collective actor,",
    "The region is no longer an object—but a collective actor.",
    "The region is no longer an object - but".replace(" - ", "-"),
    "“The region is no longer an object–but a collective actor”",
    '"The region is no longer an object"',
    "‘The region is no longer an object’.",
    "The region is […] a collective actor",
    "The region is ... a collective actor.",
    "The region is [...] an object … a collective actor",
    "The region [of Central Asia] is no longer an object",
    "[T]rade grew by 25% over 5 years",
    "[t]rade grew by 25% over 5 years",
    "The region is (...) a collective actor",
    "The region is [. . .] a collective actor",
    "The region is . . . a collective actor",
    "The region is no longer an object -- but a collective actor",
    "The region is no longer an object – but a collective actor",
    "The region [sic] is no longer [emphasis added] an object",
    "trade grew by 25% over\n5 years",
    "trade\u00a0grew by 25\u00ad% over 5 years",
    "or 1.5 times",
    "Don’t join",
    "(2020-2025)",
    "efficient office is in Baku",
    "ofﬁce is in Baku",
    "non-aligned community",
    "non\u2011aligned community",
    "a first-rate office".replace("a ", "A "),
]

FAIL = [
    "The region is longer an object",
    "The region is no longer a object",
    "the region is no longer an object",
    "The region is no longer an object and a collective actor",
    "The region [was] no longer an object",
    "a collective actor … The region is no longer",
    "is indivisible … non-aligned community",
    "aligned community",
    "non aligned community",
    "grew by 25 over",
    "grew by 2",
    "grew by 25",
    "or 1",
    "5 times",
    "n join",
    "Don",
    "2025) or",
    "tr[A]de grew by 25% over 5 years",
    "T[he] region is no longer",
    "The region is no longer an object, but",
    "It is a non-aligned community, trade grew",
    "region is no longer an object? ",
    "rade grew",
    "",
    "...",
    "[added]",
    "efficiènt office",
]


@pytest.mark.parametrize("words", PASS)
def test_passes(words: str) -> None:
    assert len(SOURCE.find(words)) == 1


@pytest.mark.parametrize("words", FAIL)
def test_does_not_pass(words: str) -> None:
    assert SOURCE.find(words) == ()


def test_superscripts_and_fractions_are_not_folded_into_other_numbers() -> None:
    assert SourceText("an area of 10² km, or 1½ times").find("an area of 102 km") == ()
    assert SourceText("an area of 102 km").find("an area of 10² km") == ()


def test_unique_or_told_by_what_stands_beside() -> None:
    assert len(SOURCE.find("in Baku")) == 3
    assert len(SOURCE.find("in Baku", prefix="We met")) == 1
    assert len(SOURCE.find("in Baku", suffix="and in Almaty")) == 1
    assert len(SOURCE.find("in Baku", prefix="they met")) == 0


def test_positions_are_those_of_the_text_as_it_stands() -> None:
    (match,) = SOURCE.find("eﬃcient office is in Baku")
    assert match == Match(3, TEXT.index("eﬃcient"), TEXT.index("Baku.") + 4)
    (match,) = SOURCE.find("The region … actor.")
    assert TEXT[match.start : match.end].startswith("The region is no longer")
    assert TEXT[match.start : match.end].endswith("collective actor")
    assert match.paragraph == 1


def test_a_match_is_the_smallest_that_holds_all_pieces() -> None:
    (match,) = SOURCE.find("in Baku … Almaty")
    assert TEXT[match.start : match.end] == "in Baku and in Almaty"


def test_the_nearest_passage_has_all_its_words() -> None:
    """The stretch that is most alike is as long as the quotation; the passage in the source is longer."""
    text = SourceText(
        "In the end the region always and everywhere takes all of its decisions by patient consensus among equals, "
        "he said."
    )
    assert str(find_nearest("the region takes its decisions by consensus among equals", text)) == (
        "nearest in paragraph 1, 2 words changed, 3 words dropped: [-and everywhere-]{+the region+} takes [-all of-] "
        "its decisions by [-patient-] consensus among equals,"
    )


def test_paragraphs_are_parted_by_blank_lines_and_count_from_one() -> None:
    numbers = [p.number for p in SourceText("\n\n \none\ntwo\n \t\nthree\n\n\n\nfour").paragraphs]
    assert numbers == [1, 2, 3]
    assert SourceText("\n\nlast word").find("last word")[0].paragraph == 1


words_of_text = re.findall(r"\w+", TEXT)


@given(st.integers(0, len(words_of_text) - 1), st.integers(3, 9), st.data())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_passage_without_one_of_its_words_never_passes(start: int, length: int, data: st.DataObject) -> None:
    once = [word for word in dict.fromkeys(words_of_text) if word.isalpha()]  # so that nothing passes by chance
    plain = SourceText(" ".join(once))
    words = once[start : start + length]
    if len(words) < 3:
        return
    assert len(plain.find(" ".join(words))) == 1
    dropped = data.draw(st.integers(1, len(words) - 2))
    assert plain.find(" ".join(words[:dropped] + words[dropped + 1 :])) == ()
    assert len(plain.find(" ".join(words[:dropped]) + " … " + " ".join(words[dropped + 1 :]))) == 1
    assert plain.find(" ".join([*words[:dropped], "not", *words[dropped:]])) == ()
    assert len(plain.find(" ".join([*words[:dropped], "[not]", *words[dropped:]]))) == 1


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_folding_is_stable_and_knows_where_everything_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert fold(folded.text).text == folded.text


@given(st.text(st.characters(codec="ascii"), max_size=80))
@example("0 -")  # a dash at an edge of the text
@example("- 0")
@example("a- -")
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_fast_way_folds_ascii_as_the_slow_way_does(text: str) -> None:
    slow, fast = fold(text + " é"), fold(text)
    if fast.text:
        assert slow.text.removesuffix("é").rstrip(" ") == fast.text
        assert slow.origin[: len(fast.origin)] == fast.origin


@given(st.text(max_size=200), st.text(max_size=60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_nothing_breaks_it(text: str, words: str) -> None:
    for match in SourceText(text).find(words):
        assert 0 <= match.start < match.end <= len(text)
