"""Entries of the cache: only what this user's c6brief has kept for this project is read, and nothing else is deleted."""

from __future__ import annotations

import ast
import hashlib
import os
import random
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from c6brief.documents import cache as module
from c6brief.documents import private_files
from c6brief.documents.cache import LARGEST, Kind, ProjectCache, cache_home
from tests.support.paths import SOURCE

ONE, TWO = Kind("one", most_files=100), Kind("two", most_files=100)
WORDS = b"what was kept"
THIS_USER = os.geteuid()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all caches, which is not there yet."""
    monkeypatch.setenv("C6BRIEF_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "v1"


@pytest.fixture
def project(tmp_path: Path, home: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    return root


def kept(project: Path, kind: Kind = ONE, key: str = "key") -> bytes | None:
    return ProjectCache(project).read(kind, key)


def keep(project: Path, kind: Kind = ONE, key: str = "key", data: bytes = WORDS) -> Path:
    """The file of the entry that is kept."""
    cache = ProjectCache(project)
    cache.write(kind, key, data)
    assert cache.reason == "" and ProjectCache(project).read(kind, key) == data
    return Path(cache.folder) / f"{kind.name}-{hashlib.sha256(key.encode(errors='surrogateescape')).hexdigest()[:32]}"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def snapshot(folder: Path) -> dict[str, bytes | str]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() and not path.is_symlink() else "other"
        for path in folder.rglob("*")
    }


# What is kept -------------------------------------------------------------------------------------------------------


def test_entries_are_told_apart_by_project_kind_and_key(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for index, (root, kind, key) in enumerate(
        (root, kind, key)
        for root in (project, other)
        for kind in (ONE, TWO)
        for key in ("key", "another", "", "\udcff/..")
    ):
        assert kept(root, kind, key) is None
        keep(root, kind, key, b"%d" % index)
    assert kept(project) == b"0" and kept(other, TWO, "\udcff/..") == b"15"


def test_everything_is_private(project: Path, home: Path) -> None:
    before = os.umask(0)
    try:
        path = keep(project)
    finally:
        os.umask(before)
    assert [mode(each) for each in (home.parent, home, path.parent)] == [0o700] * 3
    assert [mode(each) for each in (home / "secret", path)] == [0o600] * 2
    assert sorted(each.name for each in home.iterdir()) == sorted([path.parent.name, "secret"])


def test_a_folder_that_is_open_to_others_is_closed(project: Path, home: Path) -> None:
    keep(project)
    home.chmod(0o777)
    keep(project, key="more")
    assert mode(home) == 0o700


def test_a_project_is_known_by_where_it_really_is(project: Path, tmp_path: Path) -> None:
    keep(project)
    (tmp_path / "link").symlink_to(project)
    assert kept(tmp_path / "link") == WORDS
    moved = project.rename(tmp_path / "moved")
    assert kept(moved) is None


def test_the_secret_is_made_once(project: Path, home: Path) -> None:
    keep(project)
    secret = (home / "secret").read_bytes()
    keep(project, key="more")
    assert (home / "secret").read_bytes() == secret and len(secret) == 32


# Damage -------------------------------------------------------------------------------------------------------------


def test_no_flipped_bit_is_read(project: Path, home: Path) -> None:
    """200 flips in all files of the cache, the secret among them."""
    entries = {keep(project, kind, key, os.urandom(99)): (kind, key) for kind in (ONE, TWO) for key in ("a", "b", "c")}
    good = {path: path.read_bytes() for path in (home / "secret", *entries)}
    chance = random.Random(15)
    for _ in range(200):
        path = chance.choice(list(good))
        data = bytearray(good[path])
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        read = [where for where, each in entries.items() if kept(project, *each) is not None]
        assert read == [where for where in entries if path not in (where, home / "secret")]
        path.write_bytes(good[path])
    assert all(kept(project, *each) == good[where][32:] for where, each in entries.items())


@pytest.mark.sample(3)
@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, -1])
def test_no_cut_file_is_read(project: Path, length: int) -> None:
    path = keep(project)
    path.write_bytes(path.read_bytes()[:length])
    assert kept(project) is None
    keep(project)


def test_no_exchanged_file_is_read(project: Path, tmp_path: Path) -> None:
    """Of another key, of another kind, of another project; nor a whole folder of another project."""
    other = tmp_path / "other"
    other.mkdir()
    path = keep(project)
    good = path.read_bytes()
    for foreign in (keep(project, key="another"), keep(project, TWO), keep(other)):
        path.write_bytes(foreign.read_bytes())
        assert kept(project) is None
    path.write_bytes(good)
    shutil.rmtree(ProjectCache(other).folder)
    shutil.copytree(ProjectCache(project).folder, ProjectCache(other).folder)
    assert kept(project) == WORDS and kept(other) is None


def test_no_entry_of_somebody_else_is_read(project: Path, home: Path) -> None:
    """It was authenticated with the secret of its maker."""
    keep(project)
    foreign = snapshot(Path(ProjectCache(project).folder))
    shutil.rmtree(home)
    keep(project, key="mine")
    for name, data in foreign.items():
        assert isinstance(data, bytes)
        path = Path(ProjectCache(project).folder) / name
        path.write_bytes(data)
        path.chmod(0o600)
    assert kept(project) is None and kept(project, key="mine") == WORDS


def replace_by_socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's path is short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def replace_by_sparse_file(path: Path) -> None:
    path.touch(0o600)
    os.truncate(path, 10_000_000_000)


OTHER_THINGS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: None,
    "an empty file": lambda path: path.touch(0o600),
    "a folder": lambda path: path.mkdir(),
    "a folder with a file": lambda path: (path.mkdir(), (path / "file").touch()),
    "a pipe": lambda path: os.mkfifo(path, 0o600),
    "a socket": replace_by_socket,
    "a sparse file of 10 GB": replace_by_sparse_file,
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to what was there": lambda path: path.symlink_to(path.with_name("good")),
}


@pytest.mark.sample(4)
@pytest.mark.parametrize("what", OTHER_THINGS)
def test_only_ordinary_files_are_read(project: Path, what: str) -> None:
    path = keep(project)
    path.rename(path.with_name("good"))
    OTHER_THINGS[what](path)
    assert kept(project) is None
    before = path.with_name("good").read_bytes()
    ProjectCache(project).write(ONE, "key", b"new")
    assert kept(project) == (None if "folder" in what else b"new")
    assert path.with_name("good").read_bytes() == before


@pytest.mark.sample(4)
@pytest.mark.parametrize("what", [*OTHER_THINGS, "a short file", "a file for all"])
def test_a_bad_secret_is_made_anew(project: Path, home: Path, what: str) -> None:
    keep(project)
    secret = home / "secret"
    if what == "a file for all":
        secret.chmod(0o644)
    elif what == "a short file":
        secret.write_bytes(b"")
    else:
        secret.rename(home / "good")
        OTHER_THINGS[what](secret)
    assert kept(project) is None
    cache = ProjectCache(project)
    if "folder" in what:
        assert not cache.prepare() and cache.reason == "Is a directory"
        return
    keep(project)
    assert mode(secret) == 0o600 and secret.stat().st_size == 32


@pytest.mark.parametrize("depth", [0, 1])
def test_no_folder_is_reached_by_a_link(project: Path, home: Path, tmp_path: Path, depth: int) -> None:
    """Neither that of all caches nor that of a project: nothing is read, written or deleted where it leads."""
    folder = keep(project).parent
    linked = (home, folder)[depth]
    outside = linked.rename(tmp_path / "outside")
    linked.symlink_to(outside)
    before = snapshot(outside)
    cache = ProjectCache(project)
    assert cache.read(ONE, "key") is None
    cache.write(ONE, "key", b"new")
    assert cache.reason == "the folder is a link or a file"
    with pytest.raises(OSError, match="is a link"):
        ProjectCache(project).clear()
    assert snapshot(outside) == before and linked.is_symlink()
    assert ProjectCache(project).measure(ONE) == (0, 0)


@pytest.mark.skipif(THIS_USER != 0, reason="only root can give files away")
def test_nothing_of_another_user_is_read(project: Path, home: Path) -> None:
    path = keep(project)
    for each in (path, home / "secret", path.parent, home):
        os.chown(each, 12345, 12345)
        assert kept(project) is None, each
        if each.is_dir():
            cache = ProjectCache(project)
            assert not cache.prepare() and cache.reason == "the folder belongs to another user"
        os.chown(each, 0, 0)
    assert kept(project) == WORDS


# Where it lies ------------------------------------------------------------------------------------------------------


def test_the_folder_is_that_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def home_with(**environment: str) -> str | None:
        for name in ("C6BRIEF_CACHE_DIR", "XDG_CACHE_HOME", "HOME"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return cache_home()

    monkeypatch.setattr(sys, "platform", "linux")
    there = str(tmp_path)
    assert home_with(HOME=there) == f"{there}/.cache/c6brief/v1"
    assert home_with(HOME=there, XDG_CACHE_HOME="relative") == f"{there}/.cache/c6brief/v1"
    assert home_with(HOME=there, XDG_CACHE_HOME="/xdg") == "/xdg/c6brief/v1"
    assert home_with(HOME=there, XDG_CACHE_HOME="/xdg", C6BRIEF_CACHE_DIR="/named") == "/named/v1"
    assert home_with(C6BRIEF_CACHE_DIR="named") == f"{os.getcwd()}/named/v1"
    assert home_with(HOME=there, C6BRIEF_CACHE_DIR="") == f"{there}/.cache/c6brief/v1"
    for nowhere in ({}, {"HOME": ""}, {"HOME": "relative"}, {"HOME": f"{there}/missing"}):
        assert home_with(**nowhere) is None
    if THIS_USER == 0:
        os.chown(there, 12345, 12345)
        assert home_with(HOME=there) is None, "the home of another user, as with sudo"
        os.chown(there, 0, 0)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert home_with(HOME=there) == f"{there}/Library/Caches/c6brief/v1"


@pytest.mark.parametrize(
    "where", ["itself", "below", "a link to it", "a link in it", "below, another name", "a link in it, another name"]
)
def test_a_cache_that_may_have_come_with_the_project_is_not_used(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (tmp_path / "link").symlink_to(project)
    (tmp_path / "outside").mkdir()
    (project / "out").symlink_to(tmp_path / "outside")
    root = tmp_path / "link" if "another name" in where else project
    named = {
        "itself": project,
        "below": project / "a" / "b",
        "a link to it": tmp_path / "link" / "a",
        "a link in it": project / "out",
        "below, another name": project / "a",
        "a link in it, another name": project / "out",
    }[where]
    monkeypatch.setenv("C6BRIEF_CACHE_DIR", str(tmp_path / "outside"))
    keep(project)
    monkeypatch.setenv("C6BRIEF_CACHE_DIR", str(named))
    before = snapshot(tmp_path)
    cache = ProjectCache(root)
    cache.write(ONE, "key", WORDS)
    assert "could have been sent with it" in cache.reason
    assert cache.read(ONE, "key") is None and snapshot(tmp_path) == before


def test_a_folder_with_a_longer_name_is_not_in_the_project(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("C6BRIEF_CACHE_DIR", str(tmp_path / "project-cache"))
    keep(project)


@pytest.mark.sample(2)
@pytest.mark.parametrize("where", ["/dev/null", "/dev/null/x", "/proc/x", "file", "dangling", "x" * 300])
def test_where_no_folder_can_be_made_nothing_is_kept(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    monkeypatch.setenv("C6BRIEF_CACHE_DIR", str(tmp_path / where))
    cache = ProjectCache(project)
    cache.write(ONE, "key", WORDS)
    assert cache.reason
    assert (cache.read(ONE, "key"), cache.measure(ONE)) == (None, (0, 0))


def test_where_others_can_read_everything_nothing_is_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on file systems that know no modes."""
    monkeypatch.setattr(private_files, "FOR_OTHERS", 0o777)
    cache = ProjectCache(project)
    cache.write(ONE, "key", WORDS)
    assert cache.reason == "files in the folder cannot be hidden from others"


