"""Results that are kept: what rests on the same files, code and environment as before is not made again.

A result stands for one job or check and for everything that was asked of it. It holds what was read for it (see
:mod:`c6brief.build.reads`), the hashes of the files that were written, and what there was to say, so that warnings are
shown again. Only where all of it is as it was, nothing is done. After errors no result is kept.

Beside it a command line is kept, with the results that it comes to: reading it takes Typer longer than all of this.

Files are written beside and renamed, so that two runs may share the folder (``.c6brief/cache/stamps``); a damaged one is
deleted. The folder may be deleted at any time, and holds :data:`MOST_FILES` at most. Little is imported here before
something is found to have changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from c6brief.build.fingerprints import (
    content_and_path,
    environment_digest,
    hash_content,
    hash_tree,
    project_root,
    stat_digest,
)
from c6brief.documents.problems import Place, Problem, Span

if TYPE_CHECKING:
    from c6brief.build.reads import Reads

FOLDER = "stamps"

MOST_FILES = 1000
"""A result takes about 15 kB."""

LARGEST = 20_000_000
"""Bytes of what is kept of one result."""

DAMAGED = (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error)


class Report(NamedTuple):
    """What there is to say of a job or a check: its problems, and of a file that was written its path, pages and mends."""

    problems: tuple[Problem, ...]
    target: str = ""
    pages: int = 0
    mended: tuple[str, ...] = ()


class CacheKey(NamedTuple):
    """What a result is kept under."""

    near: str
    """A brief, or where one would lie: it says in which project's folder the result is kept."""
    words: str
    """Everything that was asked, in any form that is always the same."""

    @property
    def path(self) -> str | None:
        """The file of the result; ``None`` outside of projects."""
        root = project_root(self.near)
        key = hashlib.sha256(json.dumps([self.near, self.words]).encode()).hexdigest()[:32]
        return os.path.join(root, ".c6brief", "cache", FOLDER, f"{key}.z") if root else None


class Command(NamedTuple):
    """A command line whose results are all up to date."""

    name: str
    reports: list[Report]
    form: str
    """In which form it prints problems."""
    briefs: int
    """How many were checked."""


def keep(key: CacheKey, reads: Reads, written: Mapping[str, bytes], report: Report) -> None:
    """Keep a result: it rests on ``reads``, and is the files ``written``. A folder that cannot be written is no problem."""
    problems = [
        {**vars(problem), "place": {**vars(problem.place), "span": vars(problem.place.span)}}
        for problem in report.problems
    ]
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in written.items()}
    kept = {"target": report.target, "pages": report.pages, "mended": report.mended}
    _write(key, {**reads, "written": hashes, "problems": problems, **kept})


def lookup(key: CacheKey) -> Report | None:
    """The report of a result that is up to date; ``None`` where it has to be made."""
    kept = _read(key)
    if kept is None:
        return None
    try:
        unchanged = (
            all(project_root(brief) == root for brief, root in kept["roots"].items())
            and all(hash_content(path) == was for path, was in kept["written"].items())
            and all(content_and_path(path) == was for path, was in kept["files"].items())
            and all(hash_tree(folder) == was for folder, was in kept["trees"].items())
            and kept["environment"] == environment_digest().digest
            and kept["stat_digest"] == stat_digest(kept["code"]).digest
        )
        problems = tuple(map(_problem, kept["problems"]))
        report = Report(problems, str(kept["target"]), int(kept["pages"]), tuple(map(str, kept["mended"])))
        return report if unchanged else None
    except DAMAGED:
        _delete(key)
        return None


def keep_command(arguments: list[str], keys: Iterable[CacheKey], form: str = "", briefs: int = 0) -> None:
    """Keep the results that a command line comes to: each of them is compared with the code that made it."""
    _write(_command_key(arguments), {"results": list(keys), "form": form, "briefs": briefs})


def lookup_command(arguments: list[str]) -> Command | None:
    """What a command line comes to; ``None`` where any of its results has to be made, or it is unknown."""
    key = _command_key(arguments)
    kept = _read(key)
    if kept is None:
        return None
    try:
        reports = [lookup(CacheKey(*map(str, each))) for each in kept["results"]]
        found = [each for each in reports if each is not None]
        command = Command(arguments[0], found, str(kept["form"]), int(kept["briefs"]))
    except DAMAGED:
        _delete(key)
        return None
    return command if reports and len(found) == len(reports) else None


def _command_key(arguments: list[str]) -> CacheKey:
    """The command line itself, in the project of the first brief that it names, else of the working directory."""
    near = next((each for each in arguments if each.endswith((".yaml", ".yml"))), "briefs")
    return CacheKey(os.path.abspath(near), json.dumps([os.getcwd(), *arguments]))


def _read(key: CacheKey) -> dict[str, Any] | None:
    path = key.path
    try:
        if path is None:
            return None
        with open(path, "rb") as file:
            kept = json.loads(zlib.decompressobj().decompress(file.read(LARGEST), LARGEST))
    except OSError:
        return None
    except DAMAGED:
        _delete(key)
        return None
    if isinstance(kept, dict):
        return kept
    _delete(key)
    return None


def _write(key: CacheKey, kept: Mapping[str, Any]) -> None:
    from pathlib import Path

    from c6brief.documents.files import write_beside

    path = key.path
    if path is not None:
        with suppress(OSError):
            write_beside(zlib.compress(json.dumps(kept).encode()), Path(path))
            _make_room(os.path.dirname(path))


def _delete(key: CacheKey) -> None:
    """Delete a damaged result."""
    with suppress(OSError):
        os.unlink(key.path or "")


def _problem(kept: dict[str, Any]) -> Problem:
    place = kept["place"]
    return Problem(**{**kept, "place": Place(**{**place, "span": Span(**place["span"])})})


def _make_room(folder: str) -> None:
    """Delete the oldest results beyond :data:`MOST_FILES`."""
    found = []
    for entry in os.scandir(folder):
        with suppress(OSError):  # another run may have deleted it
            found.append((entry.stat().st_mtime_ns, entry.path))
    for _, path in sorted(found)[: max(0, len(found) - MOST_FILES)]:
        with suppress(OSError):
            os.unlink(path)
