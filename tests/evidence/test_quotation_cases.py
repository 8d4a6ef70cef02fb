"""The cases of ``cases/quotations.yaml``: as quotations, as the words of a claim, and in running prose."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import c6brief
from c6brief.evidence.atoms import count_words
from c6brief.evidence.quotation_marks import FEWEST_WORDS

CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("quotations.yaml").read_text(encoding="utf-8"))

Rules = dict[int, list[tuple[str, str]]]
"""By the number of a case, the severities and rules of what is told of it."""


@dataclass(frozen=True)
class Told:
    """What ``check`` tells of each case in each of the three places."""

    quotes: Rules
    claims: Rules
    prose: Rules


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """One project with all cases, checked once."""
    root = tmp_path_factory.mktemp("cases")
    for folder in ("seeds/texts", "briefs"):
        (root / folder).mkdir(parents=True)
    (root / "seeds/texts/money.txt").write_text(CASES["text"], encoding="utf-8")
    source = {"id": "money", "type": "article-newspaper", "title": "Money", "language": "en", "issued": "2026-03-03"}
    _write(
        root / "seeds/sources.yaml", {"references": [{**source, "custom": {"text": "texts/money.txt", "grade": "B2"}}]}
    )
    people = [{"id": "aigul-sadykova", "name": "Aigul Sadykova"}, {"id": "ruslan-ismailov", "name": "Ruslan Ismailov"}]
    _write(root / "seeds/people.yaml", people)
    quotes, claims, sections = [], [], []
    for number, case in enumerate(CASES["cases"]):
        quotes.append({"id": f"q{number}", "text": case["words"], "speaker": case["speaker"], "source": "money"})
        account = {"source": "money", "exact": case["words"]}
        claims.append({"id": f"c{number}", "statement": "It is so.", "accounts": [account]})
        sections.append({"title": "It", "text": f"The text has “{case['words']}” in it. [@money]"})
    _write(root / "seeds/quotes.yaml", quotes)
    _write(root / "seeds/claims.yaml", claims)
    lines = "\n".join(f"  - {json.dumps(section, ensure_ascii=False)}" for section in sections)
    brief = f"title: It is so\ndate: 2026-03-04\nkey_messages: [It is so.]\nsections:\n{lines}\n"
    (root / "briefs/money.yaml").write_text(brief, encoding="utf-8")
    with chdir(root):
        result = c6brief.check()
    found: dict[str, Rules] = {"quotes.yaml": defaultdict(list), "claims.yaml": defaultdict(list)}
    found["money.yaml"] = defaultdict(list)
    for problem in result.problems:
        name, line = Path(problem.place.file).name, problem.place.span.line
        if name in found:
            number = line - 5 if name == "money.yaml" else line - 1
            found[name][number].append((problem.severity, problem.rule))
    return Told(found["quotes.yaml"], found["claims.yaml"], found["money.yaml"])


def _write(path: Path, entries: object) -> None:
    """One entry a line, so that the line tells the entry."""
    lines = [f"- {json.dumps(entry, ensure_ascii=False)}" for entry in entries] if isinstance(entries, list) else None
    path.write_text("\n".join(lines) if lines else json.dumps(entries, ensure_ascii=False), encoding="utf-8")


SENSE = {"omission-negates", "addition-negates", "question-cut"}
RULES = {"words-not-found", "words-found-twice", "not-in-quotation-marks", "wrong-speaker", "speaker-unclear", *SENSE}
NUMBERED = list(enumerate(CASES["cases"]))


def wanted(case: dict[str, str]) -> list[tuple[str, str]]:
    """What is to be told of a case."""
    severity = {"ok": "", "warn": "warning", "refuse": "error"}[case["expect"]]
    return [(severity, case.get("rule", "words-not-found"))] if severity else []


def _ids(value: object) -> str:
    return value["words"] if isinstance(value, dict) else ""


@pytest.mark.parametrize(("number", "case"), NUMBERED, ids=_ids)
def test_as_a_quotation(told: Told, number: int, case: dict[str, str]) -> None:
    assert [each for each in told.quotes[number] if each[1] in RULES] == wanted(case)


@pytest.mark.parametrize(("number", "case"), NUMBERED, ids=_ids)
def test_as_the_words_of_a_claim(told: Told, number: int, case: dict[str, str]) -> None:
    assert [each for each in told.claims[number] if each[1] in RULES] == (
        wanted(case) if case.get("in_prose", True) else []
    )


@pytest.mark.parametrize(("number", "case"), NUMBERED, ids=_ids)
def test_in_running_prose(told: Told, number: int, case: dict[str, str]) -> None:
    if count_words(case["words"]) >= FEWEST_WORDS:
        expected = wanted(case) if case.get("in_prose", True) else []
        assert [each for each in told.prose[number] if each[1] in RULES] == expected
