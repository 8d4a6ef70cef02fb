"""Faults of the surroundings end in a named problem or a finished file: no traceback, no litter, the right exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.faults import litter, run_in, with_file_size, without_rights
from tests.support.project import BRIEF, Folder

HIDDEN = (
    "seeds", "seeds/texts", "seeds/texts/transit.txt", "seeds/quotes.yaml", "seeds/charts", "_brand.yml", "briefs",
)  # fmt: skip
TEMPLATE = ("templates", "templates/memo/style.css", "templates/memo/brief.html.j2")


@contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    """While open, ``path`` has this mode."""
    before = path.stat().st_mode
    path.chmod(bits)
    try:
        yield
    finally:
        path.chmod(before)


@pytest.mark.sample(2)
@pytest.mark.parametrize("hidden", [*HIDDEN, *TEMPLATE, "briefs/lifts.yaml"])
def test_what_may_not_be_read_is_named(folder: Folder, hidden: str) -> None:
    folder.change("briefs/lifts.yaml", "number: 1\n", "template: memo\n")
    folder.write("templates/memo/style.css", "p { color: black }")
    folder.write("templates/memo/brief.html.j2", '{% extends "policy-brief/brief.html.j2" %}')
    with mode(folder.root / hidden, 0):
        done = run_in(folder.root, "check", "--format=json", before=without_rights)
    assert done.returncode == 1
    assert any(
        each["rule"] == "not-readable" and f"{each['file']} {each['message']}".count(hidden)
        for each in json.loads(done.stdout)
    ), done.stdout


def test_what_is_asked_for_and_may_not_be_read_is_a_problem_and_no_wrong_usage(folder: Folder) -> None:
    with mode(folder.root / "briefs/lifts.yaml", 0):
        done = run_in(folder.root, "verify", "briefs/lifts.yaml", before=without_rights)
        assert done.returncode == 1 and b"error[not-readable]" in done.stderr


@pytest.mark.parametrize(
    "fault",
    [*(pytest.param(each, marks=pytest.mark.rest) for each in ("no right", "no right to make it")), "no room"],
)
def test_where_nothing_can_be_written_nothing_is_left(folder: Folder, fault: str) -> None:
    output = folder.root / "output"
    if fault != "no right to make it":
        output.mkdir()
    before = with_file_size(20_000) if fault == "no room" else without_rights
    with mode(output if output.exists() else folder.root, 0o700 if fault == "no room" else 0o500):
        done = run_in(folder.root, "render", "briefs/lifts.yaml", before=before)
    assert done.returncode == 1
    assert done.stderr.count(b"error[not-writable]") == 1, done.stderr
    assert not output.exists() or not any(output.iterdir())
    assert not litter(folder.root)


FULL = {
    # The folder that is full, its size, and the arguments
    "one": ("output", "40k", ("render", "briefs/lifts.yaml")),
    "some": ("output", "150k", ("render", "briefs/lifts.yaml", "--jobs", "2", "--matrix", "number=1,2,3")),
    "temporary": ("tmp", "100k", ("render", "briefs/lifts.yaml")),
    "temporary, many": ("tmp", "300k", ("render", "briefs/lifts.yaml", "--jobs", "2", "--matrix", "number=1,2")),
}


@pytest.mark.rest
@pytest.mark.parametrize("name", FULL)
def test_a_disk_that_is_full_holds_whole_files_only(folder: Folder, name: str) -> None:
    """A real small disk, in a space of mounts of its own."""
    full, size, arguments = FULL[name]
    disk, kept = folder.root / full, folder.root / "kept"
    disk.mkdir()
    script = 'mount -t tmpfs -o size=$1 tmpfs "$2" || exit 77; shift; full=$1; shift; "$@"; status=$?; cp -a "$full" kept; exit $status'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", size, full, sys.executable, "-m", "c6brief", *arguments],
        cwd=folder.root,
        env=os.environ | ({"TMPDIR": str(disk)} if full == "tmp" else {}),
        capture_output=True,
        text=True,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this system mounts nothing for this user")
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert done.stderr.count("error[") == done.stderr.count("error[not-writable]") > 0
    left = sorted(path.name for path in kept.rglob("*"))
    assert all(path.endswith(".pdf") for path in left)
    assert bool(left) == (name == "some")
    for path in left:
        assert run_in(folder.root, "verify", f"kept/{path}").returncode == 0


NAMED = [
    ("check", "briefs/lifts.yaml", "--brand"),
    *(
        pytest.param(each, marks=pytest.mark.rest)
        for each in (
            ("render", "briefs/lifts.yaml", "--editions"),
            ("render", "briefs/lifts.yaml", "--sign"),
            ("render", "briefs/lifts.yaml", "--output"),
        )
    ),
]


@pytest.mark.parametrize("arguments", NAMED)
def test_a_file_of_an_option_that_may_not_be_read_is_a_problem_and_no_wrong_usage(
    folder: Folder, arguments: tuple[str, ...]
) -> None:
    file = folder.root / "file.csv"
    file.write_text("file,number\nx,1\n")
    with mode(file, 0):
        done = run_in(folder.root, *arguments, "file.csv", before=without_rights)
    assert done.returncode == 1 and b"error[" in done.stderr and b"file.csv" in done.stderr + done.stdout, done.stderr


def test_no_room_for_the_cache_costs_only_time(folder: Folder) -> None:
    assert run_in(folder.root, "check", before=with_file_size(0)).returncode == 0


@pytest.mark.parametrize("arguments", [("check", "--format=json"), ("--help",)])
def test_a_full_output_is_told_and_is_status_1(folder: Folder, arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = run_in(folder.root, *arguments, stdout=full)
    assert done.returncode == 1
    assert done.stderr.startswith(b"c6brief: error[output-lost]: ") and done.stderr.count(b"output-lost") == 1


def test_wrong_usage_stays_wrong_usage_where_nobody_can_read_it(folder: Folder) -> None:
    done = subprocess.run(
        f"{sys.executable} -m c6brief render --nonsense 2>/dev/full", cwd=folder.root, shell=True, check=False
    )
    assert done.returncode == 2


@pytest.mark.parametrize(
    "closed", ["<&- >&- 2>&-", *(pytest.param(each, marks=pytest.mark.rest) for each in (">&-", "2>&-", "<&-"))]
)
def test_closed_outputs_are_no_fault(folder: Folder, closed: str) -> None:
    command = f"{sys.executable} -m c6brief check {closed}"
    done = subprocess.run(command, cwd=folder.root, shell=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    folder.change("briefs/lifts.yaml", "use: lifts", "use: lift")
    assert subprocess.run(command, cwd=folder.root, shell=True, capture_output=True, check=False).returncode == 1


@pytest.mark.rest
def test_a_batch_without_outputs_writes_whole_files(folder: Folder) -> None:
    """A worker, or a file, must not get the number of a closed output."""
    command = f"{sys.executable} -m c6brief render briefs/lifts.yaml --matrix number=1,2 --jobs 2 <&- >&- 2>&-"
    assert subprocess.run(command, cwd=folder.root, shell=True, check=False).returncode == 0
    assert folder.written == ["lifts--1.pdf", "lifts--2.pdf"]
    for name in folder.written:
        assert run_in(folder.root, "verify", f"output/{name}").returncode == 0


def test_a_reader_that_goes_away_is_told_nothing(folder: Folder) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run_in(folder.root, "check", "--format=json", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "no home": {"HOME": None, "XDG_CACHE_HOME": None},
    "a home that is not there": {"HOME": "/nonexistent/home", "XDG_CACHE_HOME": None},
    "a home that is a file": {"HOME": "/dev/null", "XDG_CACHE_HOME": None},
    "C": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Turkish": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    "no such locale": {"LANG": "xx_XX.KOI8", "LC_ALL": "xx_XX.KOI8"},
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "Latin 1": {"PYTHONIOENCODING": "latin-1:strict"},
    "no temporary folder": {"TMPDIR": "/nonexistent/tmp"},
}


@pytest.mark.sample(1)
@pytest.mark.parametrize("name", ["ASCII", *(each for each in ENVIRONMENTS if each != "ASCII")])
def test_any_environment_gives_the_same_problems(folder: Folder, name: str) -> None:
    folder.write("briefs/lifts.yaml", f"{BRIEF}anahtarş–\U0001f6d7: x\n")
    expected = json.loads(run_in(folder.root, "check", "--format=json").stdout)
    assert [each["rule"] for each in expected if each["severity"] == "error"] == ["unknown-key"]
    done = run_in(folder.root, "check", "--format=json", environment=ENVIRONMENTS[name])
    assert done.returncode == 1
    encoding = "latin-1" if name == "Latin 1" else "utf-8"
    assert json.loads(done.stdout.decode(encoding)) == expected
    done = run_in(folder.root, "check", environment=ENVIRONMENTS[name])
    assert done.returncode == 1 and b"briefs/lifts.yaml:20:1: error[unknown-key]" in done.stderr


@pytest.mark.rest
@pytest.mark.parametrize("name", ["no home", "C", "Turkish", "no temporary folder"])
def test_any_environment_prints_the_same_bytes(folder: Folder, name: str) -> None:
    assert run_in(folder.root, "render", "briefs/lifts.yaml", "-o", "one").returncode == 0
    done = run_in(folder.root, "render", "briefs/lifts.yaml", "-o", "two", environment=ENVIRONMENTS[name])
    assert done.returncode == 0, done.stderr
    assert (folder.root / "one/lifts.pdf").read_bytes() == (folder.root / "two/lifts.pdf").read_bytes()


NAMES = {
    "no UTF-8": os.fsdecode(b"caf\xe9"),
    "escape": "a\x1b[31mb",
    "line feed": "a\nb.yaml:1:1: error[forged]: c",
    "C1": "a\x9b31mb\x7f",
    "tab and return": "a\tb\rc",
    "right to left": "a\u202eb\u2028c",
    "tag": "a\U000e0041b",
    "quotes": "a\"b'c $(touch d);`e`\\n",
}


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_reaches_no_terminal_as_it_is(folder: Folder, name: str) -> None:
    folder.write(f"briefs/{NAMES[name]}.yaml", BRIEF.replace("use: lifts", "use: lift"))
    for form in ("text", "json", "github"):
        done = folder.run("check", "--format", form)
        printed = done.out + done.err
        assert done.status == 1 and "unknown-id" in printed
        assert all(line.isprintable() for line in printed.split("\n")), ascii(printed)
        assert not any(line.startswith("b.yaml:1:1: error[forged]") for line in printed.split("\n"))
        if form == "json":
            files = {each["file"] for each in json.loads(done.out)}
            assert f"briefs/{NAMES[name]}.yaml" in files, "a program gets the name as it is"


@pytest.mark.sample(1)
@pytest.mark.parametrize("name", NAMES)
def test_a_brief_of_any_name_prints_a_file_that_is_whole(folder: Folder, name: str) -> None:
    brief = f"briefs/{NAMES[name]}.yaml"
    folder.write(brief, BRIEF)
    done = folder.render(brief)
    assert done.status == 0, done.err
    assert all(line.isprintable() for line in done.out.split("\n"))
    printed = next((folder.root / "output").iterdir())
    done = folder.run("verify", os.fspath(printed))
    assert done.status == 0, done.err
    assert all(line.isprintable() for line in done.out.split("\n"))


CLOCKS = {"1970": 0, "1901": -(2**31), "2107": 4_354_819_200, "in a year": time.time() + 31_536_000}


@pytest.mark.sample(1)
@pytest.mark.parametrize("clock", CLOCKS)
def test_a_clock_that_jumps_hides_no_change(folder: Folder, clock: str) -> None:
    """Times of files are those of a machine whose clock is wrong; a change is found all the same."""

    def set_times() -> None:
        for path in (folder.root, *folder.root.rglob("*")):
            os.utime(path, (CLOCKS[clock], CLOCKS[clock]))

    set_times()
    assert folder.run("check").status == 0
    set_times()
    assert "no problems" in folder.run("check").out
    folder.change("seeds/quotes.yaml", "will have", "will hold")
    set_times()
    done = folder.run("check")
    assert done.status == 1 and "seeds/quotes.yaml" in done.err
