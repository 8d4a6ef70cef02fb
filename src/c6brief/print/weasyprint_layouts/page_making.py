"""Pages, made one after the other as WeasyPrint makes them, or taken over from the layout before.

What a page looks like rests on the boxes that layout looked at while it made it, on the styles of its page type, and on
what the page before it left: where to go on, counters, and notes and floats that had no room. Where all of these are
the same as in a layout before, so is the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from weasyprint import CSS
from weasyprint.css import PAGE_MARGIN_BOXES
from weasyprint.layout import initialize_page_maker
from weasyprint.layout.page import remake_page

from c6brief.print.weasyprint_layouts.box_trees import BoxTree, TreeDifference, compare_trees
from c6brief.print.weasyprint_layouts.callbacks import AdjustPage
from c6brief.print.weasyprint_layouts.page_records import LayoutRecord, PageRecord, PageStart, PreviousLayout
from c6brief.print.weasyprint_layouts.style_cache import StyleCache

NOTHING = ("normal", "none", (("element()", ("note", "all-once")),))
"""What ``@note-area`` may hold: nothing, or what WeasyPrint's own style sheet puts there, running notes."""

MOST_REMADE = 8
"""How often a page is made once more, at most: rules may have no effect, as others weigh more."""


class UnsupportedDocument(Exception):
    """A document whose pages rest on more than is looked at here: it can only be laid out as a whole."""


class PageSizeChanged(Exception):
    """The first page has another size, so that lengths which were computed with its former one are wrong."""


