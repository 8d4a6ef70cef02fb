"""A campaign: quotations of invented texts, forged in many ways and honestly varied in as many.

Each forgery is refused, or where its words do stand there, told by the warning of its kind; no honest variant is told of.
``make test`` tries a sample, ``make test-rest`` all of it; ``python -m tests.evidence.test_forged_quotations`` prints the table.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import c6brief

EN = """\
ESTMARK, 3 March 2026. Two officials of the road office spoke at a meeting of the river states.

“We do not support a toll that the villages cannot pay. The office spent 1 200 million crowns on bridges, and 40 per cent of \
them were built in 2024–2025,” said Mary Hale, head of the road office. “Will the towns join the plan? Nobody can force them \
to join it. The council’s well-known report covers 3/4 of the river, and its authors have never been paid.”

“The ferry is no longer the only way over the river—it is the slowest one,” said John Roe, who runs the port of Estmark. \
“Trade fell by −3.5 % in one winter, and the port needs $5 million and 12 new cranes. If the ice stays, the ships will wait; \
we have waited before.” Roe said the port would be open by May and that nobody would lose work.

“Each state should pay for what it uses,” Hale added. “A fund of ten states is being set up, and its first meeting takes place \
in a small town near the sea. The so-called ‘river tax’ has failed without help from the cities.”
"""

RU = """\
«Мы не поддерживаем плату, которую сёла не могут внести. Ведомство потратило 1,2 млрд крон на мосты, и 40 процентов из них \
построены за два года», — сказала Мария Хейл. «Никто не заставит города вступить в союз. Когда города вступят в союз?»

«Паром больше не единственный путь через реку, но самый медленный», — отметил Иван Роу. «Торговля упала на 3,5 % за зиму, \
и порту нужны новые краны для больших судов».
"""

TR = """\
“Köylerin ödeyemeyeceği bir ücreti desteklemiyoruz. Ofis köprülere 40 milyon kron harcadı ve köprülerin yüzde 30 kadarı iki \
yılda yapıldı,” dedi Ayşe Hale. “Bu plan iyi bir plan değil ama şehirler için en hızlı yoldur.”

“Feribot artık nehrin en yavaş yoludur,” dedi Kemal Roe. “Ticaret bir kışta 5 puan düştü ve limanın yeni vinçlere ihtiyacı var.”
"""

DE = """\
„Wir unterstützen keine Maut, die die Dörfer nicht zahlen können. Das Amt gab 1,2 Milliarden Kronen für Brücken aus, und 40 \
Prozent davon wurden in zwei Jahren gebaut“, sagte Maria Hale. „Wann treten die Städte dem Plan bei?“

