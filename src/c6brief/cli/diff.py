"""``c6brief diff``: what changed between two editions of a brief."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from c6brief.build.limits import begin_brief
from c6brief.cli.verify import problem_as_json
from c6brief.documents.files import display_name
from c6brief.documents.problems import escape_controls
from c6brief.verification.editions import DiffResult, EditionDifference, diff

SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def diff_files(old: Path, new: Path, form: str) -> int:
    """Compare two PDFs; print what differs, in the ``form`` text or json. Returns the exit status."""
    begin_brief(new)
    result = diff(old, new)
    if form == "json":
        print(json.dumps(_as_json(old, new, result), ensure_ascii=False, indent=2))
    else:
        for problem in result.problems:
            print(problem, file=sys.stderr)
        for line in _as_text(result.differences) if result.differences is not None else []:
            print(escape_controls(line, keeps=""))  # what a file says stays behind the sign of its line
        for name in result.without_prose:
            print(escape_controls(f"prose not recorded: {name} was printed by an earlier c6brief", keeps=""))
    return 0 if result.is_successful else 1


def _as_json(old: Path, new: Path, result: DiffResult) -> dict[str, object]:
    return {
        "old": display_name(old),
        "new": display_name(new),
        "differences": None if result.differences is None else [asdict(each) for each in result.differences],
        "without_prose": list(result.without_prose),
        "problems": [problem_as_json(problem) for problem in result.problems],
    }


def _as_text(differences: Sequence[EditionDifference]) -> list[str]:
    if not differences:
        return ["no differences"]
    lines = []
    for subject, group in groupby(differences, key=lambda each: each.subject):
        lines.append(subject)
        for each in group:
            lines.append(f"  {SIGNS[each.change]} {each.id}")
            lines += [f"      - {line}" for line in each.old.split("\n") if line and each.old != each.id]
            lines += [f"      + {line}" for line in each.new.split("\n") if line and each.new != each.id]
    return lines
