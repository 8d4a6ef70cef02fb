"""Signing a printed file: a PAdES signature (ETSI EN 319 142-1, level B-B, or B-T with a time stamp) by pyHanko.

The signature is an incremental update (ISO 32000-1, 7.5.6): the bytes before it are those of the file as it is printed
without a key. It has a field without a place on the page, so that nothing looks otherwise. pyHanko is imported when it
is asked for: it is an extra of the package (``pip install 'c6brief[sign]'``), and takes a second to load.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from c6brief.documents.boundary import TooLarge, read_file
from c6brief.documents.files import display_name
from c6brief.documents.logs import silenced
from c6brief.documents.problems import Place, Problems

FIELD = "Signature"
"""The name of the signature's field."""

PATIENCE = 20
"""Seconds that a server of time stamps has for its answer."""

LARGEST_KEY = 1_000_000
"""Bytes of a file with a key; usual ones have 4,000."""

INSTALL = "pip install 'c6brief[sign]'"


@dataclass(frozen=True)
class SigningOptions:
    """With which key a file is signed, and whether somebody else is to witness the time."""

    key: Path
    """A file in the form PKCS #12 (RFC 7292): the key and its certificate, and those that lead to its authority."""
    passphrase: str = field(default="", repr=False)
    timestamp: str = ""
    """The address of a server of time stamps (RFC 3161); empty: the time is this computer's."""


@dataclass(frozen=True)
class Signer:
    """A key that is ready to sign."""

    name: str
    """Of the key's file, for messages."""
    signer: Any
    """pyHanko's ``SimpleSigner``."""
    stamper: Any

    def sign(self, data: bytes, problems: Problems) -> bytes | None:
        """``data``, a printed file, with a signature behind it; ``None`` after the problem ``timestamp-failed`` or
        ``signing-failed``.
        """
        from pyhanko.sign import PdfSignatureMetadata, fields, signers
        from pyhanko.sign.timestamps import TimestampRequestError

        from c6brief.print.pyhanko_writer import PlainUpdate

        about = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            embed_validation_info=False,
        )
        try:
            with silenced("pyhanko", "pyhanko_certvalidator"):
                update = PlainUpdate(io.BytesIO(data))
                signed = signers.sign_pdf(update, about, self.signer, timestamper=self.stamper)
        except TimestampRequestError as reason:
            hint = "is the address right? leave --timestamp out to sign without a witness of the time"
            problems.error("timestamp-failed", f"no time stamp came: {reason}", Place(self.name), hint)
            return None
        except Exception as reason:  # pyHanko and the libraries below it raise dozens of kinds, for keys of many kinds
            message = f"the key cannot sign: {type(reason).__name__} {str(reason).splitlines()[:1]}"
            problems.error("signing-failed", message, Place(self.name), "try another key, RSA or elliptic curve")
            return None
        return bytes(signed.getvalue())


def load_signer(options: SigningOptions, problems: Problems) -> Signer | None:
    """The key of ``options``; ``None`` after a problem.

    Problems: ``signing-not-installed``, ``no-such-file``, ``key-not-readable``, ``wrong-passphrase``,
    ``certificate-expired``, ``bad-address``.
    """
    name = display_name(options.key)
    place = Place(name)
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError:
        problems.error("signing-not-installed", "signing needs packages that are not installed", place, INSTALL)
        return None
    data = _read_key(options.key, place, problems)
    if data is None:
        return None
    if options.timestamp and not options.timestamp.startswith(("https://", "http://")):
        hint = "give the address that your time stamping authority names, https://…"
        problems.error(
            "bad-address", f"'{options.timestamp[:80]}' is no address of the web", Place("--timestamp"), hint
        )
        return None
    if not _is_pkcs12(data):
        hint = "export key and certificate together as PKCS #12 (.p12, .pfx)"
        problems.error("key-not-readable", f"'{name}' is no file in the form PKCS #12", place, hint)
        return None
    try:
        with silenced("pyhanko", "pyhanko_certvalidator"):
            signer = SimpleSigner.load_pkcs12_data(data, (), (options.passphrase or "").encode())
    except ValueError:
        hint = "set C6BRIEF_SIGN_PASSWORD, or type it when asked"
        problems.error("wrong-passphrase", f"the passphrase does not open '{name}'", place, hint)
        return None
    except Exception as reason:  # no key inside, or one of an unknown kind
        hint = "export key and certificate together as PKCS #12 (.p12, .pfx)"
        message = f"'{name}' holds no key with its certificate ({type(reason).__name__})"
        problems.error("key-not-readable", message, place, hint)
        return None
    certificate = signer.signing_cert
    if not certificate.not_valid_before <= datetime.now(UTC) <= certificate.not_valid_after:
        days = f"{certificate.not_valid_before:%Y-%m-%d} to {certificate.not_valid_after:%Y-%m-%d}"
        message = f"the certificate in '{name}' is valid from {days}, and not today"
        problems.error("certificate-expired", message, place, "ask your authority for a new one")
        return None
    return Signer(name, signer, _make_stamper(options.timestamp) if options.timestamp else None)


def _read_key(path: Path, place: Place, problems: Problems) -> bytes | None:
    try:
        return read_file(path, LARGEST_KEY, is_named=True)
    except (FileNotFoundError, IsADirectoryError):
        problems.error("no-such-file", f"no file '{place.file}'", place, "is the path spelled as on disk?")
    except TooLarge:
        problems.error("key-not-readable", f"'{place.file}' is too large to be a key", place)
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or str(reason)
        problems.error("key-not-readable", f"'{place.file}' cannot be read: {why}", place)
    return None


def _is_pkcs12(data: bytes) -> bool:
    """Whether the outermost form is that of PKCS #12: so a wrong passphrase can be told from a wrong file."""
    from asn1crypto import pkcs12

    try:
        return str(pkcs12.Pfx.load(data, strict=True)["version"].native) == "v3"
    except (ValueError, TypeError, KeyError):
        return False


def _make_stamper(address: str) -> Any:
    import urllib.request  # here: it takes as long to import as a check takes

    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

    class WebTimeStamper(TimeStamper):
        """A server of time stamps (RFC 3161, section 3.4), asked with the standard library."""

        async def async_request_tsa_response(self, req: Any) -> Any:
            headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
            request = urllib.request.Request(address, req.dump(), headers)
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                    return tsp.TimeStampResp.load(answer.read(LARGEST_KEY))
            except (OSError, ValueError) as reason:
                why = str(getattr(reason, "reason", reason))
                raise TimestampRequestError(f"{address[:80]}: {why[:120]}") from None

    stamper: Any = WebTimeStamper
    return stamper()
