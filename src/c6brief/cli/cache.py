"""``c6brief cache``: where the cache of a project is, and its size."""

from __future__ import annotations

from pathlib import Path

from c6brief.build.cache import CacheContents, clear_cache, measure_cache
from c6brief.build.project_state import find_current_project
from c6brief.cli.report import count, report
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problems
from c6brief.documents.project import report_no_cache


def show_cache(clear: bool) -> int:
    """Print where the cache of the project is and what it holds, or ``clear`` it. Returns the exit status."""
    problems = Problems()
    project = find_current_project(problems, "go to a project")
    if project is None:
        return report(problems, [])
    if project.cache.reason:
        report_no_cache(project.cache, problems)
        return report(problems, ["no cache"])
    name = display_name(Path(project.cache.folder))
    contents = measure_cache(project)
    if contents is None:
        return report(problems, [f"{name}  empty"])
    if clear:
        return report(problems, [f"{name}  emptied"] if clear_cache(project, problems) else [])
    return report(problems, _describe(name, contents))


def _describe(name: str, contents: CacheContents) -> list[str]:
    parts = [
        (count(contents.drawings[0], "drawing"), contents.drawings[1]),
        (count(contents.results[0], "stamp"), contents.results[1]),
        ("passages", contents.passages),
    ]
    return [f"{name}  {_megabytes(contents.size)}", *(f"  {what:<12}  {_megabytes(size)}" for what, size in parts)]


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.2f} MB"