# Cleaning up --------------------------------------------------------------------------------------------------------

NOT_OURS = (
    "README",
    "one-short",
    "one-" + "0" * 31,
    "ONE-" + "0" * 32,
    "one-" + "0" * 32 + ".json",
    ".one-" + "0" * 32,
)


def put_in(folder: Path, outside: Path) -> dict[str, bytes | str]:
    """Put into ``folder`` what is not ours, and links that have names of ours. Returns all that must remain."""
    for name in NOT_OURS:
        (folder / name).write_bytes(b"x")
    outside.mkdir(exist_ok=True)
    (outside / ("one-" + "2" * 32)).write_bytes(b"x")
    (folder / ("one-" + "1" * 32)).symlink_to(outside / ("one-" + "2" * 32))
    (folder / "new-link").symlink_to(outside / ("one-" + "2" * 32))
    (folder / ("one-" + "3" * 32)).mkdir()
    return snapshot(folder)


def test_only_entries_are_cleared(project: Path, tmp_path: Path) -> None:
    folder = keep(project).parent
    keep(project, TWO)
    ProjectCache(project).clear()
    assert not folder.exists()
    keep(project)
    (folder / "one-").touch()
    ProjectCache(project).clear()
    ProjectCache(project).write(ONE, "key", WORDS)
    before = snapshot(folder)
    for name in put_in(folder, tmp_path / "outside"):
        before.setdefault(name, b"x")
    ProjectCache(project).clear()
    assert set(before) - set(snapshot(folder)) == {keep(project).name}
    assert len(list((tmp_path / "outside").iterdir())) == 1


