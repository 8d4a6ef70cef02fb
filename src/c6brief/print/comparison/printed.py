"""What pages show of each element, and its lines joined to one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from c6brief.print.comparison.brief_texts import SIGNS, Wording, fold
from c6brief.print.preflight.content import Frame

PagePlace = tuple[int, Frame]
"""Where something stands: a page, and the frame of its borders or letters on it."""

CALL, _MARKER = "::footnote-call", "::footnote-marker"
TYPED = ("::first-letter", "::first-line")
"""Pseudo-elements that hold an element's own text."""


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A stretch of a line."""

    text: str
    element: Element | None
    tag: str
    """The tag of the element, with the pseudo-element that it is of."""
    counted: bool
    """Whether counters are in it."""

    @property
    def is_added(self) -> bool:
        """Whether a style sheet has added it."""
        return "::" in self.tag and not self.tag.endswith(TYPED)


@dataclass
class PrintedBlock:
    """What is shown of a paragraph, a heading, a cell or the like, on one page or several."""

    element: Element | None
    tag: str
    page: int
    """The first of its pages."""
    running: bool
    """Whether it stands in a margin box."""
    lines: list[list[PrintedPart]] = field(default_factory=list)
    hidden: bool = False
    """Whether something of it cannot be seen."""
    covered: str = ""
    """The first stretch of it that something lies over in part."""
    struck: list[tuple[str, Element | None]] = field(default_factory=list)
    """Stretches of it that are struck out, and the element of each."""
    wording: Wording = field(default_factory=Wording)
    calls: list[tuple[int, PrintedPart]] = field(default_factory=list)
    """The calls of notes, and how many characters stand before each."""
    edges: set[int] = field(default_factory=set)
    """Where a stretch begins or ends, in characters without spaces."""

    stray: list[tuple[int, str]] = field(default_factory=list)
    """Signs in it that belong to none of its texts; comparing notes them."""
    places: list[PagePlace] = field(default_factory=list)
    """Where its stretches stand that can be seen."""

    @property
    def words(self) -> str:
        return self.wording.words

    @property
    def typed(self) -> str:
        """The words of its element, those too that are not shown; notes and marks aside."""
        typed = "".join(_typed_text(self.element)) if self.element is not None else ""
        return fold(re.sub(f"[{SIGNS}]", "", typed))

    @property
    def parts(self) -> Iterator[PrintedPart]:
        return (part for line in self.lines for part in line)


@dataclass(frozen=True, slots=True)
class PrintedDrawing:
    """An SVG element that is shown."""

    element: Element
    page: int
    """The first that shows it."""
    fault: str
    """What keeps it from being seen as it was drawn; empty where nothing does."""


@dataclass(frozen=True)
class PrintedPages:
    """What all pages show."""

    blocks: tuple[PrintedBlock, ...]
    drawings: tuple[PrintedDrawing, ...]
    """Each SVG element that is shown."""
    places: Mapping[Element, Sequence[PagePlace]]
    """Where the boxes of elements stand."""
    labels: Mapping[str, int] = field(default_factory=dict)
    """The entries of the outline (``bookmark-label``), and the first page of each."""


def join_lines(block: PrintedBlock) -> None:
    """Join the lines of ``block``: hyphens that a line end has brought are taken back."""
    typed, wording, written = "", block.wording, ""
    for line in block.lines:
        said = "".join(part.text for part in line if not part.tag.endswith((CALL, _MARKER)))
        if written and said:
            typed = typed or fold("".join(_typed_text(block.element)) if block.element is not None else "")
            joint = find_joint(fold(written[-40:])[-12:], fold(said)[:12], typed)
            if joint is None:
                wording.take_back()
            else:
                wording.add(joint)
        for part in line:
            if part.tag.endswith(CALL):
                block.calls.append((wording.length, part))
            elif not part.tag.endswith(_MARKER):
                block.edges.add(wording.length)
                wording.add(part.text)
                block.edges.add(wording.length)
        written = said or written
    wording.finish()


def find_joint(tail: str, head: str, typed: str) -> str | None:
    """What stands between two lines: a space, nothing, or ``None`` where the last character is a hyphen of the line's end.

    ``typed`` is the text as it was typed, where one of the three is to be found.
    """
    if f"{tail} {head}" in typed:
        return " "
    if tail + head in typed:
        return ""
    if tail[-1:] in ("\u2010", "-") and (tail[:-1] + head in typed or (tail[-2:-1].isalpha() and head[:1].isalpha())):
        return None
    return " "


def _typed_text(element: Element) -> Iterator[str]:
    """The text of ``element`` without its notes."""
    yield element.text or ""
    for child in element:
        if "note" not in (child.get("class") or "").split():
            yield from _typed_text(child)
        yield child.tail or ""
