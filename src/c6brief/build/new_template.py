"""Writing a new template into a project, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from c6brief.documents.boundary import OutsideProject
from c6brief.documents.files import display_name, report_outside
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project
from c6brief.documents.writing import write_new_folder
from c6brief.pages.scaffold import scaffold_template


def create_template(name: str, parent: str, project: Project, problems: Problems) -> list[Path]:
    """Write the template ``name`` of ``project``, which prints what ``parent`` prints until it is changed.

    Returns its files; none after problems: ``not-writable``, ``outside-project``, and those of
    :func:`~c6brief.pages.scaffold.scaffold_template`.
    """
    files = scaffold_template(name, parent, project.templates, problems)
    folder = project.templates / name
    if not files or not _write_folder(folder, files, problems):
        return []
    return [folder / file for file in sorted(files)]


def _write_folder(folder: Path, files: Mapping[str, str], problems: Problems) -> bool:
    """Write ``files`` to a folder beside ``folder`` and rename that to ``folder``.

    Returns ``False`` after the problem ``not-writable`` or ``outside-project``.
    """
    existed = folder.parent.is_dir()
    try:
        write_new_folder({name: text.encode() for name, text in files.items()}, folder)
        return True
    except OutsideProject:
        report_outside(folder, problems)
    except OSError as reason:
        message = f"'{display_name(folder)}' cannot be written: {reason.strerror}"
        problems.error("not-writable", message, Place(display_name(folder)), "give yourself the right to write there")
    if not existed:
        with suppress(OSError):  # it may not have been made, or may hold what others have written
            folder.parent.rmdir()
    return False
