"""A last page, or that of a chapter, with next to nothing on it."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, register
from c6brief.print.proofing.sheets import PIXELS_PER_MM, Sheet, Sheets

FULL = 0.2
"""Of the height that text may take: what a last page must fill."""

OF_A_CHAPTER = 0.12
"""The same of the last page of a chapter: some five lines, as books have it."""

AT_THE_FOOT = 2 * PIXELS_PER_MM
"""How near to the foot of the text a colophon ends that stands at the foot."""


def filled(sheet: Sheet) -> float:
    """How much of the height of a page is taken, from 0 to 1: its text and drawings from the first to the last, its
    notes, and what stands at the very foot.
    """
    text = [frame for frame, within in sheet.inked if not (within.notes or within.running)]
    notes = [frame for frame, within in sheet.inked if within.notes]
    apart = {id(frame) for _, frame in sheet.unnumbered}
    taken = max((frame.bottom for frame in text), default=0.0) - min((frame.top for frame in text), default=0.0)
    colophon = [frame for _, frame in sheet.unnumbered]
    numbered = [frame for frame in notes if id(frame) not in apart and not any(_inside(frame, one) for one in colophon)]
    if numbered:
        taken += max(frame.bottom for frame in numbered) - min(frame.top for frame in numbered)
    taken += sum(frame.height for frame in colophon if frame.bottom >= sheet.text.bottom - AT_THE_FOOT)
    return taken / sheet.text.height if sheet.text.height > 0 else 1.0


def _inside(frame: object, other: object) -> bool:
    return frame.top >= other.top - 1 and frame.bottom <= other.bottom + 1  # type: ignore[attr-defined]


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for first, last in stretches(sheets):
        if first is last:
            continue
        share = filled(last)
        which = "the last page" if last is sheets.sheets[-1] else "a chapter's last page"
        if not any(not (within.notes or within.running) for _, within in last.inked):
            yield Flaw(f"{which} has no text, only notes or the colophon", last.number, last.text)
        elif share < least_filled(last, sheets):
            yield Flaw(f"{which} is {share * 100:.0f}% full", last.number, last.text)


def least_filled(sheet: Sheet, sheets: Sheets) -> float:
    """How much of a page must be filled after which there is none, or a new one was asked for."""
    return FULL if sheet is sheets.sheets[-1] else OF_A_CHAPTER


def stretches(sheets: Sheets) -> Iterator[tuple[Sheet, Sheet]]:
    """The first and the last page of each stretch of text that begins a page and that nothing but its end ends."""
    first = None
    for sheet, following in zip(sheets.sheets, [*sheets.sheets[1:], None], strict=True):
        first = first or sheet
        if following is None or sheet.closed or following.opened:
            yield first, sheet
            first = None


register(
    PageRule(
        name="short-last-page",
        line="the last page is less than a fifth full, or the last one of a chapter less than an eighth",
        why="A few lines on a page of their own look left over. Added up are the height of the text and drawings from the "
        "first to the last, that of the notes, and that of the colophon where it stands at the very foot of the page (within "
        "2 mm); the white between them does not count. A page that has nothing but these last two is found too. The same goes for a page whose text came over from the page before and after which a new page was asked for, if it is less than 12 % full. A brief, or a chapter, of one page is left alone. *Mended:* less white above "
        "sections and around figures (the template's `--air`), then lines 3 % closer as well, then lines 3 % further "
        "apart, whichever helps first.",
        hint="cut a few lines, or write a few more",
        noun=("the last page filled or saved", "the last page filled or saved"),
        check=_check,
    )
)