def test_only_the_oldest_entries_of_a_kind_make_room(project: Path, tmp_path: Path) -> None:
    few = ONE._replace(most_files=3)
    folder = keep(project, TWO).parent
    rest = put_in(folder, tmp_path / "outside")
    for number in range(6):
        path = keep(project, few, str(number))
        os.utime(path, (number, number))
    assert [kept(project, few, str(number)) is not None for number in range(6)] == [False] * 3 + [True] * 3
    small = ONE._replace(most_bytes=3 * 45)
    keep(project, small, "6")
    assert ProjectCache(project).measure(ONE) == (3, 3 * 45)
    assert kept(project, TWO) == WORDS and rest.keys() <= snapshot(folder).keys()


def test_what_a_killed_run_left_is_deleted_a_day_later(project: Path, home: Path) -> None:
    folder = keep(project).parent
    for where in (folder, home):
        for name, age in (("new-old", 2 * module.DAY), ("new-young", 60)):
            (where / name).touch()
            os.utime(where / name, (time.time() - age,) * 2)
    keep(project, key="more")
    ProjectCache(home.parent / "another").write(ONE, "", b"")  # another project, with which the home is cleaned up
    for where in (folder, home):
        assert not (where / "new-old").exists() and (where / "new-young").exists()


def in_projects(tmp_path: Path, count: int) -> list[Path]:
    """Projects that were used one after another, the first one longest ago."""
    roots = [tmp_path / f"project-{number}" for number in range(count)]
    for number, root in enumerate(roots):
        folder = keep(root).parent
        os.utime(folder, (time.time() - 1000 + number,) * 2)
    return roots


