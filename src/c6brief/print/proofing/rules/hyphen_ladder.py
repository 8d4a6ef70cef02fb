"""Hyphens below one another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from c6brief.print.proofing.rule import Flaw, PageRule, Remedy, register
from c6brief.print.proofing.sheets import Frame, Piece, Sheets

RUNGS = 3
"""Hyphens in a row that make a ladder."""


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for sheet in sheets:
        for piece in sheet.pieces:
            yield from _ladders(piece)


def _ladders(piece: Piece) -> Iterator[Flaw]:
    start = 0
    for at in range(len(piece.lines) + 1):
        if at < len(piece.lines) and piece.lines[at].hyphenated:
            continue
        if at - start >= RUNGS:
            rungs = piece.lines[start:at]
            frame = reduce(Frame.with_, (line.frame for line in rungs))
            ends = ", ".join(f"“{line.words.split()[-1]}”" for line in rungs if line.words.split())
            remedies = (Remedy(piece.element, "letter-spacing: -.006em"), Remedy(piece.element, "hyphens: manual"))
            yield Flaw(f"{len(rungs)} lines in a row end with hyphens: {ends}", piece.page, frame, remedies)
        start = at + 1


register(
    PageRule(
        name="hyphen-ladder",
        line="three or more lines in a row end with a hyphen",
        why="The eye jumps from rung to rung. Counted are lines of one paragraph on one page that end with a hyphen, "
        "whoever put it there. *Mended:* the paragraph is set 1 % tighter; if that does not help, without hyphenation.",
        hint="change a word, or allow fewer hyphens in the template (hyphenate-limit-chars)",
        noun=("a ladder of hyphens", "ladders of hyphens"),
        check=_check,
    )
)
