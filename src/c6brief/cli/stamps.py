"""A brief that is made of what it was made of is not made again: stamps under ``.c6brief/cache/stamps``.

A stamp stands for one brief and for everything that was asked of it. It holds what was read for it (see :mod:`reading
<c6brief.cli.reading>`), the hashes of the files that were written, and what was said, so that warnings are told again.
Only where all of it is as it was, nothing is done. After errors there is no stamp.

Beside it a command line is kept, with the stamps that it comes to: to read it takes Typer longer than all of this.

Stamps are written beside and renamed, so that two runs may share the folder; one that is damaged is taken out. The folder
may be deleted at any time, and holds :data:`MOST_FILES` at most. Little is imported here before something is found to
have changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from c6brief.cli.traces import content, content_and_path, project_root, stat_digest, surroundings, tree
from c6brief.documents.problems import Place, Problem, Span

if TYPE_CHECKING:
    from c6brief.cli.reading import Reads

FOLDER = "stamps"

MOST_FILES = 1000
"""A stamp has about 15 kB."""

LARGEST = 20_000_000
"""Bytes of what a stamp holds."""

DAMAGED = (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error)


class Report(NamedTuple):
    """What was said of a brief: its problems, and lines about what was written."""

    problems: tuple[Problem, ...]
    lines: tuple[str, ...] = ()


class CacheKey(NamedTuple):
    """What was asked for, as far as a stamp is concerned."""

    near: str
    """A brief, or where one would lie: it says which project's folder the stamp is in."""
    words: str
    """Everything that was asked, in any form that is always the same."""

    @property
    def place(self) -> str | None:
        """The file of its stamp; ``None`` outside of projects."""
        root = project_root(self.near)
        key = hashlib.sha256(json.dumps([self.near, self.words]).encode()).hexdigest()[:32]
        return os.path.join(root, ".c6brief", "cache", FOLDER, f"{key}.z") if root else None


class Command(NamedTuple):
    """A command line that was told in full by stamps."""

    name: str
    told: list[Report]
    form: str
    """In which form it tells."""
    count: int
    """How many briefs."""


def keep(asked: CacheKey, reads: Reads, written: Mapping[str, bytes], told: Report) -> None:
    """Stamp what was asked: it was made of ``reads``, and is the files ``written``.

    A folder that cannot be written is no problem.
    """
    problems = [
        {**vars(problem), "place": {**vars(problem.place), "span": vars(problem.place.span)}}
        for problem in told.problems
    ]
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in written.items()}
    _write(asked, {**reads, "written": hashes, "problems": problems, "lines": told.lines})


def lookup(asked: CacheKey) -> Report | None:
    """What was told of something that need not be made again; ``None`` where it must be."""
    stamp = _read(asked)
    if stamp is None:
        return None
    try:
        same = (
            all(project_root(brief) == root for brief, root in stamp["roots"].items())
            and all(content(path) == was for path, was in stamp["written"].items())
            and all(content_and_path(path) == was for path, was in stamp["files"].items())
            and all(tree(folder) == was for folder, was in stamp["trees"].items())
            and stamp["surroundings"] == surroundings().digest
            and stamp["stat_digest"] == stat_digest(stamp["code"]).digest
        )
        return Report(tuple(map(_problem, stamp["problems"])), tuple(map(str, stamp["lines"]))) if same else None
    except DAMAGED:
        _drop(asked)
        return None


def keep_command(arguments: list[str], stamps: Iterable[CacheKey], form: str = "", count: int = 0) -> None:
    """Keep what a command line comes to. What the code makes of it, each of the ``stamps`` holds against the code."""
    _write(_line(arguments), {"stamps": list(stamps), "form": form, "count": count})


def lookup_command(arguments: list[str]) -> Command | None:
    """What was told of all that a command line asks for; ``None`` where any of it must be made, or is unknown."""
    line = _line(arguments)
    kept = _read(line)
    if kept is None:
        return None
    try:
        told = [lookup(CacheKey(*map(str, each))) for each in kept["stamps"]]
        command = Command(arguments[0], [each for each in told if each], str(kept["form"]), int(kept["count"]))
    except DAMAGED:
        _drop(line)
        return None
    return command if told and None not in told else None


def _line(arguments: list[str]) -> CacheKey:
    """The command line itself, in the project of the first brief that it names, else of the working directory."""
    near = next((each for each in arguments if each.endswith((".yaml", ".yml"))), "briefs")
    return CacheKey(os.path.abspath(near), json.dumps([os.getcwd(), *arguments]))


def _read(asked: CacheKey) -> dict[str, Any] | None:
    place = asked.place
    try:
        if place is None:
            return None
        with open(place, "rb") as file:
            read = json.loads(zlib.decompressobj().decompress(file.read(LARGEST), LARGEST))
    except OSError:
        return None
    except DAMAGED:
        _drop(asked)
        return None
    return read if isinstance(read, dict) else _drop(asked)


def _write(asked: CacheKey, stamp: Mapping[str, Any]) -> None:
    from pathlib import Path

    from c6brief.documents.files import write_beside

    if asked.place is not None:
        with suppress(OSError):
            write_beside(zlib.compress(json.dumps(stamp).encode()), Path(asked.place))
            _make_room(os.path.dirname(asked.place))


def _drop(asked: CacheKey) -> None:
    """Take a damaged stamp out."""
    with suppress(OSError):
        os.unlink(asked.place or "")


def _problem(kept: dict[str, Any]) -> Problem:
    place = kept["place"]
    return Problem(**{**kept, "place": Place(**{**place, "span": Span(**place["span"])})})


def _make_room(folder: str) -> None:
    """Take the oldest out until the rest fits."""
    found = []
    for entry in os.scandir(folder):
        with suppress(OSError):  # another run may have taken it out
            found.append((entry.stat().st_mtime_ns, entry.path))
    for _, path in sorted(found)[: max(0, len(found) - MOST_FILES)]:
        with suppress(OSError):
            os.unlink(path)
