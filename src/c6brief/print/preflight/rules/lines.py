"""Page rules on lines: hyphens, white, stacks of words, words that stand alone, small type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from xml.etree.ElementTree import Element

from c6brief.documents.addition import total
from c6brief.print.preflight.content import (
    HEADINGS,
    DocumentContent,
    FlowedParagraph,
    Fragment,
    Frame,
    PageContent,
    TextLine,
    in_quotes,
)
from c6brief.print.preflight.rule import Flaw, Remedy, page_rule

RUNGS = 3
"""Hyphens in a row that make a ladder."""

STORIES = 3
"""Lines in a row that make a stack."""

STRETCHED = 0.5
"""Of the type size, added to each space of a justified line: three spaces where one should be."""

SHORT = 0.6
"""Of the measure: how far a ragged line should reach."""

MEASURE = 40
"""Characters to the line from which on a rag is judged, and a runt is one: in narrow columns it cannot be helped."""

SHORTEST = 8
"""Characters of a last line, its note's number aside."""

NARROWER, SHORTER, BALANCED, SPARE = 0.16, 0.24, 0.45, 0.8
"""Of the measure: how much a ragged paragraph may be set in before one would see it, one of up to three lines, and a
heading, whose lines may well be of one length; and all that the lines together may lose, since the last one is as good
as empty, so that none is added.
"""

TRACKED = 0.012
"""Of the type size: what letters may be set closer or wider, two to three per cent of the width of a line."""

SMALLEST = 6.0
"""Points."""

_WORD = re.compile(r"\w+")
_SOLID_WORD = re.compile(r"\w[^\s\u2014]*")

_ADDRESS = re.compile(r"\w[.@/]\w|/$")
"""In a word: an address of a page or a person, which breaks where it can."""


@page_rule(
    "hyphen-ladder",
    hint="change a word, or allow fewer hyphens in the template (hyphenate-limit-chars)",
    mended_as=("a ladder of hyphens", "ladders of hyphens"),
)
def hyphen_ladder(document: DocumentContent) -> Iterator[Flaw]:
    """three or more lines in a row end with a hyphen

    The eye jumps from rung to rung. Counted are lines of one paragraph on one page that end with a hyphen, whoever put
    it there. *Mended:* the paragraph is set 1 % tighter; if that does not help, without hyphenation.
    """
    for page in document:
        for fragment in page.fragments:
            element = fragment.element
            if element is None or fragment.context.running:
                continue
            start = 0
            for at in range(len(fragment.lines) + 1):
                if at < len(fragment.lines) and fragment.lines[at].hyphenated:
                    continue
                if at - start >= RUNGS:
                    yield _ladder(element, fragment.page, fragment.lines[start:at])
                start = at + 1


def _ladder(element: Element, page: int, rungs: tuple[TextLine, ...]) -> Flaw:
    frame = reduce(Frame.union, (line.frame for line in rungs))
    ends = ", ".join(f"“{line.words.split()[-1]}”" for line in rungs if line.words.split())
    remedies = (Remedy(element, "letter-spacing: -.006em"), Remedy(element, "hyphens: manual"))
    return Flaw(f"{len(rungs)} lines in a row end with hyphens: {ends}", page, frame, remedies)


@page_rule(
    "loose-line",
    hint="change a word, or let the template hyphenate",
    mended_as=("a loose line", "loose lines"),
)
def loose_line(document: DocumentContent) -> Iterator[Flaw]:
    """a justified line has wide gaps, or a ragged one ends far before the others

    In a justified line justification may add up to half of the type size to a space, which is about three spaces for
    one; beyond that white rivers run through the text. A ragged line should reach three fifths of its measure. Left
    alone are last lines, headings, lines that the author broke, lines beside a float, and for the rag columns of fewer
    than 40 characters to the line. *Mended:* the paragraph is set with 2.5 % less between letters, or with as much
    more.
    """
    by_number = {page.number: page for page in document}
    for paragraph in document.paragraphs:
        lines = paragraph.lines
        for at, (fragment, line) in enumerate(lines):
            may_be_short = at < len(lines) - 1 and not line.forced
            if line.stretch > STRETCHED:
                what = "is set too loose"
            elif may_be_short and _is_short(paragraph, fragment, line, by_number[fragment.page]):
                what = "ends far too early"
            else:
                continue
            message = f"a line {what}: {in_quotes(line.words)}"
            yield Flaw(message, fragment.page, line.frame, _closer_or_wider(paragraph))


def _is_short(paragraph: FlowedParagraph, fragment: Fragment, line: TextLine, page: PageContent) -> bool:
    longest = max(len(other.words) for _, other in paragraph.lines)
    if fragment.justified or fragment.tag in HEADINGS or longest < MEASURE:
        return False
    frame = line.frame
    beside = any(frame.overlap(other)[1] > 0 and other.overlap(fragment.frame)[0] > 0 for other in page.floats)
    return not beside and frame.right - fragment.frame.left < SHORT * fragment.frame.width


