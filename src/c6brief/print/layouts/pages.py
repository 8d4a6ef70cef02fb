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

from c6brief.print.layouts import Settle
from c6brief.print.layouts.page_records import Layout, PageRecord, PageStart, PreviousLayout
from c6brief.print.layouts.style_cache import StyleCache
from c6brief.print.layouts.trees import Difference, Tree, difference

NOTHING = ("normal", "none", (("element()", ("note", "all-once")),))
"""What ``@note-area`` may hold: nothing, or what WeasyPrint's own style sheet puts there, running notes."""

ROUNDS = 8
"""How often a page is made once more, at most: rules may have no effect, as others weigh more."""


class Unlike(Exception):
    """A document whose pages rest on more than is looked at here: it can only be laid out as a whole."""


class Resized(Exception):
    """The first page has another size, so that lengths which were computed with its former one are wrong."""


class Maker:
    """Makes the pages of the box tree ``root``, and takes those over that are still right of the layouts ``before``."""

    def __init__(
        self,
        context: Any,
        root: Any,
        html: Any,
        styles: StyleCache,
        before: Sequence[Layout],
        settle: Settle[Any] | None,
        page_rules: list[Any],
        lasting: bool,
    ) -> None:
        """``page_rules`` are those of the user's style sheet: what ``settle`` says is added. Pages of the layouts before that
        are not ``lasting`` go as they are passed by. Raises :class:`Unlike`.
        """
        self._context, self._root, self._html, self._styles = context, root, html, styles
        self._tree = Tree(root, styles)
        self._settle, self._page_rules = settle, page_rules
        self._notes = {note.element: note for note in context.footnotes}
        if (
            context.target_collector.counter_lookup_items
            or styles.running
            or len(self._notes) != len(context.footnotes)
        ):
            raise Unlike
        self._waiting = set(self._notes)
        """The elements of the footnotes that no page has taken yet."""
        context.styles = styles
        context.notes = {note: context.heights.number(prints) for note, prints in self._tree.notes().items()}
        context.rendered_notes = []
        initialize_page_maker(context, root)
        self._known_styles: dict[Any, tuple[int, ...]] = {}
        self._sizes = [each.sizes for each in before]
        self._formers = [
            PreviousLayout(each, self._still_right(each.made, unlike), set(each.notes), lasting)
            for each in before
            if (unlike := difference(each.outline, self._tree.outline)) is not None
        ]

    def layout(self) -> Layout:
        """Make or take over every page; raises :class:`Unlike` and :class:`Resized`."""
        made: list[PageRecord] = []
        kept: PreviousLayout | None = None
        while not made or not made[-1].last:
            at = len(made)
            entrance = made[-1].exit if made else self._entrance(first=True)
            former = self._right_at(at, entrance, kept)
            if former is not None:
                made.append(self._taken_over(at, former))
            else:
                if kept is not None:
                    self._context.footnotes[:] = [self._notes[each] for each in self._notes if each in self._waiting]
                made.append(self._make(at, entrance))
                if not at and self._has_other_sizes():
                    raise Resized
            kept = former
            for each in self._formers:
                each.pass_by(at)
        for entry in self._context.page_maker:
            entry[3][1]["pages"] = [len(made)]
            if entry[-1]["content_changed"] or entry[-1]["pages_wanted"]:
                raise Unlike
        return Layout(self._tree.outline, made, dict(self._styles.sizes), frozenset(self._notes))

    def _still_right(self, made: list[PageRecord], unlike: Difference) -> list[PageRecord | None]:
        found: list[PageRecord | None] = []
        for each in made:
            right = not unlike.touches(each.entrance.start, each.reach)
            right = right and self._styles_with(each.settled, each.box.page_type) == each.styles
            found.append(each.moved(unlike) if right else None)
        for at in range(len(made) - 1, 0, -1):
            if found[at] is None and not made[at].entrance.clean:
                found[at - 1] = None  # what one page leaves over is given to the next in the same layout
        return found

    def _right_at(self, at: int, entrance: PageStart, kept: PreviousLayout | None) -> PreviousLayout | None:
        """The layout whose page ``at`` can be taken over: the one whose page was ``kept`` before, or another."""
        if kept is not None and kept.page(at) is not None:
            return kept
        return next((each for each in self._formers if self._begins_as_in(each, at, entrance)), None)

    def _begins_as_in(self, former: PreviousLayout, at: int, entrance: PageStart) -> bool:
        still = former.page(at)
        return (
            still is not None
            and entrance.clean
            and still.entrance.clean
            and entrance.same(still.entrance)
            and self._waiting == former.waited
        )

    def _has_other_sizes(self) -> bool:
        """Whether the first page has another size than before, and lengths are relative to it."""
        sizes = self._styles.sizes
        return sizes.used and any(dict(sizes) != each for each in self._sizes)

    def _taken_over(self, at: int, former: PreviousLayout) -> PageRecord:
        still = former.still[at]
        if at == 0:
            self._styles.sizes.update(former.layout.sizes)
        self._waiting = (self._waiting - still.noted) | still.returned
        exit = replace(still.exit, state=deepcopy(still.exit.state))
        exit.state[1]["pages"] = [0]
        resume_at = None if exit.ended else self._tree.resume_at(exit.start, exit.inside)
        remake = {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}
        self._context.page_maker.append((resume_at, exit.next_page, exit.right, exit.state, remake))
        return replace(still, exit=exit)

    def _make(self, at: int, entrance: PageStart) -> PageRecord:
        context = self._context
        context.page_maker[at][-1].update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
        waiting = self._waiting
        page, settled = self._made(at, entrance)
        self._waiting = {note.element for note in context.footnotes}
        context.page_maker[at + 1][-1]["content_changed"] = False  # only says that it is new
        exit = self._entrance()
        reach = len(self._tree.boxes) if exit.ended else max(self._tree.reach(), exit.start + 1)
        if not exit.ended and not self._tree.is_plain(exit.start, reach):
            exit = replace(exit, clean=False)
        labels, strings = _told_by(page)
        page.children[1].page = None  # an area of notes knows its page, which would keep both from being freed
        return PageRecord(
            page,
            entrance,
            exit,
            reach,
            self._page_styles(page.page_type),
            frozenset(waiting - self._waiting),
            frozenset(self._waiting - waiting),
            labels,
            strings,
            settled,
        )

    def _made(self, at: int, entrance: PageStart) -> tuple[Any, tuple[Any, ...]]:
        """WeasyPrint's page box, settled, and what that took."""
        context, settled = self._context, []
        footnotes, noted, broken = list(context.footnotes), list(context.reported_footnotes), context.broken_out_of_flow
        page, _ = remake_page(at, context, self._root, self._html)
        for _ in range(ROUNDS if self._settle else 0):
            found = self._settle(page, at + 1) if self._may_be_remade(at, entrance) else None
            if found is None:
                break
            settled.append(found)
            self._page_rules += _rules([found])
            context.footnotes[:], context.reported_footnotes, context.broken_out_of_flow = footnotes, noted, broken
            del context.page_maker[at + 1 :]
            page, _ = remake_page(at, context, self._root, self._html)
        return page, tuple(settled)

    def _may_be_remade(self, at: int, entrance: PageStart) -> bool:
        """Whether the page that was just made leaves nothing behind that would tell if it is made once more."""
        if not entrance.clean or (at == 0 and self._styles.sizes.used):
            return False
        resume_at = self._context.page_maker[at + 1][0]
        return self._tree.is_plain(entrance.start, len(self._tree.boxes) if resume_at is None else self._tree.reach())

    def _entrance(self, first: bool = False) -> PageStart:
        context = self._context
        resume_at, next_page, right, state, _ = context.page_maker[-1]
        found = self._tree.start(resume_at)
        if found is None:
            raise Unlike
        ended = resume_at is None and not first
        if ended and not context.reported_footnotes:
            context.broken_out_of_flow.clear()  # as WeasyPrint does: what did not fit on the last page is lost
        clean = not (context.reported_footnotes or context.broken_out_of_flow)
        return PageStart(*found, ended, clean, next_page, right, state)

    def _styles_with(self, settled: tuple[Any, ...], page_type: Any) -> tuple[int, ...]:
        """The numbers of the styles of a page that is ``settled``."""
        key = page_type, tuple(each.css for each in settled)
        if key not in self._known_styles:
            self._page_rules += (added := _rules(settled))
            self._context.style_for.add_page_declarations(page_type)
            del self._page_rules[len(self._page_rules) - len(added) :]
            self._known_styles[key] = self._page_styles(page_type)
        return self._known_styles[key]

    def _page_styles(self, page_type: Any) -> tuple[int, ...]:
        """The numbers of the styles of a page and its margins."""
        computed = self._context.style_for.get_computed_styles()
        note_area = computed.get((page_type, "@note-area"))
        if note_area is not None and note_area["content"] not in NOTHING:
            raise Unlike
        names = (None, *(f"@{name}" for name in sorted(PAGE_MARGIN_BOXES)))
        return tuple(self._styles.number(computed.get((page_type, name))) for name in names)


def _rules(settled: Iterable[Any]) -> list[Any]:
    """Rules of ``@page`` as WeasyPrint has them in a style sheet."""
    return [rule for each in settled for rule in CSS(string=each.css).page_rules]


def _told_by(page: Any) -> tuple[list[tuple[Any, str]], list[tuple[str, str]]]:
    """The labels of bookmarks and the named strings of a page, in order."""
    labels, strings = [], []
    for box in page.descendants():
        if box.bookmark_label:
            labels.append((box, box.bookmark_label))
        if box.string_set and box.string_set != "none":
            strings += box.string_set
    return labels, strings
