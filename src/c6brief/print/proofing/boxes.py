"""From WeasyPrint's boxes to :mod:`sheets <c6brief.print.proofing.sheets>`. All that is known here of its private
classes are their names, their positions and a few properties.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any
from weakref import WeakKeyDictionary

from c6brief.print.proofing.sheets import (
    ASCENT,
    DESCENT,
    Context,
    Drawing,
    Frame,
    Line,
    Piece,
    Row,
    Sheet,
    Sheets,
    paragraphs_of,
)

_CALL = "::footnote-call"
_FORCED = frozenset({"always", "page", "left", "right", "recto", "verso"})


_sheets: WeakKeyDictionary[Any, Sheet] = WeakKeyDictionary()
"""By WeasyPrint's ``Page``, which another layout may take over as it is."""


def read_sheets(document: Any) -> Sheets:
    """Take a laid out ``Document`` of WeasyPrint apart. Its pages are not to change any more."""
    sheets = [_sheet(number, page) for number, page in enumerate(document.pages, 1)]
    numbered = {id(note) for sheet in sheets for piece in sheet.pieces for line in piece.lines for note in line.calls}
    sheets = [
        replace(sheet, unnumbered=[(note, frame) for note, frame in sheet.unnumbered if id(note) not in numbered])
        for sheet in sheets
    ]
    return Sheets(tuple(sheets), paragraphs_of(sheets))


def _sheet(number: int, page: Any) -> Sheet:
    sheet = _sheets.get(page)
    if sheet is None or sheet.number != number:
        sheet = _sheets[page] = _BoxReader(number, page._page_box).sheet()
    return sheet


class _BoxReader:
    """Walks the boxes of one page."""

    def __init__(self, number: int, page: Any) -> None:
        left, top = page.content_box_x(), page.content_box_y()
        foot = top + page.height + page.padding_bottom  # padding is what mending has taken from the text
        self._page = page
        self._sheet = Sheet(
            number, Frame(0, 0, page.margin_width(), page.margin_height()), Frame(left, top, left + page.width, foot)
        )

    def sheet(self) -> Sheet:
        for child in self._page.children:
            kind = type(child).__name__
            if kind == "FootnoteAreaBox":
                for note in child.children:
                    if note.element is not None:
                        self._sheet.notes.append(note.element)
                        self._sheet.unnumbered.append((note.element, _border_box(note)))
                if child.children:
                    self._walk(child, Context(notes=True), child)
            else:
                self._walk(child, Context(running=kind == "MarginBox"), child)
        self._sheet.opened, self._sheet.closed = _is_opened(self._page), _is_closed(self._page)
        return self._sheet

    def _walk(self, box: Any, within: Context, holder: Any) -> None:
        box = getattr(box, "_box", box)  # a positioned box stands behind a placeholder
        within = _context(box, within)
        kind = type(box).__name__
        if kind.endswith("ReplacedBox"):
            drawing = Drawing(box.element, _cut(_border_box(box), within.clip), _content_box(holder), within)
            self._sheet.drawings.append(drawing)
            self._sheet.inked.append((drawing.frame, within))
            return
        if within.floated and box.style["float"] in ("left", "right"):
            self._sheet.floats.append(_border_box(box))
        if hasattr(box, "border_box_y") and kind != "LineBox":
            self._solid(box, within)
            if box.style["break_inside"] in ("avoid", "avoid-page") and box.element is not None and not within.notes:
                self._sheet.whole.append(box.element)
        if kind == "TableRowBox" and not within.running:
            self._sheet.rows.append(Row(within.figure, box.element, _border_box(box), within))
        if kind == "TableRowGroupBox" and (box.is_header or box.is_footer):
            for row in box.children:
                for cell in row.children:
                    self._walk(cell, within, box)
            return
        lines = []
        for child in getattr(box, "children", ()):
            if type(child).__name__ == "LineBox":
                if line := self._line(child, within, box):
                    lines.append(line)
            else:
                self._walk(child, within, box if _is_container(box) else holder)
        if lines:
            self._sheet.inked += [(line.frame, within) for line in lines]
            self._sheet.pieces.append(_piece(self._sheet.number, box, lines, within))

    def _line(self, line: Any, within: Context, holder: Any) -> Line | None:
        """The text of a line; what stands in it as a block is walked on its own."""
        parts = _Parts()
        self._inline(line, parts, within, holder, False)
        if not parts.printed.strip():
            return None
        cut = (_cut(frame, within.clip) for frame in parts.frames)
        runs = tuple(frame for frame in cut if frame.width > 0 and frame.height > 0)
        if not runs:
            return None
        frame = reduce(Frame.with_, runs)
        size = min(parts.sizes, default=0.0)
        return Line(parts.printed, parts.words, frame, runs, size, parts.stretch, parts.forced, tuple(parts.calls))

    def _inline(self, box: Any, parts: _Parts, within: Context, holder: Any, in_call: bool) -> None:
        for child in box.children:
            kind = type(child).__name__
            if kind == "TextBox":
                parts.add(child, in_call)
            elif kind == "InlineBox" and not hasattr(child, "_box"):
                tag = str(child.element_tag or "")
                parts.forced = parts.forced or tag == "br"
                calls = tag.endswith(_CALL)
                if calls and any(type(text).__name__ == "TextBox" for text in child.descendants()):
                    parts.calls.append(child.element)
                self._inline(child, parts, within, holder, in_call or calls)
            else:
                self._walk(child, within, holder)

    def _solid(self, box: Any, within: Context) -> None:
        """Note the ground of a box, or those of its borders that are drawn."""
        if box.element is None or box.element_tag in ("html", "body"):
            return
        frame = _border_box(box)
        ground = box.style["background_color"]
        if getattr(ground, "alpha", 0) and frame.height > 0:
            self._sheet.inked.append((frame, within))
            return
        if box.border_top_width:
            self._sheet.inked.append((Frame(frame.left, frame.top, frame.right, frame.top + 1), within))
        if box.border_bottom_width:
            self._sheet.inked.append((Frame(frame.left, frame.bottom - 1, frame.right, frame.bottom), within))


