"""To whom a sentence of our own gives the words in marks."""

from __future__ import annotations

import pytest

from c6brief.evidence.attribution import Attribution
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Organisation, Person
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
