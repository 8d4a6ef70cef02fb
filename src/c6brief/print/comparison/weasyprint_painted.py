"""What a page paints below its texts and over them, and where transforms bring it: grounds, pictures, borders, other texts.

- Why: WeasyPrint's interface tells nothing of colours and of what lies over what.
- Uses: of boxes what :class:`~c6brief.print.weasyprint_document.LayoutBox` names and their computed styles; their
  ``transformation_matrix`` with ``transform_point``, which WeasyPrint sets when a page is made; that the names of the
  classes of images end in ``ReplacedBox`` and that of texts is ``TextBox``; ``text`` of texts.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``tests/print/test_comparison.py`` and ``tests/print/test_own_words_and_places.py``.
- Upstream: Kozea/WeasyPrint #265 says that boxes are an implementation detail; nothing public is planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from c6brief.documents.addition import total
from c6brief.print.preflight.content import Frame
from c6brief.print.preflight.weasyprint_boxes import border_box, content_box
from c6brief.print.weasyprint_document import resolve_placeholder

OPAQUE = 0.5
"""Of 1: a ground of which less shows through is what its text stands on, or what hides a text below it."""

THINNEST = 3.0
"""CSS pixels: what is thinner hides no letter."""

MOST_COVERED = 0.02
"""Of a drawing's area, that something may lie over."""

MOST_OVERPRINTED = 0.6
"""Of a text's width, that another text of about its size may lie over."""

