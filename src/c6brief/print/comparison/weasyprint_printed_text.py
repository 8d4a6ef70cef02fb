"""What laid out pages show of each element: its text as set, lines joined, and what style sheets have added to it.

- Why: WeasyPrint's interface tells nothing of texts; and what a style sheet adds, hides or sets in capitals stands in the
  boxes of the layout and nowhere else.
- Uses: the names of the classes ``MarginBox``, ``FootnoteAreaBox``, ``LineBox``, ``TextBox`` and ``TableRowGroupBox``, and
  that those of images end in ``ReplacedBox``; of boxes what :class:`~c6brief.print.weasyprint_document.LayoutBox` names
  and their computed styles, among them ``content`` as WeasyPrint computes it; ``is_header`` and ``is_footer``; ``text`` of
  texts.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``tests/print/test_comparison.py`` and ``tests/print/test_own_words_and_places.py``.
- Upstream: Kozea/WeasyPrint #265 says that boxes are an implementation detail; nothing public is planned.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element

from tinycss2.color4 import Color

from c6brief.print.comparison.brief_texts import Wording, fold
from c6brief.print.comparison.weasyprint_painted import MOST_COVERED, Painted, Sides, find_sides, join
from c6brief.print.weasyprint_document import LaidOutDocument, get_page_boxes, resolve_placeholder

SMALLEST = 1.0
"""CSS pixels: smaller type cannot be read."""

MOST_HIDDEN = 0.9
"""Of 1: letters of which more is covered cannot be seen at all."""

FAINTEST = 0.1
"""Of 1: letters that are less opaque cannot be read."""

LEAST_CONTRAST = 0.04
"""Of 1, in red, green and blue: letters that differ less from their ground cannot be read."""

_WHITE = Color("srgb", (1, 1, 1), 1)

_CALL, _MARKER = "::footnote-call", "::footnote-marker"
_TYPED = ("::first-letter", "::first-line")
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
        return "::" in self.tag and not self.tag.endswith(_TYPED)


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
    wording: Wording = field(default_factory=Wording)
    calls: list[tuple[int, PrintedPart]] = field(default_factory=list)
    """The calls of notes, and how many characters stand before each."""
    edges: set[int] = field(default_factory=set)
    """Where a stretch begins or ends, in characters without spaces."""

    stray: list[tuple[int, str]] = field(default_factory=list)
    """Signs in it that belong to none of its texts; comparing notes them."""
    places: list[tuple[int, Sides]] = field(default_factory=list)
    """Where its stretches stand that can be seen: a page, and the sides."""

    @property
    def words(self) -> str:
        return self.wording.words

    @property
    def parts(self) -> Iterator[PrintedPart]:
        return (part for line in self.lines for part in line)


@dataclass(frozen=True, slots=True)
class PrintedDrawing:
    """An SVG element that is shown."""

    element: Element
    page: int
    """The first that shows it."""
    sides: Sides
    fault: str
    """What keeps it from being seen as it was drawn; empty where nothing does."""


@dataclass(frozen=True)
class PrintedPages:
    """What all pages show."""

    blocks: tuple[PrintedBlock, ...]
    drawings: tuple[PrintedDrawing, ...]
    """Each SVG element that is shown."""
    places: Mapping[Element, tuple[tuple[int, Sides], ...]]
    """Where the boxes of elements stand: a page, and the sides of their borders."""


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a box stands in."""

    page: int
    frame: tuple[float, float, float, float]
    """What of the page can be seen there: left, top, right, bottom."""
    opacity: float = 1.0
    ground: Any = None
    running: bool = False
    matrix: Any = None
    """The transforms of what stands there; ``None`` without any."""
    painted: Painted | None = None
    """What the page paints, where that may lie below a text, or over it."""


def read_printed(document: LaidOutDocument) -> PrintedPages:
    """What the pages of ``document`` show, in the order of the box tree. Repeated headings are read once."""
    reader = _Reader()
    for number, page in enumerate(get_page_boxes(document), 1):
        width, height = page.margin_width(), page.margin_height()  # type: ignore[attr-defined]
        ground = page.style["background_color"]
        ground = ground if getattr(ground, "alpha", 0) > 0.5 else _WHITE
        around = _Surroundings(number, (0, 0, width, height), ground=ground, painted=Painted(page, ground))
        for child in page.children:
            reader.read(child, replace(around, running=type(child).__name__ == "MarginBox"))
    notes: dict[Element | None, str] = {}
    for block in reader.blocks.values():
        _word(block)
        if block.element is not None:
            notes.setdefault(block.element, block.words)
    for block in reader.blocks.values():
        block.wording.notes += [(at, notes[call.element]) for at, call in block.calls if call.element in notes]
    places = {element: tuple(found) for element, found in reader.places.items()}
    return PrintedPages(tuple(reader.blocks.values()), tuple(reader.drawings.values()), places)


