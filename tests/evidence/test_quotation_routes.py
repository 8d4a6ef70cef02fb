"""Ways by which words that nobody said once reached print: marks that were not seen, and words given to somebody else."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

import c6brief

TEXT = """\
“The road is open to all,” said Ada Line. “We began it in 2018,” she added.

“The road is closed in winter,” said Bo Marsh, of the Ministry of Roads of Estmark. He said the road would be mended soon.

“No state runs the road,” said John Hale Jr. of the union. “QATRIX builds it alone,” the Quality Agency (QA) noted.

『我们支持这个很重要的计划』 is what the sign on the road says.
"""

FORGED = "The road is closed to all"
TRUE = "The road is open to all"

MARKS = [
    "”{}”", "»{}»", "’{}’", "„{}„", "“{}„", "”{}“", "‘{}”", "″{}″", "´´{}´´", "``{}''", "<<{}>>", "<‹{}…>>", "❝{}❞", "“{}", "{}.”",
    "“ {} ”", "« {} »", "‹{}›", "‚{}‘", "「{}」", '"{}"', "'{}'", "`“{}”`", "**“{}”**", "‟{}”", "“{}’.", "＂{}＂", "⹂{}”", "『{}』",
]  # fmt: skip

BLOCKS = [
    "> {}",
    "“{}.\n\n“That is how it is now.”",
    "- “{}”",
    "*“{}”*",
    "A line.\\\n“{}”",
    "“{}” [@note-on-it]".replace(" [@note-on-it]", ""),
]


def told(root: Path, texts: list[str]) -> list[list[str]]:
    """What ``check`` tells of quotations in each of the ``texts``, every one a section of a brief."""
    for folder in ("seeds/texts", "briefs"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "seeds/texts/road.txt").write_text(TEXT, encoding="utf-8")
    source = {
        "id": "road",
        "type": "article-newspaper",
        "title": "Roads",
        "publisher": "Estmark Daily News",
        "language": "en",
        "custom": {"text": "texts/road.txt"},
    }
    (root / "seeds/sources.yaml").write_text(json.dumps({"references": [source]}), encoding="utf-8")
    (root / "seeds/people.yaml").write_text(
        "- {id: ada, name: Ada Line}\n- {id: bo, name: Bo Marsh, organisation: roads}\n- {id: senior, name: John Hale Sr.}\n"
        "- {id: linda, name: Linda Park}\n- {id: wei, name: Wei Li}\n- {id: junior, name: John Hale Jr.}\n"
    )
    (root / "seeds/organisations.yaml").write_text(
        "- {id: roads, name: Ministry of Roads of Estmark}\n- {id: estmark, name: Estmark}\n"
        "- {id: qa, name: Quality Agency, acronym: QA}\n- {id: qatrix, name: Qatrix Holding, acronym: QATRIX}\n"
    )
    lines = [f"  - {json.dumps({'title': 'It', 'text': text}, ensure_ascii=False)}\n" for text in texts]
    brief = "title: It is so\ndate: 2026-03-04\nsections:\n" + "".join(lines)
    (root / "briefs/it.yaml").write_text(brief, encoding="utf-8")
    found: dict[int, list[str]] = defaultdict(list)
    for problem in c6brief.check(root / "briefs/it.yaml").problems:
        if problem.rule in RULES and problem.place.file.endswith("it.yaml"):
            found[problem.place.span.line - 4].append(problem.rule)
    return [found[number] for number in range(len(texts))]


RULES = {
    "words-not-found", "words-found-twice", "quotation-uncited", "wrong-speaker", "speaker-unclear", "speaker-not-named",
    "not-in-quotation-marks",
}  # fmt: skip


def test_marks_of_every_shape_are_seen(tmp_path: Path) -> None:
    """Words that nobody said are refused in each of them, and the source's words pass where the marks are whole."""
    shapes = [*MARKS, *BLOCKS]
    forged = told(tmp_path / "forged", [f"{shape.format(FORGED)} [@road]" for shape in shapes])
    assert [shape for shape, rules in zip(shapes, forged, strict=True) if "words-not-found" not in rules] == []
    whole = [shape for shape in MARKS if shape != "“{}" and shape not in ("{}.”", "<‹{}…>>")]
    true = told(tmp_path / "true", [f"It has {shape.format(TRUE)} [@road]" for shape in whole])
    assert [(shape, rules) for shape, rules in zip(whole, true, strict=True) if rules] == []


def test_words_without_spaces_between_them_are_counted(tmp_path: Path) -> None:
    assert told(
        tmp_path, ["它说『我们支持这个很重要的计划』。 [@road]", "它说『我们不支持这个很重要的计划』。 [@road]"]
    ) == [[], ["words-not-found"]]


@pytest.fixture(scope="module")
def attributed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    texts = [text for text, _ in ATTRIBUTIONS]
    return dict(zip(texts, told(tmp_path_factory.mktemp("said"), [f"{text} [@road]" for text in texts]), strict=True))


