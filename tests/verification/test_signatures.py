"""Signed briefs: what a signature adds, who is shown, and that nothing else than a signature may be added."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, fields, signers

from c6brief.print.pyhanko_writer import PlainUpdate
from c6brief.verification.verify import verify
from tests.support.authority import PASSPHRASE, Authority
from tests.support.forgeries import HELLO
from tests.support.process import run_c6brief
from tests.support.project import Folder, write_project
from tests.support.resealing import reseal
from tests.support.sampling import sampled
from tests.support.verapdf import FLAVOURS, validate

PRESS = "Transit Press"


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def key(authority: Authority) -> Path:
    return authority.issue(PRESS)


@pytest.fixture(scope="session")
def prints(tmp_path_factory: pytest.TempPathFactory, key: Path) -> dict[str, bytes]:
    """One brief printed unsigned, and signed."""
    found = {}
    root = write_project(tmp_path_factory.mktemp("signed"))
    for name, options in {"unsigned": (), "signed": ("--sign", str(key))}.items():
        run_c6brief(root, "render", "briefs/lifts.yaml", *options, C6BRIEF_SIGN_PASSWORD=PASSPHRASE)
        found[name] = (root / "output" / "lifts.pdf").read_bytes()
    return found


def state(path: Path, *trusted: Path) -> tuple[bool, set[str]]:
    result = verify(path, trust=trusted)
    return result.is_successful, {problem.rule for problem in result.problems}


def test_the_bytes_before_the_signature_are_those_of_the_unsigned_file(prints: dict[str, bytes]) -> None:
    assert prints["signed"].startswith(prints["unsigned"])
    assert prints["signed"] != prints["unsigned"]


def test_who_signed_is_shown_and_trusted_only_when_asked(
    prints: dict[str, bytes], authority: Authority, tmp_path: Path, folder: Folder
) -> None:
    path = folder.write("signed.pdf", prints["signed"])
    result = folder.run("verify", str(path))
    assert (result.status, result.err) == (0, "")
    assert f"signed by “{PRESS}”, certificate from “Authority of the Tests”" in result.out
    assert "by the signer's own clock" in result.out
    assert "whether the signer is who it says cannot be known" in result.out
    assert "byte for byte" not in result.out
    result = folder.run("verify", str(path), "--trust", str(authority.certificate))
    assert (result.status, result.err) == (0, "")
    assert "byte for byte the file that was signed" in result.out
    found = json.loads(folder.run("verify", str(path), "--format", "json").out)
    assert (found["signature"]["signer"], found["signature"]["is_intact"], found["signature"]["is_trusted"]) == (
        PRESS,
        True,
        False,
    )
    other = Authority(tmp_path, "Somebody Else")
    result = folder.run("verify", str(path), "--trust", str(other.certificate))
    assert (result.status, result.rules) == (1, ["signature-untrusted"])
    both = ("--trust", str(other.certificate), "--trust", str(authority.certificate))
    assert folder.run("verify", str(path), *both).status == 0


def test_an_unsigned_file_is_not_trusted(prints: dict[str, bytes], authority: Authority, folder: Folder) -> None:
    path = folder.write("unsigned.pdf", prints["unsigned"])
    assert folder.run("verify", str(path), "--trust", str(authority.certificate)).rules == ["not-signed"]


@pytest.mark.rest
@pytest.mark.parametrize("standard", sampled(FLAVOURS, "pdf-1.7"))
def test_a_signed_file_conforms_and_has_its_time_witnessed(standard: str, authority: Authority, tmp_path: Path) -> None:
    key = authority.issue("Press with a Curve", curve=True)
    root = write_project(tmp_path)
    with authority.serve_time("Clock of the Tests") as address:
        options = ("--standard", standard, "--sign", str(key), "--timestamp", address)
        run_c6brief(root, "render", "briefs/lifts.yaml", *options, C6BRIEF_SIGN_PASSWORD=PASSPHRASE)
    path = root / "output" / "lifts.pdf"
    result = verify(path, trust=[authority.certificate])
    assert result.is_whole, result.problems
    assert result.verified is not None
    assert result.verified.signature is not None
    assert result.verified.signature.witness == "Clock of the Tests"
    for verdict in validate({path: FLAVOURS[standard]}):
        assert not verdict.failed, (verdict.flavour, verdict.failed)


@pytest.mark.rest
def test_a_rendered_file_is_signed_only_when_asked(folder: Folder, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("C6BRIEF_SIGN_PASSWORD", PASSPHRASE)
    target = folder.root / "output" / "lifts.pdf"
    sizes = []
    for options in ((), ("--sign", str(key)), (), ("--sign", str(key))):
        assert folder.render("briefs/lifts.yaml", *options).status == 0
        sizes.append(target.stat().st_size)
    assert sizes[0] == sizes[2] < sizes[1]
    assert abs(sizes[1] - sizes[3]) < 50, "the time of signing is packed in a few bytes more or less"


# Forgeries


def with_update(data: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    """A further update, as a program that edits PDFs writes it."""
    writer, made = PlainUpdate(io.BytesIO(data)), io.BytesIO()
    change(writer)
    writer.write(made)
    return made.getvalue()


def other_words(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=HELLO))
    writer.update_container(page)


def signed_with(
    data: bytes,
    key: Path,
    change: Callable[[IncrementalPdfFileWriter], object] = lambda _: None,
    name: str = "Signature",
    **field: object,
) -> bytes:
    """``data``, changed and signed in one update."""
    writer = PlainUpdate(io.BytesIO(data))
    change(writer)
    signer = signers.SimpleSigner.load_pkcs12(key, passphrase=PASSPHRASE.encode())
    specification = fields.SigFieldSpec(name, **field)
    about = PdfSignatureMetadata(field_name=name, subfilter=fields.SigSeedSubFilter.PADES)
    return signers.sign_pdf(writer, about, signer, new_field_spec=specification).getvalue()


def with_document_action(writer: IncrementalPdfFileWriter) -> None:
    script = generic.DictionaryObject({generic.pdf_name("/S"): generic.pdf_name("/JavaScript")})
    writer.root[generic.pdf_name("/OpenAction")] = script
    writer.update_root()


def with_a_field_more(writer: IncrementalPdfFileWriter) -> None:
    fields.append_signature_field(writer, fields.SigFieldSpec("Another"))


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def resaved(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


Forge = Callable[[bytes, bytes, Path], bytes]

FORGED: dict[str, Forge] = {
    "a byte of the pages": lambda unsigned, signed, key: flipped(signed, 2_000),
    "a letter of the version": lambda unsigned, signed, key: signed.replace(b"%PDF-1.7", b"%PDF-1.6"),
    "the signature's own bytes": lambda unsigned, signed, key: (
        signed[: signed.index(b"/Contents <") + 300]
        + (b"1" if signed[signed.index(b"/Contents <") + 300 : signed.index(b"/Contents <") + 301] == b"0" else b"0")
        + signed[signed.index(b"/Contents <") + 301 :]
    ),
    "in the room behind the signature": lambda unsigned, signed, key: re.sub(rb"(/Contents <[0-9A-F]+?)0{8}>", rb"\1DEADBEEF>", signed),
    "its digits in small letters": lambda unsigned, signed, key: re.sub(
        rb"/Contents <[0-9A-F]+>", lambda found: b"/Contents <" + found[0][11:].lower(), signed
    ),
    "what it covers": lambda unsigned, signed, key: signed.replace(b"/ByteRange [0 ", b"/ByteRange [1 "),
    "another page behind it": lambda unsigned, signed, key: with_update(signed, other_words),
    "words behind it": lambda unsigned, signed, key: signed + b"% more",
    "another page signed": lambda unsigned, signed, key: signed_with(unsigned, key, other_words),
    "another page, then signed": lambda unsigned, signed, key: signed_with(with_update(unsigned, other_words), key),
    "an action signed": lambda unsigned, signed, key: signed_with(unsigned, key, with_document_action),
    "another field signed": lambda unsigned, signed, key: signed_with(unsigned, key, with_a_field_more),
    "a signature with a place on the page": lambda unsigned, signed, key: signed_with(unsigned, key, box=(9, 9, 99, 99)),
    "signed twice": lambda unsigned, signed, key: signed_with(signed, key, name="Second"),
    "saved again": lambda unsigned, signed, key: resaved(signed),
    "an update that does not sign": lambda unsigned, signed, key: with_update(unsigned, other_words),
    "a form without a signature": lambda unsigned, signed, key: with_update(unsigned, with_a_field_more),
}  # fmt: skip


@pytest.mark.parametrize(
    "name",
    sampled(
        FORGED,
        "a byte of the pages",
        "in the room behind the signature",
        "another page behind it",
        "another page signed",
        "saved again",
    ),
)
def test_whatever_else_is_done_to_a_signed_file_is_told(
    prints: dict[str, bytes], key: Path, authority: Authority, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "forged.pdf"
    forged = FORGED[name](prints["unsigned"], prints["signed"], key)
    assert forged not in prints.values()
    path.write_bytes(forged)
    for trusted in ((), (authority.certificate,)):
        is_good, rules = state(path, *trusted)
        assert not is_good
        assert rules & {"foreign-file", "signature-broken", "pdf-damaged"}, rules


def test_a_signature_of_another_file_does_not_hold(prints: dict[str, bytes], key: Path, tmp_path: Path) -> None:
    """The pages of one file under the signature of another whose bytes stand at the same places."""
    path, signed = tmp_path / "forged.pdf", prints["signed"]
    begin = len(prints["unsigned"])
    path.write_bytes(signed[: begin - 200] + flipped(signed[begin - 200 : begin], 100) + signed[begin:])
    assert not state(path)[0]


def test_a_signature_by_a_key_of_nobody_s_is_shown_as_what_it_is(
    prints: dict[str, bytes], authority: Authority, tmp_path: Path
) -> None:
    """Anybody can make an authority with any name: so it is not trusted, and verify says why."""
    other = Authority(tmp_path)
    path = tmp_path / "forged.pdf"
    path.write_bytes(signed_with(prints["unsigned"], other.issue(PRESS)))
    assert state(path) == (True, set())
    assert not state(path, authority.certificate)[0]


def test_a_signer_s_name_makes_no_line_of_verify_s(prints: dict[str, bytes], tmp_path: Path, folder: Folder) -> None:
    name = "Nobody”, trusted\n  the certificate is trusted"
    path = folder.write("named.pdf", signed_with(prints["unsigned"], Authority(tmp_path).issue(name)))
    result = folder.run("verify", str(path))
    assert (result.status, result.err) == (0, "")
    assert "signed by “Nobody', trusted the certificate is trusted”, certificate from “" in result.out


# What users do


@pytest.mark.parametrize(
    ("file", "passphrase", "rule"),
    [
        ("good", "wrong", "wrong-passphrase"),
        ("good", "", "wrong-passphrase"),
        ("text", PASSPHRASE, "key-not-readable"),
        ("certificate", PASSPHRASE, "key-not-readable"),
        ("cut", PASSPHRASE, "key-not-readable"),
        ("nothing", PASSPHRASE, "no-such-file"),
        ("folder", PASSPHRASE, "no-such-file"),
        ("ended", PASSPHRASE, "certificate-expired"),
        ("early", PASSPHRASE, "certificate-expired"),
    ],
)
def test_a_key_that_cannot_sign_is_a_problem_and_nothing_is_written(
    folder: Folder,
    key: Path,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    passphrase: str,
    rule: str,
) -> None:
    made = {
        "good": lambda: shutil.copy(key, folder.root / "good.p12"),
        "text": lambda: folder.write("text.p12", "not a key"),
        "certificate": lambda: shutil.copy(authority.certificate, folder.root / "certificate.p12"),
        "cut": lambda: folder.write("cut.p12", key.read_bytes()[:500]),
        "nothing": lambda: folder.root / "nothing.p12",
        "folder": lambda: folder.root / "seeds",
        "ended": lambda: authority.issue("Ended", days=(-90, -1)),
        "early": lambda: authority.issue("Early", days=(1, 90)),
    }
    monkeypatch.setenv("C6BRIEF_SIGN_PASSWORD", passphrase)
    result = folder.render("briefs/lifts.yaml", "--sign", str(made[file]()))
    assert (result.status, result.rules) == (1, [rule]), result.err
    assert not (folder.root / "output").exists()


def test_a_server_that_stamps_no_time_is_a_problem(folder: Folder, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("C6BRIEF_SIGN_PASSWORD", PASSPHRASE)
    signed = ("briefs/lifts.yaml", "--sign", str(key), "--timestamp")
    result = folder.render(*signed, "http://127.0.0.1:9/")
    assert (result.status, result.rules) == (1, ["timestamp-failed"]), result.err
    assert not (folder.root / "output").exists()
    assert folder.render(*signed, "file:///etc/passwd").rules == ["bad-address"]


@pytest.mark.parametrize("name", ["nothing.pem", "seeds", "text.pem", "empty.pem"])
def test_a_certificate_that_cannot_be_read_is_a_problem(prints: dict[str, bytes], folder: Folder, name: str) -> None:
    folder.write("text.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    folder.write("empty.pem", "")
    path = folder.write("signed.pdf", prints["signed"])
    result = folder.run("verify", str(path), "--trust", name)
    assert result.status == 1
    assert set(result.rules) <= {"certificate-not-readable", "no-such-file"}, result.err


def test_without_the_extra_signing_and_verifying_say_what_to_install(
    prints: dict[str, bytes], folder: Folder, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [name for name in sys.modules if name.split(".")[0] == "pyhanko"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    monkeypatch.setenv("C6BRIEF_SIGN_PASSWORD", PASSPHRASE)
    result = folder.render("briefs/lifts.yaml", "--sign", str(key))
    assert (result.status, result.rules) == (1, ["signing-not-installed"]), result.err
    assert "pip install 'c6brief[sign]'" in result.err
    path = folder.write("signed.pdf", prints["signed"])
    result = folder.run("verify", str(path))
    assert (result.status, result.rules) == (1, ["signing-not-installed"]), "a signature that nobody checked is none"


@pytest.mark.parametrize("option", ["--watch", "--draft", "--format=html", "--scheduler=tcp://127.0.0.1:1"])
def test_only_what_is_printed_for_good_is_signed(folder: Folder, option: str) -> None:
    assert folder.render("briefs/lifts.yaml", "--sign", "key.p12", option).status == 2
    assert folder.render("briefs/lifts.yaml", "--timestamp", "https://example.org").status == 2


FILES = ("unsigned", "signed", "changed", "signed and changed", "another edition")
STATUS = {
    "nothing": (0, 0, 1, 1, 0),
    "trust": (1, 0, 1, 1, 1),
    "trust in somebody else": (1, 1, 1, 1, 1),
    "the seal": (0, 0, 1, 1, 1),
    "the fingerprint": (0, 0, 1, 1, 0),
    "another seal": (1, 1, 1, 1, 1),
    "the evidence base": (0, 0, 1, 1, 0),
    "the evidence base, changed": (1, 1, 1, 1, 1),
    "no evidence base": (1, 1, 1, 1, 1),
    "trust, the seal and the evidence base": (1, 0, 1, 1, 1),
}
"""The exit status of ``verify`` by what was asked, for each of :data:`FILES`."""


@pytest.mark.parametrize(
    ("asked", "kind"),
    sampled(
        [(asked, kind) for asked in STATUS for kind in FILES],
        ("trust", "unsigned"), ("trust", "signed and changed"), ("the seal", "another edition"), ("the seal", "changed"),
        ("the evidence base, changed", "signed"), ("trust, the seal and the evidence base", "signed"),
    ),
)  # fmt: skip
def test_the_exit_status(
    prints: dict[str, bytes], authority: Authority, tmp_path: Path, folder: Folder, asked: str, kind: str
) -> None:
    unsigned, signed = prints["unsigned"], prints["signed"]
    data = {
        "unsigned": lambda: unsigned,
        "signed": lambda: signed,
        "changed": lambda: flipped(unsigned, 2_000),
        "signed and changed": lambda: flipped(signed, 2_000),
        "another edition": lambda: reseal(unsigned, lambda pdf, manifest: manifest["versions"].update(python="4.0")),
    }[kind]()
    write_project(tmp_path / "now")
    write_project(tmp_path / "since", quotes=("by 2030.", "[...] 2030."))
    path = folder.write("asked.pdf", data)
    whole = verify(folder.write("whole.pdf", unsigned)).verified
    assert whole is not None
    trust = ("--trust", str(authority.certificate))
    seal, seeds = ("--expect", whole.manifest.short_seal), ("--seeds", str(tmp_path / "now" / "seeds"))
    options = {
        "nothing": (),
        "trust": trust,
        "trust in somebody else": ("--trust", str(Authority(tmp_path, "Somebody Else").certificate)),
        "the seal": seal,
        "the fingerprint": ("--expect", whole.manifest.fingerprint),
        "another seal": ("--expect", "AAAA-BBBB-CCCC-DDDD"),
        "the evidence base": seeds,
        "the evidence base, changed": ("--seeds", str(tmp_path / "since" / "seeds")),
        "no evidence base": ("--seeds", str(tmp_path / "nowhere")),
        "trust, the seal and the evidence base": (*trust, *seal, *seeds),
    }[asked]
    result = folder.run("verify", str(path), *options)
    assert result.status == STATUS[asked][FILES.index(kind)], (result.out, result.err)
    assert bool(result.rules) == bool(result.status)
