"""A printed brief against the manifest that it carries: the first half of verification. It needs the PDF alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from c6brief.documents.problems import Problems
from c6brief.manifest.model import Manifest
from c6brief.verification.manifest_checks import check_manifest, read_manifest
from c6brief.verification.page_checks import check_attachments, check_pages, check_quotations
from c6brief.verification.printed_file import PrintedFile, open_printed_file


@dataclass(frozen=True)
class VerifiedFile:
    """A PDF and its manifest, both read and held against each other."""

    file: PrintedFile
    manifest: Manifest

    @property
    def quotations(self) -> int:
        """The number of printed quotations that were looked for."""
        return sum(1 for printed in self.manifest.printed if printed.pages)


def verify(path: Path, problems: Problems, expected: str = "") -> VerifiedFile | None:
    """Hold the PDF at ``path`` against its manifest; ``None`` where it cannot be read or carries no manifest.

    ``expected`` is a seal or fingerprint known from elsewhere. The file is whole if ``problems`` then has no errors.
    Problems: those of opening, reading and checking, and ``other-seal``.
    """
    file = open_printed_file(path, problems)
    if file is None:
        return None
    manifest = read_manifest(file, problems)
    if manifest is None:
        return None
    check_manifest(manifest, file, problems)
    check_pages(manifest, file, problems)
    check_quotations(manifest, file, problems)
    check_attachments(manifest, file, problems)
    if expected and _normalize(expected) not in (
        _normalize(manifest.short_seal),
        _normalize(manifest.fingerprint),
        manifest.seal,
    ):
        message = f"its seal is {manifest.short_seal} and its fingerprint {manifest.fingerprint}, not {expected[:80]}"
        problems.error("other-seal", message, file.place(), "it is another edition, or a forgery")
    return VerifiedFile(file, manifest)


def _normalize(seal: str) -> str:
    """As people copy it: capitals, spaces and hyphens do not matter. A whole seal in hexadecimal stays as it is."""
    seal = seal.strip()
    return seal.lower() if len(seal) == 64 else "".join(seal.split()).replace("-", "").upper()
