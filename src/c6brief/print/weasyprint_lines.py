"""WeasyPrint breaks the lines of a paragraph where they were chosen for the whole of it.

WeasyPrint fills one line after the other. When it begins a line here, the paragraph is measured, all its lines are chosen
(:mod:`c6brief.print.line_breaking`), and the room that the line is given ends where it is to end. Where a line then ends
elsewhere (beside a float, in a word too long for any line), what follows is chosen anew from there. Lines of another
direction, with floats in them, with spaces that are kept, or with a style of their own for the first line are filled as
ever. So are those whose element has the custom property ``--text-wrap: auto``; with ``balance`` lines are of about one
length, which headings have by default, all others ``pretty``.

- Why: WeasyPrint knows no ``text-wrap``; greedy lines leave single words and a wild rag.
- Uses: ``inline.split_inline_box`` and ``inline.split_first_line``, which are replaced; ``inline.skip_first_whitespace``;
  ``preferred.max_content_width``; of boxes ``children``, ``text``, ``element_tag``, ``is_in_normal_flow``,
  ``is_floated``, ``is_leader`` and ``justification_spacing``; ``create_layout``, ``first_line_metrics`` and
  ``get_log_attrs`` of ``text.line_break``; Pango's glyph strings as ``text.ffi`` declares them, and that a
  ``PangoGlyphInfo`` is five integers, the second of which is the width; ``context.dictionaries``.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``tests/print/test_lines.py``.
- Upstream: Kozea/WeasyPrint has no issue that asks for ``text-wrap: pretty``; breaking lines as a whole is not planned.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Any

import pyphen
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi

from c6brief.documents.addition import total
from c6brief.print.line_breaking import Opportunities, Wrap, break_lines

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

ATOM = "\u2e80"
"""What WeasyPrint takes an inline block or an image for when it looks for breaks (CSS Text 3, 5.1)."""

NEAR = 0.06
"""Of the type size: by how much a line may be measured otherwise when it is set. Less than any letter that could be added."""

BEFORE_DASH, BEHIND_SHORT, BEHIND_NUMBER, BEHIND_LETTER, BEHIND_FIRST, IN_NAME, IN_WORD, INSIDE = (
    8.0, 3.0, 2.0, 1.0, 2.0, 1.5, 14.0, 4.0,
)  # fmt: skip
"""What it costs to begin a line with a dash; to end one with a short word behind a dash, a number, a single
letter or the first word of a sentence; and to part a name, a word that is typed with a hyphen, or an address.
"""

_DASHES, SOFT_HYPHEN, JOINED = "\u2013\u2014", "\u00ad", "\u2011-'’@_./"
_SHORT_BEHIND_DASH = re.compile(rf"[{_DASHES}] \w{{1,3}}\Z")
_SINGLE_LETTER = re.compile(r"(?:\A|\s)[^\W\d_]\Z")
_NUMBER = re.compile(r"(?:\A|[\s(])(?!(?:1[89]|20)\d\d\Z)\d[\d.,\u202f]*\Z")
"""A number, but no year."""
_HYPHENATED = re.compile(r"[^\W_][-\u2010][^\W_]")
_FIRST_WORD = re.compile(r"[.!?][”’»)]? \w+\Z")
_NAME = re.compile(r"(?:\A|\s)[A-Z]\w+\Z")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_PART = re.compile(r"[\w@_./\u2011’'-]")
_QUOTED = re.compile("“[^“”]{1,4000}”|„[^„“”]{1,4000}[“”]|«[^«»]{1,4000}»|‘[^‘’]{1,4000}’(?!\\w)")


@dataclass(frozen=True, slots=True)
class _Line:
    """How a planned line is set."""

    room: float
    """The width in px that its text may take; infinite where it takes what there is."""
    hyphenated: tuple[str, str] | None = None
    """The rest of a text box that it ends in, and what of it stands before the hyphen."""


@dataclass(slots=True)
class _Stretch:
    """A text box, or what counts as one letter, in the text of a paragraph."""

    path: tuple[int, ...]
    begin: int
    text: str
    box: Any
    """``None`` where it is no text box."""


@dataclass
class _Paragraph:
    """What stands in a line box, measured."""

    text: str
    stretches: list[_Stretch]
    opportunities: Opportunities
    at: list[int]
    """Where each opportunity stands in ``text``: the first character of the next line."""
    wrap: Wrap
    em: float
    tolerance: float
    lines: dict[tuple[int, float, float], _Line] = field(default_factory=dict)
    """By the number of the opportunity that a line begins at, and the widths of that line and the next ones."""


class LinePlanner:
    """Plans lines while :meth:`use` is open. What is measured once is not measured again."""

    def __init__(self) -> None:
        self._paragraphs: dict[int, tuple[Any, Any, _Paragraph | None]] = {}
        """By the identity of line boxes, which are kept along with their children so that it stays theirs."""
        self._measured: dict[Any, _Paragraph] = {}
        """By all that lines depend on."""
        self._widths: dict[Any, list[float]] = {}
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
            line = None if others[-1] else self._plan(context, box, max_x - position_x, skip_stack)
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
            self._paragraphs.clear()

    def _plan(self, context: Any, box: Any, width: float, skip_stack: Any) -> _Line | None:
        """How the line of ``box`` is set that begins at ``skip_stack`` and has a ``width``; ``None``: filled."""
        known = self._paragraphs.get(id(box))
        if known is None or known[1] is not box.children:
            known = self._paragraphs[id(box)] = (box, box.children, self._measure(context, box))
        paragraph = known[2]
        if paragraph is None:
            return None
        begin = _find_begin(paragraph, skip_stack)
        if begin is None:
            return None
        rest = round(width + (box.text_indent if skip_stack is None else 0), 2)
        key = begin, round(width, 2), rest
        line = paragraph.lines.get(key)
        if line is None:
            _plan_lines(paragraph, *key)
            line = paragraph.lines[key]
        return line

    def _measure(self, context: Any, box: Any) -> _Paragraph | None:
        style = box.style
        wrap = _read_wrap(box)
        if style["direction"] != "ltr" or wrap is None or box.is_leader:
            return None
        stretches: list[_Stretch] = []
        spaces: list[tuple[int, float]] = []
        if not self._flatten(context, box, (), stretches, spaces, 0):
            return None
        text = "".join(each.text for each in stretches)
        if (" " not in text.strip() and ATOM not in text) or _is_bidirectional(text):
            return None
        keys = tuple((each.path, _get_key(each), each.box and _get_hyphenation(each.box.style)) for each in stretches)
        key = wrap, box.element_tag in HEADINGS, style["lang"], style["font_size"], tuple(spaces), keys
        found = self._measured.get(key)
        if found is None:
            places = self._place(context, text, stretches, spaces)
            opportunities, at = self._find_opportunities(context, box, text, stretches, places)
            size = style["font_size"]
            found = _Paragraph(text, stretches, opportunities, at, wrap, size, NEAR * size)
            self._measured[key] = found
        return found

    def _flatten(
        self, context: Any, box: Any, path: tuple[int, ...], stretches: list[_Stretch],
        spaces: list[tuple[int, float]], length: int,
    ) -> bool:  # fmt: skip
        """Gather the texts below ``box``, and the padding and the like between them. Whether its lines can be planned."""
        for index, child in enumerate(box.children):
            here = (*path, index)
            begin = stretches[-1].begin + len(stretches[-1].text) if stretches else length
            if not child.is_in_normal_flow():
                if child.is_floated():
                    return False
            elif isinstance(child, boxes.TextBox):
                if child.style["white_space"] not in ("normal", "nowrap", "pre-line"):
                    return False
                stretches.append(_Stretch(here, begin, child.text, child))
            elif isinstance(child, boxes.InlineBox):
                if child.is_leader:
                    return False
                spaces.append((begin, _measure_side(child, "left")))
                if not self._flatten(context, child, here, stretches, spaces, begin):
                    return False
                end = stretches[-1].begin + len(stretches[-1].text) if stretches else length
                spaces.append((end, _measure_side(child, "right")))
            elif isinstance(child, boxes.AtomicInlineLevelBox) and not child.is_table_wrapper:
                stretches.append(_Stretch(here, begin, ATOM, None))
                spaces.append((begin, preferred.max_content_width(context, child)))
            else:
                return False
        return True

    def _place(
        self, context: Any, text: str, stretches: list[_Stretch], spaces: list[tuple[int, float]]
    ) -> list[float]:
        """Where each character of ``text`` begins, in px; and where the last one ends."""
        places = [0.0] * (len(text) + 1)
        at = 0.0
        waiting = iter([*spaces, (len(text) + 1, 0.0)])
        next_at, next_width = next(waiting)
        for each in stretches:
            own = self._widths_of(context, each) if each.box is not None else [0.0, 0.0]
            for index in range(len(each.text)):
                while next_at <= each.begin + index:
                    at += next_width
                    next_at, next_width = next(waiting)
                places[each.begin + index] = at + own[index]
            at += own[-1]
        places[-1] = at + total(width for begin, width in spaces if begin == len(text)) if stretches else 0.0
        return places

    def _widths_of(self, context: Any, stretch: _Stretch) -> list[float]:
        """Where each character of a text box begins, in px from the first; and where the last one ends."""
        key = _get_key(stretch)
        found = self._widths.get(key)
        if found is None:
            found = self._widths[key] = _measure_text(stretch.text, stretch.box.style, context)
        return found

    def _find_opportunities(
        self, context: Any, box: Any, text: str, stretches: list[_Stretch], places: list[float]
    ) -> tuple[Opportunities, list[int]]:
        """Where ``text`` may be broken, and where it must be."""
        found, at = Opportunities(), [0]
        attributes = line_break.get_log_attrs(text, box.style["lang"])
        wraps = _find_wrapping(stretches)
        breaks = {index for index in range(1, len(text)) if attributes[index].is_line_break and wraps[index - 1]}
        hyphens = _find_hyphens(context, text, stretches, places, wraps, is_heading=box.element_tag in HEADINGS)
        letters = words = last = 0
        first = len(text) - len(text.lstrip(" "))
        found.starts[0] = places[first]
        for index in sorted(index for index in {*breaks, *hyphens} if index > first):
            letters += index - last
            words += text.count(" ", last, index)
            last = index
            at.append(index)
            if index in hyphens:
                found.add(places[index] + hyphens[index], places[index], 0.0, True, "", "", letters, words)
                continue
            end = len(text[:index].rstrip(" \n"))
            tail, head = _get_word_before(text, end), _get_word_behind(text, index)
            penalty = _weigh_break(text, end, index)
            is_forced = text[index - 1] == "\n"
            found.add(places[end], places[index], penalty, False, tail, head, letters, words, is_forced)
        end = len(text.rstrip(" "))
        letters, words = letters + end - last, words + text.count(" ", last, end)
        found.add(places[end], 0.0, 0.0, False, _get_word_before(text, end), "", letters, words)
        return found, [*at, len(text)]


def _plan_lines(paragraph: _Paragraph, begin: int, first: float, rest: float) -> None:
    """Choose the lines from the opportunity ``begin`` on, and note how each is set."""
    text, wrap = paragraph.opportunities, paragraph.wrap
    chosen = break_lines(text, begin, first, rest, wrap, paragraph.em)
    width = first
    for since, to in pairwise([begin, *chosen]):
        length = text.ends[to] - text.starts[since]
        is_limited = to < len(text) - 1 and length <= width
        hyphenated = _find_rest(paragraph, since, to) if text.hyphens[to] and is_limited else None
        room = max(length, text.starts[to] - text.starts[since])  # with the space at its end, which boxes may hold
        paragraph.lines[since, width, rest] = _Line(room + paragraph.tolerance if is_limited else inf, hyphenated)
        width = rest


def _find_rest(paragraph: _Paragraph, since: int, to: int) -> tuple[str, str]:
    """The text box in which a hyphen stands, from where the line begins in it, and what of it stands before the hyphen."""
    begin, end = paragraph.at[since], paragraph.at[to]
    box = next(each for each in paragraph.stretches if each.begin < end <= each.begin + len(each.text))
    start = max(begin - box.begin, 0)
    return box.text[start:], box.text[start : end - box.begin]


def _find_begin(paragraph: _Paragraph, skip_stack: Any) -> int | None:
    """The opportunity at which a line begins; ``None`` where that is none."""
    if skip_stack is None:
        return 0
    path: list[int] = []
    while skip_stack is not None:
        ((index, skip_stack),) = skip_stack.items()
        path.append(index)
    for each in paragraph.stretches:
        if list(each.path) == path[:-1] and each.box is not None:
            at = each.begin + len(each.text.encode()[: path[-1]].decode(errors="ignore"))
            break
        if list(each.path[: len(path)]) >= path:
            at = each.begin
            break
    else:
        return None
    text = paragraph.text
    while at < len(text) and text[at] == " ":
        at += 1
    if not text[:at].strip(" "):
        return 0
    found = bisect_left(paragraph.at, at)
    return found if found < len(paragraph.at) - 1 and paragraph.at[found] == at else None


def _read_wrap(box: Any) -> Wrap | None:
    style = box.style
    own = style["__text_wrap"]
    name = "".join(token.value for token in own if token.type == "ident") if own else ""
    if name in ("auto", "wrap", "nowrap"):
        return None
    if name == "balance" or (not name and box.element_tag in HEADINGS):
        return "balance"
    return "justify" if style["text_align_all"] == "justify" else "pretty"


def _measure_side(box: Any, side: str) -> float:
    """The margin, the border and the padding of an inline box on one side, in px; percentages count as none."""
    sizes = [box.style[f"{kind}_{side}"] for kind in ("margin", "padding")]
    lengths = [float(size.value) for size in sizes if getattr(size, "unit", "%") == "px"]
    return total([*lengths, float(box.style[f"border_{side}_width"])])


def _measure_text(text: str, style: Any, context: Any) -> list[float]:
    """Where each character of ``text`` begins when it is set in one line, and where the last one ends, in px."""
    layout = line_break.create_layout(text, style, context, None, 0)
    line, _ = layout.get_first_line()
    width, _ = line_break.line_size(line, style)
    at_byte: dict[int, int] = {}
    at = 0
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        run = run.next
        count = glyphs.num_glyphs
        sizes = memoryview(ffi.buffer(glyphs.glyphs, count * ffi.sizeof("PangoGlyphInfo"))).cast("i")
        step = len(sizes) // count if count else 1
        clusters = ffi.unpack(glyphs.log_clusters, count)
        for cluster, size in zip(clusters, sizes[1::step].tolist(), strict=True):
            at_byte.setdefault(item.offset + cluster, at)
            at += size
    layout.deactivate()
    found: list[float] = []
    byte, last = 0, 0
    for char in text:
        last = at_byte.get(byte, last)
        found.append(last * FROM_UNITS)
        byte += len(char.encode())
    return [*found, width]


def _is_bidirectional(text: str) -> bool:
    """Whether letters of ``text`` are set from right to left (Unicode Standard Annex 9)."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in set(text))


