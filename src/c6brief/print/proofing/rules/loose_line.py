"""A line with too much white in it, or after it."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, Remedy, register
from c6brief.print.proofing.sheets import HEADINGS, Paragraph, Piece, Sheet, Sheets, around

STRETCHED = 0.5
"""Of the type size, added to each space of a justified line: three spaces where one should be."""

SHORT = 0.6
"""Of the measure: how far a ragged line should reach."""

MEASURE = 40
"""Characters to the line from which on a rag is judged."""


def _check(sheets: Sheets) -> Iterator[Flaw]:
    by_number = {sheet.number: sheet for sheet in sheets}
    for paragraph in sheets.paragraphs:
        lines = paragraph.lines
        for at, (piece, line) in enumerate(lines):
            what = ""
            if line.stretch > STRETCHED:
                what = "is set too loose"
            elif at < len(lines) - 1 and not line.forced and _is_short(paragraph, piece, at, by_number[piece.page]):
                what = "ends far too early"
            if what:
                yield Flaw(f"a line {what}: {around(line.words)}", piece.page, line.frame, _remedies(paragraph))


def _is_short(paragraph: Paragraph, piece: Piece, at: int, sheet: Sheet) -> bool:
    lines = [line for _, line in paragraph.lines]
    if piece.justified or piece.tag in HEADINGS or max(len(line.words) for line in lines) < MEASURE:
        return False
    frame = lines[at].frame
    beside = any(frame.shared(other)[1] > 0 and other.shared(piece.frame)[0] > 0 for other in sheet.floats)
    return not beside and frame.right - piece.frame.left < SHORT * piece.frame.width


def _remedies(paragraph: Paragraph) -> tuple[Remedy, ...]:
    return (
        Remedy(paragraph.element, "letter-spacing: -.012em"),
        Remedy(paragraph.element, "letter-spacing: .012em"),
    )


register(
    PageRule(
        name="loose-line",
        line="a justified line has wide gaps, or a ragged one ends far before the others",
        why="In a justified line justification may add up to half of the type size to a space, which is about three spaces "
        "for one; beyond that white rivers run through the text. A ragged line should reach three fifths of its measure. "
        "Left alone are last lines, headings, lines that the author broke, lines beside a float, and for the rag columns of "
        "fewer than 40 characters to the line. *Mended:* the paragraph is set with 2.5 % less between letters, or with as "
        "much more.",
        hint="change a word, or let the template hyphenate",
        noun=("a loose line", "loose lines"),
        check=_check,
    )
)