_NOWHERE = Frame(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Area:
    order: int
    """How many boxes of the page come before it."""
    frame: Frame
    colour: Any
    """``None`` for a picture."""
    is_lifted: bool
    """Whether it lies over texts that come before it."""
    is_ground: bool = True
    """Whether texts may stand on it; on borders they do not."""


class Painted:
    """The painted areas of a page, in the order of its boxes."""

    def __init__(self, page: Any, ground: Any) -> None:
        self._ground = ground
        self._areas: list[_Area] = []
        self._places: dict[int, tuple[int, Frame]] = {}
        self._texts: list[tuple[Any, Frame, int]] = []
        self._holders: dict[int, int] = {}
        for child in page.children:
            if type(child).__name__ != "MarginBox":
                self._gather(resolve_placeholder(child), False, None, 0)
        self._lifted = [area for area in self._areas if area.is_lifted]
        self._texts.sort(key=lambda each: each[1].top)

    def _gather(self, box: Any, lifted: bool, matrix: Any, holder: int) -> None:
        order = len(self._places)
        style = box.style
        matrix = join(box, matrix)
        kind = type(box).__name__
        self._places[id(box)] = (order, _NOWHERE)
        if kind == "TextBox":
            frame = find_letters(box, matrix)
            self._places[id(box)] = (order, frame)
            if any(map(str.isalnum, box.text)) and style["visibility"] == "visible" and style["color"].alpha > OPAQUE:
                self._texts.append((box, frame, holder))
                self._holders[id(box)] = holder
            return
        if style["position"] in ("absolute", "fixed", "relative"):
            lifted = style["z_index"] == "auto" or style["z_index"] >= 0
        is_picture = kind.endswith("ReplacedBox") or any(image[0] != "none" for image in style["background_image"])
        if not kind.startswith(("Line", "Inline")):
            holder = id(box)
        for child in getattr(box, "children", ()):
            self._gather(resolve_placeholder(child), lifted, matrix, holder)
        if style["visibility"] != "visible" or style["opacity"] <= OPAQUE or not isinstance(box.width, (int, float)):
            return
        if kind.endswith("ReplacedBox"):
            self._places[id(box)] = (order, transform(content_box(box), matrix))
        frame, colour = border_box(box), style["background_color"]
        if is_picture or getattr(colour, "alpha", 0) > OPAQUE:
            self._areas.append(_Area(order, transform(frame, matrix), None if is_picture else colour, lifted))
        borders = list(_list_borders(box, frame)) if lifted else []
        if style["outline_style"] != "none":
            borders += _list_outline(style, frame)
        self._areas += [_Area(order, transform(each, matrix), colour, True, False) for each, colour in borders]

    def find_ground(self, text: Any) -> Any:
        """The colour that a text stands on, which lies over others without a ground of its own; ``None`` on a picture."""
        order, frame = self._places[id(text)]
        x, y = frame.middle
        below = [
            area
            for area in self._areas
            if area.is_ground and area.frame.holds(x, y) and (area.order < order or not area.is_lifted)
        ]
        return max(below, key=lambda area: (area.is_lifted, area.order)).colour if below else self._ground

    def measure_cover(self, box: Any) -> float:
        """How much of a text or a picture something is painted over, of 1. Of a text the middle of its letters counts."""
        order, frame = self._places[id(box)]
        if type(box).__name__ == "TextBox":
            off = 0.3 * frame.height
            frame = Frame(frame.left, frame.top + off, frame.right, frame.bottom - off)
        whole = frame.width * frame.height
        shared = [frame.measure_shared(area.frame) for area in self._lifted if area.order > order]
        return min(1.0, total(shared) / whole) if whole > 0 else 0.0

    def is_overprinted(self, text: Any) -> bool:
        """Whether another text of its paragraph and of about its size is set over most of it, or under it."""
        if (holder := self._holders.get(id(text))) is None:
            return False
        own = self._places[id(text)][1]
        size, (_, middle) = text.style["font_size"], own.middle
        for other, frame, place in self._texts:
            if frame.top > own.bottom:
                break
            if other is text or place != holder or not frame.top < middle < frame.bottom:
                continue
            wide, tall = own.overlap(frame)
            if wide > MOST_OVERPRINTED * min(own.width, frame.width) and wide > THINNEST:
                alike = 0.6 < other.style["font_size"] / size < 1.7
                if alike and tall > MOST_OVERPRINTED * min(own.height, frame.height):
                    return True
        return False


def _list_borders(box: Any, frame: Frame) -> Iterator[tuple[Frame, Any]]:
    """The borders of a box that hide what lies below them, each with its colour."""
    for side, other in (("top", "bottom"), ("right", "left"), ("bottom", "top"), ("left", "right")):
        thick = getattr(box, f"border_{side}_width")
        if not isinstance(thick, (int, float)) or thick < THINNEST:
            continue
        colour = box.style[f"border_{side}_color"]
        if box.style[f"border_{side}_style"] not in ("none", "hidden") and _is_opaque(colour):
            inner = getattr(frame, side) + (thick if side in ("top", "left") else -thick)
            yield frame._replace(**{other: inner}), colour


def _list_outline(style: Any, frame: Frame) -> Iterator[tuple[Frame, Any]]:
    """The outline of a box, if it hides what lies below it: a frame around something is no cover of it."""
    thick = style["outline_width"]
    if thick >= THINNEST and _is_opaque(style["outline_color"]):
        off = thick + style["outline_offset"]
        if min(frame.width, frame.height) + 2 * style["outline_offset"] < 2 * thick:
            yield (
                Frame(frame.left - off, frame.top - off, frame.right + off, frame.bottom + off),
                style["outline_color"],
            )


def join(box: Any, matrix: Any) -> Any:
    """The transforms of all that ``box`` stands in, which are ``matrix``, and its own; ``None`` without any."""
    own = getattr(box, "transformation_matrix", None) if box.style["transform"] else None
    if own is None:
        return matrix
    return own if matrix is None else own @ matrix


def transform(frame: Frame, matrix: Any) -> Frame:
    """The upright frame around one that ``matrix`` has moved, turned or scaled."""
    if matrix is None:
        return frame
    corners = [matrix.transform_point(x, y) for x in (frame.left, frame.right) for y in (frame.top, frame.bottom)]
    across, down = zip(*corners, strict=True)
    return Frame(min(across), min(down), max(across), max(down))


def find_letters(text: Any, matrix: Any) -> Frame:
    """The frame of a text, under the transforms that are ``matrix``.

    A text lies below the top of its box by half of its leading, which is negative where lines are set closer than the type
    is high: of ``line-height: 0``, as CSS has it for sub and superscripts, by half of the type's height.
    """
    left, top = text.position_x, text.position_y + text.margin_top
    return transform(Frame(left, top, left + text.width, top + text.height), matrix)


def _is_opaque(colour: Any) -> bool:
    return bool(getattr(colour, "alpha", 1) > OPAQUE)
