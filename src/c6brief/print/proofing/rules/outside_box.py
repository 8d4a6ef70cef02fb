"""Text or a drawing where it should not be: outside its box, off the sheet, on other text."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, register
from c6brief.print.proofing.sheets import Frame, Piece, Sheet, Sheets, around

SLACK = 2.0
"""CSS pixels (half a millimetre) that a letter or a drawing may overhang."""

HANGING = 8.0
"""CSS pixels (two millimetres) by which text may leave its box to the right: signs and marks are hung there on purpose."""

COVERED = 0.3
"""Of the height of a line: how deep one line must reach into another to be on it."""


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for sheet in sheets:
        for piece in sheet.pieces:
            yield from _text_outside(piece, sheet)
        yield from _drawings_outside(sheet)
        yield from _text_on_text(sheet)
        yield from _text_on_drawings(sheet)


def _text_outside(piece: Piece, sheet: Sheet) -> Iterator[Flaw]:
    """The first line of a piece that leaves its box, the text's foot or the sheet."""
    within = piece.within
    if within.stamped:
        return
    for line in piece.lines:
        frame = line.frame
        if _off(frame, sheet.frame):
            what = "runs off the sheet"
        elif frame.right > piece.frame.right + HANGING and not within.running:
            what = f"sticks out of its box by {(frame.right - piece.frame.right) * 25.4 / 96:.0f} mm"
        elif frame.bottom > sheet.text.bottom + SLACK and not (within.running or within.apart):
            what = "runs into the lower margin"
        else:
            continue
        yield Flaw(f"text {what}: {around(line.words or line.printed)}", sheet.number, frame)
        return


def _drawings_outside(sheet: Sheet) -> Iterator[Flaw]:
    for drawing in sheet.drawings:
        within = drawing.within
        if within.stamped or within.running:
            continue
        frame, holder = drawing.frame, drawing.holder
        if _off(frame, sheet.frame):
            what = "runs off the sheet"
        elif holder.width > 0 and frame.right > holder.right + SLACK and not within.apart:
            what = f"sticks out of its box by {(frame.right - holder.right) * 25.4 / 96:.0f} mm"
        elif frame.bottom > sheet.text.bottom + SLACK and not (within.apart or within.notes):
            what = "runs into the lower margin"
        else:
            continue
        yield Flaw(f"a drawing {what}", sheet.number, frame)


def _text_on_text(sheet: Sheet) -> Iterator[Flaw]:
    """Lines of two pieces on one another, each pair of pieces once."""
    runs = sorted(
        (
            (run, line, piece)
            for piece in sheet.pieces
            if not piece.within.stamped
            for line in piece.lines
            for run in line.runs
        ),
        key=lambda one: one[0].top,
    )
    seen: set[frozenset[int]] = set()
    for at, (frame, line, piece) in enumerate(runs):
        for other, below, second in runs[at + 1 :]:
            if other.top >= frame.bottom:
                break
            pair = frozenset((id(piece), id(second)))
            if piece is second or pair in seen or not _on(frame, other):
                continue
            seen.add(pair)
            yield Flaw(
                f"text stands on text: {around(line.words or line.printed, most=40)} and "
                f"{around(below.words or below.printed, most=40)}",
                sheet.number,
                frame.with_(other),
            )


def _on(one: Frame, other: Frame) -> bool:
    wide, tall = one.shared(other)
    return wide > SLACK and tall > COVERED * min(one.height, other.height)


def _text_on_drawings(sheet: Sheet) -> Iterator[Flaw]:
    for drawing in sheet.drawings:
        if drawing.within.apart or drawing.within.stamped or drawing.within.running:
            continue  # a picture that was put behind the text, or a logo
        for piece in sheet.pieces:
            runs = (
                run.shared(drawing.frame) for line in piece.lines for run in line.runs
            )  # a picture in a line is in none
            if not piece.within.stamped and any(wide > SLACK and tall > SLACK for wide, tall in runs):
                words = around(piece.lines[0].words or piece.lines[0].printed)
                yield Flaw(f"text stands on a drawing: {words}", sheet.number, piece.ink.with_(drawing.frame))


def _off(frame: Frame, sheet: Frame) -> bool:
    return (
        frame.left < sheet.left - SLACK
        or frame.top < sheet.top - SLACK
        or frame.right > sheet.right + SLACK
        or frame.bottom > sheet.bottom + SLACK
    )


register(
    PageRule(
        name="outside-box",
        line="text or a drawing stands outside its box, off the sheet, or on other text",
        why="Printers cut off what lies outside, and nobody reads what lies below. Measured are letters from their capitals "
        "to their descenders, and whole drawings; half a millimetre is allowed, and two for text that hangs out of its box. Found is what ends to the right of its "
        "box, leaves the sheet, or runs into the lower margin; a line that reaches into another by three tenths of its "
        "height; and text on a drawing. What the template cuts off (`overflow`), turns (`transform`), fixes on every page or puts "
        "behind the text (an image with `position`) is left alone, and so are the insides of drawings. *Mended:* pull quotes in the "
        "margin move as little as they must, or go into the column.",
        hint="shorten the words, or change the template's measures",
        noun=("a line brought back into its box", "lines brought back into their boxes"),
        check=_check,
    )
)
