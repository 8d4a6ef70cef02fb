"""Reading a draft against the evidence base of a project, and making a specification of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from c6brief.brief.settings import read_brand_file
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.documents.survey import survey_project
from c6brief.drafts.library import Library
from c6brief.drafts.quotations import QuotationReport, look_for_quotations
from c6brief.drafts.reading import Draft, read_draft
from c6brief.evidence.seeds import load_evidence


@dataclass(frozen=True)
class ReadDraft:
    """A draft, the library that it was matched with, and what its quotations are."""

    draft: Draft
    library: Library
    report: QuotationReport
    evidence_errors: int
    """Errors of the evidence base. What has them is left out."""


def examine_draft(path: Path, project: Project, problems: Problems) -> ReadDraft | None:
    """Read the draft at ``path`` and look for its quotations and what it cites in the evidence base of ``project``.

    Nothing is written, and errors of the evidence base are only counted. ``None`` after problems: those of
    :func:`~c6brief.drafts.reading.read_draft`.
    """
    draft = read_draft(path, problems)
    if draft is None or not survey_project(project, problems):
        return None
    of_seeds = Problems()
    settings, _ = read_brand_file(project, of_seeds)
    evidence = load_evidence(project, of_seeds)
    library = Library(evidence)
    report = look_for_quotations(draft, evidence, library, settings.language)
    return ReadDraft(draft, library, report, len(of_seeds.errors))
