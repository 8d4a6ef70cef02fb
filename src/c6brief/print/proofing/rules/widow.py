"""The last line of a paragraph, alone at the top of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from c6brief.print.proofing.rule import Flaw, PageRule, Remedy, register
from c6brief.print.proofing.sheets import Sheets, around


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for paragraph in sheets.paragraphs:
        for _, piece in pairwise(paragraph.pieces):
            if len(piece.lines) == 1 and piece is paragraph.pieces[-1] and not piece.within.apart:
                message = f"the last line of a paragraph stands alone at the top: {around(piece.lines[0].words)}"
                remedies = (Remedy(paragraph.element, "widows: 2; orphans: 2"),)
                yield Flaw(message, piece.page, piece.ink, remedies)


register(
    PageRule(
        name="widow",
        line="the last line of a paragraph stands alone at the top of a page",
        why="It has lost its paragraph. Counted are the lines that a paragraph of prose, a list or a callout has on its last "
        "page. *Mended:* two lines go over (`widows: 2`).",
        hint="give paragraphs widows: 2 in the template",
        noun=("a widow", "widows"),
        check=_check,
    )
)
