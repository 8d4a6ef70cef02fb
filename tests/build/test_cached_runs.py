"""Runs with a cache that is damaged, sent along or impossible say and print what a run without any cache does."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from c6brief.documents.cache import ProjectCache
from tests.support.process import run_c6brief
from tests.support.project import Folder, Result
from tests.support.sampling import sampled

PAGE = ("render", "briefs/lifts.yaml", "--format", "html")
CHECK = ("check", "--format", "json")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And whoever has just saved a module tests it all the same."""
    monkeypatch.setenv("C6BRIEF_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("c6brief.build.reads.PROCESS_STARTED", time.time() + 10)


def said(folder: Folder) -> tuple[int, str, str, bytes]:
    """What a check says, whether a render succeeds, and the page that it writes."""
    check, page = folder.run(*CHECK), folder.run(*PAGE)
    assert page.status == 0, page.err
    return check.status, check.out, page.err, (folder.root / "output" / "lifts.html").read_bytes()


def cached(folder: Folder) -> list[Path]:
    return sorted(path for path in Path(ProjectCache(folder.root).home).rglob("*") if path.is_file())


def test_what_is_kept_of_a_run(folder: Folder) -> None:
    said(folder)
    kinds = sorted(path.name.partition("-")[0] for path in cached(folder))
    assert kinds == ["drawing", "passages", "result", "result", "result", "result", "secret"]
    assert folder.run(*PAGE).out == "output/lifts.html, nothing changed\n"
    assert not (folder.root / ".c6brief").exists()


@pytest.mark.rest_sample(4)
@pytest.mark.parametrize("seed", sampled(range(20), 8))
def test_a_flipped_bit_changes_nothing_but_time(folder: Folder, seed: int) -> None:
    """200 in all."""
    folder.change("seeds/quotes.yaml", "themes: [lifts]", "themes: [trams]")  # a warning, to be told again
    first = said(folder)
    chance = random.Random(seed)
    for _ in range(10):
        path = chance.choice(cached(folder))
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        assert said(folder) == first, path


def test_cut_and_exchanged_files_change_nothing(folder: Folder, tmp_path: Path) -> None:
    first = said(folder)
    for path in cached(folder):
        path.write_bytes(path.read_bytes()[:-1])
    assert said(folder) == first
    files = cached(folder)
    contents = [path.read_bytes() for path in files]
    for path, other in zip(files, [*contents[1:], contents[0]], strict=True):
        path.write_bytes(other)
    assert said(folder) == first


def test_a_cache_that_was_sent_along_is_neither_read_nor_deleted(folder: Folder) -> None:
    """It says that words stand elsewhere and holds a pipe, which would be waited for; it is told of once."""
    first = said(folder)
    old = folder.root / ".c6brief" / "cache"
    (old / "figures").mkdir(parents=True)
    (old / "verified.json").write_text('{"rule": "x", "passages": {}}')
    os.mkfifo(old / "stamps")
    (old / "figures" / "link").symlink_to("/dev/zero")
    before = sorted((str(path), path.lstat()[:9]) for path in old.parent.rglob("*"))
    program = (
        "import os, sys\nopened = []\n"
        "names = ('open', 'os.listdir', 'os.scandir', 'os.remove', 'os.rename')\n"
        "def hear(event, values):\n"
        "    is_look = event == 'open' and values[2] & getattr(os, 'O_PATH', 0)\n"
        "    if event in names and not is_look: opened.append(str(values[0]))\n"
        "sys.addaudithook(hear)\n"
        "from c6brief.cli import main\nsys.argv = ['c6brief', 'check']\n"
        "try: main()\n"
        "finally: print([name for name in opened if '.c6brief' in name])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "[]"), done.stderr
    told = folder.run("render", *PAGE[1:])
    for words in (done.stderr, told.err):
        assert words.count("note[old-cache]") == 1 and ".c6brief:1:1: " in words
    assert (folder.root / "output" / "lifts.html").read_bytes() == first[-1]
    assert sorted((str(path), path.lstat()[:9]) for path in old.parent.rglob("*")) == before
    assert "old-cache" in folder.run(*PAGE).err, "notes of kept results are told again"
    old.parent.rename(folder.root / "gone")
    assert "old-cache" not in folder.run(*PAGE).err
    assert said(folder) == first


@pytest.mark.parametrize("what", ["a file", "a link to nothing", "a link to a device", "a pipe"])
def test_whatever_has_the_name_of_an_old_cache_is_told(folder: Folder, what: str) -> None:
    old = folder.root / ".c6brief"
    if what == "a pipe":
        os.mkfifo(old)
    elif what == "a file":
        old.write_text("words")
    else:
        old.symlink_to("nothing" if what == "a link to nothing" else "/dev/zero")
    done = folder.run("check")
    assert done.status == 0 and done.err.count("note[old-cache]") == 1, done.err
    folder.change("_brand.yml", "rules: {", "rules: {old-cache: off, ")
    assert "old-cache" not in folder.run("check").err


NOWHERE = {
    "no home": ({"C6BRIEF_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": ""}, "no home folder of yours"),
    "a home that is missing": (
        {"C6BRIEF_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": "/nonexistent"},
        "no home folder of yours",
    ),
    "no folder": ({"C6BRIEF_CACHE_DIR": "/dev/null"}, "Not a directory"),
    "a folder of the system": ({"C6BRIEF_CACHE_DIR": "/proc/c6brief"}, "nothing is kept"),
    "the project": ({"C6BRIEF_CACHE_DIR": "kept"}, "could have been sent with it"),
}


@pytest.mark.parametrize("where", sampled(NOWHERE, "no home", "the project"))
def test_without_a_cache_all_is_made_anew_with_a_note(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    first = said(folder)
    environment, words = NOWHERE[where]
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for _ in range(2):
        done = folder.run("check")
        assert (done.status, done.err.count("note[no-cache]")) == (0, 1) and words in done.err, done.err
    page = folder.run(*PAGE, "--strict")
    assert (page.status, page.out, page.err.count("note[no-cache]")) == (0, "output/lifts.html\n", 1)
    assert (folder.root / "output" / "lifts.html").read_bytes() == first[-1]
    assert sorted(path.name for path in folder.root.iterdir()) == ["_brand.yml", "briefs", "output", "seeds"]
    cache = folder.run("cache")
    assert cache.status == 0 and ("note[no-cache]" in cache.err or cache.out.endswith("empty\n"))
    folder.change("_brand.yml", "rules: {", "rules: {no-cache: off, ")
    assert "no-cache" not in folder.run("check").err


def test_a_fresh_home_gets_one_folder(folder: Folder, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    run_c6brief(folder.root, "check", C6BRIEF_CACHE_DIR="", XDG_CACHE_HOME="", HOME=str(home))
    assert [path.name for path in home.iterdir()] == [".cache"]
    assert [path.name for path in (home / ".cache").iterdir()] == ["c6brief"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in home.rglob("*"))


def test_two_projects_keep_apart(folder: Folder, tmp_path: Path) -> None:
    """The same project twice, but for the words of a source: each is verified by its own."""
    said(folder)
    other = tmp_path / "other"
    folder.root.rename(other)
    folder.root.mkdir()
    assert cached(folder), "those of the first one remain"
    for path in other.rglob("*"):
        if path.is_file() and "output" not in path.parts:
            folder.write(str(path.relative_to(other)), path.read_bytes())
    folder.change("seeds/texts/transit.txt", "will have a lift", "will not have a lift")
    os.chdir(folder.root)
    done: Result = folder.run(*CHECK)
    assert done.status == 1 and "words-not-found" in done.out
    os.chdir(other)
    assert folder.run(*CHECK).status == 0
