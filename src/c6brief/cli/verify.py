"""``c6brief verify``: a printed brief, against the evidence it carries and the evidence base as it is now."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from c6brief.build.limits import begin_brief
from c6brief.cli.report import count
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problem, escape_controls, quote
from c6brief.verification.evidence_changes import EvidenceChanges
from c6brief.verification.verify import VerifiedFile, VerifyResult, verify


def verify_file(path: Path, seeds: Path | None, expected: str, trust: Sequence[Path], form: str) -> int:
    """Verify a PDF; print problems and what was found, in the ``form`` text or json. Returns the exit status."""
    begin_brief(path)
    result = verify(path, seeds=seeds, expect=expected, trust=trust)
    if form == "json":
        print(json.dumps(_as_json(path, result), ensure_ascii=False, indent=2))
    else:
        for problem in result.problems:
            print(problem, file=sys.stderr)
        for line in _as_text(path, result):
            print(escape_controls(line, keeps=""))  # a name with a line feed makes no second line
    return 0 if result.is_successful else 1


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


def _as_text(path: Path, result: VerifyResult) -> list[str]:
    name, verified = display_name(path), result.verified
    if verified is None:
        return [f"{name}: nothing to verify"]
    manifest = verified.manifest
    lines = [f"{name}: {'whole' if result.is_whole else 'NOT as printed'}"]
    lines.append(f"  {quote(manifest.brief.title)}, dated {quote(manifest.brief.date)}")
    if result.is_whole:
        lines += [f"  {line}" for line in _describe_comparison(verified)]
    fingerprint = manifest.fingerprint if result.is_whole else quote(manifest.fingerprint)  # else it may be any words
    lines.append(f"  seal {manifest.short_seal}, fingerprint {fingerprint}")
    if result.is_whole:
        lines += [f"  {line}" for line in _describe_certainty(verified)]
    if result.changes is not None:
        lines.append(f"  against the evidence base now: {_describe_changes(result.changes)}")
    return lines


def _describe_comparison(verified: VerifiedFile) -> list[str]:
    """What was compared with the manifest and found equal."""
    manifest = verified.manifest
    lines = [
        f"as its manifest says: the words of {count(len(manifest.pages), 'page')}, read by three readers; how they are "
        "painted" + ("" if manifest.version == 1 else "; their frames and links"),
        f"as its manifest says: {count(verified.quotations, 'quotation')} on their pages, word for word; "
        f"{count(len(manifest.attachments), 'attachment')}",
    ]
    if manifest.version == 1:
        lines.append("printed by an earlier c6brief, whose manifest does not record tags, bookmarks and properties")
    else:
        lines.append(
            "as its manifest says: tags, texts that are read aloud, languages, bookmarks, properties, metadata, colours"
        )
    if verified.file.untouched:
        lines.append("not saved again since its identifier was made, as far as the identifier tells")
    else:
        producer = verified.file.producer
        by = f" (it names itself {quote(producer)})" if producer and not producer.startswith("WeasyPrint") else ""
        known = "" if manifest.version == 1 else ", nothing changed"
        lines.append(f"saved again since it was printed{by}{known}")
    return lines


def _describe_certainty(verified: VerifiedFile) -> list[str]:
    """What all this proves, and what somebody who forges could still have done."""
    signature = verified.signature
    if signature is not None:
        witness = f"witnessed by {quote(signature.witness)}" if signature.witness else "by the signer's own clock"
        whose = f"signed by {quote(signature.signer)}, certificate from {quote(signature.issuer)}, {signature.time} {witness}"
        if signature.is_trusted:
            return [whose, "the certificate is trusted: it is byte for byte the file that was signed"]
        return [
            whose,
            "nothing has changed since it was signed; whether the signer is who it says cannot be known without a "
            "certificate that you trust (--trust CERT): anybody can make a key with any name",
        ]
    if verified.known_by == "seal":
        return ["the seal is the one expected: what was compared is as the maker of that seal printed it"]
    lines = []
    if verified.known_by == "fingerprint":
        lines.append("the fingerprint is the one expected: it rests on that evidence. It does not cover the prose")
    return [
        *lines,
        "who printed it is not proved: whoever has c6brief can print other words with a manifest that agrees with them",
        "compare the seal with one that the publisher has made known (--expect SEAL)",
    ]


def _describe_changes(changes: EvidenceChanges) -> str:
    unchanged = changes.count("unchanged")
    parts = [f"{count(len(changes.states), 'passage')}, {unchanged} unchanged"]
    names = sorted({state for states in changes.states.values() for state in states} - {"unchanged"})
    parts += [f"{changes.count(state)} {state.replace('-', ' ')}" for state in names]
    return ", ".join(parts)


def _as_json(path: Path, result: VerifyResult) -> dict[str, Any]:
    made: dict[str, Any] = {"file": display_name(path), "whole": result.is_whole}
    verified = result.verified
    if verified is not None:
        manifest = verified.manifest
        made |= {
            "untouched": verified.file.untouched,
            "known_by": verified.known_by,
            "signature": asdict(verified.signature) if verified.signature else None,
            "brief": manifest.brief.model_dump(mode="json"),
            "seal": manifest.seal,
            "short_seal": manifest.short_seal,
            "fingerprint": manifest.fingerprint,
            "pages": len(manifest.pages),
            "quotations": verified.quotations,
            "attachments": [each.name for each in manifest.attachments],
        }
    if result.changes is not None:
        made["passages"] = {id: list(states) for id, states in result.changes.states.items()}
    made["problems"] = [problem_as_json(problem) for problem in result.problems]
    return made
