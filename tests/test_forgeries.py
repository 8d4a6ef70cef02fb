"""Forged PDFs are told, honest copies pass: generated from a printed brief, and each forgery with the identifier that
would say that nobody has saved the file since it was printed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BRIEF, SEEDS
from forgeries import FORGED, HONEST, identify

from c6brief.manifest.file_identifier import is_untouched
from c6brief.verification.verify import verify

LINK = "See [the city's page](https://example.org/lifts). Some stations"


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A printed brief with a link, a figure, a table, notes and attachments."""
    root = tmp_path_factory.mktemp("printed")
    for name, content in {**SEEDS, "briefs/lifts.yaml": BRIEF.replace("Some stations", LINK)}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "c6brief", "render", str(root / "briefs/lifts.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return (root / "output" / "lifts.pdf").read_bytes()


def sampled(names: list[str], every: int) -> list[object]:
    """All names, of which the ordinary run tries some."""
    marked = [pytest.param(name, marks=pytest.mark.rest) for name in names]
    return [name if at % every == 0 else marked[at] for at, name in enumerate(names)]


@pytest.mark.parametrize("name", sampled(list(FORGED), 5))
def test_a_forgery_is_told(printed: bytes, tmp_path: Path, name: str) -> None:
    forged = FORGED[name](printed)
    for data in {forged, identify(forged)}:
        path = tmp_path / "forged.pdf"
        path.write_bytes(data)
        result = verify(path)
        assert not result.is_successful, f"{name} passed"
        assert all(problem.rule != "internal" and problem.message for problem in result.problems)


@pytest.mark.parametrize("name", sampled(list(HONEST), 3))
def test_a_file_saved_again_without_a_change_passes(printed: bytes, tmp_path: Path, name: str) -> None:
    path = tmp_path / "saved.pdf"
    path.write_bytes(HONEST[name](printed))
    result = verify(path)
    assert result.is_whole, [str(problem) for problem in result.problems]
    assert not is_untouched(path.read_bytes())


def test_an_identifier_can_be_made_by_anybody(printed: bytes) -> None:
    """Why verify says nothing of certainty on the ground of it."""
    assert is_untouched(printed)
    forged = FORGED["aloud: an alternative text"](printed)
    assert is_untouched(identify(forged))


def test_there_are_many_forgeries() -> None:
    assert len(FORGED) >= 100
    assert len(HONEST) >= 12
