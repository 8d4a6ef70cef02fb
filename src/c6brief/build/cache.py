"""The cache of a project: whether it can be used, its size, and deleting it. Nothing is lost with it but time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from c6brief.build.up_to_date import RESULTS
from c6brief.documents.cache import VARIABLE, ProjectCache
from c6brief.documents.files import display_name
from c6brief.documents.lookups import report_lookup
from c6brief.documents.problems import Place, Problems, name_rule
from c6brief.documents.project import Project
from c6brief.evidence.passage_cache import PASSAGES
from c6brief.figures.cache import DRAWINGS

NO_CACHE = name_rule(
    "no-cache",
    "note",
    f"""nothing can be kept from one run to the next

    Places of words, drawings and results are kept in the user's cache folder, so that they are not made again. Where it
    cannot be written, lies in the project, or no home folder is known, all is made anew each time. Pages are the same.
    The variable `{VARIABLE}` names another folder.
    """,
)

OLD_CACHE = name_rule(
    "old-cache",
    "note",
    """the project has a folder `.c6brief`, which is not read

    Former versions kept there what they need not do twice. Whoever sends a project could send such a folder with it. So
    it is neither read nor deleted, and what is kept lies in the user's cache folder (docs/speed.md).
    """,
)


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


def open_cache(project: Project, problems: Problems) -> ProjectCache:
    """The cache of ``project``, made where it is missing. Problems: the notes ``no-cache`` and ``old-cache``."""
    cache = project.cache
    if not cache.prepare():
        report_no_cache(cache, problems)
    old = project.root / ".c6brief"
    if not old.is_file():  # whose content would be hashed
        report_lookup(old)
    if old.is_symlink() or old.exists():
        message = "this folder is not read: what is kept lies in your cache folder (`c6brief cache` tells where)"
        problems.report(OLD_CACHE, message, Place(display_name(old)), "delete it, or set the rule `old-cache: off`")
    return cache


def report_no_cache(cache: ProjectCache, problems: Problems) -> None:
    """Report that ``cache`` cannot be used. Problem: the note ``no-cache``."""
    place = Place(display_name(Path(cache.home)))
    hint = f"all is made anew each time; {VARIABLE} names another folder"
    problems.report(NO_CACHE, f"nothing is kept: {cache.reason}", place, hint)


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
