"""What a page is given when all pages are known: running lines, bookmarks, fixed boxes and backgrounds."""

from __future__ import annotations

from typing import Any

from weasyprint.document import Page
from weasyprint.layout import layout_backgrounds, layout_fixed_boxes, make_margin_boxes

from c6brief.print.weasyprint_layouts.callbacks import AlignPages
from c6brief.print.weasyprint_layouts.page_making import UnsupportedDocument
from c6brief.print.weasyprint_layouts.page_records import PageRecord


def finish_pages(context: Any, records: list[PageRecord], align: AlignPages | None) -> list[Any]:
    """WeasyPrint's ``Page`` for each page, aligned. A page that was finished with the same is not finished again.

    Raises :class:`UnsupportedDocument` where a page that another document holds would have to be changed.
    """
    _set_bookmarks(records)
    for each, changed in zip(records, align([each.box for each in records]) if align else (), strict=align is not None):
        if changed:
            each.finished = None
    context.page_bottom = 0.0  # asked for, though nothing is broken here
    for number, each in enumerate(records, 1):
        for name, text in each.strings:
            context.string_set[name][number].append(text)
    fixed = any(each.box.fixed_boxes for each in records)
    running: dict[str, str] = {}
    pages = []
    for at, each in enumerate(records):
        _, counters, _, _ = context.page_maker[at + 1][3]
        wanted = None if fixed else (dict(counters), dict(running), each.strings)
        finished = each.finished
        if finished is None or wanted is None or finished[0] != wanted:
            finished = each.finished = (wanted, _finish(context, records, at))
        running.update(each.strings)
        pages.append(finished[1])
    return pages


def _set_bookmarks(records: list[PageRecord]) -> None:
    """Leave each element's bookmark at the first of its boxes."""
    seen = set()
    for each in records:
        for box, label in each.labels:
            kind = next((kind for kind in ("::before", "::after") if box.element_tag.endswith(kind)), "")
            wanted = "" if (box.element, kind) in seen else label
            seen.add((box.element, kind))
            if box.bookmark_label != wanted:
                if each.finished is not None:
                    raise UnsupportedDocument
                box.bookmark_label = wanted


def _finish(context: Any, records: list[PageRecord], at: int) -> Any:
    """The rest of WeasyPrint's ``layout_document``, on a copy of the page: the page itself may be taken over."""
    boxes = [each.box for each in records]
    page = boxes[at].copy()
    root, *areas = page.children
    root = root.copy()
    root.children = [
        *layout_fixed_boxes(context, boxes[:at], page),
        *root.children,
        *layout_fixed_boxes(context, boxes[at + 1 :], page),
    ]
    context.current_page = at + 1
    page.children = [root, *(area for area in areas if area.children)]
    page.children = (*page.children, *make_margin_boxes(context, page, context.page_maker[at + 1][3]))
    layout_backgrounds(page, context.get_image_from_uri)
    return Page(page)
