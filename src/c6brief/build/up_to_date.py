"""Kept results: a job or a check is not run again while nothing has changed that it rests on.

A result is that of one job or check with all its options. It holds what was read (:mod:`c6brief.build.reads`), the
hashes of the files that were written, and a report, so that warnings are printed again. It is up to date where all of
this is the same as before. A run with errors keeps no result.

A command line is kept too, with the keys of its results: Typer takes longer to parse it than comparing takes.

Results are entries of the cache of a project (:mod:`c6brief.documents.cache`). Little is imported here before a result
is found to be out of date.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from c6brief.build.fingerprints import (
    content_and_path,
    environment_digest,
    hash_content,
    hash_tree,
    project_root,
    stat_digest,
)
from c6brief.documents.cache import Kind, ProjectCache
from c6brief.documents.problems import Place, Problem, Span

if TYPE_CHECKING:
    from c6brief.build.reads import Reads

RESULTS = Kind("result", most_files=1000)
"""Results in the cache. One has about 15 kB."""

OTHER_FORM = (ValueError, KeyError, IndexError, TypeError, AttributeError)
"""What reading a result raises that another version of c6brief has kept."""


class Report(NamedTuple):
    """What is reported of a job or a check."""

    problems: tuple[Problem, ...]
    target: str = ""
    """The path of the file that was written; empty for a check."""
    pages: int = 0
    mended: tuple[str, ...] = ()
    """What was mended on its pages, in words."""


class CacheKey(NamedTuple):
    """The key of a result."""

    brief: str
    """The path of a brief, or where one could lie: the result is kept in the project around it."""
    request: str
    """All that was asked for, in a form that is always the same."""

    @property
    def cache(self) -> ProjectCache | None:
        """The cache that the result is kept in; ``None`` outside of projects."""
        root = project_root(self.brief)
        return ProjectCache(root) if root else None


class Command(NamedTuple):
    """A command line, and the reports of its results, which are all up to date."""

    name: str
    reports: list[Report]
    form: str
    """The form in which it prints problems."""
    briefs: int
    """How many briefs were checked."""


def keep(key: CacheKey, reads: Reads, written: Mapping[str, bytes], report: Report) -> None:
    """Keep a result that rests on ``reads`` and has ``written`` files. A cache that cannot be written is no problem."""
    # Each line once: of a long one there may be thousands of problems.
    lines: dict[str, int] = {}
    problems = [
        {
            **vars(problem),
            "place": {
                **vars(problem.place),
                "span": vars(problem.place.span),
                "line_text": lines.setdefault(problem.place.line_text, len(lines)),
            },
        }
        for problem in report.problems
    ]
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in written.items()}
    kept = {"target": report.target, "pages": report.pages, "mended": report.mended}
    _write(key, {**reads, "written": hashes, "problems": problems, "lines": list(lines), **kept})


def lookup(key: CacheKey) -> Report | None:
    """The report of the result of that ``key``; ``None`` where there is none that is up to date."""
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
        problems = tuple(_problem(each, kept["lines"]) for each in kept["problems"])
        report = Report(problems, str(kept["target"]), int(kept["pages"]), tuple(map(str, kept["mended"])))
        return report if unchanged else None
    except OTHER_FORM:
        return None


def keep_command(arguments: list[str], keys: Iterable[CacheKey], form: str = "", briefs: int = 0) -> None:
    """Keep the ``keys`` of the results of a command line."""
    _write(_command_key(arguments), {"results": list(keys), "form": form, "briefs": briefs})


def lookup_command(arguments: list[str]) -> Command | None:
    """The reports of a command line; ``None`` where it is not kept, or one of its results is not up to date."""
    key = _command_key(arguments)
    kept = _read(key)
    if kept is None:
        return None
    try:
        reports = [lookup(CacheKey(*map(str, each))) for each in kept["results"]]
        found = [each for each in reports if each is not None]
        command = Command(arguments[0], found, str(kept["form"]), int(kept["briefs"]))
    except OTHER_FORM:
        return None
    return command if reports and len(found) == len(reports) else None


def _command_key(arguments: list[str]) -> CacheKey:
    """The key of a command line, in the project of the first brief that it names, else of the working directory."""
    brief = next((each for each in arguments if each.endswith((".yaml", ".yml"))), "briefs")
    return CacheKey(os.path.abspath(brief), json.dumps([os.getcwd(), *arguments]))


def _read(key: CacheKey) -> dict[str, Any] | None:
    cache = key.cache
    data = cache.read(RESULTS, json.dumps(key)) if cache else None
    return dict(json.loads(zlib.decompress(data))) if data is not None else None


def _write(key: CacheKey, kept: Mapping[str, Any]) -> None:
    cache = key.cache
    if cache is not None:
        cache.write(RESULTS, json.dumps(key), zlib.compress(json.dumps(kept).encode()))


def _problem(kept: dict[str, Any], lines: list[str]) -> Problem:
    place = {**kept["place"], "line_text": lines[kept["place"]["line_text"]]}
    return Problem(**{**kept, "place": Place(**{**place, "span": Span(**place["span"])})})
