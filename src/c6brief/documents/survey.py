"""A survey of a project's folders before anything in them is read.

It reports links that lead out of the project, files that are no ordinary ones, and folders that cannot be read, whether
anything names them or not; and it finds out whether the project is small enough to be read.
"""

from __future__ import annotations

import os
from pathlib import Path

from c6brief.documents.files import display_name, report_outside, report_special
from c6brief.documents.folders import MOST_BYTES, LimitReached, walk
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project


def survey_project(project: Project, problems: Problems) -> bool:
    """Whether the seeds, templates and briefs of ``project`` are within the limits of :mod:`c6brief.documents.folders`.

    Problems: ``outside-project``, ``not-a-file``, ``not-readable``, ``project-too-large``, all at the file, link or
    folder itself.
    """
    folders = [project.seeds, project.templates, project.root / "briefs"]
    return all([survey_folder(folder, problems) for folder in folders])


def survey_folder(folder: Path, problems: Problems) -> bool:
    """Whether what is below ``folder`` is within the limits. Its problems are those of :func:`survey_project`."""
    size = 0
    try:
        for found in walk(folder):
            if found.kind == "file":
                size += _size(found.path)
                if size > MOST_BYTES:
                    raise LimitReached(f"more than {MOST_BYTES / 1_000_000_000:.0f} GB")
            elif found.kind == "outside":
                report_outside(Path(found.path), problems)
            elif found.kind == "special":
                report_special(Path(found.path), problems)
            elif found.kind == "unreadable":
                name = display_name(Path(found.path))
                hint = "give yourself the right to read it"
                problems.error("not-readable", f"folder '{name}' cannot be read", Place(name), hint)
    except LimitReached as reason:
        name = display_name(folder)
        hint = "move what is not evidence out of the project, or make several projects of it"
        problems.error("project-too-large", f"'{name}' holds {reason}: nothing of it is read", Place(name), hint)
        return False
    return True


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:  # it is gone meanwhile
        return 0
