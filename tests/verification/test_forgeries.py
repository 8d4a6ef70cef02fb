"""Forged PDFs are told, honest copies pass: generated from a printed brief, and each forgery with the identifier that
would say that nobody has saved the file since it was printed.
"""

from __future__ import annotations

import io
import random
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from c6brief.manifest.file_identifier import is_untouched
from c6brief.verification.verify import verify
from tests.support.forgeries import FORGED, HONEST, identify
from tests.support.process import run_c6brief
from tests.support.project import write_project
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


def test_a_producer_s_name_makes_no_line_of_verify_s(printed: bytes, tmp_path: Path) -> None:
    """The one text that is shown and not compared must not look like something that verify says."""
    path = tmp_path / "named.pdf"
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        pdf.docinfo["/Producer"] = pikepdf.String("Reader\n  signed by The Publisher, the certificate is trusted")
        pdf.save(path)
    told = run_c6brief(tmp_path, "verify", str(path))
    assert "it names Reader signed by" in told
    assert not any(line.strip().startswith("signed by") for line in told.splitlines())


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
