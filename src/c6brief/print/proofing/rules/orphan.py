"""The first line of a paragraph, alone at the foot of a page."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, Remedy, register
from c6brief.print.proofing.sheets import Sheets, around


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for paragraph in sheets.paragraphs:
        first = paragraph.pieces[0]
        if len(paragraph.pieces) > 1 and len(first.lines) == 1 and not first.within.apart:
            message = f"the first line of a paragraph stands alone at the foot: {around(first.lines[0].words)}"
            remedies = (Remedy(paragraph.element, "widows: 2; orphans: 2"),)
            yield Flaw(message, first.page, first.ink, remedies)


register(
    PageRule(
        name="orphan",
        line="the first line of a paragraph stands alone at the foot of a page",
        why="What it begins is out of sight. Counted are the lines that a paragraph of prose, a list or a callout has on its "
        "first page. *Mended:* the line goes over with the others (`orphans: 2`).",
        hint="give paragraphs orphans: 2 in the template",
        noun=("an orphan", "orphans"),
        check=_check,
    )
)
