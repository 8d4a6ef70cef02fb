"""A printed brief against the manifest that it carries, and against an evidence base as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from c6brief.documents.problems import Problem, Problems, quote
from c6brief.manifest.model import Manifest
from c6brief.verification.agreement import check_agreement
from c6brief.verification.evidence_changes import EvidenceChanges, compare_with_evidence, read_seeds
from c6brief.verification.manifest_checks import check_manifest, read_manifest
from c6brief.verification.page_checks import (
    check_attachments,
    check_foreign,
    check_pages,
    check_parts,
    check_quotations,
)
from c6brief.verification.printed_file import PrintedFile, open_printed_file
from c6brief.verification.signature import Signature, check_signature


@dataclass(frozen=True)
class VerifiedFile:
    """A PDF and its manifest, both read and held against each other."""

    file: PrintedFile
    manifest: Manifest
    known_by: Literal["", "seal", "fingerprint"] = ""
    """What of it is the one that was expected."""
    signature: Signature | None = None
    """Its signature, if it has one that could be read."""

    @property
    def quotations(self) -> int:
        """The number of printed quotations that were looked for."""
        return sum(1 for printed in self.manifest.printed if printed.pages)


@dataclass(frozen=True)
class VerifyResult:
    """What verifying a PDF found: every problem in order, and what there is to say of a file that could be read.

    ``verified`` is the file with its manifest; ``None`` where there is nothing to verify. ``is_whole``: pages, attachments
    and manifest agree with one another, and with the seal that was expected. ``changes`` is what has changed in the
    evidence base since; ``None`` where it was not asked for, or could not be read.
    """

    problems: tuple[Problem, ...]
    verified: VerifiedFile | None = None
    is_whole: bool = False
    changes: EvidenceChanges | None = None

    @property
    def is_successful(self) -> bool:
        """Whether there is no error among the problems."""
        return not any(problem.severity == "error" for problem in self.problems)


def verify(
    file: Path | str, *, seeds: Path | str | None = None, expect: str = "", trust: Sequence[Path | str] = ()
) -> VerifyResult:
    """Hold a printed brief against the evidence that it carries.

    ``seeds`` is the evidence base of a project, to learn what has changed there since printing; ``expect`` a seal or
    fingerprint that the publisher has made known; ``trust`` files with certificates, from one of which the file's
    signature must come. Nothing is raised for what is wrong with a file.
    """
    problems = Problems()
    verified = verify_file(Path(file), problems, expect, [Path(each) for each in trust])
    is_whole = verified is not None and not problems.errors
    changes = None
    if seeds is not None and verified is not None:
        evidence = read_seeds(Path(seeds), problems)
        if evidence is not None:
            changes = compare_with_evidence(verified.manifest, evidence, verified.file, problems)
    return VerifyResult(tuple(problems), verified, is_whole, changes)


def verify_file(path: Path, problems: Problems, expected: str = "", trust: Sequence[Path] = ()) -> VerifiedFile | None:
    """Hold the PDF at ``path`` against its manifest; ``None`` where it cannot be read or carries no manifest.

    ``expected`` is a seal or fingerprint known from elsewhere, ``trust`` are certificates that its signature must come
    from. The file is whole if ``problems`` then has no errors. Problems: those of opening, reading and checking,
    ``other-seal``, ``not-signed``.
    """
    file = open_printed_file(path, problems)
    if file is None:
        return None
    found = read_manifest(file, problems)
    if found is None:
        check_foreign(file, problems)
        return None
    manifest, raw = found
    check_parts(manifest, file, problems)
    check_manifest(manifest, raw, file, problems)
    check_pages(manifest, file, problems)
    check_quotations(manifest, file, problems)
    check_attachments(manifest, file, problems)
    check_agreement(manifest, file, problems)
    known_by: Literal["", "seal", "fingerprint"] = ""
    if expected:
        if _normalize(expected) in (_normalize(manifest.short_seal), manifest.seal):
            known_by = "seal"
        elif _normalize(expected) == _normalize(manifest.fingerprint):
            known_by = "fingerprint"
        else:
            message = f"its seal is {manifest.short_seal} and its fingerprint {quote(manifest.fingerprint)}, not {quote(expected)}"
            problems.error("other-seal", message, file.place(), "it is another edition, or a forgery")
    signature = None
    if file.signed:
        signature = check_signature(file.signed, trust, file.place(), problems)
    elif trust:
        hint = "ask its publisher for the signed file"
        problems.error("not-signed", "the file is not signed", file.place(), hint)
    return VerifiedFile(file, manifest, known_by, signature)


def _normalize(seal: str) -> str:
    """As people copy it: capitals, spaces and hyphens do not matter. A whole seal in hexadecimal stays as it is."""
    seal = seal.strip()
    return seal.lower() if len(seal) == 64 else "".join(seal.split()).replace("-", "").upper()
