"""Brackets, ellipses, marks inside marks and final punctuation: what style manuals allow passes, what replaces does not."""

from __future__ import annotations

import pytest

from c6brief.evidence.matching import SourceText

TEXT = SourceText("""\
He said: “We do not support deadlines. Our states—five of them—are non-aligned, and we can't (we won't) pay 5 % more.” He left.

The law [of 1999] holds… and the report (see p. 5) is long. “Why? Because we said so!” she said; ‘no one’ asked. It is 'so'.
""")

REFUSED = [
    "We [really] support deadlines",
    "[Nobody] … support deadlines [x y z w]",
    "We do not support [any] states",
    "We do … support deadlin",
    "[W]e do not support deadlin[e]s",
    "five of the[m]",
    "[we] do not support deadlines [at all] states",
    "[W]e [d]o [n]ot s[u]pport",
    "deadlines? Our states",
    "[O]ur State—five",
    "We do not [support] deadlines",
    "We do [not] support [not] deadlines",
    "w[e] do not support",
    "[We do] not support deadlines",
    "support deadlines [and more] are non-aligned",
    "non-aligned[,] and we",
    "non[-]aligned, and we",
    "can[not] pay",
    "can [not] pay",
    "Because we said so?",
    "Because we said so.",
    "Why. Because we said so",
    "Why, because",
    "We do not support deadlines!",
    "non … aligned",
    "non…aligned, and we",
    "can … t (we won't)",
    "5 … % more",
    "5 [about] % more",
    "He said: We … five [states] them",
    "[five] of them",
    "five [of] them",
    "of 1999 holds",
    "The law of 1999 holds",
    "the report is long",
    "p. 5) is lon",
    "-aligned, and we",
    "'t (we won't)",
    "We do not support deadlines, Our states",
    "We do not support deadlines Our states",
    "He said We do not",
    "[]support dead[]lines",
    "dead[]lines",
    "dead [] lines",
    "sup[sic]port deadlines",
    "support … deadlines … support",
    "deadlines … support",
    "not … not support",
    "We do not support … states … states",
    "[t]hem … [M]em",
    "w e do not",
    "WE do not",
]

HONEST = [
    "We [all] do not support deadlines",
    "[We all agree:] We do not support deadlines",
    "We do not support deadlines [at all]",
    "We do not support deadlines [sic]",
    "We do not support [sic] deadlines",
    "[We] … support deadlines",
    "Our states … are non-aligned",
    "Our states – five of them – are non-aligned",
    "Our states - five of them - are non-aligned",
    "Our states -- five of them -- are non-aligned",
    "Our states — five of them — are non-aligned",
    "[o]ur states—five",
    "we can't (we won't) pay 5 % more",
    "we can’t (we won’t) pay",
    "we can't … pay",
    "we can't [afford it] (we won't) pay",
    "(we won't)",
    "pay 5 % more.",
    "pay 5 % more",
    "5 % more … He left",
    "“Why? Because we said so!”",
    "Why? Because we said so!",
    "Because we said so!",
    "Why? … we said so!",
    "Why?",
    "The law [of 1999] holds",
    "The law … holds",
    "The law [of 1999] holds… and the report",
    "The law [of 1999] holds ... and the report",
    "the report (see p. 5) is long",
    "the report … is long",
    "‘no one’ asked",
    '"no one" asked',
    "no one",
    "It is 'so'.",
    "It is “so”",
    "It is ‘so.’",
    "It is 'so.'",
    "deadlines. … and we",
    "[D]eadlines",
    "“[D]eadlines … non-aligned”",
    "We do not support … [and] are non-aligned",
    "states [of ours]—five of them",
    "states—five [or so] of them",
    "five of them [again]—are",
    "and [therefore] we can't",
    "we can't (we won't) pay 5 % more,",
    "We do not support deadlines ….",
    "We do not support deadlines ...",
    "... We do not support deadlines",
    "… support deadlines …",
    "[...] support deadlines [...]",
    "(...) support deadlines (...)",
    "We do not support deadlines....",
    "We do not support deadlines. . . . Our states",
    "We do not support deadlines.… Our states",
    "We do not support deadlines … . Our states",
    "We do not\n   support",
    "“We do not support deadlines,” ",
    "«We do not support deadlines»",
    "‘We do not support deadlines’.",
    "'We do not support deadlines,'",
    "We do not support deadlines [emphasis added].",
    "[emphasis added] We do not support",
    "We do not support deadlines [Emphasis added.]",
    "We do not support deadlines [emphasis mine]",
    "deadlines[sic]. Our states",
]

