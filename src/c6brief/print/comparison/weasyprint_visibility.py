"""Whether letters and drawings can be seen: what clips, hides, fades, turns and covers them.

- Why: WeasyPrint's interface tells nothing of what a style sheet hides.
- Uses: of boxes what :class:`~c6brief.print.weasyprint_document.LayoutBox` names and their computed styles.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``tests/print/test_comparison.py`` and ``tests/print/test_own_words_and_places.py``.
- Upstream: Kozea/WeasyPrint #265 says that boxes are an implementation detail; nothing public is planned.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any

from c6brief.print.comparison.weasyprint_painted import MOST_COVERED, Painted, find_letters, join, transform
from c6brief.print.preflight.content import Frame
from c6brief.print.preflight.weasyprint_boxes import border_box, content_box

SMALLEST = 1.0
"""CSS pixels: smaller type cannot be read."""

MOST_HIDDEN = 0.9
"""Of 1: letters of which more is covered cannot be seen at all."""

FAINTEST = 0.1
"""Of 1: letters that are less opaque cannot be read."""

TIGHTEST_LETTERS, TIGHTEST_WORDS = -0.15, -0.35
"""Of the type size: what letters, and words, may be set closer by, and still be read."""

LEAST_CONTRAST = 0.04
"""Of 1, in red, green and blue: letters that differ less from their ground cannot be read."""


@dataclass(frozen=True, slots=True)
class BoxSurroundings:
    """What a box stands in."""

    page: int
    frame: Frame
    """What of the page can be seen there."""
    opacity: float = 1.0
    ground: Any = None
    running: bool = False
    matrix: Any = None
    """The transforms of what stands there; ``None`` without any."""
    painted: Painted | None = None
    """What the page paints, where that may lie below a text, or over it."""


def enter(box: Any, around: BoxSurroundings) -> BoxSurroundings:
    """What stands in ``box``, which stands in ``around``."""
    style = box.style
    changes: dict[str, Any] = {}
    matrix = around.matrix
    if style["transform"]:
        changes["matrix"] = matrix = join(box, matrix)
    if style["opacity"] != 1:
        changes["opacity"] = around.opacity * style["opacity"]
    if getattr(style["background_color"], "alpha", 0) > 0.5:
        changes["ground"] = style["background_color"]
    elif style["position"] in ("absolute", "fixed") or any(image[0] != "none" for image in style["background_image"]):
        changes["ground"] = None  # a picture, or whatever lies below
    if style["overflow"] != "visible" and not around.running and isinstance(getattr(box, "height", None), float):
        changes["frame"] = _narrow(around.frame, transform(content_box(box), matrix))
    if style["clip"] and style["position"] in ("absolute", "fixed"):
        changes["frame"] = _narrow(changes.get("frame", around.frame), transform(_find_clip(box), matrix))
    return replace(around, **changes) if changes else around


def can_be_seen(box: Any, around: BoxSurroundings) -> bool:
    """Whether a reader can see the letters of a text."""
    style = box.style
    colour = style["color"]
    if style["visibility"] != "visible" or style["font_size"] < SMALLEST:
        return False
    if around.opacity * colour.alpha < FAINTEST:
        return False
    if is_struck(box) or is_heaped(box):
        return True
    ground = around.ground
    if around.painted is not None and not around.running:
        if around.painted.measure_cover(box) > MOST_HIDDEN:
            return False
        if around.painted.is_overprinted(box):
            return False
        ground = around.painted.find_ground(box) if ground is None else ground
    if ground is not None and _is_alike(colour, ground):
        return False
    if around.running:
        return True
    if not _is_legible(around.matrix, style):
        return False
    letters = find_letters(box, around.matrix)
    wide, tall = around.frame.overlap(letters)
    return bool(wide >= letters.width / 2 and tall >= letters.height / 2)


def is_struck(box: Any) -> bool:
    """Whether the letters of a text are struck out."""
    return "line-through" in box.style["text_decoration_line"]


def is_heaped(box: Any) -> bool:
    """Whether the letters or words of a text are heaped upon one another."""
    style = box.style
    letters, words = style["letter_spacing"], style["word_spacing"]
    size = style["font_size"]
    return bool((letters != "normal" and letters < TIGHTEST_LETTERS * size) or words < TIGHTEST_WORDS * size)


def _narrow(frame: Frame, other: Frame) -> Frame:
    """What of ``frame`` lies within the other one, and a pixel around that."""
    return frame.within(Frame(other.left - 1, other.top - 1, other.right + 1, other.bottom + 1))


def _find_clip(box: Any) -> Frame:
    """What ``clip: rect(…)`` of CSS leaves of a box."""
    whole = border_box(box)
    ends = (0.0, whole.width, whole.height, 0.0)
    top, right, bottom, left = (
        end if each == "auto" else float(each) for each, end in zip(box.style["clip"], ends, strict=True)
    )
    return Frame(whole.left + left, whole.top + top, whole.left + right, whole.top + bottom)


def _is_legible(matrix: Any, style: Any) -> bool:
    """Whether letters under a transform can be read: neither mirrored nor upside down, nor too small."""
    if matrix is None:
        return True
    a, b, c, d, *_ = matrix.values
    if a * d - b * c <= 0 or (a < -abs(b) and d < -abs(c)):
        return False
    return bool(min(math.hypot(a, b), math.hypot(c, d)) * style["font_size"] >= SMALLEST)


def is_upright(matrix: Any) -> bool:
    """Whether a transform leaves a drawing as it was, but for its place and size."""
    if matrix is None:
        return True
    a, b, c, d, *_ = matrix.values
    return bool(a > 0 and d > 0 and abs(a - d) < 0.05 * a and max(abs(b), abs(c)) < 0.05 * a)


def measure_seen(drawing: Frame, frame: Frame) -> float:
    """How much of a drawing lies within a frame, of 1."""
    whole = drawing.width * drawing.height
    return drawing.measure_shared(frame) / whole if whole > 0 else 0.0


def is_cut(box: Any) -> bool:
    """Whether a drawing is larger than its box, which shows a part of it."""
    sizes = [float(value) for value in re.split(r"[\s,]+", (box.element.get("viewBox") or "").strip()) if value]
    if box.style["object_fit"] not in ("cover", "none") or len(sizes) != 4 or not (sizes[3] and box.height):
        return False
    return bool(abs(sizes[2] / sizes[3] * box.height / box.width - 1) > MOST_COVERED)


def _is_alike(colour: Any, ground: Any) -> bool:
    """Whether letters of a colour cannot be told from their ground."""
    both = zip(colour.to("srgb").coordinates, ground.to("srgb").coordinates, strict=True)
    return all(abs(one - other) < LEAST_CONTRAST for one, other in both)