def _set_hyphenated(before: str, text: str, style: Any, context: Any, justification_spacing: float) -> Any:
    """What ``split_first_line`` gives for a ``text`` that is parted by a hyphen behind ``before``."""
    hyphen = style["hyphenate_character"]
    layout = line_break.create_layout(before + hyphen, style, context, None, justification_spacing)
    line, _ = layout.get_first_line()
    collapses = style["white_space"] in ("normal", "nowrap", "pre-line")
    return line_break.first_line_metrics(line, text, layout, len(before.encode()), collapses, style, True, hyphen)


def _get_key(stretch: _Stretch) -> Any:
    """All that the widths of a stretch depend on."""
    if stretch.box is None:
        return ATOM
    style = stretch.box.style
    others = style["letter_spacing"], style["word_spacing"], style["font_kerning"], style["font_variant_numeric"]
    return stretch.text, line_break._font_style_cache_key(style, True), str(others), style["white_space"]


def _get_hyphenation(style: Any) -> Any:
    return style["hyphens"], style["hyphenate_limit_chars"], style["hyphenate_character"]


def _find_wrapping(stretches: list[_Stretch]) -> list[bool]:
    """For each character, whether a line may end behind it, as far as ``white-space`` goes."""
    found: list[bool] = []
    for each in stretches:
        found += [each.box is None or each.box.style["white_space"] != "nowrap"] * len(each.text)
        if each.text:
            found[-1] = True  # what holds both this box and the next one decides, and that seldom is one line
    return found