„Die Fähre ist der langsamste Weg über den Fluss“, sagte Hans Roe. „Der Handel fiel in einem Winter um 3,5 %, und der Hafen \
braucht neue Kräne für große Schiffe.“
"""

TEXTS = {"en": EN, "ru": RU, "tr": TR, "de": DE}
PEOPLE = {
    "en": ("Mary Hale", "John Roe"), "ru": ("Мария Хейл", "Иван Роу"), "tr": ("Ayşe Hale", "Kemal Roe"),
    "de": ("Maria Hale", "Hans Roe"),
}  # fmt: skip
SPEECH = re.compile("[“„«](?!river)(.+?)[”“»](?! has)", re.DOTALL)
NEUTRAL = re.compile(r"[\w’-]*", re.UNICODE)
TURNING = set([
    "not", "no", "never", "nobody", "cannot", "if", "without", "so-called", "only", "nothing", "failed", "не",
    "никто", "больше", "если", "только", "нет", "değil", "ama", "desteklemiyoruz", "ödeyemeyeceği", "keine", "nicht",
    "wann", "когда",
])  # fmt: skip
"""Words of these texts that an honest ellipsis does not leave out."""


UNITS = frozenset([
    "per", "cent", "million", "crowns", "процентов", "крон", "Prozent", "milyon", "kron", "yüzde", "puan",
    "Milliarden", "Kronen", "млрд",
])  # fmt: skip
"""Words of these texts that belong to a number."""


@dataclass(frozen=True)
class Said:
    """A sentence of the texts: its words, its language, the number of who says it, and the text it stands in."""

    words: str
    language: str
    who: int
    paragraph: int


@dataclass(frozen=True)
class Draft:
    """A quotation to be tried: its kind, its words, who is said to say them, in which language."""

    kind: str
    words: str
    language: str
    who: int


def sentences() -> list[Said]:
    """All speech of the texts, a sentence each."""
    found = []
    for language, text in TEXTS.items():
        for number, paragraph in enumerate(text.split("\n\n")):
            for speech in SPEECH.finditer(paragraph):
                who = 0 if re.search(r"Hale|Хейл", paragraph) else 1
                for sentence in re.split(r"(?<=[.?])\s", speech[1]):
                    found.append(Said(sentence.rstrip(","), language, who, number))
    return found


Change = Callable[[random.Random, Said, list[Said]], str | None]

FORGERIES: dict[str, Change] = {}
HONEST: dict[str, Change] = {}


def forgery(change: Change) -> Change:
    FORGERIES[change.__name__.replace("_", " ")] = change
    return change


def honest(change: Change) -> Change:
    HONEST[change.__name__.replace("_", " ")] = change
    return change


def _inner(chance: random.Random, words: list[str]) -> int:
    return chance.randrange(1, len(words) - 1)


@forgery
def a_word_dropped(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    at = _inner(chance, words)
    return " ".join(words[:at] + words[at + 1 :])


@forgery
def a_negation_dropped(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    found = [at for at, word in enumerate(words) if word.lower() in TURNING and 0 < at < len(words) - 1]
    at = chance.choice(found) if found else 0
    return " ".join(words[:at] + words[at + 1 :]) if found else None


@forgery
def a_negation_left_out_by_an_ellipsis(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    negators = {"not", "no", "never", "cannot", "without", "не", "keine", "nicht", "desteklemiyoruz"}
    found = [at for at, word in enumerate(words) if word.strip(".,").lower() in negators and 0 < at < len(words) - 1]
    at = chance.choice(found) if found else 0
    mark = chance.choice(["…", "...", "[…]", "[...]", "(…)", ". . ."])
    return " ".join([*words[:at], mark, *words[at + 1 :]]) if found else None


@forgery
def a_negation_put_in(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    word = {"en": "not", "ru": "не", "tr": "değil", "de": "nicht"}[said.language]
    at = _inner(chance, words)
    return " ".join([*words[:at], chance.choice([word, f"[{word}]"]), *words[at:]])


@forgery
def a_number_changed(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    digits = [match.start() for match in re.finditer(r"\d", said.words)]
    at = chance.choice(digits) if digits else 0
    return said.words[:at] + str((int(said.words[at]) + 1) % 10) + said.words[at + 1 :] if digits else None


@forgery
def a_number_cut(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    number = re.search(
        r"[$−]?\d[\d .,/–]*(?:%| per cent|million\w*(?: crowns)?|процент\w+|млрд|Prozent|Milliarden|puan)?", said.words
    )
    places = (
        [at for at in range(number.start() + 1, number.end()) if said.words[at - 1 : at + 1].strip()] if number else []
    )
    cut = said.words[: chance.choice(places)] if places else ""
    return cut if len(cut.split()) > 2 and cut.rstrip()[-1:].isdigit() and not cut.endswith(("2024", "3/4")) else None


@forgery
def a_sign_or_unit_changed(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    for old, new in (
        ("−3.5", "3.5"),
        ("per cent", "percentage points"),
        ("$5", "€5"),
        ("million", "billion"),
        ("млрд", "млн"),
        ("3,5 %", "3,5"),
        ("1,2", "1.2"),
    ):
        if old in said.words:
            return said.words.replace(old, new)
    return None


@forgery
def two_words_exchanged(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    at = chance.randrange(len(words) - 1)
    changed = [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
    return " ".join(changed) if changed != words else None


@forgery
def half_a_word(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha() and at > 2]
    at = chance.choice(long) if long else 0
    half = words[at][: len(words[at]) - 2] if long else ""
    return " ".join([*words[:at], chance.choice([half, f"{half}[ed]", f"{half} …"])]) if long else None


@forgery
def a_word_replaced_in_brackets(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    at = _inner(chance, words)
    return " ".join([*words[:at], "[others]", *words[at + 1 :]])


@forgery
def a_beginning_replaced_in_brackets(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    return " ".join(["[They]", *words[chance.randrange(1, 3) :]])


@forgery
def an_end_replaced_in_brackets(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    return " ".join([*words[: -chance.randrange(1, 3)], "[all others]"]) if words[-2][-1:].isalpha() else None


@forgery
def pieces_of_two_paragraphs(chance: random.Random, said: Said, others: list[Said]) -> str | None:
    far = [each for each in others if each.language == said.language and each.paragraph != said.paragraph]
    return f"{said.words} … {chance.choice(far).words}" if far else None


@forgery
def pieces_in_another_order(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.rstrip(".?").split()
    half = len(words) // 2
    return " ".join([*words[half:], "…", *words[:half]])


@forgery
def a_question_made_a_statement(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    if said.words.endswith("?"):
        return said.words[:-1] + chance.choice([".", "", ","])
    return said.words.rstrip(".") + "?"


@forgery
def a_letter_of_another_alphabet(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    changed = said.words.translate(str.maketrans("aeoас", "аеоac"))
    return changed if changed != said.words else None


@forgery
def other_capitals(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    return said.words[:1].lower() + said.words[1:]


@forgery
def an_accent_dropped(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    changed = "".join(char for char in unicodedata.normalize("NFD", said.words) if not unicodedata.combining(char))
    return changed if changed != unicodedata.normalize("NFC", said.words) else None


@forgery
def a_beginning_behind_a_negation(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    negators = {"not", "no", "never", "nobody", "longer", "if", "without", "не", "никто", "keine", "cannot"}
    found = [at for at, word in enumerate(words[:-2], 1) if word.lower() in negators]
    return " ".join(words[chance.choice(found) :]) if found else None


@forgery
def a_paraphrase_as_speech(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = ["the", "port", "would", "be", "open", "by", "May", "and", "that", "nobody", "would", "lose", "work"]
    start, length = chance.randrange(5), chance.randrange(4, 8)
    return " ".join(words[start : start + length]) if said.language == "en" else None


@forgery
def speech_with_what_stands_beside_it(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    at = TEXTS[said.language].find(said.words)
    beside = TEXTS[said.language][at + len(said.words) :].split("\n\n")[0].split()
    longer = f"{said.words}{TEXTS[said.language][at + len(said.words)]} {' '.join(beside[1:4])}"
    return longer if beside and beside[0] in (",”", "”,", "”", "»,", "“,", "“") and len(beside) > 3 else None


@forgery
def words_of_somebody_else(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    return said.words


@forgery
def more_added_than_quoted(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()[:4]
    return (
        " ".join([words[0], "[who spoke for all the states of the river that day]", *words[1:]])
        if words[-1].isalpha()
        else None
    )


@honest
def whole(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    return said.words


@honest
def marks_around_it(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    marks = chance.choice(["“”", "„“", "«»", '""', "‘’", "''", "»«", "””"])
    return f"{marks[0]}{said.words}{marks[1]}"


@honest
def neutral_words_left_out(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    plain = [at for at in range(2, len(words) - 2) if words[at].isalpha() and words[at].lower() not in TURNING]
    plain = [
        at
        for at in plain
        if not re.search(r"\d|%", " ".join(words[at - 1 : at + 2])) and words[at - 1][-1:] not in "—−"
    ]
    mark = chance.choice(["…", "...", "[…]", "[...]", "(…)", "(...)", ". . .", "[. . .]"])
    at = chance.choice(plain) if plain else 0
    if not plain or UNITS & set(words[at - 1 : at + 2]):
        return None
    return " ".join([*words[:at], mark, *words[at + 1 :]])


@honest
def a_letter_in_brackets(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    return f"[{said.words[0].lower()}]{said.words[1:]}" if len(said.words.split()[0]) > 1 else None


@honest
def notes_of_the_editor(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    plain = [at for at in range(1, len(words)) if words[at - 1].isalpha() and words[at].isalpha()]
    plain = [at for at in plain if not UNITS & {words[at - 1], words[at]}]
    note = chance.choice(["[sic]", "[emphasis added]", "[sic!]", "[our translation]"])
    at = chance.choice(plain) if plain else 0
    return chance.choice([" ".join([*words[:at], note, *words[at:]]), f"{said.words} {note}"]) if plain else None


@honest
def an_addition_that_explains(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    words = said.words.split()
    plain = [at for at in range(1, len(words)) if words[at - 1].isalpha() and words[at].isalpha()]
    plain = [at for at in plain if not UNITS & {words[at - 1], words[at]}]
    at = chance.choice(plain) if plain else 0
    return " ".join([*words[:at], "[of Estmark]", *words[at:]]) if plain and len(words) > 3 else None


@honest
def other_white_space(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    return said.words.replace(" ", chance.choice(["  ", "\u00a0", "\n", " \u200b"]), 3)


@honest
def other_shapes(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    shapes = chance.choice(
        [("—", " – "), ("—", " -- "), ("—", " — "), ("’", "'"), ("-", "\u2011"), ("–", "-"), ("−", "-"), ("‘", "“")]
    )
    changed = said.words.replace(*shapes)
    return changed if changed != said.words else None


@honest
def soft_hyphens_and_ligatures(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    changed = re.sub(r"(\w{4})(\w{4})", "\\1\u00ad\\2", said.words, count=2).replace("fi", "ﬁ")
    return changed if changed != said.words else None


@honest
def letters_and_marks_apart(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    changed = unicodedata.normalize("NFD", said.words)
    return changed if changed != said.words else None


@honest
def another_end(chance: random.Random, said: Said, _: list[Said]) -> str | None:
    return said.words.rstrip(".") + chance.choice(["", ",", "."]) if not said.words.endswith("?") else None


@honest
def two_sentences(chance: random.Random, said: Said, others: list[Said]) -> str | None:
    near = [each for each in others if (each.language, each.paragraph) == (said.language, said.paragraph)]
    at = near.index(said)
    if at + 1 >= len(near) or near[at + 1].who != said.who:
        return None
    return said.words + chance.choice([" … ", ". … ", " [...] ", " . . . . "]).replace(". …", "…") + near[at + 1].words


MAY_STAND_THERE = ("a word dropped", "two words exchanged")
"""Changes that may by chance give words of the text again."""


def drafts(changes: dict[str, Change], rounds: int) -> Iterator[Draft]:
    """Every change made to every sentence, ``rounds`` times with other chances; no draft twice."""
    everything = sentences()
    seen = set()
    for turn in range(rounds):
        for kind, change in changes.items():
            for number, said in enumerate(everything):
                chance = random.Random(f"{turn} {kind} {number}")
                words = change(chance, said, everything)
                who = 1 - said.who if kind == "words of somebody else" else said.who
                if words is None or (kind in MAY_STAND_THERE and words in TEXTS[said.language]):
                    continue
                if (kind, words) not in seen:
                    seen.add((kind, words))
                    yield Draft(kind, words, said.language, who)


def told(root: Path, tried: list[Draft]) -> list[set[str]]:
    """What ``check`` tells of each of the quotations that are ``tried``."""
    for folder in ("seeds/texts", "briefs"):
        (root / folder).mkdir(parents=True)
    references, people, quotes = [], [], []
    for language, text in TEXTS.items():
        (root / f"seeds/texts/{language}.txt").write_text(text, encoding="utf-8")
        source = {"id": f"text-{language}", "type": "article-newspaper", "title": "T", "language": language}
        references.append({**source, "custom": {"text": f"texts/{language}.txt"}})
        people += [{"id": f"{language}-{number}", "name": name} for number, name in enumerate(PEOPLE[language])]
    for number, draft in enumerate(tried):
        entry = {"id": f"q{number}", "text": draft.words, "speaker": f"{draft.language}-{draft.who}"}
        quotes.append({**entry, "source": f"text-{draft.language}"})
    (root / "seeds/sources.yaml").write_text(json.dumps({"references": references}), encoding="utf-8")
    (root / "seeds/people.yaml").write_text(json.dumps(people), encoding="utf-8")
    lines = [f"- {json.dumps(quote)}\n" for quote in quotes]
    (root / "seeds/quotes.yaml").write_text("".join(lines), encoding="utf-8")
    (root / "briefs/it.yaml").write_text(
        "title: It is so\ndate: 2026-03-04\nsections:\n  - {title: It, text: It is so.}\n"
    )
    found: list[set[str]] = [set() for _ in tried]
    for problem in c6brief.check(root / "briefs/it.yaml").problems:
        if problem.place.file.endswith("quotes.yaml"):
            found[problem.place.span.line - 1].add(problem.rule)
    return found


def uncaught_and_refused(root: Path, rounds: int) -> tuple[list[Draft], list[tuple[Draft, set[str]]], Counter[str]]:
    """Forgeries of which nothing is told, honest variants of which something is, and how many were tried of each kind."""
    forged, true = list(drafts(FORGERIES, rounds)), list(drafts(HONEST, rounds))
    results = told(root, forged + true)
    missed = [draft for draft, rules in zip(forged, results, strict=False) if not rules]
    alarms = [(draft, rules) for draft, rules in zip(true, results[len(forged) :], strict=True) if rules]
    return missed, alarms, Counter(draft.kind for draft in forged + true)


@pytest.mark.rest
@pytest.mark.parametrize("rounds", [1, pytest.param(6, marks=pytest.mark.rest)])
def test_forgeries_are_caught_and_honest_variants_pass(tmp_path: Path, rounds: int) -> None:
    missed, alarms, tried = uncaught_and_refused(tmp_path / "project", rounds)
    assert set(tried) == {*FORGERIES, *HONEST}
    assert sum(tried[kind] for kind in FORGERIES) >= 400 and sum(tried[kind] for kind in HONEST) >= 200
    assert not missed
    assert not alarms


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        missed, alarms, tried = uncaught_and_refused(Path(folder) / "project", 6)
    uncaught, refused = Counter(draft.kind for draft in missed), Counter(draft.kind for draft, _ in alarms)
    for kind in FORGERIES:
        print(f"forged  {kind:40} tried {tried[kind]:4}  caught {tried[kind] - uncaught[kind]:4}")
    for kind in HONEST:
        print(f"honest  {kind:40} tried {tried[kind]:4}  told of {refused[kind]:4}")
    for draft in missed:
        print("missed:", draft)
    for draft, rules in alarms:
        print("false alarm:", draft, sorted(rules))
