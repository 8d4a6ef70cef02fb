"""``c6brief new``: something to start from, in the project of the working directory."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from c6brief.cli.base import this_project
from c6brief.cli.telling import told
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.pages.starting import start_template


def new_template(name: str, parent: str) -> int:
    """Make ``templates/NAME/``; print problems and what was made. Returns the exit status.

    Problems: ``no-project``, ``not-writable``, those of :func:`~c6brief.pages.starting.start_template`.
    """
    problems = Problems()
    project = this_project(problems, "go to the folder of a project: the one that holds seeds/")
    files = start_template(name, parent, project.templates, problems) if project else None
    lines: list[str] = []
    if project and files and _made(project.templates / name, files, problems):
        shown = display_name(project.templates / name)
        lines += [f"{shown}/{file}" for file in sorted(files)]
        lines.append(f"print with it: c6brief render briefs/NAME.yaml --template {name}   (next: {shown}/README.md)")
    return told(problems, lines, len(lines))


def _made(folder: Path, files: dict[str, str], problems: Problems) -> bool:
    """Write ``files`` into a folder beside ``folder`` and rename it into place: it is there whole or not at all."""
    beside = None
    began = folder.parent.is_dir()
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
        if not began and folder.parent.is_dir() and not any(folder.parent.iterdir()):
            folder.parent.rmdir()
