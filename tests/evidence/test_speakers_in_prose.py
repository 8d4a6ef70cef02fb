"""To whom a sentence of our own gives the words in marks."""

from __future__ import annotations

import pytest

from c6brief.documents.problems import Place, Problems
from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import Evidence
from c6brief.evidence.matching import SourceText
from c6brief.evidence.models import Organisation, Person, Source
from c6brief.evidence.quotation_marks import quotations_in

PEOPLE = {"berg": "Mara Berg", "abel": "Jonas Abel"}
ATTRIBUTION = Attribution(
    Evidence(
        people={id: Person(id=id, name=name) for id, name in PEOPLE.items()},
        organisations={"office": Organisation(id="office", name="Harbour Office")},
    )
)
WORDS = "“We cannot wait any longer”"


@pytest.mark.parametrize(("sentence", "speaker"), [
    ("Abel disagrees with Berg, who said, WORDS.", "berg"),
    ("Abel disagrees with Berg, who later said: WORDS.", "berg"),
    ("Abel, who differs with the office, said: WORDS.", "abel"),
    ("WORDS – Jonas Abel.", "abel"),
    ("WORDS\u00a0— Jonas Abel.", "abel"),
    ("Abel’s plea, WORDS, was heard.", "abel"),
    ("Berg rejected Abel’s claim that WORDS.", "abel"),
    ("Abel’s words are WORDS.", "abel"),
    ("Jonas Abel tweeted WORDS.", "abel"),
    ("Abel holds that WORDS, and Berg says no.", "abel"),
    ("The Harbour Office report says that WORDS.", None),
    ("Berg and Abel differ. WORDS, says the former.", None),
    ("Berg and Abel differ; the latter says WORDS.", None),
    ("The islands’ plea to Abel, WORDS, was heard.", None),
    ("WORDS – Abel disagrees.", None),
])  # fmt: skip
def test_to_whom_prose_gives_words(sentence: str, speaker: str | None) -> None:
    text = sentence.replace("WORDS", WORDS)
    who = ATTRIBUTION.speaker_in_prose(text, quotations_in(text)[0], "en")
    assert (who.id if who else None) == speaker


MARKED = {
    "en": WORDS, "de": "„Wir können nicht länger warten“", "fr": "« Nous ne pouvons plus attendre »",
    "ru": "«Мы не можем больше ждать»",
}  # fmt: skip
RUSSIAN = Attribution(
    Evidence(people={"berg": Person(id="berg", name="Мара Берг"), "abel": Person(id="abel", name="Йонас Абель")})
)


@pytest.mark.parametrize(("language", "sentence", "speaker"), [
    ("en", "WORDS (Mara Berg).", "berg"),
    ("en", "WORDS (Berg).", "berg"),
    ("en", "WORDS (Berg, 2024).", "berg"),
    ("en", "WORDS (Minister Mara Berg, in an interview) and so on.", "berg"),
    ("en", "WORDS (Abel disagrees).", None),
    ("en", "WORDS (Jane Doe).", "nobody"),
    ("en", "WORDS (Almaty Declaration).", None),
    ("en", "WORDS (2024).", None),
    ("en", "WORDS (emphasis added).", None),
    ("en", "WORDS (in Russian).", None),
    ("en", "For Berg, WORDS.", "berg"),
    ("en", "For Mara Berg, WORDS is the point.", "berg"),
    ("en", "To Berg, the road is one of WORDS.", "berg"),
    ("en", "For the minister, Mara Berg, WORDS.", "berg"),
    ("en", "For years, WORDS.", None),
    ("en", "For Berg and Abel the Harbour Office is right: WORDS.", None),
    ("en", "WORDS – Berg, minister of roads.", "berg"),
    ("en", "WORDS — Jonas Abel, Harbour Office.", "abel"),
    ("en", "WORDS – Abel disagrees.", None),
    ("en", "WORDS – Berg, the minister, disagrees.", None),
    ("en", "WORDS, Berg, the minister, added in May.", "berg"),
    ("en", "In Berg’s view, WORDS.", "berg"),
    ("en", "In the view of Berg, WORDS.", "berg"),
    ("en", "In Berg’s words, WORDS.", "berg"),
    ("en", "WORDS, in Berg’s words.", "berg"),
    ("en", "Berg’s formula is WORDS.", "berg"),
    ("en", "Berg’s line: WORDS.", "berg"),
    ("en", "As Berg put it, WORDS.", "berg"),
    ("en", "Berg thinks that WORDS.", "berg"),
    ("en", "WORDS, thinks Berg.", "berg"),
    ("en", "Berg is clear: WORDS.", "berg"),
    ("en", "Berg went further: WORDS.", "berg"),
    ("en", "Berg spoke of a need: WORDS.", "berg"),
    ("en", "Per Berg, WORDS.", "berg"),
    ("en", "Quoting Berg: WORDS.", "berg"),
    ("en", "With Berg we say WORDS.", None),
    ("en", "Berg opened with WORDS.", "berg"),
    ("en", "The 2024 text has WORDS.", None),
    ("en", "The region heard WORDS.", None),
    ("en", "Under the plan of Berg, the states found WORDS.", None),
    ("de", "WORDS (Mara Berg).", "berg"),
    ("de", "Für Berg ist das WORDS.", "berg"),
    ("de", "WORDS, so Berg.", "berg"),
    ("de", "So Berg: WORDS.", "berg"),
    ("de", "WORDS – Mara Berg.", "berg"),
    ("de", "Laut Berg WORDS.", "berg"),
    ("de", "WORDS, sagte Berg.", "berg"),
    ("de", "WORDS, heißt es im Bericht.", None),
    ("de", "Berg zufolge WORDS.", "berg"),
    ("de", "Der Text spricht von WORDS.", None),
    ("de", "Berg sprach von WORDS.", "berg"),
    ("fr", "WORDS (Mara Berg).", "berg"),
    ("fr", "Pour Berg, WORDS.", "berg"),
    ("fr", "Selon Berg, WORDS.", "berg"),
    ("fr", "WORDS, a déclaré Mara Berg.", "berg"),
    ("fr", "WORDS, selon Berg.", "berg"),
    ("fr", "WORDS — Jonas Abel.", "abel"),
    ("fr", "Le texte parle de WORDS.", None),
    ("fr", "Berg a parlé de WORDS.", "berg"),
    ("ru", "WORDS (Мара Берг).", "berg"),
    ("ru", "Для Берг WORDS.", "berg"),
    ("ru", "По словам Берг, WORDS.", "berg"),
    ("ru", "По мнению Берг, WORDS.", "berg"),
    ("ru", "WORDS — Йонас Абель.", "abel"),
    ("ru", "WORDS — сказала Мара Берг.", "berg"),
    ("ru", "WORDS, — считает Берг.", "berg"),
    ("ru", "В тексте сказано: WORDS.", None),
    ("ru", "В докладе говорится, что WORDS.", None),
    ("ru", "Берг говорит о том, что WORDS.", "berg"),
    ("ru", "WORDS (2024).", None),
    ("ru", "Для региона WORDS.", None),
])  # fmt: skip
def test_names_in_brackets_behind_dashes_and_without_verbs(language: str, sentence: str, speaker: str | None) -> None:
    """An unknown speaker has the id "nobody"."""
    text = sentence.replace("WORDS", MARKED[language])
    attribution = RUSSIAN if language == "ru" else ATTRIBUTION
    who = attribution.speaker_in_prose(text, quotations_in(text)[0], language)
    assert (who.id if who else None) == speaker


