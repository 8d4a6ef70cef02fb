"""What laid out pages show of each element: its text as set, lines joined, and what style sheets have added to it.

- Why: WeasyPrint's interface tells nothing of texts; and what a style sheet adds, hides or sets in capitals stands in the
  boxes of the layout and nowhere else.
- Uses: the names of the classes ``MarginBox``, ``FootnoteAreaBox``, ``LineBox``, ``TextBox`` and ``TableRowGroupBox``, and
  that those of images end in ``ReplacedBox``; of boxes what :class:`~c6brief.print.weasyprint_document.LayoutBox` names
  and their computed styles, among them ``content`` as WeasyPrint computes it; ``is_header`` and ``is_footer``; ``text`` of
  texts; ``bookmark_label``.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``tests/print/test_comparison.py`` and ``tests/print/test_own_words_and_places.py``.
- Upstream: Kozea/WeasyPrint #265 says that boxes are an implementation detail; nothing public is planned.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from tinycss2.color4 import Color

from c6brief.print.comparison.brief_texts import fold
from c6brief.print.comparison.printed import TYPED, PrintedBlock, PrintedDrawing, PrintedPages, PrintedPart, join_lines
from c6brief.print.comparison.weasyprint_painted import MOST_COVERED, Painted, find_letters, transform
from c6brief.print.comparison.weasyprint_visibility import (
    FAINTEST,
    BoxSurroundings,
    can_be_seen,
    enter,
    is_cut,
    is_heaped,
    is_struck,
    is_upright,
    measure_seen,
)
from c6brief.print.preflight.content import Frame
from c6brief.print.preflight.weasyprint_boxes import border_box, content_box
from c6brief.print.weasyprint_document import LaidOutDocument, get_page_boxes, resolve_placeholder

_WHITE = Color("srgb", (1, 1, 1), 1)


def read_printed(document: LaidOutDocument) -> PrintedPages:
    """What the pages of ``document`` show, in the order of the box tree. Repeated headings are read once."""
    reader = _Reader()
    for number, page in enumerate(get_page_boxes(document), 1):
        width, height = page.margin_width(), page.margin_height()  # type: ignore[attr-defined]
        ground = page.style["background_color"]
        ground = ground if getattr(ground, "alpha", 0) > 0.5 else _WHITE
        around = BoxSurroundings(number, Frame(0, 0, width, height), ground=ground, painted=Painted(page, ground))
        for child in page.children:
            reader.read(child, replace(around, running=type(child).__name__ == "MarginBox"))
    notes: dict[Element | None, str] = {}
    for block in reader.blocks.values():
        join_lines(block)
        if block.element is not None:
            notes.setdefault(block.element, block.words)
    for block in reader.blocks.values():
        block.wording.notes += [(at, notes[call.element]) for at, call in block.calls if call.element in notes]
    places = {element: tuple(found) for element, found in reader.places.items()}
    return PrintedPages(tuple(reader.blocks.values()), tuple(reader.drawings.values()), places, reader.labels)


class _Reader:
    def __init__(self) -> None:
        self.blocks: dict[tuple[Any, str], PrintedBlock] = {}
        self.drawings: dict[Element, PrintedDrawing] = {}
        self.places: dict[Element, list[tuple[int, Frame]]] = {}
        self.labels: dict[str, int] = {}
        self._once: dict[Element, int] = {}

    def read(self, box: Any, around: BoxSurroundings) -> None:
        """Read ``box`` and all below it."""
        box = resolve_placeholder(box)
        if self._is_repeated(box, around.page):
            return
        around = enter(box, around)
        if label := getattr(box, "bookmark_label", ""):
            self.labels.setdefault(label, around.page)
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

    def _read_place(self, box: Any, around: BoxSurroundings) -> None:
        if isinstance(box.width, (int, float)) and isinstance(box.height, (int, float)):
            frame = transform(border_box(box), around.matrix)
            self.places.setdefault(box.element, []).append((around.page, frame))

    def _read_drawing(self, box: Any, around: BoxSurroundings) -> None:
        frame = transform(content_box(box), around.matrix)
        covered = around.painted.measure_cover(box) if around.painted is not None else 0.0
        seen = measure_seen(frame, around.frame)
        is_left_out = box.style["visibility"] != "visible" or around.opacity < FAINTEST
        if is_left_out or seen < MOST_COVERED or covered > 1 - MOST_COVERED:
            return
        fault = ""
        if not is_upright(around.matrix):
            fault = "it is mirrored, turned or squeezed"
        elif seen < 1 - MOST_COVERED or is_cut(box):
            fault = "a part of it is cut off"
        elif covered > MOST_COVERED:
            fault = "something lies over it"
        self.drawings.setdefault(box.element, PrintedDrawing(box.element, around.page, fault))

    def _read_line(self, line: Any, holder: Any, around: BoxSurroundings) -> None:
        tag = str(holder.element_tag or "")
        key = (holder.element if holder.element is not None else (around.page, id(holder)), tag)
        block = self.blocks.get(key)
        if block is None:
            block = self.blocks[key] = PrintedBlock(holder.element, tag, around.page, around.running)
        parts: list[PrintedPart] = []
        self._read_inline(line, parts, block, holder, around, False)
        block.lines.append(parts)

    def _read_inline(
        self,
        box: Any,
        parts: list[PrintedPart],
        block: PrintedBlock,
        holder: Any,
        around: BoxSurroundings,
        counted: bool,
    ) -> None:
        child: Any
        for child in map(resolve_placeholder, box.children):
            kind, tag = type(child).__name__, str(child.element_tag or "")
            if kind == "TextBox":
                if can_be_seen(child, around):
                    parts.append(PrintedPart(child.text, child.element, tag, counted or _has_counter(holder)))
                    if child.text.strip() and is_heaped(child):
                        block.covered = block.covered or fold(child.text)
                    if child.text.strip() and is_struck(child):
                        block.struck.append((fold(child.text), child.element))
                    if child.text.strip() and not around.running:
                        if around.painted is not None and around.painted.measure_cover(child) > MOST_COVERED:
                            block.covered = block.covered or fold(child.text)
                        block.places.append((around.page, find_letters(child, around.matrix)))
                elif child.text.strip():
                    block.hidden = True
            elif kind == "InlineBox" or (kind.startswith("Inline") and not kind.endswith("ReplacedBox")):
                inner = enter(child, around)
                if kind != "InlineBox" and not around.running and child.element is not None and "::" not in tag:
                    self._read_place(child, inner)
                self._read_inline(child, parts, block, holder, inner, counted or _has_counter(child))
            elif kind == "LineBox" or tag.endswith(TYPED):
                if kind == "LineBox" and parts and child is not box.children[0]:  # a further line of an inline block
                    parts.append(PrintedPart(" ", child.element, "", False))
                self._read_inline(child, parts, block, holder, around, counted)
            else:
                self.read(child, around)


def _has_counter(box: Any) -> bool:
    content = box.style["content"]
    return isinstance(content, tuple) and any(
        str(each[0]).startswith(("counter", "target-counter")) for each in content
    )
