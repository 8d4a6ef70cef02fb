"""Prose below figures stands at the height of the lines on the facing page.

Prose, and headings with the white around them, take half lines, so lines stand on a grid of half lines from the top of
the text. Figures, tables, callouts and the cover have any height. CSS has a remedy, ``block-step`` (CSS Rhythmic
Sizing), which WeasyPrint does not know: so what follows such a block is moved onto the grid when its page is made, up
by less than half a line, or back down. Nothing goes to another page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from statistics import median_low

from c6brief.print.mending.figures import PROSE
from c6brief.print.mending.notes import shorten_page
from c6brief.print.weasyprint_document import LayoutBox, PageBox, get_classes, is_line, is_plain_block

WHITE = 8.0
"""CSS pixels (6 pt) that stay between a block and what is moved up to it, at least."""

ON_GRID = frozenset({PROSE, "on-grid"})
"""Classes of what stands on the grid, which is half a line of its own: running text, and whatever a template says."""

CLOSE = 0.05
"""CSS pixels that count as none."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def set_on_grid(pages: Sequence[PageBox]) -> list[bool]:
    """Move what stands below figures and the like onto the grid. For each page, whether it has changed.

    A page that lacks notes is left as it is, since it is to be made once more. What is on the grid is not moved again.
    """
    tops = Counter(round(page.content_box_y(), 2) for page in pages)
    top = tops.most_common(1)[0][0]  # the first page often has none of its own, below a cover
    return [
        shorten_page(page, number) is None and _set_below(page.children[0], top) for number, page in enumerate(pages, 1)
    ]


def _set_below(root: LayoutBox, top: float) -> bool:
    """Move what is off the grid that begins at ``top``, from the first to the last. Whether anything was moved."""
    lifted = 0.0
    for path in list(_find_stretches(root, [])):
        lines = list(_find_lines(path[-1]))
        if not lines:
            continue
        step = median_low([line.height for line in lines]) / 2
        over = (lines[0].position_y - top) % step
        if min(over, step - over) <= CLOSE:
            continue
        lift = over - step if step - over <= min(over, lifted) else over
        path, white = _find_first_to_move(path)
        if white - lift >= WHITE:
            _move(path, -lift)
            lifted += lift
    return lifted > 0


def _find_stretches(box: LayoutBox, path: list[LayoutBox]) -> Iterator[list[LayoutBox]]:
    """What stands on the grid below ``box``, each with the boxes around it: the first text of each running text, and
    what follows a heading in it, as lines may have been set closer than the white around headings was made for. The
    white between paragraphs is the template's own.
    """
    path = [*path, box]
    if not ON_GRID.isdisjoint(get_classes(box)):
        before: LayoutBox | None = None
        for child in _flow(box):
            if (before is None or _is_heading(before)) and not _is_heading(child):
                yield path if is_line(child) else [*path, child]
            before = child
    elif is_plain_block(box):
        for child in _flow(box):
            yield from _find_stretches(child, path)


def _is_heading(box: LayoutBox) -> bool:
    return box.element_tag in HEADINGS


def _flow(box: LayoutBox) -> list[LayoutBox]:
    """The children of ``box`` that are neither positioned nor floats."""
    return [child for child in box.children if child.is_in_normal_flow()]


def _find_lines(box: LayoutBox) -> Iterator[LayoutBox]:
    """The lines of text below ``box``."""
    for child in _flow(box):
        if is_line(child):
            yield child
        else:
            yield from _find_lines(child)


def _find_first_to_move(path: list[LayoutBox]) -> tuple[list[LayoutBox], float]:
    """The way to the first box that is to be moved along with the one at the end of ``path``, its headings, and the
    white above it. At the top of a page headings stay, as the top of the text is where they belong.
    """
    at = path
    while len(at) > 1:
        before = _before(*at[-2:])
        while before and _is_heading(before[-1]):
            at = [*at[:-1], before.pop()]
        if before:
            return at, _top(at[-1]) - _bottom(before[-1])
        at = at[:-1]
    before = _before(*path[-2:])
    return path, _top(path[-1]) - _bottom(before[-1]) if before else 0.0


def _before(parent: LayoutBox, child: LayoutBox) -> list[LayoutBox]:
    """The children of ``parent`` in the flow that stand before ``child``."""
    return list(takewhile(lambda each: each is not child, _flow(parent)))


def _top(box: LayoutBox) -> float:
    """Where the first line, drawing or rule of ``box`` begins."""
    if is_line(box):
        return box.position_y
    if not (children := _flow(box)) or box.border_top_width:
        return box.border_box_y()
    return min(_top(child) for child in children)


def _bottom(box: LayoutBox) -> float:
    """Where the last line, drawing or rule of ``box`` ends."""
    if is_line(box):
        return box.position_y + box.height
    if not (children := _flow(box)) or box.border_bottom_width:
        return box.border_box_y() + box.border_height()
    return max(_bottom(child) for child in children)


def _move(path: list[LayoutBox], down: float) -> None:
    """Move the box at the end of ``path`` by CSS pixels, with what is positioned right before it, and all after it."""
    first = True
    for parent, child in zip(path[-2::-1], path[:0:-1], strict=True):
        at = next(number for number, each in enumerate(parent.children) if each is child)
        if first:
            while at and not parent.children[at - 1].is_in_normal_flow():
                at -= 1
        else:
            at += 1
        for each in parent.children[at:]:
            each.translate(dy=down)
        parent.height += down
        first = False
