"""``c6brief verify``: a printed brief, against the evidence it carries and the evidence base as it is now."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from c6brief.documents.files import display_name
from c6brief.documents.problems import Problem, Problems, escape_controls
from c6brief.proof.since import Since, compare, read_seeds
from c6brief.proof.verify import Verified, verify


def verify_file(path: Path, seeds: Path | None, expected: str, format: str) -> int:
    """Verify a PDF; print problems and what was found. Returns the exit status."""
    problems = Problems()
    verified = verify(path, problems, expected)
    whole = verified is not None and not problems.errors
    since = None
    if seeds is not None and verified is not None:
        evidence = read_seeds(seeds, problems)
        if evidence is not None:
            since = compare(verified.manifest, evidence, verified.file, problems)
    if format == "json":
        print(json.dumps(_as_json(path, verified, whole, since, problems), ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            print(problem, file=sys.stderr)
        for line in _as_text(path, verified, whole, since):
            print(escape_controls(line))
    return 1 if problems.errors else 0


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """A problem for programs. Of a PDF, ``line`` is the page."""
    place = problem.place
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "file": place.file,
        "line": place.span.line,
        "column": place.span.column,
    }


def _as_text(path: Path, verified: Verified | None, whole: bool, since: Since | None) -> list[str]:
    name = display_name(path)
    if verified is None:
        return [f"{name}: nothing to verify"]
    manifest = verified.manifest
    lines = [f"{name}: {'whole' if whole else 'NOT as printed'}"]
    lines.append(f"  {manifest.brief.title} ({manifest.brief.date})")
    if whole:
        lines.append(f"  words and painting of {_counted(len(manifest.pages), 'page')} are as the manifest says")
        lines.append(f"  {_counted(verified.quotations, 'quotation')} on their pages, word for word")
        lines.append(f"  {_counted(len(manifest.attachments), 'attachment')} as the manifest says")
        lines.append(f"  {_file_words(verified)}")
    lines.append(
        f"  seal {manifest.short_seal}, fingerprint {manifest.fingerprint}: ask the publisher whether they are theirs"
    )
    if since is not None:
        lines.append(f"  against the evidence base now: {_since_words(since)}")
    return lines


def _file_words(verified: Verified) -> str:
    if verified.file.untouched:
        return "byte for byte the file that was printed, by its own identifier"
    producer = verified.file.producer
    by = f" (it names {producer})" if producer and not producer.startswith("WeasyPrint") else ""
    return (
        f"saved again since it was printed{by}: pages and attachments are the same; whether tags, bookmarks and "
        "document properties are, cannot be said"
    )


def _since_words(since: Since) -> str:
    unchanged = since.count("unchanged")
    told = [f"{_counted(len(since.states), 'passage')}, {unchanged} unchanged"]
    names = sorted({state for states in since.states.values() for state in states} - {"unchanged"})
    told += [f"{since.count(state)} {state.replace('-', ' ')}" for state in names]
    return ", ".join(told)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _as_json(
    path: Path, verified: Verified | None, whole: bool, since: Since | None, problems: Problems
) -> dict[str, Any]:
    made: dict[str, Any] = {"file": display_name(path), "whole": whole}
    if verified is not None:
        manifest = verified.manifest
        made |= {
            "untouched": verified.file.untouched,
            "brief": manifest.brief.model_dump(mode="json"),
            "seal": manifest.seal,
            "short_seal": manifest.short_seal,
            "fingerprint": manifest.fingerprint,
            "pages": len(manifest.pages),
            "quotations": verified.quotations,
            "attachments": [each.name for each in manifest.attachments],
        }
    if since is not None:
        made["passages"] = {id: list(states) for id, states in since.states.items()}
    made["problems"] = [problem_as_json(problem) for problem in problems]
    return made
