"""WeasyPrint breaks the lines of a paragraph where they were chosen for the whole of it.

WeasyPrint fills one line after the other. When it begins a line here, the paragraph is measured
(:mod:`c6brief.print.weasyprint_paragraphs`), all its lines are chosen (:mod:`c6brief.print.line_breaking`), and the room that
the line is given ends where it is to end. Where a line then ends elsewhere (beside a float, in a word too long for any
line), what follows is chosen anew from there. Lines that cannot be measured, and those with a style of their own for the
first line, are filled as ever. So are those whose element has the custom property ``--text-wrap: auto``; with ``balance``
lines are of about one length, which headings have by default, all others ``pretty``.

- Why: WeasyPrint knows no ``text-wrap``; greedy lines leave single words and a wild rag.
- Uses: ``inline.split_inline_box`` and ``inline.split_first_line``, which are replaced; ``children``, ``text_indent`` and
  ``element_tag`` of line boxes; ``create_layout`` and ``first_line_metrics`` of ``text.line_break``; custom properties in
  computed styles.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``tests/print/test_lines.py``.
- Upstream: Kozea/WeasyPrint has no issue that asks for ``text-wrap: pretty``; breaking lines as a whole is not planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break

from c6brief.print.line_breaking import Wrap, break_lines
from c6brief.print.preflight.content import HEADINGS
from c6brief.print.weasyprint_paragraphs import Paragraph, ParagraphReader

NEAR = 0.06
"""Of the type size: by how much a line may be measured otherwise when it is set. Less than any letter that could be added."""


@dataclass(frozen=True, slots=True)
class _Line:
    """How a planned line is set."""

    room: float
    """The width in px that its text may take; infinite where it takes what there is."""
    hyphenated: tuple[str, str] | None = None
    """The rest of a text box that it ends in, and what of it stands before the hyphen."""


@dataclass(frozen=True)
class _Plan:
    """The lines of a paragraph, as far as they were chosen."""

    paragraph: Paragraph
    lines: dict[tuple[int, float, float], _Line]
    """By the number of the opportunity that a line begins at, and the widths of that line and the next ones."""


class LinePlanner:
    """Plans lines while :meth:`use` is open. What is planned once is not planned again."""

    def __init__(self) -> None:
        self._reader = ParagraphReader()
        self._lines: dict[tuple[int, Wrap], _Plan] = {}
        """By the identities of paragraphs, which the plans keep."""
        self._plans: dict[int, tuple[Any, Any, _Plan | None]] = {}
        """By the identities of line boxes, which are kept with their children: a box with other children is another."""
        self._hyphenated: tuple[str, str] | None = None

    @contextmanager
    def use(self) -> Iterator[None]:
        """While this is open, WeasyPrint sets lines as planned."""
        split_box, split_line = inline.split_inline_box, inline.split_first_line

        def split_inline_box(
            context: Any, box: Any, position_x: float, max_x: float, bottom_space: Any, skip_stack: Any, *others: Any
        ) -> Any:
            if not isinstance(box, boxes.LineBox):
                return split_box(context, box, position_x, max_x, bottom_space, skip_stack, *others)
            first_line_style = others[-1]
            line = None if first_line_style else self._find_line(context, box, max_x - position_x, skip_stack)
            if line is not None:
                max_x = min(max_x, position_x + line.room)
                self._hyphenated = line.hyphenated
            try:
                return split_box(context, box, position_x, max_x, bottom_space, skip_stack, *others)
            finally:
                self._hyphenated = None

        def split_first_line(
            text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any, *others: Any, **named: Any
        ) -> Any:
            if self._hyphenated is not None and self._hyphenated[0] == text and max_width is not None:
                return _set_hyphenated(self._hyphenated[1], text, style, context, justification_spacing)
            return split_line(text, style, context, max_width, justification_spacing, *others, **named)

        inline.split_inline_box, inline.split_first_line = split_inline_box, split_first_line
        try:
            yield
        finally:
            inline.split_inline_box, inline.split_first_line = split_box, split_line
            self._plans.clear()

    def _find_line(self, context: Any, box: Any, width: float, skip_stack: Any) -> _Line | None:
        """How the line of ``box`` is set that begins at ``skip_stack`` and has a ``width``; ``None``: it is filled."""
        wrap = _read_wrap(box)
        known = self._plans.get(id(box))
        if known is None or known[1] is not box.children:
            paragraph = self._reader.read(context, box) if wrap else None
            plan = None
            if wrap and paragraph is not None:
                plan = self._lines.setdefault((id(paragraph), wrap), _Plan(paragraph, {}))
            known = self._plans[id(box)] = (box, box.children, plan)
        plan = known[2]
        begin = plan.paragraph.find_begin(skip_stack) if plan is not None else None
        if plan is None or wrap is None or begin is None:
            return None
        rest = round(width + (box.text_indent if skip_stack is None else 0), 2)
        key = begin, round(width, 2), rest
        if key not in plan.lines:
            _plan_lines(plan, wrap, *key)
        return plan.lines[key]


def _plan_lines(plan: _Plan, wrap: Wrap, begin: int, first: float, rest: float) -> None:
    """Choose the lines from the opportunity ``begin`` on, and note how each is set."""
    text, em = plan.paragraph.opportunities, plan.paragraph.em
    width = first
    for since, to in pairwise([begin, *break_lines(text, begin, first, rest, wrap, em)]):
        length = text.ends[to] - text.starts[since]
        is_limited = to < len(text) - 1 and length <= width
        hyphenated = plan.paragraph.find_rest(since, to) if text.hyphens[to] and is_limited else None
        room = max(length, text.starts[to] - text.starts[since])  # with the space at its end, which boxes may hold
        plan.lines[since, width, rest] = _Line(room + NEAR * em if is_limited else inf, hyphenated)
        width = rest


def _read_wrap(box: Any) -> Wrap | None:
    """What ``--text-wrap`` of a line box says, or else its element; ``None`` for ``auto``."""
    own = box.style["__text_wrap"]
    name = "".join(token.value for token in own if token.type == "ident") if own else ""
    if name == "auto":
        return None
    if name == "balance" or (name != "pretty" and box.element_tag in HEADINGS):
        return "balance"
    return "justify" if box.style["text_align_all"] == "justify" else "pretty"


def _set_hyphenated(before: str, text: str, style: Any, context: Any, justification_spacing: float) -> Any:
    """What ``split_first_line`` gives for a ``text`` that is parted by a hyphen behind ``before``."""
    hyphen = style["hyphenate_character"]
    layout = line_break.create_layout(before + hyphen, style, context, None, justification_spacing)
    line, _ = layout.get_first_line()
    collapses = style["white_space"] in ("normal", "nowrap", "pre-line")
    return line_break.first_line_metrics(line, text, layout, len(before.encode()), collapses, style, True, hyphen)
