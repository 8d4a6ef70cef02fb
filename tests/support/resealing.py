"""A forger who knows everything: a printed file changed, and every hash, checksum, fingerprint and seal made anew."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Pdf
from pypdf import PdfReader

from c6brief.brief.record import canonical_json, sha256, short_form
from c6brief.manifest.document_parts import read_parts
from c6brief.manifest.model import MANIFEST
from c6brief.manifest.page_words import PdfFonts, join_pieces, read_visible_pieces
from c6brief.manifest.pdf_file import read_strictly
from tests.support.forgeries import identify, serialize, specification


def reseal(data: bytes, change: Callable[[Pdf, dict[str, Any]], object]) -> bytes:
    """``data`` after ``change`` of its objects and of its manifest, which agrees with the file in every hash."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        manifest = json.loads(specification(pdf, MANIFEST).EF.F.read_bytes())
        change(pdf, manifest)
        for attached in manifest["attachments"]:
            _measure(specification(pdf, attached["name"]).EF.F)
            content = specification(pdf, attached["name"]).EF.F.read_bytes()
            attached.update(size=len(content), sha256=sha256(content))
        made = serialize(pdf)
        document = read_parts(read_strictly(made), MANIFEST)
        manifest["parts"] = document.parts
        fonts = PdfFonts()
        for page, parts, read in zip(manifest["pages"], document.pages, PdfReader(io.BytesIO(made)).pages, strict=True):
            text = join_pieces(read_visible_pieces(read, fonts))
            page.update(text=text, sha256=sha256(text.encode()), **vars(parts))
        manifest["fingerprint"] = short_form(sha256(canonical_json(manifest["record"])))
        manifest["seal"] = sha256(canonical_json({key: value for key, value in manifest.items() if key != "seal"}))
        stream = specification(pdf, MANIFEST).EF.F
        stream.write((json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
        _measure(stream)
        return identify(serialize(pdf))


def _measure(stream: Any) -> None:
    content = stream.read_bytes()
    stream.Params.Size = len(content)
    stream.Params.CheckSum = pikepdf.String(hashlib.md5(content, usedforsecurity=False).digest())
