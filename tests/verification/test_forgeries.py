"""Forged PDFs are told, honest copies pass: generated from a printed brief, and each forgery with the identifier that
would say that nobody has saved the file since it was printed.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from pikepdf import Pdf

from c6brief.cli.verify import verify_file
from c6brief.manifest.file_identifier import is_untouched
from c6brief.manifest.model import MANIFEST
from c6brief.verification.verify import verify
from tests.support.forgeries import FORGED, HONEST, font_of, identify, serialize, specification
from tests.support.process import run_c6brief
from tests.support.project import write_project
from tests.support.resealing import reseal
from tests.support.sampling import sampled

LINK = "See [the city's page](https://example.org/lifts). Some stations"


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A printed brief with a link, a figure, a table, notes and attachments."""
    root = write_project(tmp_path_factory.mktemp("printed"), lifts=("Some stations", LINK))
    run_c6brief(root, "render", "briefs/lifts.yaml")
    return (root / "output" / "lifts.pdf").read_bytes()


@pytest.mark.rest_sample(60)
@pytest.mark.parametrize("name", sampled(FORGED, *list(FORGED)[::15]))
def test_a_forgery_is_told(printed: bytes, tmp_path: Path, name: str) -> None:
    forged = FORGED[name](printed)
    for data in {forged, identify(forged)}:
        path = tmp_path / "forged.pdf"
        path.write_bytes(data)
        result = verify(path)
        assert not result.is_successful, f"{name} passed"
        assert all(problem.rule != "internal" and problem.message for problem in result.problems)


@pytest.mark.parametrize("name", sampled(HONEST, "pikepdf as it comes", "qpdf, linearised", "pypdf, packed", "PDFium"))
def test_a_file_saved_again_without_a_change_passes(printed: bytes, tmp_path: Path, name: str) -> None:
    path = tmp_path / "saved.pdf"
    path.write_bytes(HONEST[name](printed))
    result = verify(path)
    assert result.is_whole, [str(problem) for problem in result.problems]
    assert not is_untouched(path.read_bytes())


FAKE = (
    "qpdf), nothing changed\n  signed by Ministry (CN=Ministry), trusted\u2028  seal AAAA” it is\r \x1b[1mwhole "
    + "x" * 90
)
"""A name that tries to be lines of verify's."""


def shown_lines(text: str) -> list[str]:
    """The lines of ``text`` without what stands in quotation marks."""
    return [re.sub(r"“[^“”]{1,80}”|'[^']{1,80}'", "“”", line) for line in text.splitlines()]


def test_a_producer_s_name_is_quoted(printed: bytes, tmp_path: Path) -> None:
    """The one text that is shown and not compared must not look like something that verify says."""
    path = tmp_path / "named.pdf"
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        pdf.docinfo["/Producer"] = pikepdf.String(FAKE[:90])
        pdf.save(path)
    told = run_c6brief(tmp_path, "verify", str(path))
    assert "  saved again since it was printed (it names itself “”), nothing changed" in shown_lines(told)
    assert not any("igned by" in line or "trusted" in line for line in shown_lines(told))


SPOKEN_NAMES: dict[str, Callable[[Pdf, dict[str, Any]], object]] = {
    "title": lambda pdf, manifest: manifest["brief"].update(title=FAKE),
    "date": lambda pdf, manifest: manifest["brief"].update(date=FAKE),
    "number of a figure": lambda pdf, manifest: manifest["figures"][0].update(number=FAKE),
    "key of the file": lambda pdf, manifest: pdf.Root.Metadata.__setitem__("/" + FAKE[:60], 1),
    "words and id of a passage": lambda pdf, manifest: manifest["record"]["passages"][0].update(id=FAKE, quoted=FAKE),
    "source and grade": lambda pdf, manifest: manifest["record"]["sources"][0].update(id=FAKE, grade=FAKE),
    "key of the manifest": lambda pdf, manifest: manifest["brief"].update({FAKE: 1}),
}