class _Reader:
    def __init__(self) -> None:
        self.blocks: dict[tuple[Any, str], PrintedBlock] = {}
        self.drawings: dict[Element, PrintedDrawing] = {}
        self.places: dict[Element, list[tuple[int, Sides]]] = {}
        self._once: dict[Element, int] = {}

    def read(self, box: Any, around: _Surroundings) -> None:
        """Read ``box`` and all below it."""
        box = resolve_placeholder(box)
        if self._is_repeated(box, around.page):
            return
        around = self._within(box, around)
        kind = type(box).__name__
        if kind.endswith("ReplacedBox"):
            if box.element is not None and str(box.element.tag).endswith("svg"):
                self._read_drawing(box, around)
            return
        if box.element is not None and not around.running and "::" not in str(box.element_tag):
            self._read_place(box, around)
        for child in getattr(box, "children", ()):
            if type(child).__name__ == "LineBox":
                self._read_line(child, box, around)
            else:
                self.read(child, around)

    def _is_repeated(self, box: Any, page: int) -> bool:
        """Whether ``box`` shows again what another page has shown: the head of a table, a fixed box."""
        group = type(box).__name__ == "TableRowGroupBox" and (box.is_header or box.is_footer)
        if box.element is None or not (group or box.style["position"] == "fixed"):
            return False
        return self._once.setdefault(box.element, page) != page

    def _read_place(self, box: Any, around: _Surroundings) -> None:
        if isinstance(box.width, (int, float)) and isinstance(box.height, (int, float)):
            place = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
            self.places.setdefault(box.element, []).append((around.page, find_sides(around.matrix, *place)))

    def _read_drawing(self, box: Any, around: _Surroundings) -> None:
        sides = find_sides(around.matrix, box.content_box_x(), box.content_box_y(), box.width, box.height)
        covered = around.painted.measure_cover(box) if around.painted is not None else 0.0
        seen = _measure_seen(sides, around.frame)
        is_left_out = box.style["visibility"] != "visible" or around.opacity < FAINTEST
        if is_left_out or seen < MOST_COVERED or covered > 1 - MOST_COVERED:
            return
        fault = ""
        if not _is_upright(around.matrix):
            fault = "it is mirrored, turned or squeezed"
        elif seen < 1 - MOST_COVERED or _is_cut(box):
            fault = "a part of it is cut off"
        elif covered > MOST_COVERED:
            fault = "something lies over it"
        self.drawings.setdefault(box.element, PrintedDrawing(box.element, around.page, sides, fault))

    def _within(self, box: Any, around: _Surroundings) -> _Surroundings:
        style = box.style
        changes: dict[str, Any] = {}
        matrix = around.matrix
        if style["transform"]:
            changes["matrix"] = matrix = join(box, matrix)
        if style["opacity"] != 1:
            changes["opacity"] = around.opacity * style["opacity"]
        if getattr(style["background_color"], "alpha", 0) > 0.5:
            changes["ground"] = style["background_color"]
        elif style["position"] in ("absolute", "fixed") or any(
            image[0] != "none" for image in style["background_image"]
        ):
            changes["ground"] = None  # a picture, or whatever lies below
        if style["overflow"] != "visible" and not around.running and isinstance(getattr(box, "height", None), float):
            place = box.content_box_x(), box.content_box_y(), box.width, box.height
            changes["frame"] = _narrow(around.frame, find_sides(matrix, *place))
        if style["clip"] and style["position"] in ("absolute", "fixed"):
            changes["frame"] = _narrow(changes.get("frame", around.frame), _find_clip(box, matrix))
        return replace(around, **changes) if changes else around

    def _read_line(self, line: Any, holder: Any, around: _Surroundings) -> None:
        tag = str(holder.element_tag or "")
        key = (holder.element if holder.element is not None else (around.page, id(holder)), tag)
        block = self.blocks.get(key)
        if block is None:
            block = self.blocks[key] = PrintedBlock(holder.element, tag, around.page, around.running)
        parts: list[PrintedPart] = []
        self._read_inline(line, parts, block, holder, around, False)
        block.lines.append(parts)

    def _read_inline(
        self, box: Any, parts: list[PrintedPart], block: PrintedBlock, holder: Any, around: _Surroundings, counted: bool
    ) -> None:
        for child in map(_resolve, box.children):
            kind, tag = type(child).__name__, str(child.element_tag or "")
            if kind == "TextBox":
                if _can_be_seen(child, around):
                    parts.append(PrintedPart(child.text, child.element, tag, counted or _has_counter(holder)))
                    if child.text.strip() and not around.running:
                        if around.painted is not None and around.painted.measure_cover(child) > MOST_COVERED:
                            block.covered = block.covered or fold(child.text)
                        place = child.position_x, child.position_y, child.width, child.height
                        block.places.append((around.page, find_sides(around.matrix, *place)))
                elif child.text.strip():
                    block.hidden = True
            elif kind == "InlineBox" or (kind.startswith("Inline") and not kind.endswith("ReplacedBox")):
                inner = self._within(child, around)
                if kind != "InlineBox" and not around.running and child.element is not None and "::" not in tag:
                    self._read_place(child, inner)
                self._read_inline(child, parts, block, holder, inner, counted or _has_counter(child))
            elif kind == "LineBox" or tag.endswith(_TYPED):
                self._read_inline(child, parts, block, holder, around, counted)
            else:
                self.read(child, around)


