"""Reading a draft against the evidence base of a project, and making a specification of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from c6brief.brief.settings import read_brand_file
from c6brief.documents.boundary import OutsideProject
from c6brief.documents.files import display_name, report_outside
from c6brief.documents.pandoc import PandocError
from c6brief.documents.problems import Place, Problems
from c6brief.documents.project import Project
from c6brief.documents.survey import survey_project
from c6brief.documents.writing import write_all_beside
from c6brief.drafts.citations import Remark
from c6brief.drafts.library import Library, slug
from c6brief.drafts.quotations import QuotationReport, look_for_quotations
from c6brief.drafts.reading import Draft, read_draft
from c6brief.drafts.specification import make_specification
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


@dataclass(frozen=True)
class WrittenDraft:
    """What was written of a draft, and what is told of what its new form cannot hold."""

    files: tuple[Path, ...]
    sections: int
    remarks: tuple[Remark, ...]


def write_specification(read: ReadDraft, name: str, project: Project, problems: Problems) -> WrittenDraft | None:
    """Write ``briefs/NAME.yaml``, and what it needs that the evidence base does not hold into ``proposals/NAME.yaml``.

    Images go to ``seeds/images``, where nothing uses them before their entries are accepted. ``name`` may be empty: then
    it is made of the draft's. Nothing that exists is overwritten, and all is written or nothing. ``None`` after problems:
    ``bad-name``, ``name-exists``, ``not-writable``, ``outside-project``, ``no-pandoc``, ``pandoc-failed``.
    """
    path = read.draft.path
    here = Place(display_name(path))
    if name and slug(name) != name:
        problems.error("bad-name", f"'{name}' is no name for a brief", here, "small letters, digits and hyphens: lifts")
        return None
    name = name or slug(path.stem) or "draft"
    try:
        made = make_specification(read.draft, read.library, name)
    except PandocError as reason:
        problems.error(reason.rule, str(reason), here, reason.hint)
        return None
    files = {project.root / "briefs" / f"{name}.yaml": made.specification.encode()}
    if made.proposals:
        files[project.root / "proposals" / f"{name}.yaml"] = made.proposals.encode()
    files |= {project.seeds / file: data for file, data in made.images.items()}
    taken = [file for file in files if file.is_symlink() or file.exists()]
    for file in taken:
        hint = "choose another name by --name, or move it away first"
        problems.error("name-exists", f"{display_name(file)} exists already", Place(display_name(file)), hint)
    if taken or not _write(files, problems):
        return None
    return WrittenDraft(tuple(files), made.sections, made.remarks)


def _write(files: dict[Path, bytes], problems: Problems) -> bool:
    """Write ``files``, all or none. Returns ``False`` after the problem ``not-writable`` or ``outside-project``."""
    first = next(iter(files))
    try:
        write_all_beside(files)
        return True
    except OutsideProject as reason:
        report_outside(Path(reason.filename or first), problems)
    except OSError as reason:
        name = display_name(Path(reason.filename or first))
        hint = "give yourself the right to write there"
        problems.error("not-writable", f"'{name}' cannot be written: {reason.strerror}", Place(name), hint)
    return False
