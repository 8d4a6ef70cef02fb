"""A word that goes on overleaf."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from c6brief.print.proofing.rule import Flaw, PageRule, Remedy, register
from c6brief.print.proofing.sheets import Sheets, around


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for paragraph in sheets.paragraphs:
        for piece, following in pairwise(paragraph.pieces):
            last = piece.lines[-1]
            if last.printed.rstrip()[-1:] in ("\u2010", "\u00ad"):
                begun, goes_on = last.words.split()[-1:], following.lines[0].words.split()[:1]
                word = around(f"{''.join(begun)} {''.join(goes_on)}")
                remedies = (Remedy(paragraph.element, "hyphens: manual"),)
                yield Flaw(f"a word is parted by the end of the page: {word}", piece.page, last.frame, remedies)


register(
    PageRule(
        name="hyphen-over-page",
        line="a word is parted by the end of a page",
        why="Nobody should have to turn the page in the middle of a word. Found where hyphenation parted the last word of a "
        "paragraph's lines on one page; a hyphen that the word has anyway is left alone. *Mended:* that paragraph is set "
        "without hyphenation.",
        hint="change a word of the line, or the template's hyphenation",
        noun=("a word parted by the end of a page", "words parted by the end of a page"),
        check=_check,
    )
)
