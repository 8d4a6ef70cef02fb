"""``c6brief cache``: what a project keeps so as not to do it twice. All of it may be deleted at any time."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from c6brief.cli.base import this_project
from c6brief.cli.stamps import FOLDER
from c6brief.cli.telling import counted, told
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems

PARTS = {"figures": "drawing", FOLDER: "stamp"}
"""The folders of a cache, and what one file of each is."""


def show_cache(clear: bool) -> int:
    """Print where the cache of this project lies and what it holds, or ``clear`` it. Returns the exit status.

    Problems: ``no-project``, and ``not-writable`` where it cannot be deleted.
    """
    problems = Problems()
    project = this_project(problems, "go to a project")
    if project is None:
        return told(problems, [])
    name = display_name(project.cache)
    if not project.cache.is_dir():
        return told(problems, [f"{name}  empty"])
    lines = [f"{name}  {_size(project.cache.rglob('*'))}", *_parts(project.cache)]
    if clear:
        try:
            shutil.rmtree(project.cache)
            lines = [f"{name}  emptied"]
        except OSError as reason:
            message = f"'{name}' cannot be deleted: {reason.strerror}"
            problems.error("not-writable", message, Place(name), "give yourself the right to, or delete it by hand")
            lines = []
    return told(problems, lines)


def _parts(cache: Path) -> list[str]:
    """A line for each part: how many there are, and their size."""
    found = {noun: list((cache / name).glob("*")) for name, noun in PARTS.items()}
    lines = [f"  {counted(len(files), noun):<12}  {_size(files)}" for noun, files in found.items()]
    return [*lines, f"  {'passages':<12}  {_size([cache / 'verified.json'])}"]


def _size(paths: Iterable[Path]) -> str:
    """What files take together."""
    return f"{sum(path.stat().st_size for path in paths if path.is_file()) / 1_000_000:.2f} MB"
