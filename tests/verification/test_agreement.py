"""A file whose hashes and seal were all made anew is told where it contradicts itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Pdf, String

from c6brief.verification.verify import verify
from tests.support.forgeries import first_tag, metadata, specification
from tests.support.process import run_c6brief
from tests.support.project import write_project
from tests.support.resealing import reseal

Change = Callable[[Pdf, dict[str, Any]], object]


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = write_project(tmp_path_factory.mktemp("agreement"))
    run_c6brief(root, "render", "briefs/lifts.yaml")
    return (root / "output" / "lifts.pdf").read_bytes()


@pytest.mark.rest
def test_a_file_with_nothing_changed_and_all_made_anew_is_whole(printed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "resealed.pdf"
    path.write_bytes(reseal(printed, lambda pdf, manifest: None))
    assert verify(path).problems == ()


def data_changed(pdf: Pdf, manifest: dict[str, Any]) -> None:
    stream = specification(pdf, ".csv").EF.F
    stream.write(stream.read_bytes().replace(b"2019", b"2018"))


def specification_changed(pdf: Pdf, manifest: dict[str, Any]) -> None:
    stream = specification(pdf, ".yaml").EF.F
    stream.write(stream.read_bytes().replace(b"An Author", b"No Author"))


def titled(pdf: Pdf, title: str) -> None:
    pdf.docinfo["/Title"] = String(title)


def titled_twice(pdf: Pdf, manifest: dict[str, Any]) -> None:
    titled(pdf, "Stations do not wait")
    metadata(pdf, b"Stations wait for their lifts", b"Stations do not wait")


def in_record(kind: str, at: int, **values: object) -> Change:
    return lambda pdf, manifest: manifest["record"][kind][at].update(values)


def context_changed(pdf: Pdf, manifest: dict[str, Any]) -> None:
    quote = next(each for each in manifest["record"]["passages"] if each["id"] == "works-begin/1")["selector"][0]
    quote["prefix"] = quote["prefix"].replace("lift", "ramp")


FORGED: dict[str, tuple[Change, str]] = {
    "data of a figure": (data_changed, "its rows in the manifest are not those of"),
    "rows of a figure": (lambda pdf, m: m["figures"][0]["rows"][0].__setitem__(5, "2017"), "its rows in the manifest"),
    "an alternative text": (lambda pdf, m: first_tag(pdf, "/Figure").__setitem__("/Alt", String("Nothing.")), "read aloud"),
    "an alternative text in the manifest": (lambda pdf, m: m["figures"][0].update(alt="Nothing."), "read aloud"),
    "a figure's title": (lambda pdf, m: m["figures"][0].update(title="No lift opened"), "is described by"),
    "what an attachment is": (
        lambda pdf, m: specification(pdf, ".csv").__setitem__("/Desc", String("Withdrawn")), "is described otherwise"
    ),
    "the specification": (specification_changed, "not among the files that the printing read"),
    "a row of a table": (lambda pdf, m: m["tables"][0]["rows"][0].__setitem__(1, "49"), "row 1 of table 1"),
    "prose": (lambda pdf, m: m["prose"][4].update(text="The works never began in 2018."), "does not stand on the pages"),
    "numbers of pages": (lambda pdf, m: m["pages"][0].update(number=7), "numbered otherwise"),
    "a title in the properties": (lambda pdf, m: titled(pdf, "Stations do not wait"), "another title than its metadata"),
    "a title in properties and metadata": (titled_twice, "another title than the manifest"),
    "a title in the manifest": (lambda pdf, m: m["brief"].update(title="Stations do not wait"), "another title than the manifest"),
    "a language": (lambda pdf, m: pdf.Root.__setitem__("/Lang", String("fr")), "another language"),
    "a strength": (in_record("statements", 3, backing="corroborated"), "the strength of 'works-begin'"),
    "a dispute": (in_record("statements", 1, contested=False), "the strength of 'plan-2030'"),
    "dates that differ": (in_record("statements", 0, conflict=False), "the strength of 'first-lift'"),
    "voices": (in_record("statements", 3, voices=["city", "riders-union"], backing="corroborated"), "voices that none"),
    "a grade": (in_record("sources", 0, grade="A1"), "has the grade 'B2'"),
    "a paragraph": (in_record("passages", 0, paragraph=9), "paragraphs of another order"),
    "words around a quotation": (context_changed, "other words of 'transit-2024'"),
}  # fmt: skip


@pytest.mark.sample(6)
@pytest.mark.parametrize("name", FORGED)
def test_what_a_file_says_twice_must_agree(printed: bytes, tmp_path: Path, name: str) -> None:
    change, words = FORGED[name]
    path = tmp_path / "resealed.pdf"
    path.write_bytes(reseal(printed, change))
    result = verify(path)
    told = [problem.message for problem in result.problems if problem.rule == "file-disagrees"]
    assert not result.is_successful
    assert any(words in each for each in told), [str(each) for each in result.problems]


def test_a_quotation_that_is_said_to_be_left_out_must_not_stand_there(printed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "resealed.pdf"
    path.write_bytes(reseal(printed, lambda pdf, manifest: manifest["printed"][0].update(pages=[])))
    assert "quotation-lost" in [problem.rule for problem in verify(path).problems]


def test_another_text_for_who_listens_is_no_part_of_our_files(printed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "resealed.pdf"
    said = String("No station is step-free.")
    path.write_bytes(reseal(printed, lambda pdf, manifest: first_tag(pdf, "/P").__setitem__("/ActualText", said)))
    assert "foreign-file" in [problem.rule for problem in verify(path).problems]
