"""``c6brief add`` and ``c6brief accept``: words for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from c6brief.build.accept import accept_proposals
from c6brief.build.add import Added, add
from c6brief.build.project_state import find_current_project
from c6brief.cli.report import UNCHANGED, count, report
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problems

_NOUNS = {
    "sources": "source",
    "organisations": "organisation",
    "people": "person",
    "scopes": "scope",
    "quotes": "quotation",
    "events": "dated statement",
    "claims": "statement with numbers",
    "tables": "table or list",
    "charts": "chart",
}
_PLURALS = {"people": "people", "claims": "statements with numbers", "tables": "tables and lists"}


def add_files(paths: Sequence[Path], name: str, replaces: bool) -> int:
    """Add files to the project of the working directory, and print what was made of each. Returns the exit status."""
    problems = Problems()
    project = find_current_project(problems, "go to the folder of a project: the one that holds seeds/")
    added = add(paths, project, problems, name=name, replaces=replaces) if project else []
    lines = [line for each in added for line in _describe(each)]
    proposals = [display_name(each.proposal) for each in added if each.proposal]
    if proposals:
        lines.append(
            f"next: edit {' and '.join(proposals)}, and take over what is right: c6brief accept {proposals[0]}"
        )
    return report(problems, lines, len(proposals))


def accept_file(path: Path) -> int:
    """Take over what is accepted in a file of proposals, and print the files written. Returns the exit status."""
    problems = Problems()
    accepted = accept_proposals(path, problems)
    lines = [display_name(file) for file in accepted.files]
    if accepted.files and accepted.counts:
        lines.append(f"taken over: {_counted(accepted.counts)}")
    if accepted.known:
        lines.append(f"{count(accepted.known, 'item')} in the evidence base already")
    if not lines and not problems.errors:
        lines.append(f"{UNCHANGED}: no item says accept: true")
    return report(problems, lines, len(accepted.files))


def _describe(added: Added) -> list[str]:
    name = display_name(added.text)
    if added.is_unchanged:
        return [f"{name}, {UNCHANGED}"]
    size = count(added.words, "word") + (f", {count(added.pages, 'page')}" if added.pages > 1 else "")
    lines = [f"{name}  {size}", display_name(added.original)]
    cleaned = "; ".join(f"{number} {kind}" for kind, number in sorted(added.cleaned.items()))
    lines.append(f"  cleaned: {cleaned or 'nothing'}")
    if added.proposal:
        lines.append(f"{display_name(added.proposal)}  {_counted(added.counts) or 'the source alone'}")
    return lines


def _counted(counts: dict[str, int]) -> str:
    parts = []
    for kind, number in counts.items():
        if number:
            noun = _NOUNS[kind] if number == 1 else _PLURALS.get(kind, f"{_NOUNS[kind]}s")
            parts.append(f"{number} {noun}")
    return ", ".join(parts)
