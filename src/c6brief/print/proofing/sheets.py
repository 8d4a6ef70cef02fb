"""A laid out document as a production editor sees it: sheets, and on them paragraphs, lines, drawings and rows.

WeasyPrint's boxes are private and many; they are walked here and nowhere else in this room. All lengths are CSS pixels
(1/96 inch) from the upper left corner of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

PIXELS_PER_MM = 96 / 25.4

ASCENT, DESCENT = 0.68, 0.2
"""How far letters reach above and below their baseline, in parts of the type size: capitals, and most of a ``p``."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on a sheet."""

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

    def with_(self, other: Frame) -> Frame:
        """The smallest frame around both."""
        return Frame(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def shared(self, other: Frame) -> tuple[float, float]:
        """Width and height of what both cover; negative where they are apart."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Context:
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
class Line:
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
class Piece:
    """The lines of one paragraph, heading, cell or the like on one sheet."""

    page: int
    element: Any
    tag: str
    lines: tuple[Line, ...]
    frame: Frame
    """Its content box: the measure that its lines are set to."""
    justified: bool
    leading: float | None
    """From line to line, where that is a length."""
    within: Context

    @property
    def prose(self) -> bool:
        """Whether it is running text or a heading, as against notes, tables and running lines."""
        return not (self.within.notes or self.within.table or self.within.running or self.within.stamped)

    @property
    def ink(self) -> Frame:
        return reduce(Frame.with_, (line.frame for line in self.lines))


@dataclass(frozen=True, slots=True)
class Drawing:
    """An image or a drawing, and the content box that it stands in."""

    element: Any
    frame: Frame
    holder: Frame
    within: Context


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table's body, or a part of one."""

    table: Any
    element: Any
    frame: Frame
    within: Context


@dataclass
class Sheet:
    """One page. ``text`` is where text may stand: the sheet less its margins."""

    number: int
    frame: Frame
    text: Frame
    pieces: list[Piece] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)
    """The elements of the notes at its foot, in order."""
    unnumbered: list[tuple[Any, Frame]] = field(default_factory=list)
    """Those without a number, which only stand at the foot: a colophon."""
    floats: list[Frame] = field(default_factory=list)
    inked: list[tuple[Frame, Context]] = field(default_factory=list)
    """Everything that prints: letters, drawings, grounds and rules."""
    whole: list[Any] = field(default_factory=list)
    """The elements on it that must not be parted."""
    opened: bool = False
    """Whether a forced break begins it."""
    closed: bool = False
    """Whether one ends it."""

    def flow(self) -> Iterator[Piece]:
        """The running text and headings of the column, without what stands beside it."""
        return (piece for piece in self.pieces if piece.prose and not piece.within.apart)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with all its pieces, on one sheet or several that follow one another."""

    pieces: tuple[Piece, ...]

    @property
    def element(self) -> Any:
        return self.pieces[0].element

    @property
    def lines(self) -> list[tuple[Piece, Line]]:
        return [(piece, line) for piece in self.pieces for line in piece.lines]

    @property
    def text(self) -> str:
        return joined(line for _, line in self.lines)


@dataclass(frozen=True)
class Sheets:
    """All sheets of a document, and the paragraphs that run over them."""

    sheets: tuple[Sheet, ...]
    paragraphs: tuple[Paragraph, ...]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)

    def note_pages(self) -> dict[int, set[int]]:
        """For each note, by the identity of its element, the pages it stands on."""
        found: dict[int, set[int]] = {}
        for sheet in self.sheets:
            for note in sheet.notes:
                found.setdefault(id(note), set()).add(sheet.number)
        return found


def joined(lines: Any) -> str:
    """The words of lines as running text: hyphens at line ends taken back."""
    text = ""
    for line in lines:
        words = line.words.strip()
        if text.endswith(("\u2010", "\u00ad")):
            text = text[:-1] + words
        else:
            text = f"{text} {words}" if text else words
    return " ".join(text.replace("\u00ad", "").replace("\u2060", "").split())


def around(text: str, at: str = "start", most: int = 60) -> str:
    """The first words of ``text``, or the last ones (``at="end"``), in marks of quotation."""
    text = " ".join(text.replace("\u2060", "").split())
    if len(text) <= most:
        return f"“{text}”"
    if at == "end":
        return f"“… {text[-most:].partition(' ')[2] or text[-most:]}”"
    return f"“{text[:most].rpartition(' ')[0] or text[:most]} …”"


def paragraphs_of(sheets: list[Sheet]) -> tuple[Paragraph, ...]:
    """The paragraphs of prose. A piece continues the last one of the same element on the sheet before it."""
    found: list[list[Piece]] = []
    before: dict[int, list[Piece]] = {}
    for sheet in sheets:
        here: dict[int, list[Piece]] = {}
        for piece in sheet.pieces:
            if not piece.prose:
                continue
            key = id(piece.element)
            if key in before and key not in here and not piece.within.apart:
                before[key].append(piece)
                here[key] = before[key]
            else:
                found.append([piece])
                here[key] = found[-1]
        before = here
    return tuple(Paragraph(tuple(pieces)) for pieces in found)
