"""The cache of a project, ``.c6brief/cache``: its size, and deleting it. Nothing is lost with it but time."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from c6brief.build.up_to_date import FOLDER
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project


@dataclass(frozen=True)
class CacheContents:
    """How much the cache of a project holds. Sizes are in bytes."""

    folder: Path
    size: int
    drawings: tuple[int, int]
    """The number of drawings of figures, and their size."""
    results: tuple[int, int]
    """The number of results of renders and checks, and their size."""
    passages: int
    """The size of the file of located passages."""


def measure_cache(project: Project) -> CacheContents | None:
    """The contents of the cache of ``project``; ``None`` where there is none."""
    folder = project.cache
    if not folder.is_dir():
        return None
    drawings, results = list((folder / "figures").glob("*")), list((folder / FOLDER).glob("*"))
    return CacheContents(
        folder,
        _size(folder.rglob("*")),
        (len(drawings), _size(drawings)),
        (len(results), _size(results)),
        _size([folder / "verified.json"]),
    )


def clear_cache(project: Project, problems: Problems) -> bool:
    """Delete the cache of ``project``. Returns ``False`` after the problem ``not-writable``."""
    try:
        shutil.rmtree(project.cache)
        return True
    except OSError as reason:
        name = display_name(project.cache)
        message = f"'{name}' cannot be deleted: {reason.strerror}"
        problems.error("not-writable", message, Place(name), "give yourself the right to, or delete it by hand")
        return False


def _size(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())
