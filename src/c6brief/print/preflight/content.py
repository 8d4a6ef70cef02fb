"""What stands on laid out pages, as a production editor sees it: paragraphs, lines, drawings and rows of tables.

Page rules look at this, and never at WeasyPrint's boxes, which are private and many: :mod:`weasyprint_boxes
<c6brief.print.preflight.weasyprint_boxes>` reads it from them. All lengths are CSS pixels (1/96 inch) from the upper
left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple
from xml.etree.ElementTree import Element

PIXELS_PER_MM = 96 / 25.4

ASCENT, DESCENT = 0.68, 0.2
"""How far letters reach above and below their baseline, in parts of the type size: capitals, and most of a ``p``."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Frame(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it, or on its edge."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def union(self, other: Frame) -> Frame:
        """The smallest frame around both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Frame(left, top, max(self.right, other.right), max(self.bottom, other.bottom))

    def within(self, other: Frame) -> Frame:
        """What both cover; its width or height is negative where they are apart."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Frame(left, top, min(self.right, other.right), min(self.bottom, other.bottom))

    def overlap(self, other: Frame) -> tuple[float, float]:
        """Width and height of what both cover; negative where they are apart."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )

    def measure_shared(self, other: Frame) -> float:
        """The area that both cover, in square pixels."""
        wide, tall = self.overlap(other)
        return wide * tall if wide > 0 and tall > 0 else 0.0


@dataclass(frozen=True, slots=True)
class BoxContext:
    """What a box stands in."""

    notes: bool = False
    """The notes at the foot of the page."""
    running: bool = False
    """A margin box: a running title, a page number."""
    table: bool = False
    apart: bool = False
    """Something floated or positioned."""
    floated: bool = False
    stamped: bool = False
    """Something moved by a ``transform``, so that it stands elsewhere than its numbers say, or fixed on every page."""
    caption: bool = False
    listing: bool = False
    """A list of what stands elsewhere: contents, figures, an index."""
    clip: Frame | None = None
    """What is seen of it, where the template cuts off what sticks out."""
    figure: Element | None = None
    """The element of the figure, or of the table that is in none."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text. ``printed`` are its characters as set, ``words`` those less the numbers and marks of notes."""

    printed: str
    words: str
    frame: Frame
    """Around the letters, not the line's height."""
    runs: tuple[Frame, ...]
    """Around each stretch of letters: between two of them something else may stand."""
    size: float
    """The smallest type in it, numbers of notes aside."""
    stretch: float
    """What justification has added to each space, in parts of the type size."""
    forced: bool
    """Whether the author broke it."""
    calls: tuple[Element, ...]
    """The elements of the notes that it calls."""

    @property
    def hyphenated(self) -> bool:
        return self.printed.rstrip()[-1:] in ("\u2010", "\u00ad", "-")


@dataclass(frozen=True, slots=True)
class Fragment:
    """The lines of one paragraph, heading, cell or the like on one page; CSS calls it a fragment too."""

    page: int
    element: Element | None
    """``None`` where CSS alone makes it, in a margin box."""
    tag: str
    lines: tuple[TextLine, ...]
    frame: Frame
    """Its content box: the measure that its lines are set to."""
    justified: bool
    leading: float | None
    """From line to line, where that is a length."""
    context: BoxContext

    @property
    def is_prose(self) -> bool:
        """Whether it is set in the column: text, a heading, a list of sources, the lines under a figure; no note, no table,
        no running line. ``context.figure`` and ``context.listing`` tell figures and lists apart from text.
        """
        context = self.context
        return not (context.notes or context.table or context.running or context.stamped)

    @property
    def ink(self) -> Frame:
        """Around the letters of all its lines."""
        return reduce(Frame.union, (line.frame for line in self.lines))


@dataclass(frozen=True, slots=True)
class Drawing:
    """An image or a drawing, and the content box that it stands in."""

    element: Element | None
    frame: Frame
    holder: Frame
    context: BoxContext


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table's body, or a part of one."""

    table: Element
    """The table, or the figure that it stands in."""
    element: Element
    frame: Frame
    context: BoxContext


