"""``c6brief trust``: code of figures that may run, because its user says so."""

from __future__ import annotations

from pathlib import Path

from c6brief.build.trusted_code import code_of, revoke_code, trust_code
from c6brief.cli.report import count, report
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import find_project

_WARNING = "It runs with all your rights when a brief is rendered, and again without asking until it is changed."


def trust_project(folder: Path, revokes: bool) -> int:
    """Trust the code of the figures of the project around ``folder``, or no longer. Returns the exit status."""
    problems = Problems()
    project = find_project(folder / "briefs", Problems())
    if project is None:
        message = f"neither '{display_name(folder)}' nor a folder above it holds seeds/"
        problems.error("no-project", message, Place(display_name(folder)), "name the folder of a project")
        return report(problems, [])
    if revokes:
        gone = revoke_code(project, problems)
        lines = [f"no longer trusted: {display_name(Path(path))}" for path in gone]
        return report(problems, lines or ([] if problems.errors else ["no code of this project is trusted"]))
    found = code_of(project, problems)
    if problems.errors:
        return report(problems, [])
    if not found:
        return report(problems, ["no figure of this project is drawn by code"])
    if not trust_code(project, found, problems):
        return report(problems, [])
    lines = [
        f"{'trusted' if is_new else 'trusted before'}: {code.name}  {count(code.text.count(chr(10)), 'line')},"
        f" SHA-256 {code.sha256[:16]}…"
        for code, is_new in found
    ]
    return report(problems, [*lines, *([_WARNING] if any(is_new for _, is_new in found) else [])])
