"""A project is a folder: the nearest one above a brief that holds ``seeds/``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems


@dataclass(frozen=True)
class Project:
    """The folders of one project. None but ``seeds`` needs to exist."""

    root: Path
    brand_file: Path | None = field(default=None, kw_only=True)
    """The brand file that the command line names, in place of the project's own."""

    @property
    def seeds(self) -> Path:
        return self.root / "seeds"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def cache(self) -> Path:
        """What may be deleted at any time."""
        return self.root / ".c6brief" / "cache"

    @property
    def brand(self) -> Path:
        return self.brand_file or self.root / "_brand.yml"


def find_project(brief: Path, problems: Problems) -> Project | None:
    """The project of ``brief``, found by walking up; ``None`` after the problem ``no-project``."""
    start = Path(os.path.abspath(brief)).parent
    for folder in (start, *start.parents):
        if (folder / "seeds").is_dir():
            return Project(folder)
    message = f"no folder above {display_name(brief)} holds seeds/"
    problems.error("no-project", message, Place(display_name(brief)), "a brief lives in a project, beside its seeds/")
    return None


def inside(path: Path, root: Path) -> bool:
    """Whether ``path``, links followed, lies in ``root``: what a project reads never leaves its folder."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
