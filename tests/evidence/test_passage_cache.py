"""What was verified before is not searched again, and the store can neither lie nor break a run."""

from __future__ import annotations

import json

import pytest

from c6brief.documents.cache import LARGEST, ProjectCache
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.matching import SourceText
from c6brief.evidence.passage_cache import PASSAGES, PassageCache
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.verify import Passages, locate_all
from tests.support.project import Folder


def verified(folder: Folder) -> tuple[Passages, list[str]]:
    problems = Problems()
    project = Project(folder.root)
    found = locate_all(load_evidence(project, problems), problems, PassageCache(project.cache))
    return found, [problem.rule for problem in problems]


def kept(folder: Folder) -> bytes | None:
    return ProjectCache(folder.root).read(PASSAGES, "")


def keep(folder: Folder, data: bytes) -> None:
    ProjectCache(folder.root).write(PASSAGES, "", data)


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
    """Not even one that the user's own c6brief has written."""
    verified(folder)
    store = json.loads(kept(folder) or b"")
    for key in store["passages"]:
        store["passages"][key] = [1, 0, 16]
    keep(folder, json.dumps(store).encode())
    found, rules = verified(folder)
    assert rules == []
    assert all(passage.match.end != 16 for passage in found.values())
    folder.change("seeds/quotes.yaml", "will have", "will not have")
    assert verified(folder)[1] == ["words-not-found"]


def test_passages_of_another_rule_are_not_taken(folder: Folder) -> None:
    first = verified(folder)
    store = json.loads(kept(folder) or b"")
    keep(folder, json.dumps({"rule": "another", "passages": {"a": [1, 2, 3]}}).encode())
    assert verified(folder) == first
    assert json.loads(kept(folder) or b"") == store


def test_an_entry_that_is_too_large_is_not_kept(folder: Folder) -> None:
    largest = LARGEST - 32  # the HMAC
    keep(folder, b"1" * largest)
    assert kept(folder) == b"1" * largest
    keep(folder, b"2" * (largest + 1))
    assert kept(folder) == b"1" * largest
    folder.run("cache", "--clear")


def test_a_cache_that_cannot_be_written_is_no_problem(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = verified(folder)
    monkeypatch.setenv("C6BRIEF_CACHE_DIR", "/dev/null")
    assert verified(folder) == first
