"""Quotations in running prose are checked like all others, whatever marks they wear."""

from __future__ import annotations

import pytest

from c6brief.evidence.lexicon import lexicon
from c6brief.evidence.matching import SourceText
from c6brief.evidence.quotation_marks import quotations_in
from c6brief.evidence.speakers import SpeakerIndex
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
    return [rule for rule in result.rules if rule in VERIFYING]


VERIFYING = {"words-not-found", "words-found-twice", "quotation-uncited", "not-in-quotation-marks", "wrong-speaker",
             "speaker-unclear", "speaker-not-named"}  # fmt: skip


STYLES = {
    "English": "“”‘’", "German": "„“‚‘", "Polish": "„”«»", "French": "«»‹›", "Danish": "»«›‹", "Swedish": "””’’", "Swedish, pointed": "»»››",
    "Chinese": "“”‘’", "Japanese": "「」『』", "titles": "《》〈〉", "Urdu": "”“’‘", "Hungarian": "„”»«", "typewriter": "\"\"''",
    "primes": "″″′′", "Hebrew": "״״׳׳", "small capitals": "❝❞❛❜", "low both": "„„‚‚", "wide": "＂＂＇＇", "reversed": "‟”‛’",
    "Tibetan": "〝〞〝〟", "mixed": "“„‘’", "mixed again": "„»‚‛", "half": "｢｣｢｣", "upright": "﹁﹂﹃﹄",
}  # fmt: skip
"""Opening and closing mark, and those inside them, of the languages of CLDR; and others that people type."""

FRAMES = ["He said: {}, and left.", "{}", "{} he said.", "He said {}.", "He said ({}) then.", "A—{}—b.", "*{}*"]


def quoted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quotations_in(text)]


