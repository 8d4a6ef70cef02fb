"""``c6brief show``: find evidence by word or theme, with its computed strength."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from c6brief.cli.base import load_base, this_project
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Problems, visible
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Chart, Claim, Event, Quote, Section, Source, Table
from c6brief.evidence.strength import Strength, strength
from c6brief.evidence.verify import Passages


def show_entries(kind: str, theme: str | None, words: str | None, as_json: bool) -> int:
    """Print the entries of a kind that carry ``theme`` and hold all ``words``. Returns the exit status.

    Problems of the evidence base go to standard error; what was read without problems is shown all the same.
    """
    problems = Problems()
    project = this_project(problems)
    rows: list[dict[str, Any]] = []
    if project is not None:
        base = load_base(project)
        evidence, passages = base.evidence, base.passages
        for problem in base.problems:
            problems.add(problem)
        wanted = (words or "").casefold().split()
        for entry in evidence.kind(kind).values():
            row = _row(entry, evidence, passages)
            if theme and theme not in getattr(entry, "themes", ()):
                continue
            if all(word in " ".join(_texts(row)).casefold() for word in wanted):
                rows.append(row)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(json.dumps(rows, ensure_ascii=False, indent=2) if as_json else _lines(rows))
    return 1 if problems.errors else 0


def told_strength(found: Strength) -> list[str]:
    """The strength of a statement as words: ``single voice``, ``conflicting dates``."""
    named = {
        found.backing: True,
        "contested": found.contested,
        "conflicting dates": found.conflict,
        "qualified": found.qualified,
        "undated": found.undated,
        "derived date": found.derived,
    }
    return [word for word, holds in named.items() if holds]


def _row(entry: Entry, evidence: Evidence, passages: Passages) -> dict[str, Any]:
    """An entry as a program wants it: plain values, strength and paragraphs included."""
    row: dict[str, Any] = {"id": entry.id, "text": _text(entry), "themes": list(getattr(entry, "themes", ()))}
    if isinstance(entry, (Claim, Event)):
        found = strength(entry, evidence)
        row |= {"scope": entry.scope, "strength": told_strength(found), "voices": list(found.voices)}
        row["accounts"] = [
            {
                "source": account.source,
                "stance": account.stance,
                "date": getattr(account, "date", None),
                "paragraph": passages[entry.id, index].match.paragraph if (entry.id, index) in passages else None,
                "exact": account.exact,
            }
            for index, account in enumerate(entry.accounts)
        ]
    elif isinstance(entry, Quote):
        row |= {"speaker": entry.speaker, "source": entry.source}
        row["paragraph"] = passages[entry.id, 0].match.paragraph if (entry.id, 0) in passages else None
    elif isinstance(entry, Source):
        row |= {"grade": entry.custom.grade, "voice": entry.voice, "note": entry.custom.note}
    return row


def _text(entry: Entry) -> str:
    if isinstance(entry, Claim):
        return entry.statement
    if isinstance(entry, Quote):
        return entry.text
    if isinstance(entry, (Event, Source, Table, Chart, Section)):
        return entry.title
    return getattr(entry, "name", "")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(below)


def _lines(rows: list[dict[str, Any]]) -> str:
    """The rows for people: id and strength, then the text, then every account."""
    lines = []
    for row in rows:
        about = ", ".join(
            [*row.get("strength", []), *filter(None, [row.get("scope"), row.get("grade"), row.get("speaker")])]
        )
        lines.append(f"{row['id']}  ({about})" if about else row["id"])
        lines.append(f"    {row['text']}")
        for account in row.get("accounts", []):
            where = f"{account['source']}, para. {account['paragraph'] or '?'}"
            date = f", {account['date']}" if account["date"] else ""
            lines.append(f"      {account['stance']}: {where}{date}")
    lines.append(f"{len(rows)} found")
    return visible("\n".join(lines))
