"""Projects: a project is the nearest folder above a brief that holds ``seeds/``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from c6brief.documents.cache import ProjectCache
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems


@dataclass(frozen=True)
class Project:
    """The folders and files of one project. Only ``seeds`` must exist."""

    root: Path
    brand_file: Path | None = field(default=None, kw_only=True)
    """A brand file in place of the project's own ``_brand.yml``."""

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


def inside(path: Path, root: Path) -> bool:
    """Whether ``path`` lies in ``root`` when links are followed. A project reads no file outside of its folder."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
