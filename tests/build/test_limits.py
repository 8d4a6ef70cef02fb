"""What takes too long or too much memory is ended, and told as a problem: nothing hangs, and nothing is half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from c6brief.documents.temporary_folder import delete_left_over
from c6brief.documents.writing import is_alive, machine
from tests.support.process import PATIENCE, Running, until
from tests.support.project import Folder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot limit a process")

BUSY = {
    # WeasyPrint lays this out for minutes.
    "templates/busy/brief.html.j2": "<html lang=en><head><title>x</title></head><body>"
    "{% for a in range(60) %}{% for b in range(1000) %}<div><b>x</b></div>{% endfor %}{% endfor %}</body></html>",
    "templates/busy/style.css": "",
}


def temporary_folder(folder: Folder) -> Path:
    """The folder for temporary files of what :func:`run` runs."""
    made = folder.root.parent / "temporary"
    made.mkdir(exist_ok=True)
    return made


def run(folder: Folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``c6brief ARGUMENTS`` in a process of its own: limits are those of a process."""
    return subprocess.run(
        [sys.executable, "-m", "c6brief", *arguments],
        cwd=folder.root,
        env=os.environ | {"TMPDIR": str(temporary_folder(folder))},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture
def busy(folder: Folder) -> Folder:
    """The project, with a template that keeps the layout busy for minutes."""
    for name, text in BUSY.items():
        folder.write(name, text)
    return folder


def litter(folder: Folder) -> list[str]:
    """Temporary files that stayed."""
    beside = [path.name for path in folder.root.rglob(".*.*") if path.is_file()]
    return beside + [path.name for path in temporary_folder(folder).iterdir()]


@pytest.mark.rest
def test_time_that_is_up_is_a_problem(busy: Folder) -> None:
    done = run(busy, "render", "briefs/lifts.yaml", "--set", "template=busy", "--limit-time", "6")
    assert done.returncode == 1
    assert "briefs/lifts.yaml:1:1: error[limit-time]: it was not done after 6 s" in done.stderr
    assert "--limit-time" in done.stderr and "nothing was written" in done.stderr
    assert not busy.written and not litter(busy)


@pytest.mark.rest
def test_of_several_briefs_one_is_ended_and_the_others_are_printed(busy: Folder) -> None:
    done = run(busy, "render", "briefs/lifts.yaml", "--matrix", "template=busy,memo", "--limit-time", "8")
    assert done.returncode == 1 and done.stderr.count("error[") == 1
    assert "1:10: error[limit-time]" in done.stderr
    assert busy.written == ["lifts--memo.pdf"]


@pytest.mark.rest
def test_one_process_for_several_briefs_is_replaced(busy: Folder) -> None:
    done = run(
        busy, "render", "briefs/lifts.yaml", "--matrix", "template=busy,memo", "--jobs", "1", "--limit-time", "8"
    )
    assert done.returncode == 1 and "error[limit-time]" in done.stderr
    assert busy.written == ["lifts--memo.pdf"]


def test_memory_that_is_up_is_a_problem(folder: Folder) -> None:
    script = """\
import sys
from c6brief.build.limited_process import continue_in_child
from c6brief.build.limits import Limits, begin_brief
from c6brief.cli.ended import report_ended
sys.argv = ["c6brief", "check", "--format", "json"]
continue_in_child(report_ended, Limits(60, 500))
begin_brief("briefs/lifts.yaml")
import ctypes, mmap, os
kept = []
try:
    while True:
        kept.append(b"x" * 10_000_000)
except MemoryError:
    os.abort()  # as a library in C does that gets none
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder.root, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    [problem] = json.loads(done.stdout)
    assert (done.returncode, problem["rule"], problem["file"]) == (1, "limit-memory", "briefs/lifts.yaml")
    assert "500 MB" in problem["message"] and "--limit-memory" in problem["hint"]


@pytest.mark.parametrize(
    ("option", "value"), [("--limit-time", "-1"), ("--limit-time", "x"), ("--limit-memory", "100")]
)
def test_limits_that_are_none_are_wrong_usage(folder: Folder, option: str, value: str) -> None:
    done = folder.run("render", "briefs/lifts.yaml", option, value)
    assert done.status == 2 and option in done.err


@pytest.mark.rest
@pytest.mark.parametrize("killed", ["child", pytest.param("both", marks=pytest.mark.rest)])
def test_a_killed_command_leaves_no_temporary_files_for_long(busy: Folder, killed: str) -> None:
    """The one that waits deletes them; where that is killed too, the next command does."""
    command = [sys.executable, "-m", "c6brief", "render", "briefs/lifts.yaml", "--set", "template=busy"]
    environment = os.environ | {"TMPDIR": str(temporary_folder(busy))}
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=busy.root, env=environment, stdout=silent, stderr=silent) as process:
        [child] = until(lambda: children(process.pid), "the child")
        until(lambda: list(temporary_folder(busy).glob("*/*")), "temporary files")
        for each in [process.pid, child] if killed == "both" else [child]:
            os.kill(each, signal.SIGKILL)
        assert process.wait(PATIENCE) in (1, -signal.SIGKILL)
    if killed == "both":
        assert litter(busy)
        until(lambda: not is_running(child), "the end of the child")
        run(busy, "render", "briefs/lifts.yaml", "--set", "title=x")
    assert not litter(busy)


def test_a_process_that_nobody_has_asked_how_it_ended_is_dead() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        assert os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT) is not None
        assert not is_alive(ended.pid)
    assert is_alive(os.getpid())


def test_only_folders_of_dead_commands_are_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "letter.txt").write_text("mine")
    here, elsewhere = machine(), "00000000"
    names = {
        "link": f"c6brief-{here}-{dead.pid}-aaaaaaaa",
        "living": f"c6brief-{here}-{os.getpid()}-aaaaaaaa",
        "another machine's": f"c6brief-{elsewhere}-{dead.pid}-aaaaaaaa",
        "not ours": f"c6brief-{here}-{dead.pid}-notes",
        "file": f"c6brief-{here}-{dead.pid}-bbbbbbbb",
    }
    for kind, name in names.items():
        if kind == "link":
            (tmp_path / name).symlink_to("kept")
        elif kind == "file":
            (tmp_path / name).write_text("")
        else:
            (tmp_path / name).mkdir()
    left = tmp_path / f"c6brief-{here}-{dead.pid}-cccccccc"
    left.mkdir()
    (left / "link").symlink_to("../kept")
    (left / "font").write_text("")
    delete_left_over()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["kept", *names.values()])
    assert (tmp_path / "kept" / "letter.txt").read_text() == "mine"


def children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children")
    if not found.exists():
        pytest.skip("this system does not list the children of a process")
    return [int(each) for each in found.read_text().split()]


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGINT, 130),
        (signal.SIGTERM, -signal.SIGTERM),
        pytest.param(signal.SIGHUP, -signal.SIGHUP, marks=pytest.mark.rest),
        (signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_a_signal_to_the_command_ends_its_child_too(busy: Folder, number: int, status: int) -> None:
    command = [sys.executable, "-m", "c6brief", "render", "briefs/lifts.yaml", "--set", "template=busy"]
    with subprocess.Popen(command, cwd=busy.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        [child] = until(lambda: children(process.pid), "the child")
        until(lambda: has_begun(child), "the child's work")
        process.send_signal(number)
        assert process.wait(PATIENCE) in (status, -number), "by the signal itself, while it is loading still"
        until(lambda: not is_running(child), "the end of the child")
    assert not busy.written and not litter(busy)


def has_begun(child: int) -> bool:
    """Whether the process has loaded what reads a project."""
    return "pydantic_core" in Path(f"/proc/{child}/maps").read_text()


def test_a_child_that_was_killed_is_a_problem(busy: Folder) -> None:
    command = [sys.executable, "-m", "c6brief", "render", "briefs/lifts.yaml", "--set", "template=busy"]
    with subprocess.Popen(command, cwd=busy.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        [child] = until(lambda: children(process.pid), "the child")
        until(lambda: has_begun(child), "the child's work")
        os.kill(child, signal.SIGKILL)
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1 and "error[internal]: the process that did the work was killed by SIGKILL" in told


@pytest.mark.rest
def test_a_preview_lives_on_after_a_limit(busy: Folder) -> None:
    with Running(busy.root, "preview", "briefs/lifts.yaml", "--no-open", "--limit-time", "10") as running:
        running.wait_for("\nin ")
        busy.change("briefs/lifts.yaml", "subtitle:", "template: busy\nsubtitle:")
        running.wait_for("error[limit-time]")
        busy.change("briefs/lifts.yaml", "template: busy\n", "")
        running.wait_for("\nin ", times=2)
        assert running.interrupt() == 0
    assert busy.written == ["lifts.pdf"]


def test_a_system_without_fork_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from c6brief.build.limited_process import continue_in_child

    monkeypatch.delattr(os, "fork")
    continue_in_child(lambda problem: None)
    assert "note[no-limits]" in capsys.readouterr().err


@pytest.mark.rest
def test_a_program_limits_what_it_renders(busy: Folder) -> None:
    script = """\
if __name__ == "__main__":
    import c6brief
    options = c6brief.RenderOptions(overrides=("template=busy",))
    result = c6brief.render("briefs/lifts.yaml", options, limits=c6brief.Limits(seconds=4))
    print([problem.rule for problem in result.problems])
"""
    busy.write("script.py", script)
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=busy.root, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.stdout == "['limit-time']\n", done.stderr
