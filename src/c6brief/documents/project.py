"""Projects: a project is the nearest folder above a brief that holds ``seeds/``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from c6brief.documents.boundary import add_root, is_within
from c6brief.documents.cache import VARIABLE, ProjectCache
from c6brief.documents.files import display_name
from c6brief.documents.lookups import report_lookup
from c6brief.documents.problems import Place, Problems, name_rule

NO_CACHE = name_rule(
    "no-cache",
    "note",
    f"""nothing can be kept from one run to the next

    Places of words, drawings and results are kept in the user's cache folder, so that they are not made again. Where it
    cannot be written, lies in the project, or no home folder of the user is known, all is made anew each time. Pages are the same.
    The variable `{VARIABLE}` names another folder.
    """,
    chapter="project",
)

OLD_CACHE = name_rule(
    "old-cache",
    "note",
    """the project has a folder `.c6brief`, which is not read

    Former versions kept there what they need not do twice. Whoever sends a project could send such a folder with it. So
    it is neither read nor deleted, and what is kept lies in the user's cache folder ([speed.md](speed.md)).
    """,
    chapter="project",
)


@dataclass(frozen=True)
class Project:
    """The folders and files of one project. Only ``seeds`` must exist."""

    root: Path
    brand_file: Path | None = field(default=None, kw_only=True)
    """A brand file in place of the project's own ``_brand.yml``."""

    def __post_init__(self) -> None:
        """Let the project's files be opened; with another brand file, those below the folder of that one too."""
        add_root(self.root)
        if self.brand_file is not None:
            add_root(self.brand_file.parent)
            add_root(self.brand_file)

    @property
    def seeds(self) -> Path:
        """The folder of the evidence base."""
        return self.root / "seeds"

    @property
    def templates(self) -> Path:
        """The folder of the project's own templates."""
        return self.root / "templates"

    @property
    def output(self) -> Path:
        """The folder that briefs are written to."""
        return self.root / "output"

    @property
    def cache(self) -> ProjectCache:
        """What is kept to save time, in the user's cache folder."""
        return ProjectCache(self.root)

    @property
    def brand(self) -> Path:
        """The brand file, which may be missing."""
        return self.brand_file or self.root / "_brand.yml"


def find_project(brief: Path, problems: Problems) -> Project | None:
    """The project that the file ``brief`` lies in; ``None`` after the problem ``no-project``. No file is opened."""
    start = Path(os.path.abspath(brief)).parent
    for folder in (start, *start.parents):
        if (folder / "seeds").is_dir():
            return Project(folder)
    message = f"no folder above {display_name(brief)} holds seeds/"
    problems.error("no-project", message, Place(display_name(brief)), "a brief lives in a project, beside its seeds/")
    return None


def leads_out(path: Path, folder: Path) -> bool:
    """Whether ``path`` is named below ``folder``, but a link in it leads out of the project."""
    return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(folder)) and not is_within(path)


def inside(path: Path, root: Path) -> bool:
    """Whether ``path`` lies in ``root`` when links are followed. A project reads no file outside of its folder."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


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
