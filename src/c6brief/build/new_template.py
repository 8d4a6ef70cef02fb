"""Writing a new template into a project, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project
from c6brief.pages.scaffold import scaffold_template


def create_template(name: str, parent: str, project: Project, problems: Problems) -> list[Path]:
    """Write the template ``name`` of ``project``, which prints what ``parent`` prints until it is changed.

    Returns its files; none after problems: ``not-writable``, and those of
    :func:`~c6brief.pages.scaffold.scaffold_template`.
    """
    files = scaffold_template(name, parent, project.templates, problems)
    folder = project.templates / name
    if not files or not _write_folder(folder, files, problems):
        return []
    return [folder / file for file in sorted(files)]


def _write_folder(folder: Path, files: Mapping[str, str], problems: Problems) -> bool:
    """Write ``files`` to a folder beside ``folder`` and rename that to ``folder``.

    Returns ``False`` after the problem ``not-writable``.
    """
    beside = None
    existed = folder.parent.is_dir()
    try:
        folder.parent.mkdir(exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        for name, text in files.items():
            (beside / name).write_text(text, encoding="utf-8", newline="\n")
        beside.chmod(folder.parent.stat().st_mode & 0o777)
        os.rename(beside, folder)
        return True
    except OSError as reason:
        message = f"'{display_name(folder)}' cannot be written: {reason.strerror}"
        problems.error("not-writable", message, Place(display_name(folder)), "give yourself the right to write there")
        return False
    finally:
        if beside and beside.exists():
            shutil.rmtree(beside, ignore_errors=True)
        if not existed and folder.parent.is_dir() and not any(folder.parent.iterdir()):
            folder.parent.rmdir()
