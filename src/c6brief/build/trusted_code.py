"""The code of the figures of a project: found, trusted, and trusted no longer. None of it is run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from c6brief.documents import trust
from c6brief.documents.entries import validate_as
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from c6brief.figures.matplotlib.code_file import CodeFile, read_code
from c6brief.figures.matplotlib.options import MatplotlibOptions

KIND = "matplotlib"


def code_of(project: Project, problems: Problems) -> list[tuple[CodeFile, bool]]:
    """The code of every figure of ``project``, each once and by name, and whether it is trusted only from now on.

    Problems: those of charts that are drawn by code, and of their code; what else is wrong with the evidence base is no
    matter here.
    """
    found: dict[Path, CodeFile] = {}
    for chart in load_evidence(project, Problems()).charts.values():
        if chart.kind != KIND:
            continue
        options = validate_as(MatplotlibOptions, chart, problems, given={"id": chart.id})
        code = read_code(options, options.code, problems) if options else None
        if code is not None:
            found[code.path.resolve()] = code
    codes = sorted(found.values(), key=lambda code: code.name)
    return [(code, not trust.is_trusted(code.path, code.data, project.root)) for code in codes]


def trust_code(project: Project, found: Sequence[tuple[CodeFile, bool]], problems: Problems) -> bool:
    """Trust the code that was ``found`` in ``project``. Returns ``False`` after the problem ``not-writable``."""
    try:
        trust.trust({code.path: code.data for code, _ in found}, project.root)
        return True
    except OSError as reason:
        _report(reason, problems)
        return False


def revoke_code(project: Project, problems: Problems) -> list[str]:
    """Trust no code of ``project`` any more. Returns the paths that were trusted. Problem: ``not-writable``."""
    try:
        return trust.revoke(project.root, project.root)
    except OSError as reason:
        _report(reason, problems)
        return []


def _report(reason: OSError, problems: Problems) -> None:
    name = display_name(Path(trust.config_home() or "~"))
    message = f"what is trusted cannot be kept: {reason.strerror or reason}"
    problems.error("not-writable", message, Place(name), f"the variable {trust.VARIABLE} names another folder")
