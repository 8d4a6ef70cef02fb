"""Where pull quotes and narrow figures stand: in the margin beside prose that is tall enough, or else in the column.

A quotation in the margin floats beside the text that follows it. Listed at the end of a section it would hang
beside the next one, and a long one beside two lines of text would tear a hole before the next figure. So the blocks
of a section are arranged before they are printed: heights are estimated in lines of prose, which is exact enough,
since a quotation takes no room from the text. Figures of the margin's width are arranged as quotations are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from math import ceil

from markupsafe import Markup

from c6brief.brief.model import Block, Callout, ClaimBox, FigureBlock, Prose, PullQuote, TableBlock

IN_LINE = 62
"""Characters in a line of prose."""

LINE_MM = 4.73
"""mm from one line of prose to the next."""

SLACK = 3
"""Lines by which quotations may overtop their text: the heading above it leaves the margin free too."""

WIDE_TABLE = 4
"""Columns beyond which a table takes the margin too."""

LONG_QUOTE = 170
"""Characters beyond which a pull quote is set smaller."""


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block and where it stands: ``text`` (the column), ``margin`` (beside it) or ``full`` (both)."""

    block: Block
    place: str


def arrange(blocks: Iterable[Block]) -> tuple[PlacedBlock, ...]:
    """The blocks of one section in the order of printing, each with its place.

    Prose may come back in several pieces, with pull quotes between them. Nothing is lost and nothing is said twice.
    """
    placed: list[PlacedBlock] = []
    for stretch in _stretches(blocks):
        placed += [PlacedBlock(stretch, "full")] if not isinstance(stretch, list) else _beside(stretch)
    return tuple(placed)


def _stretches(blocks: Iterable[Block]) -> list[list[Block] | Block]:
    """The blocks that take the margin too, and between them lists of those that leave it free.

    Quotations that have no text of their own between two full-width blocks go to the text before, else after them.
    """
    stretches: list[list[Block] | Block] = [[]]
    for block in blocks:
        if is_full(block):
            stretches += [block, []]
        else:
            stretches[-1].append(block)  # the last one is always a list
    texts = [at for at, run in enumerate(stretches) if any(not _is_aside(b) for b in _listed(run))]
    for at, run in enumerate(stretches):
        if texts and at not in texts and isinstance(run, list) and run:
            before = [text for text in texts if text < at]
            target = stretches[before[-1] if before else texts[0]]
            target[len(target) if before else 0 : 0] = run
            stretches[at] = []
    return [run for run in stretches if run != []]


def _listed(run: list[Block] | Block) -> list[Block]:
    return run if isinstance(run, list) else []


def _is_aside(block: Block) -> bool:
    """Whether a block may stand in the margin."""
    return isinstance(block, PullQuote) or (isinstance(block, FigureBlock) and block.width == "margin")


def is_full(block: Block) -> bool:
    """Whether a block takes the margin too, so that nothing can stand beside it."""
    if isinstance(block, FigureBlock):
        return block.width == "full"
    return isinstance(block, TableBlock) and (
        block.width == "full" or (not block.width and len(block.columns) > WIDE_TABLE)
    )


def lines(block: Block) -> int:
    """The height of a block in lines of prose, about."""
    match block:
        case Prose():
            return _text_lines(block.html) + block.html.count("<h3")
        case Callout():
            return _text_lines(block.html) + 4
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
    """The height of a drawing in lines of prose; a guess before it is drawn."""
    height = re.search(r'<svg [^>]*\bheight="([\d.]+)mm"', figure.svg)
    return float(height[1]) / LINE_MM if height else 10


def _beside(run: list[Block]) -> list[PlacedBlock]:
    """One stretch of the column, with its pull quotes moved to where they have room."""
    quotes = [block for block in run if _is_aside(block)]
    pieces: list[Block] = []
    wanted: list[float] = []  # for each quotation the line at which its author put it
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
    beside = list(range(len(quotes)))
    while beside and sum(lines(quotes[at]) + 1 for at in beside) > height + SLACK:  # the longest leaves the margin
        beside.remove(max(beside, key=lambda at: lines(quotes[at])))
    starts: dict[int, list[int]] = {}  # index of the piece -> quotations that start there
    below = height
    for order, at in reversed(list(enumerate(beside))):
        need = lines(quotes[at]) + 1
        ideal = wanted[at] if wanted[at] < height else height * order / len(beside)
        above = sum(lines(quotes[other]) + 1 for other in beside[:order])
        fits = [i for i in range(len(pieces)) if above <= tops[i] <= below - need]
        if not fits:  # no paragraph starts where it would fit
            fits = [max((i for i in range(len(pieces)) if tops[i] <= max(below - need, 0)), default=0)]
        start = min(fits, key=lambda i: abs(tops[i] - ideal))
        starts.setdefault(start, []).insert(0, at)
        below = tops[start]
    result: list[PlacedBlock] = []
    column = [at for at in range(len(quotes)) if at not in beside]
    for index, piece in enumerate([*pieces, None]):
        for at in [at for at in column if wanted[at] <= tops[min(index, len(pieces))]]:
            result.append(PlacedBlock(quotes[at], "text"))
            column.remove(at)
        result += [PlacedBlock(quotes[at], "margin") for at in starts.get(index, ())]
        if piece is not None:
            result.append(PlacedBlock(piece, "text"))
    return _joined(result)


def _joined(placed: list[PlacedBlock]) -> list[PlacedBlock]:
    """Pieces of prose that nothing parts become one block again."""
    result: list[PlacedBlock] = []
    for here in placed:
        last = result[-1] if result else None
        if last and isinstance(last.block, Prose) and isinstance(here.block, Prose):
            result[-1] = PlacedBlock(replace(last.block, html=last.block.html + here.block.html), "text")
        else:
            result.append(here)
    return result


def _pieces(block: Block) -> Iterator[Block]:
    """Prose by its paragraphs, so that a quotation can stand beside any; a sub-heading stays with what follows."""
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
    """The outermost elements of ``html`` in order. It is our own markup: every element is closed."""
    parser = _Outermost(html)
    parser.feed(html)
    parser.close()
    return [html[start:end] for start, end in zip(parser.cuts, [*parser.cuts[1:], len(html)], strict=True)]


class _Outermost(HTMLParser):
    """Notes where each outermost element begins."""

    VOID = frozenset({"br", "hr", "img", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cuts: list[int] = [0]
        self.depth = 0
        self._starts = [0]
        for line in html.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if self.depth == 0:
            line, column = self.getpos()
            if (at := self._starts[line - 1] + column) > 0:
                self.cuts.append(at)
        if tag not in self.VOID:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)


def _text_lines(html: Markup) -> int:
    """Lines that the words of ``html`` take; notes stand at the foot of the page and count for nothing."""
    total = 0
    for element in _elements(html):
        while (start := element.find('<span class="note')) >= 0 and (end := element.find("</span>", start)) >= 0:
            if element.find("<span", start + 5) in range(start, end):  # the mark's name inside the note
                end = element.find("</span>", end + 7)
            element = element[:start] + element[end + 7 :]
        total += ceil(len(Markup(element).striptags()) / IN_LINE)
    return total
