"""The first half of the proof: a printed brief against the manifest that it carries. Nothing but the PDF is needed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from c6brief.documents.problems import Problems
from c6brief.print.manifest import Manifest
from c6brief.proof.manifest import check_manifest, read_manifest
from c6brief.proof.opening import PrintedFile, open_printed
from c6brief.proof.pages import check_attachments, check_pages, check_quotations


@dataclass(frozen=True)
class Verified:
    """A PDF with its manifest, both read and held against each other."""

    file: PrintedFile
    manifest: Manifest

    @property
    def quotations(self) -> int:
        """How many printed quotations were looked for."""
        return sum(1 for printed in self.manifest.printed if printed.pages)


def verify(path: Path, problems: Problems, expected: str = "") -> Verified | None:
    """Hold the PDF at ``path`` against its manifest; ``None`` if there is nothing to hold.

    ``expected`` is a seal or fingerprint known from elsewhere. Whether the file is whole, ``problems.errors`` tells.
    Problems: those of opening, reading and checking, and ``other-seal``.
    """
    file = open_printed(path, problems)
    if file is None:
        return None
    manifest = read_manifest(file, problems)
    if manifest is None:
        return None
    check_manifest(manifest, file, problems)
    check_pages(manifest, file, problems)
    check_quotations(manifest, file, problems)
    check_attachments(manifest, file, problems)
    if expected and _plain(expected) not in (_plain(manifest.short_seal), _plain(manifest.fingerprint), manifest.seal):
        message = f"its seal is {manifest.short_seal} and its fingerprint {manifest.fingerprint}, not {expected[:80]}"
        problems.error("other-seal", message, file.place(), "it is another edition, or a forgery")
    return Verified(file, manifest)


def _plain(seal: str) -> str:
    """As people copy it: capitals, spaces and hyphens do not matter. A whole seal in hexadecimal stays as it is."""
    seal = seal.strip()
    return seal.lower() if len(seal) == 64 else "".join(seal.split()).replace("-", "").upper()