def _resolve(box: Any) -> Any:
    return resolve_placeholder(box)


def _has_counter(box: Any) -> bool:
    content = box.style["content"]
    return isinstance(content, tuple) and any(
        str(each[0]).startswith(("counter", "target-counter")) for each in content
    )


def _can_be_seen(box: Any, around: _Surroundings) -> bool:
    """Whether a reader can see the letters of a text."""
    style = box.style
    colour = style["color"]
    if style["visibility"] != "visible" or style["font_size"] < SMALLEST:
        return False
    if around.opacity * colour.alpha < FAINTEST:
        return False
    ground = around.ground
    if around.painted is not None and not around.running:
        if around.painted.measure_cover(box) > MOST_HIDDEN or around.painted.is_overprinted(box):
            return False
        ground = around.painted.find_ground(box) if ground is None else ground
    if ground is not None and _is_alike(colour, ground):
        return False
    if "line-through" in style["text_decoration_line"]:
        return False
    if around.running:
        return True
    if not _is_legible(around.matrix, style):
        return False
    left, top, right, bottom = find_sides(around.matrix, box.position_x, box.position_y, box.width, box.height)
    wide = min(around.frame[2], right) - max(around.frame[0], left)
    tall = min(around.frame[3], bottom) - max(around.frame[1], top)
    return bool(wide >= (right - left) / 2 and tall >= (bottom - top) / 2)


def _narrow(frame: Sides, sides: Sides) -> Sides:
    """What of ``frame`` lies within ``sides``, and a pixel around them."""
    return (
        max(frame[0], sides[0] - 1), max(frame[1], sides[1] - 1),
        min(frame[2], sides[2] + 1), min(frame[3], sides[3] + 1),
    )  # fmt: skip


def _find_clip(box: Any, matrix: Any) -> Sides:
    """What ``clip: rect(…)`` of CSS leaves of a box."""
    x, y, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
    ends = (0.0, width, height, 0.0)
    top, right, bottom, left = (
        end if each == "auto" else float(each) for each, end in zip(box.style["clip"], ends, strict=True)
    )
    return find_sides(matrix, x + left, y + top, right - left, bottom - top)


def _is_legible(matrix: Any, style: Any) -> bool:
    """Whether letters under a transform can be read: neither mirrored nor upside down, nor too small."""
    if matrix is None:
        return True
    a, b, c, d, *_ = matrix.values
    if a * d - b * c <= 0 or (a < -abs(b) and d < -abs(c)):
        return False
    return bool(min(math.hypot(a, b), math.hypot(c, d)) * style["font_size"] >= SMALLEST)


def _is_upright(matrix: Any) -> bool:
    """Whether a transform leaves a drawing as it was, but for its place and size."""
    if matrix is None:
        return True
    a, b, c, d, *_ = matrix.values
    return bool(a > 0 and d > 0 and abs(a - d) < 0.05 * a and max(abs(b), abs(c)) < 0.05 * a)


def _measure_seen(sides: Sides, frame: Sides) -> float:
    """How much of a rectangle lies within a frame, of 1."""
    left, top, right, bottom = sides
    wide = min(frame[2], right) - max(frame[0], left)
    tall = min(frame[3], bottom) - max(frame[1], top)
    whole = (right - left) * (bottom - top)
    return max(wide, 0) * max(tall, 0) / whole if whole > 0 else 0.0


def _is_cut(box: Any) -> bool:
    """Whether a drawing is larger than its box, which shows a part of it."""
    sizes = [float(value) for value in re.split(r"[\s,]+", (box.element.get("viewBox") or "").strip()) if value]
    if box.style["object_fit"] not in ("cover", "none") or len(sizes) != 4 or not (sizes[3] and box.height):
        return False
    return bool(abs(sizes[2] / sizes[3] * box.height / box.width - 1) > MOST_COVERED)


def _is_alike(colour: Any, ground: Any) -> bool:
    """Whether letters of a colour cannot be told from their ground."""
    both = zip(colour.to("srgb").coordinates, ground.to("srgb").coordinates, strict=True)
    return all(abs(one - other) < LEAST_CONTRAST for one, other in both)


def _word(block: PrintedBlock) -> None:
    """Join the lines of ``block``: hyphens that a line end has brought are taken back."""
    typed, wording, written = "", block.wording, ""
    for line in block.lines:
        said = "".join(part.text for part in line if not part.tag.endswith((_CALL, _MARKER)))
        if written and said:
            typed = typed or fold("".join(_typed_text(block.element)) if block.element is not None else "")
            joint = _find_joint(fold(written[-40:])[-12:], fold(said)[:12], typed)
            if joint is None:
                wording.take_back()
            else:
                wording.add(joint)
        for part in line:
            if part.tag.endswith(_CALL):
                block.calls.append((wording.length, part))
            elif not part.tag.endswith(_MARKER):
                block.edges.add(wording.length)
                wording.add(part.text)
                block.edges.add(wording.length)
        written = said or written
    wording.finish()


def _find_joint(tail: str, head: str, typed: str) -> str | None:
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
