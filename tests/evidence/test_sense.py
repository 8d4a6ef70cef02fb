"""What a quotation leaves out or adds that turns its sense is told; what does not turn it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from c6brief.evidence.lexicon import FOLDER, Lexicon, any_of, lexicon
from c6brief.evidence.matching import SourceText
from c6brief.evidence.sense import OwnWords, sense_changes

OMISSION, ADDITION, QUESTION = "omission-negates", "addition-negates", "question-cut"

CASES = [
    ("en", "We no longer support the plan.", "support the plan", OMISSION),
    ("en", "We failed to support the plan.", "support the plan", OMISSION),
    ("en", "We do not yet support the plan.", "support the plan", OMISSION),
    ("en", "They are far from happy with it.", "happy with it", OMISSION),
    ("en", "We do not support deadlines that cannot be met.", "deadlines that cannot be met", ""),
    ("en", "We do not support deadlines that cannot be met.", "We do not support deadlines … met", OMISSION),
    ("en", "We support, as we always have done, the plan.", "We support … the plan", ""),
    ("en", "We support it. It is not easy. We go on.", "We support it. … We go on.", ""),
    ("en", "We support it. It is not easy. We go on.", "We support it … We go on.", ""),
    ("en", "We are not only glad but also proud.", "We are … glad but also proud.", ""),
    ("en", "We will go if they pay.", "We will go", OMISSION),
    ("en", "We will go unless they pay.", "We will go", OMISSION),
    ("en", "We will go, if they pay.", "We will go", ""),
    ("en", "Nobody believes that we will go.", "we will go", OMISSION),
    ("en", "We do not believe that we will go.", "that we will go", ""),
    ("en", "He believes that we will go.", "we will go", ""),
    ("en", "He is no fool. He believes that we will go.", "we will go", ""),
    ("en", "They not only say that we will go.", "we will go", ""),
    ("en", "Unless they pay, we will go.", "we will go", OMISSION),
    ("en", "Not long ago, we will go.", "we will go", ""),
    ("ru", "Мы пойдём, если они заплатят.", "Мы пойдём", OMISSION),
    ("ru", "Он не считает, что мы пойдём.", "мы пойдём", OMISSION),
    ("de", "Wir gehen, wenn sie zahlen.", "Wir gehen", OMISSION),
    ("de", "Wir gehen, wie es sich gehört.", "Wir gehen", ""),
    ("en", "Do we support it?", "we support it", QUESTION),
    ("en", "Do we support it? We do.", "we support it", QUESTION),
    ("en", "“Do we support it?” he asked. We do.", "we support it", QUESTION),
    ("en", "We do. Do they?", "We do", ""),
    ("en", "He said that we go now.", "we go [almost] now", ADDITION),
    ("en", "He said that we go now.", "we [the non-members] go now", ""),
    ("en", "He said that we go now.", "we go [without them] now", ADDITION),
    ("en", "The nearly complete plan is here.", "complete plan is here", OMISSION),
    ("en", "The plan may help us all.", "The plan … help us all", OMISSION),
    ("en", "In May the plan did help us all.", "In … the plan did help us all", ""),
    ("ru", "Мы не поддерживаем этот план.", "поддерживаем этот план", OMISSION),
    ("ru", "Мы не поддерживаем этот план.", "Мы … поддерживаем этот план", OMISSION),
    ("ru", "Мы больше не поддерживаем этот план.", "поддерживаем этот план", OMISSION),
    ("ru", "Мы не только за, но и поддерживаем план.", "Мы … за, но и поддерживаем план", ""),
    ("ru", "Поддерживаем ли мы план?", "мы план", QUESTION),
    ("ru", "Мы за план.", "Мы [не] за план", ADDITION),
    ("de", "Wir unterstützen den Plan nicht.", "Wir unterstützen den Plan", OMISSION),
    ("de", "Wir unterstützen keinen Plan.", "Wir unterstützen … Plan", OMISSION),
    ("de", "Wir unterstützen nicht nur den Plan.", "Wir unterstützen … den Plan", ""),
    ("tr", "Biz bu planı desteklemiyoruz, dedi.", "Biz bu planı … dedi", OMISSION),
    ("tr", "Bu iyi bir plan değil.", "Bu iyi bir plan", OMISSION),
    ("az", "Bu yaxşı plan deyil.", "Bu yaxşı plan", OMISSION),
    ("kk", "Бұл жақсы жоспар емес.", "Бұл жақсы жоспар", OMISSION),
    ("kk", "Біз жоспарды қолдамаймыз, деді.", "Біз жоспарды … деді", OMISSION),
    ("ky", "Бул жакшы план эмес.", "Бул жакшы план", OMISSION),
    ("uz", "Bu yaxshi reja emas.", "Bu yaxshi reja", OMISSION),
    ("tk", "Bu gowy plan däl.", "Bu gowy plan", OMISSION),
    ("tg", "Ин нақшаи хуб нест.", "Ин нақшаи хуб", OMISSION),
    ("fr", "Nous ne soutenons pas le plan.", "Nous … soutenons … le plan", OMISSION),
    ("es", "No apoyamos el plan.", "apoyamos el plan", OMISSION),
    ("zh", "我们不支持这个计划。", "支持这个计划", OMISSION),
    ("zh", "我们不支持这个计划。", "我们 … 支持这个计划", OMISSION),
    ("en", "We will join only if they pay.", "We will join … if they pay", OMISSION),
    ("en", "Only the states agreed to it.", "the states agreed to it", OMISSION),
    ("en", "They came at least in part.", "They came … in part", OMISSION),
    ("en", "At least 40 people died there.", "40 people died there", OMISSION),
    ("en", "Up to 40 people died there.", "40 people died there", OMISSION),
    ("en", "More than forty people died there.", "forty people died there", OMISSION),
    ("en", "It is up to the states to decide it.", "the states to decide it", ""),
    ("en", "Some of the states agree on it.", "the states agree on it", OMISSION),
    ("en", "Not all states agree on it.", "states agree on it", OMISSION),
    ("en", "We shall not rest before the road is open.", "We shall not rest", OMISSION),
    ("en", "He spoke to us before lunch.", "He spoke to us", ""),
    ("en", "The road is open only to trucks.", "The road is open", OMISSION),
    ("en", "It is the only road to the sea.", "road to the sea", ""),
    ("en", "We are certain the road will open.", "the road will open", ""),
    ("en", "Not only the north but the south came.", "the south came", ""),
    ("en", "We met here before. The road is open.", "The road is open", ""),
    ("en", "We have merely agreed to talk.", "We have … agreed to talk", OMISSION),
    ("en", "We merely agreed on it, with a smile, to talk.", "We … to talk", ""),
    ("en", "The partly open road is here.", "open road is here", OMISSION),
    ("en", "He asked whether the road is open.", "the road is open", OMISSION),
    ("de", "Wir kommen nur, wenn sie zahlen.", "Wir kommen … wenn sie zahlen", OMISSION),
    ("de", "Mindestens 40 Menschen starben dort.", "40 Menschen starben dort", OMISSION),
    ("de", "Einige Staaten stimmen zu.", "Staaten stimmen zu", OMISSION),
    ("ru", "Мы придём только если они заплатят.", "Мы придём … если они заплатят", OMISSION),
    ("ru", "По меньшей мере 40 человек погибли.", "40 человек погибли", OMISSION),
    ("ru", "Некоторые из стран согласны с этим.", "стран согласны с этим", OMISSION),
    ("ru", "Более важный шаг сделан нами.", "важный шаг сделан нами", ""),
    ("fr", "Nous viendrons seulement demain avec eux.", "Nous viendrons … demain avec eux", OMISSION),
    ("fr", "Au moins 40 personnes sont mortes.", "40 personnes sont mortes", OMISSION),
    ("es", "Al menos 40 personas murieron allí.", "40 personas murieron allí", OMISSION),
    ("tr", "Sadece bazı ülkeler kabul etti.", "bazı ülkeler kabul etti", OMISSION),
    ("uz", "Faqat davlatlar rozi bo'ldi.", "davlatlar rozi bo'ldi", OMISSION),
    ("kk", "Тек мемлекеттер келісті.", "мемлекеттер келісті", OMISSION),
    ("en", "Asked whether the bloc would expand, Berg said: “Why not?”", "whether the bloc would expand", ""),
    ("en", "Asked whether the bloc would expand, Berg said: “Why not?”", "Berg said", ""),
    ("en", "The road is open, but who will pay for it?", "The road is open", ""),
    ("en", "The road is open; who will pay for it?", "The road is open", ""),
    ("en", "Who asked whether the road is open?", "asked whether the road is open", ""),
    ("en", "Will the states join, and who will pay?", "the states join", QUESTION),
    ("en", "“Will the states join, yes or no?” she asked.", "the states join", QUESTION),
    ("en", "“Will the states join: yes or no?” she asked.", "the states join", QUESTION),
    ("en", "Why should the states join the bloc?", "the states join the bloc", QUESTION),
    ("en", "The states join the bloc, don't they?", "The states join the bloc", QUESTION),
    ("en", "The states join the bloc?", "The states join the bloc", QUESTION),
    ("de", "Die Straße ist offen, aber wer zahlt dafür?", "Die Straße ist offen", ""),
    ("de", "Wird die Straße bald offen sein?", "die Straße bald offen sein", QUESTION),
    ("ru", "Дорога открыта, но кто заплатит?", "Дорога открыта", ""),
    ("ru", "Будет ли дорога открыта весной?", "дорога открыта весной", QUESTION),
    ("ru", "Кто спросил, открыта ли дорога весной?", "открыта ли дорога весной", ""),
    ("fr", "La route est ouverte, mais qui va payer ?", "La route est ouverte", ""),
    ("fr", "La route est-elle ouverte aux camions ?", "ouverte aux camions", QUESTION),
    ("fr", "Le seul chemin ouvert est ici.", "chemin ouvert est ici", ""),
]


@pytest.mark.parametrize(("language", "text", "words", "rule"), CASES)
def test_what_turns_the_sense(language: str, text: str, words: str, rule: str) -> None:
    source = SourceText(text)
    (match,) = source.find(words)
    changes = list(sense_changes(source, words, match, lexicon([language])))
    assert {change.rule for change in changes} == ({rule} if rule else set())
    assert all(change.passage.strip("'") in text.replace("“", "").replace("”", "") for change in changes)


@pytest.mark.parametrize(("text", "words", "before", "after", "told"), [
    ("We do not support the plan.", "support the plan", "Berg does not ", "", False),
    ("We do not support the plan.", "support the plan", "Berg will ", "", True),
    ("At least 40 people died.", "40 people died", "At least ", "", False),
    ("At least 40 people died.", "40 people died", "The report says: ", "", True),
    ("Will the states join the bloc?", "the states join the bloc", "The paper asks whether ", "", False),
    ("Will the states join the bloc?", "the states join the bloc", "The paper says ", "", True),
    ("We will go if they pay.", "We will go", "", "”, if they are paid.", False),
    ("We will go if they pay.", "We will go", "", "”, they say.", True),
    ("Some of the states agree.", "the states agree", "Some experts say ", "", True),
    ("We do not support the plan.", "We … support the plan", "We do not ", "", True),
])  # fmt: skip
def test_what_our_own_sentence_says_again_is_not_lost(
    text: str, words: str, before: str, after: str, told: bool
) -> None:
    source, english = SourceText(text), lexicon(["en"])
    (match,) = source.find(words)
    own = OwnWords(f"{before}“", after, english)
    assert bool(list(sense_changes(source, words, match, english, own))) is told


@pytest.mark.parametrize("path", sorted(FOLDER.glob("??.yaml")), ids=lambda path: path.stem)
def test_lists_of_words_can_be_read_and_searched_for(path: Path) -> None:
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert set(written) <= set(Lexicon.__dataclass_fields__)
    words = lexicon([path.stem])
    for key, entries in written.items():
        assert entries and all(isinstance(entry, str) and entry.strip() for entry in entries)
        for entry in entries:
            if "*" not in entry:
                assert any_of(getattr(words, key)).search(f" {entry.lstrip('=')} "), entry


def test_the_languages_that_we_print_have_lists() -> None:
    held = {path.stem for path in FOLDER.glob("??.yaml")}
    assert held.issuperset(("en", "ru", "kk", "ky", "tg", "tk", "uz", "az", "tr", "de", "fr", "es"))