def told_of(named: str, in_source: str, language: str = "en") -> list[str]:
    """The problems of a sentence that gives words to ``named``, where the source has them said by ``in_source``."""
    words = MARKED[language].strip("“”„«» ")
    verb = {"en": "said", "de": "sagte", "fr": "a dit", "ru": "сказал"}[language]
    texts = {"news": SourceText(f"{MARKED[language]}, {verb} {in_source}.\n\nAnna Brandt was there, too.")}
    sources = {"news": Source.model_validate({"id": "news", "type": "article", "title": "News", "language": language})}
    people = {"emil": Person(id="emil", name="Emil Brandt"), "jonas": Person(id="jonas", name="Йонас Брандт")}
    attribution = Attribution(Evidence(people=people, sources=sources, texts=texts), language)
    prose = f"{MARKED[language]}, {verb} {named}."
    who = attribution.speaker_in_prose(prose, quotations_in(prose)[0], language)
    problems = Problems()
    [match] = texts["news"].find(words)
    assert who is not None, prose
    attribution.check("news", match, who, problems, Place("brief.yaml"))
    return [problem.rule for problem in problems]


@pytest.mark.parametrize(("named", "in_source", "language"), [
    *((f"{office} Brandt", "Emil Brandt", "en") for office in (
        "Councillor", "Alderman", "Chief Engineer", "Inspector", "Police Sergeant", "Father", "Pastor", "Rabbi", "Baroness",
        "Justice", "Spokeswoman", "Acting Treasurer", "Ombudsman", "Vice-Chancellor", "Senior Analyst", "Ex-Minister",
        "Ward Councillor", "Finance Minister",
    )),
    ("Councillor E. Brandt", "Councillor Emil Brandt", "en"),
    ("Councillor Emil Brandt", "Emil Brandt", "en"),
    ("Emil Brandt", "Councillor Brandt", "en"),
    ("Harbinger Brandt", "Harbinger Emil Brandt", "en"),
    ("Third Harbinger Brandt", "Third Harbinger Emil Brandt", "en"),
    ("Harbinger Brandt", "the harbinger Emil Brandt", "en"),
    ("Bürgermeisterin Brandt", "Emil Brandt", "de"),
    ("Verkehrsministerin Brandt", "Emil Brandt", "de"),
    ("Schiffsführer Brandt", "Schiffsführer Emil Brandt", "de"),
    ("Conseillère Brandt", "Emil Brandt", "fr"),
    ("Губернатор Брандт", "Йонас Брандт", "ru"),
])  # fmt: skip
def test_an_office_before_a_family_name_is_no_given_name(named: str, in_source: str, language: str) -> None:
    assert told_of(named, in_source, language) == []


@pytest.mark.parametrize(("named", "in_source"), [
    ("Anna Brandt", "Emil Brandt"),
    ("Councillor Anna Brandt", "Councillor Emil Brandt"),
    ("Anna Brandt", "Councillor Emil Brandt"),
    ("Councillor A. Brandt", "Councillor Emil Brandt"),
    ("Councillor Brand", "Councillor Emil Brandt"),
    ("Councillor Hale", "Councillor Emil Brandt"),
    ("Harbinger Brandt", "Emil Brandt"),
    ("Said Brandt", "Emil Brandt"),
    ("Anna Richter Brandt", "Emil Brandt"),
    ("Ward Councillor Anna Brandt", "Ward Councillor Emil Brandt"),
])  # fmt: skip
def test_a_given_name_before_a_family_name_is_somebody_s(named: str, in_source: str) -> None:
    assert set(told_of(named, in_source)) & {"wrong-speaker", "speaker-not-named"}