class PageMaker:
    """Makes the pages of the box tree ``root``, and takes those over that are still right of the layouts ``before``."""

    def __init__(
        self,
        context: Any,
        root: Any,
        html: Any,
        styles: StyleCache,
        before: Sequence[LayoutRecord],
        adjust: AdjustPage[Any] | None,
        page_rules: list[Any],
        lasting: bool,
    ) -> None:
        """``page_rules`` are those of the user's style sheet: what ``adjust`` gives is added. Pages of the layouts
        before are let go as they are passed by, unless ``lasting``. Raises :class:`UnsupportedDocument`.
        """
        self._context, self._root, self._html, self._styles = context, root, html, styles
        self._tree = BoxTree(root, styles)
        self._adjust, self._page_rules = adjust, page_rules
        self._notes = {note.element: note for note in context.footnotes}
        if (
            context.target_collector.counter_lookup_items
            or styles.running
            or len(self._notes) != len(context.footnotes)
        ):
            raise UnsupportedDocument
        self._waiting = set(self._notes)
        """The elements of the footnotes that no page has taken yet."""
        context.styles = styles
        context.notes = {note: context.heights.number(signatures) for note, signatures in self._tree.notes().items()}
        context.rendered_notes = []
        initialize_page_maker(context, root)
        self._known_styles: dict[Any, tuple[int, ...]] = {}
        self._sizes = [each.sizes for each in before]
        self._previous = [
            PreviousLayout(each, self._find_valid(each.records, difference), set(each.notes), lasting)
            for each in before
            if (difference := compare_trees(each.outline, self._tree.outline)) is not None
        ]

    def make_pages(self) -> LayoutRecord:
        """Make or take over every page; raises :class:`UnsupportedDocument` and :class:`PageSizeChanged`."""
        records: list[PageRecord] = []
        source: PreviousLayout | None = None
        while not records or not records[-1].last:
            at = len(records)
            start = records[-1].next_start if records else self._read_start(first=True)
            previous = self._find_source(at, start, source)
            record = previous.record(at) if previous is not None else None
            if previous is not None and record is not None:
                records.append(self._take_over(at, record, previous))
            else:
                if source is not None:
                    self._context.footnotes[:] = [self._notes[each] for each in self._notes if each in self._waiting]
                records.append(self._make(at, start))
                if not at and self._has_other_sizes():
                    raise PageSizeChanged
            source = previous
            for each in self._previous:
                each.pass_by(at)
        for entry in self._context.page_maker:
            entry[3][1]["pages"] = [len(records)]
            if entry[-1]["content_changed"] or entry[-1]["pages_wanted"]:
                raise UnsupportedDocument
        return LayoutRecord(self._tree.outline, records, dict(self._styles.sizes), frozenset(self._notes))

    def _find_valid(self, records: list[PageRecord], difference: TreeDifference) -> list[PageRecord | None]:
        """The ``records`` of a layout before as they are in this tree; ``None`` for pages that are no longer right."""
        valid: list[PageRecord | None] = []
        for each in records:
            right = not difference.touches(each.start.box, each.reach)
            right = right and self._number_styles_with(each.adjustments, each.box.page_type) == each.styles
            valid.append(each.moved(difference) if right else None)
        for at in range(len(records) - 1, 0, -1):
            if valid[at] is None and not records[at].start.clean:
                valid[at - 1] = None  # what one page leaves over is given to the next in the same layout
        return valid

    def _find_source(self, at: int, start: PageStart, last: PreviousLayout | None) -> PreviousLayout | None:
        """The layout whose page ``at`` can be taken over: the ``last`` one that a page was taken from, or another."""
        if last is not None and last.record(at) is not None:
            return last
        return next((each for each in self._previous if self._begins_as_in(each, at, start)), None)

    def _begins_as_in(self, previous: PreviousLayout, at: int, start: PageStart) -> bool:
        """Whether page ``at`` of a ``previous`` layout is still right and begins at ``start``."""
        record = previous.record(at)
        return (
            record is not None
            and start.clean
            and record.start.clean
            and start.begins_as(record.start)
            and self._waiting == previous.waiting
        )

    def _has_other_sizes(self) -> bool:
        """Whether the first page has another size than before, and lengths are relative to it."""
        sizes = self._styles.sizes
        return sizes.used and any(dict(sizes) != each for each in self._sizes)

    def _take_over(self, at: int, record: PageRecord, previous: PreviousLayout) -> PageRecord:
        """Page ``at`` with the ``record`` that it has in the ``previous`` layout."""
        if at == 0:
            self._styles.sizes.update(previous.layout.sizes)
        self._waiting = (self._waiting - record.notes_taken) | record.notes_returned
        start = replace(record.next_start, state=deepcopy(record.next_start.state))
        start.state[1]["pages"] = [0]
        resume_at = None if start.ended else self._tree.resume_at(start.box, start.inside)
        remake = {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}
        self._context.page_maker.append((resume_at, start.next_page, start.right, start.state, remake))
        return replace(record, next_start=start)

    def _make(self, at: int, start: PageStart) -> PageRecord:
        """Page ``at``, made anew."""
        context = self._context
        context.page_maker[at][-1].update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
        waiting = self._waiting
        page, adjustments = self._make_adjusted(at, start)
        self._waiting = {note.element for note in context.footnotes}
        context.page_maker[at + 1][-1]["content_changed"] = False  # only says that it is new
        next_start = self._read_start()
        reach = len(self._tree.boxes) if next_start.ended else max(self._tree.reach(), next_start.box + 1)
        if not next_start.ended and not self._tree.is_plain(next_start.box, reach):
            next_start = replace(next_start, clean=False)
        labels, strings = _read_labels_and_strings(page)
        page.children[1].page = None  # an area of notes knows its page, which would keep both from being freed
        return PageRecord(
            box=page,
            start=start,
            next_start=next_start,
            reach=reach,
            styles=self._number_styles(page.page_type),
            notes_taken=frozenset(waiting - self._waiting),
            notes_returned=frozenset(self._waiting - waiting),
            labels=labels,
            strings=strings,
            adjustments=adjustments,
        )

    def _make_adjusted(self, at: int, start: PageStart) -> tuple[Any, tuple[Any, ...]]:
        """WeasyPrint's page box, adjusted, and what that took."""
        context, adjustments = self._context, []
        footnotes, noted, broken = list(context.footnotes), list(context.reported_footnotes), context.broken_out_of_flow
        page, _ = remake_page(at, context, self._root, self._html)
        for _ in range(MOST_REMADE):
            if self._adjust is None or not self._may_be_remade(at, start):
                break
            adjustment = self._adjust(page, at + 1)
            if adjustment is None:
                break
            adjustments.append(adjustment)
            self._page_rules += _parse_rules([adjustment])
            context.footnotes[:], context.reported_footnotes, context.broken_out_of_flow = footnotes, noted, broken
            del context.page_maker[at + 1 :]
            page, _ = remake_page(at, context, self._root, self._html)
        return page, tuple(adjustments)

    def _may_be_remade(self, at: int, start: PageStart) -> bool:
        """Whether the page that was just made leaves nothing behind that would tell if it is made once more."""
        if not start.clean or (at == 0 and self._styles.sizes.used):
            return False
        resume_at = self._context.page_maker[at + 1][0]
        return self._tree.is_plain(start.box, len(self._tree.boxes) if resume_at is None else self._tree.reach())

    def _read_start(self, first: bool = False) -> PageStart:
        """Where the next page begins, as WeasyPrint has noted it."""
        context = self._context
        resume_at, next_page, right, state, _ = context.page_maker[-1]
        found = self._tree.start(resume_at)
        if found is None:
            raise UnsupportedDocument
        ended = resume_at is None and not first
        if ended and not context.reported_footnotes:
            context.broken_out_of_flow.clear()  # as WeasyPrint does: what did not fit on the last page is lost
        clean = not (context.reported_footnotes or context.broken_out_of_flow)
        return PageStart(*found, ended, clean, next_page, right, state)

    def _number_styles_with(self, adjustments: tuple[Any, ...], page_type: Any) -> tuple[int, ...]:
        """The numbers of the styles of a page with its ``adjustments``."""
        key = page_type, tuple(each.css for each in adjustments)
        if key not in self._known_styles:
            self._page_rules += (added := _parse_rules(adjustments))
            self._context.style_for.add_page_declarations(page_type)
            del self._page_rules[len(self._page_rules) - len(added) :]
            self._known_styles[key] = self._number_styles(page_type)
        return self._known_styles[key]

    def _number_styles(self, page_type: Any) -> tuple[int, ...]:
        """The numbers of the styles of a page and its margins."""
        computed = self._context.style_for.get_computed_styles()
        note_area = computed.get((page_type, "@note-area"))
        if note_area is not None and note_area["content"] not in NOTHING:
            raise UnsupportedDocument
        names = (None, *(f"@{name}" for name in sorted(PAGE_MARGIN_BOXES)))
        return tuple(self._styles.number(computed.get((page_type, name))) for name in names)


def _parse_rules(adjustments: Iterable[Any]) -> list[Any]:
    """Rules of ``@page`` as WeasyPrint has them in a style sheet."""
    return [rule for each in adjustments for rule in CSS(string=each.css).page_rules]


def _read_labels_and_strings(page: Any) -> tuple[list[tuple[Any, str]], list[tuple[str, str]]]:
    """The labels of bookmarks and the named strings of a page, in order."""
    labels, strings = [], []
    for box in page.descendants():
        if box.bookmark_label:
            labels.append((box, box.bookmark_label))
        if box.string_set and box.string_set != "none":
            strings += box.string_set
    return labels, strings
