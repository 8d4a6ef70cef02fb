"""A project that somebody has sent: nothing outside of it is read, written or deleted, and nothing in it never ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from c6brief.documents import folders
from c6brief.documents.boundary import OutsideProject, add_root
from c6brief.documents.writing import delete_files, write_all_beside
from tests.support.hostile_projects import SECRET, ZOO, contents, make_outside, remove_nested, untouched
from tests.support.project import BRIEF, Folder
from tests.support.sampling import sampled

SOONEST = 10.0
"""Seconds after which each of these must have ended; on an idle machine each takes one."""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return make_outside(tmp_path / "outside")


def made(folder: Folder, outside: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "200 files of 100":
        monkeypatch.setattr(folders, "MOST_FILES", 100)
    ZOO[name].make(folder.root, outside)


SAMPLE = ("texts", "an include", "the brief", "a FIFO of seeds", "a device", "10 GB")


@pytest.mark.rest_sample(8)
@pytest.mark.parametrize("name", sampled([name for name in ZOO if not ZOO[name].only_render], *SAMPLE))
def test_a_check_tells_it_and_reads_nothing_outside(
    name: str, folder: Folder, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = ZOO[name]
    made(folder, outside, name, monkeypatch)
    try:
        for arguments in (["briefs/lifts.yaml"], []):
            started = time.monotonic()
            with untouched(outside):
                result = folder.run("check", *arguments)
            assert time.monotonic() - started < SOONEST
            assert f"{case.file}:{case.line}:" in result.err and f"error[{case.rule}]" in result.err, result.err
            told = next(line for line in result.err.split("\n") if line.startswith(f"{case.file}:{case.line}:"))
            assert case.rule in told
            assert (result.status, SECRET in result.out + result.err) == (1, False)
    finally:
        if name == "3,000 folders":
            remove_nested(folder.root / "seeds")


@pytest.mark.rest_sample(8)
@pytest.mark.parametrize("name", sampled(ZOO, "the output", "no output yet", "templates", "a style sheet"))
def test_a_render_tells_it_and_writes_nothing(
    name: str, folder: Folder, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = ZOO[name]
    made(folder, outside, name, monkeypatch)
    try:
        with untouched(outside):
            result = folder.render("briefs/lifts.yaml", "--format", "html")
        assert (result.status, case.rule in result.errors) == (1, True), result.err
        assert f"{case.file}:{case.line}:" in result.err
        if not case.only_render:
            assert folder.written == []
    finally:
        if name == "3,000 folders":
            remove_nested(folder.root / "seeds")


def test_links_inside_the_project_work(folder: Folder) -> None:
    root = folder.root
    (root / "shared").mkdir()
    shutil.move(root / "seeds/texts", root / "shared/texts")
    (root / "seeds/texts").symlink_to("../shared/texts")
    shutil.move(root / "seeds/quotes.yaml", root / "shared/quotes.yaml")
    (root / "seeds/quotes.yaml").symlink_to(root / "shared/quotes.yaml")
    folder.write("shared/mine/brief.html.j2", '{% extends "c6brief:memo/brief.html.j2" %}')
    (root / "templates").mkdir()
    (root / "templates/mine").symlink_to("../shared/mine")
    (root / "shared/out").mkdir()
    (root / "output").symlink_to("shared/out")
    (root / "seeds/texts/up").symlink_to("..")
    folder.write("briefs/lifts.yaml", "template: mine\n" + BRIEF)
    result = folder.render("briefs/lifts.yaml", "--format", "html")
    assert (result.status, result.err) == (0, "")
    assert (root / "shared/out/lifts.html").is_file()


def test_a_project_may_be_reached_by_a_link(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "door").symlink_to(folder.root)
    assert folder.run("check", str(tmp_path / "door/briefs/lifts.yaml")).status == 0


def test_what_the_user_names_may_lie_anywhere(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "house.yml").write_text("color: {primary: '#112233'}\n")
    (folder.root / "out").symlink_to(tmp_path / "elsewhere")
    (folder.root / "house.yml").symlink_to(tmp_path / "house.yml")
    result = folder.render("briefs/lifts.yaml", "--format", "html", "-o", "out", "--brand", "house.yml")
    assert (result.status, (tmp_path / "elsewhere/lifts.html").is_file()) == (0, True), result.err


def test_a_link_in_a_folder_that_the_user_names_is_not_followed_out(tmp_path: Path, outside: Path) -> None:
    """Nor is anything deleted there: images of flaws that are gone, say."""
    proofs = tmp_path / "proofs"
    proofs.mkdir()
    (proofs / "lifts").symlink_to(outside / "lifts")
    add_root(proofs)
    with untouched(outside):
        with pytest.raises(OutsideProject):
            write_all_beside({proofs / "one.png": b"", proofs / "lifts" / "two.png": b""})
        with pytest.raises(OutsideProject):
            write_all_beside({proofs / "lifts" / "deeper" / "two.png": b""})
        with pytest.raises(OutsideProject):
            delete_files(proofs / "lifts", lambda name: True)
    assert [path.name for path in proofs.iterdir()] == ["lifts"]


def test_only_ordinary_files_of_our_names_are_deleted(tmp_path: Path) -> None:
    for name in ("ours-1", "ours-2", "theirs"):
        (tmp_path / name).write_text("")
    (tmp_path / "ours-folder").mkdir()
    (tmp_path / "ours-link").symlink_to(tmp_path / "theirs")
    add_root(tmp_path)
    delete_files(tmp_path, lambda name: name.startswith("ours"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ours-folder", "ours-link", "theirs"]


def test_a_new_template_is_not_written_through_a_link(folder: Folder, outside: Path) -> None:
    (folder.root / "templates").symlink_to(outside)
    with untouched(outside):
        result = folder.run("new", "template", "mine")
    assert (result.status, result.errors) == (1, ["outside-project"]), result.err


def test_figures_go_through_no_link_of_the_project(folder: Folder, outside: Path) -> None:
    (folder.root / "pictures").mkdir()
    (folder.root / "pictures/lifts.svg").symlink_to(outside / "secret.svg")
    with untouched(outside):
        result = folder.render("briefs/lifts.yaml", "--figures", "pictures")
    assert (result.status, (folder.root / "pictures/lifts.svg").is_symlink()) == (0, False), result.err


def test_files_that_a_killed_run_has_left_are_deleted_by_the_next(tmp_path: Path) -> None:
    """Only those: of a run that lives, and whatever else looks like them, nothing is deleted."""
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom c6brief.documents import writing\n"
        "os.replace = lambda *a, **b: os._exit(9)\nwriting.write_all_beside({Path(sys.argv[1]): b'half'})"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.pdf")], check=False)
    left = [path.name for path in tmp_path.iterdir()]
    assert (done.returncode, len(left)) == (9, 1)
    alive = left[0].replace(left[0].split("-")[2], str(os.getpid()), 1)
    others = (alive, "." + left[0], left[0] + "~", "a.tmp", ".c6brief-notes.tmp")
    for name in others:
        (tmp_path / name).write_text("kept")
    (tmp_path / left[0]).with_name(left[0][:-9] + "0000.tmp").symlink_to(tmp_path / "a.tmp")
    again = script.replace("os.replace = lambda *a, **b: os._exit(9)\n", "")
    subprocess.run([sys.executable, "-c", again, str(tmp_path / "a.pdf")], check=True)
    there = contents(tmp_path)
    assert left[0] not in there
    assert {name: there[name] for name in others} == dict.fromkeys(others, b"kept")
    assert there["a.pdf"] == b"half"