ATTRIBUTIONS = [
    ("“The road is open to all”, said Ada Line.", ""),
    ("Ada Line said “the road is open to all”.", "words-not-found"),  # a small letter needs brackets
    ("Ada Line said “[t]he road is open to all”.", ""),
    ("Line calls it so: “The road is open to all”.", ""),
    ("According to Ada Line, “the road is closed in winter”.", "words-not-found"),
    ("According to Ada Line, “[t]he road is closed in winter”.", "wrong-speaker"),
    ("Bo Marsh said that “[t]he road is open to all”.", "wrong-speaker"),
    ("“The road is open to all”, said Bo Marsh.", "wrong-speaker"),
    ("“The road is open to all”, Marsh told reporters.", "wrong-speaker"),
    ("“The road is open to all”, the minister said.", ""),
    ("The road, Ada Line said, was begun early: “We began it in 2018”.", ""),
    ("Bo Marsh said that “the road would be mended soon”.", "not-in-quotation-marks"),
    ("The article says that “the road would be mended soon”.", ""),
    ("There is hope that “the road would be mended soon”.", ""),
    ("“The road is open to all”, said Tim Nobody.", "speaker-not-named"),
    ("Tim Nobody said: “The road is open to all”.", "speaker-not-named"),
    ("“The road is open to all”, Nobodyev said.", "speaker-not-named"),
    ("“The road is open to all”, said Linda Park.", "speaker-not-named"),
    ("“The road is open to all”, said Wei Li.", "speaker-not-named"),
    ("“No state runs the road”, said John Hale Jr.", ""),
    ("“No state runs the road”, said John Hale Sr.", "speaker-not-named"),
    ("“No state runs the road”, said Hale.", ""),
    ("“QATRIX builds it alone”, said the QA.", ""),
    ("“QATRIX builds it alone”, said the Quality Agency.", ""),
    ("“QATRIX builds it alone”, said QATRIX.", "wrong-speaker"),
    ("“The road is closed in winter”, said the Ministry of Roads of Estmark.", ""),
    ("“The road is closed in winter”, said Estmark.", "wrong-speaker"),
    ("In Bo Marsh’s words, “[t]he road is closed in winter”.", ""),
    ("In the words of Ada Line, “[t]he road is closed in winter”.", "wrong-speaker"),
    ("Officials said “[t]he road is closed in winter”.", ""),
    ("After the vote Ada Line opened “[t]he road [that] is open to all”.", ""),
    ("Ada Line, who heads the road office, said that “[t]he road is open to all”.", ""),
    ("Ada Line’s office says “[t]he road is open to all”.", ""),
    ("Ada Line was not alone: “The road is closed in winter”, said Bo Marsh.", ""),
    ("Ada Line says “[t]he road is open to all”, while Bo Marsh says that “[t]he road is closed in winter”.", ""),
    ("“The road is open to all” (Ada Line).", ""),
    ("Two voices differ. “The road is open to all”, says one; “[t]he road is closed in winter”, says the other.", ""),
    ("The article quotes Bo Marsh: “The road is closed in winter”.", ""),
    ("The article quotes Ada Line: “The road is closed in winter”.", "wrong-speaker"),
    ("The article quotes Bo Marsh as saying that “[t]he road is closed in winter”.", ""),
    ("Line: “The road is open to all”.", ""),
    ("Marsh: “The road is open to all”.", "wrong-speaker"),
    ("Bo Marsh reads the article in another way: it says that “[n]o state runs the road”.", ""),
    ("Ada Line opened the road that the report calls “[t]he road … open to all”.", ""),
    ("She said “[t]he road is open to all”.", ""),
    ("The ministry said that “[t]he road is closed in winter”.", ""),
    ("Estmark says that “[t]he road is closed in winter”.", "wrong-speaker"),
    ("What Ada Line wants is clear. “The road is closed in winter” is what Marsh says.", ""),
    ("Kazakhstan says that “[t]he road is closed in winter”.", "speaker-not-named"),
    ("Experts agree that “[t]he road is closed in winter”.", ""),
    ("The Ministry says that “[t]he road is closed in winter”.", ""),
    ("In 2024 Line said: “The road is open to all”.", ""),
    ("President Line said: “The road is open to all”.", ""),
    ("Mr Marsh said: “The road is closed in winter”.", ""),
    ("Dr. Marsh said: “The road is closed in winter”.", ""),
    ("Nothing of this holds in winter (“The road is closed in winter”).", ""),
    ("Parliament said: “The road is closed in winter”.", ""),
    ("Others said: “The road is closed in winter”.", ""),
    ("Central Asia is called “[t]he road … open to all”.", ""),
    ("As Line put it, “[t]he road is open to all”.", ""),
    ("As Marsh put it, “[t]he road is open to all”.", "wrong-speaker"),
    ("For Bo Marsh, “[t]he road is closed in winter”.", ""),
    ("“The road is open to all”, Line argues; Marsh disagrees.", ""),
    ("Estmark Daily says that “the road would be mended soon”.", ""),
    ("The Estmark Daily News said that “[t]he road is closed in winter”.", ""),
    ("The Westmark Daily News said that “[t]he road is closed in winter”.", "speaker-not-named"),
]


@pytest.mark.parametrize(("text", "rule"), ATTRIBUTIONS, ids=[text for text, _ in ATTRIBUTIONS])
def test_words_are_given_to_who_says_them(attributed: dict[str, list[str]], text: str, rule: str) -> None:
    assert attributed[text] == ([rule] if rule else [])
