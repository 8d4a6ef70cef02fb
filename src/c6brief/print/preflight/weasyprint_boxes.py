"""From WeasyPrint's boxes to the :mod:`content of pages <c6brief.print.preflight.content>`, which page rules look at.

- Why: WeasyPrint's interface gives a page's size, links, anchors and bookmarks, and nothing of the places of text.
- Uses: the names of the classes ``FootnoteAreaBox``, ``MarginBox``, ``LineBox``, ``TextBox``, ``InlineBox``, ``TableBox``,
  ``TableCaptionBox``, ``TableRowGroupBox`` and ``TableRowBox``, and that those of images end in ``ReplacedBox``; of boxes
  what :class:`~c6brief.print.weasyprint_document.LayoutBox` names, their margins and computed styles, ``is_header`` and
  ``is_footer``; of texts ``text``, ``baseline`` and ``justification_spacing``.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``test_the_content_of_pages_holds_every_word``, and the pages of each rule, in ``tests/print/test_preflight.py``.
- Upstream: Kozea/WeasyPrint #265 says that boxes are an implementation detail; nothing public is planned.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any
from weakref import WeakKeyDictionary
from xml.etree.ElementTree import Element

from c6brief.print.preflight.content import (
    ASCENT,
    DESCENT,
    BoxContext,
    DocumentContent,
    Drawing,
    Fragment,
    Frame,
    PageContent,
    TableRow,
    TextLine,
    paragraphs_of,
)
from c6brief.print.weasyprint_document import (
    LaidOutDocument,
    LaidOutPage,
    PageBox,
    get_page_boxes,
    is_placeholder,
    resolve_placeholder,
)

_CALL = "::footnote-call"
_FORCED = frozenset({"always", "page", "left", "right", "recto", "verso"})

_contents: WeakKeyDictionary[LaidOutPage, PageContent] = WeakKeyDictionary()
"""By page, which another layout may take over as it is."""


def read_pages(document: LaidOutDocument) -> DocumentContent:
    """What stands on the pages of ``document``, which are not to change any more."""
    boxes = zip(document.pages, get_page_boxes(document), strict=True)
    pages = [_page_content(number, page, box) for number, (page, box) in enumerate(boxes, 1)]
    lines = (line for page in pages for fragment in page.fragments for line in fragment.lines)
    numbered = {note for line in lines for note in line.calls}
    pages = [
        replace(page, unnumbered_notes=[each for each in page.unnumbered_notes if each[0] not in numbered])
        for page in pages
    ]
    return DocumentContent(tuple(pages), paragraphs_of(pages))


def _page_content(number: int, page: LaidOutPage, box: PageBox) -> PageContent:
    content = _contents.get(page)
    if content is None or content.number != number:
        content = _contents[page] = _PageReader(number, box).content()
    return content


class _PageReader:
    """Walks the boxes of one page."""

    def __init__(self, number: int, page: Any) -> None:
        left, top = page.content_box_x(), page.content_box_y()
        foot = top + page.height + page.padding_bottom  # padding is what mending has taken from the text
        self._page = page
        self._content = PageContent(
            number, Frame(0, 0, page.margin_width(), page.margin_height()), Frame(left, top, left + page.width, foot)
        )

    def content(self) -> PageContent:
        for child in self._page.children:
            kind = type(child).__name__
            if kind == "FootnoteAreaBox":
                for note in child.children:
                    if note.element is not None:
                        self._content.notes.append(note.element)
                        self._content.unnumbered_notes.append((note.element, border_box(note)))
                if child.children:
                    self._walk(child, BoxContext(notes=True), child)
            else:
                self._walk(child, BoxContext(running=kind == "MarginBox"), child)
        self._content.begins_forced = _asks_for_page("break_before", self._page, 0)
        self._content.ends_forced = _asks_for_page("break_after", self._page, -1)
        return self._content

    def _walk(self, box: Any, within: BoxContext, holder: Any) -> None:
        box = resolve_placeholder(box)
        within = _context(box, within)
        kind = type(box).__name__
        if kind.endswith("ReplacedBox"):
            drawing = Drawing(box.element, _clip(border_box(box), within.clip), content_box(holder), within)
            self._content.drawings.append(drawing)
            self._content.inked.append((drawing.frame, within))
            return
        if within.floated and box.style["float"] in ("left", "right"):
            self._content.floats.append(border_box(box))
        if hasattr(box, "border_box_y") and kind != "LineBox":
            self._solid(box, within)
            if box.style["break_inside"] in ("avoid", "avoid-page") and box.element is not None and not within.notes:
                self._content.unbreakable.append(box.element)
        if kind == "TableRowBox" and within.figure is not None and not within.running:
            self._content.rows.append(TableRow(within.figure, box.element, border_box(box), within))
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
            self._content.inked += [(line.frame, within) for line in lines]
            self._content.fragments.append(_fragment(self._content.number, box, lines, within))

    def _line(self, line: Any, within: BoxContext, holder: Any) -> TextLine | None:
        """The text of a line; what stands in it as a block is walked on its own."""
        parts = _Parts()
        self._inline(line, parts, within, holder, False)
        if not parts.printed.strip():
            return None
        seen = (_clip(frame, within.clip) for frame in parts.frames)
        runs = tuple(frame for frame in seen if frame.width > 0 and frame.height > 0)
        if not runs:
            return None
        frame = reduce(Frame.union, runs)
        size = min(parts.sizes, default=0.0)
        return TextLine(parts.printed, parts.words, frame, runs, size, parts.stretch, parts.forced, tuple(parts.calls))

    def _inline(self, box: Any, parts: _Parts, within: BoxContext, holder: Any, in_call: bool) -> None:
        for child in box.children:
            kind = type(child).__name__
            if kind == "TextBox":
                parts.add(child, in_call)
            elif kind == "InlineBox" and not is_placeholder(child):
                tag = str(child.element_tag or "")
                parts.forced = parts.forced or tag == "br"
                calls = tag.endswith(_CALL)
                if calls and any(type(text).__name__ == "TextBox" for text in child.descendants()):
                    parts.calls.append(child.element)
                self._inline(child, parts, within, holder, in_call or calls)
            else:
                self._walk(child, within, holder)

    def _solid(self, box: Any, within: BoxContext) -> None:
        """Note the ground of a box, or those of its borders that are drawn."""
        if box.element is None or box.element_tag in ("html", "body"):
            return
        frame = border_box(box)
        ground = box.style["background_color"]
        if getattr(ground, "alpha", 0) and frame.height > 0:
            self._content.inked.append((frame, within))
            return
        if box.border_top_width:
            self._content.inked.append((Frame(frame.left, frame.top, frame.right, frame.top + 1), within))
        if box.border_bottom_width:
            self._content.inked.append((Frame(frame.left, frame.bottom - 1, frame.right, frame.bottom), within))


@dataclass
class _Parts:
    """What is gathered along a line."""

    printed: str = ""
    words: str = ""
    stretch: float = 0.0
    forced: bool = False
    frames: list[Frame] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    calls: list[Element] = field(default_factory=list)

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


def _context(box: Any, within: BoxContext) -> BoxContext:
    """What the children of ``box`` stand in."""
    style = box.style
    changes: dict[str, Any] = {}
    floated = style["float"] in ("left", "right")
    if floated or style["position"] in ("absolute", "fixed"):
        changes["apart"] = True
        changes["floated"] = floated
    if style["overflow"] != "visible" and _is_container(box):
        changes["clip"] = _clip(content_box(box), within.clip)
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


def _fragment(page: int, box: Any, lines: list[TextLine], within: BoxContext) -> Fragment:
    tag, justified = str(box.element_tag or "").partition("::")[0], box.style["text_align_all"] == "justify"
    frame, leading = content_box(box), _leading(box.style)
    return Fragment(page, box.element, tag, tuple(lines), frame, justified, leading, within)


def _clip(frame: Frame, clip: Frame | None) -> Frame:
    """What is seen of ``frame`` through ``clip``."""
    return frame if clip is None else frame.within(clip)


def _leading(style: Any) -> float | None:
    """From line to line in CSS pixels; ``None`` where the font or a formula decides."""
    height = style["line_height"]
    if isinstance(height, float):
        return height * float(style["font_size"])
    return float(height.value) if getattr(height, "unit", "") == "px" else None


def _is_container(box: Any) -> bool:
    return hasattr(box, "content_box_x") and isinstance(box.width, (int, float))


def border_box(box: Any) -> Frame:
    """The frame of a box with its borders; an empty one of a box that layout gives no size."""
    if not isinstance(box.width, (int, float)) or not isinstance(box.height, (int, float)):
        return Frame(box.position_x, box.position_y, box.position_x, box.position_y)
    left, top = box.border_box_x(), box.border_box_y()
    return Frame(left, top, left + box.border_width(), top + box.border_height())


def content_box(box: Any) -> Frame:
    """The frame of what is in a box."""
    left, top = box.content_box_x(), box.content_box_y()
    width, height = (value if isinstance(value, (int, float)) else 0.0 for value in (box.width, box.height))
    return Frame(left, top, left + width, top + height)


def _asks_for_page(name: str, page: Any, end: int) -> bool:
    """Whether a box at one ``end`` of the text (0 or -1) asks for a new page by the property ``name``."""
    box = page.children[0] if page.children else None
    while box is not None:
        box = resolve_placeholder(box)
        if box.style[name] in _FORCED:
            return True
        children = getattr(box, "children", ())
        box = children[end] if children else None
    return False
