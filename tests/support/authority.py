"""An authority of our own: certificates, keys that it has certified, and a server of time stamps."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

PASSPHRASE = "lifts for all"


class Authority:
    """Certifies keys. Its certificate is in ``certificate``."""

    def __init__(self, folder: Path, name: str = "Authority of the Tests") -> None:
        self.folder, self._name, self._count = folder, _name(name), 0
        self._key = rsa.generate_private_key(65537, 2048)
        self._own = self._issue(self._name, self._key, authority=True)
        self.certificate = folder / f"{name}.pem"
        self.certificate.write_bytes(self._own.public_bytes(Encoding.PEM))

    def issue(self, name: str, *, days: tuple[int, int] = (-1, 90), curve: bool = False) -> Path:
        """A file with a new key, certified for ``days`` from today."""
        key = ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(65537, 2048)
        made = self._issue(_name(name), key, days=days)
        path = self.folder / f"{name}.p12"
        protection = BestAvailableEncryption(PASSPHRASE.encode())
        path.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, made, [self._own], protection))
        return path

    @contextmanager
    def serve_time(self, name: str) -> Iterator[str]:
        """The address of a server of time stamps (RFC 3161), while it runs."""
        key = rsa.generate_private_key(65537, 2048)
        made = self._issue(_name(name), key, purpose=ExtendedKeyUsageOID.TIME_STAMPING)
        stamper = DummyTimeStamper(
            asn1_x509.Certificate.load(made.public_bytes(Encoding.DER)),
            asn1_keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        )

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(stamper.request_tsa_response(asked).dump())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()

    def _issue(
        self,
        name: x509.Name,
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        *,
        days: tuple[int, int] = (-1, 90),
        authority: bool = False,
        purpose: x509.ObjectIdentifier | None = None,
    ) -> x509.Certificate:
        self._count += 1
        now = datetime.now(UTC)
        usage = dict.fromkeys(
            ["key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False
        )
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(self._count)
            .not_valid_before(now + timedelta(days[0]))
            .not_valid_after(now + timedelta(days[1]))
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=not authority, content_commitment=False, key_cert_sign=authority,
                    crl_sign=authority, **usage,
                ),
                critical=True,
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )  # fmt: skip
        if purpose is not None:
            made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        return made.sign(self._key, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
