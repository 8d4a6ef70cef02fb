"""A gap that looks as if something were missing."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, register
from c6brief.print.proofing.sheets import PIXELS_PER_MM, Frame, Sheet, Sheets, around

LARGEST = 1 / 3
"""Of the height that text may take."""


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for at, sheet in enumerate(sheets.sheets):
        last = at == len(sheets.sheets) - 1
        ended = last or sheet.closed or sheets.sheets[at + 1].opened
        for top, bottom in _gaps(sheet, ended):
            if bottom - top > LARGEST * sheet.text.height:
                yield Flaw(
                    f"nothing for {(bottom - top) / PIXELS_PER_MM:.0f} mm below {_words_above(sheet, top)}",
                    sheet.number,
                    Frame(sheet.text.left, top, sheet.text.right, bottom),
                )


def _gaps(sheet: Sheet, ended: bool) -> Iterator[tuple[float, float]]:
    """The gaps from top to bottom. Where the text has ``ended``, with the document or by the author's will, what is left
    below it is no gap.
    """
    here = [(frame, within) for frame, within in sheet.inked if not within.running]
    flowing = (frame.bottom for frame, within in here if not (within.notes or within.apart))
    text_end = max(flowing, default=sheet.text.top)
    at = sheet.text.top
    for frame in sorted((frame for frame, _ in here), key=lambda frame: frame.top):
        if frame.top > at and not (ended and at >= text_end):
            yield at, frame.top
        at = max(at, frame.bottom)
    if not ended:
        yield at, sheet.text.bottom


def _words_above(sheet: Sheet, at: float) -> str:
    lines = [line for piece in sheet.pieces if not piece.within.running for line in piece.lines if line.words]
    above = max(
        (line for line in lines if line.frame.bottom <= at + 1), key=lambda line: line.frame.bottom, default=None
    )
    return around(above.words) if above else "the top of the page"


register(
    PageRule(
        name="hole",
        line="a page has a gap of more than a third of its text height",
        why="A page half empty in the midst of a text says that something went wrong. Measured is, from the top of the text "
        "to its foot, the height in which neither letters nor drawings, grounds or rules stand, in the column or beside "
        "it. Left alone is what is free below the last words of the document, and before a page that the template begins "
        "on purpose (`break-before`, `break-after`). *Mended:* a figure that starts the next page lets the paragraphs after it go first, "
        "or follows a paragraph later; this is done for gaps of 30 mm and more.",
        hint="place the figure elsewhere in the text, or make it smaller",
        noun=("a hole", "holes"),
        check=_check,
    )
)
