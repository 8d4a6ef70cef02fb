"""The project about buses, composed into a brief."""

from __future__ import annotations

from pathlib import Path

from c6brief.brief.compose import compose_brief
from c6brief.brief.context import FigureSpec
from c6brief.brief.model import Brief
from c6brief.brief.settings import read_settings
from c6brief.brief.spec import read_spec
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.verify import locate_all
from tests.support.project import Folder


def composed(folder: Folder, *settings: str) -> Brief:
    problems = Problems()
    project = Project(folder.root)
    evidence = load_evidence(project, problems)
    passages = locate_all(evidence, problems)
    path = Path("briefs/lifts.yaml")
    spec = read_spec(path, problems, settings)
    plans = {"lifts": FigureSpec(("transit-2024", "riders-2024"), "full")}
    made = spec and compose_brief(spec, path, evidence, passages, plans, read_settings(project, problems), problems)
    assert not problems.errors, "\n".join(map(str, problems))
    assert made is not None
    return made.brief
