"""What a careful analyst writes of honest texts, in four languages, is told nothing: false alarms count as much as holes."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

import c6brief

CASES = yaml.safe_load(Path(__file__).with_name("cases").joinpath("honest.yaml").read_text(encoding="utf-8"))

PEOPLE = {"berg": "Mara Berg", "abel": "Jonas Abel", "sadyk": "Aigul Sadykova"}
RUSSIAN = {"berg": "Мара Берг", "abel": "Йонас Абель", "sadyk": "Айгуль Садыкова"}
CRAFT = {"title-is-a-label", "key-message-count", "no-author", "not-printed", "statement-uncited"}
"""Rules on how a brief is made, which this one breaks."""


def lines(entries: list[dict[str, object]]) -> str:
    return "".join(f"- {json.dumps(entry, ensure_ascii=False)}\n" for entry in entries)


def test_honest_words_are_told_nothing(tmp_path: Path) -> None:
    (tmp_path / "seeds/texts").mkdir(parents=True)
    (tmp_path / "briefs").mkdir()
    sources, quotes, claims, prose = [], [], [], []
    for case in CASES:
        language = case["language"]
        (tmp_path / f"seeds/texts/{language}.txt").write_text(case["text"], encoding="utf-8")
        sources.append(
            {"id": language, "type": "article-newspaper", "title": case["title"], "publisher": "River Post",
             "language": language, "custom": {"text": f"texts/{language}.txt"}}
        )  # fmt: skip
        own = "ru-" if language == "ru" else ""
        for number, (words, speaker) in enumerate(case["quotes"]):
            speaker = speaker if speaker == "office" else own + speaker
            quotes.append({"id": f"{language}-q{number}", "text": words, "speaker": speaker, "source": language})
        for number, (statement, exact) in enumerate(case["claims"]):
            accounts = [{"source": language, "exact": exact}]
            claims.append({"id": f"{language}-c{number}", "statement": statement, "accounts": accounts})
        prose += case["prose"]
    people = [{"id": id, "name": name, "organisation": "office"} for id, name in PEOPLE.items() if id == "berg"]
    people += [{"id": id, "name": name} for id, name in PEOPLE.items() if id != "berg"]
    people += [{"id": f"ru-{id}", "name": name} for id, name in RUSSIAN.items()]
    bodies = [{"id": "office", "name": "Harbour Office", "acronym": "HO"}]
    (tmp_path / "seeds/sources.yaml").write_text(json.dumps({"references": sources}), encoding="utf-8")
    for name, entries in (("people", people), ("organisations", bodies), ("quotes", quotes), ("claims", claims)):
        (tmp_path / f"seeds/{name}.yaml").write_text(lines(entries), encoding="utf-8")  # type: ignore[arg-type]
    text = "\n\n".join(f"      {paragraph}" for paragraph in prose)
    brief = f"title: It is so\ndate: 2026-03-04\nsections:\n  - title: It\n    text: |\n{text}\n"
    (tmp_path / "briefs/it.yaml").write_text(brief, encoding="utf-8")
    told = [problem for problem in c6brief.check(tmp_path / "briefs/it.yaml").problems if problem.rule not in CRAFT]
    assert [str(problem) for problem in told] == []
    assert len(quotes) > 25 and len(prose) > 40
