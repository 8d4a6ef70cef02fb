"""``c6brief diff``: what changed between two editions of a brief."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from c6brief.cli.verify import problem_as_json
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problems, escape_controls
from c6brief.proof.editions import Difference, differences
from c6brief.proof.verify import verify

SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def diff_files(old: Path, new: Path, format: str) -> int:
    """Print the differences of two PDFs. Returns the exit status.

    A file that does not agree with its own manifest is not compared: somebody else may have changed it.
    """
    problems = Problems()
    first, second = verify(old, problems), verify(new, problems)
    found = differences(first, second) if first and second and not problems.errors else None
    if format == "json":
        result = {
            "old": display_name(old),
            "new": display_name(new),
            "differences": None if found is None else [asdict(each) for each in found],
            "problems": [problem_as_json(problem) for problem in problems],
        }
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            print(problem, file=sys.stderr)
        for line in _as_text(found) if found is not None else []:
            print(escape_controls(line))
    return 0 if found is not None else 1


def _as_text(found: list[Difference]) -> list[str]:
    if not found:
        return ["no differences"]
    lines = []
    for subject, group in groupby(found, key=lambda each: each.subject):
        lines.append(subject)
        for each in group:
            lines.append(f"  {SIGNS[each.change]} {each.id}")
            lines += [f"      - {line}" for line in each.old.split("\n") if line and each.old != each.id]
            lines += [f"      + {line}" for line in each.new.split("\n") if line and each.new != each.id]
    return lines
