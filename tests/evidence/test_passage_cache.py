"""What was verified before is not searched again, and the store can neither lie nor break a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence import passage_cache
from c6brief.evidence.matching import SourceText
from c6brief.evidence.passage_cache import PassageCache
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.verify import Passages, locate_all
from tests.support.project import Folder


def verified(folder: Folder) -> tuple[Passages, list[str]]:
    problems = Problems()
    project = Project(folder.root)
    found = locate_all(load_evidence(project, problems), problems, PassageCache(store(folder)))
    return found, [problem.rule for problem in problems]


def store(folder: Folder) -> Path:
    return folder.root / ".c6brief" / "cache" / "verified.json"


def test_a_second_run_searches_nothing_and_finds_the_same(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = verified(folder)
    whole = {path.read_text() for path in (folder.root / "seeds" / "texts").iterdir()}
    real = SourceText.find

    def find(self: SourceText, *words: str) -> object:
        assert self.text not in whole, "a whole text was searched again"
        return real(self, *words)

    monkeypatch.setattr(SourceText, "find", find)
    assert verified(folder) == first


@pytest.mark.parametrize(("file", "old", "new", "rule"), [
    ("seeds/texts/transit.txt", "We began in 2018.", "We began in 2017.", "words-not-found"),
    ("seeds/texts/transit.txt", "Getting on board", "We began in 2018.", "words-found-twice"),
    ("seeds/events.yaml", "exact: We began in 2018.", "exact: We began in 2017.", "words-not-found"),
    ("seeds/events.yaml", "exact: We began in 2018.", "exact: We began in 2018., prefix: He said", "words-not-found"),
    ("seeds/events.yaml", "{source: transit-2024, date: 2018", "{source: riders-2024, date: 2018", "words-not-found"),
    ("seeds/quotes.yaml", "speaker: ada-line", "speaker: bo", "speaker-not-named"),
])  # fmt: skip
def test_every_change_is_seen(folder: Folder, file: str, old: str, new: str, rule: str) -> None:
    folder.change("seeds/people.yaml", "- {id", "- {id: bo, name: Bo}\n- {id")
    assert verified(folder)[1] == []
    folder.change(file, old, new)
    assert verified(folder)[1] == [rule]
    folder.change(file, new, old)
    assert verified(folder)[1] == []


def test_a_store_cannot_lie(folder: Folder) -> None:
    verified(folder)
    kept = json.loads(store(folder).read_text())
    for key in kept["passages"]:
        kept["passages"][key] = [1, 0, 16]
    store(folder).write_text(json.dumps(kept))
    found, rules = verified(folder)
    assert rules == []
    assert all(passage.match.end != 16 for passage in found.values())
    folder.change("seeds/quotes.yaml", "will have", "will not have")
    assert verified(folder)[1] == ["words-not-found"]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"rule": 1}', "[" * 100_000, '{"passages": {"a": 1}}'])
def test_a_damaged_store_is_made_anew(folder: Folder, content: str) -> None:
    first = verified(folder)
    store(folder).write_text(content)
    assert verified(folder) == first
    assert json.loads(store(folder).read_text())["passages"]


def test_a_store_that_is_too_large_is_not_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    verified(folder)
    text = SourceText((folder.root / "seeds/texts/transit.txt").read_text())
    words = "Every station will have a lift by 2030.", None, None
    assert PassageCache(store(folder)).lookup(text, *words) is not None
    monkeypatch.setattr(passage_cache, "LARGEST_CACHE", store(folder).stat().st_size - 1)
    assert PassageCache(store(folder)).lookup(text, *words) is None


def test_a_folder_that_cannot_be_written_is_no_problem(folder: Folder) -> None:
    (folder.root / ".c6brief").write_text("in the way")
    assert verified(folder)[1] == []
