"""What a page paints below its texts and over them: grounds, pictures, and boxes that are moved by transforms.

- Why: WeasyPrint's interface tells nothing of colours and of what lies over what.
- Uses: of boxes what :class:`~c6brief.print.weasyprint_document.LayoutBox` names and their computed styles, among them
  ``transform`` as WeasyPrint computes it; that the names of the classes of images end in ``ReplacedBox``.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``tests/print/test_comparison.py``.
- Upstream: Kozea/WeasyPrint #265 says that boxes are an implementation detail; nothing public is planned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from c6brief.print.weasyprint_document import resolve_placeholder

OPAQUE = 0.5
"""Of 1: a ground of which less shows through is what its text stands on, or what hides a text below it."""


@dataclass(frozen=True, slots=True)
class _Area:
    order: int
    """How many boxes of the page come before it."""
    last: int
    """The order of the last box within it."""
    sides: tuple[float, float, float, float]
    colour: Any
    """``None`` for a picture."""
    is_lifted: bool
    """Whether it lies over texts that come before it."""

    def holds(self, x: float, y: float) -> bool:
        left, top, right, bottom = self.sides
        return left <= x <= right and top <= y <= bottom


class Painted:
    """The painted areas of a page, in the order of its boxes."""

    def __init__(self, page: Any, ground: Any) -> None:
        self._ground = ground
        self._areas: list[_Area] = []
        self._orders: dict[int, int] = {}
        for child in page.children:
            self._gather(resolve_placeholder(child), False)

    def _gather(self, box: Any, lifted: bool) -> None:
        order = self._orders[id(box)] = len(self._orders)
        style = box.style
        if style["position"] in ("absolute", "fixed", "relative"):
            lifted = style["z_index"] == "auto" or style["z_index"] >= 0
        colour = style["background_color"]
        is_picture = type(box).__name__.endswith("ReplacedBox")
        for child in getattr(box, "children", ()):
            self._gather(resolve_placeholder(child), lifted)
        if not is_picture and getattr(colour, "alpha", 0) <= OPAQUE:
            return
        if style["visibility"] != "visible" or style["opacity"] <= OPAQUE or not isinstance(box.width, (int, float)):
            return
        left, top = box.border_box_x(), box.border_box_y()
        sides = left, top, left + box.border_width(), top + box.border_height()
        area = _Area(order, len(self._orders) - 1, sides, None if is_picture else colour, lifted)
        self._areas.append(area)

    def find_ground(self, text: Any) -> Any:
        """The colour that a text stands on, which lies over others without a ground of its own; ``None`` on a picture."""
        order, x, y = self._place(text)
        below = [area for area in self._areas if area.holds(x, y) and (area.order < order or not area.is_lifted)]
        return max(below, key=lambda area: (area.is_lifted, area.order)).colour if below else self._ground

    def is_covered(self, text: Any) -> bool:
        """Whether something is painted over a text."""
        order, x, y = self._place(text)
        return any(area.is_lifted and area.order > order and area.holds(x, y) for area in self._areas)

    def _place(self, text: Any) -> tuple[int, float, float]:
        """The order of a text, and its middle."""
        return self._orders[id(text)], text.position_x + text.width / 2, text.position_y + text.height / 2


def measure_shift(box: Any) -> tuple[float, float]:
    """How far the transforms of ``box`` move it, to the right and down. Turned and scaled boxes stay about where they are."""
    right = down = 0.0
    for name, values in box.style["transform"]:
        if name == "translate":
            x, y = values
            right += _in_pixels(x, box.border_width)
            down += _in_pixels(y, box.border_height)
    return right, down


def _in_pixels(length: Any, measure: Any) -> float:
    if getattr(length, "unit", "px") == "%":
        return float(length.value / 100 * measure())
    return float(getattr(length, "value", length))
