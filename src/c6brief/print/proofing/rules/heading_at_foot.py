"""A heading that is the last thing on its page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from c6brief.print.proofing.rule import Flaw, PageRule, Remedy, register
from c6brief.print.proofing.sheets import HEADINGS, Sheets, around, joined


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for sheet, following in pairwise(sheets):
        if sheet.closed or following.opened:
            continue  # a cover, or a page that the template ends on purpose
        last = max(sheet.flow(), key=lambda piece: piece.ink.bottom, default=None)
        if last is None or last.tag not in HEADINGS or not any(following.inked):
            continue
        below = [frame for frame, within in sheet.inked if not (within.notes or within.running or within.apart)]
        if any(frame.top >= last.ink.bottom and frame.height > 2 for frame in below):
            continue  # a figure stands below it
        yield Flaw(
            f"the heading {around(joined(last.lines))} is the last line of the page",
            sheet.number,
            last.ink,
            (Remedy(last.element, "break-after: avoid"),),
        )


register(
    PageRule(
        name="heading-at-foot",
        line="a heading is the last line of its page",
        why="A heading belongs to what follows it. It is found where the lowest line of the column, notes and margin "
        "aside, is that of a heading (`h1` to `h6`), nothing is drawn below it, another page follows, and the template did not break the page there. *Mended:* the "
        "heading goes over to the next page (`break-after: avoid`).",
        hint="give the heading break-after: avoid in the template",
        noun=("a heading kept with its text", "headings kept with their text"),
        check=_check,
    )
)
