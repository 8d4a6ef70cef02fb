"""What code a user trusts: kept for them alone, outside of projects, by path and content."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from c6brief.documents import trust
from c6brief.documents.lookups import listen_to_lookups


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(trust.VARIABLE, str(tmp_path / "config"))
    return tmp_path / "config"


def test_it_is_the_file_and_its_content_that_are_trusted(root: Path, home: Path) -> None:
    code, copy = root / "a.py", root / "b.py"
    assert not trust.is_trusted(code, b"one", root)
    trust.trust({code: b"one"}, root)
    assert trust.is_trusted(code, b"one", root)
    assert not trust.is_trusted(code, b"two", root) and not trust.is_trusted(copy, b"one", root)
    assert (home.stat().st_mode & 0o777, (home / "trusted-code.json").stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_link_is_trusted_as_what_it_leads_to(root: Path, home: Path) -> None:
    (root / "real").mkdir()
    (root / "link").symlink_to(root / "real")
    trust.trust({root / "link" / "a.py": b"one"}, root)
    assert trust.is_trusted(root / "real" / "a.py", b"one", root)
    (root / "link").unlink()
    (root / "other").mkdir()
    (root / "link").symlink_to(root / "other")
    assert not trust.is_trusted(root / "link" / "a.py", b"one", root)


def test_trust_is_revoked_for_a_folder_and_no_other(root: Path, home: Path) -> None:
    beside = root.with_name("project-2") / "a.py"
    trust.trust({root / "a.py": b"1", root / "gone" / "b.py": b"2", beside: b"3"}, root)
    assert trust.revoke(root, root) == [str(root / "a.py"), str(root / "gone" / "b.py")]
    assert trust.revoke(root, root) == []
    assert trust.is_trusted(beside, b"3", root) and not trust.is_trusted(root / "a.py", b"1", root)


def test_a_list_that_lies_in_the_project_trusts_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(trust.VARIABLE, str(root / "config"))
    (root / "config").mkdir(mode=0o700)
    path = root / "config" / "trusted-code.json"
    path.write_text(json.dumps({"code": {str(root / "a.py"): trust.sha256(b"one")}}))
    path.chmod(0o600)
    assert not trust.is_trusted(root / "a.py", b"one", root)
    with pytest.raises(OSError, match="sent with it"):
        trust.trust({root / "a.py": b"one"}, root)


@pytest.mark.parametrize("damage", ["open to others", "no JSON", "no list", "a link", "a FIFO", "a folder"])
def test_a_list_that_others_may_have_written_trusts_nothing_and_raises_nothing(
    root: Path, home: Path, damage: str
) -> None:
    trust.trust({root / "a.py": b"one"}, root)
    path = home / "trusted-code.json"
    if damage == "open to others":
        path.chmod(0o644)
    elif damage == "no JSON":
        path.write_text("{")
    elif damage == "no list":
        path.write_text("[1]")
    else:
        path.rename(home / "moved")
        if damage == "a link":
            path.symlink_to(home / "moved")
        elif damage == "a FIFO":
            os.mkfifo(path, 0o600)
        else:
            path.mkdir(mode=0o700)
    assert not trust.is_trusted(root / "a.py", b"one", root)


def test_without_a_home_nothing_is_trusted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (trust.VARIABLE, "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    assert trust.config_home() is None and not trust.is_trusted(root / "a.py", b"one", root)
    with pytest.raises(OSError, match="no home folder"):
        trust.trust({root / "a.py": b"one"}, root)


def test_a_relative_configuration_folder_is_ignored_as_xdg_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(trust.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "config")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert trust.config_home() in (
        str(tmp_path / ".config" / "c6brief"),
        str(tmp_path / "Library/Application Support" / "c6brief"),
    )


def test_the_list_counts_as_read_even_where_it_is_missing(root: Path, home: Path) -> None:
    seen: list[str] = []
    with listen_to_lookups(seen.append):
        trust.is_trusted(root / "a.py", b"one", root)
    assert seen == [str(home / "trusted-code.json")]