SOURCES_OWN = SourceText("He said [the plan] was good [sic] for all. “I [do not] agree,” she said of it.")


@pytest.mark.parametrize("words", REFUSED)
def test_is_refused(words: str) -> None:
    assert TEXT.find(words) == ()


@pytest.mark.parametrize("words", HONEST)
def test_passes(words: str) -> None:
    assert len(TEXT.find(words)) == 1


@pytest.mark.parametrize(
    "words", ["He said [the plan] was good", "[the plan] was good [sic] for all", "I [do not] agree", "[t]he plan"]
)
def test_brackets_of_the_source_are_words_like_others(words: str) -> None:
    assert len(SOURCES_OWN.find(words)) == 1


def test_what_brackets_of_the_source_hold_is_not_left_out_unmarked() -> None:
    assert SOURCES_OWN.find("He said was good") == ()


@pytest.mark.parametrize(("words", "hint"), [
    ("support deadlin[e]s", "touches half a word"),
    ("[They] support deadlines", "brackets add and never replace"),
    ("Because we said so.", "exclamation mark"),
    ("Why.", "question mark"),
    ("5 [about] % more", "a number is one word with its unit"),
    ("non-align", "'non-aligned'"),
])  # fmt: skip
def test_a_refusal_says_why(words: str, hint: str) -> None:
    assert hint in TEXT.explain(words)


def test_long_quotations_take_no_time() -> None:
    words = [f"word{number}" for number in range(20_000)]
    text = SourceText(" ".join(words))
    assert len(text.find(" … ".join(words[::6]))) == 1
    assert len(text.find(" ".join(f"{word} [so]" for word in words[:3000]).replace("[so]", "[sic]"))) == 1
    assert len(SourceText("word " * 4000).find("word " * 2000)) > 1
    assert text.find("[a] " * 3000 + "[" * 30_000) == ()


MANUALS = SourceText("""\
“We have no money this year,” he said. “The islands can wait for 1,240 days.” He repeated: “No ferry, no island,” and left.

« L'école de l'île doit rester ouverte », a dit la maire. The old “ferry,” as they call it, is safe. They wrote (applause) twice.
""")


@pytest.mark.parametrize("words", [
    "We have no money <…> can wait", "We have no money <...> The islands can wait for 1,240 days",
    "We have no money this year. … The islands can wait", "We have no money this year. […] The islands can wait",
    "[L]'école de l'île doit rester ouverte", "[l]’école de l'île", "The old ‘ferry’, as they call it", "The old «ferry», as they call it",
    "The old ‚ferry‘, as they call it, is safe", "We have no money (sic!) this year", "No ferry, no island (emphasis added)",
    "We have no money this year [Herv. i. O.]", "We have no money [Hervorhebung d. Verf.] this year",
    "L'école [c’est nous qui soulignons] de l'île", "We have no money this year [курсив мой. — М. Л.]",
    "They wrote (applause) twice", "No ferry, (sic) no island",
])  # fmt: skip
def test_what_manuals_of_several_countries_write_passes(words: str) -> None:
    assert len(MANUALS.find(words)) == 1


@pytest.mark.parametrize("words", [
    "We have money (sic!) this year", "We have no (more) money", "The islands can wait for 1. … days", "[L]'ile doit rester",
    "We have no money <not> this year", "They wrote (sic) three times", "[d]'école de l'île", "No ferry. no island",
    "We have no money (sic: none) this year",
])  # fmt: skip
def test_and_nothing_passes_with_it(words: str) -> None:
    assert MANUALS.find(words) == ()
