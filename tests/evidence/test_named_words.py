"""Terms and titles are nobody's words: not beside a name, and not several in a row."""

from __future__ import annotations

import pytest

from c6brief.brief.marks_over_lines import lines_in_marks
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import Evidence
from c6brief.evidence.lexicon import lexicon
from c6brief.evidence.models import Person
from c6brief.evidence.named_as_speech import fault_of
from c6brief.evidence.named_words import named_words

PEOPLE = Attribution(Evidence(people={"berg": Person(id="berg", name="Mara Berg")}))


def faults(text: str) -> set[str]:
    words = lexicon(["en"])
    found = [fault_of(named, words, PEOPLE.names_somebody) for named in named_words(text)]
    return {fault.rule for fault in found if fault}


@pytest.mark.parametrize("text", [
    "Mara Berg: [We shall never leave the road]{.title}",
    "Berg: [We shall never leave the road]{.title}",
    "Minister Berg: [no more roads]{.term}",
    "Berg: [no more roads]{.term}",
    "The minister: [no more roads]{.term}",
    "She: [no more roads]{.term}",
    "[We shall never leave the road]{.title} (Mara Berg)",
    "[We shall never leave the road]{.title} (Berg)",
    "[no more roads]{.term} (Berg)",
    "[We shall never leave]{.title} – Berg",
    "Mara Berg: [the road is never to be left]{.title}",
    "Jane Doe: [we leave the road for ever]{.title}",
])  # fmt: skip
def test_they_stand_beside_nobody(text: str) -> None:
    assert faults(text) == {"named-as-speech"}


@pytest.mark.parametrize("text", [
    "It is [we will close]{.term} [the line now]{.term}",
    "It is [we will]{.term}[close it]{.term}",
    "It is “we will” [close the line]{.term}",
    "It is [close the line]{.term} “we will”",
    "It is [we will]{.term} [close]{.term} [the line]{.term}",
])  # fmt: skip
def test_several_in_a_row_are_a_sentence(text: str) -> None:
    assert faults(text) == {"term-too-long"}


@pytest.mark.parametrize("text", [
    "Jane Doe: [Roads of the South]{.title}",
    "[Roads of the South]{.title} (Mara Berg)",
    "Further reading: [Roads of the South]{.title}",
    "the [soft corridor]{.term} and the [hard corridor]{.term}",
    "the [soft corridor]{.term}, [hard corridor]{.term} and [no corridor]{.term}",
    "Result: [soft corridor]{.term}",
    "[Die Straße ist offen]{.title} (Mara Berg)",
    "We use [soft corridor]{.term} (a road without a border)",
    "the [soft corridor]{.term} (2024)",
    "Three notions – [soft corridor]{.term} – matter",
    "the [soft corridor]{.term} plan",
    "The book [Why We Leave]{.title} (Jane Doe) is long",
    "[How Nations Will Trade]{.title} (Mara Berg)",
])  # fmt: skip
def test_what_is_right(text: str) -> None:
    assert faults(text) == set()


@pytest.mark.parametrize(("lines", "found"), [
    (["He says: “We will", "sell the border", "go”."], ["We will", "sell the border", "go"]),
    (["“We will all go now", "sell the border", "and leave the country”."], ["sell the border"]),
    (["It is “a plan", "of two”."], ["a plan", "of two"]),
    (["It is “a plan", "“of two”."], []),
    (["It is “a plan", "of two.", "“Three”"], []),
    (["A 5\" pipe", "one 6\" one", "two"], []),
    (["the states'", "the others'"], []),
    (["the “first”", "the “second”"], []),
    (["It is “a", "plan”."], []),
])  # fmt: skip
def test_marks_over_lines_hold_all_that_stands_between(lines: list[str], found: list[str]) -> None:
    assert [each.text[each.span.start : each.span.end] for each in lines_in_marks(lines)] == found
