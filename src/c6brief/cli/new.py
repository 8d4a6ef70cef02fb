"""``c6brief new``: new files in the project of the working directory."""

from __future__ import annotations

from c6brief.build.new_template import create_template
from c6brief.build.project_state import find_current_project
from c6brief.cli.report import report
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problems


def new_template(name: str, parent: str) -> int:
    """Write a new template, and print problems and its files. Returns the exit status."""
    problems = Problems()
    project = find_current_project(problems, "go to the folder of a project: the one that holds seeds/")
    files = create_template(name, parent, project, problems) if project else []
    lines = [display_name(file) for file in files]
    if project and files:
        shown = display_name(project.templates / name)
        lines.append(f"print with it: c6brief render briefs/NAME.yaml --template {name}   (next: {shown}/README.md)")
    return report(problems, lines, len(lines))
