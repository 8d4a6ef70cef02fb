"""A word alone on the last line of its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, Remedy, register
from c6brief.print.proofing.sheets import HEADINGS, Line, Paragraph, Piece, Sheets, around

SHORTEST = 8
"""Characters of a last line, its note's number aside."""

MEASURE = 40
"""Characters in a line from which on a runt is one: in narrow columns it cannot be helped."""

NARROWER, SHORTER, BALANCED, SPARE = 0.16, 0.24, 0.45, 0.8
"""Of the measure: how much a ragged paragraph may be set in before one would see it, one of up to three lines, and a
heading, whose lines may well be of one length; and all that the lines together may lose, since the last one is as good
as empty, so that none is added.
"""

TRACKED = 0.012
"""Of the type size: what letters may be set closer or wider, two to three per cent of the width of a line."""

_WORD = re.compile(r"\w[^\s\u2014]*")

_ADDRESS = re.compile(r"\w[.@/]\w|/$")
"""In a word: an address of a page or a person, which breaks where it can."""


def _check(sheets: Sheets) -> Iterator[Flaw]:
    for paragraph in sheets.paragraphs:
        lines = paragraph.lines
        if len(lines) < 2 or lines[-2][1].forced:
            continue
        piece, last = lines[-1]
        words = _WORD.findall(last.words)
        heading = piece.tag in HEADINGS
        letters = len(" ".join(last.words.split()))
        if len(words) == 1 and _ADDRESS.search(words[0]):
            continue
        wide = sum(len(line.words) for _, line in lines[:-1]) / (len(lines) - 1) >= MEASURE
        if letters < SHORTEST if heading else wide and words and (len(words) == 1 or letters < SHORTEST):
            message = (
                f"“{' '.join(last.words.split())}” stands alone on the last line of {around(paragraph.text, 'end')}"
            )
            yield Flaw(message, piece.page, last.frame, tuple(_remedies(paragraph, piece, lines[-2][1])))


def _remedies(paragraph: Paragraph, piece: Piece, before: Line) -> Iterator[Remedy]:
    """Where the right edge is ragged, setting the paragraph a little narrower sends a second word down and moves no
    line to another page; else a little less or more between letters.
    """
    element = paragraph.element
    spare = piece.frame.right - before.frame.right + 2
    lines = paragraph.lines
    most = BALANCED if piece.tag in HEADINGS else SHORTER if len(lines) <= 3 else NARROWER
    limit = min(most, SPARE / len(lines)) * piece.frame.width
    ragged = not piece.justified and spare <= limit
    if ragged:
        yield Remedy(element, f"max-width: {piece.frame.width - spare:.1f}px", moves=False)
    if spare < TRACKED * before.size * len(before.words):
        yield Remedy(element, f"letter-spacing: {TRACKED}em", moves=False)
    if ragged:  # the lines before may have broken otherwise too: a second try
        yield Remedy(element, f"max-width: {piece.frame.width - limit:.1f}px", moves=False)
    gained = sum(piece.frame.right - line.frame.right + TRACKED * line.size * len(line.words) for _, line in lines[:-1])
    if gained > lines[-1][1].frame.width:
        yield Remedy(element, f"letter-spacing: -{TRACKED}em")


register(
    PageRule(
        name="runt",
        line="a paragraph ends with a single word, or a very short one, on a line of its own",
        why="It looks like a mistake and wastes a line. Found where the last of two or more lines holds one word, or fewer "
        "than 8 characters, the number and mark of a note aside; in headings only the latter. Left alone are columns of "
        "fewer than 40 characters to the line, tables, the notes at the foot, addresses of the web, and lines that the author broke. *Mended:* a "
        "ragged paragraph is set narrower, by at most 16 % of its measure (24 % up to three lines) and less the longer it is, so that a second word comes "
        "down and no line is added; else it is set 2 to 3 % wider or closer (0.012 of the type size between letters).",
        hint="add or cut a word in that paragraph",
        noun=("a runt", "runts"),
        check=_check,
    )
)
