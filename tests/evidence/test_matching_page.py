"""The tables of docs/matching.md say what is so: what they call refused is refused, and what they tell to write matches."""

from __future__ import annotations

import re

import pytest

from c6brief.evidence.matching import SourceText
from tests.support.paths import REPOSITORY

ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (REPOSITORY / "docs/matching.md").read_text(encoding="utf-8").split("\n")
    if line.count("`") >= 4 and line.startswith("| ")
]


def test_there_are_rows() -> None:
    assert len(ROWS) >= 12 and all(len(row) == 4 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_a_row_is_true(row: list[str]) -> None:
    passage, refused, instead, _ = row
    source = SourceText(passage.removeprefix("| "))
    assert source.find(refused.strip("`")) == ()
    assert len(source.find(instead.strip("`"))) == 1


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_a_refusal_says_why(row: list[str]) -> None:
    """Where brackets or the edges of words are at fault, the refusal names that rule."""
    passage, refused, _, _ = row
    words = refused.strip("`")
    hint = SourceText(passage.removeprefix("| ")).explain(words)
    if re.search(r"\[\w{2,}|\w\[|\d million", words) and "[will]" not in words:
        assert hint
