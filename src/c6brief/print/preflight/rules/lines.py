"""Page rules on lines: hyphens, white, stacks of words, words that stand alone, small type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from xml.etree.ElementTree import Element

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
from c6brief.print.preflight.rule import Flaw, page_rule

RUNGS = 3
"""Hyphens in a row that make a ladder."""

STORIES = 3
"""Lines in a row that make a stack."""

STRETCHED = 0.5
"""Of the type size, added to each space of a justified line: three spaces where one should be."""

SHORT = 0.6
"""Of the longest line: how far a ragged line should reach."""

MEASURE = 40
"""Characters to the line from which on a rag is judged, and a runt is one: in narrow columns it cannot be helped."""

SHORTEST = 8
"""Characters of a last line, its note's number aside."""

SMALLEST = 6.0
"""Points."""

_WORD = re.compile(r"\w+")
_SOLID_WORD = re.compile(r"\w[^\s\u2014]*")

_ADDRESS = re.compile(r"\w[.@/]\w|/$")
"""In a word: an address of a page or a person, which breaks where it can."""


@page_rule("hyphen-ladder", hint="change a word, or allow fewer hyphens in the template (hyphenate-limit-chars)")
def hyphen_ladder(document: DocumentContent) -> Iterator[Flaw]:
    """three or more lines in a row end with a hyphen

    The eye jumps from rung to rung. Counted are lines of one paragraph on one page that end with a hyphen, whoever put
    it there. Nothing is mended: lines are chosen so that no two of ours follow one another.
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
                    yield _ladder(fragment.page, fragment.lines[start:at])
                start = at + 1


def _ladder(page: int, rungs: tuple[TextLine, ...]) -> Flaw:
    frame = reduce(Frame.union, (line.frame for line in rungs))
    ends = ", ".join(f"“{line.words.split()[-1]}”" for line in rungs if line.words.split())
    return Flaw(f"{len(rungs)} lines in a row end with hyphens: {ends}", page, frame)


@page_rule("loose-line", hint="change a word, or let the template hyphenate (hyphens: auto; hyphenate-limit-chars)")
def loose_line(document: DocumentContent) -> Iterator[Flaw]:
    """a justified line has wide gaps, or a ragged one ends far before the others

    In a justified line justification may add up to half of the type size to a space, which is about three spaces for
    one; beyond that white rivers run through the text. A ragged line should reach three fifths as far as the longest.
    Left alone are last lines, headings, lines of one word, lines that the author broke, lines beside a float, and for
    the rag columns of fewer than 40 characters to the line. Nothing is mended.
    """
    by_number = {page.number: page for page in document}
    for paragraph in document.paragraphs:
        lines = paragraph.lines
        for at, (fragment, line) in enumerate(lines):
            may_be_short = at < len(lines) - 1 and not line.forced and " " in line.words.strip()
            if line.stretch > STRETCHED:
                what = "is set too loose"
            elif may_be_short and _is_short(paragraph, fragment, line, by_number[fragment.page]):
                what = "ends far too early"
            else:
                continue
            message = f"a line {what}: {in_quotes(line.words)}"
            yield Flaw(message, fragment.page, line.frame)


def _is_short(paragraph: FlowedParagraph, fragment: Fragment, line: TextLine, page: PageContent) -> bool:
    longest = max(len(other.words) for _, other in paragraph.lines)
    if fragment.justified or fragment.tag in HEADINGS or longest < MEASURE:
        return False
    frame = line.frame
    beside = any(frame.overlap(other)[1] > 0 and other.overlap(fragment.frame)[0] > 0 for other in page.floats)
    reach = max(other.frame.right - where.frame.left for where, other in paragraph.lines)
    return not beside and frame.right - fragment.frame.left < SHORT * reach


@page_rule("word-stack", hint="change a word in that paragraph")
def word_stack(document: DocumentContent) -> Iterator[Flaw]:
    """three lines in a row begin or end with the same word

    Readers skip a line there. Compared are the first words, and the last ones, of the lines of a paragraph, in small
    letters. Lines that the author broke are left alone. Nothing is mended.
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
                    yield Flaw(message, fragment.page, line.frame)


@page_rule("runt", hint="add or cut a word in that paragraph")
def runt(document: DocumentContent) -> Iterator[Flaw]:
    """a paragraph ends with a single word, or a very short one, on a line of its own

    It looks like a mistake and wastes a line. Found where the last of two or more lines holds one word that is less than
    a third of the others' length, or fewer than 8 characters, the number and mark of a note aside; in headings only the
    latter. Left alone are columns of fewer than 40 characters to the line, tables, the notes at the foot, addresses of
    the web, and lines that the author broke. Nothing is mended: the lines of a paragraph are chosen together so that this is rare.
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
        length = sum(len(line.words) for _, line in lines[:-1]) / (len(lines) - 1)
        wide, short = length >= MEASURE, len(shown) < SHORTEST
        if len(words) == 1 and len(shown) > length / 3:
            continue
        if short if heading else wide and words and (len(words) == 1 or short):
            message = f"“{shown}” stands alone on the last line of {in_quotes(paragraph.text, 'end')}"
            yield Flaw(message, fragment.page, last.frame)


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
