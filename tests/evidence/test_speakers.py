"""Whose words a quotation is, by the source: through the evidence base, as ``check`` tells it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import c6brief

CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("speakers.yaml").read_text(encoding="utf-8"))

RULES = {"wrong-speaker", "speaker-unclear", "speaker-not-named", "not-in-quotation-marks"}

SECTION = "sections:\n  - title: It\n    text: It is so.\n"


def told(root: Path, case: dict[str, Any], **source: object) -> list[set[str]]:
    """What ``check`` tells of each quotation of a source that has the text of the ``case``."""
    for folder in ("seeds/texts", "briefs"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "seeds/texts/text.txt").write_text(case["text"], encoding="utf-8")
    entry = {"id": "text", "type": "article-newspaper", "title": "T", "language": case["language"], **source}
    entry["custom"] = {"text": "texts/text.txt"}
    (root / "seeds/sources.yaml").write_text(json.dumps({"references": [entry]}), encoding="utf-8")
    quotes = [
        {"id": f"q{number}", "text": words, "speaker": who, "source": "text"}
        for number, (words, who, *_) in enumerate(case["cases"])
    ]
    for name, entries in (("people", case["people"]), ("organisations", case.get("bodies", [])), ("quotes", quotes)):
        lines = (f"- {json.dumps(entry, ensure_ascii=False)}\n" for entry in entries)
        (root / f"seeds/{name}.yaml").write_text("".join(lines), encoding="utf-8")
    (root / "briefs/it.yaml").write_text(f"title: It is so\ndate: 2026-03-04\n{SECTION}", encoding="utf-8")
    found: list[set[str]] = [set() for _ in quotes]
    for problem in c6brief.check(root / "briefs/it.yaml").problems:
        if problem.place.file.endswith("quotes.yaml") and problem.rule in RULES:
            found[problem.place.span.line - 1].add(problem.rule)
    return found


@pytest.mark.parametrize("case", CASES, ids=[f"{case['language']}: {case['text'][:40]}" for case in CASES])
def test_whose_words_they_are(tmp_path: Path, case: dict[str, Any]) -> None:
    expected = [set(rules) for _, _, *rules in case["cases"]]
    found = told(tmp_path, case, **case.get("source", {}))
    wrong = [each for each in zip(case["cases"], found, expected, strict=True) if each[1] != each[2]]
    assert not wrong


@pytest.mark.parametrize("source", [{"type": "speech"}, {"author": [{"family": "Hale", "given": "Mary"}]}])
def test_a_text_that_is_all_its_speakers_needs_no_marks(tmp_path: Path, source: dict[str, object]) -> None:
    case = {
        "language": "en",
        "people": [{"id": "hale", "name": "Mary Hale"}, {"id": "roe", "name": "John Roe"}],
        "text": "Mary Hale\n\nWe open the road today. “It will never open,” said John Roe.",
        "cases": [["We open the road today", "hale"], ["It will never open", "hale"], ["It will never open", "roe"]],
    }
    assert told(tmp_path, case, **source) == [set(), {"wrong-speaker"}, set()]