@dataclass
class PageContent:
    """One page. ``text`` is where text may stand: the page less its margins."""

    number: int
    frame: Frame
    text: Frame
    fragments: list[Fragment] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    """The elements of the notes at its foot, in order."""
    unnumbered_notes: list[tuple[Element, Frame]] = field(default_factory=list)
    """Those without a number, which only stand at the foot: a colophon."""
    floats: list[Frame] = field(default_factory=list)
    inked: list[tuple[Frame, BoxContext]] = field(default_factory=list)
    """Everything that prints: letters, drawings, grounds and rules."""
    unbreakable: list[Element] = field(default_factory=list)
    """The elements on it that must not be parted: ``break-inside: avoid``."""
    begins_forced: bool = False
    """Whether a forced break begins it."""
    ends_forced: bool = False
    """Whether one ends it."""

    def flow(self) -> Iterator[Fragment]:
        """The running text and headings of the column, without what stands beside it."""
        return (fragment for fragment in self.fragments if fragment.is_prose and not fragment.context.apart)


@dataclass(frozen=True, slots=True)
class FlowedParagraph:
    """A paragraph of what :attr:`Fragment.is_prose` says, with all its fragments, on one page or several that follow."""

    element: Element
    fragments: tuple[Fragment, ...]

    @property
    def lines(self) -> list[tuple[Fragment, TextLine]]:
        return [(fragment, line) for fragment in self.fragments for line in fragment.lines]

    @property
    def text(self) -> str:
        return join_lines(line for _, line in self.lines)


@dataclass(frozen=True)
class DocumentContent:
    """All pages of a document, and the paragraphs that run over them."""

    pages: tuple[PageContent, ...]
    paragraphs: tuple[FlowedParagraph, ...]

    def __iter__(self) -> Iterator[PageContent]:
        return iter(self.pages)

    def note_pages(self) -> dict[Element, set[int]]:
        """For each note, by its element, the pages it stands on."""
        found: dict[Element, set[int]] = {}
        for page in self.pages:
            for note in page.notes:
                found.setdefault(note, set()).add(page.number)
        return found


def add_frame(frames: dict[int, Frame], page: int, frame: Frame) -> None:
    """Make the frame of ``page`` among ``frames`` as large as to hold another one too."""
    frames[page] = frames[page].union(frame) if page in frames else frame


def join_lines(lines: Iterable[TextLine]) -> str:
    """The words of lines as running text: hyphens at line ends taken back."""
    text = ""
    for line in lines:
        words = line.words.strip()
        if text.endswith(("\u2010", "\u00ad")):
            text = text[:-1] + words
        else:
            text = f"{text} {words}" if text else words
    return " ".join(text.replace("\u00ad", "").replace("\u2060", "").split())


def in_quotes(text: str, at: str = "start", most: int = 60) -> str:
    """The first words of ``text``, or the last ones (``at="end"``), in marks of quotation."""
    text = " ".join(text.replace("\u2060", "").split())
    if len(text) <= most:
        return f"“{text}”"
    if at == "end":
        return f"“… {text[-most:].partition(' ')[2] or text[-most:]}”"
    return f"“{text[:most].rpartition(' ')[0] or text[:most]} …”"


def paragraphs_of(pages: Iterable[PageContent]) -> tuple[FlowedParagraph, ...]:
    """The paragraphs of prose. A fragment continues the last one of the same element on the page before it."""
    found: list[tuple[Element, list[Fragment]]] = []
    before: dict[Element, list[Fragment]] = {}
    for page in pages:
        here: dict[Element, list[Fragment]] = {}
        for fragment in page.fragments:
            element = fragment.element
            if element is None or not fragment.is_prose:
                continue
            if element in before and element not in here and not fragment.context.apart:
                before[element].append(fragment)
                here[element] = before[element]
            else:
                here[element] = [fragment]
                found.append((element, here[element]))
        before = here
    return tuple(FlowedParagraph(element, tuple(fragments)) for element, fragments in found)
