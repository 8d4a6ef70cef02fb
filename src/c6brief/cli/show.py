"""``c6brief show``: entries of the evidence base, for people or as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from c6brief.build.find import find_entries
from c6brief.build.project_state import find_current_project, load_project
from c6brief.documents.problems import Problems


def show_entries(kind: str, theme: str | None, words: str | None, as_json: bool) -> int:
    """Print the entries of a kind that have ``theme`` and hold all ``words``. Returns the exit status.

    Problems of the evidence base are printed on standard error; entries without problems are shown in spite of them.
    """
    problems = Problems()
    project = find_current_project(problems)
    rows: list[dict[str, Any]] = []
    if project is not None:
        state = load_project(project)
        problems.add_all(state.problems)
        rows = find_entries(state, kind, theme, words)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(json.dumps(rows, ensure_ascii=False, indent=2) if as_json else _as_text(rows))
    return 1 if problems.errors else 0


def _as_text(rows: list[dict[str, Any]]) -> str:
    """Entries as text: each with its id and strength, then its words, then its accounts."""
    lines = []
    for row in rows:
        about = ", ".join(
            [*row.get("strength", []), *filter(None, [row.get("scope"), row.get("grade"), row.get("speaker")])]
        )
        lines.append(f"{row['id']}  ({about})" if about else row["id"])
        lines.append(f"    {row['text']}")
        for account in row.get("accounts", []):
            where = f"{account['source']}, para. {account['paragraph'] or '?'}"
            if account["lines"]:
                first, last = account["lines"]
                where += f", line {first}" if first == last else f", lines {first}–{last}"
            date = f", {account['date']}" if account["date"] else ""
            lines.append(f"      {account['stance']}: {where}{date}")
    lines.append(f"{len(rows)} found")
    return "\n".join(lines)
