"""A last page with next to nothing on it."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, register
from c6brief.print.proofing.sheets import PIXELS_PER_MM, Sheet, Sheets

FULL = 0.2
"""Of the height that text may take: what a last page must fill."""

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
    if len(sheets.sheets) < 2:
        return
    last = sheets.sheets[-1]
    share = filled(last)
    if not any(not (within.notes or within.running) for _, within in last.inked):
        yield Flaw("the last page has no text, only notes or the colophon", last.number, last.text)
    elif share < FULL:
        yield Flaw(f"the last page is {share * 100:.0f}% full", last.number, last.text)


register(
    PageRule(
        name="short-last-page",
        line="the last page is less than a fifth full",
        why="A few lines on a page of their own look left over. Added up are the height of the text and drawings from the "
        "first to the last, that of the notes, and that of the colophon where it stands at the very foot of the page (within "
        "2 mm); the white between them does not count. A page that has nothing but these last two is found too. A brief of one page is left alone. *Mended:* less white above "
        "sections and around figures (the template's `--air`), then lines 3 % closer as well, then lines 3 % further "
        "apart, whichever helps first.",
        hint="cut a few lines, or write a few more",
        noun=("the last page filled or saved", "the last page filled or saved"),
        check=_check,
    )
)