def test_projects_of_long_ago_are_deleted_when_one_is_added(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = in_projects(tmp_path, 4)
    (home / "not-ours").mkdir()
    (home / "not-ours" / ("one-" + "0" * 32)).touch()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / ("one-" + "0" * 32)).touch()
    (home / ("f" * 32)).symlink_to(outside)
    foreign = Path(ProjectCache(roots[1]).folder) / "README"
    foreign.touch()
    os.utime(foreign.parent, (time.time() - 1000 + 1,) * 2)
    monkeypatch.setattr(module, "MOST_PROJECTS", 3)
    keep(tmp_path / "new")
    assert [kept(root) is not None for root in roots] == [False, False, True, True]
    assert not Path(ProjectCache(roots[0]).folder).exists() and foreign.exists()
    monkeypatch.setattr(module, "MOST_BYTES", 45)
    os.utime(ProjectCache(tmp_path / "new").folder, (1, 1))
    keep(tmp_path / "newer")
    assert [kept(root) is not None for root in (*roots, tmp_path / "new")] == [False, False, False, True, False]
    monkeypatch.setattr(module, "LONGEST_UNUSED", 10)
    keep(tmp_path / "newest")
    assert [kept(root) is not None for root in (roots[3], tmp_path / "newer")] == [False, True]
    assert len(list(outside.iterdir())) == len(list((home / "not-ours").iterdir())) == 1


def test_reading_counts_as_use(project: Path) -> None:
    folder = keep(project).parent
    long_ago = time.time() - module.LONGEST_UNUSED
    os.utime(folder, (long_ago, long_ago))
    assert kept(project) == WORDS
    assert time.time() - folder.stat().st_mtime < 60


def test_clocks_that_jump_delete_nothing_that_is_in_use(project: Path, tmp_path: Path, home: Path) -> None:
    folder = keep(project).parent
    for when in (2**31, 2**32):
        os.utime(folder, (when, when))
        keep(tmp_path / f"new-{when}")
        assert kept(project) == WORDS


# Two at once --------------------------------------------------------------------------------------------------------


def test_runs_that_begin_at_once_do_not_hurt_each_other(project: Path, home: Path) -> None:
    """Each makes the secret, if it is the first; what is read is always what was kept."""
    program = (
        "import sys\nfrom c6brief.documents.cache import Kind, ProjectCache\n"
        "kind = Kind('one', most_files=3)\nsys.stdin.read()\n"
        "for number in range(200):\n"
        "    cache = ProjectCache(sys.argv[1])\n"
        "    key = str(number % 5)\n"
        "    cache.write(kind, key, key.encode() * 1000)\n"
        "    assert cache.read(kind, key) in (None, key.encode() * 1000)\n"
        "    if number % 50 == int(sys.argv[2]): cache.clear()\n"
        "assert cache.reason == '', cache.reason\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(project), str(number)], stdin=subprocess.PIPE)
        for number in range(3)
    ]
    for run in runs:
        assert run.stdin is not None
        run.stdin.close()
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    path = keep(project)
    names = {each.name.split("-")[0] for each in path.parent.iterdir()}
    assert names == {"one"}, "nothing half-written is left"


def test_nothing_that_is_read_can_run_code() -> None:
    """No module of ours reads a form that holds code, but from the workers of a cluster, which Dask believes anyway."""
    able = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "dbm"}
    for path in set(SOURCE.rglob("*.py")) - {SOURCE / "build" / "dask_executor.py"}:
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if any(name in text for name in able) else ():
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not able & {name.partition(".")[0] for name in names}, path


def test_the_largest_file_is_bounded(project: Path) -> None:
    path = keep(project)
    ProjectCache(project).write(ONE, "key", bytes(LARGEST))
    assert kept(project) == WORDS and path.stat().st_size == 45
