"""Type too small to be read on paper."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, register
from c6brief.print.proofing.sheets import Sheets, around

SMALLEST = 6.0
"""Points."""


def _check(sheets: Sheets) -> Iterator[Flaw]:
    told: set[int] = set()
    for sheet in sheets:
        for piece in sheet.pieces:
            for line in piece.lines:
                size = line.size * 0.75
                if 0 < size < SMALLEST - 0.05 and id(piece.element) not in told and not piece.within.stamped:
                    told.add(id(piece.element))
                    yield Flaw(f"type of {size:.1f} pt: {around(line.words)}", sheet.number, line.frame)


register(
    PageRule(
        name="small-type",
        line="type is smaller than 6 pt",
        why="Six points are the smallest that ordinary eyes read on paper. Measured is every line of text but the numbers "
        "of notes, each element once; the lettering inside drawings is not looked at. Nothing is mended.",
        hint="set it larger in the template",
        noun=("a line of small type", "lines of small type"),
        check=_check,
    )
)
