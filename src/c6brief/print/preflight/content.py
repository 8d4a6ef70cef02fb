"""What stands on laid out pages, as a production editor sees it: paragraphs, lines, drawings and rows of tables.

Page rules look at this, and never at WeasyPrint's boxes, which are private and many: :mod:`boxes
<c6brief.print.preflight.boxes>` reads it from them. All lengths are CSS pixels (1/96 inch) from the upper left corner of
the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

PIXELS_PER_MM = 96 / 25.4

ASCENT, DESCENT = 0.68, 0.2
"""How far letters reach above and below their baseline, in parts of the type size: capitals, and most of a ``p``."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Frame:
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

    def union(self, other: Frame) -> Frame:
        """The smallest frame around both."""
        return Frame(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def overlap(self, other: Frame) -> tuple[float, float]:
        """Width and height of what both cover; negative where they are apart."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class BoxContext:
    """What a box stands in. ``apart``: floated or positioned. ``stamped``: moved by a ``transform``, so that it
    stands elsewhere than its numbers say, or fixed on every page.
    """

    notes: bool = False
    running: bool = False
    table: bool = False
    apart: bool = False
    floated: bool = False
    stamped: bool = False
    caption: bool = False
    listing: bool = False
    """A list of what stands elsewhere: contents, figures, an index."""
    clip: Frame | None = None
    """What is seen of it, where the template cuts off what sticks out."""
    figure: Any = None
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
    calls: tuple[Any, ...]
    """The elements of the notes that it calls."""

    @property
    def hyphenated(self) -> bool:
        return self.printed.rstrip()[-1:] in ("\u2010", "\u00ad", "-")


@dataclass(frozen=True, slots=True)
class Fragment:
    """The lines of one paragraph, heading, cell or the like on one page; CSS calls it a fragment too."""

    page: int
    element: Any
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
        """Whether it is running text or a heading, as against notes, tables and running lines."""
        context = self.context
        return not (context.notes or context.table or context.running or context.stamped)

    @property
    def ink(self) -> Frame:
        """Around the letters of all its lines."""
        return reduce(Frame.union, (line.frame for line in self.lines))


@dataclass(frozen=True, slots=True)
class Drawing:
    """An image or a drawing, and the content box that it stands in."""

    element: Any
    frame: Frame
    holder: Frame
    context: BoxContext


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table's body, or a part of one."""

    table: Any
    element: Any
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
    notes: list[Any] = field(default_factory=list)
    """The elements of the notes at its foot, in order."""
    unnumbered_notes: list[tuple[Any, Frame]] = field(default_factory=list)
    """Those without a number, which only stand at the foot: a colophon."""
    floats: list[Frame] = field(default_factory=list)
    inked: list[tuple[Frame, BoxContext]] = field(default_factory=list)
    """Everything that prints: letters, drawings, grounds and rules."""
    unbreakable: list[Any] = field(default_factory=list)
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
    """A paragraph of prose with all its fragments, on one page or several that follow one another."""

    fragments: tuple[Fragment, ...]

    @property
    def element(self) -> Any:
        return self.fragments[0].element

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

    def note_pages(self) -> dict[int, set[int]]:
        """For each note, by the identity of its element, the pages it stands on."""
        found: dict[int, set[int]] = {}
        for page in self.pages:
            for note in page.notes:
                found.setdefault(id(note), set()).add(page.number)
        return found


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
    found: list[list[Fragment]] = []
    before: dict[int, list[Fragment]] = {}
    for page in pages:
        here: dict[int, list[Fragment]] = {}
        for fragment in page.fragments:
            if not fragment.is_prose:
                continue
            key = id(fragment.element)
            if key in before and key not in here and not fragment.context.apart:
                before[key].append(fragment)
                here[key] = before[key]
            else:
                found.append([fragment])
                here[key] = found[-1]
        before = here
    return tuple(FlowedParagraph(tuple(fragments)) for fragments in found)
