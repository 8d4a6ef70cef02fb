"""``c6brief verify``: a printed brief compared with the evidence that it carries, and with the evidence base."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from c6brief.cli.report import count
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problem, Problems, escape_controls
from c6brief.proof.since import Since, compare, read_seeds
from c6brief.proof.verify import Verified, verify


def verify_file(path: Path, seeds: Path | None, expected: str, format: str) -> int:
    """Verify a PDF, and print problems and what was found. Returns the exit status.

    ``seeds`` is a folder to compare its evidence with, ``expected`` the seal or fingerprint that the publisher has made
    known; ``format`` is text or json.
    """
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
    """A problem as plain values for JSON. Of a PDF, ``line`` is the number of the page."""
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
        lines.append(f"  words and painting of {count(len(manifest.pages), 'page')} are as the manifest says")
        lines.append(f"  {count(verified.quotations, 'quotation')} on their pages, word for word")
        lines.append(f"  {count(len(manifest.attachments), 'attachment')} as the manifest says")
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
    counts = [f"{count(len(since.states), 'passage')}, {unchanged} unchanged"]
    names = sorted({state for states in since.states.values() for state in states} - {"unchanged"})
    counts += [f"{since.count(state)} {state.replace('-', ' ')}" for state in names]
    return ", ".join(counts)


def _as_json(
    path: Path, verified: Verified | None, whole: bool, since: Since | None, problems: Problems
) -> dict[str, Any]:
    result: dict[str, Any] = {"file": display_name(path), "whole": whole}
    if verified is not None:
        manifest = verified.manifest
        result |= {
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
        result["passages"] = {id: list(states) for id, states in since.states.items()}
    result["problems"] = [problem_as_json(problem) for problem in problems]
    return result