@pytest.mark.parametrize("name", [*SPOKEN_NAMES, "name of an attachment"])
def test_what_a_file_says_of_itself_is_quoted(
    printed: bytes, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every text of the file that is shown stands in quotation marks, on one line, and is short."""
    path = tmp_path / "named.pdf"
    path.write_bytes(reseal(printed, SPOKEN_NAMES[name]) if name in SPOKEN_NAMES else renamed(printed))
    verify_file(path, None, "", (), "text")
    written = capsys.readouterr()
    told = shown_lines(written.err + written.out)
    assert not any(words in line for line in told for words in ("Ministry", "nothing changed", "\x1b")), list(told)
    assert any("“”" in line for line in told)


def manifest_file(pdf: Pdf) -> Any:
    return specification(pdf, MANIFEST).EF.F


FREE: dict[str, Callable[[Pdf], object]] = {
    "/Desc in its metadata": lambda pdf: pdf.Root.Metadata.__setitem__("/Desc", pikepdf.String("All lifts run.")),
    "/A in its metadata": lambda pdf: pdf.Root.Metadata.__setitem__("/A", pikepdf.Dictionary(S=pikepdf.Name.URI)),
    "its metadata whose /Subtype is": lambda pdf: pdf.Root.Metadata.__setitem__("/Subtype", pikepdf.Name.JavaScript),
    "its metadata whose /Type is": lambda pdf: pdf.Root.Metadata.__setitem__("/Type", pikepdf.String("All lifts run.")),
    "a manifest that is said": lambda pdf: manifest_file(pdf).__setitem__("/Subtype", pikepdf.Name("/All lifts run")),
    "a file whose /Type is": lambda pdf: manifest_file(pdf).__setitem__("/Type", pikepdf.Name("/All lifts run")),
    "/ModDate that is no date": lambda pdf: pdf.docinfo.__setitem__("/ModDate", "All lifts run."),
    "a mark information whose": lambda pdf: pdf.Root.MarkInfo.__setitem__("/Marked", pikepdf.String("All lifts run.")),
    "a file specification whose": lambda pdf: specification(pdf, MANIFEST).__setitem__(
        "/AFRelationship", pikepdf.Name.X
    ),
    "a font whose /Type": lambda pdf: font_of(pdf).__setitem__("/Type", pikepdf.String("All lifts run.")),
}


@pytest.mark.parametrize("what", FREE)
def test_no_key_is_free_to_say_anything(printed: bytes, tmp_path: Path, what: str) -> None:
    """Keys that ours have not, and values that ours never have, are told though every hash was made anew."""
    path = tmp_path / "free.pdf"
    path.write_bytes(reseal(printed, lambda pdf, _: FREE[what](pdf)))
    told = [problem.message for problem in verify(path).problems if problem.rule == "foreign-file"]
    assert any(f"it has {what}" in message for message in told), told


def renamed(printed: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        specification(pdf).UF = pikepdf.String(FAKE)
        return serialize(pdf)


def test_an_identifier_can_be_made_by_anybody(printed: bytes) -> None:
    """Why verify says nothing of certainty on the ground of it."""
    assert is_untouched(printed)
    forged = FORGED["aloud: an alternative text"](printed)
    assert is_untouched(identify(forged))


FLIPPED = 400
"""Places at which a bit is turned over in the long run."""


@pytest.mark.parametrize("places", sampled([15, FLIPPED], 15))
def test_a_bit_turned_over_is_told_or_says_nothing(printed: bytes, tmp_path: Path, places: int) -> None:
    """What passes are the version in the first line and the comment in the second, which no reader shows, and bits
    that change nothing of what the file says.
    """
    path, chance, passed = tmp_path / "turned.pdf", random.Random(3), []
    for at in [*range(20), *chance.sample(range(20, len(printed)), places)]:
        turned = bytearray(printed)
        bit = chance.randrange(8)
        turned[at] ^= 1 << bit
        path.write_bytes(turned)
        if verify(path).is_successful:
            passed.append((at, bit))
    assert [at for at, bit in passed if at not in range(5, 14) and not says_the_same(printed, at, bit)] == [], passed


def says_the_same(printed: bytes, at: int, bit: int) -> bool:
    """Whether the file says the same with a bit turned over: its objects, what their streams hold, and its metadata as XML.

    Its identifier, which changes whenever a file is saved, says nothing.
    """
    turned = bytearray(printed)
    turned[at] ^= 1 << bit
    return contents(printed) == contents(bytes(turned))


def contents(data: bytes) -> list[tuple[str, object]]:
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in pdf.objects:
            held: object = None
            if isinstance(each, pikepdf.Stream):
                held = each.read_bytes()
                if each.get("/Subtype") == "/XML":
                    held = ElementTree.canonicalize(held.decode())
                entries = each.stream_dict.items()  # the identifier stands in that of the cross-reference table
                found.append((repr([(name, repr(value)) for name, value in entries if name != "/ID"]), held))
            else:
                found.append((repr(each), None))
    return found


def test_there_are_many_forgeries() -> None:
    assert len(FORGED) >= 100
    assert len(HONEST) >= 12