def _find_hyphens(
    context: Any, text: str, stretches: list[_Stretch], places: list[float], wraps: list[bool], *, is_heading: bool
) -> dict[int, float]:
    """Where a hyphen may be set, and how wide it is, in px: in no heading, no name and nothing that is quoted."""
    found: dict[int, float] = {}
    quoted = _find_quoted(text)
    for each in stretches:
        if each.box is None or each.box.style["hyphens"] == "none":
            continue
        style, own = each.box.style, each.text
        width = _measure_text(style["hyphenate_character"], style, context)[-1] if len(own) > 1 else 0.0
        soft = {each.begin + at + 1 for at, char in enumerate(own) if char == SOFT_HYPHEN}
        found |= dict.fromkeys(soft, width)
        lang = style["lang"] and pyphen.language_fallback(style["lang"])
        if is_heading or style["hyphens"] != "auto" or not lang:
            continue
        total, left, right = style["hyphenate_limit_chars"]
        key = lang, left, right, total
        if key not in context.dictionaries:
            context.dictionaries[key] = pyphen.Pyphen(lang=lang, left=left, right=right)
        for word in _WORD.finditer(own):
            begin = each.begin + word.start()
            end = each.begin + word.end()
            whole = text[max(begin - 1, 0) : end + 1].strip()
            if len(word[0]) < total or not _may_be_hyphenated(word[0], lang) or begin in quoted or not wraps[begin] or not soft.isdisjoint(range(begin, end)):  # fmt: skip
                continue
            if (
                _WORD_PART.search(whole.removesuffix(text[end : end + 1]).replace(word[0], "", 1))
                or text[end : end + 1] in JOINED
            ):
                continue
            for before, _ in context.dictionaries[key].iterate(word[0]):
                if word[0].startswith(before):
                    found[begin + len(before)] = width
    return found