@pytest.mark.parametrize("marks", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("frame", FRAMES)
def test_marks_of_every_style(marks: str, frame: str) -> None:
    outer = marks[:2]
    for words in ("it is a first word", "it’s a first word.", "5 words of a kind!"):
        assert quoted(frame.format(f"{outer[0]}{words}{outer[1]}")) == [words]
    if marks[2] not in "׳〝":
        inner = f"it is {marks[2]}a first{marks[3]} word"
        assert quoted(frame.format(f"{outer[0]}{inner}{outer[1]}")) == [inner]


@pytest.mark.parametrize("marks", [
    "« | »", "«\u00a0|\u00a0»", "“ | ”", '" | "', "<<|>>", "<‹|>>", "´´|´´", "``|''", "''|''", ",,|''", "‘‘|’’", "“|\"", "\"|”", "' | '",
])  # fmt: skip
def test_marks_that_stand_apart_or_are_typed_twice(marks: str) -> None:
    opening, closing = marks.split("|")
    for frame in FRAMES[:5]:
        assert quoted(frame.format(f"{opening}it is a first word{closing}")) == ["it is a first word"]


@pytest.mark.parametrize(("text", "words"), [
    ("He said “words of one kind here and went on", "words of one kind here and went on"),
    ("It went on, words of nobody here at all.” He left", "It went on, words of nobody here at all."),
    ("'It is the states' own plan and the boys' too', he said", "It is the states' own plan and the boys' too"),
    ("He said ‘in the ’90s we had nothing at all’ to them.", "in the ’90s we had nothing at all"),
    ("They said '20 states are in the bloc' and left", "20 states are in the bloc"),
    ("They said ‘'tis the season to be merry now’ and left", "'tis the season to be merry now"),
    ("l’«une chose que personne ne dit» et", "une chose que personne ne dit"),
    ("d’‘une chose que personne ne dit’ et", "une chose que personne ne dit"),
    ("O'zbekiston: 'biz bu qarorni qo'llab-quvvatlaymiz', dedi u", "biz bu qarorni qo'llab-quvvatlaymiz"),
    ("他说“这是一个很重要的决定我们支持”。", "这是一个很重要的决定我们支持"),
    ("彼は「私たちはこの決定を支持しない」と述べた。", "私たちはこの決定を支持しない"),
    ("เขากล่าวว่า “เราจะไม่สนับสนุนเส้นตาย” แล้วจากไป", "เราจะไม่สนับสนุนเส้นตาย"),
    ("a “quote that ends in number 5″ and more", "quote that ends in number 5"),
    ("“it is a first word’, he said", "it is a first word"),
    ("In the ’90s he said ‘one two three four’ to us", "one two three four"),
])  # fmt: skip
def test_words_in_marks(text: str, words: str) -> None:
    assert quoted(text) == [words]


@pytest.mark.parametrize("text", [
    "O‘zbekiston Respublikasi va boshqa davlatlar o‘rtasida, Qur’an va san’at haqida",
    "O`zbekiston, ko`rsatkich va bog`liq bo`lgan boshqa davlatlar uchun muhim",
    "The states’ own plans and the boys’ and girls’ schools are here today",
    "In the ’90s and ’24 the region’s leaders’ plan wasn’t theirs, and '24 to '26 too",
    "He is 5′ 6″ tall and the wall 12″ thick and 4' 3\" wide, said nobody",
    "’Tis the season and 'twas ever thus, get ’em all while rock ’n’ roll lives on",
    "the workers' and the employers' and the farmers' unions all met again",
    "at 5°30′12″ N and 68°20′ E lies the town that nobody knows",
    "'s-Hertogenbosch and ’s avonds in ’t huis are Dutch for those who know",
    "Al-Shaykh al-‘Uthaymin and the ‘ulama’ of the town met here today",
    "Ukrainian п’ять and м'яч are words and об'єкт is one too",
    "if a < b and c > d, then the list is x << 3 and y >> 2 as well",
    'צה"ל ומנכ״ל ועוד מילים רבות בעברית',
    "Yes – no «yes» and »no« and ”maybe” and „so“ it goes on and on",
])  # fmt: skip
def test_apostrophes_primes_and_letters_are_no_marks(text: str) -> None:
    assert quoted(text) == []


def test_three_words_are_a_term_and_four_a_quotation() -> None:
    assert quoted("the “zero-sum game” and “don’t touch” and “a b c d”") == ["a b c d"]


def test_a_quotation_inside_another_is_part_of_it() -> None:
    assert quoted("“he called it ‘the best of all worlds’ twice”") == ["he called it ‘the best of all worlds’ twice"]


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
    told = "\nbriefs/lifts.yaml:9:11: error[words-not-found]: this quotation does not stand"
    assert told in folder.render().err


def test_the_place_is_that_of_the_words_whole(folder: Folder) -> None:
    text = (
        "Every station has its line. *Every station* is “every station\n      *with* a lift”. [@transit-2024]\n\n"
        "      They say: “We\n\n      - began in 2018\n      - sold the lift”. [@transit-2024]"
    )
    folder.write("briefs/lifts.yaml", brief(text))
    told = folder.run("check", "briefs/lifts.yaml").err
    assert "\nbriefs/lifts.yaml:7:55: error[words-not-found]" in told
    assert "\nbriefs/lifts.yaml:13:9: error[words-not-found]" in told and told.count("words-not-found") == 2


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
    speakers = SpeakerIndex(SourceText(text), (), lexicon(["en"]))
    assert speakers.speech_at(start, end - 1) and speakers.speech_at(start - 1, end)
    assert not speakers.speech_at(start - 2, end) and not speakers.speech_at(start, end + 1)


@pytest.mark.rest
def test_thousands_of_marks_take_no_time() -> None:
    assert len(quotations_in('"one two three four" ' * 20_000)) == 20_000
    for marks in ("“" * 50_000, "'" * 50_000, "'tis ‘a “b " * 20_000, "“" + "a “b c ” " * 20_000):
        assert len(quotations_in(marks)) <= 1


def test_brackets_without_end_take_no_time(folder: Folder) -> None:
    assert problems(folder, "[" + "@" * 20_000 + " [" * 5_000) == []
