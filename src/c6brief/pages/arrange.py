"""The places of blocks: pull quotes and narrow figures stand in the margin, beside prose that is tall enough.

Others stand in the column. A quotation in the margin floats beside the text that follows it. One at the end of a
section would hang beside the next section, and a long one beside two lines of text would leave a gap before the next
figure. So the blocks of a section are arranged before they are printed. Heights are estimated in lines of prose; that
is exact enough, since a quotation takes no room from the text. Figures of the margin's width, and definitions, are arranged as quotations
are. All are called asides below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import zip_longest
from math import ceil

from markupsafe import Markup

from c6brief.brief.model import (
    Block,
    Callout,
    ClaimBox,
    Definition,
    FigureBlock,
    ImageBlock,
    Prose,
    PullQuote,
    Sidebar,
    TableBlock,
)

LINE_CHARACTERS = 62
"""Characters in a line of prose."""

LINE_MM = 4.73
"""mm from one line of prose to the next."""

SLACK = 3
"""Lines by which asides may be taller than their text: the heading above it leaves the margin free too."""

WIDE_TABLE = 4
"""Columns beyond which a table takes the margin too."""

LONG_QUOTE = 170
"""Characters beyond which a pull quote is set smaller."""


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block, and the place where it stands: ``text`` (the column), ``margin`` (beside it) or ``full`` (both)."""

    block: Block
    place: str


def arrange(blocks: Iterable[Block]) -> tuple[PlacedBlock, ...]:
    """The blocks of one section in the order of printing, each with its place.

    Prose may come back in several pieces, with asides between them. Every block is printed once.
    """
    runs, full = _split_runs(blocks)
    placed: list[PlacedBlock] = []
    for run, block in zip_longest(runs, full):
        placed += _arrange_run(run)
        if block is not None:
            placed.append(PlacedBlock(block, "full"))
    return tuple(placed)


def _split_runs(blocks: Iterable[Block]) -> tuple[list[list[Block]], list[Block]]:
    """Runs of blocks that leave the margin free, and the blocks between them, which take it.

    A run of asides alone, which have no text to stand beside, goes to the last run with text before it, else to the
    first one after it.
    """
    runs: list[list[Block]] = [[]]
    full: list[Block] = []
    for block in blocks:
        if is_full(block):
            full.append(block)
            runs.append([])
        else:
            runs[-1].append(block)
    with_text = [at for at, run in enumerate(runs) if not all(map(_is_aside, run))]
    for at, run in enumerate(runs):
        if with_text and at not in with_text:
            before = [text for text in with_text if text < at]
            if before:
                runs[before[-1]].extend(run)
            else:
                runs[with_text[0]][:0] = run
            runs[at] = []
    return runs, full


def _is_aside(block: Block) -> bool:
    """Whether a block may stand in the margin. A definition with a note may not: notes are called in the text column."""
    if isinstance(block, Definition):
        return 'class="note' not in block.html
    return isinstance(block, PullQuote) or (isinstance(block, FigureBlock) and block.width == "margin")


def is_full(block: Block) -> bool:
    """Whether a block takes the margin too, so that nothing can stand beside it."""
    if isinstance(block, FigureBlock):
        return block.width == "full"
    if isinstance(block, ImageBlock):
        return block.size != "column"
    return isinstance(block, TableBlock) and (
        block.width == "full" or (not block.width and len(block.columns) > WIDE_TABLE)
    )


