"""Files made to hurt: verify ends soon, in little memory, with a named problem in words of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.hostile import KINDS, hostile_files
from tests.support.process import run_c6brief
from tests.support.project import Folder, write_project

COUNT = 300

ALLOWED = {
    "not-a-pdf", "pdf-damaged", "pdf-encrypted", "foreign-file", "no-manifest", "manifest-form", "file-too-large",
    "page-painted", "page-text", "page-links", "page-frame", "part-changed", "attachment-added", "attachment-changed",
    "quotation-lost", "readers-differ", "file-disagrees",
}  # fmt: skip

SAMPLE = [
    "bits turned over", "cut off", "noise", "encrypted", "values nested deeply", "numbers that are huge", "pages in a ring",
    "a list of names that holds itself", "tags that share their kids", "a character map without end", "packed by LZW",
    "metadata without end",
]  # fmt: skip

READ = """
import json, resource, sys, time
from c6brief.verification.verify import verify
for path in sys.argv[1:]:
    begin = time.process_time()
    result = verify(path)
    told = [[each.rule, each.message] for each in result.problems]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([path, time.process_time() - begin, memory, result.is_successful, told]), flush=True)
"""


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = write_project(tmp_path_factory.mktemp("hostile"))
    run_c6brief(root, "render", "briefs/lifts.yaml")
    return (root / "output" / "lifts.pdf").read_bytes()


@pytest.mark.rest
@pytest.mark.parametrize(
    "count", [6, pytest.param(60, marks=pytest.mark.rest), pytest.param(COUNT, marks=pytest.mark.campaign)]
)
def test_files_made_to_hurt_end_soon_with_a_named_problem(printed: bytes, tmp_path: Path, count: int) -> None:
    """In one process: less than 10 s of the processor each, and 1 GB at most for all of them."""
    for name, data in hostile_files(printed, count, SAMPLE if count < len(KINDS) else ()):
        (tmp_path / f"{name}.pdf").write_bytes(data)
    files = sorted(tmp_path.glob("*.pdf"))
    assert len(files) == count
    done = subprocess.run([sys.executable, "-c", READ, *map(str, files)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(files)
    longest, largest = (max((each[at], Path(each[0]).name) for each in found) for at in (1, 2))
    print(f"\n{count} files: at most {longest[0]:.1f} s ({longest[1]}), {largest[0]:.0f} MB")  # with -s
    for path, seconds, memory, is_successful, told in found:
        name = Path(path).name
        assert seconds < 10, (name, seconds)
        assert memory < 1_000, (name, memory)
        if "bits turned over" not in name:
            assert not is_successful, name
        assert {rule for rule, _ in told} <= ALLOWED, (name, told)
        words = " ".join(message for _, message in told)
        assert not any(
            foreign in words for foreign in ("Error", "NoneType", "object has no", "pypdf", "Traceback", "'/")
        ), told


def test_what_is_no_file_is_told(folder: Folder, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.pdf")
    for path, rule in {
        tmp_path / "fifo.pdf": "not-a-file", Path("/dev/zero"): "not-a-file", tmp_path: "not-a-file", tmp_path / "x.pdf": "no-such-file",
    }.items():  # fmt: skip
        result = folder.run("verify", str(path))
        assert (result.status, result.rules) == (1, [rule])
    with (tmp_path / "sparse.pdf").open("wb") as file:
        file.truncate(10_000_000_000)
    assert folder.run("verify", str(tmp_path / "sparse.pdf")).rules == ["file-too-large"]
