"""The cache of a project: its size, and deleting it. Nothing is lost with it but time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from c6brief.build.up_to_date import RESULTS
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project
from c6brief.evidence.passage_cache import PASSAGES
from c6brief.figures.cache import DRAWINGS


@dataclass(frozen=True)
class CacheContents:
    """How much the cache of a project holds. Sizes are in bytes."""

    size: int
    drawings: tuple[int, int]
    """The number of drawings of figures, and their size."""
    results: tuple[int, int]
    """The number of results of renders and checks, and their size."""
    passages: int
    """The size of the entry of located passages."""


def measure_cache(project: Project) -> CacheContents | None:
    """The contents of the cache of ``project``; ``None`` where it is empty."""
    drawings, results, passages = (project.cache.measure(kind) for kind in (DRAWINGS, RESULTS, PASSAGES))
    size = drawings[1] + results[1] + passages[1]
    return CacheContents(size, drawings, results, passages[1]) if size else None


def clear_cache(project: Project, problems: Problems) -> bool:
    """Delete the cache of ``project``. Returns ``False`` after the problem ``not-writable``."""
    try:
        project.cache.clear()
        return True
    except OSError as reason:
        name = display_name(Path(project.cache.folder))
        message = f"'{name}' cannot be deleted: {reason.strerror}"
        problems.error("not-writable", message, Place(name), "give yourself the right to, or delete it by hand")
        return False
