"""Set-up: what it leaves starts in a folder of any name, and runs nothing that the name says."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import REPOSITORY

FOLDERS = [
    "it's",
    "a b",
    "a$(touch pwned)b",
    "a`touch pwned`b",
    'a"b;touch pwned',
    "a\\tb\\",
    "ü – ş",
    "$HOME",
    "*",
    "#{x}",
]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_script_of_pip_starts_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    from pip._vendor.distlib.scripts import ScriptMaker

    place = tmp_path / name / ".venv" / "bin"
    place.mkdir(parents=True)
    (place / "python").symlink_to(sys.executable)
    maker = ScriptMaker(None, os.fspath(place))
    maker.executable, maker.variants = os.fspath(place / "python"), {""}
    maker.make("started = platform:node")
    found = importlib.util.spec_from_file_location("mend_scripts", REPOSITORY / "tools" / "mend_scripts.py")
    assert found is not None and found.loader is not None
    tool = importlib.util.module_from_spec(found)
    found.loader.exec_module(tool)
    is_through_sh = (place / "started").read_bytes().startswith(b"#!/bin/sh")
    assert tool.mend_scripts(place) == is_through_sh
    done = subprocess.run([place / "started"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == os.uname().nodename, done.stderr  # a text that an entry point returns is its exit
    (tmp_path / "link").symlink_to(place / "started")
    assert (
        subprocess.run([tmp_path / "link"], cwd=tmp_path, capture_output=True, check=False).stderr
        == done.stderr.encode()
    )
    assert not list(tmp_path.rglob("pwned"))


def test_set_up_refuses_a_folder_that_python_cannot_load_from(tmp_path: Path) -> None:
    folder = tmp_path / "a\nb"
    (folder / "tools").mkdir(parents=True)
    (folder / "tools" / "setup.sh").write_bytes((REPOSITORY / "tools" / "setup.sh").read_bytes())
    done = subprocess.run(["sh", "tools/setup.sh"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "rename the folder" in done.stderr
    assert not (folder / ".venv").exists()
