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

from dataclasses import dataclass
from typing import Any

from c6brief.documents.addition import total
from c6brief.print.weasyprint_document import resolve_placeholder

OPAQUE = 0.5
"""Of 1: a ground of which less shows through is what its text stands on, or what hides a text below it."""

THINNEST = 3.0
"""CSS pixels: what is thinner hides no letter."""

MOST_COVERED = 0.02
"""Of a drawing's area, that something may lie over."""

MOST_OVERPRINTED = 0.6
"""Of a text's width, that another text of about its size may lie over."""

Sides = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class _Area:
    order: int
    """How many boxes of the page come before it."""
    sides: Sides
    colour: Any
    """``None`` for a picture."""
    is_lifted: bool
    """Whether it lies over texts that come before it."""
    is_ground: bool = True
    """Whether texts may stand on it; on borders they do not."""

    def holds(self, x: float, y: float) -> bool:
        left, top, right, bottom = self.sides
        return left <= x <= right and top <= y <= bottom


class Painted:
    """The painted areas of a page, in the order of its boxes."""

    def __init__(self, page: Any, ground: Any) -> None:
        self._ground = ground
        self._areas: list[_Area] = []
        self._places: dict[int, tuple[int, Sides]] = {}
        self._texts: list[tuple[Any, Sides, int]] = []
        self._holders: dict[int, int] = {}
        for child in page.children:
            if type(child).__name__ != "MarginBox":
                self._gather(resolve_placeholder(child), False, None, 0)
        self._lifted = [area for area in self._areas if area.is_lifted]
        self._texts.sort(key=lambda each: each[1][1])

    def _gather(self, box: Any, lifted: bool, matrix: Any, holder: int) -> None:
        order = len(self._places)
        style = box.style
        matrix = join(box, matrix)
        kind = type(box).__name__
        self._places[id(box)] = (order, (0, 0, 0, 0))
        if kind == "TextBox":
            sides = find_sides(matrix, box.position_x, box.position_y, box.width, box.height)
            self._places[id(box)] = (order, sides)
            if any(map(str.isalnum, box.text)) and style["visibility"] == "visible" and style["color"].alpha > OPAQUE:
                self._texts.append((box, sides, holder))
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
        left, top, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
        if kind.endswith("ReplacedBox"):
            sides = find_sides(matrix, box.content_box_x(), box.content_box_y(), box.width, box.height)
            self._places[id(box)] = (order, sides)
        colour = style["background_color"]
        if is_picture or getattr(colour, "alpha", 0) > OPAQUE:
            sides = find_sides(matrix, left, top, width, height)
            self._areas.append(_Area(order, sides, None if is_picture else colour, lifted))
        if lifted:
            self._gather_border(box, order, matrix, (left, top, width, height))
        thick = style["outline_width"]
        if style["outline_style"] != "none" and thick >= THINNEST and _is_opaque(style["outline_color"]):
            off = thick + style["outline_offset"]
            sides = find_sides(matrix, left - off, top - off, width + 2 * off, height + 2 * off)
            inner = min(width, height) + 2 * style["outline_offset"]
            if inner < 2 * thick:  # a frame around something is no cover of it
                self._areas.append(_Area(order, sides, style["outline_color"], True, False))

    def _gather_border(self, box: Any, order: int, matrix: Any, place: Sides) -> None:
        left, top, width, height = place
        for side in ("top", "right", "bottom", "left"):
            thick = getattr(box, f"border_{side}_width")
            if not isinstance(thick, (int, float)) or thick < THINNEST:
                continue
            if box.style[f"border_{side}_style"] in ("none", "hidden") or not _is_opaque(
                box.style[f"border_{side}_color"]
            ):
                continue
            x = left + width - thick if side == "right" else left
            y = top + height - thick if side == "bottom" else top
            wide, tall = (width, thick) if side in ("top", "bottom") else (thick, height)
            colour = box.style[f"border_{side}_color"]
            self._areas.append(_Area(order, find_sides(matrix, x, y, wide, tall), colour, True, False))

    def find_ground(self, text: Any) -> Any:
        """The colour that a text stands on, which lies over others without a ground of its own; ``None`` on a picture."""
        order, (left, top, right, bottom) = self._places[id(text)]
        x, y = (left + right) / 2, (top + bottom) / 2
        below = [
            area
            for area in self._areas
            if area.is_ground and area.holds(x, y) and (area.order < order or not area.is_lifted)
        ]
        return max(below, key=lambda area: (area.is_lifted, area.order)).colour if below else self._ground

    def measure_cover(self, box: Any) -> float:
        """How much of a text or a picture something is painted over, of 1. Of a text the middle of its letters counts."""
        order, sides = self._places[id(box)]
        if type(box).__name__ == "TextBox":
            sides = _cut_to_letters(sides)
        whole = (sides[2] - sides[0]) * (sides[3] - sides[1])
        shared = [_share(area.sides, sides) for area in self._lifted if area.order > order]
        return min(1.0, total(shared) / whole) if whole > 0 else 0.0

    def is_overprinted(self, text: Any) -> bool:
        """Whether another text of its paragraph and of about its size is set over most of it, or under it."""
        if (holder := self._holders.get(id(text))) is None:
            return False
        left, top, right, bottom = self._places[id(text)][1]
        size, middle = text.style["font_size"], (top + bottom) / 2
        for other, sides, place in self._texts:
            if sides[1] > bottom:
                break
            if other is text or place != holder or not sides[1] < middle < sides[3]:
                continue
            wide = min(right, sides[2]) - max(left, sides[0])
            if wide > MOST_OVERPRINTED * min(right - left, sides[2] - sides[0]) and wide > THINNEST:
                tall = min(bottom, sides[3]) - max(top, sides[1])
                alike = 0.6 < other.style["font_size"] / size < 1.7
                if alike and tall > MOST_OVERPRINTED * min(bottom - top, sides[3] - sides[1]):
                    return True
        return False


def join(box: Any, matrix: Any) -> Any:
    """The transforms of all that ``box`` stands in, which are ``matrix``, and its own; ``None`` without any."""
    own = getattr(box, "transformation_matrix", None) if box.style["transform"] else None
    if own is None:
        return matrix
    return own if matrix is None else own @ matrix


def find_sides(matrix: Any, left: float, top: float, width: float, height: float) -> Sides:
    """The sides of the upright rectangle around one that ``matrix`` has moved, turned or scaled."""
    if matrix is None:
        return left, top, left + width, top + height
    corners = [matrix.transform_point(x, y) for x in (left, left + width) for y in (top, top + height)]
    return (
        min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners),
    )  # fmt: skip


def _is_opaque(colour: Any) -> bool:
    return bool(getattr(colour, "alpha", 1) > OPAQUE)


def _cut_to_letters(sides: Sides) -> Sides:
    left, top, right, bottom = sides
    tall = bottom - top
    return left, top + 0.3 * tall, right, bottom - 0.3 * tall


def _share(area: Sides, sides: Sides) -> float:
    wide = min(area[2], sides[2]) - max(area[0], sides[0])
    tall = min(area[3], sides[3]) - max(area[1], sides[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0
