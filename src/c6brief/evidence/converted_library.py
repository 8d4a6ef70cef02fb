"""Libraries in other formats than CSL: BibTeX, BibLaTeX and RIS, as Pandoc converts them to CSL JSON."""

from __future__ import annotations

from pathlib import Path

from c6brief.documents.document import Document
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project

CONVERTED = (".bib", ".bibtex", ".biblatex", ".ris")
"""How the names of such files end."""


def read_converted(path: Path, project: Project, problems: Problems, largest: int) -> Document | None:
    raise NotImplementedError
