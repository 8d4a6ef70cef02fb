"""The texts of sources: each read from its file, and held against the hash that was recorded."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

from c6brief.documents.files import display_name, read_text
from c6brief.documents.folders import names_in
from c6brief.documents.lookups import report_lookup
from c6brief.documents.problems import Problems, did_you_mean
from c6brief.documents.project import Project, inside
from c6brief.evidence.matching import SourceText
from c6brief.evidence.models import Source


def read_texts(project: Project, sources: Iterable[Source], problems: Problems) -> dict[str, SourceText]:
    """The text of every source that names one, by the source's id.

    Problems: ``missing-source-text``, ``source-text-changed``, ``outside-project``, and those of
    :func:`~c6brief.documents.files.read_text`.
    """
    texts = {}
    for source in sources:
        if source.custom.text is None:
            continue
        at = source.place("custom", "text")
        path = project.seeds / source.custom.text
        if not inside(path, project.root):
            message = f"'{source.custom.text}' lies outside the project"
            problems.error("outside-project", message, at, "keep the text below seeds/")
            continue
        if not report_lookup(path).exists():
            near = did_you_mean(source.custom.text, _find_texts(project.seeds))
            message = f"no source text '{source.custom.text}' below {display_name(project.seeds)}"
            problems.error("missing-source-text", message, at, near)
            continue
        text = read_text(path, problems, what="source text", at=at)
        if text is None:
            continue
        held, recorded = SourceText(text, source.custom.first_page), source.custom.sha256
        if recorded and recorded.lower() != held.sha256:
            message = f"the text of '{source.id}' is not the one that was recorded"
            hint = f"it has sha256 {held.sha256}; read it again, and record that if it is right"
            problems.error("source-text-changed", message, source.place("custom", "sha256"), hint)
            continue
        texts[source.id] = held
    return texts


def _find_texts(folder: Path) -> list[str]:
    """The names of texts in the folders in ``folder``, 200 at most, for a hint."""
    found = (f"{inner}/{name}" for inner in names_in(folder) for name in names_in(folder / inner))
    return list(itertools.islice((name for name in found if name.endswith(".txt")), 200))