def _may_be_hyphenated(word: str, lang: str) -> bool:
    """Whether a word is no name: one in small letters, in German any, since its nouns have capitals."""
    return word.islower() or (lang.startswith("de") and word[1:].islower())


def _find_quoted(text: str) -> set[int]:
    """The places of all characters between marks of quotation."""
    found: set[int] = set()
    for match in _QUOTED.finditer(text):
        found.update(range(match.start(), match.end()))
    return found


def _get_word_before(text: str, end: int) -> str:
    return text[text.rfind(" ", 0, end) + 1 : end].casefold()


def _get_word_behind(text: str, begin: int) -> str:
    end = text.find(" ", begin)
    return text[begin : end if end > 0 else len(text)].casefold()


def _weigh_break(text: str, end: int, begin: int) -> float:
    """What a break between ``end`` and ``begin`` costs, by what it parts."""
    if end == begin:
        return IN_WORD if _HYPHENATED.search(text, max(end - 3, 0), end + 1) else INSIDE
    before = text[max(end - 12, 0) : end]
    if text[begin] in _DASHES:
        return BEFORE_DASH
    if _SHORT_BEHIND_DASH.search(before):
        return BEHIND_SHORT
    if _NUMBER.search(before):
        return BEHIND_NUMBER
    if _SINGLE_LETTER.search(before):
        return BEHIND_LETTER
    if _FIRST_WORD.search(text, max(end - 16, 0), end):
        return BEHIND_FIRST
    return IN_NAME if text[begin].isupper() and _NAME.search(before) else 0.0
