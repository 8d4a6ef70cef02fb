"""The one update that a printed file may have: a signature as c6brief puts it there, and whether it holds.

A signature is an update behind the file (ISO 32000-1, 7.5.6 and 12.8), and an update can change every page. So the
update is read strictly, and taken for a signature only if it adds a field without a place on the page, the signature
itself, and what names them; with these taken away the document must be, part for part, the one before the update.
Whether the signature holds is pyHanko's to say (the extra ``sign``): it is imported when there is one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from c6brief.documents.boundary import read_file
from c6brief.documents.files import display_name
from c6brief.documents.logs import silenced
from c6brief.documents.problems import Place, Problems, quote
from c6brief.manifest.document_parts import DocumentParts, read_parts
from c6brief.manifest.model import MANIFEST
from c6brief.manifest.pdf_file import PdfFile, read_strictly, read_update
from c6brief.manifest.pdf_syntax import ForeignSyntax, Ref

_END = b"%%EOF"

_FORM = {"Fields", "SigFlags"}
_FIELD = {"FT", "T", "Type", "Subtype", "F", "Rect", "P", "V"}
_SIGNATURE = {"Type", "Filter", "SubFilter", "ByteRange", "Contents", "M"}
_EXTENSION = {"ESIC": {"Type": "DeveloperExtensions", "BaseVersion": "1.7", "ExtensionLevel": 1}}
"""What a PDF 1.7 says that has a PAdES signature (ETSI EN 319 142-1, 5.1)."""

LARGEST_CERTIFICATE = 1_000_000
"""Bytes of a certificate's file."""


@dataclass(frozen=True)
class Signature:
    """A signature, as it was found."""

    signer: str
    """Whom its certificate names."""
    issuer: str
    """Who issued the certificate, as it says itself."""
    time: str
    """When it was made, 2026-03-02 12:00 UTC."""
    witness: str
    """Who says so: the name of a time stamping authority; empty: the signer's own clock."""
    is_intact: bool
    """Whether the signature is that of exactly these bytes."""
    is_trusted: bool
    """Whether its certificate comes from one that is trusted."""


def split_signed(data: bytes) -> tuple[bytes, bytes]:
    """The file as it was printed, and the update with a signature behind it; empty where there is none."""
    at = data.find(_END)
    end = at + len(_END)
    while at >= 0 and data[end : end + 1] in (b"\r", b"\n"):
        end += 1
    update = data[end:] if at >= 0 else b""
    return (data[:end], update) if b"/ByteRange" in update else (data, b"")


def read_signed(data: bytes, original: bytes) -> DocumentParts:
    """The parts of a signed file, whose bytes before the update are ``original``.

    Raises :class:`ForeignSyntax` where the update does anything else than sign.
    """
    file = read_strictly(original)
    update = read_update(data, file, len(original))
    merged = PdfFile({**file.objects, **update.objects}, file.trailer)
    field = _take_away(merged, update, file)
    _check_range(data, len(original), merged.objects[field])
    del merged.objects[field]
    before, after = read_parts(file, MANIFEST), read_parts(merged, MANIFEST)
    if before != after:
        raise ForeignSyntax("an update that changes more than a signature does")
    return before


def _take_away(merged: PdfFile, update: PdfFile, file: PdfFile) -> int:
    """Take from ``merged`` the form and its field, which the update adds; the number of the signature's object."""
    root = file.trailer["Root"]
    catalog = dict(merged.get(root) or {})
    form_at = catalog.pop("AcroForm", None)
    if catalog.pop("Extensions", _EXTENSION) != _EXTENSION:
        raise ForeignSyntax("an update that extends the catalog")
    form = merged.get(form_at)
    fields = form.get("Fields") if isinstance(form, dict) else None
    if not isinstance(form, dict) or form.keys() != _FORM or not isinstance(fields, list) or len(fields) != 1:
        raise ForeignSyntax("an update with a form that has more than a signature's field")
    [field_at] = fields
    field = merged.get(field_at)
    if (
        not isinstance(field_at, Ref)
        or not isinstance(field, dict)
        or field.keys() - {"TU"} != _FIELD
        or (field["FT"], field["Subtype"], field["Type"]) != ("Sig", "Widget", "Annot")
        or any(field["Rect"] if isinstance(field["Rect"], list) else [1])
        or not isinstance(field["V"], Ref)
    ):
        raise ForeignSyntax("an update with a field that is no signature without a place on the page")
    signature = merged.get(field["V"])
    if not isinstance(signature, dict) or signature.keys() != _SIGNATURE:
        raise ForeignSyntax("an update with a signature that is not as c6brief makes it")
    page_at = field["P"]
    page = dict(merged.get(page_at) or {})
    annotations = merged.get(page.get("Annots"))
    if not isinstance(annotations, list) or annotations[-1:] != [field_at]:
        raise ForeignSyntax("an update with a signature's field that stands on no page")
    added = {each.number for each in (form_at, field_at, field["V"]) if isinstance(each, Ref)}
    changed = {root.number, page_at.number if isinstance(page_at, Ref) else -1}
    if isinstance(page.get("Annots"), Ref):
        changed.add(page["Annots"].number)
        merged.objects[page["Annots"].number] = annotations[:-1]
    else:
        page["Annots"] = annotations[:-1]
        if not page["Annots"] and "Annots" not in (file.get(page_at) or {}):
            del page["Annots"]
    if update.objects.keys() - added - changed or added & file.objects.keys():
        raise ForeignSyntax("an update with other objects than a signature needs")
    merged.objects[root.number], merged.objects[page_at.number] = catalog, page
    own: int = field["V"].number
    for number in added - {own}:
        del merged.objects[number]
    return own