@dataclass
class _Parts:
    """What is gathered along a line."""

    printed: str = ""
    words: str = ""
    stretch: float = 0.0
    forced: bool = False
    frames: list[Frame] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    calls: list[Any] = field(default_factory=list)

    def add(self, text: Any, in_call: bool) -> None:
        self.printed += text.text
        if not text.text.strip():
            return
        size = text.style["font_size"]
        base = text.position_y + (text.baseline or 0)
        self.frames.append(
            Frame(text.position_x, base - ASCENT * size, text.position_x + text.width, base + DESCENT * size)
        )
        if not in_call:
            if not all(unicodedata.category(char) in ("So", "Sm", "Zs") for char in text.text):  # a mark is no word
                self.words += text.text
            self.sizes.append(size)
            self.stretch = max(self.stretch, (text.justification_spacing or 0) / size if size else 0.0)


def _context(box: Any, within: Context) -> Context:
    """What the children of ``box`` stand in."""
    style = box.style
    changes: dict[str, Any] = {}
    floated = style["float"] in ("left", "right")
    if floated or style["position"] in ("absolute", "fixed"):
        changes["apart"] = True
        changes["floated"] = floated
    if style["overflow"] != "visible" and _is_container(box):
        changes["clip"] = _cut(_content_box(box), within.clip)
    if style["transform"] or style["position"] == "fixed":
        changes["stamped"] = True
    tag = str(box.element_tag or "")
    kind = type(box).__name__
    if tag in ("figure", "table") and within.figure is None:
        changes["figure"] = box.element
    if tag == "figcaption" or kind == "TableCaptionBox":
        changes["caption"] = True
    if kind == "TableBox":
        changes["table"] = True
    if tag == "nav" or (box.element is not None and box.element.get("role") in ("doc-toc", "doc-index")):
        changes["listing"] = True
    return replace(within, **changes) if changes else within


def _piece(page: int, box: Any, lines: list[Line], within: Context) -> Piece:
    style = box.style
    tag = re.sub(r"::.*", "", str(box.element_tag or ""))
    return Piece(
        page,
        box.element,
        tag,
        tuple(lines),
        _content_box(box),
        style["text_align_all"] == "justify",
        _leading(style),
        within,
    )


def _cut(frame: Frame, clip: Frame | None) -> Frame:
    """What is seen of ``frame`` through ``clip``."""
    if clip is None:
        return frame
    return Frame(
        max(frame.left, clip.left),
        max(frame.top, clip.top),
        min(frame.right, clip.right),
        min(frame.bottom, clip.bottom),
    )


def _leading(style: Any) -> float | None:
    """From line to line in CSS pixels; ``None`` where the font or a formula decides."""
    height = style["line_height"]
    if isinstance(height, float):
        return height * style["font_size"]
    return float(height.value) if getattr(height, "unit", "") == "px" else None


def _is_container(box: Any) -> bool:
    return hasattr(box, "content_box_x") and isinstance(box.width, (int, float))


def _border_box(box: Any) -> Frame:
    if not isinstance(box.width, (int, float)) or not isinstance(box.height, (int, float)):
        return Frame(box.position_x, box.position_y, box.position_x, box.position_y)
    left, top = box.border_box_x(), box.border_box_y()
    return Frame(left, top, left + box.border_width(), top + box.border_height())


def _content_box(box: Any) -> Frame:
    left, top = box.content_box_x(), box.content_box_y()
    width, height = (value if isinstance(value, (int, float)) else 0.0 for value in (box.width, box.height))
    return Frame(left, top, left + width, top + height)


def _is_closed(page: Any) -> bool:
    """Whether the last box of the text asks for a new page after it."""
    return _asks_at("break_after", page, -1)


def _is_opened(page: Any) -> bool:
    """Whether the first box of the text asks for a new page."""
    return _asks_at("break_before", page, 0)


def _asks_at(name: str, page: Any, end: int) -> bool:
    """Whether a box at one ``end`` of the text (0 or -1) asks for a new page by the property ``name``."""
    box = page.children[0] if page.children else None
    while box is not None:
        box = getattr(box, "_box", box)
        if box.style[name] in _FORCED:
            return True
        children = getattr(box, "children", ())
        box = children[end] if children else None
    return False
