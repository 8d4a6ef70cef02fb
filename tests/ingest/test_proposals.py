"""How good proposals are: what of our own evidence base they find in its texts, and how many are right in texts of other kinds."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from c6brief.build.add import add
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from tests.support.project import REPOSITORY
from tests.support.proposals import Item, bare_date, is_hit, is_right, proposed, words_of

KINDS = sorted(path for path in (Path(__file__).parent / "kinds").iterdir() if path.suffix != ".yaml")
LEAST_RECALL, LEAST_PRECISION = 0.9, 0.7


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def proposals_from(files: list[Path], root: Path) -> dict[str, list[Item]]:
    """What is proposed from each of ``files`` in a project that holds nothing."""
    (root / "seeds").mkdir(parents=True)
    problems = Problems()
    added = add(files, Project(root), problems)
    assert not list(problems)
    return {each.id: proposed(load(each.proposal)) for each in added if each.proposal}


def our_items() -> dict[str, list[Item]]:
    """The quotations, the dates and the tables of our evidence base, by source."""
    seeds = REPOSITORY / "seeds"
    people = {each["id"]: each["name"] for each in load(seeds / "people.yaml")}
    found: dict[str, list[Item]] = {}
    for quote in load(seeds / "quotes.yaml"):
        found.setdefault(quote["source"], []).append(Item("quotes", words_of(quote["text"]), people[quote["speaker"]]))
    for event in load(seeds / "events.yaml"):
        for account in event["accounts"]:
            if "date" in account:
                item = Item("events", words_of(account["exact"]), bare_date(account["date"]))
                found.setdefault(account["source"], []).append(item)
    for path in sorted((seeds / "tables").glob("*.yaml")):
        table = load(path)
        words = words_of(" ".join(str(cell) for row in table["rows"] for cell in row))
        found.setdefault(table["source"], []).append(Item("tables", words))
    return found


@pytest.mark.rest
def test_nine_in_ten_of_our_own_evidence_is_proposed(tmp_path: Path) -> None:
    texts = sorted((REPOSITORY / "seeds" / "texts").glob("*.txt"))
    items = proposals_from(texts, tmp_path / "project")
    held, hit, missed = Counter[str](), Counter[str](), []
    for source, wanted in our_items().items():
        for each in wanted:
            held[each.kind] += 1
            if any(is_hit(each, item) for item in items[source]):
                hit[each.kind] += 1
            else:
                missed.append((source, each.kind, each.mark, " ".join(each.words[:8])))
    print({kind: f"{hit[kind]} of {held[kind]}" for kind in held}, missed)
    assert held["quotes"] == 20 and held["tables"] == 5 and held["events"] >= 15
    assert all(hit[kind] >= LEAST_RECALL * held[kind] for kind in held), missed


@pytest.mark.rest
def test_seven_in_ten_proposals_of_other_kinds_of_text_are_right(tmp_path: Path) -> None:
    items = proposals_from(KINDS, tmp_path / "project")
    right, all_of, wrong = Counter[str](), Counter[str](), []
    found_of, hit_of = Counter[str](), Counter[str]()
    for path in KINDS:
        expected = load(path.with_suffix(".expected.yaml"))
        wanted = [
            Item(kind, words_of(each["text"]), bare_date(each.get("speaker") or each.get("date")))
            for kind in ("quotes", "events", "tables", "claims")
            for each in expected[kind]
        ]
        for item in items[path.stem]:
            all_of[path.stem, item.kind] += 1
            right[path.stem, item.kind] += is_right(item, wanted)
            if not is_right(item, wanted):
                wrong.append((path.stem, item.kind, item.mark, " ".join(item.words[:10])))
        for each in wanted:
            found_of[each.kind] += 1
            hit_of[each.kind] += any(is_hit(each, item) for item in items[path.stem])
    by_kind = {
        kind: (sum(right[key] for key in right if key[1] == kind), sum(all_of[key] for key in all_of if key[1] == kind))
        for kind in ("quotes", "events", "tables", "claims")
    }
    print(
        "right:", by_kind, "found:", {kind: f"{hit_of[kind]} of {found_of[kind]}" for kind in found_of}, "wrong:", wrong
    )
    assert sum(all_of.values()) >= 40
    for kind, (good, count) in by_kind.items():
        assert good >= LEAST_PRECISION * count, (kind, wrong)
    for path in KINDS:
        good = sum(right[key] for key in right if key[0] == path.stem)
        assert good >= LEAST_PRECISION * sum(all_of[key] for key in all_of if key[0] == path.stem), (path.stem, wrong)


def test_the_measure_can_fail() -> None:
    wanted = [Item("quotes", words_of("Every station will have a lift by 2030."), "Ada Line")]
    assert is_right(Item("quotes", words_of("Every station will have a lift"), "Ada Line"), wanted)
    assert not is_right(Item("quotes", words_of("Every station will have a lift"), "Emil Brandt"), wanted)
    assert not is_right(Item("quotes", words_of("Every station " + "and much more of it " * 9), "Ada Line"), wanted)
    assert not is_hit(wanted[0], Item("quotes", words_of("Every station"), "Ada Line"))


@pytest.mark.rest
def test_whatever_is_proposed_can_be_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from c6brief.build.accept import accept_proposals

    root = tmp_path / "project"
    texts = sorted((REPOSITORY / "seeds" / "texts").glob("*.txt"))
    proposals_from([*KINDS, *texts], root)
    monkeypatch.chdir(root)
    for path in sorted((root / "proposals").glob("*.yaml")):
        path.write_text(path.read_text(encoding="utf-8").replace("accept: false", "accept: true"), encoding="utf-8")
        problems = Problems()
        accepted = accept_proposals(path, problems)
        # two texts of one person propose the person twice, each with a role of its own
        twice = [each for each in problems if each.rule == "id-twice"]
        assert [str(each) for each in problems.errors if each.rule != "id-twice"] == []
        assert accepted.files or twice
    shutil.rmtree(root)
