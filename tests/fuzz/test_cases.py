"""What the campaign found holds from now on; and the campaign sees what it is for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz import oracle
from tests.fuzz.__main__ import mutate, try_mutant
from tests.fuzz.cases import case_names, load_case
from tests.fuzz.mutators import change_bytes, change_font, change_workbook, mutators_of
from tests.fuzz.seedbed import project_files

CASES = case_names()


@pytest.mark.parametrize("name", CASES)
def test_what_was_found_holds(name: str, tmp_path: Path) -> None:
    assert try_mutant(tmp_path, load_case(name)).complaints == []


def test_the_project_has_no_error(tmp_path: Path) -> None:
    trial = oracle.try_project(tmp_path, project_files(), render=False)
    assert (trial.commands, trial.errors, trial.complaints) == (["check: 0"], [], [])


def test_the_same_number_is_the_same_mutant() -> None:
    for number in range(1, 8):
        assert mutate(3, number, b"") == mutate(3, number, b"") != mutate(4, number, b"")


@pytest.mark.parametrize("name", sorted(project_files()))
def test_mutators_change_files(name: str) -> None:
    data = project_files()[name]
    for kind, mutator in mutators_of(name):
        made = [mutator(data, random.Random(number)) for number in range(12)]
        assert sum(each != data for each in made) >= 6, kind


@pytest.mark.parametrize("damaged", [b"", b"PK", b"\0" * 400])
def test_a_damaged_file_is_changed_further(damaged: bytes) -> None:
    for mutator in (change_workbook, change_font):
        for number in range(12):
            assert mutator(damaged, random.Random(number)) == mutator(damaged, random.Random(number))


def test_bytes_are_changed_where_there_are_none() -> None:
    assert change_bytes(b"", random.Random(1)) is not None


FAULTS = {
    "status 7": "raise SystemExit(7)",
    "Traceback": "raise ValueError('odd')",
    "signal": "import os; os.kill(os.getpid(), 9)",
    "files changed": "open('seeds/litter', 'w').close()",
    "names a line": "print('seeds/people.yaml:99:1: error[odd]: x'); raise SystemExit(1)",
    "without a problem": "raise SystemExit(1)",
    "error[internal]": "print('x.yaml:1:1: error[internal]: odd'); raise SystemExit(1)",
}


@pytest.mark.parametrize("complaint", FAULTS)
def test_faults_are_seen(complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oracle, "main", lambda: exec(FAULTS[complaint]))
    [*_, found] = oracle.try_project(tmp_path, project_files(), render=False).complaints
    assert complaint in found


def test_half_a_file_and_litter_beside_it_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half = "import os; os.makedirs('output', exist_ok=True); open('output/lifts.pdf', 'w').write('%PDF')"
    monkeypatch.setattr(oracle, "main", lambda: exec(half))
    assert oracle.try_project(tmp_path, project_files()).complaints == ["render: half a file"]
    monkeypatch.setattr(oracle, "main", lambda: exec(half.replace("lifts.pdf", "lifts.pdf.part")))
    assert "leaves ['output/lifts.pdf.part']" in oracle.try_project(tmp_path, project_files()).complaints[0]