def _check_range(data: bytes, begin: int, signature: dict[str, Any]) -> None:
    """Check that the signature covers every byte but its own."""
    given, contents = signature["ByteRange"], signature["Contents"]
    if not isinstance(given, list) or len(given) != 4 or not all(type(each) is int for each in given):
        raise ForeignSyntax("a signature that does not say what it covers")
    start, length, after, rest = given
    own = data[length:after]
    whole = start == 0 and begin < length < after and after + rest == len(data)
    if not whole or own[:1] != b"<" or own[-1:] != b">" or own[1:-1] != contents.hex().upper().encode():
        raise ForeignSyntax("a signature that does not cover the whole file")
    # What is left of the room for it is zeros: no signature covers it, so that anything could be written there.
    if any(contents[_length_of_der(contents) :]):
        raise ForeignSyntax("something behind the signature, in the room that was left for it")


def _length_of_der(data: bytes) -> int:
    """How many bytes the first value of ``data`` takes, by its own account (ITU-T X.690, 8.1.3)."""
    if len(data) < 2 or data[1] < 0x80:
        return 2 + (data[1] if len(data) > 1 else 0)
    count = data[1] & 0x7F
    return 2 + count + int.from_bytes(data[2 : 2 + count], "big")


def check_signature(data: bytes, trusted: Sequence[Path], place: Place, problems: Problems) -> Signature | None:
    """Whether the signature of the file in ``data`` holds; ``None`` after a problem.

    ``trusted`` are files with certificates. Problems: ``signing-not-installed``, ``certificate-not-readable``,
    ``signature-broken``, ``signature-untrusted`` (only if certificates are given).
    """
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.settings import KeyUsageConstraints
        from pyhanko_certvalidator import ValidationContext
    except ImportError:
        message = "the file is signed, and what checks signatures is not installed"
        problems.error("signing-not-installed", message, place, "pip install 'c6brief[sign]'")
        return None
    roots = read_certificates(trusted, problems)
    if roots is None:
        return None
    try:
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})  # one of them
        with silenced("pyhanko", "pyhanko_certvalidator"):
            embedded = PdfFileReader(io.BytesIO(data)).embedded_signatures[0]
            status = validate_pdf_signature(embedded, context, key_usage_settings=usage)
        stamp = status.timestamp_validity
        time = stamp.timestamp if stamp else status.signer_reported_dt
        is_intact = bool(status.intact and status.valid and (stamp is None or (stamp.intact and stamp.valid)))
        found = Signature(
            signer=_name(status.signing_cert.subject),
            issuer=_name(status.signing_cert.issuer),
            time=f"{time:%Y-%m-%d %H:%M} UTC" if time else "",
            witness=_name(stamp.signing_cert.subject) if stamp else "",
            is_intact=is_intact,
            is_trusted=bool(is_intact and status.trusted),
        )
    except Exception as reason:  # made to hurt, or by a program that knows another standard
        message = f"its signature cannot be read ({type(reason).__name__})"
        problems.error("signature-broken", message, place, "get the file again from its publisher")
        return None
    if not found.is_intact:
        message = f"the signature of {quote(found.signer)} is not one of this file: it was changed after signing"
        problems.error("signature-broken", message, place, "get the file again from its publisher")
    elif trusted and not found.is_trusted:
        names = ", ".join(display_name(path) for path in trusted)
        who = f"it is signed by {quote(found.signer)}, with a certificate from {quote(found.issuer)}"
        hint = "it is signed by somebody else, or the certificate has ended"
        problems.error("signature-untrusted", f"{who}, which does not come from {names}", place, hint)
    return found


def read_certificates(paths: Sequence[Path], problems: Problems) -> list[Any] | None:
    """The certificates in ``paths``; ``None`` after the problem ``certificate-not-readable`` or ``no-such-file``."""
    from pyhanko.keys import load_certs_from_pemder_data

    found: list[Any] = []
    for path in paths:
        place = Place(display_name(path))
        try:
            data = read_file(path, LARGEST_CERTIFICATE, is_named=True)
            certificates = list(load_certs_from_pemder_data(data))
            for each in certificates:
                _name(each.subject)  # what is no certificate fails only when it is read
            if not certificates:
                raise ValueError("it holds none")
        except (FileNotFoundError, IsADirectoryError):
            problems.error("no-such-file", f"no file '{place.file}'", place, "is the path spelled as on disk?")
            return None
        except Exception as reason:  # whatever a parser of ASN.1 finds in a file
            hint = "give a certificate in the form PEM or DER (.pem, .crt, .cer)"
            message = (
                f"'{place.file}' is no certificate ({str(reason).splitlines()[0][:80] if str(reason) else 'unknown'})"
            )
            problems.error("certificate-not-readable", message, place, hint)
            return None
        found += certificates
    return found


def _name(subject: Any) -> str:
    """Whom a certificate names: the organisation and the common name."""
    native = subject.native
    names = [native.get(key) for key in ("common_name", "organization_name")]
    return ", ".join(dict.fromkeys(str(each) for each in names if each)) or str(subject.human_friendly)