@page_rule("word-stack", hint="change a word in that paragraph", mended_as=("a stack of words", "stacks of words"))
def word_stack(document: DocumentContent) -> Iterator[Flaw]:
    """three lines in a row begin or end with the same word

    Readers skip a line there. Compared are the first words, and the last ones, of the lines of a paragraph, in small
    letters. Lines that the author broke are left alone. *Mended:* the paragraph is set with 2.5 % less between letters,
    or with as much more.
    """
    for paragraph in document.paragraphs:
        lines = paragraph.lines
        for side, where in ((0, "begin"), (-1, "end")):
            run = 0
            last = ""
            for fragment, line in lines:
                words = _WORD.findall(line.words)
                word = words[side].casefold() if len(words) > 1 else ""
                run = run + 1 if word and word == last else 1
                last = word
                if run == STORIES and not line.forced:
                    message = f"{STORIES} lines in a row {where} with “{word}”: {in_quotes(line.words)}"
                    yield Flaw(message, fragment.page, line.frame, _closer_or_wider(paragraph))


def _closer_or_wider(paragraph: FlowedParagraph) -> tuple[Remedy, Remedy]:
    """The paragraph with a little less, or a little more, between its letters."""
    return (
        Remedy(paragraph.element, "letter-spacing: -.012em"),
        Remedy(paragraph.element, "letter-spacing: .012em"),
    )


@page_rule("runt", hint="add or cut a word in that paragraph", mended_as=("a runt", "runts"))
def runt(document: DocumentContent) -> Iterator[Flaw]:
    """a paragraph ends with a single word, or a very short one, on a line of its own

    It looks like a mistake and wastes a line. Found where the last of two or more lines holds one word, or fewer than 8
    characters, the number and mark of a note aside; in headings only the latter. Left alone are columns of fewer than
    40 characters to the line, tables, the notes at the foot, addresses of the web, and lines that the author broke.
    *Mended:* a ragged paragraph is set narrower, by at most 16 % of its measure (24 % up to three lines) and less the
    longer it is, so that a second word comes down and no line is added; else it is set 2 to 3 % wider or closer (0.012
    of the type size between letters).
    """
    for paragraph in document.paragraphs:
        lines = paragraph.lines
        if len(lines) < 2 or lines[-2][1].forced:
            continue
        fragment, last = lines[-1]
        words = _SOLID_WORD.findall(last.words)
        heading = fragment.tag in HEADINGS
        shown = " ".join(last.words.split())
        if len(words) == 1 and _ADDRESS.search(words[0]):
            continue
        wide = sum(len(line.words) for _, line in lines[:-1]) / (len(lines) - 1) >= MEASURE
        short = len(shown) < SHORTEST
        if short if heading else wide and words and (len(words) == 1 or short):
            message = f"“{shown}” stands alone on the last line of {in_quotes(paragraph.text, 'end')}"
            yield Flaw(message, fragment.page, last.frame, tuple(_runt_remedies(paragraph, fragment, lines[-2][1])))


def _runt_remedies(paragraph: FlowedParagraph, fragment: Fragment, before: TextLine) -> Iterator[Remedy]:
    """Where the right edge is ragged, setting the paragraph a little narrower sends a second word down and moves no
    line to another page; else a little less or more between letters.
    """
    element = paragraph.element
    spare = fragment.frame.right - before.frame.right + 2
    lines = paragraph.lines
    most = BALANCED if fragment.tag in HEADINGS else SHORTER if len(lines) <= 3 else NARROWER
    limit = min(most, SPARE / len(lines)) * fragment.frame.width
    ragged = not fragment.justified and spare <= limit
    if ragged:
        yield Remedy(element, f"max-width: {fragment.frame.width - spare:.1f}px", moves=False)
    if spare < TRACKED * before.size * len(before.words):
        yield Remedy(element, f"letter-spacing: {TRACKED}em", moves=False)
    if ragged:  # the lines before may have broken otherwise too: a second try
        yield Remedy(element, f"max-width: {fragment.frame.width - limit:.1f}px", moves=False)
    gained = total(
        fragment.frame.right - line.frame.right + TRACKED * line.size * len(line.words) for _, line in lines[:-1]
    )
    if gained > lines[-1][1].frame.width:
        yield Remedy(element, f"letter-spacing: -{TRACKED}em")


@page_rule("small-type", hint="set it larger in the template")
def small_type(document: DocumentContent) -> Iterator[Flaw]:
    """type is smaller than 6 pt

    Six points are the smallest that ordinary eyes read on paper. Measured is every line of text but the numbers of
    notes, each element once; the lettering inside drawings is not looked at. Nothing is mended.
    """
    found: set[Element | None] = set()
    for page in document:
        for fragment in page.fragments:
            for line in fragment.lines:
                size = line.size * 0.75
                too_small = 0 < size < SMALLEST - 0.05 and not fragment.context.stamped
                if too_small and fragment.element not in found:
                    found.add(fragment.element)
                    yield Flaw(f"type of {size:.1f} pt: {in_quotes(line.words)}", page.number, line.frame)