def lines(block: Block) -> int:
    """The estimated height of a block, in lines of prose."""
    match block:
        case Prose():
            return _text_lines(block.html) + block.html.count("<h3")
        case Callout() | Sidebar():
            return _text_lines(block.html) + 4
        case Definition():
            return (
                ceil(_text_lines(block.html) * (LINE_CHARACTERS / 32)) + 3
                if _is_aside(block)
                else _text_lines(block.html) + 4
            )
        case PullQuote():
            wide, tall = (24, 1.0) if len(block.text) > LONG_QUOTE else (20, 1.2)
            return ceil(len(block.text) / wide * tall) + ceil(len(block.role) / 30) + 5
        case FigureBlock() if _is_aside(block):
            words = len(block.title) / 24 + (len(block.subtitle) + len(block.note) + len(block.source_line)) / 34
            return ceil(_drawn_lines(block) + words) + 3
        case ClaimBox():
            return 5 + sum(2 + len(account.words) // 60 for account in block.accounts)
        case TableBlock():
            return 6 + sum(1 + max(map(len, row), default=0) // 30 for row in block.rows)
        case _:
            return 18


def _drawn_lines(figure: FigureBlock) -> float:
    """The height of a drawing in lines of prose; 10 before it is drawn."""
    height = re.search(r'<svg [^<>]*\bheight="([\d.]+)mm"', figure.svg)
    return float(height[1]) / LINE_MM if height else 10


def _arrange_run(run: list[Block]) -> list[PlacedBlock]:
    """The blocks of one run, with its asides moved to where they have room."""
    asides = [block for block in run if _is_aside(block)]
    pieces: list[Block] = []
    wanted: list[int] = []  # for each aside, the line at which its author put it
    height = 0
    for block in run:
        if _is_aside(block):
            wanted.append(height)
        else:
            for piece in _pieces(block):
                pieces.append(piece)
                height += lines(piece)
    tops = [0]
    for piece in pieces:
        tops.append(tops[-1] + lines(piece))
    beside = list(range(len(asides)))
    while beside and sum(lines(asides[at]) + 1 for at in beside) > height + SLACK:  # the longest leaves the margin
        beside.remove(max(beside, key=lambda at: lines(asides[at])))
    starts: dict[int, list[int]] = {}  # the asides that start at a piece, by its index
    below = height
    for order, at in reversed(list(enumerate(beside))):
        need = lines(asides[at]) + 1
        ideal = wanted[at] if wanted[at] < height else height * order / len(beside)
        above = sum(lines(asides[other]) + 1 for other in beside[:order])
        fits = [i for i in range(len(pieces)) if above <= tops[i] <= below - need]
        if not fits:  # no paragraph starts where it would fit
            fits = [max((i for i in range(len(pieces)) if tops[i] <= max(below - need, 0)), default=0)]
        start = min(fits, key=lambda i: abs(tops[i] - ideal))
        starts.setdefault(start, []).insert(0, at)
        below = tops[start]
    result: list[PlacedBlock] = []
    column = [at for at in range(len(asides)) if at not in beside]
    for index in range(len(pieces) + 1):
        for at in [at for at in column if wanted[at] <= tops[index]]:
            result.append(PlacedBlock(asides[at], "text"))
            column.remove(at)
        result += [PlacedBlock(asides[at], "margin") for at in starts.get(index, ())]
        if index < len(pieces):
            result.append(PlacedBlock(pieces[index], "text"))
    return _join_prose(result)


def _join_prose(placed: list[PlacedBlock]) -> list[PlacedBlock]:
    """``placed``, pieces of prose that follow one another being one block again."""
    result: list[PlacedBlock] = []
    for here in placed:
        last = result[-1] if result else None
        if last and isinstance(last.block, Prose) and isinstance(here.block, Prose):
            result[-1] = PlacedBlock(replace(last.block, html=last.block.html + here.block.html), "text")
        else:
            result.append(here)
    return result


def _pieces(block: Block) -> Iterator[Block]:
    """Prose by its paragraphs, beside which asides can stand; a sub-heading stays with the paragraph after it."""
    if not isinstance(block, Prose):
        yield block
        return
    held = ""
    for element in _elements(block.html):
        held += element
        if not element.lstrip().startswith("<h"):
            yield replace(block, html=Markup(held))
            held = ""
    if held:
        yield replace(block, html=Markup(held))


def _elements(html: str) -> list[str]:
    """The outermost elements of ``html`` in order. Every element in it is closed, since c6brief made it."""
    parser = _OutermostElements(html)
    parser.feed(html)
    parser.close()
    return [html[start:end] for start, end in zip(parser.begins, [*parser.begins[1:], len(html)], strict=True)]


class _OutermostElements(HTMLParser):
    """Finds where each outermost element begins."""

    VOID = frozenset({"br", "hr", "img", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.begins: list[int] = [0]
        self.depth = 0
        self._starts = [0]
        for line in html.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if self.depth == 0:
            line, column = self.getpos()
            if (at := self._starts[line - 1] + column) > 0:
                self.begins.append(at)
        if tag not in self.VOID:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)


def _text_lines(html: Markup) -> int:
    """The lines that the words of ``html`` take, without notes, which stand at the foot of the page."""
    total = 0
    for element in _elements(html):
        while (start := element.find('<span class="note')) >= 0 and (end := element.find("</span>", start)) >= 0:
            if element.find("<span", start + 5) in range(start, end):  # the mark's name inside the note
                end = element.find("</span>", end + 7)
            element = element[:start] + element[end + 7 :]
        total += ceil(len(Markup(element).striptags()) / LINE_CHARACTERS)
    return total
